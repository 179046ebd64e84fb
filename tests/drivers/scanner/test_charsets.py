"""What codes say in other character sets, and that Chinese is never taken for one of those."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.scanner.charsets import known_text
from drivers.scanner.decode import FrameDecoder, decode

_COMMON = [bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFA)]


def picture(content: str | bytes, kind: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.QRCode) -> Image.Image:
    code = zxingcpp.create_barcode(content, kind)
    return Image.fromarray(np.array(zxingcpp.write_barcode_to_image(code, scale=4, add_quiet_zones=True)))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Histórico".encode("latin-1"), "Histórico"),
        ("申请人：龚䶮".encode("gb18030"), "申请人：龚䶮"),
        ("臺灣居民來往大陸通行證".encode("gb18030"), "臺灣居民來往大陸通行證"),
        ("廣東省深圳市龍崗區".encode("gb18030"), "廣東省深圳市龍崗區"),
        ("XM:翀".encode("gb18030"), "XM:翀"),
        ("張翀".encode("gb18030"), "張翀"),
        ("Histórico 外側", "Histórico 外側"),
    ],
)
def test_a_qr_code_says_what_its_maker_wrote(content: str | bytes, says: str) -> None:
    drawn = picture(content)
    assert [code.text for code in decode(drawn)] == [says]
    live = FrameDecoder().look(np.asarray(drawn.convert("L")))
    assert [code.text or says for code in live] == [says]


def test_the_bytes_above_ascii_of_a_code_128_are_latin() -> None:
    assert [code.text for code in decode(picture("óóóó", zxingcpp.BarcodeFormat.Code128))] == ["óóóó"]


def test_a_code_that_names_its_character_set_is_believed() -> None:
    assert known_text("臺灣".encode("big5"), "臺灣", "]Q2") == "臺灣"


@pytest.mark.parametrize("text", ["外側QRコード", "石積籍績脊責赤跡"])
def test_kanji_mode_is_japanese(text: str) -> None:
    assert known_text(text.encode("shift_jis"), text, "]Q1") == text


@settings(max_examples=100)
@given(st.text(st.sampled_from(_COMMON), min_size=1, max_size=20), st.text(max_size=20))
def test_common_chinese_stays_chinese(text: str, guess: str) -> None:
    assert known_text(text.encode("gb18030"), guess, "]Q1") == ""


@settings(max_examples=100)
@given(st.binary(max_size=40), st.text(max_size=20), st.sampled_from(["]Q1", "]Q2", "]C0", "]z3", "]d1", "", "]"]))
def test_any_bytes_and_guesses_are_judged(raw: bytes, guess: str, identifier: str) -> None:
    assert known_text(raw, guess, identifier) in ("", guess)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_a_see_through_ground_is_paper(mode: str) -> None:
    drawn = picture("see-through").convert("L")
    ink = Image.new("L", drawn.size, 0)
    clear = Image.merge("LA", (ink, drawn.point(lambda grey: 255 - grey))).convert(mode)
    assert [code.text for code in decode(clear)] == ["see-through"]
    assert [code.text for code in decode(np.asarray(clear.convert("RGBA")))] == ["see-through"]
