"""What lies at the door is a key or nothing, and only under the name of a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backend.terminals.door import Door
from kiosk.contract import DOOR
from kiosk.submission import Identity


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("house")
    (made / DOOR).mkdir()
    return made


@given(st.binary(max_size=3000))
def test_any_file_is_a_key_or_none(folder: Path, content: bytes) -> None:
    (folder / DOOR / "T-1.json").write_bytes(content)
    offered = Door(folder).offered("T-1")
    assert offered is None or offered.key is not None


@given(st.text(max_size=60))
def test_any_name_is_one_of_a_terminal_or_nobody(folder: Path, name: str) -> None:
    (folder / "secret.json").write_text('{"publicKey": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}')
    assert Door(folder).offered(name) is None
    assert Door(folder).offered(f"../{name}") is None
    assert Door(folder).offered("../secret") is None


def test_what_a_terminal_leaves_is_read_as_it_was_meant(tmp_path: Path) -> None:
    identity = Identity(tmp_path / "of", "T-1", door=tmp_path / "house", place="一楼")
    identity.assertion()
    offered = Door(tmp_path / "house").offered("T-1")
    assert offered is not None
    assert (offered.public_key, offered.place) == (identity.public_key(), "一楼")
    assert (tmp_path / "house").stat().st_mode & 0o777 == 0o700
