"""A situation answer changed from the review: other items may be needed, so the matter is merged anew."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk import forms
from kiosk.forms import Answer, PageRef, Question
from kiosk.session import answering, identifying
from kiosk.session.events import Answered
from kiosk.session.house import House, Step
from kiosk.session.state import Advice, Session


def of_situation(house: House, state: Session, page: PageRef) -> bool:
    """Return whether ``page`` asks something that chooses the items."""
    form = house.catalogue.situation_form(state.service)
    return (
        form is not None
        and page.repeat is None
        and any(isinstance(question, Question) and question.element.id == page.id for question in form.pages)
    )


def situation_answered(house: House, state: Session, event: Answered) -> Step:
    """Take the answer; when it changes the items, fetch what is known for them, and ask only what is then open."""
    matter, today = state.matter, state.today
    if matter is None or today is None or event.page != state.page:
        return state, ()
    value, says = answering.taken(house, matter.form, state.answers, today, event.page, event.raw)
    if value is None:
        return (replace(state, advice=Advice(text=says)), ()) if says is not None else (state, ())
    answer = Answer(value=value)
    situation = forms.with_answer(state.situation, event.page, answer)
    changed = house.catalogue.matter(state.service, situation, today)
    state = replace(
        state,
        situation=situation,
        matter=changed,
        answers=forms.with_answer(state.answers, event.page, answer),
        from_review=True,
        advice=None,
    )
    if changed.items == matter.items:
        return answering.onward(house, state, event.page)
    return identifying.fetch(house, state)
