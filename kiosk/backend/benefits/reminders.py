"""Reminders: what waits for somebody, on the screen whenever they ask; and a message when its day comes near.

A licence is reminded of 60, 30 and 7 days before its end, each once: the name of the reminder is unique in the
database. What a case waits for is told by the case's own sweeps; here it only stands in the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.applications.documents import day_text, moment_text
from kiosk.backend.applications.obligations import awaited
from kiosk.backend.applications.sentences import put
from kiosk.backend.applications.states import OPEN
from kiosk.backend.benefits import words
from kiosk.backend.clockwork import Sweep
from kiosk.backend.licences.library import Expiring, Licences
from kiosk.backend.notices import KINDS, Notices
from kiosk.backend.notices.kinds import (
    APPOINTMENT,
    DEFERRED_MATERIAL,
    DRAFT_EXPIRING,
    LICENCE_EXPIRING,
    MATERIAL_WANTED,
    PAYMENT_WANTED,
    RESULT_READY,
)
from kiosk.backend.notices.notices import is_wanted
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import insert_or_update, schema
from kiosk.catalogue import Catalogue, Item
from kiosk.contract import (
    Case,
    CaseState,
    DeliveryState,
    NextStep,
    NoticeChoice,
    Reminder,
    Reminders,
    Way,
)
from kiosk.words import Text

LICENCE_DAYS = (60, 30, 7)
DRAFT_DAYS = 7
APPOINTMENT_DAYS = 7
"""Shown so many days ahead; told on the day before."""
_ROUND_S = 3 * 3600.0
_BATCH = 500
_ANOTHER_DAY = {CaseState.BOOKED, CaseState.INSPECTION_BOOKED}


class Reminding:
    """Lists what waits, and tells what is due."""

    def __init__(self, catalogue: Catalogue, library: Licences, notices: Notices) -> None:
        self._catalogue = catalogue
        self._library = library
        self._notices = notices
        self._renewals = _renewals(catalogue)

    def sweeps(self) -> tuple[Sweep, ...]:
        """Return what is looked at because time passes."""
        return (
            Sweep(name="remind-licences", every_s=_ROUND_S, work=self.tell_licences),
            Sweep(name="remind-appointments", every_s=_ROUND_S, work=self.tell_appointments),
            Sweep(name="remind-drafts", every_s=_ROUND_S, work=self.tell_drafts),
        )

    def waiting(self, connection: Connection, resident: int, now: datetime) -> Reminders:
        """Return what waits for a person, the most urgent first, and what they want to be told."""
        found = [
            *self._cases(connection, resident, now),
            *self._licences(connection, resident, now),
            *self._drafts(connection, resident, now),
        ]
        found.sort(key=lambda each: (each.due_on or now.date() + timedelta(days=365), each.kind, each.about))
        choices = tuple(
            NoticeChoice(
                kind=kind.id,
                name=kind.name,
                wanted=is_wanted(connection, resident, kind.id),
                may_refuse=kind.may_refuse,
            )
            for kind in KINDS.values()
        )
        return Reminders(reminders=tuple(found), choices=choices)

    def choose(
        self, connection: Connection, resident: int, kind: str, wanted: bool, notice: str, now: datetime
    ) -> None:
        """Keep whether a person wants to be told this.

        Raises:
            RefusedRequestError: ``NOTICE_KIND``: there is no such kind, or it cannot be refused.
        """
        known = KINDS.get(kind)
        if known is None or not known.may_refuse:
            raise RefusedRequestError(Code.NOTICE_KIND)
        values = {"resident": resident, "kind": kind, "wanted": wanted, "notice": notice, "at": now.timestamp()}
        insert_or_update(connection, schema.notice_choice, values, key=["resident", "kind"], changes=values)

    def tell_licences(self, connection: Connection, now: datetime) -> Sequence[int]:
        """Tell holders of licences that run out in 60, 30 or 7 days; a day that was missed is made up for."""
        for expiring in self._library.expiring(connection, now.date(), LICENCE_DAYS[0]):
            left = (expiring.valid_until - now.date()).days
            step = min(days for days in LICENCE_DAYS if left <= days)
            once = f"licence-{expiring.type}-{expiring.number}-{expiring.resident}-{expiring.valid_until}-{step}"
            text = self._expires(expiring)
            self._notices.tell(
                connection, expiring.resident, LICENCE_EXPIRING, text, about=expiring.number, now=now, once=once
            )
        return ()

    def tell_appointments(self, connection: Connection, now: datetime) -> Sequence[int]:
        """Tell people on the day before that they have an appointment or a visit."""
        tomorrow = now.date() + timedelta(days=1)
        for case, resident, _ in _cases(connection, states=_ANOTHER_DAY):
            if case.appointment is None or case.appointment.date() != tomorrow:
                continue
            once = f"appointment-{case.number}-{case.appointment:%Y%m%d%H%M}"
            text = self._appointment(case)
            self._notices.tell(connection, resident, APPOINTMENT, text, about=case.number, now=now, once=once)
        return ()

    def tell_drafts(self, connection: Connection, now: datetime) -> Sequence[int]:
        """Tell people of forms that are about to be deleted."""
        table = schema.draft.c
        last = (now + timedelta(days=DRAFT_DAYS)).timestamp()
        query = select(schema.draft).where(table.expires_at > now.timestamp(), table.expires_at <= last)
        for row in connection.execute(query.limit(_BATCH)).all():
            until = datetime.fromtimestamp(row.expires_at, now.tzinfo).date()
            text = put(words.DRAFT, name=self._matter(row.matter), until=day_text(until))
            once = f"draft-{row.id}-{row.resident}-{until}"
            self._notices.tell(connection, row.resident, DRAFT_EXPIRING, text, about=row.id, now=now, once=once)
        return ()

    def _cases(self, connection: Connection, resident: int, now: datetime) -> Iterator[Reminder]:
        for case, _, application in _cases(connection, resident=resident):
            number = case.number
            for each in awaited(connection, _id(connection, number)):
                is_fee = each.kind == "payment"
                asked = case.state is CaseState.WAITING
                kind = PAYMENT_WANTED if is_fee else MATERIAL_WANTED if asked else DEFERRED_MATERIAL
                yield Reminder(
                    kind=kind,
                    title=case.item_name,
                    says=each.says,
                    next=NextStep.PAY if is_fee else NextStep.SUPPLEMENT,
                    due_on=each.due_on,
                    application=application,
                    case=number,
                    item=case.item,
                    about=each.subject,
                )
            at = case.appointment
            if case.state in _ANOTHER_DAY and at is not None and now < at <= now + timedelta(days=APPOINTMENT_DAYS):
                yield Reminder(
                    kind=APPOINTMENT,
                    title=case.item_name,
                    says=self._appointment(case),
                    next=NextStep.ATTEND,
                    due_on=at.date(),
                    at=at,
                    application=application,
                    case=number,
                    item=case.item,
                )
            if case.state is CaseState.APPROVED:
                yield from self._to_collect(connection, case, application)

    @staticmethod
    def _to_collect(connection: Connection, case: Case, application: str) -> Iterator[Reminder]:
        table = schema.delivery.c
        query = select(table.keep_until).where(
            table.case_number == case.number,
            table.state == DeliveryState.READY.value,
            table.way == Way.COLLECTION_POINT.value,
        )
        row = connection.execute(query).one_or_none()
        if row is None:
            return
        until = "" if row.keep_until is None else day_text(row.keep_until)
        yield Reminder(
            kind=RESULT_READY,
            title=case.item_name,
            says=put(words.COLLECT, until=until) if until else words.COLLECT_ANY_TIME,
            next=NextStep.COLLECT,
            due_on=row.keep_until,
            application=application,
            case=case.number,
            item=case.item,
        )

    def _licences(self, connection: Connection, resident: int, now: datetime) -> Iterator[Reminder]:
        for expiring in self._library.expiring(connection, now.date(), LICENCE_DAYS[0], resident=resident):
            item = self._renewals.get(expiring.type)
            yield Reminder(
                kind=LICENCE_EXPIRING,
                title=expiring.title,
                says=self._expires(expiring),
                next=NextStep.RENEW,
                due_on=expiring.valid_until,
                item="" if item is None else item.id,
                about=expiring.number,
            )

    def _drafts(self, connection: Connection, resident: int, now: datetime) -> Iterator[Reminder]:
        table = schema.draft.c
        last = (now + timedelta(days=DRAFT_DAYS)).timestamp()
        query = select(schema.draft).where(
            table.resident == resident, table.expires_at > now.timestamp(), table.expires_at <= last
        )
        for row in connection.execute(query):
            until = datetime.fromtimestamp(row.expires_at, now.tzinfo).date()
            name = self._matter(row.matter)
            yield Reminder(
                kind=DRAFT_EXPIRING,
                title=name,
                says=put(words.DRAFT, name=name, until=day_text(until)),
                next=NextStep.FINISH,
                due_on=until,
                about=row.id,
            )

    def _expires(self, expiring: Expiring) -> Text:
        item = self._renewals.get(expiring.type)
        until = day_text(expiring.valid_until)
        if item is None:
            return put(words.EXPIRES, name=expiring.title, until=until)
        return put(words.EXPIRES_RENEW, name=expiring.title, until=until, item=item.name)

    @staticmethod
    def _appointment(case: Case) -> Text:
        assert case.appointment is not None  # noqa: S101 - the callers have looked; this tells the type checker
        at = moment_text(case.appointment)
        if case.office is None:
            return put(words.VISIT, item=case.item_name, at=at)
        return put(words.APPOINTMENT, item=case.item_name, at=at, office=case.office)

    def _matter(self, identity: str) -> Text:
        known = self._catalogue.one_things.get(identity) or self._catalogue.items.get(identity)
        return words.BASKET if known is None else known.name


def _renewals(catalogue: Catalogue) -> dict[str, Item]:
    """Return by type of licence the item that renews it: one whose name begins with the licence's (驾驶证期满换证)."""
    found: dict[str, Item] = {}
    for kind in catalogue.licences.values():
        name = kind.name.zh_hans.partition("（")[0]
        for item in catalogue.items.values():
            if item.id == f"{kind.id}-renewal" or ("renewal" in item.id and name in item.name.zh_hans):
                found.setdefault(kind.id, item)
    return found


def _cases(
    connection: Connection, *, resident: int | None = None, states: set[CaseState] | None = None
) -> Iterator[tuple[Case, int, str]]:
    """Yield cases with whom they are for and the number of their application."""
    case, application = schema.case.c, schema.application.c
    query = select(case.content, application.resident, application.number).join(
        schema.application, application.id == case.application
    )
    if resident is not None:
        wanted = [*(state.value for state in OPEN), CaseState.APPROVED.value]
        query = query.where(application.resident == resident, case.state.in_(wanted))
    if states is not None:
        query = query.where(case.state.in_([state.value for state in states]))
    for row in connection.execute(query).all():
        yield msgspec.json.decode(row.content, type=Case), row.resident, row.number


def _id(connection: Connection, number: str) -> int:
    return int(connection.execute(select(schema.case.c.id).where(schema.case.c.number == number)).scalar_one())
