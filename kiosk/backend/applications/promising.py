"""告知承诺: what was approved on a promise is checked afterwards (事后核查). Kept, or broken and what follows."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from kiosk.backend.applications import sentences
from kiosk.backend.applications.acts import CheckPromise, Clerk
from kiosk.backend.applications.deciding import revoke
from kiosk.backend.applications.documents import day_text
from kiosk.backend.applications.life import Life
from kiosk.backend.applications.obligations import owe, put
from kiosk.backend.applications.office import Office, not_good, written
from kiosk.backend.applications.states import Move
from kiosk.backend.applications.telling import DECISION
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import schema
from kiosk.contract import CaseState, ObligationKind, ObligationState
from kiosk.words import Text


def check_promise(office: Office, life: Life, clerk: Clerk, act: CheckPromise) -> Life:
    """Write down what the check of a promise found."""
    written(found=act.found)
    if life.case.state is not CaseState.APPROVED or life.case.revoked:
        raise RefusedRequestError(Code.CASE_STATE, "只核查已批准的承诺")
    state = ObligationState.MET if act.kept else ObligationState.BROKEN
    promise = _promise(life, act.subject)
    put(life.connection, life.id, ObligationKind.PROMISE, act.subject, state, life.now, remark=act.found)
    if act.kept:
        if act.revocation is not None or act.put_right:
            raise not_good("kept", "属实的不写整改或者撤销")
        return office.done(life, life.case, Move.NOTE, clerk, "promise-kept", "", sentences.PROMISE_KEPT)
    if act.revocation is not None:
        says = sentences.put(sentences.PROMISE_BROKEN, found=act.found)
        life = office.done(life, life.case, Move.NOTE, clerk, "promise-broken", "", says)
        return revoke(office, life, clerk, act.revocation)
    written(put_right=act.put_right)
    if act.put_right_by is None or act.put_right_by <= life.today:
        raise not_good("put_right_by", "请写明整改期限，或者撤销")
    words = sentences.plain(act.put_right)
    owe(life.connection, life.id, ObligationKind.PUT_RIGHT, act.subject, words, act.put_right_by, life.now)
    says = sentences.put(
        sentences.PROMISE_PUT_RIGHT, found=act.found, due=day_text(act.put_right_by), what=words, promise=promise
    )
    case = msgspec.structs.replace(life.case, reason=says)
    return office.done(life, case, Move.NOTE, clerk, "put-right-wanted", DECISION, says)


def _promise(life: Life, subject: str) -> Text:
    """Return the words of a promise that is still to be checked.

    Raises:
        RefusedRequestError: ``CASE_STATE``: there is none, or it was checked.
    """
    table = schema.obligation.c
    words = life.connection.execute(
        select(table.words).where(
            table.case_id == life.id,
            table.kind == ObligationKind.PROMISE.value,
            table.subject == subject,
            table.state.in_((ObligationState.OPEN.value, ObligationState.MISSED.value)),
        )
    ).scalar_one_or_none()
    if words is None:
        raise RefusedRequestError(Code.CASE_STATE, "没有待核查的承诺")
    return msgspec.json.decode(words, type=Text)
