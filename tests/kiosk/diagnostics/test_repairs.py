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


class Shown:
    """What happens at a device, one thing after the other, each when it is waited for."""

    def __init__(self, held: Held, *happenings: dict[str, Any]) -> None:
        self._held, self._happenings = held, iter(happenings)

    async def next(self) -> None:
        happening = next(self._happenings, None)
        if happening is None:
            await asyncio.Event().wait()
            return
        for name, value in happening.items():
            setattr(self._held, name, value)


def inspected(tmp_path: Path, held: Held, *happenings: dict[str, Any], **more: Any) -> Inspection:
    where = bench(tmp_path, {held.kind: held}, changed=Shown(held, *happenings).next, **more)
    return Inspection(where, Identity(tmp_path / "terminal", "T-0117"), operator="0042")


async def test_the_roll_is_changed_step_by_step(tmp_path: Path) -> None:
    held = Held("printer", Printer())
    said: list[str] = []
    inspection = inspected(
        tmp_path, held, {"state": State.FAILED, "cause": "printer.cover-open"}, {"state": State.READY, "cause": ""}
    )
    repair = await mend(inspection, Kind.ROLL, "printer", lambda each: said.append(each.say))
    assert repair.done
    assert said == ["repair.roll.open", "repair.roll.close", "repair.roll.cut", "repair.roll.done"]
    assert [(each.what, each.about, each.result) for each in Audit(tmp_path).actions()] == [
        ("repair", "roll.printer", "done")
    ]


async def test_the_lens_is_cleaned_while_the_camera_stays_open(tmp_path: Path) -> None:
    held = Held("camera", Lens())
    opened: list[int] = []
    repair = await mend(inspected(tmp_path, held, {}), Kind.LENS, "camera", lambda _: opened.append(held.open_now))
    assert (repair.done, held.open_now, opened[1:]) == (True, 0, [1, 1, 1])


@pytest.mark.parametrize(("answer", "done"), [("repair.yes", True), ("repair.no", False)])
async def test_a_new_reader_is_paired_only_by_consent(tmp_path: Path, answer: str, done: bool) -> None:
    held = Held("idreader", None, serial="old")
    inspection = inspected(
        tmp_path,
        held,
        {"state": State.ABSENT},
        {"state": State.READY, "serial": "new"},
        technician=Answers(lambda _: answer),
    )
    repair = await mend(inspection, Kind.REPLACE, "idreader", lambda _: None)
    assert repair.done is done
    paired = Audit(tmp_path).last("paired.idreader")
    assert (paired is not None and paired.result == "new") is done


async def test_a_repair_that_is_left_says_how_far_it_came(tmp_path: Path) -> None:
    held = Held("printer", Printer())
    inspection = inspected(tmp_path, held, {"state": State.FAILED, "cause": "printer.paper-out"})
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
