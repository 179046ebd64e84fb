"""Settling one case: the outcome its review came to, its deadline or visit, its documents, and word to who waits.

There is deliberately no way from here to ``refused``: only a person refuses (个人信息保护法 第二十四条), and that is a
clerk's act with a form of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from kiosk.backend.applications import documents, sentences
from kiosk.backend.applications.counters import reserve
from kiosk.backend.applications.documents import Fields, day_text, moment_text
from kiosk.backend.applications.review import Review
from kiosk.backend.applications.visits import book
from kiosk.backend.signing import Signer
from kiosk.backend.storage import schema
from kiosk.backend.workdays import Deadline, workdays
from kiosk.catalogue import Catalogue, Item, Outcome
from kiosk.contract import Authority, Case, CaseEvent, CaseState, IssuedDocument
from kiosk.words import Text

ANSWER_DAYS = 5
"""Working days within which a person answers what an instant item referred to them."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept with a case for whoever settles it: the review, and what its licence would say."""

    review: Review
    licence: Fields = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Settling:
    """One case about to be settled, inside a transaction."""

    connection: Connection
    application: int
    application_number: str
    resident: int
    applicant: str
    """As it stands on documents; with an agent, who acts for them."""
    by_letter: bool
    """An agent acts with a letter that nobody has confirmed."""
    received_at: datetime
    case: Case
    item: Item
    kept: Kept
    now: datetime


class Outcomes:
    """Settles cases by their reviews."""

    def __init__(self, catalogue: Catalogue, signer: Signer) -> None:
        self._catalogue = catalogue
        self._signer = signer

    def settle(self, one: Settling) -> Case:
        """Write the outcome of a case that has none yet, and return it; a settled case is returned as it is."""
        if one.case.state is not CaseState.SUBMITTED:
            return one.case
        match one.kept.review.outcome:
            case Outcome.APPROVED:
                case = self._approve(one)
            case Outcome.ACCEPTED:
                case = self._accept(one)
            case Outcome.INSPECTION_BOOKED:
                case = self._book(one)
            case Outcome.BOOKED:
                case = self._invite(one)
            case Outcome.REFERRED | Outcome.GUIDED:
                # a guided item makes no case: one that got here is for a person
                case = self._refer(one, one.kept.review.reason)
        _store(one, case)
        return case

    def give_up(self, one: Settling) -> Case:
        """Refer a case that could not be processed: it is not lost, a person has it."""
        if one.case.state is not CaseState.SUBMITTED:
            return one.case
        case = self._refer(one, sentences.NOT_PROCESSED)
        _store(one, case)
        return case

    def _approve(self, one: Settling) -> Case:
        review = one.kept.review
        kind = self._catalogue.licences.get(one.item.result.licence or "")
        issued = () if kind is None else (self._issue(one, kind.id, one.kept.licence),)
        return _with(
            one.case,
            state=CaseState.APPROVED,
            reason=_and_deferred(review.reason, review),
            basis=review.basis,
            decided_at=one.now,
            documents=issued,
            output=dict(review.output),
        )

    def _accept(self, one: Settling) -> Case:
        review = one.kept.review
        due = _due(one)
        days = _days_text(one.item)
        reason = _perhaps_moving(sentences.put(sentences.ACCEPTED, due=day_text(due.on), days=days), due.provisional)
        stands = sentences.put(sentences.DUE_WITH_DAYS, due=day_text(due.on), days=days)
        notice = self._notice(one, documents.ACCEPTANCE, due_on=stands if one.item.special_steps else day_text(due.on))
        return _with(
            one.case,
            state=CaseState.ACCEPTED,
            reason=_and_deferred(reason, review),
            basis=review.basis,
            due_on=due.on,
            documents=(notice,),
        )

    def _book(self, one: Settling) -> Case:
        review = one.kept.review
        visit = book(
            one.connection,
            one.item.department,
            one.case.number,
            one.resident,
            one.now,
            wished_on=review.wished_on,
            wished_half=review.wished_half,
        )
        if visit is None:
            return self._refer(one, sentences.NO_SLOT)
        due = _due(one)
        reason = sentences.put(sentences.BOOKED, reason=review.reason, visit=moment_text(visit))
        reason = _perhaps_moving(reason, due.provisional or not workdays().announced(visit.year))
        notice = self._notice(one, documents.APPOINTMENT, appointment=moment_text(visit), address=review.place)
        return _with(
            one.case,
            state=CaseState.INSPECTION_BOOKED,
            reason=_and_deferred(reason, review),
            basis=review.basis,
            due_on=max(due.on, visit.date()),
            appointment=visit,
            documents=(notice,),
        )

    def _invite(self, one: Settling) -> Case:
        """Make an appointment at the department's own counter, where everything filled in waits."""
        review = one.kept.review
        at = reserve(
            one.connection,
            one.item.department,
            one.application,
            one.resident,
            one.now,
            wished_on=review.wished_on,
            wished_half=review.wished_half,
        )
        if at is None:
            return self._refer(one, sentences.NO_COUNTER)
        office = self._catalogue.departments[one.item.department].office
        letter = (sentences.LETTER_OF_AUTHORITY,) if one.by_letter else ()
        bring = (sentences.IDENTITY_DOCUMENT, *letter, *review.bring)
        notice = self._notice(
            one, documents.COUNTER, appointment=moment_text(at), office=office, bring=sentences.listed(bring)
        )
        says = sentences.put(sentences.COMES_TO_COUNTER, reason=review.reason, when=moment_text(at), office=office)
        says = _perhaps_moving(says, not workdays().announced(at.year))
        return _with(
            one.case,
            state=CaseState.BOOKED,
            reason=sentences.joined(says, sentences.put(sentences.BRING, names=sentences.listed(bring))),
            basis=review.basis,
            appointment=at,
            office=office,
            bring=bring,
            documents=(notice,),
        )

    def _refer(self, one: Settling, reason: Text) -> Case:
        due = _due(one, at_least=ANSWER_DAYS)
        notice = self._notice(one, documents.REFERRAL, reason=reason, due_on=day_text(due.on))
        return _with(
            one.case,
            state=CaseState.REFERRED,
            reason=_and_deferred(_perhaps_moving(reason, due.provisional), one.kept.review),
            basis=one.kept.review.basis,
            due_on=due.on,
            documents=(notice,),
        )

    def _notice(self, one: Settling, kind: str, **says: Text | None) -> IssuedDocument:
        common: dict[str, Text | None] = {
            "case": sentences.plain(one.case.number),
            "item": one.item.name,
            "applicant": sentences.plain(one.applicant),
            "received_on": day_text(one.received_at.date()),
            "contact": sentences.plain(one.case.contact),
        }
        fields = documents.notice_fields(self._catalogue.licences[kind], common | says)
        return self._issue(one, kind, fields, is_notice=True)

    def _issue(self, one: Settling, kind: str, fields: Fields, *, is_notice: bool = False) -> IssuedDocument:
        return documents.issue(
            one.connection,
            self._signer,
            self._catalogue.licences[kind],
            one.item,
            one.case.department_name,
            fields,
            resident=one.resident,
            case=one.case.number,
            at=one.now,
            is_notice=is_notice,
        )


def hand_over(connection: Connection, application: int, item: str, now: datetime) -> None:
    """Refer a case whose item or department is not in the catalogue any more: nobody else would ever take it up.

    Without its item nothing can be signed for it: the case says where it is, and there is no notice.
    """
    row = connection.execute(
        select(schema.case.c.content, schema.application.c.number, schema.application.c.received_at)
        .join(schema.application, schema.application.c.id == schema.case.c.application)
        .where(schema.case.c.application == application, schema.case.c.item == item)
    ).one()
    due = workdays().after(datetime.fromtimestamp(row.received_at, now.tzinfo).date(), ANSWER_DAYS)
    case = _with(
        msgspec.json.decode(row.content, type=Case),
        state=CaseState.REFERRED,
        reason=_perhaps_moving(sentences.NOT_PROCESSED, due.provisional),
        due_on=due.on,
    )
    _write(connection, application, row.number, case, now)


def load(connection: Connection, catalogue: Catalogue, application: int, item: str, now: datetime) -> Settling:
    """Return the case of ``item`` with everything needed to settle it."""
    row = connection.execute(
        select(
            schema.case.c.content,
            schema.case.c.kept,
            schema.application.c.number,
            schema.application.c.received_at,
            schema.application.c.resident,
            schema.application.c.applicant,
            schema.application.c.agent_name,
            schema.application.c.request,
            schema.resident.c.name,
        )
        .join(schema.application, schema.application.c.id == schema.case.c.application)
        .join(schema.resident, schema.resident.c.id == schema.application.c.resident)
        .where(schema.case.c.application == application, schema.case.c.item == item)
    ).one()
    return Settling(
        connection=connection,
        application=application,
        application_number=row.number,
        resident=row.resident,
        applicant=_applicant(row.applicant or row.name, row.agent_name),
        by_letter=_is_by_letter(row.request),
        received_at=datetime.fromtimestamp(row.received_at, now.tzinfo),
        case=msgspec.json.decode(row.content, type=Case),
        item=catalogue.items[item],
        kept=msgspec.json.decode(row.kept, type=Kept),
        now=now,
    )


def _store(one: Settling, case: Case) -> None:
    _write(one.connection, one.application, one.application_number, case, one.now)


def _write(connection: Connection, application: int, number: str, case: Case, now: datetime) -> None:
    """Write the outcome and its event, guarded by the state: whoever comes second changes nothing."""
    table = schema.case
    changed = connection.execute(
        update(table)
        .where(table.c.number == case.number, table.c.state == CaseState.SUBMITTED.value)
        .values(state=case.state.value, content=msgspec.json.encode(case).decode())
    )
    if changed.rowcount:
        event = CaseEvent(application=number, case=case)
        connection.execute(
            insert(schema.case_event).values(
                application=application, content=msgspec.json.encode(event).decode(), at=now.timestamp()
            )
        )


class _Authorised(msgspec.Struct, frozen=True, rename="camel"):
    """The part of a kept request that says by what right an agent acts."""

    authority: Authority | None = None


def _is_by_letter(request: str) -> bool:
    authority = msgspec.json.decode(request, type=_Authorised).authority
    return authority is not None and not authority.mandate


def _applicant(name: str, agent: str) -> str:
    """Return the applicant as on a document of the mainland: in Simplified Chinese, with the agent beside."""
    return sentences.put(sentences.BY_AGENT, applicant=name, agent=agent).zh_hans if agent else name


def _due(one: Settling, *, at_least: int = 0) -> Deadline:
    """Return the day promised: committed days, and those of steps that stop the clock (行政许可法 第四十五条)."""
    days = one.item.committed_days or at_least
    return workdays().after(one.received_at.date(), days + sum(step.days for step in one.item.special_steps))


def _days_text(item: Item) -> Text:
    """Return the days promised and, apart from them, those of special steps."""
    days = sentences.put(sentences.DAYS, days=str(item.committed_days))
    if not item.special_steps:
        return days
    steps = sentences.listed(
        sentences.put(sentences.SPECIAL_STEP, step=sentences.STEPS[each.step.value], days=str(each.days))
        for each in item.special_steps
    )
    added = sentences.put(sentences.SPECIAL, steps=steps)
    return Text(zh_hans=days.zh_hans + added.zh_hans, zh_hant=days.zh_hant + added.zh_hant, en=days.en + added.en)


def _with(case: Case, **changes: Any) -> Case:
    return msgspec.structs.replace(case, **changes)


def _perhaps_moving(reason: Text, provisional: bool) -> Text:
    """Return the reason, and that the day may move where it is in a year whose calendar is not announced yet."""
    return sentences.joined(reason, sentences.PROVISIONAL) if provisional else reason


def _and_deferred(reason: Text, review: Review) -> Text:
    """Return the reason, and what is still to be handed in (容缺)."""
    if not review.deferred:
        return reason
    return sentences.joined(reason, sentences.put(sentences.DEFERRED, names=sentences.listed(review.deferred)))
