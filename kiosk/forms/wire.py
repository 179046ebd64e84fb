"""Answers on the wire, and their complete re-validation on the other side."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import date

from kiosk.contract import ProblemError, WireAnswer, WireAnswers
from kiosk.forms.kinds import is_of_kind
from kiosk.forms.model import (
    Address,
    Answer,
    Answers,
    Element,
    Entry,
    Form,
    Kind,
    PageRef,
    Question,
    Repeat,
    RuleKind,
    Value,
)
from kiosk.forms.path import answer_of
from kiosk.forms.rules import broken, malformed, sentence
from kiosk.forms.walking import Walk, walk
from kiosk.words import Language

CITIZEN = "citizen"
"""Origin of an answer that the citizen gave."""

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class InvalidAnswers(ValueError):
    """Answers from the wire that the form cannot take.

    Attributes:
        errors: Every mistake, with its JSON pointer into the request.
    """

    def __init__(self, errors: tuple[ProblemError, ...]) -> None:
        """Collect ``errors``; their pointers, not the answers, make the message."""
        super().__init__(", ".join(error.pointer for error in errors))
        self.errors = errors


def to_wire(answers: Answers) -> WireAnswers:
    """Return ``answers`` as they travel. Send only those that count: ``to_wire(counting(…))``."""
    return WireAnswers(
        single={name: _out(answer) for name, answer in answers.single.items()},
        repeats={
            repeat: tuple({name: _out(answer) for name, answer in entry.items()} for entry in listed)
            for repeat, listed in answers.repeats.items()
        },
    )


def _out(answer: Answer) -> WireAnswer:
    return WireAnswer(value=to_json(answer.value), origin=answer.origin)


def to_json(value: Value) -> object:
    """Return ``value`` as JSON of its kind: dates as ISO text, addresses as ``{division, detail}``."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Address):
        return {"division": value.division, "detail": value.detail}
    return list(value) if isinstance(value, tuple) else value


def from_json(element: Element, raw: object) -> Value | None:
    """Return the value that the JSON ``raw`` is for ``element``; ``None`` when it is none of its kind.

    Strict, the inverse of ``to_json``: what a person types goes through ``parse`` instead.
    """
    value: object = raw
    if element.kind is Kind.DATE:
        value = _date(raw)
    elif element.kind is Kind.CHOICES:
        value = tuple(raw) if isinstance(raw, list | tuple) and all(isinstance(part, str) for part in raw) else None
    elif element.kind is Kind.ADDRESS:
        value = None
        if isinstance(raw, Mapping) and set(raw) == {"division", "detail"}:
            value = Address(division=raw["division"], detail=raw["detail"])
    if isinstance(value, str | bool | int | date | tuple | Address) and is_of_kind(element, value):
        return value
    return None


def _date(raw: object) -> date | None:
    if not isinstance(raw, str) or not _ISO_DATE.fullmatch(raw):
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


def from_wire(
    form: Form, wire: WireAnswers, *, language: Language = Language.ZH_HANS, pointer: str = "/answers"
) -> Answers:
    """Return the answers that ``wire`` holds for ``form``, each of its element's kind; ``validate`` judges rules.

    Args:
        form: The form the answers are for.
        wire: What came.
        language: Of the sentences in the errors.
        pointer: Where the answers stand in the request.

    Raises:
        InvalidAnswers: An element or repeat is not of the form, a value is not of its kind, an origin is not one of
            the element's, or a list is too long. Nothing is taken.
    """
    reader = _Reader(language, pointer)
    answers = reader.read(form, wire)
    if reader.errors:
        raise InvalidAnswers(tuple(reader.errors))
    return answers


def from_draft(form: Form, wire: WireAnswers) -> tuple[Answers, tuple[str, ...]]:
    """Return what of a saved draft still fits ``form``, and the pointers of what does not.

    A draft may be older than the form: a question that is gone, or a value that is no choice any more, is left out and
    the rest is taken. ``from_wire`` takes all or nothing.
    """
    reader = _Reader(Language.ZH_HANS, "")
    answers = reader.read(form, wire)
    return answers, tuple(error.pointer for error in reader.errors)


class _Reader:
    """Reads wire answers and collects what is wrong."""

    def __init__(self, language: Language, pointer: str) -> None:
        self.errors: list[ProblemError] = []
        self._language = language
        self._pointer = pointer

    def mistake(self, detail: str, *steps: str) -> None:
        self.errors.append(ProblemError(detail=detail, pointer=self._pointer + pointer_to(*steps)))

    def read(self, form: Form, wire: WireAnswers) -> Answers:
        singles = {page.element.id: page for page in form.pages if isinstance(page, Question)}
        repeats = {page.id: page for page in form.pages if isinstance(page, Repeat)}
        single = self.answers(singles, wire.single, "single")
        listed: dict[str, tuple[Entry, ...]] = {}
        for name, rows in wire.repeats.items():
            repeat = repeats.get(name)
            if repeat is None:
                self.mistake("This form has no such list.", "repeats", name)
                continue
            if len(rows) > repeat.maximum:
                self.mistake(f"At most {repeat.maximum} entries.", "repeats", name)
            inner = {question.element.id: question for question in repeat.questions}
            listed[name] = tuple(
                self.answers(inner, row, "repeats", name, str(index))
                for index, row in enumerate(rows[: repeat.maximum])
            )
        return Answers(single=single, repeats=listed)

    def answers(
        self, questions: Mapping[str, Question], given: Mapping[str, WireAnswer], *steps: str
    ) -> dict[str, Answer]:
        taken: dict[str, Answer] = {}
        for name, answer in given.items():
            question = questions.get(name)
            if question is None:
                self.mistake("This form does not ask for it.", *steps, name)
                continue
            if question.element.computed is not None:
                continue  # it follows from the others, so what the wire says about it is worth nothing
            value = from_json(question.element, answer.value)
            if value is None:
                self.mistake(malformed(question.element).in_(self._language), *steps, name, "value")
            elif answer.origin not in _origins(question.element):
                self.mistake("The element is not known from there.", *steps, name, "origin")
            else:
                taken[name] = Answer(value=value, origin=answer.origin)
        return taken


def _origins(element: Element) -> tuple[str, ...]:
    """Return where an answer may come from; what only a register knows, a citizen cannot say."""
    return element.known_from if element.fact else (CITIZEN, *element.known_from)


def validate(
    form: Form,
    answers: Answers,
    today: date,
    divisions: Container[object] | None = None,
    *,
    language: Language = Language.ZH_HANS,
    pointer: str = "/answers",
    walked: Walk | None = None,
) -> tuple[ProblemError, ...]:
    """Return everything wrong with ``answers``: a required answer missing on the path, a rule broken.

    Answers off the path are not looked at, for they do not count: store ``counting(…)``, never the answers as they
    came. Empty when the form is complete and good.
    """
    found = walk(form, answers, today, walked)
    errors: list[ProblemError] = []
    for page in found.pages:
        step = found.ready.step(page)
        if step is None:
            continue
        answer = answer_of(answers, page)
        if answer is not None:
            values = found.seen_from(page) if step.rules else found.values
            says = broken(step, answer.value, values, today, divisions)
        else:
            says = sentence(step.question.element, RuleKind.REQUIRED) if step.question.required else None
        if says is not None:
            errors.append(ProblemError(detail=says.in_(language), pointer=pointer + pointer_of(page)))
    return tuple(errors)


def pointer_of(page: PageRef) -> str:
    """Return the JSON pointer of the answer to ``page``, inside the answers."""
    if page.repeat is None:
        return pointer_to("single", page.id, "value")
    return pointer_to("repeats", page.repeat, str(page.entry), page.id, "value")


def pointer_to(*steps: str) -> str:
    """Return the JSON pointer that goes these steps.

    Source: RFC 6901, section 3.
    """
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
