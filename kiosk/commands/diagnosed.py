"""How ``kiosk diagnose`` shows things: progress and questions on standard error, what it was asked for on the other."""

from __future__ import annotations

import asyncio
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from kiosk.commands.console import tell
from kiosk.diagnostics import paper
from kiosk.diagnostics.audit import Audit
from kiosk.diagnostics.bench import Progress, Question
from kiosk.diagnostics.history import History
from kiosk.diagnostics.model import TestResult
from kiosk.diagnostics.report import Said, Signed
from kiosk.diagnostics.running import all_tests
from kiosk.diagnostics.words import Words
from kiosk.settings import Settings

_LAST: Final = 200
"""Rows of the history that are shown."""


class Console:
    """Progress, results and questions of tests; a ``Technician``.

    Args:
        words: To say it in.
        quiet: Say only what has to be done, for standard output is read by a program.
    """

    def __init__(self, words: Words, *, quiet: bool) -> None:
        self.words = words
        self._quiet = quiet
        self._said = ""

    def post(self, progress: Progress) -> None:
        """Say what is to be done now, once."""
        if progress.share == 0 and not progress.say and not self._quiet:
            tell(f"{self.words.test(progress.test)} …")
        said = self.words.say(progress.say, progress.values) if progress.say else ""
        if said and said != self._said:
            tell(f"→ {said}")
        self._said = said

    def found(self, result: TestResult) -> None:
        """Say how a test ended."""
        if not self._quiet:
            tell(f"{self.words.test(result.test)}: {self.words.label(result.verdict.value)}")

    async def answer(self, question: Question) -> str:
        """Ask on the console. See ``kiosk.diagnostics.bench.Technician``."""
        asked = self.words.say(question.say, question.values)
        if not question.choices:
            return await _typed(f"{asked} ")
        listed = "  ".join(f"{number}={self.words.say(key, {})}" for number, key in enumerate(question.choices, 1))
        while True:
            said = await _typed(f"{asked} {listed} ")
            if said.isascii() and said.isdecimal() and 1 <= int(said) <= len(question.choices):
                return question.choices[int(said) - 1]


async def _typed(prompt: str) -> str:
    """Return a line from standard input, without keeping anything alive when nobody wants it any more.

    Raises:
        EOFError: there is no more.
    """
    print(prompt, end="", file=sys.stderr, flush=True)
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    try:
        loop.add_reader(sys.stdin, ready.set)
    except OSError:  # a file is always ready
        ready.set()
    try:
        await ready.wait()
    finally:
        loop.remove_reader(sys.stdin)
    line = sys.stdin.readline()
    if not line:
        raise EOFError("nobody answers on standard input")
    return line.strip()


# --- what was asked for ----------------------------------------------------------------------------------------------


def show_tests(settings: Settings, words: Words) -> None:
    """Name the tests of a terminal."""
    _table(
        [
            (test.id, words.label(test.device), words.test(test.id), "*" if test.interactive else "")
            for test in all_tests(settings)
        ]
    )
    tell("* needs somebody at the terminal: --attended")


def show_report(signed: Signed, words: Words, *, as_json: bool) -> None:
    """Show a report."""
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(signed), indent=2).decode())
        return
    report = signed.statement.report
    print(f"{report.terminal}  {report.place}  {report.made:%Y-%m-%d %H:%M:%S}")
    print()
    _table(
        [
            (
                words.label(each.kind),
                words.label(each.state.value),
                " ".join(part for part in (each.identity.model, each.identity.serial, each.identity.firmware) if part),
                f"{each.counters.opened}/{each.counters.lost}/{each.counters.done}/{each.counters.failed}",
                words.remedy(each.cause) if each.cause else each.identity.connection,
            )
            for each in report.devices
        ]
    )
    print(f"({words.label('counters')})")
    for device in report.devices:
        for mishap in device.mishaps:
            at = mishap.at.astimezone(report.made.tzinfo)
            what = ": ".join(part for part in (words.why(mishap.code).rstrip("。."), mishap.detail) if part)
            print(f"  {words.label(device.kind)}  {at:%Y-%m-%d %H:%M:%S}  {what}")
    print()
    _table(
        [
            (
                words.label(result.verdict.value),
                words.test(result.test),
                "; ".join(paper.measure(each, words) for each in result.measures) or words.why(result.reason),
            )
            for result in report.results
        ]
    )
    print()
    verdict = words.label(signed.verdict.value)
    print(verdict if verdict == signed.verdict.value else f"{verdict} {signed.verdict.value}")
    for reason in report.reasons:
        about = words.label(reason.about)
        print(
            f"  {'!!' if reason.decisive else ' -'} {about if about != reason.about else words.test(about)}: ", end=""
        )
        print(words.why(reason.code))
        print(f"     → {words.remedy(reason.code)}")


def show_history(state: Path, words: Words, *, as_json: bool) -> bool:
    """Show what was measured before; return whether nothing in history and audit was changed."""
    history, audit = History(state), Audit(state)
    entries = history.entries(last=_LAST)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(entries), indent=2).decode())
    else:
        _table(
            [
                (
                    f"{entry.result.began:%Y-%m-%d %H:%M:%S}",
                    entry.operator,
                    words.test(entry.result.test),
                    words.label(entry.result.verdict.value),
                    "; ".join(paper.measure(each, words) for each in entry.result.measures),
                )
                for entry in entries
            ]
        )
    broken = {"history": history.verify(), "audit": audit.verify()}
    for name, row in broken.items():
        if row is not None:
            tell(f"{name}: row {row} does not fit those before it. {words.remedy('records.changed')}")
    return all(row is None for row in broken.values())


def show_verified(checked: Signed | Said, words: Words, *, as_json: bool) -> None:
    """Show a report whose signature fits."""
    if isinstance(checked, Signed):
        show_report(checked, words, as_json=as_json)
    elif as_json:
        print(msgspec.json.encode(checked).decode())
    else:
        print(f"{checked.terminal}  {checked.made:%Y-%m-%d %H:%M:%S}  {checked.verdict}  {checked.digest}")


def _table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows; the last column is as wide as it is. A Chinese character takes two places."""
    widths = [max(map(_places, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell + " " * (width - _places(cell)) for cell, width in zip(row[:-1], widths, strict=False)]
        print("  ".join((*cells, row[-1])).rstrip())


def _places(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
