"""Lays out the slips of what goes on beside a matter: the number for a counter, a complaint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from drivers.printer.api import Align, Block, Qr, Rule, Slip, Space, TextLine
from kiosk import forms
from kiosk.contract import Complaint, Ticket
from kiosk.receipts.compose import Receipts
from kiosk.session.state import Session
from kiosk.words import Language

TICKET_PATH = "/m/tickets/"
"""Of the page that follows a ticket on a phone, below the public address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slips(Receipts):
    """Composes every slip, those beside a matter too.

    Args:
        public_url: Where phones reach the backend; empty: they do not.
    """

    public_url: str = ""

    def compose_beside(self, session: Session, *, now: datetime) -> Slip:
        """Return what is on the screen: the ticket, or the complaint.

        Args:
            session: Shows it.
            now: Time of printing, in the time zone of the terminal.
        """
        language = session.language
        blocks: list[Block] = [TextLine(text=self.letterhead.city.in_(language), align=Align.CENTRE)]
        if session.queue is not None and session.queue.ticket is not None:
            blocks += self._ticket(session.queue.ticket, language)
        if session.plea is not None and session.plea.complaint is not None:
            blocks += self._complaint(session.plea.complaint, language)
        blocks += [
            Rule(),
            self._pair("time", f"{now:%Y-%m-%d %H:%M}", language),
            self._pair("terminal", self.letterhead.terminal, language),
            self._line("hotline", language, align=Align.CENTRE, number=self.letterhead.hotline),
            Space(lines=0.5),
        ]
        return Slip(blocks=tuple(blocks), language=language)

    def _ticket(self, ticket: Ticket, language: Language) -> Iterable[Block]:
        yield TextLine(text=ticket.hall_name.in_(language), align=Align.CENTRE)
        yield TextLine(text=ticket.service_name.in_(language), scale=1.25, bold=True, align=Align.CENTRE)
        yield Rule(dashed=False)
        yield TextLine(text=ticket.label, scale=3.0, bold=True, align=Align.CENTRE)
        least, most = str(ticket.minutes_least), str(ticket.minutes_most)
        yield self._line("ticket.ahead", language, align=Align.CENTRE, n=str(ticket.ahead))
        yield self._line("ticket.minutes", language, align=Align.CENTRE, least=least, most=most)
        yield Rule()
        if ticket.counter:
            yield self._line("ticket.counter", language, bold=True, counter=ticket.counter)
        yield from (TextLine(text=f"{place}. {turn.in_(language)}") for place, turn in enumerate(ticket.way, 1))
        yield self._line("ticket.called", language)
        if self.public_url:
            caption = self.words["ticket.phone"].in_(language)
            yield Qr(payload=f"{self.public_url.rstrip('/')}{TICKET_PATH}{ticket.id}", caption=caption)

    def _complaint(self, complaint: Complaint, language: Language) -> Iterable[Block]:
        """Print number, owner, day and code; what was said is nobody's who finds the slip."""
        yield self._line("title.complaint", language, scale=1.6, bold=True, align=Align.CENTRE)
        yield Rule(dashed=False)
        yield self._pair("complaint.number", complaint.number, language, bold=True)
        if complaint.code:
            yield self._pair("complaint.code", complaint.code, language, bold=True)
        yield self._pair("complaint.owner", complaint.owner_name.in_(language), language)
        yield self._pair("complaint.due", forms.shown_date(complaint.due_on, language), language)
        if complaint.contact:
            yield self._pair("contact", complaint.contact, language)
        yield self._line("complaint.next", language)
