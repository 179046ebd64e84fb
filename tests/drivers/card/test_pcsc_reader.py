"""What ``CardReader`` promises, through a real pcscd of our own to a simulated card.

libpcsclite reads PCSCLITE_CSOCK_NAME once in the life of a process, so all tests here use one folder.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest
from card_slot import LIMIT_S, PEOPLE, Slot, until
from cryptography import x509

from drivers.card import CardReader, PcscReader
from drivers.card.atr import parse_atr
from drivers.card.technician import Authority, technician
from drivers.card.travel import MrzKey, Trust, parse_mrz, read_document
from drivers.errors import DeviceAbsent, DeviceGone, MediaRemoved, MediaUnreadable, WrongMedia
from drivers.simulated.api import SimulatedDevice, UnknownAction
from drivers.simulated.card import FAULTS, SimulatedCard
from drivers.simulated.pcscd import PcscdUnavailable
from drivers.simulated.technician import TECHNICIANS
from drivers.simulated.travel import TRAVELLERS
from drivers.simulated.travel_issuer import zone

HOLDERS = tuple(key for key, person in PEOPLE.items() if person.social_security_card)

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="a pcscd of our own takes root")


async def test_open_tells_the_readers_name(reader: CardReader) -> None:
    assert await reader.open() == "Virtual PCD 00 00"


async def test_no_such_reader_is_absent(slot: Slot) -> None:
    with pytest.raises(DeviceAbsent, match="Mighty"):
        await PcscReader("Mighty Reader").open()


async def test_no_pcscd_is_absent(slot: Slot, reader: CardReader) -> None:
    await slot.unplug()
    with pytest.raises(DeviceAbsent):
        await reader.open()


async def test_cards_come_and_go(slot: Slot, reader: CardReader) -> None:
    await reader.open()
    for key in ("wang", "liu"):
        reading = asyncio.create_task(reader.read())
        await slot.insert(key)
        async with asyncio.timeout(LIMIT_S):
            card = await reading
        assert (card.name, card.number) == (PEOPLE[key].name, PEOPLE[key].number)
        removed = asyncio.create_task(reader.removed())
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await asyncio.shield(removed)
        await slot.remove()
        async with asyncio.timeout(LIMIT_S):
            await removed


async def test_a_sick_card_is_unreadable_and_a_well_one_is_read(slot: Slot, reader: CardReader) -> None:
    await reader.open()
    await slot.insert("wang")
    for fault in ("garbled", "half", "refuse"):
        await slot.fault(fault)
        async with asyncio.timeout(LIMIT_S):
            with pytest.raises(MediaUnreadable):
                await reader.read()
    await slot.fault("none")
    async with asyncio.timeout(LIMIT_S):
        assert (await reader.read()).name == PEOPLE["wang"].name


async def test_a_card_the_wrong_way_round_is_turned(slot: Slot, reader: CardReader) -> None:
    await reader.open()
    await slot.fault("upside-down")
    await slot.insert("wang")
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(MediaUnreadable):
            await reader.read()
    await slot.remove()
    await slot.fault("none")
    async with asyncio.timeout(LIMIT_S):
        await reader.removed()
        await slot.insert("wang")
        assert (await reader.read()).name == PEOPLE["wang"].name


async def test_a_bank_card_is_wrong_media(slot: Slot, reader: CardReader) -> None:
    await reader.open()
    await slot.insert("bank")
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(WrongMedia):
            await reader.read()


@pytest.mark.parametrize("at", [1, 4, 17])
async def test_a_card_pulled_in_the_middle_of_any_command(slot: Slot, reader: CardReader, at: int) -> None:
    await reader.open()
    slot.at, slot.then = at, lambda: slot.contact.move("", None)
    await slot.insert("wang")
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(MediaRemoved):
            await reader.read()
        await reader.removed()
    await slot.insert("chen")
    async with asyncio.timeout(LIMIT_S):
        assert (await reader.read()).name == PEOPLE["chen"].name


async def test_pcscd_killed_in_mid_command(slot: Slot, reader: CardReader) -> None:
    await reader.open()
    slot.at, slot.then = 5, lambda: os.kill(slot.pid or 0, signal.SIGKILL)
    await slot.insert("wang")
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(DeviceGone):
            await reader.read()
    await until(lambda: slot.state()["plugged"] == "no")
    await slot.plug()
    await reader.close()
    await reader.open()
    async with asyncio.timeout(LIMIT_S):  # the card was in all the while
        assert (await reader.read()).name == PEOPLE["wang"].name


@pytest.mark.parametrize("call", ["read", "removed"])
async def test_unplugged_while_waiting_and_back(slot: Slot, reader: CardReader, call: str) -> None:
    await reader.open()
    if call == "removed":
        await slot.insert("wang")
        await reader.read()
    waiting = asyncio.ensure_future(getattr(reader, call)())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await asyncio.shield(waiting)
    await slot.unplug()
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(DeviceGone):
            await waiting
    with pytest.raises(DeviceGone):
        await reader.removed()
    await slot.plug()
    await reader.close()
    assert await reader.open()


async def test_a_call_given_up_leaves_the_reader_usable(slot: Slot, reader: CardReader) -> None:
    await reader.open()
    for limit_s in (0.0, 0.01, 0.1):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(limit_s):
                await reader.read()
        async with asyncio.timeout(LIMIT_S):
            await reader.removed()  # the worker is free again, though no card ever came
    await slot.insert("wang")
    async with asyncio.timeout(LIMIT_S):
        assert (await reader.read()).name == PEOPLE["wang"].name


async def test_close_is_safe_at_any_time(reader: CardReader) -> None:
    await reader.close()
    await reader.open()
    await reader.close()
    await reader.close()
    with pytest.raises(DeviceGone):
        await reader.read()


CLIENT = """
import asyncio, sys
from drivers.card import PcscReader
async def main():
    reader = PcscReader("Virtual PCD 00 00")
    await reader.open()
    async with asyncio.timeout(20):
        print((await reader.read()).card_number)
    await reader.close()
asyncio.run(main())
"""


async def test_two_stand_side_by_side(slot: Slot, reader: CardReader, tmp_path: Path) -> None:
    other = SimulatedCard(tmp_path, PEOPLE)
    await other.start()
    await other.insert("chen")
    await slot.insert("wang")
    client = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CLIENT, env={**os.environ, **other.environment}, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await client.communicate()
    await reader.open()
    assert (await reader.read()).card_number == PEOPLE["wang"].social_security_card
    assert output.decode().strip() == PEOPLE["chen"].social_security_card
    await other.stop()


OWNER = """
import asyncio, sys
from pathlib import Path
from drivers.simulated.card import SimulatedCard
async def main():
    card = SimulatedCard(Path(sys.argv[1]), {})
    await card.start()
    print(card.pid, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


async def test_pcscd_ends_with_its_owner(tmp_path: Path) -> None:
    owner = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OWNER, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert owner.stdout
    pcscd = psutil.Process(int(await owner.stdout.readline()))
    assert pcscd.name() == "pcscd"
    owner.kill()
    await owner.wait()
    await until(lambda: not pcscd.is_running() or pcscd.status() == psutil.STATUS_ZOMBIE)


async def test_why_there_is_no_pcscd_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PcscdUnavailable, match="longer than"):
        await SimulatedCard(tmp_path / ("x" * 100), PEOPLE).start()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(PcscdUnavailable, match="takes root"):
        await SimulatedCard(tmp_path, PEOPLE, private=True).start()
    monkeypatch.setattr("drivers.simulated.card.SYSTEM_SOCKET", tmp_path / "none")
    with pytest.raises(PcscdUnavailable, match="machine's pcscd does not run"):
        await SimulatedCard(tmp_path, PEOPLE).start()


async def test_the_simulated_card_is_a_simulated_device(slot: Slot) -> None:
    device: SimulatedDevice = slot
    changes: list[dict[str, str]] = []
    device.on_change = lambda: changes.append(device.state())
    arguments = {"insert": {"card": "wang"}, "tap": {"card": "technician"}, "fault": {"kind": "slow"}}
    for action in device.actions:
        assert await device.do(action, arguments.get(action, {})) == {}
    empty = {"plugged": "yes", "card": "", "contactless": "", "fault": "none"}
    assert {**empty, "card": "wang"} in changes
    assert {**empty, "contactless": "technician"} in changes
    assert {**empty, "plugged": "no", "fault": "slow"} in changes
    assert device.state() == {**empty, "fault": "slow"}
    technicians = tuple(each.key for each in TECHNICIANS)
    for action, values, allowed in (
        ("dance", {}, device.actions),
        ("insert", {"card": "zhou"}, (*HOLDERS, "bank", *technicians)),
        ("tap", {"card": "wang"}, (*(each.key for each in TRAVELLERS), "bank", *technicians)),
        ("fault", {"kind": "sad"}, tuple(FAULTS)),
    ):
        with pytest.raises(UnknownAction) as caught:
            await device.do(action, values)
        assert caught.value.allowed == allowed


async def test_a_passport_on_one_slot_and_a_technician_in_the_other(slot: Slot, reader: CardReader) -> None:
    contactless = PcscReader("Virtual PCD 00 01")
    await reader.open()
    await contactless.open()
    passport = TRAVELLERS[0]
    await slot.insert("technician")
    await slot.tap(passport.key)
    key = MrzKey.of(parse_mrz(zone(passport)))
    trusted = x509.load_pem_x509_certificates((slot.folder / "travel" / "csca.pem").read_bytes())
    authority = Authority.load(slot.folder / "technicians" / "ca.pem")
    async with asyncio.timeout(LIMIT_S):
        proof, document = await asyncio.gather(
            technician(reader, authority), contactless.run(lambda card: read_document(card, key, trusted))
        )
        with pytest.raises(WrongMedia):
            await reader.read()
        with pytest.raises(WrongMedia):
            await technician(contactless, authority)
    assert (proof.number, proof.name) == (TECHNICIANS[0].number, TECHNICIANS[0].name)
    assert (document.opened_by, document.trust) == ("PACE", Trust.GENUINE)
    assert parse_atr((await contactless.probe()).atr).contactless
    slot.at, slot.then = 30, lambda: slot.contactless.move("", None)
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(MediaRemoved):
            await contactless.run(lambda card: read_document(card, key, trusted))
    await contactless.close()
