"""A power supply behind a server of Network UPS Tools (upsd), on this machine or another."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Final, cast

from drivers.errors import DeviceAbsent, DeviceGarbled, DeviceGone, DeviceSilent
from drivers.links import TRAFFIC
from drivers.power.answers import condition, power_status, refusal, variable
from drivers.power.api import PowerStatus
from drivers.status import Condition, Identity

_log = logging.getLogger(__name__)

PORT: Final = 3493
"""IANA: nut."""
_ASK_EVERY_S: Final = 2.0
"""As often as drivers of NUT ask the supply itself (``pollinterval``); upsmon asks every 5 s. There is no push."""
_LONGEST_ANSWER: Final = 65_536
"""A supply has some 30 to 150 variables of about 40 bytes."""


class NutSupply:
    """Asks a ``upsd``; see ``PowerSupply``. It only reads: no login, no commands.

    Args:
        host: Where upsd listens.
        port: TCP port.
        name: Of the supply, as in upsd's ups.conf.
        ask_every_s: How often ``watch`` asks.
        answer_s: How long an answer, and connecting, may take.
    """

    def __init__(
        self,
        host: str,
        port: int = PORT,
        name: str = "ups",
        *,
        ask_every_s: float = _ASK_EVERY_S,
        answer_s: float = 3.0,
    ) -> None:
        self._host, self._port, self._name = host, port, name
        self._ask_every_s, self._answer_s = ask_every_s, answer_s
        self._place = f"{host}:{port}/{name}"
        self._identity = Identity(connection=f"NUT, {self._place}")
        self._line: _Line | None = None
        self._turn = asyncio.Lock()
        self._asking: set[asyncio.Task[PowerStatus]] = set()
        self._told: Condition | None = None

    @property
    def identity(self) -> Identity:
        """See ``Device``."""
        return self._identity

    async def open(self) -> PowerStatus:
        """See ``PowerSupply``."""
        if self._line is None:
            self._line = await self._connected()
            self._told = None
        try:
            status = await self.status()
        except BaseException:
            await self.close()
            raise
        self._identity = Identity(
            maker=status.maker,
            model=status.model,
            serial=status.serial,
            firmware=status.firmware,
            connection=f"NUT, {self._place}",
        )
        return status

    async def close(self) -> None:
        """See ``Device``."""
        line, self._line = self._line, None
        if line is not None:
            line.hang_up()
            await asyncio.gather(*self._asking, return_exceptions=True)

    async def status(self) -> PowerStatus:
        """See ``PowerSupply``."""
        line = self._opened()
        # The answer is awaited to its end even if the caller is not there any more: else the next would get it.
        asking = asyncio.create_task(self._ask(line))
        self._asking.add(asking)
        asking.add_done_callback(self._asked)
        return await asyncio.shield(asking)

    async def watch(self) -> Condition:
        """See ``Device``; the causes are those of ``PowerSupply``."""
        line = self._opened()
        while True:
            now = condition(await self.status())
            if now != self._told:
                self._told = now
                return now
            await line.hung_up_within(self._ask_every_s)

    async def appears(self) -> None:
        """See ``Device``: nothing tells that a server begins to listen, so this waits for ever."""
        await asyncio.get_running_loop().create_future()

    def _opened(self) -> _Line:
        if self._line is None:
            raise DeviceGone(f"{self._place} is not open")
        return self._line

    async def _connected(self) -> _Line:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._answer_s):
                _, line = await loop.create_connection(_Line, self._host, self._port)
        except TimeoutError as error:
            raise DeviceAbsent(f"{self._place} did not take the connection in time") from error
        except OSError as error:
            raise DeviceAbsent(f"{self._place}: {error}") from error
        return line

    async def _ask(self, line: _Line) -> PowerStatus:
        async with self._turn:
            try:
                async with asyncio.timeout(self._answer_s):
                    return power_status(await self._variables(line))
            except TimeoutError as error:
                line.hang_up()  # what comes too late must not be taken for the next answer
                raise DeviceSilent(f"{self._place} did not answer within {self._answer_s:g} s") from error
            except DeviceGarbled:
                line.hang_up()
                raise

    async def _variables(self, line: _Line) -> dict[str, str]:
        line.send(f"LIST VAR {self._name}\n".encode("ascii"))
        first = await line.next()
        error = refusal(first)
        if error is not None:
            raise error
        if first != f"BEGIN LIST VAR {self._name}".encode("ascii"):
            raise DeviceGarbled(f"a list begins with {len(first)} bytes that do not say so")
        end = f"END LIST VAR {self._name}".encode("ascii")
        found: dict[str, str] = {}
        while (answer := await line.next()) != end:
            name, value = variable(answer, self._name)
            found[name] = value
        return found

    def _asked(self, asking: asyncio.Task[PowerStatus]) -> None:
        self._asking.discard(asking)
        if not asking.cancelled():
            asking.exception()  # seen, also when its caller has left


class _Line(asyncio.Protocol):
    """One connection: lines out, lines in, and whether it still is one."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._kept = bytearray()
        self._left_bytes = _LONGEST_ANSWER
        self._stirred = asyncio.Event()
        self._gone = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        _log.log(TRAFFIC, "< %r", data)
        self._kept += data[: self._left_bytes]
        self._left_bytes -= min(len(data), self._left_bytes)
        if not self._left_bytes and self._transport is not None:
            self._transport.pause_reading()
        self._stirred.set()

    def connection_lost(self, error: Exception | None) -> None:
        """Called by the loop."""
        _log.log(TRAFFIC, "hung up: %s", error)
        self._gone.set()
        self._stirred.set()

    def send(self, line: bytes) -> None:
        """Ask; what came without having been asked for is dropped. Raises ``DeviceGone``."""
        if self._gone.is_set() or self._transport is None:
            raise DeviceGone("upsd hung up")
        self._kept.clear()
        self._left_bytes = _LONGEST_ANSWER
        self._transport.resume_reading()
        _log.log(TRAFFIC, "> %r", line)
        self._transport.write(line)

    async def next(self) -> bytes:
        """Return the next line, without its end. Raises ``DeviceGone``; ``DeviceGarbled``: it has no end."""
        while (end := self._kept.find(b"\n")) < 0:
            if self._gone.is_set():
                raise DeviceGone("upsd hung up in mid-answer")
            if not self._left_bytes:
                raise DeviceGarbled(f"an answer of more than {_LONGEST_ANSWER} bytes")
            self._stirred.clear()
            await self._stirred.wait()
        line = bytes(self._kept[:end])
        del self._kept[: end + 1]
        return line

    async def hung_up_within(self, limit_s: float) -> None:
        """Return when the other side hangs up, at the latest after ``limit_s``."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                await self._gone.wait()

    def hang_up(self) -> None:
        """Let go; whoever waits for a line gets ``DeviceGone``."""
        if self._transport is not None:
            self._transport.abort()
        self._gone.set()
        self._stirred.set()
