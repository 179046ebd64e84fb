"""What ``IdReader`` promises, on the simulated reader: the real driver at one end of a pty, the module at the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

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
from drivers.idreader import Document, IdReader, SamVReader, samv
from drivers.simulated.api import SimulatedDevice, UnknownAction
from drivers.simulated.idreader import FAULTS, SimulatedIdReader
from drivers.simulated.people import load_people

PEOPLE = load_people(Path(__file__).parents[3] / "assets/simulated/people.yaml")
SHARED = sorted(set(Document.__slots__) - {"photo_wlt"})
LIMIT_S = 10.0


@pytest.fixture
async def module(tmp_path: Path) -> AsyncIterator[SimulatedIdReader]:
    module = SimulatedIdReader(tmp_path / "idreader", PEOPLE, pace=0)
    await module.start()
    yield module
    await module.stop()


@pytest.fixture
async def reader(module: SimulatedIdReader, tmp_path: Path) -> AsyncIterator[IdReader]:
    reader = SamVReader(str(tmp_path / "idreader"))
    yield reader
    await reader.close()


@pytest.fixture
def short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samv, "_ANSWER_S", 0.3)
    monkeypatch.setattr(samv, "_LIMITS_S", {})


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT_S):
        while not condition():  # noqa: ASYNC110 - watches the state of a device, which has no event for each of them
            await asyncio.sleep(0.002)


async def test_open_tells_who_is_there(reader: IdReader) -> None:
    assert (await reader.open()).number == "05.01-20260824-0000000001-0000000002"


@pytest.mark.parametrize("key", PEOPLE)
async def test_a_document_laid_down_is_read(module: SimulatedIdReader, reader: IdReader, key: str) -> None:
    await reader.open()
    reading = asyncio.create_task(reader.read())
    await module.insert(key)
    async with asyncio.timeout(LIMIT_S):
        document = await reading
    person = PEOPLE[key]
    assert {name: getattr(document, name) for name in SHARED} == {name: getattr(person, name) for name in SHARED}
    assert len(document.photo_wlt) == 1024


async def test_removed_waits_until_a_document_that_was_read_is_lifted(
    module: SimulatedIdReader, reader: IdReader
) -> None:
    await reader.open()
    await module.insert("wang")
    await reader.read()
    removed = asyncio.create_task(reader.removed())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await asyncio.shield(removed)
    await module.remove()
    async with asyncio.timeout(LIMIT_S):
        await removed
    await module.insert("chen")
    async with asyncio.timeout(LIMIT_S):
        assert (await reader.read()).name == PEOPLE["chen"].name


async def test_removed_waits_for_a_document_that_could_not_be_read(module: SimulatedIdReader, reader: IdReader) -> None:
    await reader.open()
    await module.fault("unreadable")
    await module.insert("wang")
    with pytest.raises(MediaUnreadable):
        await reader.read()
    removed = asyncio.create_task(reader.removed())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await asyncio.shield(removed)
    await module.remove()
    async with asyncio.timeout(LIMIT_S):
        await removed


async def test_an_empty_reader_is_removed_at_once(reader: IdReader) -> None:
    await reader.open()
    async with asyncio.timeout(LIMIT_S):
        await reader.removed()


async def test_a_wrong_type_of_card_is_told(module: SimulatedIdReader, reader: IdReader) -> None:
    await reader.open()
    await module.fault("wrong-type")
    await module.insert("wang")
    with pytest.raises(WrongMedia):
        await reader.read()


async def test_garbage_on_a_chip_is_unreadable_and_the_next_document_is_read(
    module: SimulatedIdReader, reader: IdReader
) -> None:
    await reader.open()
    await module.insert(msgspec.structs.replace(PEOPLE["wang"], sex="7"))
    with pytest.raises(MediaUnreadable, match="field sex"):
        await reader.read()
    await module.insert("wang")
    assert (await reader.read()).name == PEOPLE["wang"].name


async def test_a_document_lifted_in_mid_read_is_told(tmp_path: Path) -> None:
    module = SimulatedIdReader(tmp_path / "slow", PEOPLE, pace=0.2)
    reader = SamVReader(str(tmp_path / "slow"))
    await module.start()
    await reader.open()
    await module.insert("wang")
    reading = asyncio.create_task(reader.read())
    await until(lambda: module.state()["reading"] == "yes")
    await module.remove()
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(MediaRemoved):
            await reading
    await reader.close()
    await module.stop()


async def test_a_cancelled_read_leaves_nothing_for_the_next(tmp_path: Path) -> None:
    module = SimulatedIdReader(tmp_path / "slow", PEOPLE, pace=0.1)
    reader = SamVReader(str(tmp_path / "slow"))
    await module.start()
    await reader.open()
    await module.insert("wang")
    reading = asyncio.create_task(reader.read())
    await until(lambda: module.state()["reading"] == "yes")
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    await until(lambda: module.state()["reading"] == "no")  # the answer of the cancelled read is now on its way
    await module.insert("chen")
    async with asyncio.timeout(LIMIT_S):
        assert (await reader.read()).name == PEOPLE["chen"].name
    await reader.close()
    await module.stop()


async def test_a_read_cancelled_while_the_reader_is_empty_can_be_repeated(
    module: SimulatedIdReader, reader: IdReader
) -> None:
    await reader.open()
    for _ in range(5):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await reader.read()
    await module.insert("wang")
    async with asyncio.timeout(LIMIT_S):
        assert (await reader.read()).name == PEOPLE["wang"].name


@pytest.mark.parametrize(
    ("fault", "error"), [("mute", DeviceSilent), ("garbled", DeviceGarbled), ("half", DeviceGarbled)]
)
@pytest.mark.usefixtures("short_limits")
async def test_a_sick_reader_is_told_and_a_well_one_opens_again(
    module: SimulatedIdReader, reader: IdReader, fault: str, error: type[DeviceError]
) -> None:
    await module.fault(fault)
    with pytest.raises(error):
        await reader.open()
    await module.fault("none")
    await reader.open()
    await module.insert("wang")
    await module.fault(fault)
    with pytest.raises(error):
        await reader.read()
    with pytest.raises(error):
        await reader.removed()


async def test_no_port_is_absent(module: SimulatedIdReader, reader: IdReader) -> None:
    await module.unplug()
    with pytest.raises(DeviceAbsent):
        await reader.open()


async def test_a_port_in_use_is_refused(module: SimulatedIdReader, reader: IdReader, tmp_path: Path) -> None:
    await reader.open()
    with pytest.raises(DeviceRefused, match="in use"):
        await SamVReader(str(tmp_path / "idreader")).open()


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89])
@pytest.mark.parametrize("call", ["open", "read", "removed"])
async def test_unplugged_at_any_moment_and_back(
    module: SimulatedIdReader, reader: IdReader, call: str, steps: int
) -> None:
    if call != "open":
        await reader.open()
    if call == "removed":
        await module.insert("wang")
        await reader.read()
    elif call == "read" and steps % 2:
        await module.insert("wang")
    waiting = asyncio.ensure_future(getattr(reader, call)())
    for _ in range(steps):
        await asyncio.sleep(0)
    await module.unplug()
    async with asyncio.timeout(LIMIT_S):
        await asyncio.wait([waiting])
    assert isinstance(waiting.exception(), DeviceGone | DeviceAbsent | None)
    with pytest.raises(DeviceGone):
        await reader.removed()
    await module.plug()
    await reader.close()
    await reader.open()
    await module.insert("chen")
    async with asyncio.timeout(LIMIT_S):
        assert (await reader.read()).name == PEOPLE["chen"].name


async def test_close_is_safe_at_any_time(module: SimulatedIdReader, reader: IdReader) -> None:
    await reader.close()
    await reader.open()
    reading = asyncio.create_task(reader.read())
    await asyncio.sleep(0)  # the read begins
    await reader.close()
    await reader.close()
    with pytest.raises(DeviceGone):
        await reading


async def test_the_simulated_reader_is_a_simulated_device(module: SimulatedIdReader) -> None:
    device: SimulatedDevice = module
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
