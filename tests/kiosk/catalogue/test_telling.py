"""Mistakes are told in Chinese or in English, by the locale."""

from __future__ import annotations

import argparse
import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.catalogue import Mistake, command
from kiosk.catalogue.chinese import SENTENCES
from kiosk.catalogue.telling import in_chinese, told
from kiosk.words import Language

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parents[3]
TOLD_BY = (
    "auditing",
    "checking",
    "defaults",
    "example_checking",
    "loading",
    "policies",
    "reading",
    "table_checking",
    "workbooks/columns",
    "workbooks/reading",
)
"""Modules of the catalogue whose sentences are mistakes and cures."""
CONDITIONS = ("checker", "condition", "lexer", "parser", "unary")
"""Modules of the condition language whose sentences stand inside of mistakes."""
NOT_TOLD = {
    "licence type",
    "yes or no",
    "Simplified Chinese",
    "Traditional Chinese",
    "words in {}",
    "the day {} {} ago",
    "the day {} {} from today",
    "this record",
    "a mapping",
    "{} = {}",
    "{}: {}",
    ": {}!{}",
    "Step | RepeatStep",
    # shapes, as the condition language writes them
    "{}({}, …)",
    "{} in",
    "{} {}",
    ">= 60, [18..60) or 1, 2",
    ">= 60.0, [18.0..60.0) or 1.5",
    '"a", "b" or not("a")',
    '>= date("2026-01-31") or [date("2026-01-01")..date("2026-12-31")]',
}
"""Texts of those modules that are names or parts of sentences."""

CHINESE = re.compile("[\u4e00-\u9fff]")


def sentences(path: Path) -> Iterator[str]:
    """Yield the texts of a module, docstrings left out, with ``{}`` for what is put in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(inner) for inner in ast.walk(node) if inner is not node}
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize(
    "file",
    [
        *(f"catalogue/{module}.py" for module in TOLD_BY),
        *(f"forms/conditions/{module}.py" for module in CONDITIONS),
        "forms/compiled.py",
    ],
)
def test_every_sentence_of_the_checks_has_its_chinese(file: str) -> None:
    path = ROOT / "kiosk" / file
    said = {text for text in sentences(path) if " " in text[:-1] and text[-1] != " " and not CHINESE.search(text)}
    without = [text for text in said - NOT_TOLD if not CHINESE.search(in_chinese(text.replace("{}", "x")))]
    assert without == []


def test_what_a_sentence_names_stands_in_its_chinese_too() -> None:
    for english, chinese in SENTENCES.items():
        names = [f"n{index}x" for index in range(english.count("{}"))]
        parts = english.split("{}")
        said = parts[0] + "".join(name + part for name, part in zip(names, parts[1:], strict=True))
        told_so = in_chinese(said)
        assert CHINESE.search(told_so), english
        assert all(name in told_so for name in names), (english, chinese)


def test_a_condition_inside_a_mistake_is_told_in_chinese_too() -> None:
    mistake = Mistake(
        file="items/a/b.yaml",
        line=3,
        says="in “house.kin == 1”: unknown name house.kin",
        cure="Did you mean house.kind?",
    )
    assert (
        told(mistake, Language.ZH_HANS)
        == "items/a/b.yaml:3：条件“house.kin == 1”：没有 house.kin 这个名字。您是不是想写 house.kind？"
    )
    assert told(mistake, Language.EN) == str(mistake)


@pytest.mark.parametrize(
    ("given", "locale", "says"),
    [
        ((), "zh_CN.UTF-8", "没有 audince 这个键"),
        ((), "C.UTF-8", "unknown key audince"),
        (("--language", "zh"), "C.UTF-8", "没有 audince 这个键"),
        (("--language", "en"), "zh_CN.UTF-8", "unknown key audince"),
    ],
)
def test_the_locale_or_the_option_chooses_the_language(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    given: tuple[str, ...],
    locale: str,
    says: str,
) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "catalogue"))
    path = folder / "items" / "civil-affairs" / "old-age.yaml"
    path.write_text(path.read_text().replace("audience: person", "audince: person"))
    monkeypatch.setenv("LC_ALL", locale)
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert command.run(parser.parse_args(["check", str(folder), *given])) == 1
    assert says in capsys.readouterr().out
