"""Known facts to confirm, then one question a page, until every answer on the path is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from msgspec.structs import replace

from kiosk import forms
from kiosk.catalogue.model import Matter
from kiosk.contract import Fact
from kiosk.forms import Answer, Answers, Element, Form, PageRef, Question, Value
from kiosk.session import gathering
from kiosk.session.events import Answered, ChangeWanted, EntryAdded, EntryRemoved, FactDisputed, Raw, Skipped
from kiosk.session.house import House, Step
from kiosk.session.state import UNSENT, Advice, Holder, Session, Stage
from kiosk.words import Text


def taken(
    house: House, form: Form, answers: Answers, today: date, page: PageRef, raw: Raw
) -> tuple[Value | None, Text | None]:
    """Return the value of a raw answer, or the sentence that says what to enter instead."""
    element = forms.element_of(form, page)
    if element is None:
        return None, None
    try:
        value = forms.parse(element, raw)
    except forms.NotAnAnswer as wrong:
        return None, wrong.says
    says = forms.check(form, page, value, answers, today, house.catalogue.divisions)
    return (None, says) if says is not None else (value, None)


def candidates(matter: Matter, holder: Holder | None, facts: tuple[Fact, ...]) -> dict[str, Answer]:
    """Return what is known for the elements of a form, by element id, each from its best source.

    A known value that its element does not allow is left out: the question is asked instead.
    """
    values: dict[str, object] = {fact.name: fact.value for fact in facts}
    if holder is not None:
        printed = {
            "name": holder.name,
            "number": holder.number,
            "sex": holder.sex,
            "birth_date": holder.birth_date.isoformat(),
            "ethnicity": holder.ethnicity,
            "address": holder.address,
        }
        values |= {f"card.{name}": value for name, value in printed.items() if value}
    known: dict[str, Answer] = {}
    for page in matter.form.pages:
        if not isinstance(page, Question):
            continue
        for name in page.element.known_from:
            answer = _known(page.element, name, values)
            if answer is not None:
                known[page.element.id] = answer
                break
    return known


def _known(element: Element, name: str, values: Mapping[str, object]) -> Answer | None:
    value = values.get(name)
    if not isinstance(value, str | bool | int | list | tuple | dict):
        return None
    try:
        return Answer(value=forms.parse(element, value), origin=name)
    except forms.NotAnAnswer:
        return None


def to_confirm(state: Session) -> tuple[tuple[Element, Answer], ...]:
    """Return the known facts the citizen is asked to confirm, in the order of the form."""
    if state.matter is None or state.today is None:
        return ()
    assumed = _with_known(state)
    on_path = {page.id for page in forms.path(state.matter.form, assumed, state.today)}
    return tuple(
        (page.element, state.known[page.element.id])
        for page in state.matter.form.pages
        if isinstance(page, Question)
        and page.element.confirm
        and page.element.id in state.known
        and page.element.id in on_path
    )


def _with_known(state: Session) -> Answers:
    """Return the answers with every undisputed known fact taken; an own answer to a disputed one stays."""
    single = {
        element: answer
        for element, answer in state.answers.single.items()
        if answer.origin == "citizen" or (element in state.known and element not in state.disputed)
    }
    single |= {element: answer for element, answer in state.known.items() if element not in state.disputed}
    return replace(state.answers, single=single)


def fact_disputed(_: House, state: Session, event: FactDisputed) -> Step:
    """Mark a known fact as wrong, or take that back."""
    if state.stage is not Stage.CONFIRM or all(element.id != event.element for element, _ in to_confirm(state)):
        return state, ()
    return replace(state, disputed=state.disputed ^ {event.element}), ()


def confirmed(house: House, state: Session) -> Step:
    """Take the known facts as answers and ask what is left."""
    state = replace(state, answers=_with_known(state), confirmed=True, advice=None)
    return to_what_is_open(house, state) if state.from_review else begin(house, state)


def asked(state: Session) -> tuple[PageRef, ...]:
    """Return the pages of the path that ask something: not those answered by a confirmed fact or by the situation."""
    if state.matter is None or state.today is None:
        return ()
    single = state.answers.single
    before = state.situation.single
    return tuple(
        page
        for page in forms.path(state.matter.form, state.answers, state.today)
        if page.entry is not None
        or page.id not in single
        or (single[page.id].origin == "citizen" and page.id not in before)
    )


def begin(house: House, state: Session) -> Step:
    """Go to the first question, or past the questions when there is none."""
    pages = asked(state)
    if not pages:
        return gathering.begin(house, state)
    return replace(state, stage=Stage.QUESTION, page=pages[0], from_review=False, advice=None), ()


def back(state: Session) -> Session:
    """Return the session one question earlier, or before the questions."""
    if state.from_review:
        return replace(state, stage=Stage.REVIEW, page=None, from_review=False)
    before = _towards(state, state.page, forms.previous_page)
    return replace(state, page=before) if before is not None else before_questions(state)


def before_questions(state: Session) -> Session:
    """Return the session at the facts to confirm, or at the notice when there are none."""
    stage = Stage.CONFIRM if to_confirm(state) else Stage.NOTICE
    return replace(state, stage=stage, page=None, from_review=False)


def last_question(state: Session) -> Session:
    """Return the session at the last question, or before the questions when there is none."""
    pages = asked(state)
    if not pages:
        return before_questions(state)
    return replace(state, stage=Stage.QUESTION, page=pages[-1], from_review=False)


def answered(house: House, state: Session, event: Answered) -> Step:
    """Take the answer to the question on the screen and go on."""
    if state.matter is None or state.today is None or event.page != state.page:
        return state, ()
    value, says = taken(house, state.matter.form, state.answers, state.today, event.page, event.raw)
    if value is None:
        return (replace(state, advice=Advice(text=says)), ()) if says is not None else (state, ())
    answers = forms.with_answer(state.answers, event.page, Answer(value=value))
    if event.page.entry is None and event.page.id in state.known:
        # what the citizen says instead of a known fact stays said when the facts are fetched once more
        state = replace(state, disputed=state.disputed | {event.page.id})
    return onward(house, replace(state, answers=answers, advice=None), event.page)


def skipped(house: House, state: Session, event: Skipped) -> Step:
    """Leave a question that is not required without an answer and go on."""
    if state.stage is not Stage.QUESTION or state.matter is None or event.page != state.page:
        return state, ()
    if forms.is_required(state.matter.form, event.page):
        return state, ()
    answers = forms.without_answer(state.answers, event.page)
    return onward(house, replace(state, answers=answers, advice=None), event.page)


def list_done(house: House, state: Session) -> Step:
    """Go on from the list page of a repeat; from any other question an answer is needed."""
    if state.matter is None or state.page is None or forms.repeat_of(state.matter.form, state.page) is None:
        return state, ()
    return onward(house, replace(state, advice=None), state.page)


def entry_added(_: House, state: Session, event: EntryAdded) -> Step:
    """Add an entry and ask its first question."""
    if state.stage is not Stage.QUESTION or state.matter is None or state.today is None or state.page is None:
        return state, ()
    repeat = forms.repeat_of(state.matter.form, state.page)
    if repeat is None or repeat.id != event.repeat:
        return state, ()
    if len(forms.entries(state.matter.form, state.answers, repeat.id)) >= repeat.maximum:
        return state, ()
    answers = forms.with_entry_added(state.matter.form, state.answers, repeat.id)
    entry = len(answers.repeats[repeat.id]) - 1
    for page in forms.path(state.matter.form, answers, state.today):
        if page.repeat == repeat.id and page.entry == entry:
            return replace(state, answers=answers, page=page, advice=None), ()
    return replace(state, answers=answers), ()


def entry_removed(_: House, state: Session, event: EntryRemoved) -> Step:
    """Remove an entry; the fewest a list may have stay."""
    if state.stage is not Stage.QUESTION or state.matter is None or state.page is None:
        return state, ()
    repeat = forms.repeat_of(state.matter.form, state.page)
    if repeat is None or repeat.id != event.repeat:
        return state, ()
    count = len(forms.entries(state.matter.form, state.answers, repeat.id))
    if count <= repeat.minimum or not 0 <= event.entry < count or _is_sent(state, event.entry):
        return state, ()
    return replace(state, answers=forms.with_entry_removed(state.answers, repeat.id, event.entry)), ()


def change_wanted(_: House, state: Session, event: ChangeWanted) -> Step:
    """Open a question from the review."""
    if state.stage is not Stage.REVIEW or state.matter is None or state.today is None:
        return state, ()
    if event.page not in forms.path(state.matter.form, state.answers, state.today):
        return state, ()
    return replace(state, stage=Stage.QUESTION, page=event.page, from_review=True, advice=None), ()


def _is_sent(state: Session, entry: int) -> bool:
    """Whether an application for this entry, or for one that would move up into its place, is on its way."""
    return any(
        submission.entry is not None and submission.entry >= entry and submission.delivery not in UNSENT
        for submission in state.submissions
        if state.matter is not None and submission.matter == state.matter.id
    )


def onward(house: House, state: Session, page: PageRef) -> Step:
    """Go to the page after ``page``; after a change from the review, only to what that change opened."""
    if state.from_review:
        return to_what_is_open(house, state)
    following = _towards(state, page, forms.next_page)
    if following is not None:
        return replace(state, page=following), ()
    return gathering.begin(house, state)


def to_what_is_open(house: House, state: Session) -> Step:
    """Go to the first question that lacks its answer, and back to the review when none does."""
    if state.matter is None or state.today is None:
        return state, ()
    opened = forms.first_open(state.matter.form, state.answers, state.today, house.catalogue.divisions)
    if opened is not None:
        return replace(state, stage=Stage.QUESTION, page=opened, from_review=True), ()
    return gathering.begin(house, state, review=True)


def _towards(
    state: Session, page: PageRef | None, step: Callable[[Form, Answers, date, PageRef], PageRef | None]
) -> PageRef | None:
    """Return the nearest page that is asked, going by ``step`` from ``page``, which may have just left the path."""
    if state.matter is None or state.today is None or page is None:
        return None
    pages = asked(state)
    here = step(state.matter.form, state.answers, state.today, page)
    while here is not None and here not in pages:
        here = step(state.matter.form, state.answers, state.today, here)
    return here
