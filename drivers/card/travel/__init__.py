"""The chip of travel documents (ICAO 9303)."""
