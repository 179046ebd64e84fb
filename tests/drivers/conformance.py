"""What every driver of every kind promises (``drivers.status.Device``), held against one with its far side at hand.

A test of a kind gives a ``Stand`` and calls ``conforms``, or one of the steps; what is special about a kind stands in
the conformance of that kind beside it. It is written so that a driver at a real device can be put through it by hand:
then ``plug`` and ``unplug`` ask somebody to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import pytest

from drivers.errors import DeviceAbsent, DeviceError
from drivers.status import WELL, Device

LIMIT_S: Final = 30.0
STEPS: Final = (0, 1, 2, 5, 13, 34)
"""Turns of the loop after which something is cut off: at different moments inside a call."""

_Result = TypeVar("_Result")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """A driver and the hand at its far side."""

    device: Device
    """Not opened; its far side is there and well."""
    plug: Callable[[], Awaitable[object]]
    unplug: Callable[[], Awaitable[object]]
    use: Callable[[], Awaitable[object]]
    """Whatever the kind is for, to be done while it is open; ends by itself. Shows that it is usable."""
    tells_return: bool = True
    """Its wire tells that it is back; otherwise ``appears`` waits for ever."""


async def within(waiting: Awaitable[_Result]) -> _Result:
    """Return what ``waiting`` brings, within the limit of a test."""
    async with asyncio.timeout(LIMIT_S):
        return await waiting


async def conforms(stand: Stand) -> None:
    """Put a driver through all of it. Raises ``AssertionError``: it breaks a promise."""
    for step in (
        tells_who_it_is,
        opens_twice_and_closes_at_any_time,
        watches_at_once_and_beside_use,
        survives_cancelled_calls,
        survives_closing_in_mid_call,
        tells_of_a_loss_and_comes_back,
    ):
        await within(step(stand))
        await within(stand.device.close())


async def tells_who_it_is(stand: Stand) -> None:
    """Its identity can be asked before and after opening, and after closing it is no error either."""
    before = stand.device.identity
    assert before == stand.device.identity
    await stand.device.open()
    opened = stand.device.identity
    assert opened.connection, "where it is connected is known once it is open"
    await stand.device.close()
    assert stand.device.identity.connection


async def opens_twice_and_closes_at_any_time(stand: Stand) -> None:
    """Open when open, closed when closed, again and again."""
    await stand.device.close()
    for _ in range(2):
        await stand.device.open()
        await stand.device.open()
        await stand.use()
        await stand.device.close()
        await stand.device.close()


async def watches_at_once_and_beside_use(stand: Stand) -> None:
    """The first watch after each opening returns at once, the second waits and disturbs nobody."""
    for _ in range(2):
        await stand.device.open()
        assert await stand.device.watch() == WELL
        watching = asyncio.ensure_future(stand.device.watch())
        await stand.use()
        assert not watching.done()
        await _cancelled(watching)
        await stand.use()
        await stand.device.close()


async def survives_cancelled_calls(stand: Stand) -> None:
    """Cut off after any number of turns, each call leaves it usable, and opening leaves nothing behind."""
    for steps in STEPS:
        await _cut_off(stand.device.open(), steps)
        await stand.device.open()
        for call in (stand.use, stand.device.watch):
            await _cut_off(call(), steps)
        await stand.use()
        await stand.device.close()


async def survives_closing_in_mid_call(stand: Stand) -> None:
    """Whoever uses or watches it while it is closed gets an answer or an error of the tree, soon."""
    for steps in STEPS:
        await stand.device.open()
        await stand.device.watch()
        calls = [asyncio.ensure_future(each) for each in (stand.use(), stand.device.watch())]
        await _turns(steps)
        await stand.device.close()
        await asyncio.wait(calls)
        _only_of_the_tree(calls)


async def tells_of_a_loss_and_comes_back(stand: Stand) -> None:
    """A pulled cable is told to who uses it and to who watches; nothing is there to open; it comes back."""
    for steps in STEPS:
        await stand.device.open()
        await stand.device.watch()
        using, watching = (asyncio.ensure_future(each) for each in (stand.use(), stand.device.watch()))
        await _turns(steps)
        await stand.unplug()
        await asyncio.wait([using, watching])
        _only_of_the_tree([using, watching])
        assert watching.exception() is not None, "a watch tells of the loss"
        await stand.device.close()
        with pytest.raises(DeviceAbsent):
            await stand.device.open()
        appearing = asyncio.ensure_future(stand.device.appears())
        await _turns(5)
        assert not appearing.done()
        await stand.plug()
        if stand.tells_return:
            await appearing
            await stand.device.appears()
        else:
            await _cancelled(appearing)
        await stand.device.open()
        await stand.use()
        await stand.device.close()


async def _turns(steps: int) -> None:
    for _ in range(steps):
        await asyncio.sleep(0)


async def _cut_off(call: Awaitable[Any], steps: int) -> None:
    task = asyncio.ensure_future(call)
    await _turns(steps)
    await _cancelled(task)


async def _cancelled(task: asyncio.Future[Any]) -> None:
    task.cancel()
    await asyncio.wait([task])
    _only_of_the_tree([task])


def _only_of_the_tree(tasks: Sequence[asyncio.Future[Any]]) -> None:
    for task in tasks:
        error = None if task.cancelled() else task.exception()
        assert error is None or isinstance(error, DeviceError), repr(error)
