"""Whether a photograph shows a paper whose print can be read.

Wood grain and table cloths are as sharp as print, so the paper is looked for first: the largest bright area without
colour. Then its inside is measured: print has edges, a blank or blurred sheet has none.
"""

from __future__ import annotations

from typing import Any, Final

from drivers.camera.jpeg import BrokenJpeg, outline

WIDTH_PX: Final = 800
"""Pictures are compared at this width: the measure depends on it."""

LEAST_PAPER: Final = 0.1
"""Share of the picture that the paper covers at least."""

LEAST_PRINT: Final = 300.0
"""Variance of the Laplacian inside the paper. The simulated papers have 1,700 and more, blurred ones less than 10, a
blank sheet under the camera's own noise 180; to be set again for a camera of another make."""

_TALLEST: Final = 4
"""Times its width: a higher picture is none of a desk. One a few pixels wide would be enlarged to gigabytes."""

_LARGE_PX: Final = 5 * WIDTH_PX

_COLOURLESS: Final = 70
_BRIGHT: Final = 130
"""Saturation below and value above which a pixel may be paper (8-bit HSV)."""

_JOIN_PX: Final = 25
_EDGE_PX: Final = 31
"""Print is closed over; the edge of the paper is left out, which would count as print."""


def print_measure(jpeg: bytes) -> float:
    """Return the variance of the Laplacian inside the paper of a picture; 0 without a paper or without a picture.

    Source: J. L. Pech-Pacheco et al., Diatom autofocusing in brightfield microscopy, ICPR 2000: measure LAPV.
    """
    import cv2
    import numpy as np

    try:
        large = outline(jpeg).width >= _LARGE_PX
    except BrokenJpeg:
        return 0.0
    # A large one is decoded at half its size, with a quarter of the memory: it is made much smaller still below.
    how = cv2.IMREAD_REDUCED_COLOR_2 if large else cv2.IMREAD_COLOR
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), how)
    if picture is None:
        return 0.0
    height, width = picture.shape[:2]  # as it stands: its EXIF may have turned it
    if height > _TALLEST * width:
        return 0.0
    small = cv2.resize(picture, (WIDTH_PX, max(1, round(height * WIDTH_PX / width))), interpolation=cv2.INTER_AREA)
    inside = _inside_of_paper(small)
    if inside is None:
        return 0.0
    edges = cv2.Laplacian(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), cv2.CV_64F)
    return float(edges[inside > 0].var())


def _inside_of_paper(picture: Any) -> Any:
    """Return a mask of the paper without its edge, or None where no paper lies."""
    import cv2
    import numpy as np

    hsv = cv2.cvtColor(picture, cv2.COLOR_BGR2HSV)
    white = ((hsv[..., 1] < _COLOURLESS) & (hsv[..., 2] > _BRIGHT)).astype(np.uint8) * 255
    joined = cv2.morphologyEx(white, cv2.MORPH_CLOSE, np.ones((_JOIN_PX, _JOIN_PX), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    paper = max(outlines, key=cv2.contourArea)
    if cv2.contourArea(paper) < LEAST_PAPER * white.size:
        return None
    mask = np.zeros(white.shape, np.uint8)
    cv2.drawContours(mask, [paper], -1, 255, -1)
    mask = cv2.erode(mask, np.ones((_EDGE_PX, _EDGE_PX), np.uint8))
    return mask if mask.any() else None
