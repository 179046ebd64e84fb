"""Supplementing a case: what a clerk asked for (补正), what was to be handed in later (容缺), what was put right."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select

from kiosk.backend.applications import sentences
from kiosk.backend.applications.asking import answered
from kiosk.backend.applications.correcting import acting_again
from kiosk.backend.applications.dossier import read
from kiosk.backend.applications.examining import Examiner, check_attachments
from kiosk.backend.applications.fees import PAYMENT
from kiosk.backend.applications.life import Life, Line, change, redue, with_clock
from kiosk.backend.applications.mine import own_case
from kiosk.backend.applications.obligations import Wanted, put
from kiosk.backend.applications.office import Office
from kiosk.backend.applications.revising import Standing, revise, standing, with_answers, with_materials
from kiosk.backend.applications.states import Move
from kiosk.backend.applications.submission import fingerprint_of
from kiosk.backend.mandates import Acting, acting
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.registers import Holder
from kiosk.backend.storage import schema
from kiosk.catalogue import Obtained
from kiosk.contract import (
    Actor,
    ApplicationRequest,
    Awaited,
    CaseState,
    ObligationKind,
    ObligationState,
    ProblemError,
    SupplementRequest,
    SuppliedMaterial,
    WireAnswer,
    WireAnswers,
)
from kiosk.words import Text

_ANSWER, _MATERIAL, _PUT_RIGHT = "answer", "material", "put-right"


class Supplements:
    """Takes supplements."""

    def __init__(self, office: Office, examiner: Examiner) -> None:
        self._office = office
        self._examiner = examiner

    def take(
        self,
        connection: Connection,
        holder: Holder,
        number: str,
        versions: frozenset[int],
        request: SupplementRequest,
    ) -> Life:
        """Take what a case waits for, in one transaction; sent twice for one version it is taken once.

        Raises:
            RefusedRequestError: nothing was written. ``NOT_FOUND``, ``CASE_CHANGED``, ``CASE_STATE``: it waits for
                nothing; ``SUPPLEMENT_INVALID``, ``APPLICATION_INVALID``, ``ATTACHMENT_UNKNOWN`` with pointers.
        """
        now = self._office.now()
        life = own_case(connection, self._office.catalogue, number, holder.resident, now)
        fingerprint = fingerprint_of(request)
        if self._was_taken(life, versions, fingerprint):
            return life
        if versions and life.case.version not in versions:
            raise RefusedRequestError(Code.CASE_CHANGED)
        waits = tuple(each for each in life.case.waits_for if each.kind != PAYMENT)
        if not waits:
            raise RefusedRequestError(Code.CASE_STATE, life.case.state.value)
        asked = _asked(life)
        was = standing(connection, life.application)
        self._check(was.request.answers, waits, asked, request)
        given = {each.material: each for each in request.materials}
        check_attachments(connection, holder, given)
        found = self._acting(connection, holder, life, now)
        references = self._found(connection, found, life, given, now)
        self._keep(life, fingerprint, request)
        life = self._revised(connection, holder, life, asked, request)
        says = self._obligations(life, waits, given, references)
        if not asked:
            what = "handed-in"
            return change(life, life.case, Move.NOTE, Line(what=what, who=Actor.APPLICANT, says=says))
        back = answered(life, now)
        life = with_clock(life, life.clock.go_on(life.today))
        case = msgspec.structs.replace(life.case, state=back, reason=sentences.SUPPLEMENTED)
        case = redue(life, case, sentences.CLOCK_WAITED)
        line = Line(what="supplemented", who=Actor.APPLICANT, says=sentences.SUPPLEMENTED)
        return change(life, case, Move.SUPPLEMENT, line)

    def _acting(self, connection: Connection, holder: Holder, life: Life, now: datetime) -> Acting:
        """Return who hands it in, by the right by which it was filed."""
        was = standing(connection, life.application)
        if was.request.authority is None or holder.resident == was.resident:
            return Acting(holder=holder, own=holder)
        items = [life.case.item]
        return acting(connection, self._office.catalogue, holder, was.request.authority, items, now.date())

    def _check(
        self, was: WireAnswers, waits: tuple[Awaited, ...], asked: tuple[Wanted, ...], request: SupplementRequest
    ) -> None:
        """See that everything asked is there, nothing else is, and each in a way in which it is obtained."""
        errors: list[ProblemError] = []
        by_subject = {each.subject: each for each in waits if each.kind != _ANSWER}
        seen: set[str] = set()
        for index, given in enumerate(request.materials):
            awaited = by_subject.get(given.material)
            if awaited is None or given.material in seen:
                errors.append(ProblemError(detail="It is not waited for", pointer=pointer("materials", index)))
                continue
            seen.add(given.material)
            errors.extend(self._of_material(awaited, given, index))
        errors.extend(
            ProblemError(detail=each.name.zh_hans, pointer=pointer("materials"))
            for each in asked
            if each.kind == _MATERIAL and each.subject not in seen
        )
        errors.extend(_of_answers(was, asked, request.answers or WireAnswers(single={})))
        if not request.materials and not asked:
            errors.append(ProblemError(detail="Nothing was handed in", pointer=pointer("materials")))
        if errors:
            raise RefusedRequestError(Code.SUPPLEMENT_INVALID, errors=tuple(errors))

    def _of_material(self, awaited: Awaited, given: SuppliedMaterial, index: int) -> list[ProblemError]:
        if given.deferred:
            return [ProblemError(detail="It is wanted now", pointer=pointer("materials", index, "deferred"))]
        ways = {Obtained.SCAN.value}
        material = self._office.catalogue.materials.get(given.material)
        if awaited.kind != _PUT_RIGHT and material is not None:
            # a photograph is always good enough for a clerk to look at
            ways |= {way.value for way in material.obtained} - {Obtained.GENERATED.value}
        if given.obtained not in ways:
            detail = "It is not obtained that way"
            return [ProblemError(detail=detail, pointer=pointer("materials", index, "obtained"))]
        if given.obtained == Obtained.SCAN and not given.reference:
            detail = "Which attachment is it?"
            return [ProblemError(detail=detail, pointer=pointer("materials", index, "reference"))]
        return []

    def _found(
        self, connection: Connection, found: Acting, life: Life, given: Mapping[str, SuppliedMaterial], now: datetime
    ) -> dict[str, str]:
        """Return what licences and registers say of the materials that are to be found there.

        Raises:
            RefusedRequestError: ``SUPPLEMENT_INVALID``: there is no such licence or entry.
        """
        references: dict[str, str] = {}
        for index, (name, each) in enumerate(given.items()):
            if each.obtained not in {Obtained.LICENCE, Obtained.REGISTER}:
                continue
            way = Obtained(each.obtained)
            references[name] = self._examiner.is_found(connection, found, life.case.item, name, way, now)
            if not references[name]:
                error = ProblemError(detail="It was not found", pointer=pointer("materials", index, "obtained"))
                raise RefusedRequestError(Code.SUPPLEMENT_INVALID, errors=(error,))
        return references

    def _revised(
        self,
        connection: Connection,
        holder: Holder,
        life: Life,
        asked: tuple[Wanted, ...],
        request: SupplementRequest,
    ) -> Life:
        """Put what was handed in into the application, and review the case anew where answers were corrected."""
        was = standing(connection, life.application)
        known = self._office.catalogue.materials
        uses = set() if life.item is None else {use.material for use in life.item.materials}
        # a photograph in place of what has none stays with the case, for the clerk who asked for it
        materials = tuple(
            each
            for each in request.materials
            if each.material in uses and each.obtained in {way.value for way in known[each.material].obtained}
        )
        if request.answers is None:
            if materials:
                all_of_them = with_materials(was.request.materials, materials)
                merged = msgspec.structs.replace(was.request, materials=all_of_them)
                revise(connection, was, merged, holder.actor, "supplement", life.now)
            return life
        if not asked:
            error = ProblemError(detail="No answers were asked for", pointer=pointer("answers"))
            raise RefusedRequestError(Code.SUPPLEMENT_INVALID, errors=(error,))
        merged = self._merged(was, request, materials, life.now)
        dossier = read(self._office.catalogue, merged, life.today)
        found = acting_again(connection, self._office, holder, was, dossier, life.now)
        examined = self._examiner.examine(connection, found, merged.notice, dossier, life.now, "supplement")
        revision = revise(connection, was, merged, holder.actor, "supplement", life.now)
        item = next((each for each in dossier.matter.items if each.id == life.case.item), None)
        if item is None:
            return life
        kept = msgspec.structs.replace(self._examiner.kept(examined, item), clock=life.kept.clock)
        case = msgspec.structs.replace(life.case, revision=revision)
        return dataclasses.replace(life, kept=kept, case=case)

    @staticmethod
    def _merged(
        was: Standing, request: SupplementRequest, materials: tuple[SuppliedMaterial, ...], now: datetime
    ) -> ApplicationRequest:
        assert request.answers is not None  # noqa: S101 - its caller has looked; this tells the type checker
        return msgspec.structs.replace(
            was.request,
            answers=with_answers(was.request.answers, request.answers),
            materials=with_materials(was.request.materials, materials),
            catalogue_version=request.catalogue_version or was.request.catalogue_version,
            signature=request.signature,
            confirmed=request.confirmed,
            signed_at=now,
            language=request.language,
        )

    def _obligations(
        self,
        life: Life,
        waits: tuple[Awaited, ...],
        given: Mapping[str, SuppliedMaterial],
        references: Mapping[str, str],
    ) -> Text:
        """Bring obligations on: replaced by a licence they are met, else a clerk looks. Return what is said of it."""
        names: list[Text] = []
        replaced: list[Text] = []
        for awaited in waits:
            each = given.get(awaited.subject)
            if each is None or awaited.kind == _ANSWER:
                continue
            kind = ObligationKind.PUT_RIGHT if awaited.kind == _PUT_RIGHT else ObligationKind.MATERIAL
            reference = references.get(each.material, "")
            state = ObligationState.MET if reference else ObligationState.HANDED_IN
            put(
                life.connection,
                life.id,
                kind,
                awaited.subject,
                state,
                life.now,
                obtained=each.obtained,
                reference=reference or each.reference,
            )
            (replaced if reference else names).append(awaited.name)
        said = []
        if replaced:
            said.append(sentences.put(sentences.FOUND, names=sentences.listed(replaced)))
        if names:
            said.append(sentences.put(sentences.HANDED_IN, names=sentences.listed(names)))
        return sentences.joined(*said) if said else sentences.SUPPLEMENTED

    @staticmethod
    def _was_taken(life: Life, versions: frozenset[int], fingerprint: bytes) -> bool:
        table = schema.supplement.c
        query = select(table.id).where(
            table.case_id == life.id, table.version.in_(versions), table.fingerprint == fingerprint
        )
        return life.connection.execute(query).first() is not None

    @staticmethod
    def _keep(life: Life, fingerprint: bytes, request: SupplementRequest) -> None:
        life.connection.execute(
            insert(schema.supplement).values(
                case_id=life.id,
                version=life.case.version,
                fingerprint=fingerprint,
                content=msgspec.json.encode(request).decode(),
                at=life.now.timestamp(),
            )
        )


def _of_answers(was: WireAnswers, asked: tuple[Wanted, ...], given: WireAnswers) -> Iterator[ProblemError]:
    """Yield what is wrong with corrected answers: one that is missing, one that was not asked for and is another."""
    wanted = {each.subject: each.name for each in asked if each.kind == _ANSWER}
    there = set(given.single)
    for name, answer in given.single.items():
        if name not in wanted and not _is_same(was.single.get(name), answer):
            yield ProblemError(detail="It was not asked for", pointer=pointer("answers", "single", name))
    for repeat, rows in given.repeats.items():
        before = was.repeats.get(repeat, ())
        if len(rows) != len(before):
            yield ProblemError(detail="As many as there were", pointer=pointer("answers", "repeats", repeat))
        for index, (row, old) in enumerate(zip(rows, before, strict=False)):
            there |= set(row)
            for name, answer in row.items():
                if name not in wanted and not _is_same(old.get(name), answer):
                    where = pointer("answers", "repeats", repeat, index, name)
                    yield ProblemError(detail="It was not asked for", pointer=where)
    for name, title in wanted.items():
        if name not in there:
            yield ProblemError(detail=title.zh_hans, pointer=pointer("answers", "single", name))


def _is_same(was: WireAnswer | None, now: WireAnswer) -> bool:
    return was is not None and was.value == now.value


def _asked(life: Life) -> tuple[Wanted, ...]:
    """Return what a clerk asked for and waits for now; what is only owed besides is not in it."""
    if life.case.state is not CaseState.WAITING:
        return ()
    table = schema.case_asked.c
    wanted = life.connection.execute(
        select(table.wanted)
        .where(table.case_id == life.id, table.answered_at.is_(None), table.round > 0)
        .order_by(table.round.desc())
    ).scalars()
    return tuple(each for content in wanted for each in msgspec.json.decode(content, type=tuple[Wanted, ...]))
