"""The loudspeaker: beeps, heard by the terminal's microphone or counted by whoever stands there."""

from __future__ import annotations

import array
import asyncio
import math
import secrets
import sys
from typing import Final

from kiosk.diagnostics.bench import Question, Recording, Say, Workbench
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.running import Check, Found

TONE_HZ: Final = 1000.0
_FEWEST, _MOST = 2, 6
_LISTEN_S: Final = 1.5
_QUIET: Final = 1e-6


async def tone(bench: Workbench, say: Say) -> Found:
    """Play a random number of beeps; believe the microphone, or the number that somebody counted."""
    if bench.sound is None or bench.technician is None:
        raise RuntimeError("a test of the sound was run without it")
    say(0.1, "sound.listen")
    before = await bench.sound.listen(_LISTEN_S)
    count = _FEWEST + secrets.randbelow(_MOST - _FEWEST + 1)
    say(0.4, "sound.listen")
    if before is not None:
        during, _ = await asyncio.gather(bench.sound.listen(_LISTEN_S), bench.sound.beep(count, TONE_HZ))
        if during is not None:
            gained = 10 * math.log10((power(during, TONE_HZ) + _QUIET) / (power(before, TONE_HZ) + _QUIET))
            return Found(measures=(measured("sound.level", gained),))
    else:
        await bench.sound.beep(count, TONE_HZ)
    answer = await bench.technician.answer(Question(say="sound.how-many"))
    heard = int(answer) if answer.isascii() and answer.isdecimal() else 0
    return Found(measures=(measured("sound.wrong", abs(heard - count)),))


def power(heard: Recording, hertz: float) -> float:
    """Return how strong a tone is in a recording: 1 for one of full scale throughout.

    Source: G. Goertzel, An algorithm for the evaluation of finite trigonometric series, 1958.
    """
    samples = array.array("h", heard.samples[: len(heard.samples) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    if not samples:
        return 0.0
    turn = 2 * math.cos(2 * math.pi * hertz / heard.rate)
    before = last = 0.0
    for sample in samples:
        before, last = last, sample / 32768 + turn * last - before
    return 4 * (last * last + before * before - turn * last * before) / len(samples) ** 2


CHECKS: Final[dict[str, Check]] = {"sound.tone": tone}
