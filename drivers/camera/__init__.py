"""Cameras: what is promised, and the drivers."""

from __future__ import annotations

from drivers.camera.api import Camera, Frame

__all__ = ["Camera", "Frame"]
