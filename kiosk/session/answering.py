"""Known facts to confirm, then one question a page, until every answer on the path is there."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from kiosk import forms
from kiosk.forms import Answer, Answers, Form, PageRef, Value
from kiosk.session import course, gathering, knowing, mending
from kiosk.session.events import ChangeWanted, EntryAdded, EntryRemoved, FactDisputed, ListWanted, Raw, SectionChosen
from kiosk.session.house import House, Step
from kiosk.session.state import UNSENT, Session, Stage
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


def fact_disputed(_: House, state: Session, event: FactDisputed) -> Step:
    """Mark a known fact as wrong, or take that back."""
    if state.stage is not Stage.CONFIRM or all(known.page != event.page for known in knowing.to_confirm(state)):
        return state, ()
    return replace(state, disputed=state.disputed ^ {event.page}), ()


def confirmed(house: House, state: Session) -> Step:
    """Take the known facts as answers and ask what is left."""
    state = replace(state, answers=knowing.with_known(state), confirmed=True, advice=None)
    return to_what_is_open(house, state) if state.from_review else begin(house, state)


def begin(house: House, state: Session) -> Step:
    """Go to the task list of a long form, to the first question, or past the questions when there is none."""
    state = replace(state, from_review=False, advice=None)
    pages = course.asked(state)
    if not pages:
        return gathering.begin(house, state)
    if course.is_long(house.catalogue, state):
        return replace(state, stage=Stage.TASKS, listed=True, page=None), ()
    first = _resumed_at(house, state, pages) if state.resumed else pages[0]
    if first is None:
        return gathering.begin(house, state)
    return replace(state, stage=Stage.QUESTION, listed=False, page=first), ()


def _resumed_at(house: House, state: Session, pages: tuple[PageRef, ...]) -> PageRef | None:
    """Return the page on which a form was left, or what is open before it; ``None``: everything was answered."""
    walk = course.walked(state)
    if walk is None:
        return None
    divisions = house.catalogue.divisions
    opened = forms.first_open(walk.form, walk.answers, walk.today, divisions, walked=walk)
    for page in pages:
        if page == opened or forms.pointer_of(page) == state.resume_at:
            return page
    return opened


def back(state: Session) -> Session:
    """Return the session one question earlier, at the task list, or before the questions."""
    if state.from_review:
        return replace(state, stage=Stage.REVIEW, page=None, from_review=False)
    before = _nearest(state, state.page, forward=False)
    if before is not None:
        return replace(state, page=before)
    return replace(state, stage=Stage.TASKS, page=None) if state.listed else before_questions(state)


def before_questions(state: Session) -> Session:
    """Return the session at the facts to confirm, or at the notice when there are none."""
    stage = Stage.CONFIRM if knowing.to_confirm(state) else Stage.NOTICE
    return replace(state, stage=stage, page=None, from_review=False)


def last_question(state: Session) -> Session:
    """Return the session at the task list or the last question, or before the questions when there is none."""
    pages = course.asked(state)
    if not pages:
        return before_questions(state)
    if state.listed:
        return replace(state, stage=Stage.TASKS, page=None, from_review=False)
    return replace(state, stage=Stage.QUESTION, page=pages[-1], from_review=False)


def list_wanted(_: House, state: Session, event: ListWanted) -> Step:
    """Leave a question for the task list; what was answered stays."""
    del event
    if state.stage is not Stage.QUESTION or not state.listed or state.from_review:
        return state, ()
    return replace(state, stage=Stage.TASKS, page=None, advice=None), ()


def section_chosen(house: House, state: Session, event: SectionChosen) -> Step:
    """Open a section of the task list, where it goes on; one that waits for another cannot begin."""
    if state.stage is not Stage.TASKS:
        return state, ()
    for part in course.parts(house.catalogue, state):
        if part.section.id == event.section and part.stand is not course.Stand.WAITING:
            return replace(state, stage=Stage.QUESTION, page=part.first, advice=None), ()
    return state, ()


def tasks_next(house: House, state: Session) -> Step:
    """Go on with the first section that is not done; past the questions when all are."""
    page = course.goes_on(house.catalogue, state)
    if page is None:
        return gathering.begin(house, state)
    return replace(state, stage=Stage.QUESTION, page=page, advice=None), ()


def take(house: House, state: Session, page: PageRef, value: Value | None) -> Step:
    """Take an answer, or none to a question that may be left empty, and go on."""
    answers = forms.without_answer(state.answers, page)
    if value is not None:
        answers = forms.with_answer(state.answers, page, Answer(value=value))
    if page.entry is None and page.id in state.known.single:
        # what the citizen says instead of a known fact stays said when the facts are fetched once more
        state = replace(state, disputed=state.disputed | {page})
    return onward(house, mending.given(replace(state, answers=answers, advice=None), page), page)


def list_done(house: House, state: Session) -> Step:
    """Go on from the list page of a repeat; from any other question an answer is needed."""
    if state.matter is None or state.page is None:
        return state, ()
    repeat = forms.repeat_of(state.matter.form, state.page)
    if repeat is None:
        return state, ()
    if repeat.id not in state.answers.repeats:
        # it was looked at and left as it is: that there is nothing to list is known now
        listed = forms.entries(state.matter.form, state.answers, repeat.id)
        answers = replace(state.answers, repeats={**state.answers.repeats, repeat.id: listed})
        state = replace(state, answers=answers)
    return onward(house, replace(state, advice=None), PageRef(id=repeat.id))


def entry_added(_: House, state: Session, event: EntryAdded) -> Step:
    """Add an entry and ask its first question."""
    if state.stage is not Stage.QUESTION or state.matter is None or state.today is None or state.page is None:
        return state, ()
    repeat = forms.repeat_of(state.matter.form, state.page)
    if repeat is None or repeat.id != event.repeat or _is_filed(state, repeat.id):
        return state, ()
    if len(forms.entries(state.matter.form, state.answers, repeat.id)) >= repeat.maximum:
        return state, ()
    answers = forms.with_entry_added(state.matter.form, state.answers, repeat.id)
    entry = len(answers.repeats[repeat.id]) - 1
    for page in forms.path(state.matter.form, answers, state.today, walked=state.walked):
        if page.repeat == repeat.id and page.entry == entry:
            return replace(state, answers=answers, page=page, advice=None), ()
    return replace(state, answers=answers), ()


def entry_removed(_: House, state: Session, event: EntryRemoved) -> Step:
    """Remove an entry; the fewest a list may have stay."""
    if state.stage is not Stage.QUESTION or state.matter is None or state.page is None:
        return state, ()
    repeat = forms.repeat_of(state.matter.form, state.page)
    if repeat is None or repeat.id != event.repeat or _is_filed(state, repeat.id):
        return state, ()
    count = len(forms.entries(state.matter.form, state.answers, repeat.id))
    if count <= repeat.minimum or not 0 <= event.entry < count or _is_sent(state, event.entry):
        return state, ()
    return replace(state, answers=forms.with_entry_removed(state.answers, repeat.id, event.entry)), ()


def change_wanted(_: House, state: Session, event: ChangeWanted) -> Step:
    """Open a question from the review."""
    walk = course.walked(state)
    if state.stage is not Stage.REVIEW or walk is None or event.page not in walk or state.busy:
        return state, ()
    if not mending.may_change(state, event.page):
        return state, ()
    return replace(state, stage=Stage.QUESTION, page=event.page, from_review=True, advice=None), ()


def _is_filed(state: Session, repeat: str) -> bool:
    """Whether applications were filed for the entries of this list: it stays as long as it is."""
    return state.mending is not None and state.matter is not None and repeat == state.matter.per


def _is_sent(state: Session, entry: int) -> bool:
    """Whether an application for this entry, or for one that would move up into its place, is on its way."""
    return any(
        submission.entry is not None and submission.entry >= entry and submission.delivery not in UNSENT
        for submission in state.submissions
        if state.matter is not None and submission.matter == state.matter.id
    )


def onward(house: House, state: Session, page: PageRef) -> Step:
    """Go to the page after ``page``; at the end of a section back to the task list, if there is one.

    After a change from the review, only to what that change opened.
    """
    if state.from_review:
        return to_what_is_open(house, state)
    following = _nearest(state, page, forward=True)
    if following is not None:
        return replace(state, page=following), ()
    if state.listed and state.matter is not None:
        passed = state.passed | {course.section_of(state.matter.form, page)}
        return replace(state, stage=Stage.TASKS, page=None, passed=passed), ()
    return gathering.begin(house, state)


def to_what_is_open(house: House, state: Session) -> Step:
    """Go to the first question that lacks its answer, and back to the review when none does."""
    walk = course.walked(state)
    if walk is None:
        return state, ()
    opened = forms.first_open(walk.form, walk.answers, walk.today, house.catalogue.divisions, walked=walk)
    if opened is not None:
        return replace(state, stage=Stage.QUESTION, page=opened, from_review=True), ()
    asked = mending.unanswered(state)
    if asked is not None:
        return mending.at_question(state, asked), ()
    return gathering.begin(house, state, review=True)


def _nearest(state: Session, page: PageRef | None, *, forward: bool) -> PageRef | None:
    """Return the nearest page that is asked, before or after ``page``, which may have just left the path.

    With a task list only within its section.
    """
    walk = course.walked(state)
    if walk is None or page is None:
        return None
    pages = frozenset(course.asked(state))
    if state.listed:
        section = course.section_of(walk.form, page)
        pages = frozenset(each for each in pages if course.section_of(walk.form, each) == section)
    step = forms.next_page if forward else forms.previous_page
    here = step(walk.form, walk.answers, walk.today, page, walked=walk)
    while here is not None and here not in pages:
        here = step(walk.form, walk.answers, walk.today, here, walked=walk)
    return here
