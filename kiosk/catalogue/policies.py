"""Policies (免申即享): who is entitled to what without applying, and whose fees are less (减免).

A policy is an item whose decision table can be answered from registers alone: the table says who is entitled, the item
what it gives. The file adds what only a policy has: how often, whether money is paid, what excludes what. Terminals do
not need policies, so they stand apart like ``recommendations.yaml``; ``kiosk catalogue check`` reads both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.examples import facts_of
from kiosk.catalogue.merging import elements_in
from kiosk.catalogue.mistakes import Mistake, did_you_mean
from kiosk.catalogue.model import DecisionKind, Item, Obtained
from kiosk.catalogue.reading import Reader, Source, compose
from kiosk.catalogue.tables import APPROVE, Decision, may_approve
from kiosk.forms import Answer, Answers, Element, Form, Question, Value, conditions, counting, environment
from kiosk.forms.conditions import BOOL, Condition, ConditionError, Types
from kiosk.words import Text

FOLDER = "policies/"
RELIEFS_FILE = "fee-reliefs.yaml"
FACTS = ("register.", "licence.")
"""What a policy may look at: what registers and licences say, never what somebody says of themselves."""


class Period(StrEnum):
    """How often a policy can be taken."""

    ONCE = "once"
    """Until it is taken back; also what is paid every month from then on."""
    YEAR = "year"
    """Once in a calendar year."""


class Standing(StrEnum):
    """How sure an entitlement is, by facts alone."""

    ENTITLED = "entitled"
    PERHAPS = "perhaps"
    NO = "no"


class PolicyExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody, and how the policy stands for them; a test asks it."""

    given: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """By element, as in an item's example; ``null``: not known. What it does not give are the elements' examples."""
    standing: Standing


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One policy."""

    id: str
    item: str
    """Item of the catalogue that it is; its table says who is entitled."""
    gives: Text
    """What it gives. ``{amount}`` stands for the table's ``amount_fen``, other names for its other output."""
    period: Period = Period.ONCE
    pays: bool = False
    """Money is paid: an account is needed."""
    conflicts: tuple[str, ...] = ()
    """Policies that cannot be taken beside it."""
    basis: tuple[str, ...] = ()
    """Legal basis, where it is more than the item's."""
    examples: tuple[PolicyExample, ...]
    """At least one that is entitled and one that is not."""


class Relief(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the law lets people off a fee."""

    id: str
    items: Mapping[str, int]
    """What they pay, in fen, by item."""
    when: str
    """Condition over facts; what is not known lets nobody off."""
    says: Text
    basis: str


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """Everything below ``policies/``."""

    policies: Mapping[str, Policy]
    reliefs: tuple[Relief, ...]


def read_policies(catalogue: Catalogue, folder: Path) -> Rules:
    """Return the policies beside a catalogue; none when there is no such folder.

    Args:
        catalogue: What they speak of.
        folder: The catalogue's folder.

    Raises:
        ValueError: they have mistakes: ``check_policies`` says which.
    """
    rules, mistakes = _read(folder)
    mistakes += _Check(catalogue, rules).mistakes()
    if mistakes:
        raise ValueError("\n".join(str(mistake) for mistake in sorted(mistakes)))
    return rules.plain()


def check_policies(catalogue: Catalogue, folder: Path, today: date) -> list[Mistake]:
    """Return what is wrong with the policies beside a catalogue, their examples included."""
    rules, mistakes = _read(folder)
    check = _Check(catalogue, rules)
    mistakes += check.mistakes()
    return mistakes or check.examples(today)


def names_of(catalogue: Catalogue, elements: Iterable[str]) -> tuple[str, ...]:
    """Return what is asked of registers and licences to know ``elements``."""
    return tuple(
        dict.fromkeys(
            name for element in elements for name in catalogue.elements[element].known_from if name.startswith(FACTS)
        )
    )


def looked_at(catalogue: Catalogue, policy: Policy) -> tuple[str, ...]:
    """Return the elements that decide about a policy: no more is asked before it is taken."""
    table = catalogue.tables[catalogue.items[policy.item].table or ""]
    return tuple(
        dict.fromkeys(name for column in table.inputs for name in sorted(elements_in(column.names, catalogue.types)))
    )


def answers_of(form: Form, facts: Mapping[str, Value], today: date) -> Answers:
    """Return what facts answer of a form, each with where it comes from."""
    single: dict[str, Answer] = {}
    for page in form.pages:
        if isinstance(page, Question) and page.element.computed is None:
            source = next((name for name in page.element.known_from if name in facts), None)
            if source is not None:
                single[page.element.id] = Answer(value=facts[source], origin=source)
    return counting(form, Answers(single=single), today)


def judge(catalogue: Catalogue, policy: Policy, facts: Mapping[str, Value], today: date) -> tuple[Standing, Decision]:
    """Return how a policy stands for somebody of whom ``facts`` are known, and what its table says.

    Unknown is never an entitlement. It is a perhaps where the known facts still let the table approve, and more of what
    it looks at is known than not: who has nothing to do with it is not told of it.
    """
    item = catalogue.items[policy.item]
    table = catalogue.tables[item.table or ""]
    form = catalogue.merged("basket", [item.id], today).form
    answers = answers_of(form, facts, today)
    decision = catalogue.decide(table.table.id, form, answers, today)
    if decision.decide == APPROVE:
        return Standing.ENTITLED, decision
    wanted = looked_at(catalogue, policy)
    known = sum(name in answers.single or catalogue.elements[name].computed is not None for name in wanted)
    close = bool(decision.missing) and known * 2 > len(wanted)
    if close and may_approve(table, environment(form, answers, today), today):
        return Standing.PERHAPS, decision
    return Standing.NO, decision


class Let(msgspec.Struct, frozen=True, kw_only=True):
    """A relief with its condition compiled, and what it looks at."""

    relief: Relief
    when: Condition
    elements: tuple[str, ...]


def compiled(catalogue: Catalogue, reliefs: Iterable[Relief]) -> tuple[Let, ...]:
    """Return reliefs ready to be asked."""
    return tuple(
        Let(relief=relief, when=condition, elements=tuple(sorted(elements_in(condition.names, catalogue.types))))
        for relief in reliefs
        for condition in (_condition(relief.when, catalogue.types),)
    )


def lets_off(catalogue: Catalogue, let: Let, facts: Mapping[str, Value], today: date) -> bool:
    """Return whether a relief is sure to apply."""
    values: dict[str, object] = {}
    for element in let.elements:
        source = next((name for name in catalogue.elements[element].known_from if name in facts), None)
        if source is not None:
            values[element] = facts[source]
    return let.when.evaluate(values, today) is True


def _condition(source: str, types: Types) -> Condition:
    return conditions.compile(source, types, expect=BOOL)


class _Read(msgspec.Struct, kw_only=True):
    """What was read, with where it stands."""

    policies: dict[str, tuple[Policy, Source]]
    reliefs: dict[str, tuple[Relief, Source]]

    def plain(self) -> Rules:
        return Rules(
            policies={identity: policy for identity, (policy, _) in sorted(self.policies.items())},
            reliefs=tuple(relief for relief, _ in self.reliefs.values()),
        )


def _read(folder: Path) -> tuple[_Read, list[Mistake]]:
    mistakes: list[Mistake] = []
    found = _Read(policies={}, reliefs={})
    root = folder / FOLDER
    for path in sorted(root.glob("*.yaml")) if root.is_dir() else ():
        name = FOLDER + path.name
        node = compose(path, name, mistakes)
        reader = Reader(name, mistakes)
        policy = None if node is None else reader.record(node, Policy, {"id": path.stem})
        if policy is not None:
            found.policies[policy[0].id] = policy
    path = folder / RELIEFS_FILE
    listed = compose(path, RELIEFS_FILE, mistakes, may_be_empty=True) if path.exists() else None
    if listed is not None:
        reader = Reader(RELIEFS_FILE, mistakes)
        for identity, inner in reader.pairs(listed):
            relief = reader.record(inner, Relief, {"id": identity})
            if relief is not None:
                found.reliefs[identity] = relief
    return found, mistakes


class _Check:
    """What may be wrong with policies that could be read."""

    def __init__(self, catalogue: Catalogue, rules: _Read) -> None:
        self._catalogue = catalogue
        self._rules = rules

    def mistakes(self) -> list[Mistake]:
        """Return what makes them unusable."""
        found: list[Mistake] = []
        for policy, source in self._rules.policies.values():
            found += self._policy(policy, source)
        for relief, source in self._rules.reliefs.values():
            found += self._relief(relief, source)
        return found

    def examples(self, today: date) -> list[Mistake]:
        """Return the examples that come out otherwise."""
        found: list[Mistake] = []
        for policy, source in self._rules.policies.values():
            standings = {example.standing for example in policy.examples}
            if Standing.ENTITLED not in standings or standings == {Standing.ENTITLED}:
                says = f"{policy.id} needs an example that is entitled and one that is not"
                found.append(source.mistake(says, "Add one under examples.", "examples"))
            for index, example in enumerate(policy.examples):
                standing, decision = judge(self._catalogue, policy, self.example_facts(policy, example, today), today)
                if standing is not example.standing:
                    says = f"this example comes out as {standing.value}: {decision.reason.en}"
                    found.append(
                        source.mistake(
                            says, f"Write standing: {standing.value}, or give other facts.", "examples", index
                        )
                    )
        return found

    def example_facts(self, policy: Policy, example: PolicyExample, today: date) -> dict[str, Value]:
        """Return the facts of an example: of what the policy looks at, as an ordinary resident has it."""
        elements = [self._catalogue.elements[name] for name in looked_at(self._catalogue, policy)]
        facts = facts_of(self._catalogue, example.given, elements, today)
        return {name: value for name, value in facts.items() if name.startswith(FACTS)}

    def _policy(self, policy: Policy, source: Source) -> list[Mistake]:
        catalogue = self._catalogue
        found: list[Mistake] = []
        item = catalogue.items.get(policy.item)
        if item is None:
            cure = did_you_mean(policy.item, catalogue.items, "Name an item of the catalogue.")
            return [source.mistake(f"there is no item {policy.item}", cure, "item")]
        if item.table is None or item.decision is not DecisionKind.INSTANT:
            says = f"{item.id} is not decided at once by a table"
            return [source.mistake(says, "Name an item that is; others need a person.", "item")]
        found += self._asked(policy, item, source)
        if policy.pays != _takes_account(catalogue, item):
            says = f"pays is false, and {item.id} asks for an account"
            if policy.pays:
                says = f"pays is true, and {item.id} does not ask for an account"
            found.append(source.mistake(says, "Let the two agree.", "pays"))
        for other in policy.conflicts:
            if other not in self._rules.policies or other == policy.id:
                cure = did_you_mean(other, self._rules.policies, "Name another policy.")
                found.append(source.mistake(f"there is no other policy {other}", cure, "conflicts"))
        return found

    def _asked(self, policy: Policy, item: Item, source: Source) -> list[Mistake]:
        """Return what somebody entitled would have to be asked: nothing but the account is."""
        catalogue = self._catalogue
        found: list[Mistake] = []
        for element in map(catalogue.elements.__getitem__, looked_at(catalogue, policy)):
            if not _is_fact(element):
                says = f"{element.id} decides, and no register knows it"
                found.append(source.mistake(says, "Name an item whose table looks at facts only.", "item"))
        for need in item.needs:
            element = catalogue.elements[need.element]
            if need.required and need.when is None and not (_is_fact(element) or _is_account(element)):
                says = f"{item.id} needs {element.id}, which no register knows"
                found.append(source.mistake(says, "Whoever is entitled is asked nothing: name another item.", "item"))
        found += [
            source.mistake(
                f"{item.id} wants {use.material}, which only a citizen can give", "Name another item.", "item"
            )
            for use in item.materials
            if use.when is None and not use.deferrable and _is_given(catalogue, use.material)
        ]
        return found

    def _relief(self, relief: Relief, source: Source) -> list[Mistake]:
        found: list[Mistake] = []
        for identity, amount in relief.items.items():
            item = self._catalogue.items.get(identity)
            if item is None:
                cure = did_you_mean(identity, self._catalogue.items, "Name an item of the catalogue.")
                found.append(source.mistake(f"there is no item {identity}", cure, "items"))
            elif not 0 <= amount < item.fee_fen:
                says = f"{identity} costs {item.fee_fen} fen, and the relief says {amount}"
                found.append(source.mistake(says, "Write less than the fee.", "items"))
        try:
            condition = _condition(relief.when, self._catalogue.types)
        except ConditionError as error:
            return [*found, source.mistake(f"the condition cannot be read: {error}", "Write it anew.", "when")]
        found += [
            source.mistake(f"no register knows {name}", "Look at facts only.", "when")
            for name in sorted(elements_in(condition.names, self._catalogue.types))
            if not _is_fact(self._catalogue.elements[name])
        ]
        return found


def _is_fact(element: Element) -> bool:
    return element.computed is not None or any(name.startswith((*FACTS, "card.")) for name in element.known_from)


def _is_account(element: Element) -> bool:
    return element.id in ACCOUNTS


ACCOUNTS = ("person.bank_card", "account.number", "account.bank")
"""Elements that say where money goes: known, or the one thing that is asked."""


def _takes_account(catalogue: Catalogue, item: Item) -> bool:
    return any(need.element in ACCOUNTS and catalogue.elements[need.element].computed is None for need in item.needs)


def _is_given(catalogue: Catalogue, material: str) -> bool:
    """Return whether only the citizen can give a material: it is photographed, or promised."""
    ways = set(catalogue.materials[material].obtained)
    return not ways & {Obtained.GENERATED, Obtained.LICENCE, Obtained.REGISTER, Obtained.COMMITMENT}
