"""The slips of a number for the counter, and of a complaint."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from drivers.printer.api import Pair, Qr, Slip, TextLine
from kiosk.contract import Complaint, ComplaintKind, ComplaintState, Ticket, TicketState
from kiosk.receipts import Letterhead, Slips
from kiosk.session.beside import Plea, Queue
from kiosk.session.state import Session
from kiosk.settings.model import ASSETS
from kiosk.words import Language, Text, load_texts

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NAME = Text(zh_hans="综合受理", zh_hant="綜合受理", en="General counter")
SLIPS = Slips(
    letterhead=Letterhead(city=NAME, hotline="12345", terminal="T-TEST", place=NAME),
    words=load_texts(ASSETS / "i18n" / "receipt.yaml"),
    materials={},
)
TICKET = Ticket(
    id="unguessable",
    label="A023",
    hall="centre",
    hall_name=NAME,
    service="general",
    service_name=NAME,
    state=TicketState.WAITING,
    ahead=7,
    minutes_least=25,
    minutes_most=40,
    counter="2",
    way=(NAME,),
    issued_at=NOW,
)


def words(slip: Slip) -> str:
    lines = [block.text for block in slip.blocks if isinstance(block, TextLine)]
    return "\n".join(lines + [f"{block.label} {block.value}" for block in slip.blocks if isinstance(block, Pair)])


@pytest.mark.parametrize("language", list(Language))
def test_a_number_is_on_paper_with_how_long_and_where(language: Language) -> None:
    made = SLIPS.compose_beside(Session(language=language, queue=Queue(ticket=TICKET)), now=NOW)
    said = words(made)
    assert all(part in said for part in ("A023", "7", "25", "40", "2", NAME.in_(language), "T-TEST"))
    assert not [block for block in made.blocks if isinstance(block, Qr)], "no phone reaches the backend"


def test_a_phone_follows_it_where_phones_reach_the_backend() -> None:
    public = replace(SLIPS, public_url="https://city.example.invalid/")
    made = public.compose_beside(Session(queue=Queue(ticket=TICKET)), now=NOW)
    (code,) = [block.payload for block in made.blocks if isinstance(block, Qr)]
    assert code == "https://city.example.invalid/m/tickets/unguessable"


@pytest.mark.parametrize("language", list(Language))
def test_a_complaint_is_on_paper_with_its_code_and_without_what_was_said(language: Language) -> None:
    complaint = Complaint(
        number="TS20261123-000001-5",
        kind=ComplaintKind.TOO_SLOW,
        state=ComplaintState.OPEN,
        words="说了很多",
        owner_name=NAME,
        contact="0100-0000000",
        received_at=NOW,
        due_on=NOW.date(),
        code="482913",
    )
    said = words(SLIPS.compose_beside(Session(language=language, plea=Plea(complaint=complaint)), now=NOW))
    assert all(part in said for part in (complaint.number, "482913", NAME.in_(language), "0100-0000000"))
    assert "说了很多" not in said
