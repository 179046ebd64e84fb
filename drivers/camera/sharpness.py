"""Whether a photograph of a paper can be read: how much its edges change."""

from __future__ import annotations

from typing import Final

WIDTH_PX: Final = 800
"""Pictures are compared at this width: the measure depends on it."""

LEAST: Final = 40.0
"""Variance of the Laplacian below which print on a paper cannot be read."""


def sharpness(jpeg: bytes) -> float:
    """Return the variance of the Laplacian of a picture at ``WIDTH_PX``; 0 for one that cannot be decoded.

    Source: J. L. Pech-Pacheco et al., Diatom autofocusing in brightfield microscopy, ICPR 2000: measure LAPV.
    """
    import cv2
    import numpy as np

    grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE) if jpeg else None
    if grey is None:
        return 0.0
    height, width = grey.shape[:2]
    scale = WIDTH_PX / width
    small = cv2.resize(grey, (WIDTH_PX, max(1, round(height * scale))), interpolation=cv2.INTER_AREA)
    return float(cv2.Laplacian(small, cv2.CV_64F).var())


def is_sharp(jpeg: bytes) -> bool:
    """Return whether print on the paper in this picture can be read."""
    return sharpness(jpeg) >= LEAST
