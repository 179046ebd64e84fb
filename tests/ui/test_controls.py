"""Every control keeps its contract: it has one, draws its examples in every language, and can be touched and read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from ui.gallery.draw import Easel
from ui.gallery.examples import CONTROLS, LANGUAGES, contract, control_names, examples
from ui.theme import Look
from ui.translations import load_translations

ROOT = Path(__file__).parents[2]

# drawn by others, never touched or read alone
PARTS = {"DeviceScene", "FocusRing", "Icon", "Ring", "ScanFrame", "Words", "UtilityButton", "Problem", "ProgressBar"}


def test_the_module_lists_every_control() -> None:
    lines = (CONTROLS / "qmldir").read_text(encoding="utf-8").splitlines()
    assert lines == ["module ui.controls", *(f"{name} 1.0 {name}/{name}.qml" for name in control_names())]


@pytest.mark.parametrize("control", control_names())
def test_a_control_has_a_contract(control: str) -> None:
    described = contract(control)
    assert set(described) <= {"what", "properties", "signals", "accessibility", "size_mm", "examples"}
    assert described["what"].endswith(".")
    assert described["examples"]
    assert described["accessibility"]
    source = (CONTROLS / control / f"{control}.qml").read_text(encoding="utf-8")
    for required in re.findall(r"^    required property [\w<>]+ (\w+)", source, re.MULTILINE):
        assert described["properties"][required]["required"] is True, f"{control}.yaml does not say {required}"
    for signal in re.findall(r"^    signal (\w+)", source, re.MULTILINE):
        assert signal in described["signals"], f"{control}.yaml does not say {signal}"


@pytest.mark.parametrize("control", control_names())
def test_a_control_has_what_its_contract_says(qtbot: QtBot, control: str) -> None:
    described = contract(control)
    easel = Easel(Look())
    with easel.shown(examples(control)[0]) as item:
        meta = control_of(item).metaObject()
        names = {meta.property(index).name() for index in range(meta.propertyCount())}
        signals = {meta.method(index).name().toStdString() for index in range(meta.methodCount())}
        wanted = set(described.get("properties", ())) - {"content", "filling"}
        assert wanted <= names
        assert set(described.get("signals", ())) <= signals
    easel.close()


def control_of(item: QQuickItem) -> QQuickItem:
    """Return the control in the document an example is drawn as."""
    inner = item.childItems()[0].childItems()[0]
    return inner.childItems()[0] if inner.metaObject().className() == "QQuickItem" else inner


def descendants(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        if child.isVisible() and child.opacity() > 0:
            yield child
            yield from descendants(child)


@pytest.mark.parametrize("text_scale", [1.0, 1.5])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("control", control_names())
def test_examples_can_be_read_and_touched(
    qtbot: QtBot, qapp: object, control: str, language: str, text_scale: float
) -> None:
    translator = load_translations(language)
    qapp.installTranslator(translator)  # type: ignore[attr-defined] # pytest-qt gives the application as an object
    easel = Easel(Look(language=language, text_scale=text_scale))
    try:
        for example in examples(control):
            with easel.shown(example) as item:
                for part in list(descendants(item)):
                    if part.inherits("QQuickText"):
                        words = part.property("text")
                        assert not part.property("truncated"), f"{example.name}: 「{words}」 is cut off"
                        assert part.property("contentWidth") <= part.width() + 2, (
                            f"{example.name}: 「{words}」 is too wide"
                        )
                        if words:
                            corner = part.mapToScene(QPointF(part.width(), part.height()))
                            assert corner.x() <= item.width() + 1, f"{example.name}: 「{words}」 stands out"
                    if part.inherits("QQuickAbstractButton") and control not in PARTS:
                        smaller = min(part.width(), part.height()) / 4.03
                        assert smaller >= 12.7, f"{example.name}: {part.objectName()} has {smaller:.1f} mm"
    finally:
        easel.close()
        qapp.removeTranslator(translator)  # type: ignore[attr-defined] # as above


@pytest.fixture(scope="session")
def qml_results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[ET.Element]]:
    """Run every tst_*.qml in a process of its own, once, and return what each test case came to."""
    report = tmp_path_factory.mktemp("qml") / "report.xml"
    run = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).with_name("qml_tests.py")),
            "-input",
            str(CONTROLS),
            "-o",
            f"{report},junitxml",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={**os.environ, "QT_LOGGING_RULES": "qt.qpa.*=false"},
    )
    assert report.is_file(), run.stdout + run.stderr
    results: dict[str, list[ET.Element]] = {}
    for case in ET.parse(report).getroot().iter("testcase"):
        owner = case.get("name", "").split("::")[0]
        results.setdefault(owner, []).append(case)
    return results


@pytest.mark.parametrize("path", sorted(CONTROLS.rglob("tst_*.qml")), ids=lambda path: path.stem)
def test_in_qml(qml_results: dict[str, list[ET.Element]], path: Path) -> None:
    cases = qml_results.get(path.stem.removeprefix("tst_"), [])
    own = [case for case in cases if not case.get("name", "").endswith(("initTestCase", "cleanupTestCase"))]
    assert own, f"{path.name} has no test case named {path.stem.removeprefix('tst_')}"
    wrong = [
        f"{case.get('name')}: {fault.get('message')}"
        for case in cases
        for fault in case
        if fault.tag in {"failure", "error"}
    ]
    assert not wrong, "\n".join(wrong)
