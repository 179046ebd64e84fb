"""An application on disk: whole or not at all, and never lost."""

from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.submission import Outbox, OutboxFull, Parcel

KEY = "8c5a7b1e-0000-4000-8000-000000000001"
OTHER = "8c5a7b1e-0000-4000-8000-000000000002"


def parcel(key: str = KEY, body: bytes = b'{"a":1}') -> Parcel:
    return Parcel(key=key, token="t", request=msgspec.Raw(body))


def test_what_is_put_waits_byte_for_byte_and_for_its_owner_alone(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    outbox.put(parcel(body=b'{"a" : 1}'))
    (waiting,) = outbox.waiting()
    assert bytes(waiting.request) == b'{"a" : 1}'
    (file,) = (tmp_path / "outbox").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    outbox.remove(KEY)
    outbox.remove(KEY)
    assert outbox.waiting() == ()


def test_the_oldest_comes_first(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.put(parcel(OTHER))
    outbox.put(parcel(KEY))
    os.utime(tmp_path / f"{OTHER}.parcel", (1, 1))
    assert [one.key for one in outbox.waiting()] == [OTHER, KEY]


def test_a_disk_that_is_full_leaves_nothing_behind(tmp_path: Path) -> None:
    """In a process of its own, whose files may grow to 64 bytes."""
    program = textwrap.dedent(f"""
        import resource, msgspec
        from pathlib import Path
        from kiosk.submission import Outbox, OutboxFull, Parcel
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, {resource.RLIM_INFINITY}))
        try:
            Outbox(Path({str(tmp_path)!r})).put(
                Parcel(key={KEY!r}, token="t", request=msgspec.Raw(b'"' + b"x" * 500 + b'"')))
        except OutboxFull as full:
            print(full.code)
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "disk.full"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file")
    with pytest.raises(OutboxFull):
        Outbox(tmp_path / "outbox").put(parcel())


def test_what_was_refused_is_set_aside_and_what_was_half_written_is_swept_away(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.put(parcel())
    (tmp_path / f"{OTHER}.new").write_bytes(b"half")
    outbox.sweep()
    outbox.set_aside(KEY)
    outbox.set_aside(KEY)
    assert [file.name for file in tmp_path.iterdir()] == [f"{KEY}.refused"]
    assert outbox.waiting() == ()


@given(content=st.binary(max_size=200))
@example(content=b'{"\xff": 1}')
def test_whatever_lies_in_the_outbox_stops_nobody(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("outbox")
    outbox = Outbox(folder)
    outbox.put(parcel())
    (folder / f"{OTHER}.parcel").write_bytes(content)
    assert KEY in [one.key for one in outbox.waiting()]


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "x" * 36])
def test_a_key_is_a_key_and_no_path(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not an idempotency key"):
        Outbox(tmp_path).put(parcel(key))
