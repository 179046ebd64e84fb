"""What every smart-card reader must do, whatever library it speaks through: run on the one there is.

A class of tests for each implementation inherits ``CardReaderConformance`` and gives it a ``kit``: an open reader with
nothing in it, and a hand at its slot. What devices of every kind promise is held by ``tests/drivers/conformance``.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import pytest

from drivers.card.api import CardReader, Connection
from drivers.card.atr import parse_atr
from drivers.card.kinds import CardKind, look
from drivers.errors import DeviceGone, MediaRemoved, WrongMedia
from drivers.status import WELL

LIMIT_S: Final = 30.0
_SELECT_ROOT: Final = bytes.fromhex("00A4000C023F00")

_Result = TypeVar("_Result")


@dataclass(frozen=True, kw_only=True, slots=True)
class Kit:
    """A reader and the hand at its slot; by hand, at a real one, these ask somebody to."""

    reader: CardReader
    citizen: Callable[[], Awaitable[object]]
    """Puts in a social security card."""
    other: Callable[[], Awaitable[object]]
    """Puts in a card that is well and none of those that are known."""
    take: Callable[[], Awaitable[object]]
    """Takes out what is in."""
    number: str
    """社会保障号码 on the citizen's card."""


async def within(waiting: Awaitable[_Result]) -> _Result:
    """Return what ``waiting`` brings, within the limit of a test."""
    async with asyncio.timeout(LIMIT_S):
        return await waiting


class CardReaderConformance:
    """One set of tests for all readers."""

    async def test_a_call_waits_for_a_card_and_another_for_its_end(self, kit: Kit) -> None:
        reading = asyncio.create_task(kit.reader.read())
        assert (await asyncio.wait([reading], timeout=0.05))[1]
        await kit.citizen()
        assert (await within(reading)).number == kit.number
        removed = asyncio.create_task(kit.reader.removed())
        assert (await asyncio.wait([removed], timeout=0.05))[1]
        await kit.take()
        await within(removed)
        await within(kit.reader.removed())

    async def test_another_card_is_wrong_media_and_stays_usable(self, kit: Kit) -> None:
        await kit.other()
        for _ in range(2):
            with pytest.raises(WrongMedia):
                await within(kit.reader.read())
        assert (await within(kit.reader.run(look))).kind is CardKind.OTHER

    async def test_a_protocol_has_the_card_alone_and_its_errors_come_out(self, kit: Kit) -> None:
        class Odd(Exception):
            pass

        def odd(card: Connection) -> None:
            assert len(card.transmit(_SELECT_ROOT)) >= 2
            raise Odd

        await kit.citizen()
        for _ in range(2):
            with pytest.raises(Odd):
                await within(kit.reader.run(odd))
        assert (await within(kit.reader.run(look))).kind is CardKind.SOCIAL_SECURITY

    async def test_a_probe_waits_for_nobody_and_tells_of_the_card(self, kit: Kit) -> None:
        empty = await within(kit.reader.probe())
        assert (empty.atr, empty.protocol, empty.round_trips_ms) == (b"", "", ())
        await kit.citizen()
        card = await within(kit.reader.run(look))
        probe = await within(kit.reader.probe())
        parse_atr(probe.atr)
        assert (probe.atr, probe.protocol) == (card.atr, card.protocol)
        assert all(0 < each < LIMIT_S * 1000 for each in probe.round_trips_ms)
        assert probe.round_trips_ms

    async def test_a_call_that_is_given_up_leaves_nothing_for_the_next(self, kit: Kit) -> None:
        calls: tuple[Callable[[], Awaitable[Any]], ...] = (kit.reader.read, lambda: kit.reader.run(look))
        for call in calls:
            for turns in (0, 1, 5):
                given_up = asyncio.ensure_future(call())
                for _ in range(turns):
                    await asyncio.sleep(0)
                given_up.cancel()
                await asyncio.wait([given_up], timeout=LIMIT_S)
                assert given_up.cancelled()
        await kit.citizen()
        assert (await within(kit.reader.read())).number == kit.number

    async def test_a_card_pulled_in_the_middle_is_told_and_the_next_is_read(self, kit: Kit) -> None:
        loop = asyncio.get_running_loop()
        pulled = threading.Event()

        def pull(card: Connection) -> None:
            taking = asyncio.run_coroutine_threadsafe(_awaited(kit.take()), loop)
            taking.result(LIMIT_S)
            pulled.set()
            card.transmit(_SELECT_ROOT)

        await kit.citizen()
        with pytest.raises(MediaRemoved):
            await within(kit.reader.run(pull))
        assert pulled.is_set()
        await kit.citizen()
        assert (await within(kit.reader.read())).number == kit.number

    async def test_watching_disturbs_nobody_and_closing_ends_it_all(self, kit: Kit) -> None:
        assert await within(kit.reader.watch()) == WELL
        waiting = [asyncio.create_task(each) for each in (kit.reader.watch(), kit.reader.removed())]
        await kit.citizen()
        assert (await within(kit.reader.read())).number == kit.number
        assert not waiting[0].done()
        await kit.reader.close()
        await within(asyncio.wait(waiting))
        for each in (*waiting, asyncio.ensure_future(kit.reader.read())):
            error = (await within(asyncio.gather(each, return_exceptions=True)))[0]
            assert error is None or isinstance(error, DeviceGone)


async def _awaited(waiting: Awaitable[object]) -> object:
    return await waiting
