"""A photograph is good when a paper lies there and its print can be read."""

from __future__ import annotations

from io import BytesIO

import pytest
from desks import PAPERS
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from drivers.camera.legibility import LEAST_PRINT, print_measure
from drivers.simulated import camera


def seen(paper: str | None) -> bytes:
    """Return what the simulated camera sends of a paper."""
    return camera._draw(PAPERS[paper] if paper else None)[0]


@pytest.mark.parametrize("paper", sorted(set(PAPERS) - {"blank"}))
def test_every_printed_paper_is_legible(paper: str) -> None:
    assert print_measure(seen(paper)) >= LEAST_PRINT


@pytest.mark.parametrize("paper", [None, "blank"])
def test_an_empty_table_and_a_blank_sheet_are_not(paper: str | None) -> None:
    assert print_measure(seen(paper)) < LEAST_PRINT


def test_a_blurred_paper_is_not() -> None:
    picture = Image.open(BytesIO(seen("lease"))).filter(ImageFilter.GaussianBlur(5))
    blurred = BytesIO()
    picture.save(blurred, "JPEG")
    assert print_measure(blurred.getvalue()) < LEAST_PRINT


def test_a_strip_of_a_few_pixels_is_not_made_as_wide_as_a_desk() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    for size, exif in (((1, 60_000), Image.Exif()), ((60_000, 20), turned)):
        strip = BytesIO()
        Image.new("RGB", size, "white").save(strip, "JPEG", exif=exif)
        assert print_measure(strip.getvalue()) == 0


@given(st.binary(max_size=300))
def test_bytes_that_are_no_picture_are_not(jpeg: bytes) -> None:
    assert print_measure(jpeg) < LEAST_PRINT
