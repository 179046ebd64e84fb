from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from drivers.errors import DeviceAbsent, DeviceGone, MediaUnreadable
from drivers.scanner import serial_scanner
from drivers.scanner.framing import Suffix
from drivers.scanner.serial_scanner import TRIGGERS, SerialScanner
from drivers.simulated.scanner import SimulatedScanner
from drivers.status import WELL


@pytest_asyncio.fixture
async def window(tmp_path: Path) -> AsyncIterator[SimulatedScanner]:
    scanner = SimulatedScanner(tmp_path / "scanner", pace=0.1)
    await scanner.start()
    yield scanner
    await scanner.stop()
    scanner.check()


@pytest_asyncio.fixture
async def driver(window: SimulatedScanner, tmp_path: Path) -> AsyncIterator[SerialScanner]:
    scanner = SerialScanner(str(tmp_path / "scanner"), trigger=TRIGGERS["honeywell"])
    await scanner.open()
    yield scanner
    await scanner.close()


async def until(device: SimulatedScanner, **wanted: str) -> None:
    changed = asyncio.Event()
    device.on_change = changed.set
    async with asyncio.timeout(10):
        while not wanted.items() <= device.state().items():
            changed.clear()
            await changed.wait()


async def test_a_code_is_read_when_the_light_is_on_and_the_light_goes_out(
    driver: SerialScanner, window: SimulatedScanner
) -> None:
    scanning = asyncio.create_task(driver.scan())
    await until(window, light="on")
    await window.do("show", {"text": "https://example.gov.test/办件/0001"})
    code = await scanning
    assert code.text == "https://example.gov.test/办件/0001"
    assert code.raw == code.text.encode()
    await until(window, light="off")


async def test_a_code_held_there_before_is_read_once_the_light_comes_on(
    driver: SerialScanner, window: SimulatedScanner
) -> None:
    await window.do("show", {"text": "早到"})
    assert window.state()["light"] == "off"
    assert (await driver.scan()).text == "早到"


async def test_the_light_goes_out_when_nobody_waits_any_more(driver: SerialScanner, window: SimulatedScanner) -> None:
    scanning = asyncio.create_task(driver.scan())
    await until(window, light="on")
    scanning.cancel()
    with pytest.raises(asyncio.CancelledError):
        await scanning
    await until(window, light="off")
    await window.do("show", {"text": "下一个"})
    assert (await driver.scan()).text == "下一个"


@pytest.mark.parametrize("suffix", ["cr", "crlf", "gap"])
async def test_every_suffix_and_both_encodings(tmp_path: Path, suffix: str) -> None:
    window = SimulatedScanner(tmp_path / "port", trigger="none", suffix=suffix, baud=9600, pace=0.2)
    await window.start()
    driver = SerialScanner(str(tmp_path / "port"), 9600, suffix=Suffix(suffix))
    await driver.open()
    for encoding in ("utf-8", "gb18030"):
        scanning = asyncio.create_task(driver.scan())
        await asyncio.sleep(0)
        await window.do("show", {"text": "电子证照：示例", "encoding": encoding})
        code = await scanning
        assert code.text == "电子证照：示例"
        assert code.raw == "电子证照：示例".encode(encoding)
    await driver.close()
    await window.stop()


async def test_front_and_back_of_a_card_come_in_order(tmp_path: Path) -> None:
    window = SimulatedScanner(tmp_path / "port", trigger="none", pace=0)
    await window.start()
    driver = SerialScanner(str(tmp_path / "port"))
    await driver.open()
    scanning = asyncio.create_task(driver.scan())
    await asyncio.sleep(0)
    await window.do("show", {"text": "正面"})
    await window.do("show", {"text": "背面"})
    assert (await scanning).text == "正面"
    assert (await driver.scan()).text == "背面"
    await driver.close()
    await window.stop()


async def test_a_code_that_nobody_waited_for_is_not_given_to_the_next_page(tmp_path: Path) -> None:
    window = SimulatedScanner(tmp_path / "port", trigger="none", pace=0)
    await window.start()
    driver = SerialScanner(str(tmp_path / "port"))
    await driver.open()
    heard = asyncio.Event()
    tell: Callable[..., None] = driver._inbox.put
    driver._inbox.put = lambda what: (tell(what), heard.set())  # type: ignore[assignment,func-returns-value,method-assign]  # told when the code has arrived

    await window.do("show", {"text": "上一页"})
    await heard.wait()
    scanning = asyncio.create_task(driver.scan())
    await asyncio.sleep(0)
    await window.do("show", {"text": "这一页"})
    assert (await scanning).text == "这一页"

    heard.clear()
    await window.do("show", {"text": "这一页"})
    await heard.wait()
    scanning = asyncio.create_task(driver.scan())
    await asyncio.sleep(0)
    assert not scanning.done()
    await window.do("show", {"text": "再下一页"})
    assert (await scanning).text == "再下一页"
    await driver.close()
    await window.stop()


async def test_the_cable_is_pulled_while_somebody_waits(
    driver: SerialScanner, window: SimulatedScanner, tmp_path: Path
) -> None:
    scanning = asyncio.create_task(driver.scan())
    await until(window, light="on")
    await window.do("unplug", {})
    with pytest.raises(DeviceGone):
        await scanning
    with pytest.raises(DeviceGone):
        await driver.scan()
    with pytest.raises(DeviceAbsent):
        await driver.open()
    await window.do("plug", {})
    await driver.open()
    await window.do("show", {"text": "又好了"})
    assert (await driver.scan()).text == "又好了"


async def test_closing_ends_a_scan(driver: SerialScanner, window: SimulatedScanner) -> None:
    scanning = asyncio.create_task(driver.scan())
    await until(window, light="on")
    await driver.close()
    with pytest.raises(DeviceGone):
        await scanning
    await until(window, light="off")
    await driver.close()


async def test_more_bytes_than_any_code_has_are_unreadable(driver: SerialScanner, window: SimulatedScanner) -> None:
    await window.do("fault", {"kind": "babbling"})
    await window.do("show", {"text": "噪声"})
    with pytest.raises(MediaUnreadable):
        await driver.scan()
    await window.do("fault", {"kind": "none"})
    await window.do("show", {"text": "清楚了"})
    assert (await driver.scan()).text == "清楚了"


@pytest.mark.parametrize("maker", ["honeywell", "datalogic", "newland"])
async def test_every_maker_s_scanner_lights_up_reads_and_goes_dark(tmp_path: Path, maker: str) -> None:
    window = SimulatedScanner(tmp_path / "port", trigger=maker, pace=0)
    await window.start()
    driver = SerialScanner(str(tmp_path / "port"), trigger=TRIGGERS[maker])
    await driver.open()
    for text in ("第一个码", "第二个码"):
        scanning = asyncio.create_task(driver.scan())
        await until(window, light="on")
        await window.do("show", {"text": text})
        assert (await scanning).text == text
        await until(window, light="off")
    await driver.close()
    await window.stop()
    window.check()


@pytest.mark.parametrize("maker", ["honeywell", "newland"])
async def test_who_it_is_is_known_once_it_is_open(tmp_path: Path, maker: str) -> None:
    window = SimulatedScanner(tmp_path / "port", trigger=maker, pace=0)
    await window.start()
    driver = SerialScanner(str(tmp_path / "port"), trigger=TRIGGERS[maker])
    assert driver.identity.connection == f"serial, {tmp_path / 'port'}, 115200 baud"
    await driver.open()
    assert (driver.identity.maker.lower(), driver.identity.model) == (maker, "Simulated scanner")
    assert (driver.identity.serial, driver.identity.firmware) == ("SIM0001", "1.02.003")
    await driver.close()
    await window.do("fault", {"kind": "wrong-version"})
    await driver.open()
    assert driver.identity.firmware == "0.99.000"
    await driver.close()
    await window.stop()


async def test_who_says_late_who_he_is_sends_no_code_by_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_scanner, "_WHO_S", 0.05)
    window = SimulatedScanner(tmp_path / "port", pace=0)
    await window.start()
    await window.do("fault", {"kind": "slow", "late_s": "0.2"})
    driver = SerialScanner(str(tmp_path / "port"), trigger=TRIGGERS["honeywell"])
    await driver.open()
    assert driver.identity.model == ""
    scanning = asyncio.create_task(driver.scan())
    await until(window, light="on")
    await window.do("show", {"text": "办件"})
    assert (await scanning).text == "办件"
    await driver.close()
    await window.stop()


async def test_a_pulled_cable_is_noticed_while_nobody_scans_and_its_return_too(
    driver: SerialScanner, window: SimulatedScanner
) -> None:
    assert await driver.watch() == WELL
    watching = asyncio.create_task(driver.watch())
    await asyncio.sleep(0)
    await window.do("unplug", {})
    with pytest.raises(DeviceGone):
        await watching
    await driver.close()
    back = asyncio.create_task(driver.appears())
    await asyncio.sleep(0)
    assert not back.done()
    await window.do("plug", {})
    async with asyncio.timeout(20):
        await back
    await driver.open()
    assert await driver.watch() == WELL
