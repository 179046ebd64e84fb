"""现勘现审: a visit decides. Passed, the licence is issued there; else put right by a day, or refused in writing."""

from __future__ import annotations

import msgspec

from kiosk.backend.applications import documents, sentences
from kiosk.backend.applications.acts import Approve, BookVisit, Clerk, RecordVisit
from kiosk.backend.applications.deciding import approve, refuse
from kiosk.backend.applications.documents import day_text, moment_text
from kiosk.backend.applications.life import Life, Line, redue, write_line
from kiosk.backend.applications.obligations import owe
from kiosk.backend.applications.office import Office, clock_runs, not_good, written
from kiosk.backend.applications.states import Move
from kiosk.backend.applications.telling import APPOINTMENT, DECISION
from kiosk.backend.applications.visits import book, free_visit
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.contract import Actor, CaseState, ObligationKind


def book_visit(office: Office, life: Life, clerk: Clerk, act: BookVisit) -> Life:
    """Book the next free visit, in place of the one there was."""
    clock_runs(life)
    free_visit(life.connection, life.case.number)
    visit = book(
        life.connection,
        life.case.department,
        life.case.number,
        life.resident,
        life.now,
        wished_on=act.not_before,
        wished_half=act.half,
    )
    if visit is None:
        raise not_good("not_before", "这段时间没有空闲的核查时间")
    says = sentences.put(sentences.VISIT_BOOKED, visit=moment_text(visit))
    notice = office.outcomes.papers.notice(
        life, documents.APPOINTMENT, appointment=moment_text(visit), address=life.kept.review.place
    )
    case = msgspec.structs.replace(
        life.case, state=CaseState.INSPECTION_BOOKED, reason=says, appointment=visit, documents=(notice,)
    )
    case = redue(life, case, says)
    return office.done(life, case, Move.BOOK, clerk, "inspection-booked", APPOINTMENT, says)


def record_visit(office: Office, life: Life, clerk: Clerk, act: RecordVisit) -> Life:
    """Write down what a visit found, and what follows from it."""
    clock_runs(life)
    written(found=act.found)
    visit = life.case.appointment
    if life.case.state is not CaseState.INSPECTION_BOOKED or visit is None:
        raise RefusedRequestError(Code.CASE_STATE, "没有预约的现场核查")
    if life.today < visit.date():
        raise RefusedRequestError(Code.CASE_STATE, "还没有到现场核查的日子")
    if act.passed:
        if act.refusal is not None or act.put_right:
            raise not_good("passed", "通过的不写整改或者不予许可")
        says = sentences.put(sentences.VISIT_PASSED, found=act.found)
        write_line(life, Line(what="visited", who=Actor.PERSON, says=says, staff=clerk.number))
        return approve(office, life, clerk, Approve(output=act.output), move=Move.VISIT)
    if act.refusal is not None:
        write_line(life, Line(what="visited", who=Actor.PERSON, says=sentences.plain(act.found), staff=clerk.number))
        return refuse(office, life, clerk, act.refusal, move=Move.VISIT)
    return _put_right(office, life, clerk, act)


def _put_right(office: Office, life: Life, clerk: Clerk, act: RecordVisit) -> Life:
    written(put_right=act.put_right)
    if act.put_right_by is None or act.put_right_by <= life.today:
        raise not_good("put_right_by", "请写明整改期限")
    free_visit(life.connection, life.case.number)
    second = book(
        life.connection,
        life.case.department,
        life.case.number,
        life.resident,
        life.now,
        wished_on=act.put_right_by,
        wished_half="",
    )
    if second is None:
        raise not_good("put_right_by", "整改期限之后没有空闲的复查时间")
    words = sentences.plain(act.put_right)
    owe(life.connection, life.id, ObligationKind.PUT_RIGHT, "visit", words, act.put_right_by, life.now)
    says = sentences.put(
        sentences.VISIT_PUT_RIGHT, what=words, due=day_text(act.put_right_by), visit=moment_text(second)
    )
    notice = office.outcomes.papers.notice(
        life,
        documents.PUT_RIGHT,
        wanted=words,
        due_on=day_text(act.put_right_by),
        appointment=moment_text(second),
    )
    case = msgspec.structs.replace(life.case, reason=says, appointment=second, documents=(notice,))
    case = redue(life, case, sentences.put(sentences.VISIT_BOOKED, visit=moment_text(second)))
    return office.done(life, case, Move.VISIT, clerk, "put-right-wanted", DECISION, says)
