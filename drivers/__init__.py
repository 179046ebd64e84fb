"""Drivers: one package per kind of device. No Qt and nothing of ``kiosk`` is imported here."""
