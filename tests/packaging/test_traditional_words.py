"""Traditional Chinese is the conversion of the Simplified beside it; what is not is found and written anew."""

from __future__ import annotations

import importlib
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.traditional import renewed
from kiosk.traditional import REGIONAL, Regional, Reviewed, converter, load_regional

ROOT = Path(__file__).parents[2]
CONVERT = converter(load_regional())


def test_every_traditional_string_is_its_conversion_or_reviewed() -> None:
    run = subprocess.run([ROOT / "packaging/checks/traditional"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_words_of_daily_things_are_the_regions_and_names_of_documents_stay() -> None:
    assert CONVERT("请打印在屏幕上的信息") == "請列印在螢幕上的資訊"
    assert CONVERT("刷身份证，到窗口办行政复议") == "刷身份證，到窗口辦行政復議"
    assert CONVERT("在“我的”里看‘二维码’") == "在「我的」裡看『二維碼』"


def test_the_longest_word_wins_and_a_reviewed_string_is_taken_as_it_is() -> None:
    regional = Regional(
        words={"打": "甲", "打印": "乙"},
        characters={"臺": "台"},
        reviewed=(Reviewed(zh_hans="打印机", zh_hant="丙", why="a try"),),
    )
    convert = converter(regional)
    assert convert("打台打印") == "甲台乙"
    assert convert("打印机") == "丙"


@given(st.text("信息打印的{name}%1 abc，。"))
def test_what_is_no_word_of_the_region_keeps_its_placeholders_and_letters(text: str) -> None:
    after = CONVERT(text)
    for kept in ("{name}", "%1", "abc"):
        assert after.count(kept) == text.count(kept)


BEFORE = """\
# 打印
flow: {zh-Hans: 打印“一”, zh-Hant: 打印「一」, en: Print}  # 备注
good: {zh-Hans: 户口, zh-Hant: 戶口, en: Household}
folded:
  zh-Hans: >-
    打印
    指南
  zh-Hant: >-
    打印
    指南
  en: Print the guide
weight: {zh-Hans: 克, zh-Hant: 克, en: g}
"""

AFTER = """\
# 打印
flow: {zh-Hans: 打印“一”, zh-Hant: 列印「一」, en: Print}  # 备注
good: {zh-Hans: 户口, zh-Hant: 戶口, en: Household}
folded:
  zh-Hans: >-
    打印
    指南
  zh-Hant: >-
    列印
    指南
  en: Print the guide
weight: {zh-Hans: 克, zh-Hant: 公克, en: g}
"""


def test_what_is_unlike_is_written_anew_in_its_place_and_nothing_else_changes() -> None:
    after, found = renewed(BEFORE, CONVERT)
    assert after == AFTER
    assert [(line, there, wanted) for line, _, there, wanted in found] == [
        (2, "打印「一」", "列印「一」"),
        (8, "打印 指南", "列印 指南"),
        (12, "克", "公克"),
    ]
    assert renewed(after, CONVERT) == (AFTER, [])


def test_texts_in_code_are_renewed_in_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging/checks"))
    renewed_code = importlib.import_module("traditional").renewed_code
    before = (
        'A = Text(zh_hans="打印", zh_hant="打印", en="é")  # 打印\nB = Text(zh_hans=f"{A}", zh_hant="打印", en="")\n'
    )
    after, found = renewed_code(before, CONVERT)
    assert after == before.replace('zh_hant="打印", en="é"', 'zh_hant="列印", en="é"')
    assert found == [(1, "打印", "打印", "列印")]


def test_messages_are_renewed_and_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging/checks"))
    renewed_messages = importlib.import_module("traditional").renewed_messages
    before = '<message>\n<source>打印&lt;%1&gt;</source>\n<translation type="unfinished"></translation>\n</message>'
    after, found = renewed_messages(before, CONVERT)
    assert after == "<message>\n<source>打印&lt;%1&gt;</source>\n<translation>列印&lt;%1&gt;</translation>\n</message>"
    assert [(line, wanted) for line, _, _, wanted in found] == [(3, "列印<%1>")]
    assert renewed_messages(after, CONVERT) == (after, [])


def test_a_region_without_words_is_read(tmp_path: Path) -> None:
    empty = tmp_path / "regional.yaml"
    empty.write_text("words: {}\ncharacters: {}\n", encoding="utf-8")
    assert converter(load_regional(empty))("打印") == "打印"
    assert all(load_regional(REGIONAL).words.values())
