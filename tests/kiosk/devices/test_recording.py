from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from drivers.scanner.serial_scanner import TRIGGERS, SerialScanner
from drivers.simulated import SimulatedScanner
from drivers.traffic import parse
from kiosk import settings
from kiosk.devices.recording import KEPT, RECORDED, Recorder, place
from kiosk.settings.model import CameraSettings, Settings


def clock() -> datetime:
    return datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def chosen() -> Settings:
    return settings.load(settings.PROFILES / "simulated.toml")


def test_every_device_that_can_be_heard_has_a_place(chosen: Settings) -> None:
    assert all(place(chosen, kind) for kind in RECORDED)
    nothing = replace(chosen.devices, camera=CameraSettings())
    assert place(replace(chosen, devices=nothing), "camera") == ""
    guarded = replace(chosen.devices.camera, source="rtsp://user:secret@10.0.0.7/live?key=1")
    known = place(replace(chosen, devices=replace(chosen.devices, camera=guarded)), "camera")
    assert known == "rtsp://10.0.0.7/live"


async def test_what_passes_is_heard_at_the_place_of_the_settings(chosen: Settings, tmp_path: Path) -> None:
    port = tmp_path / "scanner"
    wired = replace(chosen.devices, scanner=replace(chosen.devices.scanner, port=str(port)))
    recorder = Recorder(replace(chosen, devices=wired), tmp_path / "recordings", clock)
    device = SimulatedScanner(port, pace=0)
    await device.start()
    written = recorder.start("scanner")
    assert written is not None
    scanner = SerialScanner(str(port), trigger=TRIGGERS["honeywell"])
    await scanner.open()
    await device.do("show", {"text": "C10001332"})
    assert (await scanner.scan()).text == "C10001332"
    await scanner.close()
    await device.stop()
    assert any(entry.data == b"X00000000\r" for entry in recorder.recent("scanner"))
    recorder.stop()
    recorder.stop()
    assert recorder.recent("scanner") == ()
    assert parse(written.read_bytes()).protocol == "serial"
    assert written.name == "20260301T093000-scanner.jsonl"


def test_only_the_last_recordings_stay(chosen: Settings, tmp_path: Path) -> None:
    minutes = iter(range(50))
    recorder = Recorder(chosen, tmp_path, lambda: clock() + timedelta(minutes=next(minutes)))
    for _ in range(KEPT + 5):
        last = recorder.start("printer")
    recorder.stop()
    assert len(list(tmp_path.glob("*.jsonl"))) == KEPT
    assert last is not None
    assert last.exists()


def test_what_cannot_be_heard_or_written_is_left_alone(chosen: Settings) -> None:
    recorder = Recorder(chosen, Path("/proc/nowhere"), clock)
    assert recorder.start("camera") is None
    assert recorder.start("printer") is None
    assert recorder.recent("printer") == ()
