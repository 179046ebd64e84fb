"""A kiosk shows itself on the screen that is attached, or on one only this machine can look at."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil
import pytest

from kiosk.supervision import NoDisplay, Supervisor
from kiosk.supervision.display import find

LIMIT_S = 20.0


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_an_attached_screen_is_taken(name: str, tmp_path: Path) -> None:
    display = find({name: ":7"}, tmp_path, (1080, 1920))
    assert display.server is None
    assert display.vnc_port is None


def test_a_wish_how_to_draw_is_left_alone(tmp_path: Path) -> None:
    assert "QT_QUICK_BACKEND" not in find({"DISPLAY": ":7", "QT_QUICK_BACKEND": "rhi"}, tmp_path, (1, 1)).environ


def test_without_a_server_the_cure_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoDisplay, match="apt-get install --no-install-recommends tigervnc-standalone-server"):
        find({}, tmp_path, (1, 1))


def test_what_a_killed_server_left_behind_takes_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.supervision.display._SOCKETS", tmp_path)
    first = find({"PATH": os.environ["PATH"]}, tmp_path, (1, 1)).environ["DISPLAY"]
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / f"X{first[1:]}"))
        server.listen()
        assert find({"PATH": os.environ["PATH"]}, tmp_path, (1, 1)).environ["DISPLAY"] != first
    assert (tmp_path / f"X{first[1:]}").exists()
    assert find({"PATH": os.environ["PATH"]}, tmp_path, (1, 1)).environ["DISPLAY"] == first


async def test_a_screen_of_our_own_is_seen_from_this_machine_only(tmp_path: Path) -> None:
    display = find({"PATH": os.environ["PATH"]}, tmp_path, (1080, 1920))
    assert display.server
    assert display.vnc_port
    ready = asyncio.Event()
    supervisor = Supervisor([display.server], tell=lambda name, line: None, on_ready=lambda name, after_s: ready.set())
    running = asyncio.create_task(supervisor.run(signals=False))
    try:
        await asyncio.wait_for(ready.wait(), LIMIT_S)
        server = psutil.Process(supervisor.pids["display"])
        listening = {each.laddr.ip for each in server.net_connections("inet") if each.status == psutil.CONN_LISTEN}
        assert listening <= {"127.0.0.1", "::1"}
        with socket.create_connection(("127.0.0.1", display.vnc_port), timeout=LIMIT_S) as viewer:
            assert viewer.recv(4) == b"RFB "
        assert await answers(display.environ)
        assert not await answers({"DISPLAY": display.environ["DISPLAY"], "XAUTHORITY": os.devnull})
        assert (tmp_path / "xauthority").stat().st_mode & 0o077 == 0
    finally:
        supervisor.stop()
        await asyncio.wait_for(running, LIMIT_S)


async def answers(environ: Mapping[str, str]) -> bool:
    """Whether a program with this environment may use the screen."""
    code = "from PySide6.QtGui import QGuiApplication as A; print(A(['x']).primaryScreen().size().toTuple())"
    base = {"PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "xcb"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, env={**base, **environ}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    output, _ = await asyncio.wait_for(process.communicate(), LIMIT_S)
    return output.strip() == b"(1080, 1920)"
