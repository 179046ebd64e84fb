"""What a target is: a parser, the only errors it may end in, and bytes to begin from."""

from __future__ import annotations

import contextlib
import random
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ONCE_BROKE: Final = Path(__file__).parent / "corpus"
"""A folder for each target: inputs that were findings once and must never be again."""


class Finding(Exception):
    """An input took too long or too much."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """One parser."""

    name: str
    parse: Callable[[bytes], object]
    """Takes bytes as they come from outside, or cuts its own choices off their front. Asserts what must always hold."""
    allowed: tuple[type[Exception], ...] = ()
    """The only exceptions it may end in."""
    seeds: Callable[[], Iterable[bytes]]
    """Inputs made by our own encoders; the people in them are fictitious."""
    longest_bytes: int = 4096
    longest_s: float = 2.0
    """Processor time that one input may take."""
    most_mb: int = 64
    """Memory that one input may take beyond the most that was taken before."""

    def run(self, data: bytes) -> float:
        """Parse ``data`` and return the seconds of processor time that it took.

        Raises:
            Exception: any that is not allowed: a finding.
            Finding: it took too long or too much memory.
        """
        had_kb, begun_s = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        with contextlib.suppress(*self.allowed):
            self.parse(data)
        took_s = time.process_time() - begun_s
        more_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - had_kb) / 1024
        if took_s > self.longest_s:
            raise Finding(f"{took_s:.1f} s for {len(data)} bytes, allowed are {self.longest_s:g}")
        if more_mb > self.most_mb:
            raise Finding(f"{more_mb:.0f} MB for {len(data)} bytes, allowed are {self.most_mb}")
        return took_s

    def beginnings(self) -> list[bytes]:
        """Return the seeds and what once broke it."""
        return [*self.seeds(), *(file.read_bytes() for file in sorted(ONCE_BROKE.glob(f"{self.name}/*")))]


def pieces(data: bytes) -> Iterator[bytes]:
    """Cut ``data`` into pieces, each behind a byte that tells its length: what comes in several reads or answers."""
    at = 0
    while at < len(data):
        end = at + 1 + data[at]
        yield data[at + 1 : end]
        at = end


def joined(*parts: bytes) -> bytes:
    """Return what ``pieces`` cuts into ``parts``; longer ones come in several."""
    cut = [part[at : at + 255] for part in parts for at in range(0, max(1, len(part)), 255)]
    return b"".join(bytes([len(part)]) + part for part in cut)


def mutations(seed: bytes, chance: random.Random, count: int) -> Iterator[bytes]:
    """Yield ``seed`` with bits flipped, bytes put in, cut out and repeated."""
    for _ in range(count):
        data = bytearray(seed)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data) + 1)
            match chance.randrange(4):
                case 0 if at < len(data):
                    data[at] ^= 1 << chance.randrange(8)
                case 1:
                    data[at:at] = chance.randbytes(chance.randint(1, 4))
                case 2:
                    del data[at : at + chance.randint(1, 16)]
                case _:
                    data[at:at] = data[at : at + chance.randint(1, 64)]
        yield bytes(data)
