"""What registers, licences and the card already know, as answers: single ones, and entries of repeats.

A name inside a repeat (``register.family.child_name`` of ``child.name``) has a list as its value: one value an entry,
in one order over all names of the repeat, ``null`` where that entry's is not known.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from kiosk.forms.model import Answer, Answers, Element, Entry, Form, PageRef, Question, Repeat
from kiosk.forms.parsing import NotAnAnswer, parse

_CITIZEN = "citizen"


def known_answers(form: Form, facts: Mapping[str, object]) -> Answers:
    """Return what ``facts`` know for the elements of ``form``, each from its best source, with that as its origin.

    A value that its element does not allow is left out: the question is asked instead. A list longer than its repeat
    may be is cut.

    Args:
        form: The form.
        facts: Values by their ``known_from`` name, as JSON of the element's kind.
    """
    single: dict[str, Answer] = {}
    repeats: dict[str, tuple[Entry, ...]] = {}
    for page in form.pages:
        if isinstance(page, Repeat):
            listed = _entries(page, facts)
            if any(listed):
                repeats[page.id] = listed
        elif page.element.computed is None:
            answer = _first(page.element, [(name, facts.get(name)) for name in page.element.known_from])
            if answer is not None:
                single[page.element.id] = answer
    return Answers(single=single, repeats=repeats)


def _entries(repeat: Repeat, facts: Mapping[str, object]) -> tuple[Entry, ...]:
    asked = [question.element for question in repeat.questions if question.element.computed is None]
    columns = {name: _column(facts.get(name)) for element in asked for name in element.known_from}
    count = min(repeat.maximum, max((len(column) for column in columns.values()), default=0))
    entries: list[Entry] = []
    for index in range(count):
        entry: dict[str, Answer] = {}
        for element in asked:
            values = [(name, columns[name][index]) for name in element.known_from if index < len(columns[name])]
            answer = _first(element, values)
            if answer is not None:
                entry[element.id] = answer
        entries.append(entry)
    return tuple(entries)


def _column(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _first(element: Element, values: Sequence[tuple[str, object]]) -> Answer | None:
    """Return the first of ``values`` that is one of the element's; the best source stands first."""
    for name, value in values:
        if isinstance(value, str | bool | int | list | tuple | dict):
            try:
                return Answer(value=parse(element, value), origin=name)
            except NotAnAnswer:
                continue
    return None


def with_known(form: Form, answers: Answers, known: Answers, disputed: Container[PageRef] = ()) -> Answers:
    """Return ``answers`` with everything known taken that is not ``disputed``.

    A known single value stands in the place of what was answered, and one that is no longer known goes. A list that
    was never opened takes the known entries. In one that was, entries stay as the citizen left them: each takes what
    is still open in it from the known entry that agrees with it.

    Args:
        form: The form.
        answers: All answers.
        known: From ``known_answers``.
        disputed: Questions whose known value the citizen says is wrong; inside a repeat, by its place in ``known``.
    """
    taken = {name: answer for name, answer in known.single.items() if PageRef(id=name) not in disputed}
    kept = {name: answer for name, answer in answers.single.items() if answer.origin == _CITIZEN or name in taken}
    repeats = dict(answers.repeats)
    for page in form.pages:
        if isinstance(page, Question) or page.id not in known.repeats:
            continue
        listed = tuple(
            {
                name: answer
                for name, answer in entry.items()
                if PageRef(id=name, repeat=page.id, entry=index) not in disputed
            }
            for index, entry in enumerate(known.repeats[page.id])
        )
        given = answers.repeats.get(page.id)
        repeats[page.id] = listed if given is None else _completed(given, listed)
    return Answers(single=kept | taken, repeats=repeats)


def _completed(given: tuple[Entry, ...], known: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries as ``given``, each completed from the first unused known one that agrees with it."""
    unused = list(known)
    completed: list[Entry] = []
    for entry in given:
        match = next((other for other in unused if _agree(entry, other)), None)
        if match is not None:
            unused.remove(match)
        completed.append(entry if match is None or match.keys() <= entry.keys() else {**match, **entry})
    return tuple(completed)


def _agree(entry: Entry, other: Entry) -> bool:
    shared = entry.keys() & other.keys()
    return bool(shared) and all(entry[name].value == other[name].value for name in shared)
