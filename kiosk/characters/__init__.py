"""Rare characters (生僻字): found by parts, sound or code point."""

from kiosk.characters.table import CharactersUnusable, Found, Table
from kiosk.characters.telling import telling

__all__ = ["CharactersUnusable", "Found", "Table", "telling"]
