"""补正: asking once and completely for what is missing, and looking at what was handed in later."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import insert, select

from kiosk.backend.applications import documents, sentences
from kiosk.backend.applications.acts import Accept, Ask, CheckHandedIn, Clerk, HandOver
from kiosk.backend.applications.clock import WAITING
from kiosk.backend.applications.documents import day_text
from kiosk.backend.applications.life import Life, with_clock
from kiosk.backend.applications.obligations import Wanted, put
from kiosk.backend.applications.office import Office, clock_runs, not_good, written
from kiosk.backend.applications.outcomes import accepted_text, due_text, perhaps_moving
from kiosk.backend.applications.states import Move
from kiosk.backend.applications.telling import DECISION, DEFERRED_MATERIAL, MATERIAL_WANTED
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import schema
from kiosk.backend.workdays import workdays
from kiosk.contract import CaseState, ObligationKind, ObligationState
from kiosk.words import Text

_DAYS = range(1, 61)


def accept(office: Office, life: Life, clerk: Clerk, _act: Accept) -> Life:
    """受理: with its notice and its day."""
    due = life.clock.due(life.today)
    reason = perhaps_moving(accepted_text(life, due), due.provisional)
    notice = office.outcomes.papers.notice(life, documents.ACCEPTANCE, due_on=due_text(life, due))
    case = msgspec.structs.replace(
        life.case, state=CaseState.ACCEPTED, reason=reason, due_on=due.on, documents=(notice,)
    )
    return office.done(life, case, Move.ACCEPT, clerk, "accepted", DECISION, reason)


def ask(office: Office, life: Life, clerk: Clerk, act: Ask) -> Life:
    """Ask for everything that is missing; a second time only for what was asked and is still not there."""
    clock_runs(life)
    if act.days not in _DAYS:
        raise not_good("days", "补正期限为 1 至 60 个工作日")
    wanted = _wanted(office, life, act)
    earlier = _asked_before(life)
    if earlier is not None and not {(each.kind, each.subject) for each in wanted} <= earlier:
        raise not_good("materials", "补正只能一次性告知，不能再要求新的内容")
    due_on = workdays().after(life.today, act.days).on
    listed = sentences.listed(sentences.put(sentences.ASKED_ONE, name=each.name, says=each.says) for each in wanted)
    life.connection.execute(
        insert(schema.case_asked).values(
            case_id=life.id,
            round=1 if earlier is None else _rounds(life) + 1,
            asked_at=life.now.timestamp(),
            due_on=due_on,
            wanted=msgspec.json.encode(wanted).decode(),
            back_to=life.case.state.value,
        )
    )
    reason = sentences.put(sentences.ASKED, due=day_text(due_on), names=listed)
    notice = office.outcomes.papers.notice(life, documents.ASKED, wanted=listed, due_on=day_text(due_on))
    life = with_clock(life, life.clock.stop(WAITING, life.today))
    case = msgspec.structs.replace(life.case, state=CaseState.WAITING, reason=reason, documents=(notice,))
    return office.done(life, case, Move.ASK, clerk, "asked", MATERIAL_WANTED, reason)


def check_handed_in(office: Office, life: Life, clerk: Clerk, act: CheckHandedIn) -> Life:
    """Say whether what was handed in later, or put right, is good."""
    if act.kind is ObligationKind.PROMISE:
        raise not_good("kind", "承诺用事后核查记录")
    if not act.good:
        written(says=act.says)
    if act.days not in _DAYS:
        raise not_good("days", "重新提交期限为 1 至 60 个工作日")
    name = _name(life, act.kind, act.subject)
    due_on = workdays().after(life.today, act.days).on
    state = ObligationState.MET if act.good else ObligationState.OPEN
    put(
        life.connection,
        life.id,
        act.kind,
        act.subject,
        state,
        life.now,
        remark=act.says,
        due_on=None if act.good else due_on,
    )
    if act.good:
        says = sentences.put(sentences.GOOD, names=name)
    else:
        says = sentences.put(sentences.AGAIN, names=name, says=act.says, due=day_text(due_on))
    what = "material-checked" if act.kind is ObligationKind.MATERIAL else "put-right-checked"
    kind = "" if act.good else DEFERRED_MATERIAL
    return office.done(life, life.case, Move.NOTE, clerk, what, kind, says)


def hand_over(office: Office, life: Life, clerk: Clerk, act: HandOver) -> Life:
    """Write down that the result was handed over at the window."""
    written(to=act.to)
    if life.case.state is not CaseState.APPROVED or life.case.revoked:
        raise RefusedRequestError(Code.CASE_STATE, "hand over")
    return office.done(life, life.case, Move.NOTE, clerk, "handed-over", "", sentences.HANDED_OVER)


def _wanted(office: Office, life: Life, act: Ask) -> tuple[Wanted, ...]:
    if not act.materials and not act.answers:
        raise not_good("materials", "请列出需要补正的内容")
    written(**{f"materials/{name}": says for name, says in act.materials.items()})
    written(**{f"answers/{name}": says for name, says in act.answers.items()})
    uses = set() if life.item is None else {use.material for use in life.item.materials}
    needs = set() if life.item is None else {need.element for need in life.item.needs}
    for name in act.materials:
        if name not in uses:
            raise not_good(f"materials/{name}", "这个事项不需要这份材料")
    for name in act.answers:
        if name not in needs:
            raise not_good(f"answers/{name}", "这个事项不问这一项")
    materials = (
        Wanted(
            kind="material",
            subject=name,
            name=office.catalogue.materials[name].name,
            says=sentences.plain(says),
        )
        for name, says in act.materials.items()
    )
    answers = (
        Wanted(kind="answer", subject=name, name=office.catalogue.elements[name].title, says=sentences.plain(says))
        for name, says in act.answers.items()
    )
    return (*materials, *answers)


def _asked_before(life: Life) -> set[tuple[str, str]] | None:
    """Return what was asked for first, or None."""
    table = schema.case_asked.c
    first = life.connection.execute(
        select(table.wanted).where(table.case_id == life.id, table.round == 1)
    ).scalar_one_or_none()
    if first is None:
        return None
    return {(each.kind, each.subject) for each in msgspec.json.decode(first, type=tuple[Wanted, ...])}


def _rounds(life: Life) -> int:
    table = schema.case_asked.c
    return len(life.connection.execute(select(table.id).where(table.case_id == life.id)).all())


def _name(life: Life, kind: ObligationKind, subject: str) -> Text:
    """Return the words of something that was handed in.

    Raises:
        RefusedRequestError: ``CASE_STATE``: there is nothing of it to look at.
    """
    table = schema.obligation.c
    row = life.connection.execute(
        select(table.words, table.state).where(
            table.case_id == life.id, table.kind == kind.value, table.subject == subject
        )
    ).one_or_none()
    if row is None or row.state not in {
        ObligationState.HANDED_IN.value,
        ObligationState.OPEN.value,
        ObligationState.MISSED.value,
    }:
        raise RefusedRequestError(Code.CASE_STATE, "没有待核对的内容")
    return msgspec.json.decode(row.words, type=Text)


def answered(life: Life, at: datetime) -> CaseState:
    """Close the round that waits, and return where the case goes back to."""
    table = schema.case_asked
    row = life.connection.execute(
        select(table.c.id, table.c.back_to)
        .where(table.c.case_id == life.id, table.c.answered_at.is_(None))
        .order_by(table.c.round.desc())
    ).first()
    if row is None:
        raise RefusedRequestError(Code.CASE_STATE, "nothing was asked for")
    life.connection.execute(table.update().where(table.c.id == row.id).values(answered_at=at.timestamp()))
    return CaseState(row.back_to)
