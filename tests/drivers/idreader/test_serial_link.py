"""What ``SerialLink`` promises, over a pseudo-terminal."""

from __future__ import annotations

import asyncio
import os
import tty
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.errors import DeviceAbsent, DeviceGone, DeviceRefused, DeviceSilent
from drivers.links import TRAFFIC, SerialLink

LIMIT_S = 20.0


class Far:
    """The far side of the line."""

    def __init__(self) -> None:
        self.fd, self._near = os.openpty()
        tty.setraw(self._near)
        self.port = os.ttyname(self._near)
        self._open = True

    def hang_up(self) -> None:
        if self._open:
            self._open = False
            os.close(self.fd)
            os.close(self._near)


@pytest.fixture
def far() -> Iterator[Far]:
    far = Far()
    yield far
    far.hang_up()


@pytest.fixture
async def link(far: Far) -> AsyncIterator[SerialLink]:
    link = SerialLink(far.port, 115200)
    await link.open()
    yield link
    await link.close()


async def test_bytes_pass_both_ways(far: Far, link: SerialLink) -> None:
    await link.write(b"to the far side")
    assert os.read(far.fd, 100) == b"to the far side"
    os.write(far.fd, b"\x00\x11\x13\xffback")  # XON and XOFF among them: no flow control eats them
    assert await link.read(LIMIT_S) == b"\x00\x11\x13\xffback"


async def test_silence_ends_at_the_limit_and_the_line_stays_open(far: Far, link: SerialLink) -> None:
    with pytest.raises(DeviceSilent):
        await link.read(0.02)
    os.write(far.fd, b"late")
    assert await link.read(LIMIT_S) == b"late"


async def test_a_cancelled_read_loses_no_byte(far: Far, link: SerialLink) -> None:
    for _ in range(3):
        reading = asyncio.create_task(link.read(None))
        await asyncio.sleep(0)
        reading.cancel()
        os.write(far.fd, b"x")
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert await link.read(LIMIT_S) == b"x"


async def test_a_write_nobody_takes_ends_at_the_limit(link: SerialLink) -> None:
    with pytest.raises(DeviceSilent):
        await link.write(bytes(1_000_000), limit_s=0.05)


@pytest.mark.parametrize("waiting", [True, False])
async def test_a_hang_up_is_gone_for_every_call_and_never_a_hang(far: Far, link: SerialLink, *, waiting: bool) -> None:
    reading = asyncio.create_task(link.read(None))
    if waiting:
        await asyncio.sleep(0)
    far.hang_up()
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(DeviceGone):
            await reading
    assert not link.is_open
    with pytest.raises(DeviceGone):
        await link.write(b"x")
    with pytest.raises(DeviceGone):
        link.discard()


async def test_close_wakes_who_waits_and_the_port_opens_again(far: Far, link: SerialLink) -> None:
    reading = asyncio.create_task(link.read(None))
    await asyncio.sleep(0)
    await link.close()
    with pytest.raises(DeviceGone):
        await reading
    await link.open()
    os.write(far.fd, b"again")
    assert await link.read(LIMIT_S) == b"again"


async def test_what_came_before_is_discarded(far: Far, link: SerialLink) -> None:
    os.write(far.fd, b"stale")
    assert link.discard() == 5
    assert link.discard() == 0


async def test_an_open_given_up_leaves_the_port_free(far: Far) -> None:
    for steps in range(6):
        link = SerialLink(far.port, 115200)
        opening = asyncio.create_task(link.open())
        for _ in range(steps):
            await asyncio.sleep(0)
        opening.cancel()
        await asyncio.wait([opening])
        await link.open()
        await link.close()


@pytest.mark.parametrize(
    ("port", "error"), [("nothing-here", DeviceAbsent), ("", DeviceRefused), ("plain-file", DeviceRefused)]
)
async def test_why_a_port_does_not_open_is_told(tmp_path: Path, port: str, error: type[Exception]) -> None:
    (tmp_path / "plain-file").touch()
    with pytest.raises(error, match="test_why"):
        await SerialLink(str(tmp_path / port), 9600).open()


async def test_a_port_is_nobody_elses(far: Far, link: SerialLink) -> None:
    with pytest.raises(DeviceRefused, match="in use"):
        await SerialLink(far.port, 9600).open()


@pytest.mark.parametrize("personal", [True, False])
async def test_traffic_is_logged_when_asked_for_and_personal_bytes_never(
    far: Far, caplog: pytest.LogCaptureFixture, *, personal: bool
) -> None:
    link = SerialLink(far.port, 115200, personal=personal)
    await link.open()
    with caplog.at_level(TRAFFIC, "drivers.links"):
        await link.write(b"\xab\xcd")
        os.write(far.fd, b"\xbe\xef")
        await link.read(LIMIT_S)
    await link.close()
    assert "ab cd" in caplog.text
    assert ("be ef" in caplog.text) is not personal


async def test_a_watch_sees_the_hang_up_while_nobody_reads(far: Far, link: SerialLink) -> None:
    watching = asyncio.create_task(link.watch())
    await asyncio.sleep(0)
    far.hang_up()
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(DeviceGone):
            await watching
    assert not link.is_open


async def test_a_watch_takes_no_byte_from_who_reads_beside_it(far: Far, link: SerialLink) -> None:
    watches = [asyncio.create_task(link.watch()) for _ in range(2)]
    for _ in range(50):
        reading = asyncio.create_task(link.read(LIMIT_S))
        await asyncio.sleep(0)
        os.write(far.fd, b"x")
        assert await reading == b"x"
    os.write(far.fd, b"left lying")
    reading = asyncio.create_task(link.read(None))
    assert await reading == b"left lying"
    reading = asyncio.create_task(link.read(None))
    await asyncio.sleep(0)
    far.hang_up()
    async with asyncio.timeout(LIMIT_S):
        results = await asyncio.gather(reading, *watches, return_exceptions=True)
    assert [type(result) for result in results] == [DeviceGone] * 3


async def test_bytes_left_lying_do_not_keep_a_watch_busy(
    far: Far, link: SerialLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching = asyncio.create_task(link.watch())
    await asyncio.sleep(0)
    waits: list[int] = []
    loop = asyncio.get_running_loop()
    add = loop.add_reader

    def counted(fd: int, *rest: Any) -> None:
        waits.append(fd)
        add(fd, *rest)

    monkeypatch.setattr(loop, "add_reader", counted)
    os.write(far.fd, b"nobody reads this")
    for _ in range(200):
        await asyncio.sleep(0)
    assert len(waits) <= 2
    assert link.discard() == len(b"nobody reads this")
    watching.cancel()
    await asyncio.wait([watching])


async def test_close_wakes_a_watch_and_so_does_opening_again_at_once(link: SerialLink) -> None:
    watching = asyncio.create_task(link.watch())
    await asyncio.sleep(0)
    await link.close()
    await link.open()
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(DeviceGone):
            await watching
    assert link.is_open


async def test_a_watch_on_a_port_that_is_not_open_is_gone(link: SerialLink) -> None:
    await link.close()
    with pytest.raises(DeviceGone):
        await link.watch()


async def test_a_watch_given_up_leaves_nothing_behind(far: Far, link: SerialLink) -> None:
    before = os.listdir("/proc/self/fd")  # noqa: PTH208 - as names, to be compared
    for _ in range(3):
        watching = asyncio.create_task(link.watch())
        await asyncio.sleep(0)
        watching.cancel()
        await asyncio.wait([watching])
    assert os.listdir("/proc/self/fd") == before  # noqa: PTH208 - as above
    os.write(far.fd, b"still open")
    assert await link.read(LIMIT_S) == b"still open"
