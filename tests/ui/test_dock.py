"""What the dock makes of what the simulated devices say they can do."""

from __future__ import annotations

from pathlib import Path

import msgspec

from drivers.simulated import SimulatedHub
from drivers.simulated.menu import Menu
from drivers.simulated.papers import load_papers
from drivers.simulated.people import load_people
from kiosk.settings import ASSETS
from ui.dock import ACTIONS, FAULTS, Dock

PEOPLE, PAPERS = ASSETS / "simulated" / "people.yaml", ASSETS / "simulated" / "papers.yaml"


def no_control() -> object:
    raise AssertionError("nobody is asked")


def test_every_action_and_every_fault_has_words(tmp_path: Path) -> None:
    devices = SimulatedHub(tmp_path, PEOPLE, PAPERS).devices
    for kind, device in devices.items():
        assert set(device.faults.choices) - {"unplugged"} <= set(FAULTS), kind
        assert set(device.actions) - {"fault"} <= set(ACTIONS), kind


def test_a_device_keeps_its_title_whatever_comes_first(tmp_path: Path) -> None:
    hub = SimulatedHub(tmp_path, PEOPLE, PAPERS)
    menu = Menu(load_people(PEOPLE), load_papers(PAPERS))
    listed = {kind: msgspec.to_builtins(menu.of(device)) for kind, device in hub.devices.items()}
    states = {kind: {"fault": "flapping"} for kind in listed}
    dock = Dock(connect=no_control, backend="")  # type: ignore[arg-type]  # never called
    rows = dock._rows(listed, states)
    assert [row.device for row in rows if row.title] == list(listed)
    assert {row.device for row in rows if row.deed == "faulty" and row.label == "接触不良"} == set(listed)
