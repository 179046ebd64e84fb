"""限时办: special steps that stop the clock, begun and ended by a person, and a limit that is prolonged.

Source: 行政许可法 第四十二条 (once, ten days, with the reason told), 第四十五条 (what does not count), 第四十七条 (a
hearing is held within twenty days).
"""

from __future__ import annotations

import msgspec
from sqlalchemy import insert, update

from kiosk.backend.applications import sentences
from kiosk.backend.applications.acts import BeginStep, Clerk, EndStep, Extend
from kiosk.backend.applications.documents import day_text
from kiosk.backend.applications.life import Life, redue, with_clock
from kiosk.backend.applications.office import Office, clock_runs, not_good, written
from kiosk.backend.applications.states import Move
from kiosk.backend.applications.telling import DECISION, OVERDUE
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import schema
from kiosk.backend.workdays import workdays
from kiosk.catalogue import StepKind

HEARING_DAYS = 20
EXTENSION_MOST = 10
"""Working days."""


def begin_step(office: Office, life: Life, clerk: Clerk, act: BeginStep) -> Life:
    """Begin a special step that the item announces, or a hearing; each once."""
    clock_runs(life)
    days = announced(life).get(act.step)
    if days is None:
        raise not_good("step", "这个事项没有公布这个特殊环节")
    if any(step.step == act.step for step in life.case.steps):
        raise RefusedRequestError(Code.CASE_STATE, "这个环节已经办过")
    limit_on = workdays().after(life.today, days).on
    life.connection.execute(
        insert(schema.case_step).values(
            case_id=life.id, step=act.step, days=days, begun_on=life.today, limit_on=limit_on
        )
    )
    life = with_clock(life, life.clock.stop(act.step, life.today))
    says = sentences.put(sentences.STEP_BEGUN, step=sentences.STEPS[act.step], limit=day_text(limit_on))
    return office.done(life, life.case, Move.STEP, clerk, "step-begun", DECISION, says)


def end_step(office: Office, life: Life, clerk: Clerk, act: EndStep) -> Life:
    """End the step that is under way; the day is counted anew with what it really took."""
    written(result=act.result)
    step = next((each for each in life.case.steps if each.ended_on is None), None)
    if step is None:
        raise RefusedRequestError(Code.CASE_STATE, "没有正在进行的特殊环节")
    table = schema.case_step
    life.connection.execute(
        update(table)
        .where(table.c.case_id == life.id, table.c.step == step.step)
        .values(ended_on=life.today, result=act.result)
    )
    life = with_clock(life, life.clock.go_on(life.today))
    case = redue(life, life.case, sentences.put(sentences.CLOCK_STEP, step=step.name))
    says = sentences.put(sentences.STEP_ENDED, step=step.name, result=act.result)
    return office.done(life, case, Move.STEP, clerk, "step-ended", "", says)


def extend(office: Office, life: Life, clerk: Clerk, act: Extend) -> Life:
    """Prolong the limit; only a supervisor, once, and the applicant is told why."""
    written(reason=act.reason)
    if not clerk.supervisor:
        raise not_good("days", "延长办理期限须经负责人批准")
    if not 0 < act.days <= EXTENSION_MOST:
        raise not_good("days", f"最多延长 {EXTENSION_MOST} 个工作日")
    if life.clock.extended:
        raise RefusedRequestError(Code.CASE_STATE, "已经延长过一次")
    life = with_clock(life, msgspec.structs.replace(life.clock, extended=act.days))
    why = sentences.put(sentences.CLOCK_EXTENDED, days=str(act.days), reason=act.reason)
    case = redue(life, life.case, why)
    return office.done(life, case, Move.STEP, clerk, "extended", OVERDUE, why)


def announced(life: Life) -> dict[str, int]:
    """Return the steps that may be begun with a case, with their limits in working days."""
    days = {StepKind.HEARING.value: HEARING_DAYS}
    for step in () if life.item is None else life.item.special_steps:
        days[step.step.value] = step.days
    return days
