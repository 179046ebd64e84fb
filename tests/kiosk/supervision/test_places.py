"""What a run keeps is private, belongs to one kiosk, and goes with it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import msgspec
import pytest

from kiosk.supervision import PlaceError, Wiring, living_runs, read, state_dir
from kiosk.supervision.places import only_one, run_dir, runs_dir


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def wiring(folder: Path, **changes: object) -> Wiring:
    plain = Wiring(
        settings_file=None,
        runtime_dir=str(folder),
        state_dir=str(folder),
        printer_port=4001,
        camera_port=4002,
        backend_url="http://127.0.0.1:4003",
    )
    return msgspec.structs.replace(plain, **changes)


def test_folders_are_private() -> None:
    with run_dir() as runtime:
        assert [mode(each) for each in (state_dir(), runtime, runtime.parent)] == [0o700] * 3


def test_a_folder_others_could_read_is_closed(tmp_path: Path) -> None:
    (tmp_path / "state" / "onething-kiosk").mkdir(parents=True, mode=0o755)
    assert mode(state_dir()) == 0o700


def test_a_link_planted_by_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run" / "onething-kiosk").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PlaceError, match="not a folder of this user"):
        runs_dir()


def test_a_place_that_cannot_be_made_names_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with pytest.raises(PlaceError, match="XDG_STATE_HOME"):
        state_dir()


def test_a_run_leaves_nothing() -> None:
    with run_dir() as runtime:
        (runtime / "card").mkdir()
        (runtime / "card" / "socket").touch()
        assert living_runs() == [runtime]
    assert not runtime.exists()
    assert living_runs() == []


def test_what_a_killed_run_left_is_removed() -> None:
    left = runs_dir() / "4194305"  # above the highest process number there can be
    left.mkdir()
    with run_dir():
        assert not left.exists()


def test_what_a_killed_run_left_is_removed_though_its_number_was_given_to_this_process() -> None:
    left = runs_dir() / str(os.getpid()) / "card"
    left.mkdir(parents=True)
    assert living_runs() == []
    with run_dir() as runtime:
        assert runtime == left.parent
        assert not left.exists()
        assert living_runs() == [runtime]


def test_a_state_folder_in_which_nothing_can_be_written_names_the_cure() -> None:
    state = state_dir()
    (state / "lock").mkdir()
    with pytest.raises(PlaceError, match="XDG_STATE_HOME"), only_one(state):
        pass


def test_a_second_kiosk_is_told_of_the_first() -> None:
    state = state_dir()
    with only_one(state), pytest.raises(PlaceError, match=rf"process {os.getpid()}\)"), only_one(state):
        pass
    with only_one(state):
        pass


def test_wiring_is_read_as_it_was_written_and_by_nobody_else(tmp_path: Path) -> None:
    written = wiring(tmp_path)
    file = written.write()
    assert read(file) == written
    assert mode(file) == 0o600


def test_wiring_fills_the_settings(tmp_path: Path) -> None:
    settings = wiring(tmp_path, layout="bank", language="en").settings()
    assert settings.devices.scanner.port == f"{tmp_path}/scanner"
    assert settings.devices.printer.address == "127.0.0.1:4001"
    assert settings.backend.url == "http://127.0.0.1:4003"
    assert (settings.terminal.layout, settings.languages.default) == ("bank", "en")
