"""What the press tells of a slip, and when it says that there is not enough paper."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drivers.errors import DeviceAbsent, DeviceGone, OutOfPaper
from drivers.printer.api import Pair, Printed, PrinterGone, PrinterSilent, Proof, Slip, TextLine
from kiosk.printing import Journal, Press
from kiosk.printing.press import DOTS_PER_MM, FIRST_MM, LOW, UNWRITTEN
from kiosk.printing.roll import ROLL_MM
from kiosk.printing.stamping import stamped
from kiosk.settings.model import ASSETS
from kiosk.words import load_texts

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
WORDS = load_texts(ASSETS / "i18n" / "receipt.yaml")
SLIP = Slip(blocks=(TextLine(text="示例市"),))
WHOLE = Printed(proof=Proof.DRAINED, dots=800)


@dataclass
class Room:
    """A press and a printer that does what it is told."""

    journal: Journal
    does: list[Printed | Exception] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def press(self) -> Press:
        return Press(
            journal=self.journal,
            print_slip=self._print,
            stamp=lambda slip, attempt: stamped(slip, attempt, WORDS),
            clock=lambda: NOW,
            changed=self.told.append,
        )

    async def _print(self, slip: Slip) -> Printed:
        self.slips.append(slip)
        what = self.does.pop(0) if self.does else WHOLE
        if isinstance(what, Exception):
            raise what
        return what


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(Journal(tmp_path / "printing.sqlite3", "ZD-0001"))


def lay_out() -> Slip:
    return SLIP


def first_words(slip: Slip) -> str:
    first = slip.blocks[0]
    assert isinstance(first, TextLine)
    return first.text


async def test_a_slip_bears_its_number(room: Room) -> None:
    outcome = await room.press().print("receipt", lay_out)
    assert (outcome.number, outcome.proven, outcome.code) == ("ZD-0001-20261122-0001", True, "")
    assert room.slips[0].blocks[-1] == Pair(label="凭条编号", value=outcome.number)


async def test_a_slip_cut_in_half_is_printed_again_under_its_number_and_says_so(room: Room) -> None:
    press = room.press()
    room.does = [Printed(proof=Proof.SENT, dots=300, trace="printer.paper-out")]
    half = await press.print("receipt", lay_out)
    assert (half.proven, half.code) == (False, "printer.paper-out")
    whole = await press.print("receipt", lay_out, half.number)
    assert whole.number == half.number
    assert first_words(room.slips[1]).startswith("补打（第 2 次）")


@pytest.mark.parametrize(
    ("error", "marked"),
    [
        (OutOfPaper(), False),
        (DeviceAbsent(), False),
        (DeviceGone(), True),
        (PrinterGone("", Printed(proof=Proof.SPOOLED, dots=300)), True),
        (PrinterSilent("", Printed(proof=Proof.SPOOLED, dots=0)), False),
    ],
)
async def test_only_what_may_be_on_paper_makes_the_next_one_a_copy(room: Room, error: Exception, marked: bool) -> None:
    press = room.press()
    room.does = [error]
    failed = await press.print("receipt", lay_out)
    assert failed.proof is None
    await press.print("receipt", lay_out, failed.number)
    assert first_words(room.slips[1]).startswith("补打") is marked


async def test_a_slip_that_cannot_be_laid_out_keeps_its_number_and_nothing_of_it_is_on_paper(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)

    def broken() -> Slip:
        raise KeyError("a word that is missing")

    press = room.press()
    failed = await press.print("receipt", broken)
    assert (failed.number, failed.proof, failed.code) == ("ZD-0001-20261122-0001", None, "device.error")
    assert press.left_mm == ROLL_MM
    assert (await press.print("receipt", lay_out, failed.number)).number == failed.number
    assert first_words(room.slips[0]) == "示例市"


async def test_two_slips_at_once_come_one_after_the_other(room: Room) -> None:
    press = room.press()
    one, other = await asyncio.gather(press.print("receipt", lay_out), press.print("guide", lay_out))
    assert {one.number, other.number} == {"ZD-0001-20261122-0001", "ZD-0001-20261122-0002"}


async def test_paper_too_short_for_a_receipt_is_told_before_it_ends_and_a_new_roll_after(room: Room) -> None:
    press = room.press()
    await press.sensed(usable=True, cause="")
    await press.change_roll(FIRST_MM + 150)
    assert room.told == [""]
    assert press.receipts_left == 1
    room.does = [Printed(proof=Proof.DRAINED, dots=int(200 * DOTS_PER_MM))]
    await press.print("receipt", lay_out)
    assert room.told == ["", LOW]
    await press.change_roll(50_000)
    assert room.told == ["", LOW, ""]


async def test_receipts_that_are_longer_than_thought_need_more_paper(room: Room) -> None:
    press = room.press()
    room.does = [Printed(proof=Proof.DRAINED, dots=int(600 * DOTS_PER_MM))]
    await press.print("receipt", lay_out)
    await press.change_roll(620)
    assert room.told[-1] == LOW
    after_restart = room.press()
    await after_restart.sensed(usable=True, cause="")
    assert room.told[-1] == LOW


async def test_what_the_printer_says_comes_first(room: Room) -> None:
    press = room.press()
    await press.sensed(usable=True, cause="")
    await press.sensed(usable=False, cause="printer.cover-open")
    await press.sensed(usable=False, cause="printer.paper-out")
    assert press.left_mm == 0
    await press.sensed(usable=True, cause="")
    assert room.told == ["", "printer.cover-open", "printer.paper-out", ""]


async def test_without_a_journal_nothing_is_printed(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    room = Room(Journal(tmp_path / "state" / "printing.sqlite3", "ZD-0001"))
    outcome = await room.press().print("receipt", lay_out)
    assert (outcome.proof, outcome.code) == (None, UNWRITTEN)
    assert not room.slips
    assert room.told == [UNWRITTEN]


async def test_a_journal_that_can_be_written_again_lets_receipts_be_given_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    where = tmp_path / "state"
    where.write_text("a file where the folder should be")
    room = Room(Journal(where / "printing.sqlite3", "ZD-0001"))
    press = room.press()
    await press.sensed(usable=True, cause="")
    await press.try_again()
    assert room.told == [UNWRITTEN]
    where.unlink()
    await press.try_again()
    assert room.told == [UNWRITTEN, ""]
    assert (await press.print("receipt", lay_out)).proven


async def test_a_press_killed_in_mid_slip_has_counted_the_paper_of_it(room: Room) -> None:
    press = room.press()
    left_mm: list[float] = []

    async def looks(slip: Slip) -> Printed:
        after_restart = Journal(room.journal._path, "ZD-0001")
        left_mm.append(after_restart.roll().left_mm)
        after_restart.close()
        return WHOLE

    press._print_slip = looks
    await press.print("receipt", lay_out)
    assert left_mm == [ROLL_MM - FIRST_MM]
    assert press.left_mm == pytest.approx(ROLL_MM - WHOLE.dots / DOTS_PER_MM)
    assert room.journal.roll().left_mm == press.left_mm


async def test_a_press_that_is_stopped_in_mid_slip_leaves_one_that_may_be_on_paper(room: Room) -> None:
    begun = asyncio.Event()

    async def for_ever(slip: Slip) -> Printed:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    press = room.press()
    press._print_slip = for_ever
    printing = asyncio.create_task(press.print("receipt", lay_out))
    await begun.wait()
    printing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await printing
    again = room.journal.begin("receipt", NOW, "ZD-0001-20261122-0001")
    assert again.again


def test_every_language_has_the_words(room: Room) -> None:
    compose: Callable[[str], Slip] = lambda language: Slip(blocks=(TextLine(text="x"),), language=language)  # noqa: E731 - one line
    attempt = room.journal.begin("receipt", NOW)
    for language in ("zh-Hans", "zh-Hant", "en"):
        assert len(stamped(compose(language), attempt, WORDS).blocks) == 2
