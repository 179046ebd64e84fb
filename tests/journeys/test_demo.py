"""``kiosk demo`` as a person runs it: each journey once, and what it leaves is what came of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from drivers.scanner.decode import decode
from kiosk import licences
from kiosk.catalogue import load
from kiosk.receipts import CASE_CODE
from kiosk.settings.model import ASSETS

KIOSK = Path(sys.executable).with_name("kiosk")
LIMIT_S = 300
PORTRAIT = "zh-Hans", "portrait"

pytestmark = pytest.mark.timeout(LIMIT_S + 60)


JOURNEYS = {
    **dict.fromkeys(("basket", "id-card", "my-space", "newborn", "newborn-unmarried", "restaurant"), PORTRAIT),
    "by-ear": ("zh-Hans", "bank"),
    "certificate": ("en", "landscape"),
    "old-age": ("zh-Hant", "bank"),
}
"""Each once, and each language and layout at least once."""


@dataclass(frozen=True, kw_only=True)
class Played:
    """A journey that came to its end, and the folder it left."""

    name: str
    out: Path
    said: str

    def read(self, name: str) -> Any:
        return json.loads((self.out / f"{name}.json").read_text(encoding="utf-8"))


def demo(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KIOSK, "demo", *arguments], capture_output=True, text=True, check=False, timeout=LIMIT_S)


@pytest.fixture(
    scope="session",
    params=[pytest.param((name, *looks), id="-".join((name, *looks))) for name, looks in JOURNEYS.items()],
)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    name, language, layout = request.param
    out = tmp_path_factory.mktemp(name)
    done = demo(name, "--out", out, "--language", language, "--layout", layout)
    assert done.returncode == 0, done.stderr
    yield Played(name=name, out=out, said=done.stdout)
    shutil.rmtree(out)


def test_every_journey_is_played_here() -> None:
    listed = {line.split()[0] for line in demo("--list").stdout.splitlines()}
    assert listed == set(JOURNEYS)


def test_each_step_has_its_picture_and_its_time(played: Played) -> None:
    journey = played.read("journey")
    assert journey["journey"] == played.name
    pages = [step["page"] for step in journey["steps"]]
    assert pages[0] == "attract"
    assert pages[-1] == "goodbye"
    if played.name == "my-space":
        assert {"mine", "case", "materials", "camera", "withdraw", "licences", "sheet", "uses"} <= set(pages)
    assert ("pay" in pages) == (played.name == "id-card")
    chosen = "basket" if played.name == "basket" else "guide"
    assert {"find", chosen, "notice", "document", "verify", "outcomes", "receipt", "rating"} <= set(pages)
    for step in journey["steps"]:
        assert (played.out / step["picture"]).read_bytes().startswith(b"\x89PNG")
        assert step["painted_ms"] is None or step["painted_ms"] > 0
        assert step["tapped"] == "" or step["painted_ms"] is not None or step["waited_ms"] > 0
    waited = {step["waited_for"]: step["waited_ms"] for step in journey["steps"]}
    assert waited["document"] > 0
    assert waited["outcome"] > 0


def test_the_applications_are_as_the_catalogue_declares(played: Played) -> None:
    catalogue = load(ASSETS / "catalogue")
    cases = [case for application in played.read("application") for case in application["cases"]]
    assert cases
    assert {case["item"]: case["state"] for case in cases} == {
        case["item"]: str(catalogue.items[case["item"]].outcome) for case in cases
    }
    assert played.said.splitlines() == [
        f"{application['number']} {case['item']}: {case['state']}"
        for application in played.read("application")
        for case in application["cases"]
    ]


def test_the_receipt_can_be_scanned_and_its_documents_verified(played: Played) -> None:
    read = [code.text for code in decode((played.out / "receipt.png").read_bytes())]
    applications = played.read("application")
    issuers = licences.read_issuers(played.out / "issuers.json")
    numbers = {text.removeprefix(CASE_CODE) for text in read if text.startswith(CASE_CODE)}
    verified = {
        each.licence.number: each
        for text in read
        if not text.startswith(CASE_CODE)
        for each in [licences.verify(text, issuers)]
    }
    issued = set()
    for application in applications:
        documents = [document for case in application["cases"] for document in case["documents"]]
        printed = [document["number"] for document in documents if document["number"] in verified]
        assert application["number"] in numbers or printed, "nothing on the receipt leads to the application"
        for document in documents:
            issued.add(document["number"])
            genuine = licences.verify(document["qr"], issuers)
            assert genuine.licence.number == document["number"]
            assert genuine.in_force(date.fromisoformat(document["issuedOn"]))
    assert numbers <= {application["number"] for application in applications}
    assert verified.keys() <= issued


def test_another_outcome_than_declared_fails(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue"
    shutil.copytree(ASSETS / "catalogue", catalogue)
    file = catalogue / "tables" / "old-age-allowance.yaml"
    table = yaml.safe_load(file.read_text(encoding="utf-8"))
    (rule,) = (rule for rule in table["rules"] if rule["when"][0] == "[80..89]")
    rule["decide"] = "refer"
    for only_approved in ("basis", "output"):
        del rule[only_approved]
    table["examples"] = [example for example in table["examples"] if not 80 <= (example["given"]["age"] or 0) < 90]
    file.write_text(yaml.safe_dump(table, allow_unicode=True), encoding="utf-8")
    failed = demo("old-age", "--out", tmp_path / "out", "--catalogue", catalogue)
    assert failed.returncode == 1
    assert "old-age-allowance is referred, its catalogue declares approved" in failed.stderr
