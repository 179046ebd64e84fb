"""The command line does what a person asks, and says in one line why not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.settings import Layout
from kiosk.words import Language

LIMIT_S = 60.0


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.delenv("KIOSK_SETTINGS", raising=False)


@contextmanager
def started(*arguments: str) -> Iterator[str]:
    """Run ``kiosk`` until it is ready, and end it as Ctrl+C does; give the line it said."""
    read, write = os.pipe()
    argv = [sys.executable, "-m", "kiosk", *arguments, "--ready-fd", str(write)]
    with os.fdopen(read) as ready, subprocess.Popen(argv, pass_fds=(write,), stderr=subprocess.PIPE) as process:
        os.close(write)
        try:
            line = ready.readline()
            yield line.strip()
        finally:
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=LIMIT_S)
        assert process.returncode == 0, said.decode()


def test_a_hand_reaches_the_simulated_devices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runtime = tmp_path / "d"
    with started("devices", "--runtime", str(runtime)) as line:
        assert line == f"simulated devices in {runtime}"

        assert main(["device", "--runtime", str(runtime)]) == 0
        everything = capsys.readouterr().out
        assert "kiosk device idreader insert document=chen" in everything
        assert "kiosk device scanner show text=…" in everything

        assert main(["device", "--runtime", str(runtime), "idreader", "insert", "document=chen"]) == 0
        assert "document: chen" in capsys.readouterr().out.splitlines()

        assert main(["device", "--runtime", str(runtime), "printer"]) == 0
        assert "idreader" not in capsys.readouterr().out

        assert main(["device", "--runtime", str(runtime), "idreader", "insert", "document=nobody"]) == 1
        assert "'nobody' is not known; allowed: wang, chen" in capsys.readouterr().err

        assert main(["device", "--runtime", str(runtime), "printer", "script", "text=paper-out at line 12"]) == 0
        assert "script: paper-out at line 12" in capsys.readouterr().out

        assert main(["device", "--runtime", str(runtime), "toaster"]) == 2
        assert "there is no device 'toaster'; there are: idreader" in capsys.readouterr().err

        script = tmp_path / "paper.yaml"
        script.write_text("- {do: paper-out, at: line 12}\n- {do: paper-ok, after: 3 s}\n")
        assert main(["device", "--runtime", str(runtime), "printer", "script", str(script)]) == 0
        assert "script: paper-out at line 12; paper-ok after 3 s" in capsys.readouterr().out
        assert main(["device", "--runtime", str(runtime), "printer", "script", "paper-out", "at", "noon"]) == 1
        assert "step 1, 'paper-out at noon', is not" in capsys.readouterr().err
        assert main(["device", "--runtime", str(runtime), "idreader", "insert", "chen"]) == 2
        assert "'chen' is no NAME=VALUE" in capsys.readouterr().err


def test_the_backend_serves_alone() -> None:
    with started("backend", "--port", "0") as line, urllib.request.urlopen(_address(line), timeout=LIMIT_S) as answer:
        assert answer.status == 200


def _address(line: str) -> str:
    return f"{line.removeprefix('backend at ')}/v1/issuers"


def test_without_a_kiosk_there_is_nothing_to_reach(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["device"]) == 1
    assert capsys.readouterr().err == "kiosk: no kiosk of this user is running; start one with: kiosk run\n"


def test_wrong_settings_end_in_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "city.toml"
    file.write_text('profile = "simulated"\n[timings]\nidle_s = 1\n', encoding="utf-8")
    for command in ("run", "backend", "devices"):
        assert main([command, "--settings", str(file)]) == 2
        told = capsys.readouterr().err
        assert f"{file}:3: timings.idle_s is 1: it must be a whole number from 15 to 900." in told
        assert "Traceback" not in told


def test_a_screen_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["run"]) == 1
    assert "No display is attached and Xtigervnc is not installed." in capsys.readouterr().err


def test_choices_of_the_command_line_are_those_of_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    told = capsys.readouterr().out
    assert "{" + ",".join(Layout) + "}" in told
    assert "{" + ",".join(Language) + "}" in told


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["fly"])
    assert ended.value.code == 2
    assert "invalid choice: 'fly'" in capsys.readouterr().err


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == 0
    assert capsys.readouterr().out.startswith("kiosk 0.")
