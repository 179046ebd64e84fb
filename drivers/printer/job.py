"""Sends one slip piece by piece, no faster than the printer works it off, and knows how far that came."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

from drivers.errors import DeviceSilent
from drivers.printer.answers import Automatic, InOrder, Realtime
from drivers.printer.commands import Piece
from drivers.printer.conversation import ASK_PAPER_IN_ORDER, ASK_REALTIME, Conversation
from drivers.printer.status import PrinterBits, parse_automatic, trouble

_AHEAD: Final = 3
"""Pieces a printer may hold that it has not worked off. What a stopped printer holds comes out once there is paper
again, unless it can be told to forget it: little may stand there."""

_STOPPED_OR_SLOW_S: Final = 0.5
"""Silence after which a printer that should be printing is asked whether it still does."""


class Stopped(Exception):
    """The printer stands still; ``code`` says why, or is empty when it does not say."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Job:
    """One slip on its way.

    Args:
        talk: The connection; nobody else asks meanwhile.
        in_order: The printer knows GS r. Without it nothing is known of what is worked off.
        answer_s: Time allowed for an answer to a question in real time.
        print_s: Time allowed for the paper to stand still.
    """

    def __init__(self, talk: Conversation, *, in_order: bool, answer_s: float, print_s: float) -> None:
        self.dots = 0
        """Rows worked off; without GS r, rows sent."""
        self._talk = talk
        self._in_order = in_order
        self._answer_s = answer_s
        self._print_s = print_s
        self._held: deque[int] = deque()

    async def send(self, piece: Piece) -> None:
        """Send a piece, once there is room for it.

        Raises:
            Stopped: the printer stands still; the piece was not sent.
            DeviceGone, DeviceSilent: see ``Wire.write``.
        """
        while len(self._held) >= _AHEAD:
            await self._one_worked_off()
        data = piece.data + ASK_PAPER_IN_ORDER if self._in_order else piece.data
        await self._talk.say(data, self._print_s)
        if self._in_order:
            self._held.append(piece.dots)
        else:
            self.dots += piece.dots

    async def finish(self) -> None:
        """Wait until all is worked off. Raises what ``send`` does."""
        while self._held:
            await self._one_worked_off()

    def settle(self) -> int:
        """Count what was worked off and not yet counted; return ``dots``."""
        for _ in range(min(self._talk.take_in_order(), len(self._held))):
            self.dots += self._held.popleft()
        return self.dots

    async def _one_worked_off(self) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._print_s + self._talk.lag_s
        silent_at: float | None = None
        while (left := until - loop.time()) > 0:
            try:
                answer = await self._talk.answer(min(_STOPPED_OR_SLOW_S, left))
            except TimeoutError:
                # A stopped printer still answers in real time. All that dots which happen to spell DLE EOT made it say
                # unasked has come before this silence, so from here on an answer has its question.
                if silent_at is None:
                    await self._talk.say(ASK_REALTIME + b"\x01")
                    silent_at = loop.time() + self._talk.lag_s + self._answer_s
                elif loop.time() >= silent_at:
                    raise DeviceSilent("the printer fell silent in mid-slip") from None
                continue
            match answer:
                case InOrder():
                    self.dots += self._held.popleft()
                    return
                case Automatic(frame=frame):
                    if code := trouble(parse_automatic(frame)):
                        raise Stopped(code)
                case Realtime(value=value) if silent_at is not None:
                    silent_at = None
                    if value & PrinterBits.OFFLINE and (code := trouble(await self._talk.status())):
                        raise Stopped(code)
                case _:
                    continue
        raise Stopped("")
