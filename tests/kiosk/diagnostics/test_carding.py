"""Technicians' cards at the terminal's reader: one that lies there counts once, a citizen's is left alone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from drivers.card.technician import TechnicianProof
from drivers.errors import DeviceError, DeviceGone, DeviceRefused, WrongMedia
from kiosk.diagnostics import carding
from kiosk.diagnostics.carding import TechnicianCards

PROOF = TechnicianProof(
    number="YJ-0001", name="样例", certificate_serial=1, valid_until=datetime(2030, 1, 1, tzinfo=UTC)
)


class Reader:
    """Gives what is laid down; tells when it was lifted."""

    def __init__(self) -> None:
        self.laid: asyncio.Queue[Any] = asyncio.Queue()
        self.lifted: asyncio.Queue[None] = asyncio.Queue()
        self.waited = 0

    async def run(self, _: Any) -> TechnicianProof:
        found = await self.laid.get()
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, TechnicianProof)
        return found

    async def removed(self) -> None:
        self.waited += 1
        await self.lifted.get()


class Kept:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.losses: list[DeviceError] = []

    async def ready(self) -> Reader:
        return self.reader

    def lost(self, error: DeviceError) -> None:
        self.losses.append(error)


@pytest.fixture
async def kept() -> Kept:
    reader = Reader()
    reader.lifted.put_nowait(None)  # what may have lain there at the start
    return Kept(reader)


async def test_a_card_counts_once_until_it_was_lifted(kept: Kept, tmp_path: Path) -> None:
    cards = TechnicianCards(kept, tmp_path)  # type: ignore[arg-type]  # as much of it as is used
    kept.reader.laid.put_nowait(PROOF)
    assert await cards.next() == "YJ-0001"
    again = asyncio.create_task(cards.next())
    kept.reader.laid.put_nowait(PROOF)
    await asyncio.sleep(0)
    assert not again.done()
    kept.reader.lifted.put_nowait(None)
    assert await again == "YJ-0001"


async def test_a_citizens_card_and_a_reader_that_left_open_nothing_and_say_nothing(kept: Kept, tmp_path: Path) -> None:
    cards = TechnicianCards(kept, tmp_path)  # type: ignore[arg-type]  # as above
    for each in (WrongMedia("no PIV application"), DeviceRefused("6F00"), DeviceGone("pulled"), PROOF):
        kept.reader.laid.put_nowait(each)
        kept.reader.lifted.put_nowait(None)
    assert await cards.next() == "YJ-0001"
    assert [type(each) for each in kept.losses] == [DeviceGone]


async def test_a_technicians_card_that_does_not_count_says_why(kept: Kept, tmp_path: Path) -> None:
    cards = TechnicianCards(kept, tmp_path)  # type: ignore[arg-type]  # as above
    kept.reader.laid.put_nowait(DeviceRefused("old", code="technician.expired"))
    with pytest.raises(DeviceRefused) as refused:
        await cards.next()
    assert refused.value.code == "technician.expired"


def test_without_the_file_of_issuers_nobody_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("drivers.card.technician.prove", lambda card, authority, at: asked.append(authority))
    for content in (None, b"", b"no certificate"):
        if content is not None:
            (tmp_path / "ca.pem").write_bytes(content)
        carding.TechnicianCards(None, tmp_path / "ca.pem")._prove(None)  # type: ignore[arg-type]  # neither is used
    assert [each.certificates for each in asked] == [()] * 3  # type: ignore[attr-defined]  # authorities
