"""The driver against a simulated server: what it promises, and every fault of the menu."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from conformance import Stand, conforms, within
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.errors import DeviceAbsent, DeviceError, DeviceGarbled, DeviceGone, DeviceRefused, DeviceSilent
from drivers.power import NutSupply, PowerSupply, Supply
from drivers.simulated.api import SimulatedDevice, UnknownAction
from drivers.simulated.power import FAULTS, STATES, SimulatedPower
from drivers.status import WELL


@pytest_asyncio.fixture
async def far() -> AsyncIterator[SimulatedPower]:
    device = SimulatedPower()
    await device.start()
    yield device
    await device.stop()


@pytest_asyncio.fixture
async def supply(far: SimulatedPower) -> AsyncIterator[NutSupply]:
    made = NutSupply("127.0.0.1", far.port, ask_every_s=0.02, answer_s=0.3)
    yield made
    await made.close()


async def test_it_is_a_driver_as_any_other(far: SimulatedPower) -> None:
    driver: PowerSupply = NutSupply("127.0.0.1", far.port, ask_every_s=600)

    async def plug(*, into: bool) -> None:
        await far.do("plug" if into else "unplug", {})

    await conforms(
        Stand(
            device=driver,
            plug=lambda: plug(into=True),
            unplug=lambda: plug(into=False),
            use=driver.status,
            tells_return=False,
        )
    )


async def test_opening_tells_who_is_there_and_how_it_is(supply: NutSupply) -> None:
    status = await supply.open()
    assert status == await supply.status()
    assert (status.supply, status.charge_percent, status.runtime_s) == (Supply.ON_LINE, 97.0, 1500.0)
    assert (status.load_percent, status.battery_v, status.driver) == (23.0, 13.6, "simulated 1.0")
    who = supply.identity
    assert (who.maker, who.model, who.serial, who.firmware) == ("EXAMPLE", 'Mini "850" \\ B', "SIM-0001", "7.1")
    assert who.connection.startswith("NUT, 127.0.0.1:")


async def test_every_change_is_told_once(far: SimulatedPower, supply: NutSupply) -> None:
    await supply.open()
    assert await within(supply.watch()) == WELL
    for action, cause in (
        ("on-battery", "power.on-battery"),
        ("low-battery", "power.low-battery"),
        ("on-line", ""),
        ("replace-battery", "power.replace-battery"),
        ("bypass", "power.unknown"),
    ):
        watching = asyncio.create_task(supply.watch())
        await far.do(action, {})
        assert (await within(watching)).cause == cause


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        ("mute", DeviceSilent, "device.silent"),
        ("slow", DeviceSilent, "device.silent"),
        ("half", DeviceSilent, "device.silent"),
        ("stale", DeviceSilent, "power.stale"),
        ("denied", DeviceRefused, "power.access-denied"),
        ("endless", DeviceGarbled, "device.garbled"),
        ("unplugged", DeviceAbsent, "device.absent"),
    ],
)
async def test_a_fault_is_told_and_afterwards_it_opens_again(
    far: SimulatedPower, supply: NutSupply, fault: str, error: type[DeviceError], code: str
) -> None:
    await supply.open()
    await supply.watch()
    await far.do("fault", {"kind": fault})
    with pytest.raises(DeviceGone if fault == "unplugged" else error):
        await within(supply.watch())
    await supply.close()
    with pytest.raises(error) as caught:
        await within(supply.open())
    assert caught.value.code == code
    with pytest.raises(DeviceGone):
        await supply.status()
    await far.do("fault", {"kind": "none"})
    await far.do("plug", {})
    assert (await within(supply.open())).supply is Supply.ON_LINE


@pytest.mark.parametrize("seed", range(12))
async def test_flipped_bits_are_read_or_refused(far: SimulatedPower, supply: NutSupply, seed: int) -> None:
    await far.do("fault", {"kind": "garbled", "seed": str(seed)})
    with pytest.raises((DeviceGarbled, DeviceRefused, DeviceSilent)):
        await within(supply.open())
    await far.do("fault", {"kind": "none"})
    await within(supply.open())


async def test_a_name_it_does_not_know_is_refused(far: SimulatedPower) -> None:
    with pytest.raises(DeviceRefused) as caught:
        await NutSupply("127.0.0.1", far.port, "another").open()
    assert caught.value.code == "power.unknown-name"


async def test_an_answer_that_comes_after_its_caller_has_left_is_nobody_elses(
    far: SimulatedPower, supply: NutSupply
) -> None:
    await supply.open()
    answered = far.faults.mark("command", 1, at_begin=False)
    begun = far.faults.mark("command", 1, at_begin=True)
    asking = asyncio.create_task(supply.status())
    await within(begun.reached.wait())
    asking.cancel()
    await asyncio.wait([asking])
    next_one = asyncio.create_task(supply.status())
    await asyncio.wait([next_one], timeout=0.02)  # it may ask by now, if it does not wait for its turn
    begun.release()
    await within(answered.reached.wait())
    await far.do("on-battery", {})
    answered.release()
    assert (await within(next_one)).supply is Supply.ON_BATTERY


@given(st.binary(max_size=600))
@settings(max_examples=40)
def test_a_server_that_answers_anything_is_read_or_refused(answer: bytes) -> None:
    async def asked() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readline()
            writer.write(answer)
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            supply = NutSupply("127.0.0.1", server.sockets[0].getsockname()[1])
            with pytest.raises(DeviceError):
                await within(supply.open())
            await supply.close()

    asyncio.run(asked())


async def test_the_simulated_supply_is_a_simulated_device(far: SimulatedPower) -> None:
    device: SimulatedDevice = far
    changes: list[dict[str, str]] = []
    device.on_change = lambda: changes.append(device.state())
    for action in (*STATES, "unplug", "plug"):
        assert await device.do(action, {}) == {}
    assert {"plugged": "no", "supply": "bypass", "fault": "none"} in changes
    for action, values, allowed in (("dance", {}, device.actions), ("fault", {"kind": "sad"}, tuple(FAULTS))):
        with pytest.raises(UnknownAction) as caught:
            await device.do(action, values)
        assert caught.value.allowed == allowed


@given(st.binary(max_size=100))
@settings(max_examples=50)
def test_the_simulated_supply_answers_any_line(line: bytes) -> None:
    assert SimulatedPower().answer(line).endswith(b"\n")
