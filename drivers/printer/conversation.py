"""One connection to an ESC/POS printer: what is said, and what comes back, sorted by what it answers."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import Final, TypeVar

from drivers.errors import DeviceError, DeviceGarbled, DeviceGone, DeviceSilent
from drivers.printer.answers import Answer, AnswerReader, Automatic, Block, Garbage, InOrder, Presenter, Realtime
from drivers.printer.api import PrinterStatus
from drivers.printer.profiles import Automatic as Reports
from drivers.printer.profiles import Profile, Waiting
from drivers.printer.status import is_in_order, parse_automatic, parse_presenter, parse_status
from drivers.printer.wires import Wire
from drivers.status import Identity

_log = logging.getLogger(__name__)

_Kind = TypeVar("_Kind", Realtime, Presenter, Block, Automatic)

ASK_REALTIME: Final = b"\x10\x04"
ASK_PAPER_IN_ORDER: Final = b"\x1dr\x01"
REPORT_CHANGES: Final = b"\x1da\x0e"
"""GS a: online or not, errors, paper; the drawer, which no kiosk has, keeps quiet."""
_ASK_IDENTITY: Final = b"\x1dI"
_FIRMWARE, _MAKER, _MODEL, _SERIAL = 65, 66, 67, 68
_IDENTITY_HEAD: Final = ord("_")
_MOST_UNREAD: Final = 4096
_REPORT_S: Final = 0.5
"""How long a printer may take to send its first report: Epson's send it at once."""


class Conversation:
    """What passes over one connection.

    One caller at a time may ask; reports that come unasked are heard at any time.

    Args:
        wire: Not connected yet.
        profile: What the printer can do.
        answer_s: Time allowed for an answer.
        heard: Called with each status the printer reported by itself.
    """

    def __init__(
        self, wire: Wire, profile: Profile, *, answer_s: float, heard: Callable[[PrinterStatus], None]
    ) -> None:
        self.lost = asyncio.Event()
        """Set when the connection ended, whoever ended it."""
        self.reports = False
        """Whether the printer has reported by itself."""
        self._wire = wire
        self._profile = profile
        self._answer_s = answer_s
        self._heard = heard
        # A switch inside a printer may have it report whatever it is told. The six bytes of a presenter are not to be
        # mistaken for that.
        self._reader = AnswerReader(
            automatic=profile.automatic is not Reports.NO or profile.waiting is not Waiting.DLE_EOT_20,
            torn_bit=profile.waiting is Waiting.BIT_7,
        )
        self._unread: deque[Answer] = deque(maxlen=_MOST_UNREAD)
        self._news = asyncio.Event()
        self._why: DeviceError | None = None
        self._listener: asyncio.Task[None] | None = None
        self._line_free_at = 0.0

    @property
    def lag_s(self) -> float:
        """How long a slow line still takes for what was said: nothing is answered sooner."""
        return max(0.0, self._line_free_at - asyncio.get_running_loop().time())

    async def begin(self) -> Identity:
        """Connect; return what the wire knows. Raises what ``Wire.open`` does."""
        identity = await self._wire.open()
        self._listener = asyncio.create_task(self._listen(), name=f"printer {self._wire.place}")
        return identity

    async def end(self) -> None:
        """Hang up; whoever waits for an answer gets ``DeviceGone``. Safe at any time."""
        self._lose(DeviceGone(f"{self._wire.place} was closed"))
        await self._wire.close()
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.cancel()
            await asyncio.wait([listener])

    async def say(self, data: bytes, limit_s: float | None = None) -> None:
        """Send ``data``. Raises what ``Wire.write`` does."""
        if self._why is not None:
            raise self._ended()
        self._line_free_at = asyncio.get_running_loop().time() + self.lag_s + len(data) * self._wire.byte_s
        await self._wire.write(data, (self._answer_s if limit_s is None else limit_s) + self.lag_s)

    async def answer(self, limit_s: float) -> Answer:
        """Return the next answer.

        Raises:
            TimeoutError: none came in time.
            DeviceGone: the connection ended.
        """
        async with asyncio.timeout(limit_s):
            while not self._unread:
                if self._why is not None:
                    raise self._ended()
                self._news.clear()
                await self._news.wait()
        return self._unread.popleft()

    def take_in_order(self) -> int:
        """Return how many answers to GS r came and were not read; they count as read."""
        count = sum(isinstance(answer, InOrder) for answer in self._unread)
        self._unread = deque((each for each in self._unread if not isinstance(each, InOrder)), maxlen=_MOST_UNREAD)
        return count

    def forget(self) -> None:
        """Drop answers that nobody asked for: dots may have spelt a question."""
        self._unread.clear()

    async def status(self) -> PrinterStatus:
        """Ask all sensors.

        Answers of GS r that come meanwhile are kept.

        Raises:
            DeviceSilent, DeviceGarbled, DeviceGone: the connection is of no use any more.
        """
        kept = [answer for answer in self._unread if isinstance(answer, InOrder)]
        self._unread.clear()
        try:
            if self._profile.waiting is Waiting.DLE_EOT_20:
                return await self._full_status(kept)
            answers = b""
            for number in (1, 2, 3, 4):
                await self.say(ASK_REALTIME + bytes([number]))
                answers += bytes([(await self._solicited(Realtime, kept)).value])
            return parse_status(answers, torn_bit=self._profile.waiting is Waiting.BIT_7)
        except TimeoutError as error:
            raise DeviceSilent(f"{self._wire.place} did not answer DLE EOT in time") from error
        finally:
            self._unread.extendleft(reversed(kept))

    async def identify(self) -> Identity:
        """Ask who it is; what is not answered stays empty. Only for printers that know GS I."""
        told: dict[int, str] = {}
        for number in (_MAKER, _MODEL, _FIRMWARE, _SERIAL):
            await self.say(_ASK_IDENTITY + bytes([number]))
            try:
                block = await self._solicited(Block, [])
            except TimeoutError:
                _log.debug("%s does not answer GS I %d", self._wire.place, number)
                break
            told[number] = block.text if block.head == _IDENTITY_HEAD else ""
        return Identity(
            maker=told.get(_MAKER, ""),
            model=told.get(_MODEL, ""),
            firmware=told.get(_FIRMWARE, ""),
            serial=told.get(_SERIAL, ""),
        )

    async def ask_for_reports(self) -> bool:
        """Have the printer report changes; return whether it did so within half a second, as one that can does."""
        if self._profile.automatic is Reports.NO:
            return False
        await self.say(REPORT_CHANGES)
        try:
            await self._solicited(Automatic, [])
        except TimeoutError:
            return False
        except DeviceGarbled:
            return False
        return True

    async def tells_order(self) -> bool:
        """Return whether the printer answers GS r; many say nothing to it. Only for one that can print."""
        self._unread.clear()
        await self.say(ASK_PAPER_IN_ORDER)
        until = asyncio.get_running_loop().time() + self._answer_s + self.lag_s
        try:
            while not isinstance(await self.answer(max(0.0, until - asyncio.get_running_loop().time())), InOrder):
                continue
        except TimeoutError:
            return False
        return True

    async def wait_until_it_answers(self, limit_s: float) -> None:
        """Wait for a printer that may say nothing while paper moves, and forget what it was asked meanwhile.

        Raises:
            DeviceSilent: it said nothing within ``limit_s``.
            DeviceGone: it left.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + limit_s + self.lag_s
        asked = 0
        while True:
            await self.say(ASK_REALTIME + b"\x01")
            asked += 1
            try:
                await self._solicited(Realtime, [])
                break
            except TimeoutError as error:
                if loop.time() >= until:
                    raise DeviceSilent(f"{self._wire.place} fell silent") from error
        while asked > 1:
            # What was asked in vain may be answered late, and would be taken for the answer to what is asked next.
            try:
                await self.answer(_REPORT_S)
            except TimeoutError:
                return

    async def _full_status(self, kept: list[InOrder]) -> PrinterStatus:
        self._reader.expect_presenter()
        await self.say(ASK_REALTIME + b"\x14")
        return parse_presenter((await self._solicited(Presenter, kept)).answer)

    async def _solicited(self, kind: type[_Kind], kept: list[InOrder]) -> _Kind:
        limit_s = _REPORT_S if kind in (Automatic, Block) else self._answer_s
        loop = asyncio.get_running_loop()
        until = loop.time() + limit_s + self.lag_s
        while True:
            answer = await self.answer(max(0.0, until - loop.time()))
            if isinstance(answer, kind):
                return answer
            if isinstance(answer, InOrder):
                kept.append(answer)
            elif isinstance(answer, Garbage):
                raise DeviceGarbled(f"{self._wire.place} answered with {answer.value:02x}")

    async def _listen(self) -> None:
        try:
            while True:
                for answer in self._reader.feed(await self._wire.read()):
                    self._sort(answer)
                self._news.set()
        except DeviceError as error:
            self._lose(error)

    def _sort(self, answer: Answer) -> None:
        if isinstance(answer, Automatic):
            if not all(map(is_in_order, answer.frame[1:])):
                return
            self.reports = True
            self._heard(parse_automatic(answer.frame))
        self._unread.append(answer)

    def _ended(self) -> DeviceError:
        return DeviceGone(self._why.detail if self._why is not None else f"{self._wire.place} is not connected")

    def _lose(self, why: DeviceError) -> None:
        if self._why is None:
            self._why = why
        self.lost.set()
        self._news.set()
