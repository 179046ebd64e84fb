"""Whatever diagnostics can say has words in both languages; and nothing of any person is written down."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from benches import Answers, Held, bench, no_news

from drivers.errors import MediaUnreadable
from kiosk.__main__ import main
from kiosk.commands.diagnose import USAGE
from kiosk.diagnostics import checks, words
from kiosk.diagnostics.history import FILE
from kiosk.diagnostics.inspection import Inspection
from kiosk.diagnostics.limits import LIMITS, measured
from kiosk.diagnostics.running import TESTS, Need
from kiosk.submission import Identity
from kiosk.words import Language

CODE = Path(checks.__file__).parents[1]
ENGLISH, CHINESE = words.load(Language.EN), words.load(Language.ZH_HANS)


def sources() -> str:
    return "\n".join(file.read_text() for file in CODE.rglob("*.py"))


@pytest.mark.parametrize("spoken", [ENGLISH, CHINESE], ids=["en", "zh-Hans"])
def test_every_test_measure_need_and_reason_has_words(spoken: words.Words) -> None:
    assert all(spoken.test(test.id) != test.id for test in TESTS)
    assert {test.device for test in TESTS} <= set(spoken._tables.labels)
    assert all(spoken.measure(name) != name for name in LIMITS)
    text = sources()
    reasons = set(re.findall(r'(?:reason|code|OCCUPIED|UNKNOWN_TEST|BROKEN)(?:: Final)? ?= ?"([a-z]+\.[a-z-]+)"', text))
    reasons |= {f"needs.{need}" for need in Need} | {f"{kind}.lost" for kind in ("idreader", "card", "scanner")}
    assert len(reasons) > 25
    for code in reasons:
        assert spoken.why(code) != code, code
        assert spoken.remedy(code), code


@pytest.mark.parametrize("spoken", [ENGLISH, CHINESE], ids=["en", "zh-Hans"])
def test_everything_that_is_said_to_a_technician_has_words(spoken: words.Words) -> None:
    said = set(re.findall(r'say(?:\(.*?|=)"([a-z]+\.[a-z-]+)"', sources()))
    assert {"lay.document", "hold.slip", "sound.how-many", "touch.cross"} <= said
    values = dict.fromkeys(("number", "of", "seconds", "count", "serial"), "1")
    assert all(spoken.say(key, values) != key for key in said)


def test_nothing_is_worded_that_nothing_says() -> None:
    known = msgspec.yaml.decode(words.FILE.read_bytes())
    text = sources() + (CODE.parent / "commands" / "diagnosed.py").read_text() + (CODE / "report.typ").read_text()
    assert set(known["tests"]) == {test.id for test in TESTS}
    assert set(known["measures"]) == set(known["bases"]) == set(LIMITS)
    assert set(known["units"]) < {limit.unit for limit in LIMITS.values()}
    built = re.compile(r"(needs|repair|scan|drift)\.|\w+\.lost$")
    every = (key for table in ("says", "reasons") for key in known[table])
    unused = [key for key in every if f'"{key}"' not in text and not built.match(key)]
    assert unused == []


def test_limits_say_where_they_come_from_in_the_language_of_the_page() -> None:
    for name in LIMITS:
        found = measured(name, 1)
        assert re.search("[\u4e00-\u9fff]|^adjtimex", CHINESE.basis(found)), name
        assert "[" not in CHINESE.basis(found) + ENGLISH.basis(found), name
        assert not re.search("[\u4e00-\u9fff]", ENGLISH.basis(found)), name
    assert ENGLISH.basis(measured("camera.lost", 1)) == "our choice: of the pictures of a stream"
    assert (CHINESE.unit("frames/s"), ENGLISH.unit("frames/s"), CHINESE.unit("ms")) == ("帧/秒", "frames/s", "ms")


def test_of_what_citizens_are_told_technicians_hear_what_happened() -> None:
    assert ENGLISH.why("device.absent") == "This device is not connected right now."
    assert CHINESE.why("device.absent") == "这台机器现在没有接上这个设备。"
    assert ENGLISH.why("no.such-code") == "no.such-code"


async def test_what_a_document_or_a_person_says_is_nowhere_afterwards(tmp_path: Path) -> None:
    planted = "陈小红 110105199003074321"

    class Reader:
        async def read(self) -> None:
            raise MediaUnreadable("the chip answered nonsense")

        async def removed(self) -> None:
            raise RuntimeError(planted)

    technician = Answers(lambda _: planted)
    where = bench(tmp_path, {"idreader": Held("idreader", Reader())}, technician=technician)
    inspection = Inspection(where, Identity(tmp_path / "terminal", "T-0117"), operator="0042")
    Reader.read = Reader.removed  # type: ignore[method-assign]  # what a driver's own mistake carries in its message
    await inspection.run("idreader.document", no_news)
    signed = await inspection.report()
    for content in ((tmp_path / FILE).read_bytes(), msgspec.json.encode(signed)):
        assert "陈小红" not in content.decode(errors="ignore")
        assert b"110105199003074321" not in content


def test_wrong_arguments_are_not_taken_for_a_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--test"], ["--colour"], ["--language", "fr"], ["--list", "--history"]):
        with pytest.raises(SystemExit) as ended:
            main(["diagnose", *arguments])
        assert ended.value.code == USAGE
    assert main(["diagnose", "--test", "no.such"]) == USAGE
    assert main(["diagnose", "--verify", "/nonexistent"]) == USAGE
    assert "no such test here" in capsys.readouterr().err


@pytest.mark.parametrize(("spoken", "name"), [("zh_CN.UTF-8", "回环"), ("de_DE.UTF-8", "loop"), ("", "loop")])
def test_the_tests_are_listed_in_the_language_of_the_console(
    spoken: str, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", spoken)
    assert main(["diagnose", "--list"]) == 0
    listed = capsys.readouterr().out
    assert re.search(rf"loop\.print-scan +{name}", listed)
