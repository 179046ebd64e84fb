"""Acts that end a case: approved, refused, not accepted, taken back. Each in writing, with its remedies."""

from __future__ import annotations

import msgspec

from kiosk.backend.applications import documents, sentences
from kiosk.backend.applications.acts import Approve, Clerk, NotAccept, Refuse, Revoke
from kiosk.backend.applications.documents import day_text
from kiosk.backend.applications.fees import return_fee
from kiosk.backend.applications.life import Life, decided
from kiosk.backend.applications.office import Office, clock_runs, listed, written
from kiosk.backend.applications.outcomes import free
from kiosk.backend.applications.remedies import remedies
from kiosk.backend.applications.states import Move
from kiosk.backend.applications.telling import DECISION
from kiosk.backend.licences import revocation
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.contract import CaseState, DecidedBy, IssuedDocument
from kiosk.words import Text

_REASON_CHARS = 60


def approve(office: Office, life: Life, clerk: Clerk, act: Approve, *, move: Move = Move.APPROVE) -> Life:
    """Approve, with licence and decision."""
    clock_runs(life)
    if len(act.reason) or act.basis:
        written(reason=act.reason or "-", basis=act.basis or "-")
    reason = sentences.plain(act.reason) if act.reason else sentences.APPROVED_BY_PERSON
    basis = act.basis or life.kept.review.basis or ("" if life.item is None else "；".join(life.item.legal_basis))
    against = remedies(life.case.department, office.city, life.today)
    licences = office.outcomes.papers.licence(life, act.output)
    decision = office.outcomes.papers.notice(
        life,
        documents.APPROVAL,
        decided_on=day_text(life.today),
        reason=reason,
        basis=sentences.plain(basis),
        reference=_numbers(licences),
        remedies=listed(against),
    )
    case = decided(
        life.case,
        CaseState.APPROVED,
        DecidedBy.PERSON,
        life.now,
        reason=reason,
        basis=basis,
        documents=(*licences, decision),
        output={**life.kept.review.output, **act.output},
        remedies=against,
        promises=life.kept.review.promises,
    )
    office.outcomes.owed(life, CaseState.APPROVED)
    return office.done(life, case, move, clerk, "approved", DECISION, reason)


def refuse(office: Office, life: Life, clerk: Clerk, act: Refuse, *, move: Move = Move.REFUSE) -> Life:
    """Refuse, in writing."""
    clock_runs(life)
    return _in_writing(office, life, clerk, act, CaseState.REFUSED, move)


def not_accept(office: Office, life: Life, clerk: Clerk, act: NotAccept) -> Life:
    """Do not accept, in writing."""
    return _in_writing(office, life, clerk, act, CaseState.NOT_ACCEPTED, Move.NOT_ACCEPT)


def revoke(office: Office, life: Life, clerk: Clerk, act: Revoke) -> Life:
    """Take back what was approved; that it was approved once stays written."""
    if life.case.state is not CaseState.APPROVED or life.case.revoked:
        raise RefusedRequestError(Code.CASE_STATE, "revoke")
    written(reasons=act.reasons, basis=act.basis)
    licences = tuple(each for each in life.case.documents if each.type not in documents.NOTICES)
    for licence in licences:
        try:
            revocation.revoke(life.connection, office.signer, licence.number, act.reasons, clerk.number, life.now)
        except (revocation.AlreadyRevokedError, revocation.LicenceUnknownError):
            # taken back before, or of a kind that has no place in a list: the decision stands all the same
            continue
    reason = sentences.put(sentences.REVOKED, reasons=act.reasons)
    against = remedies(life.case.department, office.city, life.today)
    notice = office.outcomes.papers.notice(
        life,
        documents.REVOCATION,
        decided_on=day_text(life.today),
        reference=_numbers(licences),
        reason=sentences.plain(act.reasons),
        basis=sentences.plain(act.basis),
        remedies=listed(against),
    )
    case = msgspec.structs.replace(
        life.case, reason=reason, basis=act.basis, revoked=True, remedies=against, documents=(*licences, notice)
    )
    return office.done(life, case, Move.NOTE, clerk, "revoked", DECISION, reason)


def _in_writing(
    office: Office, life: Life, clerk: Clerk, act: Refuse | NotAccept, state: CaseState, move: Move
) -> Life:
    written(reasons=act.reasons, basis=act.basis)
    if life.case.state is CaseState.WAITING and not any(each.missed for each in life.case.waits_for):
        raise RefusedRequestError(Code.CASE_STATE, "补正期限还没有到")
    is_refusal = state is CaseState.REFUSED
    against = remedies(life.case.department, office.city, life.today)
    notice = office.outcomes.papers.notice(
        life,
        documents.REFUSAL if is_refusal else documents.NOT_ACCEPTED,
        decided_on=day_text(life.today),
        reason=sentences.plain(act.reasons),
        basis=sentences.plain(act.basis),
        remedies=listed(against),
    )
    reason = sentences.put(sentences.REFUSED if is_refusal else sentences.NOT_ACCEPTED, reasons=act.reasons)
    case = decided(
        life.case,
        state,
        DecidedBy.PERSON,
        life.now,
        reason=reason,
        basis=act.basis,
        documents=(notice,),
        output={},
        remedies=against,
        appointment=None,
    )
    free(life)
    return_fee(life, reason.zh_hans[:_REASON_CHARS])
    return office.done(life, case, move, clerk, state.value, DECISION, reason)


def _numbers(licences: tuple[IssuedDocument, ...]) -> Text | None:
    return sentences.plain("、".join(each.number for each in licences)) if licences else None
