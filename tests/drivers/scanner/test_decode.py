from __future__ import annotations

import io

import numpy as np
import pytest
import qrcode
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from drivers.errors import MediaUnreadable
from drivers.scanner.decode import decode


def picture_of(text: bytes) -> Image.Image:
    code = qrcode.QRCode(box_size=5)
    code.add_data(text)
    return code.make_image().get_image().convert("L")


def jpeg_of(picture: Image.Image) -> bytes:
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=90)
    return held.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_is_read_from_jpeg_picture_and_array(encoding: str) -> None:
    raw = "新生儿出生一件事：龚䶮".encode(encoding)
    picture = picture_of(raw)
    for form in (jpeg_of(picture), picture, np.asarray(picture), np.asarray(picture.convert("RGB"))):
        [code] = decode(form)
        assert code.raw == raw
        assert code.text == "新生儿出生一件事：龚䶮"


def test_a_phone_in_dark_mode_is_read() -> None:
    [code] = decode(ImageOps.invert(picture_of(b"https://example.gov.test/1")))
    assert code.text == "https://example.gov.test/1"


def test_two_codes_come_from_top_to_bottom() -> None:
    page = Image.new("L", (400, 800), 255)
    page.paste(picture_of(b"below"), (40, 500))
    page.paste(picture_of(b"above"), (40, 40))
    assert [code.text for code in decode(page)] == ["above", "below"]


def test_zbar_is_asked_when_zxing_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zxingcpp, "read_barcodes", lambda _picture, **_options: [])
    assert [code.text for code in decode(picture_of(b"second opinion"))] == ["second opinion"]
    assert decode(picture_of(b"second opinion"), thorough=False) == []


def test_no_code_is_an_empty_list() -> None:
    assert decode(Image.new("L", (200, 200), 255)) == []


@given(st.binary(max_size=200))
def test_any_bytes_are_codes_or_unreadable(data: bytes) -> None:
    for start in (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(MediaUnreadable):
            decode(start + data)
