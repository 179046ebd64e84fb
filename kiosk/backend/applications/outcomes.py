"""Settling one case by rules: the outcome its review came to, its deadline or visit, its documents, and what it owes.

There is deliberately no way from here to ``refused``: only a person refuses (个人信息保护法 第二十四条), and that is a
clerk's act with a form of its own (``desk``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from kiosk.backend.applications import documents, sentences
from kiosk.backend.applications.clock import CaseClock
from kiosk.backend.applications.counters import free_time, reserve
from kiosk.backend.applications.documents import day_text, moment_text
from kiosk.backend.applications.life import Life, Line, change, decided, load, with_clock
from kiosk.backend.applications.obligations import CHECK_DAYS, DEFER_DAYS, owe
from kiosk.backend.applications.papers import Papers
from kiosk.backend.applications.review import Review
from kiosk.backend.applications.standing import stands
from kiosk.backend.applications.states import Move
from kiosk.backend.applications.visits import book, free_visit
from kiosk.backend.signing import Signer
from kiosk.backend.workdays import Deadline, workdays
from kiosk.catalogue import Catalogue, Item, Outcome
from kiosk.catalogue.policies import Period
from kiosk.contract import Actor, Case, CaseState, DecidedBy, ObligationKind
from kiosk.words import Text

ANSWER_DAYS = 5
"""Working days within which a person answers what an instant item referred to them."""


class Outcomes:
    """Settles cases by their reviews."""

    def __init__(self, catalogue: Catalogue, signer: Signer, once: Mapping[str, Period]) -> None:
        """Settle by the reviews; ``once`` names the items that are granted once in a period."""
        self._catalogue = catalogue
        self._once = once
        self.papers = Papers(catalogue, signer)

    def settle(self, one: Life) -> Case:
        """Write the outcome of a case that has none yet, and return it; a settled case is returned as it is."""
        if one.case.state is not CaseState.SUBMITTED:
            return one.case
        one = with_clock(one, clock_of(one))
        return self._settled(one, self._outcome(one), Move.SETTLE)

    def reconsider(self, one: Life) -> Case:
        """Write the outcome of a case that was reviewed anew, after a correction.

        It is decided when the rules say so now; it goes to a person when they do not any more. Where it is at its
        department already and stays there, day, visit and appointment stay what they were.
        """
        if one.case.state is CaseState.SUBMITTED:
            # its department has not looked at it yet: what it will see is the new review
            return change(one, one.case, Move.NOTE, corrected()).case
        if _stays(one.case.state, one.kept.review.outcome):
            reason = one.kept.review.reason if one.case.state is CaseState.REFERRED else one.case.reason
            kept = msgspec.structs.replace(one.case, reason=reason)
            return change(one, kept, Move.NOTE, corrected()).case
        free(one)
        return self._settled(one, self._outcome(one), Move.RECONSIDER)

    def give_up(self, one: Life) -> Case:
        """Refer a case that could not be processed: it is not lost, a person has it."""
        if one.case.state is not CaseState.SUBMITTED:
            return one.case
        one = with_clock(one, clock_of(one))
        return self._settled(one, self._refer(one, sentences.NOT_PROCESSED), Move.SETTLE)

    def hand_over(self, connection: Connection, application: int, item: str, now: datetime) -> None:
        """Refer a case whose item or department is not in the catalogue any more: nobody else would ever take it up."""
        one = load(connection, self._catalogue, application, item, now)
        if one.case.state is CaseState.SUBMITTED:
            start = one.received_at.date()
            one = with_clock(one, CaseClock(start=start, days=ANSWER_DAYS))
            due = one.clock.due(start)
            case = msgspec.structs.replace(
                one.case,
                state=CaseState.REFERRED,
                reason=perhaps_moving(sentences.NOT_PROCESSED, due.provisional),
                due_on=due.on,
            )
            change(one, case, Move.SETTLE, Line(what="referred", who=Actor.RULES, says=case.reason))

    def owed(self, one: Life, state: CaseState) -> None:
        """Write down what stays to be done with a case that comes to ``state``."""
        review = one.kept.review
        # at a counter it is brought along
        if state is not CaseState.BOOKED:
            days = DEFER_DAYS if one.item is None or one.item.defer_days is None else one.item.defer_days
            due_on = workdays().after(one.today, days).on
            for material, name in zip(review.deferred_materials, review.deferred, strict=False):
                owe(one.connection, one.id, ObligationKind.MATERIAL, material, name, due_on, one.now)
        if state is CaseState.APPROVED and review.promises:
            checked = CHECK_DAYS
            if one.item is not None and one.item.promise_check_days is not None:
                checked = one.item.promise_check_days
            due_on = workdays().after(one.today, checked).on
            for index, promise in enumerate(review.promises, start=1):
                subject = f"promise-{index}"
                owe(one.connection, one.id, ObligationKind.PROMISE, subject, promise, due_on, one.now)

    def _settled(self, one: Life, case: Case, move: Move) -> Case:
        self.owed(one, case.state)
        case = _with(case, checks=one.kept.review.checks)
        return change(one, case, move, Line(what=case.state.value, who=Actor.RULES, says=case.reason)).case

    def _outcome(self, one: Life) -> Case:
        match one.kept.review.outcome:
            case Outcome.APPROVED:
                period = self._once.get(one.case.item)
                if period is not None and stands(one, period):
                    return self._refer(one, sentences.GRANTED_BEFORE)
                return self._approve(one)
            case Outcome.ACCEPTED:
                return self._accept(one)
            case Outcome.INSPECTION_BOOKED:
                return self._book(one)
            case Outcome.BOOKED:
                return self._invite(one)
            case Outcome.REFERRED | Outcome.GUIDED:
                # a guided item makes no case: one that got here is for a person
                return self._refer(one, one.kept.review.reason)

    def _approve(self, one: Life) -> Case:
        review = one.kept.review
        return decided(
            one.case,
            CaseState.APPROVED,
            DecidedBy.RULES,
            one.now,
            reason=_and_deferred(review.reason, review),
            basis=review.basis,
            documents=self.papers.licence(one),
            output=dict(review.output),
            promises=review.promises,
        )

    def _accept(self, one: Life) -> Case:
        review = one.kept.review
        due = one.clock.due(one.today)
        reason = perhaps_moving(accepted_text(one, due), due.provisional)
        return _with(
            one.case,
            state=CaseState.ACCEPTED,
            reason=_and_deferred(reason, review),
            basis=review.basis,
            due_on=due.on,
            documents=(self.papers.notice(one, documents.ACCEPTANCE, due_on=due_text(one, due)),),
        )

    def _book(self, one: Life) -> Case:
        review = one.kept.review
        visit = book(
            one.connection,
            one.case.department,
            one.case.number,
            one.resident,
            one.now,
            wished_on=review.wished_on,
            wished_half=review.wished_half,
        )
        if visit is None:
            return self._refer(one, sentences.NO_SLOT)
        due = one.clock.due(one.today)
        reason = sentences.put(sentences.BOOKED, reason=review.reason, visit=moment_text(visit))
        reason = perhaps_moving(reason, due.provisional or not workdays().announced(visit.year))
        notice = self.papers.notice(one, documents.APPOINTMENT, appointment=moment_text(visit), address=review.place)
        return _with(
            one.case,
            state=CaseState.INSPECTION_BOOKED,
            reason=_and_deferred(reason, review),
            basis=review.basis,
            due_on=max(due.on, visit.date()),
            appointment=visit,
            documents=(notice,),
        )

    def _invite(self, one: Life) -> Case:
        """Make an appointment at the department's own counter, where everything filled in waits."""
        review = one.kept.review
        at = reserve(
            one.connection,
            one.case.department,
            one.application,
            one.resident,
            one.now,
            wished_on=review.wished_on,
            wished_half=review.wished_half,
        )
        if at is None:
            return self._refer(one, sentences.NO_COUNTER)
        office = self._catalogue.departments[one.case.department].office
        letter = (sentences.LETTER_OF_AUTHORITY,) if one.by_letter else ()
        bring = (sentences.IDENTITY_DOCUMENT, *letter, *review.bring)
        notice = self.papers.notice(
            one, documents.COUNTER, appointment=moment_text(at), office=office, bring=sentences.listed(bring)
        )
        says = sentences.put(sentences.COMES_TO_COUNTER, reason=review.reason, when=moment_text(at), office=office)
        says = perhaps_moving(says, not workdays().announced(at.year))
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

    def _refer(self, one: Life, reason: Text) -> Case:
        due = one.clock.due(one.today)
        notice = self.papers.notice(one, documents.REFERRAL, reason=reason, due_on=day_text(due.on))
        return _with(
            one.case,
            state=CaseState.REFERRED,
            reason=_and_deferred(perhaps_moving(reason, due.provisional), one.kept.review),
            basis=one.kept.review.basis,
            due_on=due.on,
            appointment=None,
            office=None,
            bring=(),
            documents=(notice,),
        )


def free(one: Life) -> None:
    """Give back the visit and the time at the counter of a case: nobody comes any more."""
    free_visit(one.connection, one.case.number)
    if one.case.state is CaseState.BOOKED:
        free_time(one.connection, one.application, one.case.department, one.case.number)


def clock_of(one: Life) -> CaseClock:
    """Return the clock of a case that begins: committed days, and those of steps that stop it."""
    start = one.received_at.date()
    if one.item is None:
        return CaseClock(start=start, days=ANSWER_DAYS)
    # what should have been decided at once and was not, is answered by a person soon
    days = one.item.committed_days or ANSWER_DAYS
    planned: dict[str, int] = {}
    for step in one.item.special_steps:
        planned[step.step.value] = planned.get(step.step.value, 0) + step.days
    return CaseClock(start=start, days=days, planned=planned)


def accepted_text(one: Life, due: Deadline) -> Text:
    """Return what a citizen reads whose case was accepted."""
    days = sentences.plain("") if one.item is None else days_text(one.item)
    return sentences.put(sentences.ACCEPTED, due=day_text(due.on), days=days)


def due_text(one: Life, due: Deadline) -> Text:
    """Return the day as it stands on a notice of acceptance: with the days of steps that stop the clock, if any."""
    if one.item is None or not one.item.special_steps:
        return day_text(due.on)
    return sentences.put(sentences.DUE_WITH_DAYS, due=day_text(due.on), days=days_text(one.item))


def days_text(item: Item) -> Text:
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


def corrected() -> Line:
    """Return the line of a correction that left a case where it was."""
    return Line(what="corrected", who=Actor.RULES, says=sentences.CORRECTED)


def perhaps_moving(reason: Text, provisional: bool) -> Text:
    """Return the reason, and that the day may move where it is in a year whose calendar is not announced yet."""
    return sentences.joined(reason, sentences.PROVISIONAL) if provisional else reason


def _stays(state: CaseState, outcome: Outcome) -> bool:
    """Return whether a case that is in ``state`` already is where ``outcome`` would bring it."""
    return state.value == outcome.value or (outcome is Outcome.GUIDED and state is CaseState.REFERRED)


def _with(case: Case, **changes: Any) -> Case:
    return msgspec.structs.replace(case, **changes)


def _and_deferred(reason: Text, review: Review) -> Text:
    """Return the reason, and what is still to be handed in (容缺)."""
    if not review.deferred:
        return reason
    return sentences.joined(reason, sentences.put(sentences.DEFERRED, names=sentences.listed(review.deferred)))
