"""A recording from the field becomes a test: every file in tests/drivers/recordings is played to today's driver."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from pathlib import Path

import pytest
from scenes import PEOPLE, RECORDINGS, SCENES, record
from test_redacting import holds_none

from drivers.errors import DeviceSilent
from drivers.idreader import SamVReader
from drivers.links import SerialLink
from drivers.scanner.serial_scanner import TRIGGERS, SerialScanner
from drivers.simulated.replay import Playback, ReplayedCard, ReplayedPort, ReplayedSocket, ReplayMismatch
from drivers.traffic import Entry, Recording, parse

WANG = PEOPLE["wang"]
PLANTED = (WANG.name, WANG.number, WANG.address, WANG.issuer, str(WANG.social_security_card), "19850315")


@pytest.fixture(scope="module")
def folder(pcsc_folder: Path) -> Path:
    return pcsc_folder


def test_every_recording_has_its_scene_and_every_scene_its_recording() -> None:
    assert {path.stem for path in RECORDINGS.glob("*.jsonl")} == set(SCENES)


@pytest.mark.parametrize("name", SCENES)
async def test_todays_driver_makes_of_a_recording_what_was_made_then(name: str, folder: Path) -> None:
    scene = SCENES[name]
    recording = recorded(name)
    assert (recording.kind, recording.protocol) == (scene.kind, scene.protocol)
    port = folder / "replayed"
    far_end: ReplayedCard | ReplayedPort | ReplayedSocket
    match scene.kind:
        case "card":
            far_end = ReplayedCard(folder, recording)
        case "printer":
            far_end = ReplayedSocket(recording)
        case _:
            far_end = ReplayedPort(port, recording)
    await far_end.start()
    at = str(far_end.port) if isinstance(far_end, ReplayedSocket) else str(port)
    try:
        assert await scene.drive(at) == scene.outcomes
        with contextlib.suppress(TimeoutError):  # then ``check`` says what is missing
            async with asyncio.timeout(20):
                await far_end.playback.finished.wait()
        far_end.playback.check()
    finally:
        await far_end.stop()


@pytest.mark.parametrize("name", SCENES)
async def test_what_is_recorded_today_holds_nobody(name: str, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "fresh.jsonl"
    assert await record(name, folder, file) == SCENES[name].outcomes
    written = file.read_bytes()
    recording = parse(written)
    assert sum(entry.length for entry in recording.entries) > 20
    assert holds_none(written, PLANTED)
    assert holds_none(b"".join(entry.data or b"" for entry in recording.entries), PLANTED)
    assert [entry.gone for entry in recording.entries].count(True) == [
        entry.gone for entry in recorded(name).entries
    ].count(True)
    assert holds_none((RECORDINGS / f"{name}.jsonl").read_bytes(), PLANTED)


def recorded(name: str) -> Recording:
    return parse((RECORDINGS / f"{name}.jsonl").read_bytes())


async def test_a_driver_that_asks_something_else_is_told_what(folder: Path) -> None:
    recording = recorded("idreader-well")
    changed = replace(recording.entries[4], data=bytes.fromhex("aaaaaa9669000361ff9d"))
    entries = (*recording.entries[:4], changed, *recording.entries[5:])
    port = ReplayedPort(folder / "replayed", replace(recording, entries=entries))
    await port.start()
    reader = SamVReader(SerialLink(str(folder / "replayed"), 115200), answer_s=0.05)
    with pytest.raises(DeviceSilent):
        await reader.open()
    await reader.close()
    await port.stop()
    with pytest.raises(ReplayMismatch, match=r"exchange 3: the driver sent aa aa aa 96 69 00 03 12 ff ee, recorded is"):
        port.playback.check()


async def test_a_driver_that_stops_early_is_told_where() -> None:
    recording = recorded("idreader-well")
    playback = Playback(recording)
    first = recording.entries[0].data
    assert first is not None
    assert playback.hear(first[:4]) == ((), False)
    answers, gone = playback.hear(first[4:])
    assert (len(answers), gone) == (1, False)
    assert playback.hear(first)[0] == answers, "a driver that polls may ask again"
    with pytest.raises(ReplayMismatch, match="stopped before exchange 2"):
        playback.check()


async def test_two_questions_that_come_at_once_are_two() -> None:
    entries = [
        Entry(ms=at, to_device=at % 2 == 0, length=3, data=data)
        for at, data in enumerate((b"\x10\x04\x01", b"one", b"\x10\x04\x02", b"two"))
    ]
    playback = Playback(Recording(kind="printer", protocol="escpos-tcp", entries=tuple(entries)))
    assert playback.hear(b"\x10\x04\x01\x10\x04\x02") == ((b"one", b"two"), False)
    playback.check()


async def test_what_a_device_says_unasked_is_said_when_somebody_listens() -> None:
    playback = Playback(Recording(kind="scanner", protocol="serial", entries=(Entry(ms=1, length=3, data=b"00\r"),)))
    assert playback.first() == (b"00\r",)
    playback.check()
    assert playback.first() == ()


async def test_a_scanner_that_speaks_first_is_heard_by_todays_driver(tmp_path: Path) -> None:
    said = Entry(ms=1, length=len(b"onething:guide/newborn\r"), data=b"onething:guide/newborn\r")
    far_end = ReplayedPort(tmp_path / "port", Recording(kind="scanner", protocol="serial", entries=(said,)))
    scanner = SerialScanner(str(tmp_path / "port"), 115200, TRIGGERS["none"])
    await far_end.start()
    try:
        await scanner.open()
        far_end.speak_first()
        async with asyncio.timeout(20):
            assert (await scanner.scan()).text == "onething:guide/newborn"
        far_end.playback.check()
    finally:
        await scanner.close()
        await far_end.stop()


async def test_a_recording_is_played_to_whoever_connects() -> None:
    entries = (
        Entry(ms=0, to_device=True, length=3, data=b"\x10\x04\x01"),
        Entry(ms=1, length=1, data=b"\x12"),
        Entry(ms=2, to_device=True, length=6, data=b"xxxxx\n"),
        Entry(ms=3, gone=True),
    )
    far_end = ReplayedSocket(Recording(kind="printer", protocol="escpos-tcp", entries=entries))
    await far_end.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", far_end.port)
    writer.write(b"\x10\x04\x01")
    assert await reader.readexactly(1) == b"\x12"
    # What is printed is compared without what is personal: these are not the words of then.
    writer.write(b"other\n")
    assert await reader.read() == b""
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()
    await far_end.stop()
    far_end.playback.check()
