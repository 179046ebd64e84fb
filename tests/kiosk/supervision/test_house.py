"""A kiosk is made of the processes its settings ask for, and each finds the others."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from kiosk.settings import Settings, load
from kiosk.supervision import Wiring
from kiosk.supervision.display import Display
from kiosk.supervision.house import plan
from kiosk.supervision.wiring import listening

ATTACHED = Display(environ={"QT_QUICK_BACKEND": "software"}, server=None, vnc_port=None)


@pytest.fixture
def wiring(tmp_path: Path) -> Wiring:
    return Wiring(
        settings_file=None,
        runtime_dir=str(tmp_path),
        state_dir=str(tmp_path),
        printer_port=1,
        camera_port=2,
        backend_url="http://127.0.0.1:3",
    )


def simulated() -> Settings:
    return load(None)


def test_the_simulated_city_needs_all_of_them(wiring: Wiring, tmp_path: Path) -> None:
    with listening() as socket:
        commands = plan(simulated(), wiring, tmp_path / "w", display=ATTACHED, backend=socket, environ={"HOME": "/x"})
        by_name = {command.name: command for command in commands}
        assert set(by_name) == {"terminal", "devices", "backend"}
        assert by_name["backend"].pass_fds == (socket.fileno(),)
        assert all("--wiring" in command.argv for command in commands)
        assert by_name["terminal"].rank > by_name["backend"].rank == by_name["devices"].rank


def test_a_city_with_its_own_backend_and_real_devices_needs_a_terminal_only(wiring: Wiring, tmp_path: Path) -> None:
    settings = simulated()
    real = msgspec.structs.replace(settings, simulated=msgspec.structs.replace(settings.simulated, devices=False))
    (command,) = plan(real, wiring, tmp_path / "w", display=ATTACHED, backend=None, environ={})
    assert command.name == "terminal"
    assert "PCSCLITE_CSOCK_NAME" not in command.environ


def test_only_the_terminal_is_told_how_to_draw(wiring: Wiring, tmp_path: Path) -> None:
    commands = plan(simulated(), wiring, tmp_path / "w", display=ATTACHED, backend=None, environ={"HOME": "/x"})
    drawing = {command.name for command in commands if "QT_QUICK_BACKEND" in command.environ}
    assert drawing == {"terminal"}
    assert all(command.environ["HOME"] == "/x" for command in commands)


@pytest.mark.skipif(os.geteuid() != 0, reason="a pcscd of our own takes root")
def test_the_terminal_finds_the_simulated_card(wiring: Wiring, tmp_path: Path) -> None:
    from drivers.simulated import SimulatedHub

    terminal, *_ = plan(simulated(), wiring, tmp_path / "w", display=ATTACHED, backend=None, environ={})
    settings = simulated()
    hub = SimulatedHub(tmp_path, settings.simulated.people, settings.simulated.papers, 4001, 4002)
    wires = hub.wiring()
    assert terminal.environ["PCSCLITE_CSOCK_NAME"] == wires["PCSCLITE_CSOCK_NAME"]


def test_the_drivers_look_where_the_simulated_devices_stand(wiring: Wiring, tmp_path: Path) -> None:
    from drivers.simulated import SimulatedHub

    settings = wiring.settings()
    hub = SimulatedHub(
        tmp_path, settings.simulated.people, settings.simulated.papers, wiring.printer_port, wiring.camera_port
    )
    wires, devices = hub.wiring(), settings.devices
    assert (wires["idreader"], wires["scanner"]) == (devices.idreader.port, devices.scanner.port)
    assert (wires["printer"], wires["camera"]) == (devices.printer.address, devices.camera.source)


def test_a_terminal_knows_where_its_own_backend_lives_and_nothing_of_a_citys(wiring: Wiring) -> None:
    own = msgspec.structs.replace(wiring, backend_url="http://127.0.0.1:1").settings()
    assert own.backend.data_dir == Path(wiring.state_dir) / "backend"
    assert msgspec.structs.replace(wiring, backend_url=None).settings().backend.data_dir is None
