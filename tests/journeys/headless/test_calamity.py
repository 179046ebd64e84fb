"""A seeded sample of all calamities, and proof that each invariant can fail; ``packaging/bench calamity`` plays all."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from headless.calamity import JOURNEYS, Cell, Verdict, cells, play, sample
from headless.driven import drive, driven
from headless.invariants import no_way, unsaid
from kiosk.session import attending, identifying, keeping
from kiosk.session.state import Advice, Session, Stage
from kiosk.submission import courier, outbox

SAMPLE = 10
NUMBER = int(os.environ.get("KIOSK_CALAMITIES") or SAMPLE)


def only(*wanted: Cell) -> Callable[[Iterable[Cell]], list[Cell]]:
    return lambda every: [cell for cell in every if cell in wanted]


def test_a_sample_of_all_calamities_ends_well() -> None:
    seed = int(os.environ.get("KIOSK_TEST_SEED") or time.time_ns())
    verdicts = drive(play(lambda every: sample(every, NUMBER, seed)))
    failed = {str(verdict.cell): verdict.failures for verdict in verdicts if verdict.failures}
    assert failed == {}, f"KIOSK_TEST_SEED={seed}"
    assert len(verdicts) == NUMBER


def test_every_device_meets_every_fault_at_every_step() -> None:
    every = list(cells({"certificate": ("attract", "receipt")}))
    assert len(set(every)) == len(every)
    assert {(cell.device, cell.step, cell.lasts) for cell in every if cell.fault == "mute"} == {
        (device, step, lasts)
        for device in ("idreader", "scanner", "printer", "camera", "line")
        for step in ("attract", "receipt")
        for lasts in ("while", "ever", "gone")
    }


def test_a_sample_takes_of_each_device_as_many_and_repeats_by_its_seed() -> None:
    every = list(cells({"certificate": ("attract", "receipt")}))
    chosen = sample(every, 15, seed=3)
    assert chosen == sample(every, 15, seed=3)
    assert {device: sum(cell.device == device for cell in chosen) for device in ("line", "printer", "camera")} == {
        "line": 3,
        "printer": 3,
        "camera": 3,
    }


# --- the clock ---------------------------------------------------------------------------------------------------


def test_time_that_nobody_works_in_is_not_waited_for() -> None:
    async def sleeps() -> float:
        began = driven().time()
        await asyncio.sleep(3600)
        return driven().time() - began

    began = time.monotonic()
    assert drive(sleeps()) >= 3600
    assert time.monotonic() - began < 5


def test_time_does_not_run_ahead_of_a_thread_at_work() -> None:
    """A device that blocks in earnest, on a worker thread as drivers have it: no limit comes early."""

    async def blocked() -> tuple[float, float]:
        loop = driven()
        reads, writes = os.pipe()
        loop.call_later(3600, os.write, writes, b"overtaken")
        began = loop.time()
        reading = asyncio.create_task(asyncio.to_thread(os.read, reads, 16))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await asyncio.shield(reading)
        took = loop.time() - began
        os.write(writes, b"answer")
        assert await reading == b"answer"
        os.close(reads)
        os.close(writes)
        return took, loop.jumped_s

    began = time.monotonic()
    took, jumped_s = drive(blocked())
    assert 0.2 <= took < 60
    assert jumped_s == 0
    assert time.monotonic() - began >= 0.2


def test_time_does_not_run_ahead_of_bytes_in_a_pty_or_of_who_owes_an_answer() -> None:
    async def waits() -> tuple[bool, float]:
        loop = driven()
        ours, theirs = os.openpty()
        os.write(ours, b"on their way\n")
        in_transit = loop.ptys.left_s > 0
        os.read(theirs, 64)
        assert loop.ptys.left_s == 0
        os.close(ours)
        os.close(theirs)
        before = loop.jumped_s
        with loop.asking(lambda: True):
            await asyncio.sleep(0.05)
        return in_transit, loop.jumped_s - before

    assert drive(waits()) == (True, 0.0)


# --- each invariant can fail -------------------------------------------------------------------------------------


def broken(cell: str, told: str) -> Callable[[Callable[[pytest.MonkeyPatch], None]], Any]:
    """Break the product in one place and have a calamity tell so."""
    journey, device, fault, step, lasts = cell.split("|")
    wanted = Cell(journey=journey, device=device, fault=fault, step=step, lasts=lasts)

    def decorated(breaks: Callable[[pytest.MonkeyPatch], None]) -> Any:
        return pytest.param(breaks, wanted, told, id=breaks.__name__)

    return decorated


@broken("certificate|line|unplugged|verify|while", "crashed")
def a_crash(patch: pytest.MonkeyPatch) -> None:
    def raises(*_: Any) -> None:
        raise ValueError("nobody foresaw this")

    patch.setattr("kiosk.session.world.failed", raises)


@broken("certificate|line|lost-answer|review|while", "filed 2 times")
def a_second_application(patch: pytest.MonkeyPatch) -> None:
    attempt = courier.Courier._attempt

    async def anew(self: courier.Courier, parcel: Any) -> Any:
        other = f"{time.monotonic_ns() % 10**8:08d}{parcel.key[8:]}"
        answer = await attempt(self, outbox.Parcel(key=other, token=parcel.token, request=parcel.request))
        if not isinstance(answer, str):
            self.outbox.remove(parcel.key)
        return answer

    patch.setattr(courier.Courier, "_attempt", anew)


@broken("certificate|printer|unplugged|outcomes|while", "log: ")
def a_name_in_the_log(patch: pytest.MonkeyPatch) -> None:
    of_document = attending.of_document

    def tells(document: Any) -> Any:
        attending.log.info("read %s", document.name)
        return of_document(document)

    patch.setattr(attending, "of_document", tells)


@broken("certificate|line|unplugged|verify|while", "nothing is said for")
def a_silent_page(patch: pytest.MonkeyPatch) -> None:
    backend_failed = identifying.backend_failed

    def silent(house: Any, state: Session, event: Any) -> Any:
        return (state, ()) if event.request in ("code", "check") else backend_failed(house, state, event)

    patch.setattr(identifying, "backend_failed", silent)


@broken("certificate|printer|cover-open|review|while", "answers lost")
def a_lost_answer(patch: pytest.MonkeyPatch) -> None:
    def forgets(_: Any, state: Session, event: Any) -> Any:
        answers = type(state.answers)() if event.cause else state.answers
        return type(state)(**{**_fields(state), "answers": answers}), ()

    from kiosk.session import events, machine

    handlers: dict[Any, Any] = {**machine._HANDLERS, events.DeviceChanged: forgets}
    patch.setattr(machine, "_HANDLERS", handlers)


def _fields(state: Session) -> dict[str, Any]:
    return {name: getattr(state, name) for name in state.__struct_fields__}


BREAKAGES = (a_crash, a_second_application, a_name_in_the_log, a_silent_page, a_lost_answer)


@pytest.mark.parametrize(("breaks", "cell", "told"), BREAKAGES)
def test_a_breakage_is_seen(
    monkeypatch: pytest.MonkeyPatch, breaks: Callable[[pytest.MonkeyPatch], None], cell: Cell, told: str
) -> None:
    verdicts: list[Verdict] = []

    def choose(every: Iterable[Cell]) -> list[Cell]:
        breaks(monkeypatch)  # once a citizen has walked while all was well
        return only(cell)(every)

    drive(play(choose, verdicts.append, JOURNEYS[:1]))
    (verdict,) = verdicts
    assert any(told in failure for failure in verdict.failures), verdict.failures


def test_a_code_without_a_sentence_and_a_page_without_a_way_are_seen() -> None:
    state = Session(stage=Stage.VERIFY, advice=Advice(code="no.such.code"))
    assert list(unsaid(state)) == ["no sentence for no.such.code"]
    assert list(unsaid(Session(devices={"printer": "failed"}))) == ["printer is failed and does not say why"]
    assert keeping.KEEPS_AT
    assert list(no_way(state))
