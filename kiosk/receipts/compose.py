"""Lays out the receipt of a session: what was applied for, what came of it, what happens next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from drivers.printer.api import Align, Block, Pair, Qr, Rule, Slip, Space, TextLine
from kiosk import forms
from kiosk.catalogue.model import Department, Item, ItemKind
from kiosk.contract import Application, Case, CaseState, IssuedDocument
from kiosk.forms.model import Mask
from kiosk.session.finding import GUIDE_CODE
from kiosk.session.state import UNSENT, Delivery, Session, Submission
from kiosk.session.tracing import CASE_CODE
from kiosk.words import Language, Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Letterhead:
    """Whose receipt it is."""

    city: Text
    hotline: str
    terminal: str
    place: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipts:
    """Composes slips in the language of the session.

    Args:
        letterhead: Whose receipt it is.
        words: ``assets/i18n/receipt.yaml``.
        materials: Names of materials by id.
        departments: By id; where the counters are.
    """

    letterhead: Letterhead
    words: Mapping[str, Text]
    materials: Mapping[str, Text]
    departments: Mapping[str, Department] = field(default_factory=dict)

    def compose(self, session: Session, *, now: datetime) -> Slip:
        """Return the receipt of a session that has submitted.

        Args:
            session: Its submissions say what came of it.
            now: Time of printing, in the time zone of the terminal.
        """
        language = session.language
        blocks: list[Block] = [*self._head(session, now)]
        several = len(session.submissions) > 1
        for count, submission in enumerate(session.submissions, 1):
            if several:
                blocks += [Rule(dashed=False), self._line("entry", language, bold=True, n=str(count))]
            blocks += self._submission(submission, language, query=_is_query(session))
        blocks += self._paid(session, language)
        for item in () if session.matter is None else session.matter.guided:
            blocks += [Rule(dashed=False), *self._guided(item, language)]
        blocks += [
            Rule(),
            self._line("keep", language, align=Align.CENTRE),
            self._line("hotline", language, align=Align.CENTRE, number=self.letterhead.hotline),
            Space(lines=0.5),
        ]
        return Slip(blocks=tuple(blocks), language=language)

    def compose_sheet(self, session: Session, *, now: datetime) -> Slip:
        """Return the document that is on the screen, as a slip with the code that proves it.

        Args:
            session: Shows a document.
            now: Time of printing, in the time zone of the terminal.
        """
        language = session.language
        blocks: list[Block] = [TextLine(text=self.letterhead.city.in_(language), align=Align.CENTRE)]
        if session.sheet is not None:
            blocks += self._document(session.sheet.document, language, whole=True)
            if session.sheet.licence is not None:
                blocks += [Space(lines=0.3), TextLine(text=session.sheet.licence.says.in_(language))]
        blocks += [
            Rule(),
            self._pair("time", _moment(now, language), language),
            self._pair("terminal", self.letterhead.terminal, language),
            self._line("hotline", language, align=Align.CENTRE, number=self.letterhead.hotline),
            Space(lines=0.5),
        ]
        return Slip(blocks=tuple(blocks), language=language)

    def compose_guide(self, session: Session, items: tuple[Item, ...], *, now: datetime) -> Slip:
        """Return where to go and what to bring for items that are done at a counter; nothing about a person.

        Args:
            session: Says the language.
            items: The items.
            now: Time of printing, in the time zone of the terminal.
        """
        language = session.language
        blocks: list[Block] = [
            TextLine(text=self.letterhead.city.in_(language), align=Align.CENTRE),
            self._line("title.guide", language, scale=1.6, bold=True, align=Align.CENTRE),
        ]
        for item in items:
            blocks += [Rule(dashed=False), *self._guided(item, language)]
        blocks += [
            Rule(),
            self._pair("guide.time", _moment(now, language), language),
            self._line("hotline", language, align=Align.CENTRE, number=self.letterhead.hotline),
            Space(lines=0.5),
        ]
        return Slip(blocks=tuple(blocks), language=language)

    def _paid(self, session: Session, language: Language) -> Iterable[Block]:
        """Say what was paid; the fiscal receipt itself is opened and printed from the case."""
        payment = None if session.bill is None or not session.bill.paid else session.bill.payment
        if payment is None:
            return
        yield Rule()
        yield self._pair("paid", forms.shown_amount(payment.amount_fen, language), language, bold=True)
        if payment.receipt is not None:
            yield self._pair("paid.receipt", payment.receipt.number, language)

    def _guided(self, item: Item, language: Language) -> Iterable[Block]:
        department = self.departments[item.department]
        yield TextLine(text=item.name.in_(language), scale=1.25, bold=True)
        yield TextLine(text=item.summary.in_(language))
        yield self._pair("department", department.name.in_(language), language)
        yield self._pair("office", department.office.in_(language), language, bold=True)
        if department.hours is not None:
            yield self._pair("hours", department.hours.in_(language), language)
        yield self._pair("contact", department.phone, language)
        bring = [self.materials[used.material].in_(language) for used in item.materials]
        yield from self._bring(bring, language)
        yield self._line("basis", language, basis="；".join(item.legal_basis))
        yield Qr(payload=f"{GUIDE_CODE}{item.id}", caption=self.words["guide.code"].in_(language))

    def _bring(self, names: Sequence[str], language: Language) -> Iterable[Block]:
        if names:
            yield self._line("bring", language, bold=True)
            yield from (TextLine(text=f"□ {name}") for name in names)

    def _head(self, session: Session, now: datetime) -> Iterable[Block]:
        language, matter, holder = session.language, session.matter, session.holder
        title = "title.certificate" if _is_query(session) else "title"
        yield TextLine(text=self.letterhead.city.in_(language), align=Align.CENTRE)
        yield self._line(title, language, scale=1.6, bold=True, align=Align.CENTRE)
        yield Rule(dashed=False)
        if matter is not None:
            yield TextLine(text=matter.name.in_(language), scale=1.25, bold=True)
        if holder is not None:
            mandate, own = session.mandate, forms.masked(holder.name, Mask.NAME)
            if mandate is None:
                yield self._pair("applicant", own, language)
            else:
                if mandate.enterprise:
                    yield self._pair("enterprise", mandate.enterprise, language)
                else:
                    yield self._pair("applicant", forms.masked(mandate.principal.name, Mask.NAME), language)
                yield self._pair("agent", own, language)
            yield self._pair("document", forms.masked(holder.number, Mask.NUMBER), language)
        if session.helper is not None:
            yield self._pair("helper", f"{session.helper.name} {session.helper.staff}", language)
        yield self._pair("time", _moment(now, language), language)
        yield self._pair("place", self.letterhead.place.in_(language), language)
        yield self._pair("terminal", self.letterhead.terminal, language)

    def _submission(self, submission: Submission, language: Language, *, query: bool) -> Iterable[Block]:
        application = submission.application
        if application is None:
            if submission.delivery in (Delivery.SENDING, Delivery.DELAYED):
                yield Rule()
                yield self._line("delayed", language)
                yield self._pair("reference", submission.key[:13], language)
            elif submission.delivery in UNSENT:
                yield Rule()
                yield self._line("unsent", language, bold=True)
            return
        yield self._pair("application", application.number, language, bold=True)
        for case in application.cases:
            yield Rule()
            yield from self._case(case, language, named=not query, whole=len(application.cases) == 1)
        deferred = [given.material for given in application.materials if given.deferred]
        if deferred:
            yield Rule()
            names = [self.materials[material].in_(language) for material in deferred if material in self.materials]
            yield self._pair(
                "deferred", "、".join(names) if language is not Language.EN else ", ".join(names), language
            )
        if not _certified(application):
            yield Space(lines=0.5)
            caption = self.words["progress"].in_(language)
            yield Qr(payload=f"{CASE_CODE}{application.number}", caption=caption)

    def _case(self, case: Case, language: Language, *, named: bool, whole: bool) -> Iterable[Block]:
        if named:
            yield TextLine(text=case.item_name.in_(language), bold=True)
        yield self._pair("department", case.department_name.in_(language), language)
        yield self._pair("state", self.words[f"state.{case.state}"].in_(language), language, bold=True)
        reason = case.reason.in_(language)
        visit = "" if case.appointment is None else _moment(case.appointment, language)
        if reason:
            yield TextLine(text=reason, bold=visit != "" and visit in reason)
        yield from self._next(case, reason, visit, language)
        yield self._pair("case", case.number, language)
        if case.contact:
            yield self._pair("contact", case.contact, language)
        for document in case.documents:
            if case.state is CaseState.APPROVED:
                yield from self._document(document, language, whole=whole)
            else:
                # what a procedural document says (deadline, visit, telephone) stands above: its number is enough
                yield Pair(label=document.title.in_(language), value=document.number)

    def _next(self, case: Case, reason: str, visit: str, language: Language) -> Iterable[Block]:
        """Say when, where and with what it goes on; the department's words mostly say it, and once is enough."""
        due = "" if case.due_on is None else _day(case.due_on, language)
        if visit and visit not in reason:
            at_office = case.state is CaseState.BOOKED
            yield self._pair("appointment.office" if at_office else "appointment", visit, language, bold=True)
        elif not visit and due and due not in reason:
            yield self._pair("due", due, language)
        if case.office is not None and case.office.in_(language) not in reason:
            yield self._pair("office", case.office.in_(language), language, bold=True)
        bring = [name.in_(language) for name in case.bring]
        if not all(name in reason for name in bring):
            yield from self._bring(bring, language)

    def _document(self, document: IssuedDocument, language: Language, *, whole: bool) -> Iterable[Block]:
        """Print a licence or certificate; beside others without its fields, which its code holds as well."""
        yield Space(lines=0.6)
        yield TextLine(text=document.title.in_(language), bold=True, scale=1.25, align=Align.CENTRE)
        yield Space(lines=0.2)
        for label, value in document.fields if whole else ():
            yield Pair(label=label.in_(language), value=value)
        yield self._pair("number", document.number, language)
        yield self._pair("issued_on", _day(document.issued_on, language), language)
        if document.valid_until is not None:
            yield self._pair("valid_until", _day(document.valid_until, language), language)
        yield Space(lines=0.3)
        yield self._line("sealed", language, bold=True, align=Align.CENTRE, issuer=document.issuer.in_(language))
        yield Qr(payload=document.qr, caption=self.words["verify"].in_(language))

    def _pair(self, word: str, value: str, language: Language, *, bold: bool = False) -> Pair:
        return Pair(label=self.words[word].in_(language), value=value, bold=bold)

    def _line(
        self,
        word: str,
        language: Language,
        *,
        scale: float = 1.0,
        bold: bool = False,
        align: Align = Align.LEFT,
        **values: str,
    ) -> TextLine:
        text = self.words[word].filled(**values).in_(language)
        return TextLine(text=text, scale=scale, bold=bold, align=align)


def _certified(application: Application) -> bool:
    """Whether every case ended with a document of its own to verify: then the slip needs no progress code."""
    return all(case.state == "approved" and case.documents for case in application.cases)


def _is_query(session: Session) -> bool:
    """Whether nothing was applied for: something was looked up and printed."""
    return session.matter is not None and all(item.kind is ItemKind.QUERY_AND_PRINT for item in session.matter.items)


def _day(day: date, language: Language) -> str:
    return forms.shown_date(day, language)


def _moment(moment: datetime, language: Language) -> str:
    return f"{_day(moment.date(), language)} {moment:%H:%M}"
