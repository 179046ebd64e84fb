"""Every parser that ``packaging/bench fuzz`` knows is tried here, too: its seeds, and what is a little off them.

Hypothesis tries most of them from nothing beside their own tests; this begins from bytes that our encoders made.
"""

from __future__ import annotations

import importlib
import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
TARGETS: dict[str, Any] = importlib.import_module("tests.fuzz.targets").TARGETS
registry = importlib.import_module("tests.fuzz.registry")
command = importlib.import_module("tests.fuzz.__main__")

MOST_SEEDS = 8


# cryptography warns of a damaged certificate (a serial number of zero, say) before it is refused
@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_what_is_a_little_off_end_as_they_may(name: str) -> None:
    target, chance = TARGETS[name], random.Random(name)
    seeds = list(target.seeds())
    for once_broke in target.beginnings()[len(seeds) :]:
        target.run(once_broke)
    for seed in chance.sample(seeds, min(MOST_SEEDS, len(seeds))):
        target.run(seed)
        for mutation in registry.mutations(seed, chance, 3):
            target.run(mutation)


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_gets_past_the_first_refusal(name: str) -> None:
    target = TARGETS[name]
    for seed in target.seeds():
        try:
            target.parse(seed)
        except target.allowed:
            continue
        return
    pytest.fail("no seed is accepted: what is behind the first refusal is never tried")


def one_of(parse: Any, *allowed: type[Exception]) -> Any:
    return registry.Target(name="x", parse=parse, allowed=allowed, seeds=lambda: [b""])


def test_an_error_that_is_not_allowed_is_a_finding() -> None:
    parse = int
    assert one_of(parse, ValueError).run(b"x") >= 0
    with pytest.raises(ValueError, match="invalid literal"):
        one_of(parse, TypeError).run(b"x")


@pytest.mark.parametrize(("limit", "said"), [({"most_mb": -1}, "MB for 3"), ({"longest_s": -1.0}, "s for 3")])
def test_memory_and_time_without_measure_are_findings(limit: dict[str, float], said: str) -> None:
    with pytest.raises(registry.Finding, match=said):
        registry.Target(name="x", parse=len, seeds=list, **limit).run(b"abc")


def test_pieces_are_what_was_joined() -> None:
    assert list(registry.pieces(registry.joined(b"ab", b"", b"c" * 300))) == [b"ab", b"", b"c" * 255, b"c" * 45]
    assert list(registry.pieces(b"\x05ab")) == [b"ab"]


def test_a_finding_can_be_repeated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "finding"
    file.write_bytes(b"\x16\x12\x12\x12")
    assert command.main(["--repeat", str(file), "printer.status"]) == 0
    assert "no finding" in capsys.readouterr().out


def test_a_repeated_finding_shows_its_trace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "finding"
    file.write_bytes(b"x")
    monkeypatch.setitem(command.TARGETS, "printer.status", one_of(int))
    assert command.main(["--repeat", str(file), "printer.status"]) == 1
    assert "invalid literal" in capsys.readouterr().err


def test_without_atheris_it_is_said_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert command.main(["card.tlv"]) == 2
    assert "Python 3.11 and 3.12" in capsys.readouterr().err


def test_an_unknown_target_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["tarot"])
    assert "no target tarot" in capsys.readouterr().err
