"""撤回: the applicant takes a case back while it is not decided."""

from __future__ import annotations

from sqlalchemy import Connection

from kiosk.backend.applications import documents, sentences
from kiosk.backend.applications.documents import day_text
from kiosk.backend.applications.fees import return_fee
from kiosk.backend.applications.life import Life, Line, change, decided
from kiosk.backend.applications.mine import own_case
from kiosk.backend.applications.office import Office
from kiosk.backend.applications.outcomes import free
from kiosk.backend.applications.states import OPEN, Move
from kiosk.backend.applications.telling import DECISION, tell
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.registers import Holder
from kiosk.contract import Actor, CaseState, WithdrawalRequest

_REASON = "撤回申请"


def withdraw(
    office: Office,
    connection: Connection,
    holder: Holder,
    number: str,
    versions: frozenset[int],
    data: WithdrawalRequest,
) -> Life:
    """Withdraw a case; one that was withdrawn before is returned as it is.

    What was booked for it is free again, what was paid for it goes back.

    Raises:
        RefusedRequestError: ``NOT_FOUND``, ``CASE_CHANGED``, or ``CASE_STATE``: it is decided. Nothing was written.
    """
    life = own_case(connection, office.catalogue, number, holder.resident, office.now())
    if life.case.state is CaseState.WITHDRAWN:
        return life
    if versions and life.case.version not in versions:
        raise RefusedRequestError(Code.CASE_CHANGED)
    if life.case.state not in OPEN:
        raise RefusedRequestError(Code.CASE_STATE, life.case.state.value)
    notice = office.outcomes.papers.notice(
        life,
        documents.WITHDRAWAL,
        decided_on=day_text(life.today),
        reason=sentences.plain(data.reason) if data.reason else None,
    )
    free(life)
    return_fee(life, _REASON)
    case = decided(
        life.case,
        CaseState.WITHDRAWN,
        None,
        None,
        reason=sentences.WITHDRAWN,
        appointment=None,
        office=None,
        bring=(),
        documents=(notice,),
        due_on=None,
    )
    line = Line(what="withdrawn", who=Actor.APPLICANT, says=sentences.WITHDRAWN)
    after = change(life, case, Move.WITHDRAW, line)
    tell(office.notices, after, DECISION, sentences.WITHDRAWN)
    return after
