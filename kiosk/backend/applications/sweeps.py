"""What time does to cases: reminders, missed days, departments that are late. It tells and flags; it never decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, Select, or_, select, update

from kiosk.backend.applications import sentences
from kiosk.backend.applications.documents import day_text
from kiosk.backend.applications.examining import Examiner
from kiosk.backend.applications.fees import PAYMENT
from kiosk.backend.applications.life import Life, Line, change, load_case, write_line
from kiosk.backend.applications.obligations import put
from kiosk.backend.applications.office import Office
from kiosk.backend.applications.states import AT_DEPARTMENT, Move
from kiosk.backend.applications.telling import DEFERRED_MATERIAL, MATERIAL_WANTED, OVERDUE, tell
from kiosk.backend.clockwork import Sweep
from kiosk.backend.mandates import Acting
from kiosk.backend.registers import Holder
from kiosk.backend.storage import schema
from kiosk.catalogue import Obtained
from kiosk.contract import Actor, Case, CaseState, ObligationKind, ObligationState
from kiosk.words import Text

_EVERY_S = 600.0
_BATCH = 100
"""Cases a round and kind: the rest waits for the next round, so that nobody else waits long for the writer."""


class Deadlines:
    """The rounds over the deadlines of cases."""

    def __init__(self, office: Office, examiner: Examiner) -> None:
        self._office = office
        self._examiner = examiner

    def sweeps(self) -> tuple[Sweep, ...]:
        """Return the rounds."""
        return (
            Sweep(name="case-overdue", every_s=_EVERY_S, work=self.overdue),
            Sweep(name="step-overdue", every_s=_EVERY_S, work=self.steps_overdue),
            Sweep(name="asked-missed", every_s=_EVERY_S, work=self.asked_missed),
            Sweep(name="obligations", every_s=_EVERY_S, work=self.obligations),
        )

    def overdue(self, connection: Connection, now: datetime) -> Sequence[int]:
        """Flag the cases whose day is over: the supervisor's list has them, their applicants are told."""
        table = schema.case.c
        stands = select(schema.case_step.c.id).where(
            schema.case_step.c.case_id == table.id, schema.case_step.c.ended_on.is_(None)
        )
        late = select(table.number).where(
            table.state.in_([state.value for state in AT_DEPARTMENT if state is not CaseState.BOOKED]),
            table.due_on < now.date(),
            table.overdue.is_(False),
            # while a step is under way the clock stands still
            ~stands.exists(),
        )
        rung = []
        for number in _batch(connection, late):
            life = load_case(connection, self._office.catalogue, number, now)
            case = msgspec.structs.replace(life.case, overdue=True)
            self._flag(life, case, "overdue", OVERDUE, sentences.OVERDUE)
            rung.append(life.application)
        return rung

    def steps_overdue(self, connection: Connection, now: datetime) -> Sequence[int]:
        """Flag the special steps that take longer than announced."""
        step, case = schema.case_step.c, schema.case.c
        late = (
            select(case.number)
            .join(schema.case_step, step.case_id == case.id)
            .where(step.ended_on.is_(None), step.limit_on < now.date(), step.overdue.is_(False))
        )
        rung = []
        for number in _batch(connection, late):
            life = load_case(connection, self._office.catalogue, number, now)
            name = next(each.name for each in life.case.steps if each.ended_on is None)
            table = schema.case_step
            connection.execute(
                update(table).where(table.c.case_id == life.id, table.c.ended_on.is_(None)).values(overdue=True)
            )
            self._flag(life, life.case, "step-overdue", OVERDUE, sentences.put(sentences.STEP_OVERDUE, step=name))
            rung.append(life.application)
        return rung

    def asked_missed(self, connection: Connection, now: datetime) -> Sequence[int]:
        """Note that the day of what was asked for is over: a person says what follows."""
        asked, case = schema.case_asked.c, schema.case.c
        missed = (
            select(case.number)
            .join(schema.case_asked, asked.case_id == case.id)
            .where(asked.answered_at.is_(None), asked.due_on < now.date(), asked.missed.is_(False))
        )
        rung = []
        for number in _batch(connection, missed):
            life = load_case(connection, self._office.catalogue, number, now)
            table = schema.case_asked
            connection.execute(
                update(table).where(table.c.case_id == life.id, table.c.answered_at.is_(None)).values(missed=True)
            )
            for_fee = any(each.kind == PAYMENT for each in life.case.waits_for)
            says = sentences.FEE_MISSED if for_fee else sentences.ASKED_MISSED
            self._flag(life, life.case, "asked-missed", MATERIAL_WANTED, says)
            rung.append(life.application)
        return rung

    def obligations(self, connection: Connection, now: datetime) -> Sequence[int]:
        """Find what a licence replaces by now, remind of the rest before its day, note what was missed."""
        table, case = schema.obligation.c, schema.case.c
        today = now.date()
        query = (
            select(case.number, table.id, table.kind, table.subject, table.words, table.due_on)
            .join(schema.obligation, table.case_id == case.id)
            .where(
                table.state == ObligationState.OPEN.value,
                table.kind != ObligationKind.PROMISE.value,
                or_(table.remind_on <= today, table.due_on < today),
            )
            .order_by(table.id)
            .limit(_BATCH)
        )
        rung = []
        for row in connection.execute(query).all():
            life = load_case(connection, self._office.catalogue, row.number, now)
            kind, words = ObligationKind(row.kind), msgspec.json.decode(row.words, type=Text)
            if kind is ObligationKind.MATERIAL and self._replaced(life, row.subject):
                says = sentences.put(sentences.FOUND, names=words)
                self._flag(life, life.case, "material-found", "", says)
            elif row.due_on < today:
                put(connection, life.id, kind, row.subject, ObligationState.MISSED, now)
                says = sentences.put(sentences.OWED_MISSED, name=words)
                self._flag(life, life.case, f"{kind.value}-missed", DEFERRED_MATERIAL, says)
            else:
                says = sentences.put(sentences.REMINDER, name=words, due=day_text(row.due_on))
                write_line(life, Line(what="reminded", who=Actor.RULES, says=says))
                tell(self._office.notices, life, DEFERRED_MATERIAL, says)
            reminded = update(schema.obligation).where(table.id == row.id).values(remind_on=None)
            connection.execute(reminded)
            rung.append(life.application)
        return rung

    def _replaced(self, life: Life, subject: str) -> bool:
        """Look whether a licence or a register has by now what was to be handed in; met, if so."""
        material = self._office.catalogue.materials.get(subject)
        if material is None or life.by_letter:
            return False
        holder = Holder(resident=life.resident, terminal="")
        found = Acting(holder=holder, own=holder)
        for way in material.obtained:
            if way not in {Obtained.LICENCE, Obtained.REGISTER}:
                continue
            reference = self._examiner.is_found(life.connection, found, life.case.item, subject, way, life.now)
            if reference:
                kind, state = ObligationKind.MATERIAL, ObligationState.MET
                return put(
                    life.connection, life.id, kind, subject, state, life.now, obtained=way.value, reference=reference
                )
        return False

    def _flag(self, life: Life, case: Case, what: str, kind: str, says: Text) -> None:
        after = change(life, case, Move.NOTE, Line(what=what, who=Actor.RULES, says=says))
        if kind:
            tell(self._office.notices, after, kind, says)


def _batch(connection: Connection, query: Select[str]) -> list[str]:
    return list(dict.fromkeys(connection.execute(query.limit(_BATCH)).scalars()))
