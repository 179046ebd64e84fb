"""Who waits for an order to be paid, in this process; and the stream they read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import msgspec

from kiosk.contract import FINAL, Payment, PaymentState

LOOK_S = 2.0
"""Another process may be the one that is told of the payment, and somebody stands and waits: looked at so often."""
QUIET_LOOKS = 4
"""A comment after so many looks without news."""


class Watchers:
    """Bells of orders."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self.closing = False

    def ring(self, order: str) -> None:
        """Wake those who wait for ``order``; on the event loop."""
        for event in self._waiting.get(order, ()):
            event.set()

    def close(self) -> None:
        """Wake everybody: the process ends, readers connect again elsewhere."""
        self.closing = True
        for order in list(self._waiting):
            self.ring(order)

    async def stream(self, order: str, look: Callable[[], Awaitable[Payment]]) -> AsyncIterator[bytes]:
        """Yield an order as it is, then as often as its state changes, then ``end`` when nothing more can come."""
        rung = asyncio.Event()
        self._waiting.setdefault(order, set()).add(rung)
        try:
            last: PaymentState | None = None
            quiet = 0
            while True:
                rung.clear()
                payment = await look()
                if payment.state is not last:
                    last, quiet = payment.state, 0
                    yield b"event: payment\ndata: " + msgspec.json.encode(payment) + b"\n\n"
                if payment.state is PaymentState.PAID or payment.state in FINAL:
                    yield b"event: end\ndata: {}\n\n"
                    return
                if self.closing:
                    return
                try:
                    async with asyncio.timeout(LOOK_S):
                        await rung.wait()
                except TimeoutError:
                    quiet += 1
                    if quiet >= QUIET_LOOKS:
                        quiet = 0
                        yield b": still here\n\n"
        finally:
            waiting = self._waiting.get(order, set())
            waiting.discard(rung)
            if not waiting:
                self._waiting.pop(order, None)
