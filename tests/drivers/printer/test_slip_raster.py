from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from drivers.printer import Align, Pair, Qr, Rule, Slip, Space, TextLine
from drivers.printer.fonts import DEFAULT_FOLDER, FontMissingError, Lettering
from drivers.printer.raster import SlipRaster, SlipTooWideError
from drivers.printer.wrapping import NEVER_FIRST, NEVER_LAST, balance, wrap

RASTER = SlipRaster(576)
SC = Lettering(DEFAULT_FOLDER, "zh-Hans", 24)

TEXT = st.text(st.sampled_from("中文汉字䶮𠮷，。《》（）“”、 aBc12-3.¥%"), max_size=60)


def ink(picture: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.invert(picture.convert("L")).getbbox()


@given(TEXT, st.integers(60, 500))
def test_wrapping_loses_nothing_but_spaces_and_never_runs_over(text: str, room: int) -> None:
    lines = wrap(text, room, SC.width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(SC.width(line) <= room for line in lines)


@given(TEXT)
def test_balanced_lines_are_no_more_than_wrapped_ones(text: str) -> None:
    lines = balance(text, 300, SC.width)
    assert len(lines) <= len(wrap(text, 300, SC.width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(SC.width(line) <= 300 for line in lines)


@given(st.text(st.sampled_from("中文汉字"), min_size=1), st.sampled_from("，。；）》”"), st.integers(80, 400))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(han: str, mark: str, room: int) -> None:
    text = f"{han}{mark}（{han}{mark}{han}《{han}"
    lines = wrap(text, room, SC.width)
    assert not any(line[0] in NEVER_FIRST for line in lines)
    assert not any(line[-1] in NEVER_LAST for line in lines[:-1])


def test_english_breaks_between_words() -> None:
    assert wrap("The department decides", 160, SC.width) == ["The", "department", "decides"]


def test_a_centred_title_breaks_at_its_space() -> None:
    assert balance("新生儿出生一件事 受理回执", 280, SC.width) == ["新生儿出生一件事", "受理回执"]


@pytest.mark.parametrize("char", "䶮𠮷·¥￥①《》：，“龘㐂々〇")
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_rare_characters_have_their_own_picture(char: str, language: str) -> None:
    letters = Lettering(DEFAULT_FOLDER, language, 24)
    assert letters.missing(char) == set()
    drawn = RASTER.render(Slip(blocks=(TextLine(text=char),), language=language))
    box = RASTER.render(Slip(blocks=(TextLine(text="\U0010fffd"),), language=language))
    assert ink(drawn) is not None
    assert drawn.tobytes() != box.tobytes()


def test_a_character_of_another_face_is_found_there() -> None:
    hangul = Lettering(DEFAULT_FOLDER, "zh-Hans", 24)
    assert hangul.missing("한국") == set()
    assert hangul.missing("\U0010fffd") == {"\U0010fffd"}


def test_the_language_chooses_the_forms() -> None:
    def drawn(language: str) -> bytes:
        return RASTER.render(Slip(blocks=(TextLine(text="直骨角"),), language=language)).tobytes()

    assert drawn("zh-Hans") != drawn("zh-Hant")


def test_a_value_stands_at_the_right_and_moves_down_when_long() -> None:
    short = RASTER.render(Slip(blocks=(Pair(label="姓名", value="样本"),)))
    long = RASTER.render(Slip(blocks=(Pair(label="地址", value="示例市湖滨区虚构街66号" * 4),)))
    edges = ink(short)
    assert edges is not None
    assert edges[0] < 12
    assert edges[2] > 560
    assert long.height > 2 * short.height


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.one_of(
            st.builds(TextLine, text=TEXT, scale=st.floats(0.5, 3), bold=st.booleans(), align=st.sampled_from(Align)),
            st.builds(Pair, label=TEXT, value=TEXT),
            st.builds(Rule, dashed=st.booleans()),
            st.builds(Space, lines=st.floats(0, 4)),
        ),
        max_size=6,
    ),
    st.sampled_from([384, 576]),
)
def test_any_slip_is_drawn_in_black_and_white_at_full_width(blocks: list[TextLine], width: int) -> None:
    picture = SlipRaster(width).render(Slip(blocks=tuple(blocks)))
    assert picture.mode == "1"
    assert picture.width == width


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_code_can_be_read_back_from_narrow_paper(payload: str) -> None:
    picture = SlipRaster(384).render(Slip(blocks=(Qr(payload=payload, caption="扫码查看"),)))
    [code] = zxingcpp.read_barcodes(picture.convert("L"))
    assert code.bytes == payload.encode()


def test_what_does_not_fit_is_named() -> None:
    with pytest.raises(SlipTooWideError, match="paper has 384"):
        SlipRaster(384).render(Slip(blocks=(Qr(payload="x" * 1500),)))
    with pytest.raises(FontMissingError, match="fonts-noto-cjk"):
        SlipRaster(576, Path("/nowhere"))
    with pytest.raises(ValueError, match="multiple of 8"):
        SlipRaster(575)
