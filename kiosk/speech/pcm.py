"""Sound as samples: what voices make, clips hold and a loudspeaker plays."""

from __future__ import annotations

import array
import io
import sys
import wave
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_SAMPLE_BYTES: Final = 2
_QUIET: Final = 200
"""Of 32767: softer is silence between words; -44 dB, below what a room with people in it lets anybody hear."""
_MARGIN_S: Final = 0.02
"""Kept of a silence that is cut off, so that no consonant loses its beginning."""


class NoSound(ValueError):
    """These bytes are no sound of this kind; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pcm:
    """Signed 16-bit samples of one channel, in little-endian order whatever the machine."""

    rate_hz: int
    samples: bytes

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return len(self.samples) / (_SAMPLE_BYTES * self.rate_hz)

    def trimmed(self) -> Pcm:
        """Return it without the silence before and after; wholly silent sound becomes empty."""
        values = _values(self.samples)
        loud = (at for at, value in enumerate(values) if abs(value) > _QUIET)
        first = next(loud, None)
        if first is None:
            return Pcm(rate_hz=self.rate_hz, samples=b"")
        last = next(at for at in range(len(values) - 1, -1, -1) if abs(values[at]) > _QUIET)
        margin = round(_MARGIN_S * self.rate_hz)
        start, end = max(0, first - margin), min(len(values), last + 1 + margin)
        return Pcm(rate_hz=self.rate_hz, samples=self.samples[_SAMPLE_BYTES * start : _SAMPLE_BYTES * end])


def silence(duration_s: float, rate_hz: int) -> Pcm:
    """Return so much silence."""
    return Pcm(rate_hz=rate_hz, samples=bytes(_SAMPLE_BYTES * round(duration_s * rate_hz)))


def joined(parts: Iterable[Pcm]) -> Pcm:
    """Return ``parts`` one after the other, sample by sample.

    Raises:
        NoSound: there are none, or they have different rates.
    """
    every = list(parts)
    rates = {part.rate_hz for part in every}
    if len(rates) != 1:
        raise NoSound(f"sound of these rates cannot be joined: {sorted(rates)}")
    return Pcm(rate_hz=rates.pop(), samples=b"".join(part.samples for part in every))


def from_wav(data: bytes) -> Pcm:
    """Read a WAV file of one channel and 16 bits, also one whose header does not know its length (a pipe).

    Raises:
        NoSound: it is none.
    """
    try:
        with wave.open(io.BytesIO(data)) as file:
            if file.getnchannels() != 1 or file.getsampwidth() != _SAMPLE_BYTES:
                raise NoSound("a voice speaks in one channel of 16 bits")
            rate, frames = file.getframerate(), file.readframes(len(data) // _SAMPLE_BYTES)
    except (wave.Error, EOFError) as error:
        raise NoSound(f"this is no WAV file: {error}") from error
    if not 4_000 <= rate <= 192_000:
        raise NoSound(f"nobody speaks at {rate} samples a second")
    return Pcm(rate_hz=rate, samples=frames[: len(frames) // _SAMPLE_BYTES * _SAMPLE_BYTES])


def to_wav(sound: Pcm) -> bytes:
    """Return it as a WAV file."""
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(_SAMPLE_BYTES)
        file.setframerate(sound.rate_hz)
        file.writeframes(sound.samples)
    return data.getvalue()


def _values(samples: bytes) -> array.array[int]:
    values = array.array("h", samples)
    if sys.byteorder == "big":
        values.byteswap()
    return values
