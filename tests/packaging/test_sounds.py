"""The sounds are what the script that makes them says."""

from __future__ import annotations

import runpy
import wave
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_file_is_what_the_script_makes(tmp_path: Path) -> None:
    script = runpy.run_path(str(ROOT / "packaging" / "sounds"))
    script["write"](tmp_path / "again.wav", script["chime"](script["TAKE_CARD"], script["TAKE_CARD_S"]))
    assert (tmp_path / "again.wav").read_bytes() == (ROOT / "assets" / "sounds" / "take-card.wav").read_bytes()


def test_the_chime_is_gentle_and_ends_in_silence() -> None:
    with wave.open(str(ROOT / "assets" / "sounds" / "take-card.wav")) as sound:
        frames = memoryview(sound.readframes(sound.getnframes())).cast("h")
        assert (sound.getnchannels(), sound.getframerate()) == (1, 44_100)
    assert 0.4 * 32_767 < max(map(abs, frames)) <= 0.51 * 32_767
    assert abs(frames[0]) < 50
    assert abs(frames[-1]) < 50
