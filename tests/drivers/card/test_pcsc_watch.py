"""A reader is watched whether or not anybody uses it, waited for when it is away, and tells who and how it is."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest
from card_slot import LIMIT_S, PEOPLE, Slot, until
from smartcard import scard

from drivers.card import CardReader, PcscReader
from drivers.card.api import Connection
from drivers.card.daemon import may_have_come_up
from drivers.card.technician import Authority, technician
from drivers.errors import DeviceAbsent, DeviceGone, MediaRemoved, MediaUnreadable
from drivers.status import WELL

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="a pcscd of our own takes root")


async def still_waiting(task: asyncio.Future[Any]) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await asyncio.shield(task)


async def test_an_idle_reader_is_watched_and_its_loss_told(slot: Slot, reader: CardReader) -> None:
    await reader.open()
    assert await reader.watch() == WELL
    watching = asyncio.ensure_future(reader.watch())
    await slot.insert("wang")
    async with asyncio.timeout(LIMIT_S):
        assert (await reader.read()).name == PEOPLE["wang"].name
    await still_waiting(watching)
    os.kill(slot.pid or 0, signal.SIGKILL)
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(DeviceGone):
            await watching
    with pytest.raises(DeviceGone):
        await reader.watch()
    await until(lambda: slot.state()["plugged"] == "no")


async def test_pcscd_comes_up_and_the_reader_is_back(slot: Slot, reader: CardReader) -> None:
    os.kill(slot.pid or 0, signal.SIGKILL)  # leaves a socket that nobody listens on
    await until(lambda: slot.state()["plugged"] == "no")
    with pytest.raises(DeviceAbsent):
        await reader.open()
    coming = asyncio.ensure_future(reader.appears())
    await still_waiting(coming)
    await slot.plug()
    async with asyncio.timeout(LIMIT_S):
        await coming
        assert await reader.open()
        assert await reader.watch() == WELL


class Bus:
    """Stands for the list of readers of libpcsclite: vpcd cannot plug a reader into a running pcscd."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names = ["Another Reader 00 00"]
        self.waiting, self.changed = threading.Event(), threading.Event()
        monkeypatch.setattr(scard, "SCardEstablishContext", lambda scope: (0, 1))
        monkeypatch.setattr(scard, "SCardReleaseContext", lambda context: 0)
        monkeypatch.setattr(scard, "SCardListReaders", lambda context, groups: (0, list(self.names)))
        monkeypatch.setattr(scard, "SCardGetStatusChange", self.wait)

    def wait(self, context: int, limit_ms: int, states: list[tuple[str, int]]) -> tuple[int, list[Any]]:
        assert states[0][0] == r"\\?PnP?\Notification"
        self.waiting.set()
        assert self.changed.wait(LIMIT_S)
        self.changed.clear()
        return 0, []


async def test_a_reader_plugged_into_a_running_pcscd_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    bus = Bus(monkeypatch)
    coming = asyncio.ensure_future(PcscReader("Mighty").appears())
    assert await asyncio.to_thread(bus.waiting.wait, LIMIT_S)
    bus.waiting.clear()
    bus.names.append("Third Reader 00 00")
    bus.changed.set()
    assert await asyncio.to_thread(bus.waiting.wait, LIMIT_S)  # another one: it waits on
    assert not coming.done()
    bus.names.append("Mighty Reader [CCID] (12) 01 00")
    bus.changed.set()
    async with asyncio.timeout(LIMIT_S):
        await coming


async def test_what_waits_can_be_given_up_and_no_thread_stays(slot: Slot, reader: CardReader) -> None:
    await reader.open()
    await reader.watch()
    absent = PcscReader("Mighty Reader")
    waiting = [asyncio.ensure_future(call) for call in (reader.watch(), reader.read(), absent.appears())]
    await asyncio.wait(waiting, timeout=0.1)
    assert not any(task.done() for task in waiting)
    for task in waiting:
        task.cancel()
    await asyncio.wait(waiting, timeout=LIMIT_S)
    assert all(task.cancelled() for task in waiting)
    await reader.close()
    await until(lambda: not [each for each in threading.enumerate() if each.name.startswith("pcsc")])


async def test_closing_ends_what_waits(slot: Slot, reader: CardReader) -> None:
    await reader.open()
    await reader.watch()
    waiting = [asyncio.ensure_future(call) for call in (reader.watch(), reader.read())]
    await asyncio.wait(waiting, timeout=0.1)
    async with asyncio.timeout(LIMIT_S):
        await reader.close()
        for task in waiting:
            with pytest.raises(DeviceGone):
                await task


async def test_who_the_reader_is(slot: Slot, reader: CardReader) -> None:
    assert "Virtual PCD 00 00" in reader.identity.connection
    await reader.open()
    identity = reader.identity
    assert (identity.model, identity.connection) == ("Virtual PCD", "PC/SC, Virtual PCD 00 00")


async def test_how_reader_and_card_are(slot: Slot, reader: CardReader) -> None:
    await reader.open()
    empty = await reader.probe()
    assert (empty.atr, empty.protocol, empty.round_trips_ms) == (b"", "", ())
    await slot.insert("wang")
    async with asyncio.timeout(LIMIT_S):
        assert (await reader.read()).name == PEOPLE["wang"].name
    found = await reader.probe()
    assert found.atr == bytes.fromhex("3B 69 00 00 53 49 4D 43 41 52 44 30 31")
    assert found.protocol == "T=0"
    assert len(found.round_trips_ms) == 5
    assert all(0 < trip < 1000 for trip in found.round_trips_ms)


async def test_a_mute_card_is_told_by_the_probe(slot: Slot, reader: CardReader) -> None:
    await reader.open()
    await slot.fault("upside-down")
    await slot.insert("wang")
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(MediaUnreadable):
            await reader.read()
    with pytest.raises(MediaUnreadable):
        await reader.probe()


async def test_any_protocol_runs_on_a_card(slot: Slot, reader: CardReader) -> None:
    def four_commands(card: Connection) -> bytes:
        return b"".join(card.transmit(bytes.fromhex("00A4 0000 02 3F00"))[-2:] for _ in range(4))

    await reader.open()
    await slot.insert("wang")
    async with asyncio.timeout(LIMIT_S):
        assert await reader.run(four_commands) == bytes.fromhex("6A86") * 4
    slot.at, slot.then = 3, lambda: slot.contact.move("", None)
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(MediaRemoved):
            await reader.run(four_commands)


async def test_a_reader_with_two_slots_takes_a_card_in_either(slot: Slot) -> None:
    both = PcscReader("00 00", contactless="Virtual PCD")
    await both.open()
    assert both.identity.connection == "PC/SC, Virtual PCD 00 00 and Virtual PCD 00 01"
    await slot.tap("technician")
    authority = Authority.load(slot.folder / "technicians" / "ca.pem")
    async with asyncio.timeout(LIMIT_S):
        assert (await technician(both, authority)).number == "YJ-0001"
        assert (await both.probe()).protocol == "T=1"
        await slot.lift()
        await both.removed()
        await slot.insert("wang")
        assert (await both.read()).name == PEOPLE["wang"].name
    await both.close()
    with pytest.raises(DeviceAbsent, match="Mighty"):
        await PcscReader("00 00", contactless="Mighty").open()


async def test_a_pcscd_that_hangs_holds_nobody_up(
    slot: Slot, reader: CardReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drivers.card.calls._STUCK_S", 0.2)
    await reader.open()
    await reader.watch()
    pid = slot.pid or 0
    os.kill(pid, signal.SIGSTOP)
    try:
        waiting = [asyncio.ensure_future(call) for call in (reader.watch(), reader.probe())]
        await asyncio.wait(waiting, timeout=0.1)
        async with asyncio.timeout(LIMIT_S):
            await reader.close()
    finally:
        os.kill(pid, signal.SIGCONT)
    async with asyncio.timeout(LIMIT_S):
        ends = await asyncio.gather(*waiting, return_exceptions=True)
        assert await reader.open()
    assert all(isinstance(end, DeviceGone) or not isinstance(end, BaseException) for end in ends)


async def test_a_folder_made_anew_is_watched_like_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", str(folder / "pcscd.comm"))
    async with contextlib.aclosing(may_have_come_up()) as chances, asyncio.timeout(LIMIT_S):
        await anext(chances)
        folder.rmdir()
        folder.mkdir()  # at once, before anybody looks
        await anext(chances)
        (folder / "pcscd.comm").touch()
        await anext(chances)
