"""Why is this asked, and where does its answer come from: data for every page, inside entries of repeats as well."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from kiosk.forms.compiled import CompiledForm
from kiosk.forms.conditions import UNKNOWN, Condition
from kiosk.forms.model import Answer, Answers, Element, Form, PageRef, Repeat
from kiosk.forms.walking import Walk, walk
from kiosk.words import Text

_ROW = re.compile(r"(?P<list>.+?)\[(?P<entry>[0-9]+)\](?:\.(?P<field>.+))?")


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """A question that something rests on."""

    page: PageRef
    """A list page where it is the number of entries that counts."""
    title: Text
    element: Element | None = None
    """``None`` for a list."""
    answer: Answer | None = None
    """The answer that counts; ``None`` while it is open, and for a list."""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One statement that put a question on the path, or left it there."""

    text: str
    """As the condition says it, ``size(children) > 1``."""
    holds: bool | None
    """``None``: it is not known yet, so the question is asked to be safe."""
    grounds: tuple[Ground, ...]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a page can say about its question."""

    page: PageRef
    why: Text | None
    """Why it is asked at all, in one sentence; ``None`` for a list page."""
    asked_by: tuple[str, ...]
    """Ids of the items that need it."""
    reasons: tuple[Reason, ...]
    """Why it is asked here; empty when it always is."""
    source: str
    """The standard or the form the question comes from; empty for a list page."""
    known_from: tuple[str, ...]
    """Where its answer might be known from, best first."""
    answer: Answer | None
    """The answer that counts, with its origin."""
    computed_from: tuple[Ground, ...] = ()
    """What a computed answer follows from."""


def about(form: Form, answers: Answers, today: date, page: PageRef, *, walked: Walk | None = None) -> About | None:
    """Return why ``page`` is asked and where its answer comes from; ``None`` for a page of another form.

    Works for pages off the path as well: then the reasons say why it is not asked.
    """
    found = walk(form, answers, today, walked)
    ready = found.ready
    step = ready.step(page)
    if step is None:
        outer = ready.repeat(page.id) if page.repeat is None else None
        if outer is None:
            return None
        reasons = _reasons(found, page, outer.condition)
        return About(
            page=page,
            why=None,
            asked_by=outer.repeat.asked_by,
            reasons=reasons,
            source="",
            known_from=(),
            answer=None,
        )
    element = step.question.element
    outer = None if page.repeat is None else ready.repeat(page.repeat)
    of_list = () if outer is None else _reasons(found, PageRef(id=outer.id), outer.condition)
    rests_on: tuple[Ground, ...] = ()
    if step.computed is not None:
        rests_on = _grounds(found, page, step.computed.explain(found.seen_from(page), today).answers)
    return About(
        page=page,
        why=element.why,
        asked_by=step.question.asked_by,
        reasons=(*of_list, *_reasons(found, page, step.condition)),
        source=element.source,
        known_from=element.known_from,
        answer=found.counting(page),
        computed_from=rests_on,
    )


def _reasons(found: Walk, page: PageRef, condition: Condition | None) -> tuple[Reason, ...]:
    if condition is None:
        return ()
    return tuple(
        Reason(
            text=part.text,
            holds=None if part.value is UNKNOWN else bool(part.value),
            grounds=_grounds(found, page, part.answers),
        )
        for part in condition.explain(found.seen_from(page), found.today).reasons()
    )


def _grounds(found: Walk, page: PageRef, places: Iterable[str]) -> tuple[Ground, ...]:
    """Return the questions that stand at ``places`` of an explanation made from ``page``, each once."""
    grounds: dict[PageRef, Ground] = {}
    for place in places:
        ground = _ground(found, page, place)
        if ground is not None:
            grounds.setdefault(ground.page, ground)
    return tuple(grounds.values())


def _ground(found: Walk, page: PageRef, place: str) -> Ground | None:
    ready = found.ready
    inside = _ROW.fullmatch(place)
    if inside is not None:
        outer = ready.repeat(inside["list"])
        if outer is None or inside["field"] is None:
            # an element of a choice of several: it is the choice that was asked
            return _ground(found, page, inside["list"]) if outer is None else _of_list(outer.repeat)
        name, repeat, entry = f"{outer.repeat.prefix}.{inside['field']}", outer.id, int(inside["entry"])
        return _of_element(found, ready, name, repeat, entry)
    if page.repeat is not None:
        own = _of_element(found, ready, place, page.repeat, page.entry)
        if own is not None:
            return own
    listed = ready.repeat(place)
    return _of_list(listed.repeat) if listed is not None else _of_element(found, ready, place, None, None)


def _of_list(repeat: Repeat) -> Ground:
    return Ground(page=PageRef(id=repeat.id), title=repeat.title)


def _of_element(found: Walk, ready: CompiledForm, name: str, repeat: str | None, entry: int | None) -> Ground | None:
    """Return the question that gives ``name``: the two parts of an address are one question."""
    for identity in (name, name.rpartition(".")[0]):
        step = ready.places.get((repeat, identity))
        if step is not None and name in step.names():
            page = PageRef(id=identity, repeat=repeat, entry=entry)
            element = step.question.element
            return Ground(page=page, title=element.title, element=element, answer=found.counting(page))
    return None
