"""What a file may leave out, put in at load, so that the rest of the program sees complete records.

Sentences of elements by kind and rule, reasons of approving rows, groups of needs, and the repeat of a need.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import msgspec

from kiosk.catalogue.divisions import Divisions
from kiosk.catalogue.mistakes import Mistake
from kiosk.catalogue.model import DecisionTable, Item, ItemKind, Need, NeedGroup, RepeatDeclaration, Sentences
from kiosk.catalogue.reading import Place, Source
from kiosk.catalogue.records import Records
from kiosk.catalogue.tables import APPROVE
from kiosk.forms import Address, Element, Kind, Rule, RuleKind
from kiosk.forms.model import NO_WORDS
from kiosk.forms.rules import day
from kiosk.words import Language, Text

TEXT_LENGTH: Final = 100
"""Characters of a text that says nothing else."""

WRITTEN_ON: Final = date(2026, 1, 31)
"""The day that relative examples mean in a sentence, which stays the same whenever the catalogue is loaded."""

_UNITS: Final[Mapping[str, tuple[str, str, str]]] = {
    "d": ("天", "天", "days"),
    "m": ("个月", "個月", "months"),
    "y": ("年", "年", "years"),
}


class Defaults:
    """Completes records; what cannot be completed goes to ``mistakes``."""

    def __init__(
        self, sentences: Sentences, source: Source, divisions: Divisions, repeats: Iterable[RepeatDeclaration]
    ) -> None:
        """Complete with ``sentences``, which stand at ``source``."""
        self.mistakes: list[Mistake] = []
        self._sentences = sentences
        self._source = source
        self._divisions = divisions
        self._repeats = {repeat.prefix: repeat.id for repeat in repeats}

    # ---- elements

    def complete_elements(self, elements: Records[Element]) -> None:
        """Give every element its sentences, and what is never asked a heading and a reason."""
        for element, source in list(elements):
            elements.by_id[element.id] = self._element(element, source)

    def _element(self, element: Element, source: Source) -> Element:
        if element.fact or element.computed is not None:
            why = self._words(self._sentences.why, "why", "fact" if element.fact else "computed")
            return msgspec.structs.replace(
                element,
                confirm=element.confirm and not element.fact,
                question=_or(element.question, element.title),
                why=_or(element.why, why.filled(title="", example="", value="")),
                rules=tuple(self._rule(element, rule, source, index) for index, rule in enumerate(element.rules)),
            )
        for key, words in (("question", element.question), ("why", element.why)):
            if words is NO_WORDS:
                self.mistakes.append(source.mistake(f"{element.id} has no {key}", f"Add {key}: …"))
        rules = [self._rule(element, rule, source, index) for index, rule in enumerate(element.rules)]
        kinds = {rule.rule for rule in rules}
        added = []
        if RuleKind.REQUIRED not in kinds:
            added.append(Rule(rule=RuleKind.REQUIRED, says=self._required(element)))
        if RuleKind.CHECK not in kinds and element.kind in self._sentences.check:
            words = self._words(self._sentences.check, "check", element.kind)
            added.append(Rule(rule=RuleKind.CHECK, says=self._filled(words, element, "")))
        if element.kind is Kind.TEXT and RuleKind.MAX_LENGTH not in kinds:
            longest = Rule(rule=RuleKind.MAX_LENGTH, value=TEXT_LENGTH)
            rules.append(self._rule(element, longest, source, len(rules)))
        # what is missing is said before what is wrong with it
        return msgspec.structs.replace(element, rules=(*added, *rules))

    def _required(self, element: Element) -> Text:
        ahead = element.kind is Kind.DATE and isinstance(element.example, str) and element.example.startswith("today+")
        key = "date-ahead" if ahead else str(element.kind)
        return self._filled(self._words(self._sentences.required, "required", key), element, "")

    def _rule(self, element: Element, rule: Rule, source: Source, index: int) -> Rule:
        if rule.says is not NO_WORDS:
            return rule
        if rule.rule is RuleKind.REQUIRED:
            return msgspec.structs.replace(rule, says=self._required(element))
        if rule.rule is RuleKind.CHECK and element.kind in self._sentences.check:
            words = self._words(self._sentences.check, "check", element.kind)
            return msgspec.structs.replace(rule, says=self._filled(words, element, ""))
        named = f"{rule.rule}.{element.kind}"
        found = self._sentences.bounds.get(named) or self._sentences.bounds.get(rule.rule)
        if found is None:
            says = f"the rule {rule.rule} of {element.id} does not say what to enter"
            self.mistakes.append(source.mistake(says, "Add says: …", "rules", index))
            return rule
        return msgspec.structs.replace(rule, says=self._filled(found, element, _bound(element, rule)))

    def _words(self, group: Mapping[str, Text], name: str, key: str) -> Text:
        if key in group:
            return group[key]
        self.mistakes.append(self._source.mistake(f"{name} has no sentence for {key}", f"Add {key}: …", name))
        return NO_WORDS

    def _filled(self, words: Text, element: Element, value: str | Text) -> Text:
        """Return ``words`` with the title, the example and the value of a rule put in."""

        def one(language: Language) -> str:
            says = value if isinstance(value, str) else value.in_(language)
            return words.in_(language).format(
                title=element.title.in_(language), example=self._example(element, language), value=says
            )

        return Text(zh_hans=one(Language.ZH_HANS), zh_hant=one(Language.ZH_HANT), en=one(Language.EN))

    def _example(self, element: Element, language: Language) -> str:
        example = element.example
        titles = {choice.value: choice.title.in_(language) for choice in element.choices}
        match example:
            case Address():
                line = self._divisions.names(example.division, language)[1:]
                return (
                    ", ".join([example.detail, *reversed(line)])
                    if language is Language.EN
                    else (f"{''.join(line)}{example.detail}")
                )
            case tuple():
                return titles.get(example[0], "") if example else ""
            case None | bool():
                return ""
            case int():
                return _yuan(example) if element.kind is Kind.AMOUNT else str(example)
            case str():
                if element.kind is Kind.DATE:
                    try:
                        return day(example, WRITTEN_ON).isoformat()
                    except ValueError:
                        return example
                return titles.get(example, example)

    # ---- needs and tables

    def complete_items(self, items: Records[Item], groups: Mapping[str, NeedGroup]) -> None:
        """Put the elements of groups where their names stand, and the repeat where the prefix says it."""
        for item, source in list(items):
            if any(need.element in groups or need.repeat is None for need in item.needs):
                items.by_id[item.id] = msgspec.structs.replace(item, needs=self._needs(item, source, groups))

    def _needs(self, item: Item, source: Source, groups: Mapping[str, NeedGroup]) -> tuple[Need, ...]:
        own = {need.element for need in item.needs}
        found: list[Need] = []
        places: list[int] = []
        from_groups: set[str] = set()
        for index, need in enumerate(item.needs):
            group = groups.get(need.element)
            for one in (need,) if group is None else group.needs:
                if group is not None:
                    # what the item says itself about an element counts more than its group
                    if one.element in own or one.element in from_groups:
                        continue
                    from_groups.add(one.element)
                    one = _narrowed(one, need)  # noqa: PLW2901 - the group's need, as this item wants it
                repeat = one.repeat or self._repeats.get(one.element.partition(".")[0])
                found.append(msgspec.structs.replace(one, repeat=repeat))
                places.append(index)
        lines: dict[Place, int] = {place: line for place, line in source.lines.items() if place[:1] != ("needs",)}
        for now, before in enumerate(places):
            for place, line in source.lines.items():
                if place[:2] == ("needs", before):
                    lines["needs", now, *place[2:]] = line
        if ("needs",) in source.lines:
            lines["needs",] = source.lines["needs",]
        source.lines = lines
        return tuple(found)

    def complete_tables(self, tables: Records[DecisionTable], items: Iterable[Item]) -> None:
        """Give approving rows that say no reason the one of the way their item is decided."""
        users: dict[str, Item] = {}
        for item in items:
            if item.table is not None:
                users.setdefault(item.table, item)
        for table, source in list(tables):
            if all(rule.reason is not NO_WORDS for rule in table.rules):
                continue
            user = users.get(table.id)
            rules = []
            for index, rule in enumerate(table.rules):
                if rule.reason is NO_WORDS and rule.decide == APPROVE and user is not None:
                    query = user.kind is ItemKind.QUERY_AND_PRINT
                    key = str(user.kind if query else user.decision)
                    rules.append(
                        msgspec.structs.replace(rule, reason=self._words(self._sentences.approve, "approve", key))
                    )
                    continue
                if rule.reason is NO_WORDS and rule.decide != APPROVE:
                    says = f"row {index + 1} does not say why it refers"
                    self.mistakes.append(source.mistake(says, "Add reason: …", "rules", index))
                rules.append(rule)
            tables.by_id[table.id] = msgspec.structs.replace(table, rules=tuple(rules))


def _narrowed(inner: Need, outer: Need) -> Need:
    """Return a need of a group as an item wants the whole group."""
    whens = [f"({when})" for when in (outer.when, inner.when) if when is not None]
    when = " && ".join(whens) if len(whens) > 1 else outer.when or inner.when
    return msgspec.structs.replace(inner, when=when, required=inner.required and outer.required)


def _or(words: Text, otherwise: Text) -> Text:
    return otherwise if words is NO_WORDS else words


def _bound(element: Element, rule: Rule) -> str | Text:
    """Return the value of a rule as a sentence says it."""
    if rule.rule in (RuleKind.EARLIEST, RuleKind.LATEST):
        return _day_words(str(rule.value))
    if element.kind is Kind.AMOUNT and isinstance(rule.value, int):
        return _yuan(rule.value)
    return str(rule.value)


def _day_words(source: str) -> Text:
    if not source.startswith("today"):
        return Text(zh_hans=source, zh_hant=source, en=source)
    if source == "today":
        return Text(zh_hans="今天", zh_hant="今天", en="today")
    count, unit = source[6:-1], _UNITS.get(source[-1], ("", "", ""))
    if source[5:6] == "-":
        return Text(
            zh_hans=f" {count} {unit[0]}前", zh_hant=f" {count} {unit[1]}前", en=f"the day {count} {unit[2]} ago"
        )
    return Text(
        zh_hans=f" {count} {unit[0]}后", zh_hant=f" {count} {unit[1]}後", en=f"the day {count} {unit[2]} from today"
    )


def _yuan(fen: int) -> str:
    return str(fen // 100) if fen % 100 == 0 else f"{fen / 100:.2f}"
