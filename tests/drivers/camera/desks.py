"""Desks and pictures that the tests of cameras share."""

from __future__ import annotations

import functools
import io
from pathlib import Path

from PIL import Image

from drivers.simulated import camera
from drivers.simulated.papers import load_papers

PAPERS = load_papers(Path(__file__).parents[3] / "assets" / "simulated" / "papers.yaml")

camera._draw = functools.cache(camera._draw)  # each scene once for all tests: it takes a second


def jpeg(width: int = 96, height: int = 64, *, progressive: bool = False, subsampling: int = 2) -> bytes:
    held = io.BytesIO()
    picture = Image.effect_noise((width, height), 60).convert("RGB")
    picture.save(held, "JPEG", quality=85, progressive=progressive, subsampling=subsampling)
    return held.getvalue()


def without_tables(data: bytes) -> bytes:
    """Leave the Huffman tables out, as Motion JPEG does."""
    found = data
    while (at := found.find(b"\xff\xc4")) >= 0:
        found = found[:at] + found[at + 2 + int.from_bytes(found[at + 2 : at + 4], "big") :]
    return found


PICTURE = jpeg()
