"""What ``UsbBulkLink`` promises, over a bus that exists in memory."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.errors import DeviceAbsent, DeviceError, DeviceGarbled, DeviceGone, DeviceRefused, DeviceSilent
from drivers.links import TRAFFIC, Link
from drivers.simulated.usb import SimulatedUsbBus, SimulatedUsbDevice, UsbDescription
from drivers.usb_bulk import UsbAddress, UsbBulkLink

LIMIT_S = 30.0
ADDRESS = UsbAddress(vendor=0x0400, product=0xC35A)


class Far(SimulatedUsbDevice):
    """A device that remembers what it was sent."""

    def __init__(self, description: UsbDescription | None = None) -> None:
        super().__init__(description)
        self.came: queue.Queue[bytes] = queue.Queue()
        self.on_bytes = self.came.put


@pytest.fixture
def bus(tmp_path: Path) -> SimulatedUsbBus:
    return SimulatedUsbBus(tmp_path / "usb")


@pytest.fixture
def far(bus: SimulatedUsbBus) -> Far:
    far = Far()
    bus.plug(far)
    return far


def at(bus: SimulatedUsbBus, address: UsbAddress = ADDRESS) -> UsbBulkLink:
    return UsbBulkLink(address, backend=bus, nodes=bus.nodes)


@pytest.fixture
async def link(bus: SimulatedUsbBus, far: Far) -> AsyncIterator[UsbBulkLink]:
    link = at(bus)
    await link.open()
    yield link
    await link.close()


async def test_bytes_pass_both_ways_in_packets(far: Far, link: UsbBulkLink) -> None:
    assert _is_a_link(link)
    await link.write(bytes(range(200)))
    assert far.came.get(timeout=LIMIT_S) == bytes(range(200))
    far.send(b"x" * 1295)
    assert await link.read(LIMIT_S) == b"x" * 1295


def _is_a_link(link: Link) -> bool:
    return link.is_open


async def test_who_is_there_is_told(bus: SimulatedUsbBus, link: UsbBulkLink) -> None:
    assert link.identity.maker == "Simulated"
    assert link.identity.model == "Bulk device"
    assert link.identity.serial == "SIM-1"
    assert link.identity.connection == "USB 0400:c35a, socket 1-1.4"
    assert at(bus).identity.connection == "USB 0400:c35a"


async def test_silence_ends_at_the_limit_and_the_device_stays_open(far: Far, link: UsbBulkLink) -> None:
    with pytest.raises(DeviceSilent):
        await link.read(0.02)
    far.send(b"late")
    assert await link.read(LIMIT_S) == b"late"


async def test_a_cancelled_read_loses_no_byte(far: Far, link: UsbBulkLink) -> None:
    for _ in range(3):
        reading = asyncio.create_task(link.read(None))
        await asyncio.sleep(0)
        reading.cancel()
        far.send(b"x")
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert await link.read(LIMIT_S) == b"x"


async def test_a_write_nobody_takes_ends_at_the_limit(far: Far, link: UsbBulkLink) -> None:
    far.takes = False
    with pytest.raises(DeviceSilent):
        await link.write(b"x", limit_s=0.05)


async def test_a_write_goes_through_while_a_read_waits(far: Far, link: UsbBulkLink) -> None:
    reading = asyncio.create_task(link.read(None))
    await asyncio.sleep(0)
    await link.write(b"what is it?")
    assert far.came.get(timeout=LIMIT_S) == b"what is it?"
    far.send(b"this")
    async with asyncio.timeout(LIMIT_S):
        assert await reading == b"this"


@pytest.mark.parametrize("waiting", [True, False])
async def test_unplugged_is_gone_for_every_call(
    bus: SimulatedUsbBus, far: Far, link: UsbBulkLink, *, waiting: bool
) -> None:
    reading, watching = asyncio.create_task(link.read(None)), asyncio.create_task(link.watch())
    if waiting:
        await asyncio.sleep(0)
    bus.unplug(far)
    async with asyncio.timeout(LIMIT_S):
        results = await asyncio.gather(reading, watching, return_exceptions=True)
    assert [type(result) for result in results] == [DeviceGone] * 2
    assert not link.is_open
    with pytest.raises(DeviceGone):
        await link.write(b"x")
    with pytest.raises(DeviceGone):
        link.discard()
    with pytest.raises(DeviceGone):
        await link.watch()


async def test_a_watch_sees_unplugging_while_nobody_reads_and_takes_no_byte(
    bus: SimulatedUsbBus, far: Far, link: UsbBulkLink
) -> None:
    watching = asyncio.create_task(link.watch())
    other = Far(UsbDescription(product=1))
    bus.plug(other)
    far.send(b"mine")
    assert await link.read(LIMIT_S) == b"mine"
    bus.unplug(other)
    await asyncio.sleep(0)
    assert not watching.done()
    bus.unplug(far)
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(DeviceGone, match="unplugged"):
            await watching


async def test_a_write_to_a_device_that_left_is_gone(bus: SimulatedUsbBus, far: Far, link: UsbBulkLink) -> None:
    bus.unplug(far)
    with pytest.raises(DeviceGone):
        await link.write(b"x")
    assert not link.is_open


async def test_close_wakes_who_waits_and_it_opens_again(far: Far, link: UsbBulkLink) -> None:
    waiting = [asyncio.create_task(call) for call in (link.read(None), link.watch())]
    await asyncio.sleep(0)
    await link.close()
    await link.close()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(result) for result in results] == [DeviceGone] * 2
    await link.open()
    await link.open()
    far.send(b"again")
    assert await link.read(LIMIT_S) == b"again"


async def test_what_came_before_is_dropped(bus: SimulatedUsbBus, far: Far) -> None:
    far.send(b"for somebody before us")
    link = at(bus)
    await link.open()
    far.send(b"for us")
    assert await link.read(LIMIT_S) == b"for us"
    assert link.discard() == 0
    await link.close()


async def test_an_open_given_up_leaves_the_device_free(bus: SimulatedUsbBus, far: Far) -> None:
    for steps in range(6):
        link = at(bus)
        opening = asyncio.create_task(link.open())
        for _ in range(steps):
            await asyncio.sleep(0)
        opening.cancel()
        await asyncio.wait([opening])
        await link.open()
        await link.close()
    assert not far.claimed


async def test_a_driver_of_the_kernel_makes_room_and_comes_back(bus: SimulatedUsbBus, far: Far) -> None:
    far.kernel_driver = True
    link = at(bus)
    await link.open()
    assert not far.kernel_driver
    await link.close()
    assert far.kernel_driver


async def test_a_halt_is_told_and_cleared(far: Far, link: UsbBulkLink) -> None:
    reading = asyncio.create_task(link.read(None))
    await asyncio.sleep(0)
    far.halt()
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(DeviceGarbled):
            await reading
    assert link.is_open
    far.send(b"well again")
    assert await link.read(LIMIT_S) == b"well again"


async def test_nothing_plugged_in_is_absent(bus: SimulatedUsbBus) -> None:
    with pytest.raises(DeviceAbsent):
        await at(bus).open()


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"permitted": False}, "device.no-permission"), ({"claimed": True}, "device.busy")],
)
async def test_why_a_device_does_not_open_is_told(
    bus: SimulatedUsbBus, far: Far, changes: dict[str, bool], code: str
) -> None:
    for name, value in changes.items():
        setattr(far, name, value)
    for address in (ADDRESS, replace(ADDRESS, serial="SIM-1")):
        with pytest.raises(DeviceRefused) as caught:
            await at(bus, address).open()
        assert caught.value.code == code


async def test_a_device_without_bulk_endpoints_of_the_class_is_refused(bus: SimulatedUsbBus, far: Far) -> None:
    with pytest.raises(DeviceRefused, match="no interface"):
        await at(bus, replace(ADDRESS, interface_class=7)).open()
    assert not far.claimed


async def test_two_alike_are_told_apart_by_serial_number_or_socket_and_never_by_order(bus: SimulatedUsbBus) -> None:
    one = Far(UsbDescription(serial="ONE", ports=(1,)))
    two = Far(UsbDescription(serial="TWO", ports=(2,)))
    bus.plug(one)
    bus.plug(two)
    with pytest.raises(DeviceRefused) as caught:
        await at(bus).open()
    assert caught.value.code == "usb.several"
    for address in (replace(ADDRESS, serial="TWO"), replace(ADDRESS, path="1-2")):
        link = at(bus, address)
        await link.open()
        assert (one.claimed, two.claimed) == (False, True)
        await link.close()
    with pytest.raises(DeviceAbsent):
        await at(bus, replace(ADDRESS, serial="THREE")).open()


async def test_a_device_that_never_answers_is_written_to(bus: SimulatedUsbBus) -> None:
    mute = Far(UsbDescription(into=None, interface_class=7))
    bus.plug(mute)
    link = at(bus, replace(ADDRESS, interface_class=7))
    await link.open()
    await link.write(b"print this")
    assert mute.came.get(timeout=LIMIT_S) == b"print this"
    with pytest.raises(DeviceSilent):
        await link.read(0.01)
    await link.close()


async def test_appearing_is_seen(bus: SimulatedUsbBus, tmp_path: Path) -> None:
    link = at(bus)
    waiting = asyncio.create_task(link.appears())
    bus.plug(Far(UsbDescription(product=1)))
    await asyncio.sleep(0)
    assert not waiting.done()
    far = Far()
    bus.plug(far)
    async with asyncio.timeout(LIMIT_S):
        await waiting
        await link.appears()
    await link.open()
    bus.unplug(far)
    await link.close()
    waiting = asyncio.create_task(link.appears())
    await asyncio.sleep(0)
    assert not waiting.done()
    bus.plug(far)
    async with asyncio.timeout(LIMIT_S):
        await waiting


async def test_another_one_alike_is_not_the_one_waited_for(bus: SimulatedUsbBus) -> None:
    bus.plug(Far(UsbDescription(serial="ANOTHER")))
    waiting = asyncio.create_task(at(bus, replace(ADDRESS, serial="OURS")).appears())
    await asyncio.wait([waiting], timeout=0.05)
    assert not waiting.done()
    ours = Far(UsbDescription(serial="OURS"))
    ours.permitted = False
    bus.plug(ours)
    async with asyncio.timeout(LIMIT_S):
        await waiting


async def test_without_a_bus_nothing_is_there_until_one_comes(tmp_path: Path) -> None:
    nodes = tmp_path / "dev/bus/usb"
    bus = SimulatedUsbBus(tmp_path / "elsewhere")
    link = UsbBulkLink(ADDRESS, backend=bus, nodes=nodes)
    with pytest.raises(DeviceAbsent):
        await link.open()
    waiting = asyncio.create_task(link.appears())
    await asyncio.wait([waiting], timeout=0.05)
    assert not waiting.done()
    bus.plug(Far())
    (nodes / "001").mkdir(parents=True)
    async with asyncio.timeout(LIMIT_S):
        await waiting


@pytest.mark.parametrize("personal", [True, False])
async def test_personal_bytes_are_never_logged(
    bus: SimulatedUsbBus, far: Far, caplog: pytest.LogCaptureFixture, *, personal: bool
) -> None:
    link = UsbBulkLink(ADDRESS, personal=personal, backend=bus, nodes=bus.nodes)
    await link.open()
    with caplog.at_level(TRAFFIC, "drivers.usb_bulk"):
        await link.write(b"\xab\xcd")
        far.send(b"\xbe\xef")
        await link.read(LIMIT_S)
    await link.close()
    assert "ab cd" in caplog.text
    assert ("be ef" in caplog.text) is not personal


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.binary(max_size=255), min_size=3, max_size=3),
    into=st.none() | st.integers(0, 255),
    out=st.integers(0, 255),
)
def test_descriptors_that_make_no_sense_are_refused_or_opened_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, texts: list[bytes], into: int | None, out: int
) -> None:
    async def tried() -> None:
        bus = SimulatedUsbBus(tmp_path_factory.mktemp("usb"))
        far = Far(UsbDescription(into=into, out=out))
        far.text_of = dict(enumerate(texts, start=1))
        bus.plug(far)
        link = at(bus)
        try:
            await link.open()
        except DeviceError:
            assert not link.is_open
        else:
            told = link.identity
            assert all(
                text.isprintable() and len(text) <= 126 for text in (told.maker, told.model, told.serial) if text
            )
        await link.close()

    asyncio.run(tried())
