from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech import in_chinese, in_english
from kiosk.speech.numerals import LARGEST, chinese, digits, english, ordinal
from kiosk.speech.reading import read, spoken, template
from kiosk.words import Language

ZH, EN = Language.ZH_HANS, Language.EN

MANDARIN = {
    "2026年4月15日": "二零二六年四月十五日",
    "2026-04-15": "二零二六年四月十五日",
    "2026/4/15 08:05": "二零二六年四月十五日八点零五分",
    "2026年4月": "二零二六年四月",
    "5年": "五年",
    "08:00-18:00": "八点 到 十八点",
    "2:30": "两点三十分",
    "¥1,234.50": "一千二百三十四元五角",
    "1,234.50元": "一千二百三十四元五角",
    "¥0.05": "五分",
    "¥100.05": "一百元零五分",
    "¥0": "零元",
    "2 元": "两元",
    "20%": "百分之二十",
    "12.5％": "百分之十二点五",
    "1/3": "三分之一",
    "3-5 个工作日": "三到五 个工作日",
    "2 份材料": "两份材料",
    "第 2 步，共 6 步": "第二步，共 六步",
    "12个": "十二个",
    "-3℃": "负三摄氏度",
    "85㎡": "八十五平方米",
    "请拨打 12345": "请拨打幺二三四五",
    "13800138024": "幺三八，零零幺三，八零二四",
    "0571-88886666": "零五七幺，八八八八六六六六",
    "138****8024": "一三八，尾号八零二四",
    "6222 **** **** 1234": "六二二二，尾号一二三四",
    "***1234": "尾号一二三四",
    "王*明": "王某明",
    "张**": "张某某",
    "33010219900101123X": "三三零一零二，一九九零，零一零一，一二三X",
    "编号 GD202604150001": "编号 GD，二零二六，零四一五，零零零一",
    "２份": "两份",
}

ENGLISH = {
    "15 April 2026": "fifteenth April twenty twenty six",
    "2026-04-15": "fifteenth April twenty twenty six",
    "2009-12-01": "first December two thousand and nine",
    "1905-01-02": "second January nineteen oh five",
    "08:05": "eight oh five",
    "9:00": "nine o'clock",
    "¥1,234.50": "one thousand two hundred and thirty four yuan fifty",
    "Call 12345": "Call one two three four five",
    "138****8024": "one three eight , ending in eight zero two four",
    "12.5%": "twelve point five per cent",
    "3-5": "three to five",
    "22nd": "twenty-second",
    "-3 °C": "minus three degrees Celsius",
    "33010219900101123X": "three three zero one zero two , one nine nine zero , zero one zero one , one two three X",
}


@pytest.mark.parametrize(("written", "said"), MANDARIN.items())
def test_values_are_said_in_mandarin_as_people_say_them(written: str, said: str) -> None:
    assert spoken(read(written, ZH)) == said


@pytest.mark.parametrize(("written", "said"), ENGLISH.items())
def test_values_are_said_in_english_as_people_say_them(written: str, said: str) -> None:
    assert re.sub(" +", " ", spoken(read(written, EN))) == said


def test_latin_words_in_chinese_are_spoken_by_the_english_voice() -> None:
    assert [(piece.said, piece.language) for piece in read("用 Alipay 扫码", ZH)] == [
        ("用 ", ZH),
        ("Alipay", EN),
        (" 扫码", ZH),
    ]


def test_nothing_is_left_in_that_a_voice_takes_for_a_command() -> None:
    said = spoken(read("[[hello]] <voice name='x'/> 请「打开」`ls`", ZH))
    assert not set("[]<>`") & set(said)


def test_what_says_nothing_is_no_piece() -> None:
    assert read("··· —— ", ZH) == ()
    assert read("", EN) == ()


def test_a_template_gives_the_words_between_its_values() -> None:
    (before, after) = template("还差 {n} 份材料", ZH)
    assert (before.words, after.words) == (("还差",), ("份材料",))
    filled = [word for piece in read("还差 12 份材料", ZH) for word in piece.words]
    assert filled == ["还差", "十", "二", "份材料"]


def _value(said: str) -> int:
    """Read a Chinese numeral back, by its own rules and not by those that wrote it."""
    places = {"十": 10, "百": 100, "千": 1000}
    total = section = digit = 0
    for letter in said:
        if letter == "万" and total and not section and not digit:
            total *= 10_000  # 万 that closes an 亿 or 万 before it
        elif letter in "万亿":
            scale = 10_000 if letter == "万" else 10**8
            part = section + digit
            total = (total + part) * scale if letter == "亿" else total + part * scale
            section = digit = 0
        elif letter in places:
            section += (digit or 1) * places[letter]
            digit = 0
        elif letter != "零":
            digit = "零一二三四五六七八九".index("二" if letter == "两" else letter)
    return total + section + digit


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_number_in_mandarin_reads_back_as_itself(number: int) -> None:
    assert _value(chinese(number)) == number


@given(st.integers(min_value=0, max_value=LARGEST))
def test_numbers_are_said_in_words_that_are_rendered_beforehand(number: int) -> None:
    assert set(chinese(number)) <= set(in_chinese.ATOMS)
    assert set(re.split("[ -]", english(number))) <= set(in_english.ATOMS)


@given(st.integers(min_value=0, max_value=LARGEST), st.integers(min_value=0, max_value=LARGEST))
def test_two_numbers_are_never_said_alike(one: int, other: int) -> None:
    assert (chinese(one) == chinese(other)) == (one == other)
    assert (english(one) == english(other)) == (one == other)


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_is_no_number_to_be_said_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="only 0 to"):
        chinese(number)
    with pytest.raises(ValueError, match="only 0 to"):
        english(number)


def test_ordinals() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 12, 20, 21, 31)] == [
        "first",
        "second",
        "third",
        "twelfth",
        "twentieth",
        "twenty-first",
        "thirty-first",
    ]


@given(st.text("0123456789", min_size=9, max_size=17))
def test_a_long_number_is_said_digit_by_digit_and_whole(number: str) -> None:
    said = spoken(read(f"编号：{number}。", ZH)).replace("幺", "一")
    assert digits(number) in said.replace("，", "")


@given(st.text(max_size=200), st.sampled_from(Language))
def test_whatever_is_written_is_read_without_an_error(text: str, language: Language) -> None:
    pieces = read(text, language)
    assert all(piece.words and all(piece.words) for piece in pieces)
    assert not set("[]<>`*") & set(spoken(pieces))


@given(
    st.lists(st.sampled_from("0123456789*-/.:¥年月日 %元XxAG,第～个"), max_size=24).map("".join),
    st.sampled_from(Language),
)
def test_whatever_looks_like_a_value_is_read_without_an_error(text: str, language: Language) -> None:
    said = spoken(read(text, language))
    if language is not EN:
        assert not re.search("[0-9]", said), "no digit is left for a voice to read as it likes"


@given(st.text(st.sampled_from("0123456789"), min_size=1, max_size=12), st.sampled_from(Language))
def test_what_is_hidden_stays_hidden(tail: str, language: Language) -> None:
    words = [word for piece in read(f"138****{tail}", language) for word in piece.words]
    assert len([word for word in words if word not in ("，", ",", "尾号", "ending in")]) == 3 + len(tail)
