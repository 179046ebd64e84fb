"""Loudspeaker and microphone for a command line: through ``aplay`` and ``arecord`` of alsa-utils, where they are."""

from __future__ import annotations

import array
import asyncio
import contextlib
import math
import shutil
import sys
from typing import Final

from drivers.errors import DeviceAbsent
from kiosk.diagnostics.bench import Recording

RATE: Final = 16_000
_BEEP_S: Final = 0.2
_LOUD: Final = 0.5
_RAMP_S: Final = 0.01
"""At both ends of a beep, so that it does not click."""
_RAW: Final = ("-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(RATE))


class Alsa:
    """Plays and records by the programs of alsa-utils.

    Args:
        player: Path of ``aplay``.
        recorder: Path of ``arecord``; None: there is none.
    """

    def __init__(self, player: str, recorder: str | None) -> None:
        self._player = player
        self._recorder = recorder

    async def beep(self, count: int, hertz: float) -> None:
        """See ``SoundBench.beep``."""
        process = await asyncio.create_subprocess_exec(
            self._player, *_RAW, stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            await process.communicate(beeps(count, hertz))
        finally:
            await _ended(process)
        if process.returncode:
            raise DeviceAbsent("aplay found nothing to play on")

    async def listen(self, seconds: float) -> Recording | None:
        """See ``SoundBench.listen``."""
        if self._recorder is None:
            return None
        wanted = int(seconds * RATE)
        process = await asyncio.create_subprocess_exec(
            self._recorder,
            *_RAW,
            "-s",
            str(wanted),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            heard, _ = await process.communicate()
        finally:
            await _ended(process)
        return Recording(rate=RATE, samples=heard) if len(heard) >= wanted else None


def command_line() -> Alsa | None:
    """Return what plays here; None: nothing does."""
    player = shutil.which("aplay")
    return None if player is None else Alsa(player, shutil.which("arecord"))


def beeps(count: int, hertz: float) -> bytes:
    """Return beeps as 16-bit samples, each followed by as much silence."""
    length, ramp = int(_BEEP_S * RATE), int(_RAMP_S * RATE)
    one = array.array(
        "h",
        (
            int(32767 * _LOUD * min(1.0, at / ramp, (length - at) / ramp) * math.sin(2 * math.pi * hertz * at / RATE))
            for at in range(length)
        ),
    )
    if sys.byteorder == "big":
        one.byteswap()
    return (one.tobytes() + bytes(2 * length)) * count


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
