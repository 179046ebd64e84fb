"""The rules that name devices: well formed, never by order of arrival, and they name what the settings name."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

import pytest

from kiosk.settings import load
from kiosk.settings.model import Devices

ROOT: Final = Path(__file__).parents[2]
RULES: Final = ROOT / "packaging/udev/60-onething-kiosk.rules"

_PAIR: Final = re.compile(r'([A-Z]+)(?:\{([^}]+)\})?(==|!=|\+=|=)"([^"]*)"')
_MATCHED: Final = {"SUBSYSTEM", "SUBSYSTEMS", "KERNEL", "ATTR", "ATTRS", "ENV"}
_GIVEN: Final = {"GROUP", "MODE", "SYMLINK", "OPTIONS"}
_ONE_AND_THE_SAME: Final = {"ttyS0"}
"""Names that the kernel gives by hardware address, not by order."""

Pair = tuple[str, str, str, str]
"""Key, attribute, operator, value."""


def rules() -> list[list[Pair]]:
    lines = RULES.read_text(encoding="utf-8").splitlines()
    return [parsed(line) for line in lines if line.strip() and not line.startswith("#")]


def parsed(line: str) -> list[Pair]:
    pieces = [piece.strip() for piece in re.split(r",\s*(?=[A-Z]+[{=!+])", line)]
    found = [_PAIR.fullmatch(piece) for piece in pieces]
    assert all(found), f"not a rule: {line}"
    return [(pair[1], pair[2] or "", pair[3], pair[4]) for pair in found if pair]


def links(rule: list[Pair]) -> list[str]:
    return ["/dev/" + value for key, _, _, value in rule if key == "SYMLINK"]


def named_by(properties: dict[str, str]) -> set[str]:
    """Return the names that a device with ``properties`` gets, such as {"SUBSYSTEM": "tty", "ATTRS{idVendor}": …}."""
    return {
        link
        for rule in rules()
        if all(
            any(
                fnmatchcase(properties.get(f"{key}{{{attribute}}}" if attribute else key, ""), each)
                for each in value.split("|")
            )
            for key, attribute, operator, value in rule
            if operator == "=="
        )
        for link in links(rule)
    }


def is_light(rule: list[Pair]) -> bool:
    """Return whether a rule is of a panel's light, which has no node to give rights on."""
    return ("SUBSYSTEM", "", "==", "backlight") in rule


def test_the_light_of_the_panel_can_be_dimmed() -> None:
    (rule,) = [rule for rule in rules() if is_light(rule)]
    run = [value for key, _, operator, value in rule if (key, operator) == ("RUN", "+=")]
    assert run == [f"/bin/{what} $sys$devpath/brightness" for what in ("chgrp onething", "chmod g+w")]


@pytest.mark.parametrize(
    "rule", [rule for rule in rules() if not is_light(rule)], ids=lambda rule: " ".join(value for *_, value in rule[:4])
)
def test_a_rule_matches_gives_rights_and_goes_by_no_order(rule: list[Pair]) -> None:
    assert {key for key, _, operator, _ in rule if operator == "=="} <= _MATCHED
    given = {key: value for key, _, operator, value in rule if operator != "=="}
    assert set(given) <= _GIVEN
    assert (given["GROUP"], given["MODE"]) == ("onething", "0660")
    what_it_is = [
        value
        for key, attribute, operator, value in rule
        if operator == "=="
        and (
            (key in ("ATTR", "ATTRS") and attribute in ("idVendor", "serial"))
            or (key == "ENV" and attribute != "DEVTYPE")
        )
    ]
    where_it_is = [value for key, _, _, value in rule if key == "KERNEL" and value in _ONE_AND_THE_SAME]
    assert what_it_is or where_it_is
    assert not [
        value for key, _, _, value in rule if key == "KERNEL" and re.fullmatch(r"tty(USB|ACM)[0-9]|video[0-9]", value)
    ]


def test_the_names_in_settings_and_profiles_exist() -> None:
    made = {link for rule in rules() for link in links(rule)}
    defaults = Devices()
    wanted = {defaults.idreader.port, defaults.scanner.port, defaults.camera.source, defaults.headphones.port}
    for profile in ("standing-terminal", "bank"):
        text = (ROOT / f"assets/settings/{profile}.toml").read_text(encoding="utf-8")
        wanted |= set(re.findall(r'"(/dev/[^"]+)"', text))
    assert wanted <= made, wanted - made


def test_the_reader_on_usb_that_the_settings_name_is_given_to_the_group() -> None:
    vendor, product = load().devices.idreader.usb.split(":")
    assert any(
        ("ATTR", "idVendor", "==", vendor) in rule and ("ATTR", "idProduct", "==", product) in rule for rule in rules()
    )


@pytest.mark.parametrize(
    ("properties", "name"),
    [
        ({"SUBSYSTEM": "tty", "KERNEL": "ttyUSB7", "ATTRS{idVendor}": "1a86", "ATTRS{idProduct}": "7523"}, "idreader"),
        ({"SUBSYSTEM": "tty", "KERNEL": "ttyS0", "SUBSYSTEMS": "pnp"}, "idreader"),
        ({"SUBSYSTEM": "tty", "KERNEL": "ttyACM3", "ATTRS{idVendor}": "0c2e"}, "scanner"),
        ({"SUBSYSTEM": "input", "KERNEL": "event11", "ATTRS{idVendor}": "1eab"}, "scanner-keyboard"),
        ({"SUBSYSTEM": "video4linux", "KERNEL": "video4", "ATTR{index}": "0", "ATTRS{idVendor}": "0c45"}, "camera"),
        ({"SUBSYSTEM": "video4linux", "KERNEL": "video5", "ATTR{index}": "1", "ATTRS{idVendor}": "0c45"}, None),
        ({"SUBSYSTEM": "usbmisc", "KERNEL": "lp1", "ATTRS{idVendor}": "04b8"}, "printer"),
        ({"SUBSYSTEM": "tty", "KERNEL": "ttyUSB0", "ATTRS{idVendor}": "ffff"}, None),
        ({"SUBSYSTEM": "input", "KERNEL": "mouse0", "ATTRS{idVendor}": "0c2e"}, None),
    ],
)
def test_a_device_gets_its_name_whatever_number_the_kernel_gave_it(
    properties: dict[str, str], name: str | None
) -> None:
    assert named_by(properties) == (set() if name is None else {f"/dev/onething/{name}"})
