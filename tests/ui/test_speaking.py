"""What is played is what was rendered: heard at the loudspeaker of a real sound server."""

from __future__ import annotations

import array
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat
from sound_server import RATE_HZ, installed, recording, sound_server

from kiosk.speech.pcm import Pcm, from_wav, to_wav
from ui.speaking import fitted, fitting

SPEAKS = Path(__file__).with_name("speaks.py")


def chirp(seconds: float) -> Pcm:
    """Return a tone that climbs: it fits onto itself at one place only."""
    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    wave = 12_000 * np.sin(2 * np.pi * (300 + 900 * at) * at)
    return Pcm(rate_hz=RATE_HZ, samples=wave.astype("<i2").tobytes())


def values(samples: bytes) -> np.ndarray:
    return np.frombuffer(samples[: len(samples) // 2 * 2], "<i2").astype(np.float64)


@pytest.mark.skipif(not installed(), reason="pulseaudio and pulseaudio-utils are not installed")
def test_what_is_played_is_what_was_rendered_without_a_gap_and_hushed_at_once(tmp_path: Path) -> None:
    sound = chirp(0.6)
    file = tmp_path / "chirp.wav"
    file.write_bytes(to_wav(sound))
    with sound_server(tmp_path) as environment:
        heard = tmp_path / "heard.raw"
        command = [sys.executable, str(SPEAKS), str(file)]
        with recording(environment, heard):
            told = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
        assert told.stdout.split("\n")[:3] == ["began one", "began two", "ended"]
        long = tmp_path / "long.wav"
        long.write_bytes(to_wav(chirp(20)))
        hushed = tmp_path / "hushed.raw"
        with recording(environment, hushed):
            subprocess.run([*command[:2], str(long), "400"], env=environment, timeout=60, check=True)
    played = values(heard.read_bytes())
    twice = values(sound.samples * 2)
    place = int(np.argmax(np.correlate(played, twice, "valid")))
    part = played[place : place + len(twice)]
    alike = float(np.dot(part, twice) / (np.linalg.norm(part) * np.linalg.norm(twice)))
    assert alike > 0.999, "both sentences, one right after the other, sample by sample"
    loud = np.flatnonzero(np.abs(values(hushed.read_bytes())) > 500)
    assert len(loud) / RATE_HZ < 10, "hushed long before its end"


class Device:
    """A loudspeaker that plays one format only."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._form = QAudioFormat()
        self._form.setSampleRate(rate_hz)
        self._form.setChannelCount(channels)
        self._form.setSampleFormat(QAudioFormat.SampleFormat.Float)

    def isNull(self) -> bool:  # noqa: N802  # Qt's name
        return False

    def preferredFormat(self) -> QAudioFormat:  # noqa: N802  # Qt's name
        return self._form

    def isFormatSupported(self, wanted: QAudioFormat) -> bool:  # noqa: N802  # Qt's name
        return (wanted.sampleRate(), wanted.channelCount()) == (self._form.sampleRate(), self._form.channelCount())


def test_a_loudspeaker_with_another_rate_gets_the_same_sound_at_its_own() -> None:
    sound = chirp(0.5)
    form = fitting(Device(48_000, 2), sound.rate_hz)  # type: ignore[arg-type]  # a device that is not there
    assert form is not None
    assert (form.sampleRate(), form.channelCount()) == (48_000, 2)
    made = array.array("h", fitted(sound, form))
    assert len(made) // 2 / 48_000 == pytest.approx(sound.duration_s, abs=0.001)
    assert made[::2] == made[1::2]
    same = QAudioFormat(form)
    same.setSampleRate(RATE_HZ)
    same.setChannelCount(1)
    assert fitted(sound, same) == sound.samples
    assert from_wav(to_wav(sound)) == sound


def test_without_a_loudspeaker_there_is_no_format() -> None:
    assert fitting(QAudioDevice(), 22_050) is None
