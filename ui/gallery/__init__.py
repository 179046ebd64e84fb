"""Everything there is to look at, as pictures and live: ``kiosk gallery``."""
