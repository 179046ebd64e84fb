"""A camera's JPEG is handed on as it came, unless it is none."""

from __future__ import annotations

import io
import re

import pytest
from desks import PICTURE, jpeg, without_tables
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.camera.jpeg import LARGEST_PIXELS, TYPICAL_TABLES, BrokenJpeg, outline, whole


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("size", [(8, 8), (1, 1), (161, 97)])
def test_any_jpeg_is_measured_and_left_as_it_is(progressive: bool, subsampling: int, size: tuple[int, int]) -> None:
    data = jpeg(*size, progressive=progressive, subsampling=subsampling)
    same, seen = whole(data)
    assert same == data
    assert (seen.width, seen.height, seen.end) == (*size, len(data))


def test_padding_is_taken_off() -> None:
    assert whole(PICTURE + bytes(300))[0] == PICTURE


def test_a_remark_after_the_picture_is_part_of_it() -> None:
    data = PICTURE[:-2] + b"\xff\xfe\x00\x06note" + b"\xff\xd9"
    assert whole(data + b"\0")[0] == data


def test_tables_that_motion_jpeg_leaves_out_are_put_in() -> None:
    bare = without_tables(PICTURE)
    assert b"\xff\xc4" not in bare
    filled, seen = whole(bare + bytes(9))
    assert seen.tables_at
    assert filled.count(TYPICAL_TABLES) == 1
    assert Image.open(io.BytesIO(filled)).tobytes() == Image.open(io.BytesIO(PICTURE)).tobytes()


def test_the_tables_are_those_that_every_encoder_takes() -> None:
    tables = b"".join(segment[2:] for segment in re.findall(rb"\xff\xc4(..*?)(?=\xff)", PICTURE, re.DOTALL))
    assert tables == TYPICAL_TABLES[4:]


@given(st.integers(0, len(PICTURE) - 1))
def test_one_that_breaks_off_is_none(length: int) -> None:
    with pytest.raises(BrokenJpeg):
        outline(PICTURE[:length])


def test_a_mark_amid_the_picture_is_none() -> None:
    scan = PICTURE.index(b"\xff\xda") + 40
    with pytest.raises(BrokenJpeg, match="amid"):
        outline(PICTURE[:scan] + b"\xff\x42" + PICTURE[scan:])


@pytest.mark.parametrize(
    ("width", "height"), [(0, 64), (96, 0), (65535, 65535), (10_000, LARGEST_PIXELS // 10_000 + 1)]
)
def test_what_nobody_could_decode_is_refused_before_anybody_tries(width: int, height: int) -> None:
    at = PICTURE.index(b"\xff\xc0") + 5
    claimed = PICTURE[:at] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + PICTURE[at + 4 :]
    with pytest.raises(BrokenJpeg, match=f"{width} × {height}"):
        outline(claimed)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_jpeg_or_not(data: bytes) -> None:
    _read(data)
    _read(b"\xff\xd8" + data)


@given(st.lists(st.tuples(st.integers(0, len(PICTURE) - 1), st.binary(min_size=1, max_size=3)), max_size=5))
def test_a_spoilt_jpeg_is_one_or_not(spots: list[tuple[int, bytes]]) -> None:
    data = PICTURE
    for at, put in spots:
        data = data[:at] + put + data[at + len(put) :]
    _read(data)


def _read(data: bytes) -> None:
    try:
        same, seen = whole(data)
    except BrokenJpeg:
        return
    assert seen.end <= len(data)
    assert len(same) <= len(data) + len(TYPICAL_TABLES)
    assert 0 < seen.width * seen.height <= LARGEST_PIXELS
