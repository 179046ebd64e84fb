"""What the document, registers and licences know: candidates for answers, and those the citizen is asked to confirm."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from kiosk import forms
from kiosk.catalogue.model import Matter
from kiosk.contract import Fact
from kiosk.forms import Answer, Answers, Element, Entry, PageRef, Repeat
from kiosk.session.course import CITIZEN
from kiosk.session.state import Session


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A known answer, shown for confirmation."""

    page: PageRef
    """Inside a repeat by its place in what is known."""
    element: Element
    answer: Answer


def candidates(matter: Matter, printed: Mapping[str, str], facts: tuple[Fact, ...]) -> Answers:
    """Return what is known for a form, each answer from its best source, lists as well.

    Args:
        matter: What it is for.
        printed: What the document says, as ``rights.printed`` has it.
        facts: What registers and licences say.
    """
    values: dict[str, object] = {fact.name: fact.value for fact in facts}
    values |= {f"card.{name}": value for name, value in printed.items() if value}
    return forms.known_answers(matter.form, values)


def with_known(state: Session) -> Answers:
    """Return the answers with every undisputed known fact taken; an own answer to a disputed one stays."""
    if state.matter is None:
        return state.answers
    given = replace(state.answers, repeats=_opened(state))
    return forms.with_known(state.matter.form, given, state.known, state.disputed)


def _opened(state: Session) -> dict[str, tuple[Entry, ...]]:
    """Return the lists the citizen changed, without what they dispute; one as it was known is taken anew."""
    kept: dict[str, tuple[Entry, ...]] = {}
    for name, listed in state.answers.repeats.items():
        known = state.known.repeats.get(name, ())
        if known and len(known) == len(listed) and not any(a.origin == CITIZEN for row in listed for a in row.values()):
            continue
        kept[name] = tuple(
            {
                element: answer
                for element, answer in entry.items()
                if answer.origin == CITIZEN or PageRef(id=element, repeat=name, entry=index) not in state.disputed
            }
            for index, entry in enumerate(listed)
        )
    return kept


def to_confirm(state: Session) -> tuple[Known, ...]:
    """Return the known facts the citizen is asked to confirm, in the order of the form, those of lists as well."""
    if state.matter is None or state.today is None:
        return ()
    assumed = with_known(state)
    walk = forms.walk(state.matter.form, assumed, state.today, state.walked)
    return tuple(
        each
        for each in _every(state)
        if each.page in walk and (each.page in state.disputed or forms.answer_of(assumed, each.page) == each.answer)
    )


def _every(state: Session) -> list[Known]:
    """Return everything known that a citizen may correct."""
    found: list[Known] = []
    for page in state.matter.form.pages if state.matter else ():
        if isinstance(page, Repeat):
            for index, entry in enumerate(state.known.repeats.get(page.id, ())):
                found += [
                    Known(
                        page=PageRef(id=question.element.id, repeat=page.id, entry=index),
                        element=question.element,
                        answer=entry[question.element.id],
                    )
                    for question in page.questions
                    if question.element.confirm and question.element.id in entry
                ]
        elif page.element.confirm and page.element.id in state.known.single:
            answer = state.known.single[page.element.id]
            found.append(Known(page=PageRef(id=page.element.id), element=page.element, answer=answer))
    return found


def places(known: Answers) -> frozenset[PageRef]:
    """Return the places of everything known."""
    single = {PageRef(id=name) for name in known.single}
    inside = {
        PageRef(id=name, repeat=repeat, entry=index)
        for repeat, listed in known.repeats.items()
        for index, entry in enumerate(listed)
        for name in entry
    }
    return frozenset(single | inside)
