"""The merge: several items become one form, each element asked once, and one list of materials, each wanted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from kiosk.catalogue.lexicon import Lexicon
from kiosk.catalogue.model import (
    Assurance,
    Department,
    Item,
    Material,
    MaterialNeed,
    Matter,
    Need,
    OneThing,
    Outcome,
    RepeatDeclaration,
)
from kiosk.forms import Element, Form, Question, Repeat, RuleKind, Section, conditions, element_types
from kiosk.words import Text

BASKET: Final = "basket"
"""Id of a matter that a citizen put together (自由组合)."""

_NAMED_AT_MOST: Final = 2
"""Items named in the name of a free combination; the others are counted."""

_NOTICE = Text(
    zh_hans="为办理“{name}”，{department}会查询您在政府部门的登记信息，只用于这次办理；离开后本机不保留您的资料。",
    zh_hant="為辦理「{name}」，{department}會查詢您在政府部門的登記資料，只用於這次辦理；離開後本機不保留您的資料。",
    en="For “{name}”, {department} looks up what government registers hold about you, for this purpose only. "
    "Nothing about you stays on this machine when you leave.",
)


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What the merge draws on."""

    version: str
    elements: Mapping[str, Element]
    items: Mapping[str, Item]
    sections: tuple[Section, ...]
    repeats: Mapping[str, RepeatDeclaration]
    materials: Mapping[str, Material]
    departments: Mapping[str, Department]
    lexicon: Lexicon


class _Wanted:
    """One element as it is gathered over the items."""

    def __init__(self) -> None:
        self.asked_by: list[str] = []
        self.whens: list[str | None] = []
        self.required = False

    def add(self, asked_by: Iterable[str], when: str | None, *, required: bool) -> None:
        self.asked_by += [name for name in asked_by if name not in self.asked_by]
        self.whens.append(when)
        self.required = self.required or required

    def question(self, element: Element, section: str) -> Question:
        return Question(
            element=element,
            section=section,
            asked_by=tuple(self.asked_by),
            when=either(self.whens),
            required=self.required,
        )


def either(whens: Sequence[str | None]) -> str | None:
    """Return the condition that holds when one of ``whens`` does; without a condition it always does."""
    distinct = list(dict.fromkeys(whens))
    if None in distinct:
        return None
    if len(distinct) == 1:
        return distinct[0]
    return " || ".join(f"({when})" for when in distinct)


def section_of(element: str) -> str:
    """Return the id of the section an element stands in: the first part of its own."""
    return element.partition(".")[0]


def merge(parts: Parts, identity: str, theme: OneThing | None, items: tuple[Item, ...], today: date) -> Matter:
    """Return ``items`` as one matter.

    Args:
        parts: What the catalogue has.
        identity: Id of the one-thing, of the single item, or ``BASKET``.
        theme: The one-thing; its situation questions come into the form, already answered when it is opened.
        items: The items chosen, at least one.
        today: The day it is made for.
    """
    filed = tuple(item for item in items if item.outcome is not Outcome.GUIDED)
    form = _form(parts, theme, filed)
    materials = _materials(parts, filed)
    mentioned = _mentioned(parts, form, [need.when for need in materials])
    return Matter(
        id=identity,
        name=_name(items) if theme is None else theme.name,
        theme=theme,
        items=filed,
        guided=tuple(item for item in items if item.outcome is Outcome.GUIDED),
        form=msgspec.structs.replace(form, mentioned=mentioned),
        materials=materials,
        assurance=Assurance(max(item.assurance for item in items)),
        notice=_notice(parts, items) if theme is None else theme.notice,
        per=None if theme is None else theme.per,
        today=today,
    )


def situation_form(parts: Parts, theme: OneThing) -> Form | None:
    """Return the form of the questions asked before the guide; ``None`` when there are none."""
    if not theme.situation:
        return None
    pages = tuple(
        Question(
            element=parts.elements[element],
            section=section_of(element),
            asked_by=_touched_by(parts, theme, element),
            when=_situation_when(parts, theme, element),
        )
        for element in theme.situation
    )
    form = Form(version=parts.version, sections=_sections(parts, pages), pages=pages)
    return msgspec.structs.replace(form, mentioned=_mentioned(parts, form, []))


def _form(parts: Parts, theme: OneThing | None, items: tuple[Item, ...]) -> Form:
    single: dict[str, _Wanted] = {}
    repeats: dict[str, dict[str, _Wanted]] = {}
    chosen = {item.id for item in items}
    for element in () if theme is None else theme.situation:
        asked_by = () if theme is None else _touched_by(parts, theme, element)
        when = None if theme is None else _situation_when(parts, theme, element)
        single.setdefault(element, _Wanted()).add([name for name in asked_by if name in chosen], when, required=True)
    for item in items:
        for need in item.needs:
            wanted = single if need.repeat is None else repeats.setdefault(need.repeat, {})
            _add(wanted, need, item)
    pages: list[Question | Repeat] = [
        wanted.question(parts.elements[element], section_of(element)) for element, wanted in single.items()
    ]
    pages += [_repeat(parts, parts.repeats[name], wanted) for name, wanted in repeats.items()]
    order = {section.id: place for place, section in enumerate(parts.sections)}
    pages.sort(key=lambda page: order.get(page.section, len(order)))
    return Form(version=parts.version, sections=_sections(parts, pages), pages=tuple(pages))


def _situation_when(parts: Parts, theme: OneThing, element: str) -> str | None:
    """Return when a situation question is asked: when one of the theme's items needs it, chosen or not yet.

    A condition counts if it looks at situation answers alone, since nothing else is known then.
    """
    known = element_types([parts.elements[name] for name in theme.situation]).keys()
    whens = [
        need.when
        for used in theme.items
        for need in parts.items[used.item].needs
        if need.element == element and need.repeat is None
    ]
    looks_further = any(not parts.lexicon.names(when) <= known for when in whens if when is not None)
    return None if looks_further or not whens else either(whens)


def _add(wanted: dict[str, _Wanted], need: Need, item: Item) -> None:
    wanted.setdefault(need.element, _Wanted()).add((item.id,), need.when, required=need.required)


def _repeat(parts: Parts, declared: RepeatDeclaration, wanted: Mapping[str, _Wanted]) -> Repeat:
    questions = tuple(one.question(parts.elements[element], declared.section) for element, one in wanted.items())
    return Repeat(
        id=declared.id,
        prefix=declared.prefix,
        section=declared.section,
        title=declared.title,
        one=declared.one,
        add=declared.add,
        questions=questions,
        minimum=declared.minimum,
        maximum=declared.maximum,
        asked_by=tuple(dict.fromkeys(name for question in questions for name in question.asked_by)),
    )


def _sections(parts: Parts, pages: Iterable[Question | Repeat]) -> tuple[Section, ...]:
    used = {page.section for page in pages}
    return tuple(section for section in parts.sections if section.id in used)


def _touched_by(parts: Parts, theme: OneThing, element: str) -> tuple[str, ...]:
    """Return the items of ``theme`` whose choice depends on the situation answer ``element``."""
    return tuple(
        used.item
        for used in theme.items
        if used.when is not None and element in elements_in(parts.lexicon.names(used.when), parts.lexicon.outside)
    )


def elements_in(names: Iterable[str], types: conditions.Types) -> set[str]:
    """Return the single elements that names of conditions belong to: the two parts of an address are one element.

    Args:
        names: Names as a condition mentions them.
        types: All names; an element of its own keeps its name even when it ends in ``.division``.
    """
    found = set()
    for name in names:
        element, _, part = name.rpartition(".")
        is_part = part in ("division", "detail") and {f"{element}.division", f"{element}.detail"} <= types.keys()
        found.add(element if is_part else name)
    return found


def _materials(parts: Parts, items: tuple[Item, ...]) -> tuple[MaterialNeed, ...]:
    found: dict[str, list[tuple[str, str | None, bool]]] = {}
    for item in items:
        for use in item.materials:
            found.setdefault(use.material, []).append((item.id, use.when, use.deferrable))
    return tuple(
        MaterialNeed(
            material=parts.materials[name],
            when=either([when for _, when, _ in uses]),
            # what one item cannot wait for cannot wait
            deferrable=all(deferrable for _, _, deferrable in uses),
            asked_by=tuple(dict.fromkeys(item for item, _, _ in uses)),
        )
        for name, uses in found.items()
    )


def _mentioned(parts: Parts, form: Form, whens: Iterable[str | None]) -> tuple[Question | Repeat, ...]:
    """Return what conditions of the form mention and the form does not ask."""
    lexicon = parts.lexicon
    outside, inside = _conditions(form)
    names = {name for when in {*outside, *whens} - {None} for name in lexicon.names(str(when))}
    for prefix, sources in inside.items():
        names |= {name for source in sources for name in lexicon.names(source, prefix)}
    asked = {page.element.id for page in form.pages if isinstance(page, Question)}
    by_repeat = {
        page.id: {inner.element.id for inner in page.questions} for page in form.pages if isinstance(page, Repeat)
    }
    found: list[Question | Repeat] = []
    fields: dict[str, list[Element]] = {name: [] for name in parts.repeats if name in names and name not in by_repeat}
    # in the order of the elements, so that the same items always give the same form
    for element in sorted({lexicon.elements[name] for name in names if name in lexicon.elements}):
        repeat = lexicon.repeat_of(element)
        if repeat is None:
            if element not in asked:
                found.append(_unasked(parts.elements[element]))
        elif element not in by_repeat.get(repeat, ()):
            fields.setdefault(repeat, []).append(parts.elements[element])
    for name, elements in fields.items():
        repeat_page = _repeat(parts, parts.repeats[name], {})
        found.append(msgspec.structs.replace(repeat_page, questions=tuple(_unasked(one) for one in elements)))
    return tuple(found)


def _unasked(element: Element) -> Question:
    return Question(element=element, section=section_of(element.id), asked_by=(), required=False)


def _conditions(form: Form) -> tuple[set[str], dict[str, set[str]]]:
    """Return the sources of the conditions of a form: those outside of repeats, and those inside by prefix."""
    outside: set[str] = set()
    inside: dict[str, set[str]] = {}
    for page in form.pages:
        if isinstance(page, Question):
            outside |= _sources(page)
            continue
        outside |= {page.when} if page.when is not None else set()
        inside[page.prefix] = {source for question in page.questions for source in _sources(question)}
    return outside, inside


def _sources(question: Question) -> set[str]:
    rules = {str(rule.value) for rule in question.element.rules if rule.rule is RuleKind.WHEN}
    if question.element.computed is not None:
        rules.add(question.element.computed)
    return rules if question.when is None else {question.when, *rules}


def _name(items: tuple[Item, ...]) -> Text:
    """Return the name of what was put together: the items' own, the first two of many."""
    names = [item.name for item in items[:_NAMED_AT_MOST]]
    more = len(items) > _NAMED_AT_MOST
    return Text(
        zh_hans="、".join(name.zh_hans for name in names) + (f" 等 {len(items)} 项" if more else ""),
        zh_hant="、".join(name.zh_hant for name in names) + (f" 等 {len(items)} 項" if more else ""),
        en=", ".join(name.en for name in names) + (f" and {len(items) - _NAMED_AT_MOST} more" if more else ""),
    )


def _notice(parts: Parts, items: tuple[Item, ...]) -> Text:
    name = _name(items)
    departments = [parts.departments[one].name for one in dict.fromkeys(item.department for item in items)]
    return Text(
        zh_hans=_NOTICE.zh_hans.format(
            name=name.zh_hans, department="、".join(department.zh_hans for department in departments)
        ),
        zh_hant=_NOTICE.zh_hant.format(
            name=name.zh_hant, department="、".join(department.zh_hant for department in departments)
        ),
        en=_NOTICE.en.format(name=name.en, department=", ".join(department.en for department in departments)),
    )
