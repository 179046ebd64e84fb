"""What can go wrong with any simulated device, in one vocabulary, and the one place where its bytes are spoilt.

A device has one ``Faults``. It sends its answers through it, and says when a command, a frame … begins and ends::

    FAULTS = menu({"unreadable": "cannot read the chip"})               # what all devices have, and what this one has
    self.faults = Faults(FAULTS, units=("command", "byte"), plug=self.plug, unplug=self.unplug, changed=self._changed)

    await self.faults.begins("command")
    await self.faults.send(answer, write)                               # or: answer = await self.faults.spoil(answer)
    await self.faults.ends("command")

Bytes are spoilt here; what is no matter of bytes (paper, a chip that cannot be read, another version's identity) the
device does itself, by asking ``kind``. Counting lets a script strike at a moment: see ``drivers.simulated.script``.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import random
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Final

from drivers.simulated.api import UnknownAction
from drivers.simulated.clock import LOOP_CLOCK, Clock

NONE: Final = "none"
COMMON: Final = {
    NONE: "well again",
    "unplugged": "somebody pulls the cable",
    "mute": "takes what it is sent and says nothing",
    "slow": "answers late",
    "garbled": "answers with flipped bits",
    "half": "breaks off in the middle of every answer",
    "stuck": "gives its last answer again, whatever it is asked",
    "flapping": "comes and goes, like a plug that does not sit",
    "wrong-version": "says that it is another version than the one installed",
}
"""What any device may suffer from."""

_ARGUMENTS: Final = ("kind", "for_s", "seed", "late_s")
_BY_CHANCE: Final = ("garbled", "flapping")
_BYTES_PER_FLIP: Final = 64
_UP_S: Final = (0.2, 2.0)
_DOWN_S: Final = (0.1, 1.5)
_MOST_SEED: Final = 1_000_000


def menu(own: Mapping[str, str] | None = None, *, without: Collection[str] = ()) -> dict[str, str]:
    """Return the faults of a device and what each does: the common ones, but for those it cannot have, and its own."""
    return {kind: words for kind, words in {**COMMON, **(own or {})}.items() if kind not in without}


class Mark:
    """A moment that somebody waits for: ``reached`` is set when it has come, and the device waits for ``release``."""

    def __init__(self, unit: str, left: float, *, at_begin: bool) -> None:
        self.unit = unit
        self.left = left
        self.at_begin = at_begin
        self.reached = asyncio.Event()
        self.released = asyncio.Event()

    def release(self) -> None:
        """Let the device go on."""
        self.released.set()


class Faults:
    """What is wrong with one device now.

    All calls come from one event loop.

    Args:
        choices: The faults it can have; see ``menu``.
        units: What it counts: "command", "apdu", "byte", "line", "mm", "frame", "code".
        plug: Puts its cable in; may be called when it is in.
        unplug: Pulls its cable; may be called when it is out.
        changed: Called after something became wrong or well.
        late_s: How late a slow answer is, unless told otherwise.
        clock: What time it goes by.
    """

    def __init__(
        self,
        choices: Mapping[str, str],
        *,
        units: Collection[str] = (),
        plug: Callable[[], Awaitable[None]],
        unplug: Callable[[], Awaitable[None]],
        changed: Callable[[], None] = lambda: None,
        late_s: float = 10.0,
        clock: Clock = LOOP_CLOCK,
    ) -> None:
        self.choices = choices
        self.units = tuple(units)
        self.clock = clock
        self._plug = plug
        self._unplug = unplug
        self._changed = changed
        self._usual_late_s = late_s
        self._kind = NONE
        self._seed = 0
        self._for_s: float | None = None
        self._late_s = late_s
        self._random = _chances(0)
        self._last = b""
        self._marks: list[Mark] = []
        self._timer: asyncio.Task[None] | None = None
        self._flapping: asyncio.Task[None] | None = None
        self._hand = asyncio.Lock()

    @property
    def kind(self) -> str:
        """What is wrong now: one of ``choices``, "none" when nothing is. A pulled cable is no fault of this kind."""
        return self._kind

    @property
    def random(self) -> random.Random:
        """Where the present fault takes its chances from: the same seed brings the same ones."""
        return self._random

    def state(self) -> dict[str, str]:
        """Return what is wrong, with the seed it can be repeated by."""
        if self._kind == NONE:
            return {"fault": NONE}
        seed = {"fault_seed": str(self._seed)} if self._kind in _BY_CHANCE or self._seed else {}
        return {"fault": self._kind, **seed, **_present("fault_for_s", self._for_s)}

    async def order(self, arguments: Mapping[str, str]) -> None:
        """Have a fault from now on, as a hand asks for it.

        Args:
            arguments: ``kind``, one of ``choices``; ``for_s``, after which it is well again; ``seed``, a whole number
                or "any", 0 without; ``late_s``, how late a slow answer is.

        Raises:
            UnknownAction: something of it is not known; nothing happened.
        """
        if unknown := set(arguments) - set(_ARGUMENTS):
            raise UnknownAction(min(unknown), _ARGUMENTS)
        kind = arguments.get("kind", "")
        if kind not in self.choices:
            raise UnknownAction(kind, self.choices)
        seed = arguments.get("seed", "0")
        if seed == "any":
            number = secrets.randbelow(_MOST_SEED)
        elif seed.isascii() and seed.isdecimal() and len(seed) <= 18:
            number = int(seed)
        else:
            raise UnknownAction(seed, ("a whole number", "any"))
        for_s, late_s = seconds(arguments.get("for_s", "")), seconds(arguments.get("late_s", ""))
        await self.set(kind, seed=number, for_s=for_s, late_s=late_s)

    async def set(self, kind: str, *, seed: int = 0, for_s: float | None = None, late_s: float | None = None) -> None:
        """Have the fault ``kind`` from now on, in place of what was wrong before; see ``order``."""
        await self._calm()
        self._kind = NONE if kind == "unplugged" else kind
        self._seed, self._for_s = seed, for_s
        self._late_s = self._usual_late_s if late_s is None else late_s
        self._random = _chances(seed)
        if kind == "flapping":
            self._flapping = asyncio.create_task(self._flap(), name="flapping")
        if kind == "unplugged":
            await self._move(self._unplug)
        if for_s is not None and kind != NONE:
            self._timer = asyncio.create_task(self._until_well(kind, for_s), name="fault for a while")
        self._changed()

    async def stop(self) -> None:
        """Have no fault any more and nothing that runs: for a device that starts or stops."""
        await self._calm(plug=False)
        self._kind, self._for_s, self._last = NONE, None, b""
        for mark in self._marks:
            mark.release()
        self._marks.clear()

    async def spoil(self, answer: bytes) -> bytes:
        """Return what is sent in place of ``answer``, when it is time; nothing when nothing is sent."""
        kind = self._kind
        if kind == "slow":
            await self.clock.sleep(self._late_s)
        elif kind == "mute":
            return b""
        elif kind == "garbled":
            return flipped(answer, self._random)
        elif kind == "half":
            return answer[: len(answer) // 2]
        elif kind == "stuck" and self._last:
            return self._last
        if answer:
            self._last = answer
        return answer

    async def send(self, answer: bytes, write: Callable[[bytes], Awaitable[None]]) -> None:
        """Send ``answer``, or what becomes of it, with ``write``, in as many pieces as moments fall into it."""
        rest = await self.spoil(answer)
        while rest:
            piece, rest = self.cut(rest)
            await write(piece)
            await self.counts("byte", len(piece))

    def cut(self, data: bytes) -> tuple[bytes, bytes]:
        """Return ``data`` in two, parted at the next byte that something is planned for; count the first with it."""
        at = min((math.ceil(mark.left) for mark in self._waited_for("byte")), default=len(data))
        return data[: max(at, 1)], data[max(at, 1) :]

    async def begins(self, unit: str) -> None:
        """Say that a command, line, frame … begins; returns once what was planned for this moment is done."""
        for mark in self._waited_for(unit):
            if mark.at_begin:
                await self._pass(mark, 1)

    async def ends(self, unit: str) -> None:
        """Say that it is done with; returns once what was planned for this moment is done."""
        for mark in self._waited_for(unit):
            if not mark.at_begin:
                await self._pass(mark, 1)

    async def counts(self, unit: str, number: float = 1) -> None:
        """Say that ``number`` of something has passed that is measured, not begun and ended: bytes, millimetres, lines.

        The n-th line begins when n - 1 have passed; with bytes and millimetres "at" and "after" are the same.
        """
        for mark in self._waited_for(unit):
            await self._pass(mark, number)

    def mark(self, unit: str, number: float, *, at_begin: bool) -> Mark:
        """Return a mark at the ``number``-th of something from now on: when it begins, or when it has ended.

        Raises:
            UnknownAction: the device does not count this.
        """
        if unit not in self.units:
            raise UnknownAction(unit, (*self.units, "ms", "s"))
        mark = Mark(unit, number, at_begin=at_begin)
        self._marks.append(mark)
        return mark

    def forget(self, mark: Mark) -> None:
        """Take a mark away and let the device go on."""
        with contextlib.suppress(ValueError):
            self._marks.remove(mark)
        mark.release()

    def _waited_for(self, unit: str) -> list[Mark]:
        return [mark for mark in self._marks if mark.unit == unit and not mark.reached.is_set()]

    async def _pass(self, mark: Mark, number: float) -> None:
        mark.left -= number
        if mark.left > (mark.at_begin and mark.unit == "line"):
            return
        mark.reached.set()
        # Whatever is planned happens on another task: it may pull the very cable that the caller stands at.
        await mark.released.wait()

    async def _until_well(self, kind: str, for_s: float) -> None:
        await self.clock.sleep(for_s)
        self._timer = None
        if kind == "unplugged":
            await self._move(self._plug)
        await self.set(NONE)

    async def _flap(self) -> None:
        while True:
            await self.clock.sleep(self._random.uniform(*_UP_S))
            await asyncio.shield(self._move(self._unplug))
            await self.clock.sleep(self._random.uniform(*_DOWN_S))
            await asyncio.shield(self._move(self._plug))

    async def _move(self, hand: Callable[[], Awaitable[None]]) -> None:
        async with self._hand:
            await hand()
            self._changed()

    async def _calm(self, *, plug: bool = True) -> None:
        """End what runs; a device that flapped is left plugged in."""
        timer, self._timer = self._timer, None
        flapping, self._flapping = self._flapping, None
        for task in (timer, flapping):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        if flapping is not None and plug:
            await self._move(self._plug)


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Return ``data`` with one bit flipped in every 64 bytes or part of it."""
    spoilt = bytearray(data)
    for start in range(0, len(data), _BYTES_PER_FLIP):
        at = chance.randrange(start, min(start + _BYTES_PER_FLIP, len(data)))
        spoilt[at] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def seconds(text: str) -> float | None:
    """Return the seconds that ``text`` says; None for an empty one.

    Raises:
        UnknownAction: not a number of seconds, or more than a day.
    """
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 86400:
        raise UnknownAction(text, ("seconds, such as 1.5",))
    return value


def _chances(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - to be repeated, not to be unguessable


def _present(name: str, value: float | None) -> dict[str, str]:
    return {} if value is None else {name: f"{value:g}"}
