"""Rows of a question: its choices, and the entries of a list."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk import forms
from kiosk.catalogue.divisions import Divisions
from kiosk.forms import Answers, Element, Form, Repeat, Value
from kiosk.words import Language

SUMMARY = 4
"""Answers of an entry that stand in its line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceRow:
    """One possible answer."""

    value: str
    title: str
    hint: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryRow:
    """One entry of a repeat."""

    entry: int
    title: str
    summary: str


def choice_rows(element: Element | None, value: Value | None, language: Language, words: str) -> list[ChoiceRow]:
    """Return the choices of ``element`` that hold ``words``."""
    wanted = words.strip().casefold()
    return [
        ChoiceRow(
            value=choice.value,
            title=choice.title.in_(language),
            hint="" if choice.hint is None else choice.hint.in_(language),
            is_chosen=value == choice.value or (isinstance(value, tuple) and choice.value in value),
        )
        for choice in (element.choices if element else ())
        if wanted in choice.title.in_(language).casefold()
    ]


def entry_rows(
    repeat: Repeat, form: Form, answers: Answers, language: Language, divisions: Divisions
) -> list[EntryRow]:
    """Return a row for each entry of ``repeat``."""
    rows = []
    for number, entry in enumerate(forms.entries(form, answers, repeat.id)):
        shown = [
            forms.shown(question.element, entry[question.element.id].value, language, divisions)
            for question in repeat.questions
            if question.element.id in entry
        ]
        title = repeat.one.filled(n=str(number + 1)).in_(language)
        rows.append(EntryRow(entry=number, title=title, summary=" · ".join(shown[:SUMMARY])))
    return rows
