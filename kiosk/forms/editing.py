"""Answers changed: each function returns new answers and leaves the old ones as they were."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.forms.model import Answer, Answers, Entry, Form, PageRef
from kiosk.forms.path import entries


def with_answer(answers: Answers, page: PageRef, answer: Answer) -> Answers:
    """Return the answers with ``answer`` to ``page``. Entries before the one answered are made when missing."""
    if page.repeat is None or page.entry is None:
        return Answers(single={**answers.single, page.id: answer}, repeats=answers.repeats)
    listed = list(answers.repeats.get(page.repeat, ()))
    listed += [{} for _ in range(page.entry + 1 - len(listed))]
    listed[page.entry] = {**listed[page.entry], page.id: answer}
    return _with_entries(answers, page.repeat, tuple(listed))


def without_answer(answers: Answers, page: PageRef) -> Answers:
    """Return the answers without one to ``page``; an entry stays, even when empty."""
    if page.repeat is None or page.entry is None:
        return Answers(single=_without(answers.single, page.id), repeats=answers.repeats)
    listed = answers.repeats.get(page.repeat, ())
    kept = tuple(_without(entry, page.id) if at == page.entry else entry for at, entry in enumerate(listed))
    return _with_entries(answers, page.repeat, kept) if page.repeat in answers.repeats else answers


def with_entry_added(form: Form, answers: Answers, repeat: str) -> Answers:
    """Return the answers with one more, empty, entry after those the repeat has at least; never above its maximum."""
    listed = entries(form, answers, repeat)
    maximum = next((page.maximum for page in form.pages if not hasattr(page, "element") and page.id == repeat), 0)
    return _with_entries(answers, repeat, (*listed, {})) if len(listed) < maximum else answers


def with_entry_removed(answers: Answers, repeat: str, entry: int) -> Answers:
    """Return the answers without that entry; those after it move up. Nothing changes when there is no such entry."""
    listed = answers.repeats.get(repeat, ())
    if not 0 <= entry < len(listed):
        return answers
    return _with_entries(answers, repeat, listed[:entry] + listed[entry + 1 :])


def _with_entries(answers: Answers, repeat: str, listed: tuple[Entry, ...]) -> Answers:
    return Answers(single=answers.single, repeats={**answers.repeats, repeat: listed})


def _without(given: Mapping[str, Answer], element: str) -> dict[str, Answer]:
    return {name: answer for name, answer in given.items() if name != element}
