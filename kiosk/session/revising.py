"""An answer changed from the review: what it does is said first, and nothing changes before it is confirmed.

A situation answer may choose other items; then the matter is merged anew and only what is open is asked.
"""

from __future__ import annotations

from msgspec.structs import replace

from kiosk import forms
from kiosk.catalogue import preview
from kiosk.forms import Answer, Answers, PageRef, Question, Value, Walk
from kiosk.session import answering, course, gathering, identifying
from kiosk.session.events import Answered, Skipped
from kiosk.session.house import House, Step
from kiosk.session.parts import Foreseen
from kiosk.session.state import Advice, Session, Stage


def of_situation(house: House, state: Session, page: PageRef) -> bool:
    """Return whether ``page`` asks something that chooses the items."""
    if state.mending is not None:
        return False  # the items of what was filed stay what they are
    form = house.catalogue.situation_form(state.service)
    return (
        form is not None
        and page.repeat is None
        and any(isinstance(question, Question) and question.element.id == page.id for question in form.pages)
    )


def answered(house: House, state: Session, event: Answered) -> Step:
    """Take the answer to the question on the screen, or say first what else it would change."""
    if state.matter is None or state.today is None or event.page != state.page:
        return state, ()
    value, says = answering.taken(house, state.matter.form, state.answers, state.today, event.page, event.raw)
    if value is None:
        return (replace(state, advice=Advice(text=says)), ()) if says is not None else (state, ())
    return _take(house, state, event.page, value)


def skipped(house: House, state: Session, event: Skipped) -> Step:
    """Leave a question that is not required without an answer, or say first what else that would change."""
    if state.stage is not Stage.QUESTION or state.matter is None or event.page != state.page:
        return state, ()
    if forms.question_of(state.matter.form, event.page) is None or forms.is_required(state.matter.form, event.page):
        return state, ()
    return _take(house, state, event.page, None)


def _take(house: House, state: Session, page: PageRef, value: Value | None) -> Step:
    if state.from_review:
        foreseen = foresee(house, state, page, value)
        if foreseen is not None and foreseen.any:
            return replace(state, stage=Stage.CHANGE, foreseen=foreseen, advice=None), ()
    return change(house, state, page, value)


def confirmed(house: House, state: Session) -> Step:
    """Change it after all."""
    foreseen = state.foreseen
    if foreseen is None:
        return state, ()
    value = None if foreseen.answer is None else foreseen.answer.value
    state = replace(state, stage=Stage.QUESTION, page=foreseen.page, from_review=True, foreseen=None)
    return change(house, state, foreseen.page, value)


def dropped(state: Session) -> Session:
    """Return the session at the review: everything is as it was."""
    return replace(state, stage=Stage.REVIEW, page=None, from_review=False, foreseen=None)


def back(state: Session) -> Session:
    """Return the session at the question, to answer it otherwise; nothing has changed."""
    return replace(state, stage=Stage.QUESTION, foreseen=None)


def change(house: House, state: Session, page: PageRef, value: Value | None) -> Step:
    """Take the answer; one that changes the items has their facts fetched, and only what is then open is asked."""
    matter, today = state.matter, state.today
    if matter is None or today is None or value is None or not of_situation(house, state, page):
        return answering.take(house, state, page, value)
    answer = Answer(value=value)
    situation = forms.with_answer(state.situation, page, answer)
    changed = house.catalogue.matter(state.service, situation, today)
    state = replace(
        state,
        situation=situation,
        matter=changed,
        answers=forms.with_answer(state.answers, page, answer),
        from_review=True,
        advice=None,
    )
    if changed.items == matter.items:
        return answering.onward(house, state, page)
    return identifying.fetch(house, state)


def foresee(house: House, state: Session, page: PageRef, value: Value | None) -> Foreseen | None:
    """Return what ``value`` as the answer to ``page`` would do besides; ``None`` when it says what was said."""
    before = course.walked(state)
    said = forms.answer_of(state.answers, page)
    if state.matter is None or before is None or said is None or said.value == value:
        return None
    answer = None if value is None else Answer(value=value)
    changed, after = _after(house, state, before, page, value)
    if changed.matter is None:
        return None
    items = [item.id for item in state.matter.items]
    now = [item.id for item in changed.matter.items]
    needs = [need.material.id for need in gathering.needed(state)]
    wanted = [need.material.id for need in gathering.needed(changed)]
    known = {ruled.item for ruled in preview(state.matter, state.answers, before.today, house.catalogue)}
    ruled = preview(changed.matter, changed.answers, before.today, house.catalogue)
    came = tuple(
        other
        for other in after.pages
        if other not in before and other != page and forms.question_of(after.form, other) is not None
    )
    recomputed: tuple[PageRef, ...] = ()
    broken: tuple[PageRef, ...] = ()
    if changed.matter.form == state.matter.form:
        effect = forms.consequences(before.form, state.answers, page, value, before.today, walked=before)
        recomputed, broken = effect.recomputed, effect.broken
    return Foreseen(
        page=page,
        answer=answer,
        dropped=tuple(other for other in before.pages if before.counting(other) is not None and other not in after),
        asked=tuple(other for other in came if forms.answer_of(changed.answers, other) is None),
        returned=tuple(other for other in came if forms.answer_of(changed.answers, other) is not None),
        recomputed=recomputed,
        broken=broken,
        items_come=tuple(item for item in now if item not in items),
        items_go=tuple(item for item in items if item not in now),
        materials_come=tuple(material for material in wanted if material not in needs),
        materials_go=tuple(material for material in needs if material not in wanted),
        referred=tuple(dict.fromkeys(each.item for each in ruled if each.item not in known and each.item in items)),
    )


def _after(house: House, state: Session, before: Walk, page: PageRef, value: Value | None) -> tuple[Session, Walk]:
    """Return the session as it would be, and the walk over its answers."""
    answers: Answers = forms.without_answer(state.answers, page)
    matter = state.matter
    if value is not None:
        answers = forms.with_answer(state.answers, page, Answer(value=value))
        if of_situation(house, state, page):
            situation = forms.with_answer(state.situation, page, Answer(value=value))
            matter = house.catalogue.matter(state.service, situation, before.today)
    form = before.form if matter is None else matter.form
    after = forms.walk(form, answers, before.today, before)
    return replace(state, matter=matter, answers=answers, walked=after), after
