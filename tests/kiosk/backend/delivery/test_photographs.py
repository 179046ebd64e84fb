"""Photographs from phones: only their pixels are kept, and what is no picture harms nobody."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.backend.delivery.photographs import as_jpeg, redrawn
from kiosk.backend.problems import RefusedRequestError

BEGINNINGS = [b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP"]


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 300), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#c8d8e8").save(out, kind, **more)
    return out.getvalue()


async def test_a_photograph_is_written_anew_apart() -> None:
    assert (await as_jpeg(picture())).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("content", [b"", b"no picture", picture()[:200]])
async def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedRequestError):
        await as_jpeg(content)


def test_what_the_phone_wrote_into_the_photograph_is_left_out() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010F] = "maker of a phone"
    kept = redrawn(picture("JPEG", (400, 300), exif=exif.tobytes()))
    assert b"maker of a phone" not in kept
    with Image.open(io.BytesIO(kept)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (300, 400))
        assert not seen.getexif()


async def test_a_picture_larger_than_any_phones_is_refused() -> None:
    with pytest.raises(RefusedRequestError):
        await as_jpeg(picture("PNG", (20_000, 6_000)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP"]),
)
def test_bytes_that_are_no_picture_end_in_an_error_and_nothing_else(rest: bytes, begins: bytes) -> None:
    try:
        made = redrawn(begins + rest)
    except Exception:  # noqa: BLE001 - whatever it is ends the process that decodes, which is what is relied on
        return
    assert made.startswith(b"\xff\xd8\xff")
