"""Arrows on the screen point to where a device is, wherever a city's machine has it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.settings import PROFILES, load
from kiosk.settings.machine import DEVICES, Machine, Side, beside, panel

PORTRAIT = (1080, 1920)
shares = st.floats(0, 1)


def test_the_screen_is_as_large_as_its_panel() -> None:
    left, top, width, height = panel(Machine(), 546.0, PORTRAIT)
    assert math.hypot(width * 500, height * 900) == pytest.approx(546.0)
    assert (left + width / 2, top + height / 2) == pytest.approx((0.5, 0.36))


def test_a_device_of_the_standing_terminal_is_below_the_screen_and_the_camera_above() -> None:
    machine = Machine()
    assert beside(machine, machine.idreader, 546.0, PORTRAIT)[0] is Side.BELOW
    assert beside(machine, machine.camera, 546.0, PORTRAIT)[0] is Side.ABOVE
    assert (
        beside(machine, machine.idreader, 546.0, PORTRAIT)[1]
        < 0.5
        < beside(machine, machine.scanner, 546.0, PORTRAIT)[1]
    )


def test_the_devices_of_a_bank_machine_are_at_the_right_of_its_screen() -> None:
    profile = (PROFILES / "bank.toml").read_text(encoding="utf-8")
    assert "[terminal.machine]" in profile
    machine = Machine(width_mm=640, height_mm=480, screen=(0.34, 0.4), idreader=(0.82, 0.22))
    side, along = beside(machine, machine.idreader, 432.0, (1280, 1024))
    assert side is Side.RIGHT
    assert along < 0.5


@given(x=shares, y=shares)
def test_every_place_has_a_side_and_lies_along_that_edge(x: float, y: float) -> None:
    side, along = beside(Machine(), (x, y), 546.0, PORTRAIT)
    assert isinstance(side, Side)
    assert 0 <= along <= 1


def test_every_kind_of_device_has_a_place() -> None:
    machine = load(PROFILES / "simulated.toml").terminal.machine
    assert all(len(getattr(machine, name)) == 2 for name in DEVICES.values())
