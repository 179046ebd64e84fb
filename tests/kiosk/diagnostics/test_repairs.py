from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from benches import Answers, Held, bench
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera.api import CameraProbe
from drivers.errors import DeviceSilent
from drivers.printer.api import Printed, Proof
from drivers.status import State
from kiosk.diagnostics import repairs, words
from kiosk.diagnostics.audit import Audit
from kiosk.diagnostics.inspection import Inspection
from kiosk.diagnostics.mending import mend
from kiosk.diagnostics.repairs import FOR, STEPS, Kind, Look, Repair, Seen, begin, saw
from kiosk.submission import Identity
from kiosk.words import Language

OPEN = Seen(state=State.FAILED, cause="printer.cover-open")
READY = Seen(state=State.READY, serial="1")
GONE = Seen(state=State.ABSENT, cause="device.gone")


def led(repair: Repair, *seen: Seen) -> Repair:
    for each in seen:
        repair = saw(repair, each)
    return repair


def test_a_roll_is_changed_when_the_cover_was_open_and_a_slip_was_cut() -> None:
    repair = led(begin(Kind.ROLL, "printer", "1"), READY, OPEN, READY)
    assert repair.look is Look.SLIP
    assert led(repair, Seen(state=State.READY, printed=True)).done
    assert not led(repair, Seen(state=State.READY, printed=False)).done


def test_a_roll_that_is_nearly_at_its_end_is_not_a_new_one() -> None:
    low = Seen(state=State.DEGRADED, cause="printer.paper-near-end")
    repair = led(begin(Kind.ROLL, "printer", "1"), OPEN, low)
    assert (repair.step, repair.note) == (1, "repair.roll.still-low")
    assert led(repair, READY).step == 2


def test_a_slip_that_does_not_come_out_leads_back_to_the_paper() -> None:
    repair = led(begin(Kind.ROLL, "printer", "1"), OPEN, READY, Seen(state=State.FAILED, cause="printer.paper-out"))
    assert (repair.step, repair.note) == (1, "repair.roll.not-cut")


def test_a_lens_is_clean_when_the_picture_is_sharper_than_before() -> None:
    def sharp(value: float) -> Seen:
        return Seen(state=State.READY, sharpness=value)

    repair = led(begin(Kind.LENS, "camera", ""), sharp(40), sharp(41))
    assert (repair.done, repair.note) == (False, "repair.lens.not-sharper")
    assert led(repair, sharp(60)).done
    assert not led(begin(Kind.LENS, "camera", ""), sharp(2), sharp(4)).done


def test_a_cable_is_seated_when_the_same_device_is_back() -> None:
    repair = led(begin(Kind.CABLE, "idreader", "1"), READY, GONE)
    assert led(repair, Seen(state=State.READY, serial="2")).note == "repair.cable.other"
    assert led(repair, Seen(state=State.STARTING, serial="1"), READY).done


def test_a_reader_is_replaced_by_another_that_somebody_wants_here() -> None:
    repair = led(begin(Kind.REPLACE, "idreader", "1"), GONE)
    assert led(repair, READY).note == "repair.replace.same"
    assert led(repair, Seen(state=State.READY)).note == "repair.replace.no-serial"
    other = Seen(state=State.READY, serial="2")
    repair = led(repair, other)
    assert repair.look is Look.CONSENT
    assert led(repair, Seen(state=State.READY, serial="2", consent=True)).done
    assert not led(repair, Seen(state=State.READY, serial="3", consent=True)).done
    assert led(repair, GONE).step == 1


def test_a_repair_is_for_its_devices_only() -> None:
    with pytest.raises(ValueError, match="not for"):
        begin(Kind.ROLL, "camera", "")


seen = st.builds(
    Seen,
    state=st.sampled_from(State),
    cause=st.sampled_from(("", "printer.cover-open", "printer.paper-out", "device.gone")),
    serial=st.sampled_from(("", "1", "2")),
    sharpness=st.floats(0, 100),
    printed=st.booleans(),
    consent=st.booleans(),
)


@given(st.sampled_from(Kind), st.lists(seen, max_size=20))
def test_no_step_is_skipped_and_what_is_done_stays_done(kind: Kind, shown: list[Seen]) -> None:
    repair = begin(kind, FOR[kind][0], "1")
    for each in shown:
        after = saw(repair, each)
        assert after.step - repair.step <= 1
        assert after.done or after.look is not None
        assert not repair.done or after == repair
        repair = after


def test_every_step_and_note_has_words() -> None:
    spoken = words.load(Language.ZH_HANS)
    keys = {begin(kind, FOR[kind][0], "").say for kind in Kind}
    keys |= {
        Repair(kind=kind, device="x", serial="", step=at).say for kind in Kind for at in range(len(STEPS[kind]) + 1)
    }
    assert all(spoken.say(key, {}) != key for key in keys)
    source = Path(repairs.__file__).read_text()
    notes = set(re.findall(r'"(repair\.[a-z.-]+)"', source))
    assert len(notes) > 4
    assert all(spoken.say(key, {}) != key for key in notes)


# --- carried out

LIMIT_S = 20.0


class Printer:
    async def print_slip(self, slip: Any) -> Printed:
        return Printed(proof=Proof.DRAINED, dots=100)


class Lens:
    def __init__(self) -> None:
        self.sharpness = iter((40.0, 40.5, 90.0))

    async def probe(self, pictures: int) -> CameraProbe:
        return CameraProbe(
            width=1,
            height=1,
            pictures=5,
            took_s=1,
            lost=0,
            repeated=0,
            sharpness=next(self.sharpness),
            brightness=1,
            clipped=0,
        )


class Hands:
    """Takes what a repair shows; does at the device what it asks for, each a turn of the loop later."""

    def __init__(self, held: Held, **deeds: dict[str, Any]) -> None:
        self.said: list[str] = []
        self._held = held
        self._deeds = {f"repair.{say.replace('_', '.')}": deed for say, deed in deeds.items()}

    def __call__(self, repair: Repair) -> None:
        self.said.append(repair.say)
        deed = self._deeds.get(repair.say)
        if deed is not None:
            asyncio.get_running_loop().call_soon(lambda: self._held.becomes(**deed))


def inspected(tmp_path: Path, held: Held, **more: Any) -> Inspection:
    where = bench(tmp_path, {held.kind: held}, **more)
    return Inspection(where, Identity(tmp_path / "terminal", "T-0117"), operator="0042")


OPENED = {"state": State.FAILED, "cause": "printer.cover-open"}
CLOSED = {"state": State.READY, "cause": ""}


async def test_the_roll_is_changed_step_by_step(tmp_path: Path) -> None:
    held = Held("printer", Printer())
    hands = Hands(held, roll_open=OPENED, roll_close=CLOSED)
    async with asyncio.timeout(LIMIT_S):
        repair = await mend(inspected(tmp_path, held), Kind.ROLL, "printer", hands)
    assert repair.done
    assert hands.said == ["repair.roll.open", "repair.roll.close", "repair.roll.cut", "repair.roll.done"]
    assert [(each.what, each.about, each.result) for each in Audit(tmp_path).actions()] == [
        ("repair", "roll.printer", "done")
    ]


async def test_the_lens_is_cleaned_while_the_camera_stays_open(tmp_path: Path) -> None:
    held = Held("camera", Lens())
    opened: list[int] = []
    repair = await mend(inspected(tmp_path, held), Kind.LENS, "camera", lambda _: opened.append(held.open_now))
    assert (repair.done, held.open_now, opened[1:]) == (True, 0, [1, 1, 1])


async def test_no_slip_is_printed_again_before_the_printer_has_changed(tmp_path: Path) -> None:
    """It prints nothing and says that it is ready, as after a roll that was put in the wrong way round."""

    class Blank(Printer):
        printed = 0

        async def print_slip(self, slip: Any) -> Printed:
            self.printed += 1
            return Printed(proof=Proof.DRAINED if self.printed == 3 else Proof.SENT, dots=100)

    printer = Blank()
    held = Held("printer", printer)
    hands = Hands(held, roll_open=OPENED, roll_close=CLOSED)
    mending = asyncio.create_task(mend(inspected(tmp_path, held), Kind.ROLL, "printer", hands))
    for printed in (1, 2, 3):
        for _ in range(20):
            await asyncio.sleep(0)
        assert printer.printed == printed
        held.becomes(**OPENED)
        held.becomes(**CLOSED)
    async with asyncio.timeout(LIMIT_S):
        assert (await mending).done


async def test_a_printer_or_camera_that_fails_meanwhile_is_opened_afresh(tmp_path: Path) -> None:
    class Failing:
        async def print_slip(self, slip: Any) -> Printed:
            raise DeviceSilent("mute")

        async def probe(self, pictures: int) -> CameraProbe:
            raise DeviceSilent("mute")

    for kind, device in ((Kind.ROLL, "printer"), (Kind.LENS, "camera")):
        held = Held(device, Failing())
        hands = Hands(held, roll_open=OPENED, roll_close=CLOSED)
        mending = asyncio.create_task(mend(inspected(tmp_path, held), kind, device, hands))
        for _ in range(20):
            await asyncio.sleep(0)
        assert [each.code for each in held.losses] == ["device.silent"]
        held.driver = Printer() if kind is Kind.ROLL else Lens()
        held.becomes(state=State.READY, cause="")
        async with asyncio.timeout(LIMIT_S):
            assert (await mending).done


@pytest.mark.parametrize(("answer", "done"), [("repair.yes", True), ("repair.no", False)])
async def test_a_new_reader_is_paired_only_by_consent(tmp_path: Path, answer: str, done: bool) -> None:
    held = Held("idreader", None, serial="old")
    inspection = inspected(tmp_path, held, technician=Answers(lambda _: answer))
    hands = Hands(held, replace_out={"state": State.ABSENT}, replace_in={"state": State.READY, "serial": "new"})
    async with asyncio.timeout(LIMIT_S):
        repair = await mend(inspection, Kind.REPLACE, "idreader", hands)
    assert repair.done is done
    paired = Audit(tmp_path).last("paired.idreader")
    assert (paired is not None and paired.result == "new") is done


async def test_a_repair_that_is_left_says_how_far_it_came(tmp_path: Path) -> None:
    held = Held("printer", Printer())
    held.becomes(state=State.FAILED, cause="printer.paper-out")
    inspection = inspected(tmp_path, held)
    reached = asyncio.Event()

    def changed(repair: Repair) -> None:
        if repair.step == 1:
            reached.set()

    task = asyncio.create_task(mend(inspection, Kind.ROLL, "printer", changed))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert Audit(tmp_path).actions()[-1].result == "left-at-1"
