"""A pcscd of our own with a simulated card.

libpcsclite reads PCSCLITE_CSOCK_NAME once in the life of a process, so all tests here use one folder.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from card_slot import PEOPLE, Slot

from drivers.card import CardReader, PcscReader
from drivers.simulated.card import SimulatedCard


@pytest.fixture(scope="session")
def folder(pcsc_folder: Path) -> Path:
    assert SimulatedCard(pcsc_folder, PEOPLE).environment == {"PCSCLITE_CSOCK_NAME": os.environ["PCSCLITE_CSOCK_NAME"]}
    return pcsc_folder


@pytest.fixture
async def slot(folder: Path) -> AsyncIterator[Slot]:
    slot = Slot(folder, PEOPLE)
    await slot.start()
    yield slot
    await slot.stop()


@pytest.fixture
async def reader(slot: Slot) -> AsyncIterator[CardReader]:
    reader = PcscReader("Virtual PCD 00 00")
    yield reader
    await reader.close()
