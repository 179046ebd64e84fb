"""Scanners of QR and bar codes: what is promised, and the drivers."""

from __future__ import annotations

from drivers.scanner.api import Code, Scanner

__all__ = ["Code", "Scanner"]
