"""Examining what was applied for: registers asked by ourselves, every item reviewed; at submission, and again later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, bindparam, select

from kiosk.backend.applications import review
from kiosk.backend.applications.documents import licence_fields
from kiosk.backend.applications.dossier import Dossier, wanted_names
from kiosk.backend.applications.life import Kept
from kiosk.backend.applications.sentences import joined
from kiosk.backend.attachments import belong
from kiosk.backend.deciders import Deciders
from kiosk.backend.facts import Knowledge
from kiosk.backend.mandates import Acting, Right
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.registers import Answered, Holder, Known, Pull, record
from kiosk.backend.storage import schema
from kiosk.catalogue import BASKET, Catalogue, Item, Obtained
from kiosk.contract import ProblemError, SuppliedMaterial
from kiosk.words import Text

_IDENTITY = select(schema.resident.c.name, schema.resident.c.number).where(schema.resident.c.id == bindparam("whose"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Examined:
    """An application with what the registers told the backend about it."""

    acting: Acting
    dossier: Dossier
    facts: Answered
    unconfirmed: Mapping[str, Text]
    """Materials said to be in a register or licence and not found there, by id, with their names."""
    now: datetime


class Examiner:
    """Asks the registers, and reviews."""

    def __init__(self, catalogue: Catalogue, knowledge: Knowledge, deciders: Deciders) -> None:
        self._catalogue = catalogue
        self._knowledge = knowledge
        self._deciders = deciders

    def examine(
        self, connection: Connection, found: Acting, notice: str, dossier: Dossier, now: datetime, channel: str
    ) -> Examined:
        """Ask what is needed to look at ``dossier``; each pull is recorded first, in the caller's transaction."""
        if found.right is Right.LETTER:
            dossier = msgspec.structs.replace(dossier, unproven=True)
        dossier = self._deciders.completed(dossier, now.date())
        pull = Pull(
            holder=found.holder,
            purpose=dossier.matter.id,
            notice=notice,
            names=(),
            channel=channel,
            items=tuple(item.id for item in dossier.matter.items) if dossier.matter.id == BASKET else (),
        )
        # with a letter that nobody has confirmed no register is asked: what differs would tell the agent what it says
        pulls = () if dossier.unproven else self._knowledge.pulls(found, wanted_names(dossier), pull)
        for each in pulls:
            record(connection, each, now)
        identity = found.own if found.right is Right.ENTERPRISE else found.holder
        facts = _with_identity(connection, identity, self._knowledge.ask(pulls, now), now)
        unconfirmed = {} if dossier.unproven else self._unconfirmed(found, pull, dossier, now)
        return Examined(acting=found, dossier=dossier, facts=facts, unconfirmed=unconfirmed, now=now)

    def kept(self, examined: Examined, item: Item) -> Kept:
        """Return what is kept with the case of ``item``: its review, and what its licence would say."""
        dossier = examined.dossier
        looked = review.review(
            self._catalogue, dossier, item, examined.facts, examined.unconfirmed, examined.now.date()
        )
        finding = self._deciders.finding(item, dossier.own, examined.now.date())
        if finding.says is not None:
            looked = msgspec.structs.replace(looked, reason=joined(looked.reason, finding.says))
        kind = self._catalogue.licences.get(item.result.licence or "")
        licence = () if kind is None else licence_fields(self._catalogue, kind, dossier.own, dict(looked.output))
        return Kept(review=looked, licence=licence)

    def keep(self, connection: Connection, examined: Examined, item: Item, case: str) -> None:
        """Keep with the case of ``item`` what was found out for it."""
        finding = self._deciders.finding(item, examined.dossier.own, examined.now.date())
        self._deciders.keep(connection, item, case, finding)

    def is_found(
        self, connection: Connection, found: Acting, purpose: str, material: str, way: Obtained, now: datetime
    ) -> str:
        """Return the reference of the licence or register entry that replaces ``material``; empty: there is none."""
        wanted = self._catalogue.materials[material]
        pull = Pull(holder=found.holder, purpose=purpose, notice="", names=(material,), channel="supplement")
        record(connection, pull, now)
        replaced = self._knowledge.replacement(found, pull, wanted, now, way=way)
        return "" if replaced is None else replaced.reference

    def _unconfirmed(self, found: Acting, pull: Pull, dossier: Dossier, now: datetime) -> dict[str, Text]:
        missing: dict[str, Text] = {}
        for name, supplied in dossier.materials.items():
            if supplied.deferred or supplied.obtained not in {Obtained.LICENCE, Obtained.REGISTER}:
                continue
            material = self._catalogue.materials[name]
            if self._knowledge.replacement(found, pull, material, now, way=Obtained(supplied.obtained)) is None:
                missing[name] = material.name
        return missing


def check_attachments(connection: Connection, holder: Holder, materials: Mapping[str, SuppliedMaterial]) -> None:
    """See that what was photographed is there, and of the person who hands it in.

    Raises:
        RefusedRequestError: ``ATTACHMENT_UNKNOWN``.
    """
    scanned = {
        name: supplied.reference
        for name, supplied in materials.items()
        if supplied.obtained == Obtained.SCAN and not supplied.deferred
    }
    errors = tuple(
        ProblemError(detail=name, pointer=pointer("materials"))
        for name, reference in scanned.items()
        if not belong(connection, holder.actor, [reference])
    )
    if errors:
        raise RefusedRequestError(Code.ATTACHMENT_UNKNOWN, errors=errors)


def _with_identity(connection: Connection, holder: Holder, facts: Answered, now: datetime) -> Answered:
    """Add what the backend knows of the verified person without asking: whose document it was."""
    row = connection.execute(_IDENTITY, {"whose": holder.resident}).one()
    identity = {
        review.IDENTITY + "name": Known(value=row.name, as_of=now.date()),
        review.IDENTITY + "number": Known(value=row.number, as_of=now.date()),
    }
    return msgspec.structs.replace(facts, known=identity | dict(facts.known))
