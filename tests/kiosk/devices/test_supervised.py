"""One device and whoever keeps it in use: lost, back, hanging, lying, left alone, at rest."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

import pytest
from pretend import LIMIT_S, QUICK, Heard, Pretended, supervised

from drivers.errors import DeviceError, DeviceGarbled, DeviceGone, DeviceSilent, MediaUnreadable
from drivers.status import Condition, State
from kiosk.devices import policy
from kiosk.devices import supervised as module
from kiosk.devices.equipment import Equipment
from kiosk.devices.installed import Devices
from kiosk.devices.late import Late
from kiosk.devices.policy import Limits
from kiosk.devices.supervised import Supervised

NEAR_END = Condition(cause="printer.paper-near-end")
COVER_OPEN = Condition(cause="printer.cover-open", usable=False)


@asynccontextmanager
async def kept(device: Supervised[Pretended]) -> AsyncIterator[None]:
    keeping = asyncio.create_task(device.keep())
    try:
        yield
        assert not keeping.done()
    finally:
        keeping.cancel()
        await asyncio.wait_for(asyncio.gather(keeping, return_exceptions=True), LIMIT_S)


async def never(waiting: Coroutine[Any, Any, None]) -> None:
    """See that it does not come about for a while."""
    task = asyncio.create_task(waiting)
    done, _ = await asyncio.wait({task}, timeout=0.1)
    task.cancel()
    assert not done


async def test_a_device_that_is_pulled_and_plugged_in_again_is_in_use_again() -> None:
    driver, heard = Pretended(), Heard()
    device = supervised(driver, heard)
    async with kept(device):
        assert await asyncio.wait_for((await device.ready()).use(), LIMIT_S) == "used"
        driver.pull()
        await heard.until("absent", "device.gone")
        assert not device.usable
        driver.plug()
        await heard.until("ready", times=2)
        assert await (await device.ready()).use() == "used"
    assert heard.told == [("ready", ""), ("absent", "device.gone"), ("ready", "")]
    status = device.status()
    assert (status.counters.opened, status.counters.lost) == (2, 1)
    assert status.identity.maker == "Pretence"
    assert driver.calls[-1] == "close"
    assert not device.is_open


@pytest.fixture
def hourly(monkeypatch: pytest.MonkeyPatch) -> Limits:
    """Limits by which the clock alone tries again after an hour, a sign at once."""
    begin = policy.begin
    monkeypatch.setattr(policy, "begin", lambda now_s, limits: replace(begin(now_s, limits), wait_s=3600.0))
    return Limits(first_wait_s=0.0, longest_wait_s=3600.0)


async def test_a_driver_that_tells_its_return_is_tried_then_and_not_before(hourly: Limits) -> None:
    driver, heard = Pretended(there=False), Heard()
    device = supervised(driver, heard, limits=hourly)
    async with kept(device):
        await heard.until("absent", "device.absent")
        await never(driver.comes_to(lambda: driver.calls.count("open") > 1))
        driver.plug()
        await heard.until("ready")
        assert driver.calls.count("open") == 2


async def test_who_is_released_is_tried_at_once(hourly: Limits) -> None:
    driver, heard = Pretended(), Heard()
    driver.fails = DeviceSilent("no answer")
    device = supervised(driver, heard, limits=hourly)
    async with kept(device):
        await heard.until("failed", "device.silent")
        await never(driver.comes_to(lambda: driver.calls.count("open") > 1))
        driver.fails = None
        device.release()
        await heard.until("ready")


async def test_trying_in_vain_is_told_once_and_kept_once() -> None:
    driver, heard = Pretended(), Heard()
    driver.fails = DeviceSilent("no answer")
    device = supervised(driver, heard)
    async with kept(device):
        await driver.comes_to(lambda: driver.calls.count("open") > 4)
        assert heard.told == [("failed", "device.silent")]
        assert [each.code for each in device.status().mishaps] == ["device.silent"]
        driver.fails = DeviceGarbled("noise")
        await heard.until("failed", "device.garbled")
        driver.fails = None
        await heard.until("ready")
    assert [each.code for each in device.status().mishaps] == ["device.garbled", "device.silent"]


async def test_an_open_that_hangs_is_given_up_and_tried_again_and_holds_nobody_up() -> None:
    hanging, well, heard = Pretended(), Pretended(), Heard()
    hanging.hangs = True
    first, second = supervised(hanging, heard), supervised(well, Heard())
    async with kept(first), kept(second):
        await asyncio.wait_for(second.ready(), LIMIT_S)
        await heard.until("failed", "device.silent")
        await hanging.comes_to(lambda: hanging.calls.count("cancelled") > 1)
        hanging.hangs = False
        await heard.until("ready")


async def test_an_open_that_does_not_hear_that_it_is_cancelled_is_not_begun_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "GRACE_S", 0.01)
    driver, heard = Pretended(), Heard()
    driver.deaf = True
    device = supervised(driver, heard)
    async with kept(device):
        await heard.until("failed", "device.silent")
        await never(driver.comes_to(lambda: driver.calls.count("open") > 1))
        driver.let_go.set()
        await heard.until("ready")


class PanicError(BaseException):
    """As libraries raise it that are not written in Python."""


@pytest.mark.parametrize(
    "kind",
    [RuntimeError, RecursionError, PanicError, lambda why: BaseExceptionGroup(why, [asyncio.CancelledError()])],
    ids=["bug", "recursion", "panic", "group"],
)
@pytest.mark.parametrize("moment", ["open", "watch", "close", "appears", "identity"])
async def test_a_driver_that_raises_what_it_must_not_does_not_end_its_supervisor(
    moment: str, kind: Callable[[str], BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    failing = [True]

    class Broken(Pretended):
        def __getattribute__(self, name: str) -> object:
            if name == moment and failing[0]:
                if name == "identity":
                    raise RuntimeError("a bug in the driver")

                async def raises() -> None:
                    raise kind("a bug in the driver")

                return raises
            return super().__getattribute__(name)

    driver, heard = Broken(there=moment != "appears"), Heard()
    device = supervised(driver, heard)
    async with kept(device):
        if moment == "close":
            await heard.until("ready")
            driver.pull()
            await heard.until("absent", "device.gone")
            driver.plug()
            await heard.until("ready", times=2)
        elif moment == "appears":
            await heard.until("absent", "device.absent")
            driver.plug()
            await heard.until("ready")
        else:
            await heard.until("failed", "device.error")
            failing[0] = False
            await heard.until("ready")
        failing[0] = False


async def test_calls_that_do_not_hear_that_they_are_cancelled_are_all_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "GRACE_S", 0.02)

    closed = asyncio.Event()

    class Deaf(Pretended):
        async def close(self) -> None:
            while not closed.is_set():
                try:
                    await closed.wait()
                except asyncio.CancelledError:
                    self.called("deaf to close")

    driver, heard = Deaf(), Heard()
    driver.deaf = True
    device = supervised(driver, heard)
    async with kept(device):
        await driver.comes_to(lambda: "deaf to close" in driver.calls)
        closed.set()  # the deaf close ends, the deaf open does not
        await never(driver.comes_to(lambda: driver.calls.count("open") > 1))
        driver.let_go.set()
        await heard.until("ready")


async def test_an_open_that_cancels_itself_is_one_that_failed() -> None:
    class Faithless(Pretended):
        async def open(self) -> None:
            self.called("open")
            if self.calls.count("open") == 1:
                raise asyncio.CancelledError
            await super().open()

    driver, heard = Faithless(), Heard()
    async with kept(supervised(driver, heard)):
        await heard.until("failed", "device.error")
        await heard.until("ready")


async def test_a_watch_that_ends_by_itself_is_a_loss_and_no_endless_loop() -> None:
    class Faithless(Pretended):
        watched = 0

        async def watch(self) -> Condition:
            self.watched += 1
            if self.watched == 2:
                raise asyncio.CancelledError
            return await super().watch()

    driver, heard = Faithless(), Heard()
    device = supervised(driver, heard)
    async with kept(device):
        await heard.until("failed", "device.error")
        await heard.until("ready", times=2)


async def test_a_condition_is_a_state_and_who_waits_for_the_device_waits_until_it_works() -> None:
    driver, heard = Pretended(), Heard()
    driver.condition = COVER_OPEN
    device = supervised(driver, heard)
    async with kept(device):
        await heard.until("failed", "printer.cover-open")
        assert device.is_open
        waiting = asyncio.create_task(device.ready())
        driver.becomes(NEAR_END)
        await heard.until("degraded", "printer.paper-near-end")
        assert await asyncio.wait_for(waiting, LIMIT_S) is driver
        assert device.usable
        driver.becomes(Condition())
        await heard.until("ready")
    assert device.status().counters.opened == 1


async def test_a_driver_that_tells_the_same_condition_for_ever_does_not_spin() -> None:
    class Chatty(Pretended):
        watched = 0

        async def watch(self) -> Condition:
            self.watched += 1
            return self.condition

    driver, heard = Chatty(), Heard()
    device = supervised(driver, heard, limits=Limits(first_wait_s=3600.0))
    async with kept(device):
        await heard.until("ready")
        for _ in range(100):
            await asyncio.sleep(0)
    assert driver.watched < 5


async def test_who_uses_it_tells_that_it_failed_and_it_is_opened_afresh() -> None:
    driver, heard = Pretended(), Heard()
    device = supervised(driver, heard)
    async with kept(device):
        await device.ready()
        device.lost(DeviceGarbled("half an answer"))
        device.lost(DeviceGone("of the same accident"))
        await heard.until("ready", times=2)
        device.succeeded()
        device.failed(MediaUnreadable("a dirty card"))
    status = device.status()
    assert heard.told == [("ready", ""), ("failed", "device.garbled"), ("ready", "")]
    assert (status.counters.lost, status.counters.done, status.counters.failed) == (1, 1, 1)
    assert [each.code for each in status.mishaps] == ["media.unreadable", "device.garbled"]


async def test_the_last_ten_mishaps_are_kept() -> None:
    device = supervised(Pretended(), Heard())
    for number in range(12):
        device.failed(DeviceError(str(number)))
    assert [each.detail for each in device.status().mishaps] == [str(number) for number in range(11, 1, -1)]


async def test_a_loose_contact_is_left_alone_until_a_technician_releases_it() -> None:
    driver, heard = Pretended(), Heard()
    device = supervised(driver, heard, limits=Limits(first_wait_s=0.0, flaps=3, alone_s=3600.0))
    async with kept(device):
        for _ in range(3):
            await asyncio.wait_for(device.ready(), LIMIT_S)
            device.lost(DeviceGone("loose"))
        await heard.until("failed", "device.flapping")
        opened = driver.calls.count("open")
        driver.plug()
        for _ in range(100):
            await asyncio.sleep(0)
        assert driver.calls.count("open") == opened
        device.release()
        await heard.until("starting")
        await asyncio.wait_for(device.ready(), LIMIT_S)


async def test_a_device_that_rests_is_open_only_while_it_is_wanted() -> None:
    driver, heard = Pretended(), Heard()
    device = supervised(driver, heard, rests=True)
    async with kept(device):
        await heard.until("ready")
        assert device.usable
        assert driver.calls == ["there"]
        with device.wanted():
            assert await asyncio.wait_for(device.ready(), LIMIT_S) is driver
            assert driver.is_open
        await driver.comes_to(lambda: not driver.is_open)
        assert heard.told == [("ready", "")]
        assert not device.is_open
        with device.wanted():
            await asyncio.wait_for(device.ready(), LIMIT_S)
            driver.pull()
            await heard.until("absent", "device.gone")
            driver.plug()
            await asyncio.wait_for(device.ready(), LIMIT_S)


async def test_a_device_that_rests_and_cannot_be_opened_when_it_is_wanted_is_lost() -> None:
    driver, heard = Pretended(), Heard()
    device = supervised(driver, heard, rests=True)
    async with kept(device):
        await heard.until("ready")
        driver.fails = DeviceSilent("no picture")
        with device.wanted():
            await heard.until("failed", "device.silent")
            driver.fails = None
            await asyncio.wait_for(device.ready(), LIMIT_S)


async def test_a_device_is_missed_while_it_rests_and_its_return_is_seen() -> None:
    driver, heard = Pretended(), Heard()
    device = supervised(driver, heard, rests=True)
    async with kept(device):
        await heard.until("ready")
        driver.pull()
        await heard.until("absent", "device.gone")
        driver.plug()
        await heard.until("ready", times=2)
    assert "open" not in driver.calls


async def test_who_cannot_wait_gets_a_device_that_comes_back_at_once_and_is_told_why_when_it_does_not() -> None:
    driver, heard = Pretended(), Heard()
    device = supervised(driver, heard)
    async with kept(device):
        assert await device.soon() is driver
        driver.becomes(COVER_OPEN)
        await heard.until("failed", "printer.cover-open")
        assert await device.soon() is driver
        driver.becomes(Condition())
        await heard.until("ready", times=2)
        driver.pull()
        await heard.until("absent", "device.gone")
        wanted = asyncio.create_task(device.soon())
        await driver.comes_to(lambda: driver.calls.count("open") > 1)
        driver.plug()
        assert await asyncio.wait_for(wanted, LIMIT_S) is driver
        driver.pull()
        await heard.until("absent", "device.gone", times=2)
        with pytest.raises(DeviceError) as lost:
            await device.soon(limit_s=0.01)
        assert lost.value.code == "device.gone"


async def test_a_driver_that_is_made_late_has_all_the_time_it_needs() -> None:
    shown, heard = threading.Event(), Heard()
    driver = Pretended()
    device = Supervised("idreader", cast("Pretended", Late(lambda: driver, shown)), heard, limits=QUICK, open_s=0.01)
    async with kept(device):
        done, _ = await asyncio.wait({asyncio.create_task(device.ready())}, timeout=0.05)
        assert not done
        assert heard.told == []
        assert device.status().state is State.STARTING
        shown.set()
        await heard.until("ready")


async def test_whoever_waits_for_a_change_hears_of_the_first_after_he_asked() -> None:
    driver, heard = Pretended(), Heard()
    device = Supervised("idreader", driver, heard, limits=QUICK)
    early, given_up = device.changed(), device.changed()
    given_up.cancel()
    async with kept(device):
        await heard.until("ready")
        assert (await early) == heard.statuses[0]
        later = device.changed()
        driver.pull()
        assert (await asyncio.wait_for(later, LIMIT_S)).cause == "device.gone"


def equipment(heard: Heard, **devices: Pretended) -> Equipment:
    return Equipment(Devices(**devices), heard, limits=QUICK)  # type: ignore[arg-type]  # pretended, whatever kind


async def test_all_devices_are_opened_at_once_and_every_failure_is_reported_at_once() -> None:
    well, absent, failing, hanging = Pretended(), Pretended(there=False), Pretended(), Pretended()
    failing.fails, hanging.hangs = DeviceGarbled("noise"), True
    heard = Heard()
    everything = equipment(heard, id_reader=well, scanner=absent, card_reader=failing, printer=hanging)
    async with everything.kept():
        report = await asyncio.wait_for(everything.first_report(limit_s=0.2), LIMIT_S)
    assert {each.kind: (each.state, each.cause) for each in report} == {
        "idreader": (State.READY, ""),
        "card": (State.FAILED, "device.garbled"),
        "scanner": (State.ABSENT, "device.absent"),
        "printer": (State.STARTING, ""),
    }
    assert everything.camera is None
    assert everything.of("camera") is None
    assert everything.of("card") is everything.card_reader
    assert all(each.calls[-1] == "close" for each in (well, absent, failing, hanging))


async def test_whoever_lets_go_of_all_devices_waits_for_the_slowest() -> None:
    class Slow(Pretended):
        async def close(self) -> None:
            for _ in range(50):
                await asyncio.sleep(0)
            await super().close()

    quick, slow = Pretended(), Slow()
    everything = equipment(Heard(), id_reader=quick, camera=slow, printer=Pretended())
    async with everything.kept():
        await everything.first_report()
    assert slow.calls[-1] == "close"


async def test_a_terminal_without_devices_has_nothing_to_keep() -> None:
    everything = equipment(Heard())
    assert await everything.first_report() == ()
    await everything.keep()


async def test_nothing_is_opened_before_the_first_page_is_shown() -> None:
    shown, driver, heard = threading.Event(), Pretended(), Heard()
    everything = Equipment(Devices(id_reader=driver), heard, limits=QUICK, shown=shown)  # type: ignore[arg-type]  # as above
    async with everything.kept():
        done, _ = await asyncio.wait({asyncio.create_task(asyncio.Event().wait())}, timeout=0.05)
        assert (done, driver.calls) == (set(), [])
        shown.set()
        await heard.until("ready")
