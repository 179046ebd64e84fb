"""A driver made late is opened after the first page, and is the driver from then on."""

from __future__ import annotations

import asyncio
import threading

import pytest

from kiosk.devices.late import Late

LIMIT_S = 30.0


class Reader:
    def __init__(self, *, broken: bool = False) -> None:
        self.calls: list[str] = []
        self.broken = broken

    async def open(self) -> str:
        self.calls.append("open")
        if self.broken:
            raise ConnectionError("no cable")
        return "reader 1"

    async def read(self) -> str:
        return "a card"

    async def close(self) -> None:
        self.calls.append("close")


async def test_it_is_made_once_the_first_page_is_shown() -> None:
    shown, made = threading.Event(), []

    def make() -> Reader:
        made.append(Reader())
        return made[-1]

    late = Late(make, shown)
    await late.close()  # nothing to close yet
    opening = asyncio.create_task(late.open())
    done, _ = await asyncio.wait({opening}, timeout=0.05)
    assert not done
    assert made == []
    shown.set()
    assert await asyncio.wait_for(opening, LIMIT_S) == "reader 1"
    assert await late.read() == "a card"
    await late.close()
    assert await late.open() == "reader 1"
    assert [each.calls for each in made] == [["open", "close", "open"]]


async def test_what_the_driver_raises_is_raised() -> None:
    shown = threading.Event()
    shown.set()
    late = Late(lambda: Reader(broken=True), shown)
    with pytest.raises(ConnectionError, match="no cable"):
        await late.open()


def test_before_it_is_open_it_has_nothing() -> None:
    with pytest.raises(AttributeError, match="read: the driver has not been opened"):
        _ = Late(Reader, threading.Event()).read
