"""What a change does, before it is confirmed."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date

import msgspec

from kiosk.forms.editing import with_answer, without_answer
from kiosk.forms.model import Answer, Answers, Form, PageRef, Value
from kiosk.forms.path import answer_of
from kiosk.forms.rules import broken
from kiosk.forms.walking import Walk, walk


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A condition that a change makes another one: an item, a material."""

    id: str
    """As the caller named it."""
    before: bool | None
    after: bool | None


class Consequences(msgspec.Struct, frozen=True, kw_only=True):
    """What one changed answer does to a form. Everything in the order of the path."""

    answers: Answers
    """All answers after the change."""
    walked: Walk
    """The walk over them."""
    dropped: tuple[PageRef, ...] = ()
    """Answered questions that would no longer count. Their answers are kept: changing back brings them back."""
    asked: tuple[PageRef, ...] = ()
    """Questions that would come onto the path and have no answer yet."""
    returned: tuple[PageRef, ...] = ()
    """Questions that would come back with the answer given earlier."""
    recomputed: tuple[PageRef, ...] = ()
    """Computed answers that would be others, appear or go."""
    broken: tuple[PageRef, ...] = ()
    """Answered questions whose answers a rule that compares would no longer accept."""
    changes: tuple[Change, ...] = ()
    """Those of the given conditions that would be others."""

    @property
    def any(self) -> bool:
        """Whether there is anything to say beyond the answer itself."""
        listed = (self.dropped, self.asked, self.returned, self.recomputed, self.broken, self.changes)
        return any(listed)


def consequences(
    form: Form,
    answers: Answers,
    page: PageRef,
    value: Value | None,
    today: date,
    conditions: Mapping[str, str] | None = None,
    divisions: Container[object] | None = None,
    *,
    walked: Walk | None = None,
) -> Consequences:
    """Return what ``value`` as the answer to ``page`` would do. Nothing is changed.

    Args:
        form: The form.
        answers: All answers.
        page: The question to be answered anew.
        value: The new answer, of its element's kind; ``None`` takes the answer away.
        today: The day.
        conditions: Conditions to watch, by an id of the caller's: what chooses items, what needs materials.
        divisions: Known division codes.
        walked: An earlier walk.

    Raises:
        ConditionError: One of ``conditions`` cannot be compiled over the names of the form.
    """
    before = walk(form, answers, today, walked)
    changed = without_answer(answers, page) if value is None else with_answer(answers, page, Answer(value=value))
    after = walk(form, changed, today, before)
    came = tuple(other for other in after.pages if other not in before and other != page and after.ready.step(other))
    return Consequences(
        answers=changed,
        walked=after,
        dropped=tuple(other for other in before.pages if before.counting(other) is not None and other not in after),
        asked=tuple(other for other in came if answer_of(changed, other) is None),
        returned=tuple(other for other in came if answer_of(changed, other) is not None),
        recomputed=_recomputed(before, after),
        broken=_broken(before, after, page, divisions),
        changes=_changes(before, after, conditions or {}),
    )


def _recomputed(before: Walk, after: Walk) -> tuple[PageRef, ...]:
    return tuple(
        page
        for step in after.ready.steps.values()
        if before.outcomes[step.place] is not after.outcomes[step.place]
        for page in _computed_pages(after, step.id)
        if before.counting(page) != after.counting(page)
    )


def _computed_pages(found: Walk, identity: str) -> list[PageRef]:
    step = found.ready.places.get((None, identity))
    if step is not None:
        return [step.page] if step.computed is not None else []
    repeat = found.ready.repeat(identity)
    asked = () if repeat is None else repeat.asked
    return [page for inner in asked if inner.computed is not None for page in inner.pages]


def _broken(before: Walk, after: Walk, changed: PageRef, divisions: Container[object] | None) -> tuple[PageRef, ...]:
    found = []
    for page in after.pages:
        step = after.ready.step(page)
        if step is None or not step.rules or page == changed or page not in before:
            continue
        answer = answer_of(after.answers, page)
        if answer is None:
            continue
        was, is_ = (
            broken(step, answer.value, walked.seen_from(page), walked.today, divisions) for walked in (before, after)
        )
        if was is None and is_ is not None:
            found.append(page)
    return tuple(found)


def _changes(before: Walk, after: Walk, conditions: Mapping[str, str]) -> tuple[Change, ...]:
    found = []
    for identity, source in conditions.items():
        condition = after.ready.condition(source)
        was, is_ = condition.test(before.values, before.today), condition.test(after.values, after.today)
        if was is not is_:
            found.append(Change(id=identity, before=was, after=is_))
    return tuple(found)
