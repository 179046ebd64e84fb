"""Headphones: what is promised, and the drivers."""

from __future__ import annotations

from drivers.headphones.api import Headphones
from drivers.headphones.jack import JackHeadphones
from drivers.headphones.usb import UsbHeadphones

__all__ = ["Headphones", "JackHeadphones", "UsbHeadphones"]
