"""Correcting answers of what is not decided: validated and reviewed by the same engine, earlier revisions kept."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.applications.dossier import Dossier, read
from kiosk.backend.applications.examining import Examiner, check_attachments
from kiosk.backend.applications.life import Life, change, load
from kiosk.backend.applications.office import Office
from kiosk.backend.applications.outcomes import corrected
from kiosk.backend.applications.reading import find_application, stored
from kiosk.backend.applications.revising import Standing, revise, standing, with_answers, with_materials
from kiosk.backend.applications.states import OPEN, Move
from kiosk.backend.applications.submission import Taken, day_of, earlier_answer, fingerprint_of, remember
from kiosk.backend.mandates import Acting, acting
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.registers import Holder
from kiosk.backend.storage import schema
from kiosk.contract import ApplicationRequest, CaseState, CorrectionRequest

DONE = 200


class Corrections:
    """Takes corrections."""

    def __init__(self, office: Office, examiner: Examiner) -> None:
        self._office = office
        self._examiner = examiner

    def take(
        self,
        connection: Connection,
        holder: Holder,
        key: UUID,
        number: str,
        request: CorrectionRequest,
        verified_at: datetime,
    ) -> tuple[int, Taken]:
        """Correct an application, or return what was answered when it was corrected before; in one transaction.

        Returns:
            The row of the application, for who watches it, and the answer.

        Raises:
            RefusedRequestError: nothing was written; the key may be used again. ``NOT_FOUND``, ``CASE_STATE``:
                everything is decided, ``APPLICATION_CHANGED``: another revision was corrected, and what ``read``
                raises.
        """
        now = self._office.now()
        identity = find_application(connection, number, holder.resident, now.date())
        fingerprint = fingerprint_of(request, number)
        earlier = earlier_answer(connection, holder, key, fingerprint)
        if earlier is not None:
            return identity, earlier
        was = standing(connection, identity)
        open_items = self._open(connection, identity)
        if not open_items:
            raise RefusedRequestError(Code.CASE_STATE, "everything is decided")
        if was.revision != request.revision:
            raise RefusedRequestError(Code.APPLICATION_CHANGED)
        merged = _merged(was.request, request)
        dossier = read(self._office.catalogue, merged, day_of(merged, verified_at, now))
        given = {each.material: each for each in request.materials}
        check_attachments(
            connection, holder, {name: dossier.materials[name] for name in given if name in dossier.materials}
        )
        found = acting_again(connection, self._office, holder, was, dossier, now)
        examined = self._examiner.examine(connection, found, merged.notice, dossier, now, "correction")
        revision = revise(connection, was, merged, holder.actor, "correction", now)
        items = {item.id: item for item in dossier.matter.items}
        for item in open_items:
            one = load(connection, self._office.catalogue, identity, item, now)
            if one.case.decided_by_office is not None:
                # what lies in another city does not change here: withdrawn and filed anew, it does
                raise RefusedRequestError(Code.CASE_STATE, "another city decides it")
            self._examiner.keep(connection, examined, items[item], one.case.number)
            kept = msgspec.structs.replace(self._examiner.kept(examined, items[item]), clock=one.kept.clock)
            case = msgspec.structs.replace(one.case, revision=revision)
            self._reconsider(dataclasses.replace(one, kept=kept, case=case))
        taken = Taken(status=DONE, body=msgspec.json.encode(stored(connection, identity)))
        remember(connection, holder, key, fingerprint, taken, now)
        return identity, taken

    def _reconsider(self, one: Life) -> None:
        if one.case.state is CaseState.WAITING:
            # what was asked for is handed in by a supplement; the department sees the new review then
            change(one, one.case, Move.NOTE, corrected())
        else:
            self._office.outcomes.reconsider(one)

    @staticmethod
    def _open(connection: Connection, application: int) -> tuple[str, ...]:
        table = schema.case.c
        query = select(table.item).where(
            table.application == application, table.state.in_([state.value for state in OPEN])
        )
        return tuple(connection.execute(query.order_by(table.id)).scalars())


def acting_again(
    connection: Connection, office: Office, holder: Holder, was: Standing, dossier: Dossier, now: datetime
) -> Acting:
    """Return who changes an application: the applicant, or the agent who filed it, by the same right.

    Raises:
        RefusedRequestError: as ``acting``: the mandate is no longer good.
    """
    items = [item.id for item in dossier.matter.items]
    authority = was.request.authority
    if authority is None or holder.resident == was.resident:
        return Acting(holder=holder, own=holder)
    return acting(connection, office.catalogue, holder, authority, items, now.date())


def _merged(was: ApplicationRequest, request: CorrectionRequest) -> ApplicationRequest:
    return msgspec.structs.replace(
        was,
        answers=with_answers(was.answers, request.answers),
        materials=with_materials(was.materials, request.materials),
        catalogue_version=request.catalogue_version,
        signature=request.signature,
        confirmed=request.confirmed,
        signed_at=request.signed_at,
        language=request.language,
        terminal=request.terminal,
    )
