"""``kiosk backend terminal …`` and ``kiosk terminal enrol``: by hand, at both ends."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest

from backend.city import running, settings_for
from kiosk.__main__ import main
from kiosk.backend.storage import Database
from kiosk.backend.terminals import OUT_OF_SERVICE, REVOKED, known
from kiosk.contract import RecommendationRequest
from kiosk.submission import BackendClient, BackendError, Identity

ITEMS = RecommendationRequest(items=("old-age-allowance",))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of everything that is started."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("KIOSK_SETTINGS", raising=False)
    return tmp_path / "onething-kiosk"


def settings_file(home: Path, url: str) -> str:
    file = home / "settings.toml"
    file.write_text(f'profile = "simulated"\n[backend]\nurl = {json.dumps(url)}\n[terminal]\nid = "T-0118"\n')
    return str(file)


def standing(home: Path, terminal: str) -> str | None:
    store = Database(home / "backend" / "backend.sqlite")
    found = store.read_now(lambda connection: known.read(connection, terminal))
    store.close()
    return found.standing if found else None


async def ask(url: str, identity: Identity) -> str:
    async with BackendClient(url, identity=identity) as client:
        try:
            await client.recommendations(ITEMS)
        except BackendError as error:
            return error.code
        return "answered"


def test_a_terminal_is_enrolled_put_out_back_and_let_go(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "LOOK_S", 0.0)
    with running(settings_for(home / "backend")) as http:
        url = str(http.base_url)
        assert main(["backend", "terminal", "enrol", "T-0117", "--place", "一楼"]) == 0
        code = capsys.readouterr().out.strip()
        file = settings_file(home, url)
        assert main(["terminal", "enrol", code, "--settings", file]) == 0
        said = capsys.readouterr().err
        assert "this is T-0117 from now on, 一楼" in said
        assert "change terminal.id" in said
        assert main(["terminal", "enrol", code, "--settings", file]) == 1
        assert "Ask an operator for a new code" in capsys.readouterr().err
        identity = Identity(home / "terminal", "T-0118")
        assert identity.terminal == "T-0117"
        assert asyncio.run(ask(url, identity)) == "answered"
        assert main(["backend", "terminal", "out", "T-0117", "--reason", "paper"]) == 0
        assert standing(home, "T-0117") == OUT_OF_SERVICE
        assert asyncio.run(ask(url, identity)) == "terminal.out-of-service"
        assert main(["backend", "terminal", "in", "T-0117"]) == 0
        assert asyncio.run(ask(url, identity)) == "answered"
        assert main(["backend", "terminal", "revoke", "T-0117"]) == 0
        assert standing(home, "T-0117") == REVOKED
        assert asyncio.run(ask(url, identity)) == "terminal.revoked"
        assert main(["backend", "terminal", "in", "T-0117"]) == 1


def test_what_cannot_be_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backend", "terminal", "enrol", "T 1"]) == 2
    assert main(["backend", "terminal", "out", "T-NOBODY"]) == 1
    assert main(["terminal", "enrol", "1234"]) == 2
    assert "embedded" in capsys.readouterr().err


def test_an_identity_is_made_once_and_kept_for_its_user_alone(tmp_path: Path) -> None:
    first, second = (Identity(tmp_path / "of", "T-1") for _ in range(2))
    assert first.public_key() == second.public_key()
    assert [file.name for file in (tmp_path / "of").iterdir()] == ["identity.json"]
    assert (tmp_path / "of" / "identity.json").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "of").stat().st_mode & 0o777 == 0o700
    (tmp_path / "of" / "identity.json").write_bytes(b"\xff")
    with pytest.raises(OSError, match="enrol this terminal anew"):
        Identity(tmp_path / "of", "T-1").assertion()


@pytest.mark.parametrize("wrong_s", [-86_400, 7200])
def test_a_terminal_whose_clock_is_wrong_goes_by_the_backends(tmp_path: Path, wrong_s: float) -> None:
    with running(settings_for(tmp_path / "backend")) as http:
        identity = Identity(tmp_path / "of", "T-LATE", door=tmp_path / "backend", clock=lambda: time.time() + wrong_s)
        assert asyncio.run(ask(str(http.base_url), identity)) == "answered"
        assert identity.is_fresh


def test_an_assertion_is_made_anew_before_it_ends(tmp_path: Path) -> None:
    moment = [1000.0]
    identity = Identity(tmp_path, "T-1", clock=lambda: moment[0])
    assert not identity.is_fresh
    first = identity.assertion()
    moment[0] += 239
    assert identity.is_fresh
    assert identity.assertion() == first
    moment[0] += 1
    assert identity.assertion() != first
    moment[0] -= 500
    assert not identity.is_fresh
