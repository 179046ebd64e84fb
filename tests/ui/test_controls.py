"""Every control keeps its contract: it has one, draws its examples in every language, and can be touched and read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent
from pytestqt.qtbot import QtBot

from ui.gallery.draw import Easel
from ui.gallery.examples import CONTROLS, LANGUAGES, contract, control_names, examples
from ui.theme import Look
from ui.translations import load_translations

ROOT = Path(__file__).parents[2]


def test_the_module_lists_every_control() -> None:
    lines = (CONTROLS / "qmldir").read_text(encoding="utf-8").splitlines()
    # what carries the words of controls to who speaks is none, and has nothing to show
    lines.remove("singleton Announcer 1.0 Announcer.qml")
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
    component = QQmlComponent(easel.engine)
    for name in {*described["properties"], *described.get("signals", ())} - {"content", "filling"}:
        # a binding to what is not there does not compile
        handler = f"on{name[0].upper()}{name[1:]}" + ("" if name in described.get("signals", ()) else "Changed")
        document = f"import ui.controls\n{control} {{ {handler}: {{}} }}"
        component.setData(document.encode(), QUrl.fromLocalFile(str(CONTROLS / "contract.qml")))
        assert component.errorString() == ""
    easel.close()


@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("control", control_names())
def test_examples_can_be_read_and_touched(qtbot: QtBot, qapp: object, control: str, language: str, elder: bool) -> None:
    translator = load_translations(language)
    qapp.installTranslator(translator)  # type: ignore[attr-defined] # pytest-qt gives the application as an object
    easel = Easel(Look(language=language, elder=elder))
    try:
        for example in examples(control):
            with easel.shown(example) as item:
                component = QQmlComponent(easel.engine, str(Path(__file__).with_name("Measure.qml")))
                measure = component.createWithInitialProperties({"subject": item})
                assert component.errorString() == ""
                assert measure.property("seen") > 1
                assert measure.property("faults") == "", f"{example.name}: {measure.property('faults')}"
                measure.deleteLater()
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
