"""Any card is known for what it is, and nothing of it is read."""

from __future__ import annotations

import asyncio
import contextlib
import os

import pytest
from card_slot import LIMIT_S, Slot
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card import PcscReader
from drivers.card.kinds import CardKind, look
from drivers.errors import MediaUnreadable
from drivers.simulated.travel import TRAVELLERS


@pytest.mark.skipif(os.geteuid() != 0, reason="a pcscd of our own takes root")
@pytest.mark.parametrize(
    ("action", "card", "kind", "contactless"),
    [
        ("insert", "wang", CardKind.SOCIAL_SECURITY, False),
        ("insert", "bank", CardKind.OTHER, False),
        ("tap", TRAVELLERS[0].key, CardKind.TRAVEL_DOCUMENT, True),
        ("tap", "technician", CardKind.TECHNICIAN, True),
    ],
)
async def test_a_card_is_known_for_what_it_is(
    slot: Slot, action: str, card: str, kind: CardKind, contactless: bool
) -> None:
    reader = PcscReader("00 00", contactless="Virtual PCD")
    await reader.open()
    await slot.do(action, {"card": card})
    async with asyncio.timeout(LIMIT_S):
        seen = await reader.run(look)
    await reader.close()
    assert seen.answer is not None
    assert (seen.kind, seen.answer.contactless) == (kind, contactless)
    assert seen.protocol in {"T=0", "T=1"}


class Wire:
    protocol = "T=1"

    def __init__(self, atr: bytes, answers: list[bytes]) -> None:
        self.atr = atr
        self.asked: list[bytes] = []
        self._answers = answers

    def transmit(self, command: bytes) -> bytes:
        self.asked.append(command)
        return self._answers[len(self.asked) % len(self._answers)]


def test_only_select_by_name_is_ever_sent() -> None:
    card = Wire(bytes.fromhex("3B00"), [bytes.fromhex("6A82")])
    assert look(card).kind is CardKind.OTHER
    assert len(card.asked) == 3
    assert {command[1:3] for command in card.asked} == {b"\xa4\x04"}


def test_an_odd_answer_to_reset_is_no_reason_to_refuse_a_card() -> None:
    assert look(Wire(b"\x00\x01", [bytes.fromhex("6A82")])).answer is None


@settings(max_examples=50)
@given(st.binary(max_size=40), st.lists(st.binary(max_size=40), min_size=1, max_size=4))
def test_whatever_a_card_answers_it_is_of_some_kind_or_unreadable(atr: bytes, answers: list[bytes]) -> None:
    with contextlib.suppress(MediaUnreadable):
        assert look(Wire(atr, answers)).kind in CardKind
