"""Missing Traditional Chinese is written into the files, and nothing else of them changes."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue import command
from kiosk.catalogue.traditional import filled, write_traditional

FILE = """\
# 注释 𠀀
flow: {zh-Hans: 姓名“一”, en: Name}  # 备注
block:
  zh-Hans: 户口   # 备注
  en: Household
folded:
  zh-Hans: >-
    办理
    登记

  en: Register
listed:
  - zh-Hans: "引号: 登记"
    en: Quoted
  - {title: {zh-Hans: '单引', zh-Hant: 不動, en: x}, says: {zh-Hans: "有, 逗号", en: a}}
end:
  en: last
  zh-Hans: 办结"""

WANTED = """\
# 注释 𠀀
flow: {zh-Hans: 姓名“一”, zh-Hant: 姓名「一」, en: Name}  # 备注
block:
  zh-Hans: 户口   # 备注
  zh-Hant: 戶口
  en: Household
folded:
  zh-Hans: >-
    办理
    登记
  zh-Hant: >-
    辦理
    登記

  en: Register
listed:
  - zh-Hans: "引号: 登记"
    zh-Hant: "引號: 登記"
    en: Quoted
  - {title: {zh-Hans: '单引', zh-Hant: 不動, en: x}, says: {zh-Hans: "有, 逗号", zh-Hant: "有, 逗號", en: a}}
end:
  en: last
  zh-Hans: 办结
  zh-Hant: 辦結"""


def test_words_are_filled_in_beside_the_source_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(FILE, encoding="utf-8")
    assert write_traditional(tmp_path) == {"one.yaml": 6}
    assert path.read_text(encoding="utf-8") == WANTED
    assert write_traditional(tmp_path) == {}
    assert path.read_text(encoding="utf-8") == WANTED


def test_words_of_the_city_are_its_own_and_not_those_of_computing(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("a: {zh-Hans: 到窗口打印文件, en: x}\n", encoding="utf-8")
    write_traditional(tmp_path)
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["a"]["zh-Hant"] == "到窗口列印文件"


WORDS = st.text("姓名户口登记“”，。a1 ", min_size=1, max_size=12).filter(lambda text: text.strip() == text)


@given(st.lists(WORDS, min_size=1, max_size=5), st.booleans())
def test_whatever_the_layout_the_source_is_read_as_before(words: list[str], flow: bool) -> None:
    before = yaml.safe_dump(
        {f"k{index}": {"zh-Hans": text, "en": "x"} for index, text in enumerate(words)},
        allow_unicode=True,
        default_flow_style=flow,
        width=20,
    )
    after, count = filled(before, lambda text: text.replace("户", "戶"))
    read = yaml.safe_load(after)
    assert count == len(words)
    for index, text in enumerate(words):
        assert read[f"k{index}"]["zh-Hans"] == text
        assert read[f"k{index}"]["zh-Hant"].count("戶") == text.count("户")
    assert filled(after, str) == (after, 0)


@given(st.text(max_size=60))
def test_what_is_no_yaml_comes_back_as_it_is(text: str) -> None:
    after, count = filled(text, str)
    assert count > 0 or after == text


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.yaml").write_text(FILE, encoding="utf-8")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert command.run(parser.parse_args(["traditional", str(tmp_path)])) == 0
    assert capsys.readouterr().out.splitlines() == [f"{tmp_path.name}/one.yaml: 6 written", "6 written"]
