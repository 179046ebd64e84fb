from __future__ import annotations

import asyncio
import errno
import os
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import evdev
import pytest
import pytest_asyncio
from evdev import ecodes
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.errors import DeviceAbsent, DeviceGone, DeviceRefused, MediaUnreadable
from drivers.scanner.framing import Suffix
from drivers.scanner.keys import Keys
from drivers.scanner.wedge import WedgeScanner
from drivers.simulated.scanner_wedge import PipeKeyboard, SimulatedWedge
from drivers.status import WELL

EVENT = struct.Struct("@llHHi")


@pytest_asyncio.fixture
async def window(tmp_path: Path) -> AsyncIterator[SimulatedWedge]:
    wedge = SimulatedWedge(tmp_path / "event7", pace=0)
    await wedge.start()
    yield wedge
    await wedge.stop()


@pytest_asyncio.fixture
async def driver(window: SimulatedWedge, tmp_path: Path) -> AsyncIterator[WedgeScanner]:
    scanner = WedgeScanner(str(tmp_path / "event7"), opening=PipeKeyboard)
    await scanner.open()
    yield scanner
    await scanner.close()


async def scanned(driver: WedgeScanner, window: SimulatedWedge, text: str) -> str:
    scanning = asyncio.create_task(driver.scan())
    await asyncio.sleep(0)
    await window.do("show", {"text": text})
    async with asyncio.timeout(10):
        return (await scanning).text


async def test_what_is_typed_is_read_and_enter_ends_it(driver: WedgeScanner, window: SimulatedWedge) -> None:
    for text in ("https://Example.gov.test/yjs/1?a=B&c=~d", "GA5848660720", "6908757168223"):
        assert await scanned(driver, window, text) == text
    assert driver.identity.model == "Simulated scanner"
    assert driver.identity.serial == "SIM0001"
    assert "ffff:0001" in driver.identity.connection


@pytest.mark.parametrize("suffix", ["cr", "tab", "gap"])
@pytest.mark.parametrize("caps", [False, True])
async def test_every_printable_character_with_every_suffix_and_caps_lock(
    tmp_path: Path, suffix: str, caps: bool
) -> None:
    window = SimulatedWedge(tmp_path / "event7", suffix=suffix, caps=caps, pace=0)
    await window.start()
    driver = WedgeScanner(str(tmp_path / "event7"), Suffix.GAP if suffix == "gap" else Suffix.CR, opening=PipeKeyboard)
    await driver.open()
    printable = "".join(map(chr, range(0x20, 0x7F)))
    assert await scanned(driver, window, printable) == printable
    await driver.close()
    await window.stop()


async def test_chinese_typed_with_alt_and_control_characters_come_through(
    driver: WedgeScanner, window: SimulatedWedge
) -> None:
    assert await scanned(driver, window, "办件编号：示例") == "办件编号：示例"
    assert await scanned(driver, window, "01\x1d21") == "01\x1d21"


@pytest.mark.parametrize(("fault", "text"), [("other-layout", "<html>"), ("dropped", "GA1"), ("endless", "x" * 7090)])
async def test_what_is_no_whole_code_is_unreadable_and_the_next_one_is_well(
    driver: WedgeScanner, window: SimulatedWedge, fault: str, text: str
) -> None:
    await window.do("fault", {"kind": fault})
    if fault == "endless":
        await window.do("show", {"text": text})
        await window.do("fault", {"kind": "none"})
        text = "x"
    with pytest.raises(MediaUnreadable):
        await scanned(driver, window, text)
    await window.do("fault", {"kind": "none"})
    assert await scanned(driver, window, "GA2") == "GA2"


async def test_two_codes_in_quick_succession_are_both_told(driver: WedgeScanner, window: SimulatedWedge) -> None:
    assert await scanned(driver, window, "FRONT") == "FRONT"
    await window.do("show", {"text": "BACK"})
    async with asyncio.timeout(20):
        assert (await driver.scan()).text == "BACK"


async def test_it_is_pulled_and_comes_back(driver: WedgeScanner, window: SimulatedWedge) -> None:
    assert await driver.watch() == WELL
    watching = asyncio.create_task(driver.watch())
    scanning = asyncio.create_task(driver.scan())
    await asyncio.sleep(0)
    await window.do("unplug", {})
    for task in (watching, scanning):
        with pytest.raises(DeviceGone):
            await task
    with pytest.raises(DeviceAbsent):
        await driver.open()
    back = asyncio.create_task(driver.appears())
    await asyncio.sleep(0)
    await window.do("plug", {})
    async with asyncio.timeout(20):
        await back
    await driver.open()
    assert await scanned(driver, window, "GA1") == "GA1"


async def test_closing_ends_a_scan_and_lets_go_of_the_keyboard(driver: WedgeScanner) -> None:
    scanning = asyncio.create_task(driver.scan())
    await asyncio.sleep(0)
    await driver.close()
    with pytest.raises(DeviceGone):
        await scanning
    with pytest.raises(DeviceGone):
        await driver.watch()
    await driver.close()


async def test_a_keyboard_that_another_program_holds_is_refused_and_not_kept_open(
    window: SimulatedWedge, tmp_path: Path
) -> None:
    opened: list[Taken] = []

    class Taken(PipeKeyboard):
        def grab(self) -> None:
            opened.append(self)
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    with pytest.raises(DeviceRefused, match="grabbed"):
        await WedgeScanner(str(tmp_path / "event7"), opening=Taken).open()
    assert opened[0].fd == -1


async def test_what_is_no_event_device_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DeviceRefused):
        await WedgeScanner(str(tmp_path / "file")).open()
    with pytest.raises(DeviceAbsent):
        await WedgeScanner(str(tmp_path / "nothing")).open()


EVENTS = st.tuples(
    st.one_of(st.sampled_from([ecodes.EV_SYN, ecodes.EV_KEY]), st.integers(0, 0xFFFF)),
    st.one_of(st.integers(0, 120), st.integers(0, 0xFFFF)),
    st.one_of(st.integers(0, 2), st.integers(-(2**31), 2**31 - 1)),
)


@given(st.sampled_from(Suffix), st.lists(st.one_of(EVENTS, st.none()), max_size=200))
@settings(max_examples=100)
def test_any_events_are_codes_or_unreadable(suffix: Suffix, events: list[tuple[int, int, int] | None]) -> None:
    keys = Keys(suffix, limit_bytes=40)
    for event in events:
        found = keys.gap() if event is None else keys.feed(*event)
        assert found is None or isinstance(found, MediaUnreadable) or 0 < len(found) <= 40


@given(st.lists(EVENTS, max_size=60), st.binary(max_size=100))
@settings(max_examples=50)
def test_any_bytes_in_the_pipe_are_events_or_the_end(events: list[tuple[int, int, int]], rest: bytes) -> None:
    ours, theirs = os.pipe()
    os.write(theirs, b"".join(EVENT.pack(0, 0, *event) for event in events) + rest)
    os.close(theirs)
    keyboard = PipeKeyboard(f"/dev/fd/{ours}")
    keys = Keys()

    def read_on() -> None:
        while True:
            for event in keyboard.read():
                keys.feed(event.type, event.code, event.value)

    # A struct that was cut off is EINVAL or ends with what is not filled; the end of the pipe is the unplugging.
    with pytest.raises(OSError, match=r"No such device|Invalid argument"):
        read_on()
    keyboard.close()
    os.close(ours)


def test_the_struct_is_the_kernel_s() -> None:
    assert EVENT.size == 24
    assert evdev.ecodes.KEY_ENTER == 28
