"""What every reader of identity documents must do, whatever it speaks: run on the simulated one of each protocol.

A class of tests for each protocol inherits ``ReaderConformance`` and gives it a ``kit``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from drivers.errors import (
    DeviceAbsent,
    DeviceError,
    DeviceGarbled,
    DeviceGone,
    DeviceRefused,
    DeviceSilent,
    MediaRemoved,
    MediaUnreadable,
    WrongMedia,
)
from drivers.idreader import Document, IdReader
from drivers.simulated.api import UnknownAction
from drivers.simulated.idreader_common import FAULTS, ReaderAtHand
from drivers.simulated.people import load_people
from drivers.status import WELL, Condition

PEOPLE = load_people(Path(__file__).parents[3] / "assets/simulated/people.yaml")
SHARED = sorted(set(Document.__slots__) - {"photo_wlt"})
LIMIT_S = 30.0


@dataclass
class Kit:
    """A reader of one protocol and its far side."""

    module: ReaderAtHand
    make: Callable[..., IdReader]
    """Makes another driver for it, not opened; takes ``module``, ``answer_s``, ``read_s``."""
    serial: str
    """What its identity says."""
    number: str
    """Of its security module; empty where the protocol does not tell it."""
    made: list[IdReader] = field(default_factory=list)

    def reader(self, **how: Any) -> IdReader:
        """Return a driver that is closed in the end."""
        self.made.append(self.make(**how))
        return self.made[-1]

    async def stop(self) -> None:
        """Close what was made."""
        for reader in self.made:
            await reader.close()
        await self.module.stop()


async def within_limit(waiting: Awaitable[Any]) -> Any:
    """Return what ``waiting`` brings, within the limit of a test."""
    async with asyncio.timeout(LIMIT_S):
        return await waiting


async def until(condition: Callable[[], bool]) -> None:
    """Wait for a state."""
    async with asyncio.timeout(LIMIT_S):
        while not condition():  # noqa: ASYNC110 - watches the state of a device, which has no event for each of them
            await asyncio.sleep(0.002)


async def waits(task: asyncio.Future[Any], *, for_s: float = 0.15) -> bool:
    """Return whether ``task`` still waits after several rounds of asking."""
    await asyncio.wait([task], timeout=for_s)
    return not task.done()


class ReaderConformance:
    """One set of tests for all readers; ``kit`` is at once, ``slow_kit`` takes a tenth of a real reader's time."""

    async def test_open_tells_who_is_there(self, kit: Kit) -> None:
        reader = kit.reader()
        assert reader.identity.serial == ""
        assert (await reader.open()).number == kit.number
        assert reader.identity.serial == kit.serial
        assert reader.identity.connection

    @pytest.mark.parametrize("key", PEOPLE)
    async def test_a_document_laid_down_is_read(self, kit: Kit, key: str) -> None:
        reader = kit.reader()
        await reader.open()
        reading = asyncio.create_task(reader.read())
        await kit.module.insert(key)
        document = await within_limit(reading)
        person = PEOPLE[key]
        assert {name: getattr(document, name) for name in SHARED} == {name: getattr(person, name) for name in SHARED}
        assert len(document.photo_wlt) == 1024

    async def test_who_asks_is_told_that_a_document_is_being_read_before_it_is(self, kit: Kit) -> None:
        reader = kit.reader()
        await reader.open()
        told: list[bool] = []
        reading = asyncio.create_task(reader.read(told.append))
        await kit.module.insert("wang")
        await within_limit(reading)
        assert told in ([True], []), "one command that finds and reads tells nothing before"

    @pytest.mark.parametrize("fault", ["none", "unreadable"])
    async def test_removed_waits_until_the_document_is_lifted(self, kit: Kit, fault: str) -> None:
        reader = kit.reader()
        await reader.open()
        await kit.module.fault(fault)
        await kit.module.insert("wang")
        if fault == "none":
            await reader.read()
        else:
            with pytest.raises(MediaUnreadable):
                await reader.read()
        removed = asyncio.create_task(reader.removed())
        assert await waits(removed)
        await kit.module.remove()
        await within_limit(removed)
        await kit.module.fault("none")
        await kit.module.insert("chen")
        assert (await within_limit(reader.read())).name == PEOPLE["chen"].name

    async def test_an_empty_reader_is_removed_at_once(self, kit: Kit) -> None:
        reader = kit.reader()
        await reader.open()
        await within_limit(reader.removed())

    async def test_a_wrong_type_of_card_is_told(self, kit: Kit) -> None:
        reader = kit.reader()
        await reader.open()
        await kit.module.fault("wrong-type")
        await kit.module.insert("wang")
        with pytest.raises(WrongMedia):
            await reader.read()

    async def test_garbage_on_a_chip_is_unreadable_and_the_next_document_is_read(self, kit: Kit) -> None:
        reader = kit.reader()
        await reader.open()
        await kit.module.insert(msgspec.structs.replace(PEOPLE["wang"], sex="7"))
        with pytest.raises(MediaUnreadable, match="field sex"):
            await reader.read()
        await kit.module.insert("wang")
        assert (await within_limit(reader.read())).name == PEOPLE["wang"].name

    async def test_a_document_lifted_in_mid_read_is_told(self, slow_kit: Kit) -> None:
        reader = slow_kit.reader()
        await reader.open()
        await slow_kit.module.insert("wang")
        reading = asyncio.create_task(reader.read())
        await until(lambda: slow_kit.module.state()["reading"] == "yes")
        await slow_kit.module.remove()
        with pytest.raises(MediaRemoved):
            await within_limit(reading)

    async def test_a_cancelled_read_leaves_nothing_for_the_next(self, slow_kit: Kit) -> None:
        reader = slow_kit.reader()
        await reader.open()
        await slow_kit.module.insert("wang")
        reading = asyncio.create_task(reader.read())
        await until(lambda: slow_kit.module.state()["reading"] == "yes")
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        await until(lambda: slow_kit.module.state()["reading"] == "no")  # the answer is now on its way
        await slow_kit.module.insert("chen")
        assert (await within_limit(reader.read())).name == PEOPLE["chen"].name

    async def test_a_read_cancelled_while_the_reader_is_empty_can_be_repeated(self, kit: Kit) -> None:
        reader = kit.reader()
        await reader.open()
        for _ in range(5):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.02):
                    await reader.read()
        await kit.module.insert("wang")
        assert (await within_limit(reader.read())).name == PEOPLE["wang"].name

    @pytest.mark.parametrize(
        ("fault", "error"), [("mute", DeviceSilent), ("garbled", DeviceGarbled), ("half", DeviceGarbled)]
    )
    async def test_a_sick_reader_is_told_and_a_well_one_opens_again(
        self, kit: Kit, fault: str, error: type[DeviceError]
    ) -> None:
        reader = kit.reader(answer_s=0.2, read_s=0.2)
        await kit.module.fault(fault)
        with pytest.raises((error, DeviceGarbled)):
            await reader.open()
        await kit.module.fault("none")
        await reader.open()
        await kit.module.insert("wang")
        await kit.module.fault(fault)
        with pytest.raises((error, DeviceSilent) if fault == "garbled" else error):
            await reader.read()
        with pytest.raises((error, DeviceSilent) if fault == "garbled" else error):
            await reader.removed()

    @pytest.mark.parametrize(
        ("fault", "code"), [("self-test", "idreader.self-test"), ("not-authorised", "idreader.not-authorised")]
    )
    async def test_a_module_that_refuses_says_why(self, kit: Kit, fault: str, code: str) -> None:
        reader = kit.reader()
        await kit.module.fault(fault)

        async def asked() -> None:
            await reader.open()
            await reader.read()  # where opening asks nothing of the module

        with pytest.raises(DeviceRefused) as caught:
            await asked()
        assert caught.value.code == code

    async def test_another_reader_than_the_installed_one_is_refused(self, kit: Kit) -> None:
        await kit.reader(module=kit.serial).open()
        await kit.made[0].close()
        await kit.module.fault("wrong-version")
        with pytest.raises(DeviceRefused) as caught:
            await kit.reader(module=kit.serial).open()
        assert caught.value.code == "idreader.wrong-version"
        await kit.reader().open()

    async def test_nothing_there_is_absent_and_is_seen_when_it_comes(self, kit: Kit) -> None:
        reader = kit.reader()
        await kit.module.unplug()
        with pytest.raises(DeviceAbsent):
            await reader.open()
        waiting = asyncio.create_task(reader.appears())
        assert await waits(waiting, for_s=0.02)
        await kit.module.plug()
        await within_limit(waiting)
        await reader.open()
        await within_limit(reader.appears())

    async def test_a_reader_in_use_is_refused(self, kit: Kit) -> None:
        await kit.reader().open()
        with pytest.raises(DeviceRefused) as caught:
            await kit.reader().open()
        assert caught.value.code == "device.busy"

    async def test_an_idle_reader_is_watched(self, kit: Kit) -> None:
        reader = kit.reader()
        with pytest.raises(DeviceGone):
            await reader.watch()
        for _ in range(2):
            await reader.open()
            assert await within_limit(reader.watch()) == WELL
            watching: asyncio.Task[Condition] = asyncio.create_task(reader.watch())
            assert await waits(watching, for_s=0.02)
            await kit.module.unplug()
            with pytest.raises(DeviceGone):
                await within_limit(watching)
            await kit.module.plug()
            await reader.close()

    async def test_a_watch_disturbs_no_read(self, kit: Kit) -> None:
        reader = kit.reader()
        await reader.open()
        await reader.watch()
        watching = asyncio.create_task(reader.watch())
        await kit.module.insert("wang")
        assert (await within_limit(reader.read())).name == PEOPLE["wang"].name
        assert not watching.done()
        watching.cancel()
        await asyncio.wait([watching])
        await kit.module.insert("chen")
        assert (await within_limit(reader.read())).name == PEOPLE["chen"].name

    async def test_a_probe_measures_an_empty_reader(self, kit: Kit) -> None:
        reader = kit.reader()
        await reader.open()
        probe = await within_limit(reader.probe())
        assert probe.self_test
        assert probe.number == kit.number
        assert len(probe.answers_ms) == 5
        assert len(probe.find_ms) == 3
        assert all(0 < ms < LIMIT_S * 1000 for ms in (*probe.answers_ms, *probe.find_ms))

    async def test_a_probe_beside_a_read_that_waits_lets_it_go_on(self, kit: Kit) -> None:
        reader = kit.reader()
        await reader.open()
        reading = asyncio.create_task(reader.read())
        assert await waits(reading, for_s=0.05)
        assert (await within_limit(reader.probe())).self_test
        assert not reading.done()
        await kit.module.insert("wang")
        assert (await within_limit(reading)).name == PEOPLE["wang"].name

    async def test_a_probe_does_not_lose_the_document_that_lies_there(self, kit: Kit) -> None:
        reader = kit.reader()
        await reader.open()
        await kit.module.insert("wang")
        await within_limit(reader.read())
        removed = asyncio.create_task(reader.removed())
        probe = await within_limit(reader.probe())
        assert probe.self_test
        assert probe.find_ms == ()
        assert await waits(removed)
        await kit.module.remove()
        await within_limit(removed)

    async def test_a_probe_tells_of_a_failed_self_test_and_of_a_reader_that_left(self, kit: Kit) -> None:
        reader = kit.reader()
        await reader.open()
        await kit.module.fault("self-test")
        assert not (await within_limit(reader.probe())).self_test
        await kit.module.unplug()
        with pytest.raises(DeviceGone):
            await within_limit(reader.probe())

    @pytest.mark.parametrize("steps", [0, 1, 2, 5, 13, 34])
    @pytest.mark.parametrize("call", ["open", "read", "removed", "watch", "probe"])
    async def test_unplugged_at_any_moment_and_back(self, kit: Kit, call: str, steps: int) -> None:
        reader = kit.reader(answer_s=0.3, read_s=0.3)
        if call != "open":
            await reader.open()
        if call == "removed":
            await kit.module.insert("wang")
            await reader.read()
        elif call == "read" and steps % 2:
            await kit.module.insert("wang")
        waiting = asyncio.ensure_future(getattr(reader, call)())
        for _ in range(steps):
            await asyncio.sleep(0)
        await kit.module.unplug()
        await within_limit(asyncio.wait([waiting]))
        assert isinstance(waiting.exception(), DeviceGone | DeviceAbsent | None)
        with pytest.raises(DeviceGone):
            await reader.removed()
        await kit.module.plug()
        await reader.close()
        await reader.open()
        await kit.module.insert("chen")
        assert (await within_limit(reader.read())).name == PEOPLE["chen"].name

    async def test_close_is_safe_at_any_time(self, kit: Kit) -> None:
        reader = kit.reader()
        await reader.close()
        await reader.open()
        reading = asyncio.create_task(reader.read())
        await asyncio.sleep(0)  # the read begins
        await reader.close()
        await reader.close()
        with pytest.raises(DeviceGone):
            await within_limit(reading)

    async def test_the_simulated_reader_is_a_simulated_device(self, kit: Kit) -> None:
        device = kit.module
        changes: list[dict[str, str]] = []
        device.on_change = lambda: changes.append(device.state())
        arguments = {"insert": {"document": "wang"}, "fault": {"kind": "mute"}}
        for action in device.actions:
            assert await device.do(action, arguments.get(action, {})) == {}
        assert {"plugged": "yes", "document": "wang", "reading": "no", "fault": "none"} in changes
        assert device.state() == {"plugged": "yes", "document": "", "reading": "no", "fault": "mute"}
        for action, values, allowed in (
            ("dance", {}, device.actions),
            ("insert", {"document": "nobody"}, tuple(PEOPLE)),
            ("fault", {"kind": "sad"}, tuple(FAULTS)),
        ):
            with pytest.raises(UnknownAction) as caught:
                await device.do(action, values)
            assert caught.value.allowed == allowed
