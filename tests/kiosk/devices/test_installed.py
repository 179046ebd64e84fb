"""Every protocol of the settings has a driver, made late, and nothing of it is imported before it is opened."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk import settings as model
from kiosk.devices import installed as table
from kiosk.devices.installed import Devices, installed
from kiosk.words import Text

SETTINGS = model.Settings(
    city=model.City(name=Text(zh_hans="示例市", zh_hant="示例市", en="Sample City")),
    terminal=model.Terminal(id="T-1", place=Text(zh_hans="大厅", zh_hant="大廳", en="Hall")),
)

KINDS: tuple[tuple[str, str, type[StrEnum], Mapping[Any, Callable[[model.Settings], Any]]], ...] = (
    ("idreader", "id_reader", model.IdReaderProtocol, table.ID_READERS),
    ("card", "card_reader", model.CardProtocol, table.CARD_READERS),
    ("scanner", "scanner", model.ScannerProtocol, table.SCANNERS),
    ("camera", "camera", model.CameraProtocol, table.CAMERAS),
    ("printer", "printer", model.PrinterProtocol, table.PRINTERS),
    ("power", "power", model.PowerProtocol, table.POWER_SUPPLIES),
    ("headphones", "headphones", model.HeadphonesProtocol, table.HEADPHONES),
)

IMPORTED_BY_THEN = """
import sys, threading
from kiosk.devices import installed as table
tables = (table.ID_READERS, table.CARD_READERS, table.SCANNERS, table.CAMERAS, table.PRINTERS, table.POWER_SUPPLIES)
print(*sorted(each for each in sys.modules if each.split(".")[0] in ("drivers", "cv2", "serial", "smartcard", "usb")))
"""


def with_protocol(kind: str, protocol: StrEnum) -> model.Settings:
    of_kind = replace(getattr(SETTINGS.devices, kind), protocol=protocol)
    return replace(SETTINGS, devices=replace(SETTINGS.devices, **{kind: of_kind}))


def test_without_settings_there_is_nothing() -> None:
    assert installed(SETTINGS) == Devices()


@pytest.mark.parametrize(("kind", "member", "protocols", "builders"), KINDS, ids=[each[0] for each in KINDS])
def test_every_protocol_of_the_settings_has_a_driver(
    kind: str, member: str, protocols: type[StrEnum], builders: Mapping[Any, Callable[[model.Settings], Any]]
) -> None:
    assert set(builders) == {each for each in protocols if each != "none"}
    for protocol in builders:
        settings = with_protocol(kind, protocol)
        assert getattr(installed(settings), member) is not None
        driver = builders[protocol](settings)
        for verb in ("open", "close"):
            assert callable(getattr(driver, verb)), f"{kind} {protocol}: {verb}"


def test_no_driver_is_imported_before_one_is_opened() -> None:
    told = subprocess.run([sys.executable, "-c", IMPORTED_BY_THEN], check=True, capture_output=True, text=True).stdout
    assert told.split() == ["drivers", "drivers.status"]
