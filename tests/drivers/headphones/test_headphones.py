"""What headphones tell, and the promises of every driver."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from conformance import (
    LIMIT_S,
    Stand,
    conforms,
    opens_twice_and_closes_at_any_time,
    survives_cancelled_calls,
    survives_closing_in_mid_call,
    tells_who_it_is,
    watches_at_once_and_beside_use,
    within,
)

from drivers.errors import DeviceAbsent, DeviceGone, DeviceRefused
from drivers.headphones import Headphones, JackHeadphones, UsbHeadphones
from drivers.simulated.headphones import SimulatedHeadphones

WIRES = ("jack", "usb")


def driver(wire: str, far: SimulatedHeadphones, path: Path) -> Headphones:
    return JackHeadphones(str(path), opening=far.opening) if wire == "jack" else UsbHeadphones(str(path))


def stand(wire: str, far: SimulatedHeadphones, path: Path) -> Stand:
    device = driver(wire, far, path)

    async def use() -> None:
        await far.do("headphones-out" if far.state()["headphones"] else "headphones-in", {})
        await device.changed()

    return Stand(device=device, plug=lambda: far.do("plug", {}), unplug=lambda: far.do("unplug", {}), use=use)


async def test_a_jack_keeps_the_promises_of_every_driver(tmp_path: Path) -> None:
    far = SimulatedHeadphones(tmp_path / "jack", wire="jack")
    await far.start()
    try:
        await conforms(stand("jack", far, tmp_path / "jack"))
    finally:
        await far.stop()


async def test_usb_keeps_those_promises_that_a_socket_can_break(tmp_path: Path) -> None:
    far = SimulatedHeadphones(tmp_path / "usb")
    await far.start()
    made = stand("usb", far, tmp_path / "usb")
    for step in (
        tells_who_it_is,
        opens_twice_and_closes_at_any_time,
        watches_at_once_and_beside_use,
        survives_cancelled_calls,
        survives_closing_in_mid_call,
    ):
        await within(step(made))
        await within(made.device.close())
    await far.stop()


@pytest.mark.parametrize("wire", WIRES)
async def test_plugging_in_and_pulling_out_are_told(wire: str, tmp_path: Path) -> None:
    path = tmp_path / "port"
    far = SimulatedHeadphones(path, wire=wire)
    await far.start()
    device = driver(wire, far, path)
    await device.open()
    async with asyncio.timeout(LIMIT_S):
        assert await device.changed() is False
        for action, told in (("headphones-in", True), ("headphones-out", False), ("headphones-in", True)):
            waiting = asyncio.ensure_future(device.changed())
            await asyncio.sleep(0)
            await far.do(action, {})
            assert await waiting is told
    await device.close()
    with pytest.raises(DeviceGone):
        await device.changed()
    await far.stop()


@pytest.mark.parametrize("wire", WIRES)
async def test_headphones_that_were_in_before_are_told_at_once(wire: str, tmp_path: Path) -> None:
    path = tmp_path / "port"
    far = SimulatedHeadphones(path, wire=wire)
    await far.start()
    await far.do("headphones-in", {})
    device = driver(wire, far, path)
    await device.open()
    async with asyncio.timeout(LIMIT_S):
        assert await device.changed() is True
    await device.close()
    await far.stop()


async def test_what_the_kernel_lost_is_asked_of_the_switch(tmp_path: Path) -> None:
    far = SimulatedHeadphones(tmp_path / "jack", wire="jack")
    await far.start()
    device = JackHeadphones(str(tmp_path / "jack"), opening=far.opening)
    await device.open()
    async with asyncio.timeout(LIMIT_S):
        assert await device.changed() is False
        await far.do("fault", {"kind": "dropped"})
        await far.do("headphones-in", {})
        assert await device.changed() is True
    await device.close()
    await far.stop()


async def test_what_is_no_event_device_is_refused_or_absent(tmp_path: Path) -> None:
    with pytest.raises(DeviceAbsent):
        await JackHeadphones(str(tmp_path / "nothing")).open()
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(DeviceRefused):
        await JackHeadphones(str(file)).open()


def test_the_number_of_the_request_is_the_kernel_s() -> None:
    from drivers.headphones import jack

    assert jack._EVIOCGSW == 0x8004451B
