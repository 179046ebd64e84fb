"""The reader of PC/SC, held to what every card reader promises."""

from __future__ import annotations

import os

import pytest
from card_slot import PEOPLE, Slot
from reader_conformance import CardReaderConformance, Kit

from drivers.card import CardReader


@pytest.mark.skipif(os.geteuid() != 0, reason="a pcscd of our own takes root")
class TestPcscReader(CardReaderConformance):
    @pytest.fixture
    async def kit(self, slot: Slot, reader: CardReader) -> Kit:
        await reader.open()
        return Kit(
            reader=reader,
            citizen=lambda: slot.insert("wang"),
            other=lambda: slot.insert("bank"),
            take=slot.remove,
            number=PEOPLE["wang"].number,
        )
