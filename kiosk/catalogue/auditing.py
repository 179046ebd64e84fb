"""What a loadable catalogue may still have wrong, for ``kiosk catalogue check`` and before publishing.

Nothing here keeps a terminal from working, so loading does not look for it: things that nobody uses, items that are
copies of each other, questions nobody reaches, tables that look at what is never asked, examples that do not come out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations
from pathlib import Path

import yaml

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.example_checking import TODAY, ExampleCheck
from kiosk.catalogue.loading import read
from kiosk.catalogue.merging import BASKET, elements_in
from kiosk.catalogue.mistakes import CatalogueError, Mistake, did_you_mean
from kiosk.catalogue.model import Item, Obtained
from kiosk.catalogue.policies import check_policies
from kiosk.catalogue.reading import Reader, Source, compose
from kiosk.catalogue.recommending import RULES_FILE, PlaceRule
from kiosk.catalogue.records import Everything
from kiosk.catalogue.samples import can_hold
from kiosk.catalogue.tables import APPROVE, REFER
from kiosk.forms import RuleKind, compiled
from kiosk.forms.conditions import ConditionError
from kiosk.words import Language

_ALWAYS_WORK = frozenset({Obtained.SCAN, Obtained.GENERATED, Obtained.COMMITMENT})
"""Ways of giving a material that do not depend on what somebody holds."""

_WHEN_PLACES = ("visit.", "appointment.")
"""Elements of the time that is booked: having them or not makes no other item."""


def checked(root: Path) -> Catalogue:
    """Return the catalogue below ``root``, loaded and free of every mistake that can be found.

    Raises:
        CatalogueError: It has mistakes; those that keep it from being loaded are told first.
    """
    catalogue, found = read(root)
    mistakes = audit(catalogue, found)
    if mistakes:
        raise CatalogueError(mistakes)
    return catalogue


def audit(
    catalogue: Catalogue, found: Everything, *, unused: bool = True, language: Language = Language.EN
) -> list[Mistake]:
    """Return everything wrong with a catalogue that could be loaded.

    Args:
        catalogue: The catalogue.
        found: The records it is made of, with their lines.
        unused: Tell what nothing uses, too; while services are being written much is there before its use.
        language: Of the sentences of elements and tables that a mistake quotes.
    """
    run = _Audit(catalogue, found)
    if unused:
        run.unused()
    run.codes()
    run.register_fields()
    run.guides()
    run.questions()
    run.ways()
    run.results()
    run.tables()
    run.relations()
    run.situations()
    run.unreachable()
    run.copies()
    run.everything_together()
    run.recommendations()
    examples = ExampleCheck(catalogue, found, language)
    policies = check_policies(catalogue, found.root, TODAY)
    return [*run.mistakes, *policies, *examples.of_elements(), *examples.of_services()]


class _Audit:
    """Looks through one catalogue."""

    def __init__(self, catalogue: Catalogue, found: Everything) -> None:
        self.mistakes: list[Mistake] = []
        self._catalogue = catalogue
        self._found = found
        self._items = list(catalogue.items.values())
        self._seen_by_table = {
            table.id: {
                catalogue.lexicon.elements[name]
                for column in table.inputs
                for name in column.names
                if name in catalogue.lexicon.elements
            }
            for table in catalogue.tables.values()
        }

    def _note(self, source: Source, says: str, cure: str, *place: str | int) -> None:
        self.mistakes.append(source.mistake(says, cure, *place))

    # ---- what nobody uses

    def unused(self) -> None:
        """Tell of records that nothing refers to: what nobody uses goes stale."""
        catalogue, found = self._catalogue, self._found
        elements = self._used_elements()
        known = [name.split(".") for element in catalogue.elements.values() for name in element.known_from]
        materials = {use.material for item in self._items for use in item.materials}
        of_materials = catalogue.materials.values()
        licences = {parts[1] for parts in known if parts[0] == "licence"}
        licences |= {material.licence for material in of_materials if material.licence is not None}
        licences |= {item.result.licence for item in self._items if item.result.licence is not None}
        # papers of the case itself, which the backend gives: they say which case they are of
        licences |= {licence.id for licence in catalogue.licences.values() if "case" in licence.fields}
        # what departments issue elsewhere and people hold
        licences |= {licence.id for licence in catalogue.licences.values() if licence.listed}
        # and receipts for money: of which order
        licences |= {licence.id for licence in catalogue.licences.values() if "order" in licence.fields}
        registers = {parts[1] for parts in known if parts[0] == "register"}
        registers |= {material.register for material in of_materials if material.register is not None}
        sections = {element.partition(".")[0] for element in catalogue.elements}
        sections |= {repeat.section for repeat in catalogue.repeats.values()}
        for records, used, cure in (
            (found.elements, elements, "Name it in the needs of an item, or delete it."),
            (found.materials, materials, "Name it in the materials of an item, or delete it."),
            (found.licences, licences, "Name it in an item, a material or known_from, or delete it."),
            (found.registers, registers, "Name it in a material or known_from, or delete it."),
            (found.sections, sections, "Write elements of it, or delete it."),
        ):
            for identity, source in records.sources.items():
                if identity not in used:
                    self._note(source, f"nothing uses the {records.what} {identity}", cure)

    def _used_elements(self) -> set[str]:
        catalogue = self._catalogue
        used = {need.element for item in self._items for need in item.needs}
        used |= {element for theme in catalogue.one_things.values() for element in theme.situation}
        for element in catalogue.elements.values():
            prefix = element.id.partition(".")[0]
            inside = prefix if catalogue.lexicon.repeat_of(element.id) is not None else None
            for source in [str(rule.value) for rule in element.rules if rule.rule is RuleKind.WHEN]:
                used |= self._elements_of(source, inside)
            if element.computed is not None:
                used |= self._elements_of(element.computed, inside)
        return used

    def _elements_of(self, source: str, prefix: str | None) -> set[str]:
        lexicon = self._catalogue.lexicon
        return {lexicon.elements[name] for name in lexicon.names(source, prefix) if name in lexicon.elements}

    # ---- what must be told apart

    def codes(self) -> None:
        """Tell of items with the code of another one."""
        first: dict[str, str] = {}
        for item, source in self._found.items:
            before = first.setdefault(item.code, item.id)
            if before != item.id:
                says = f"the code {item.code} is that of {before} too"
                self._note(source, says, "Give each item the code of its own guide.", "code")

    def register_fields(self) -> None:
        """Tell of fields of a register that two elements read as different kinds."""
        first: dict[str, str] = {}
        for element, source in self._found.elements:
            for index, name in enumerate(element.known_from):
                before = first.setdefault(name, element.id)
                other = self._catalogue.elements[before]
                if other.kind is not element.kind:
                    says = f"{name} is of kind {element.kind} here, but of kind {other.kind} for {before}"
                    self._note(source, says, "Give both elements one kind, or name another field.", "known_from", index)

    def guides(self) -> None:
        """Tell of names that stand twice in a published guide: they would make the saving look larger."""
        for item, source in self._found.items:
            for key, names in (("fields", item.guide.fields), ("materials", item.guide.materials)):
                for index, name in enumerate(names):
                    if name in names[:index]:
                        says = f"{name} stands twice in the guide's {key}"
                        self._note(source, says, "Delete one of the two.", "guide", key, index)

    def questions(self) -> None:
        """Tell of headings of pages that are no questions."""
        for element, source in self._found.elements:
            question = element.question
            ends = question.zh_hans.endswith("？") and question.zh_hant.endswith("？") and question.en.endswith("?")
            if not ends and not element.fact and element.computed is None:
                self._note(source, f"the question of {element.id} is none", "End it with ？ and ?.", "question")

    def ways(self) -> None:
        """Tell of materials that nobody could hand in when neither register nor licence has them."""
        for material, source in self._found.materials:
            if not _ALWAYS_WORK.intersection(material.obtained):
                says = f"{material.id} cannot be handed in when nothing is found"
                self._note(source, says, "Add scan as the last way.", "obtained")

    def results(self) -> None:
        """Tell of what stands on an issued licence and is neither answered nor decided."""
        for item, source in self._found.items:
            if item.result.licence is None:
                continue
            known = {need.element for need in item.needs}
            if item.table is not None:
                rules = self._catalogue.tables[item.table].table.rules
                known |= {name for rule in rules for name in rule.output}
            for field in self._catalogue.licences[item.result.licence].fields:
                if field not in known:
                    says = f"{field} stands on the licence {item.result.licence}, but {item.id} does not need it"
                    self._note(source, says, f"Add {field} to needs, or to the table's output.", "result", "licence")

    def copies(self) -> None:
        """Tell of items that are another one with the name changed."""
        shapes = [(item, self._shape(item)) for item in self._items]
        for (one, (needs, inputs, materials)), (other, (needs_too, inputs_too, materials_too)) in combinations(
            shapes, 2
        ):
            if inputs != inputs_too or abs(len(needs) - len(needs_too)) > 1:
                continue
            differ = needs ^ needs_too
            if not differ:
                says = f"{other.id} asks and looks at exactly what {one.id} does"
            elif len(differ) == 1 and materials == materials_too:
                says = f"{other.id} differs from {one.id} only by {next(iter(differ))}"
            else:
                continue
            cure = "Make them one item, or ask what tells them apart."
            self._note(self._found.items.sources[other.id], says, cure, "needs")

    def _shape(self, item: Item) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        needs = frozenset(need.element for need in item.needs if not need.element.startswith(_WHEN_PLACES))
        table = None if item.table is None else self._catalogue.tables[item.table].table
        inputs = frozenset() if table is None else frozenset(column.expression for column in table.inputs)
        return needs, inputs, frozenset(use.material for use in item.materials)

    # ---- what cannot work

    def recommendations(self) -> None:
        """Tell of rules of recommendation that cannot be read, or that name what there is not."""
        path = self._found.root / RULES_FILE
        node = compose(path, RULES_FILE, self.mistakes, may_be_empty=True) if path.exists() else None
        reader = Reader(RULES_FILE, self.mistakes)
        for inner in node.value if isinstance(node, yaml.SequenceNode) else ():
            read_rule = reader.record(inner, PlaceRule)
            if read_rule is None:
                continue
            rule, source = read_rule
            for key, names, known, what in (
                ("items", rule.items, self._catalogue.items, "item"),
                ("offer", rule.offer, self._catalogue.items, "item"),
                ("one_things", rule.one_things, self._catalogue.one_things, "one-thing"),
            ):
                for index, name in enumerate(names):
                    if name not in known:
                        cure = did_you_mean(name, known, f"Declare the {what}, or correct the name.")
                        self._note(source, f"unknown {what} {name}", cure, key, index)

    def tables(self) -> None:
        """Tell of tables that look at what their item does not need, and of tables without both kinds of example."""
        for table, source in self._found.tables:
            shown = {example.decide for example in table.examples}
            for wanted in (APPROVE, REFER):
                if wanted not in shown and any(rule.decide == wanted for rule in table.rules):
                    self._note(source, f"no example shows what is decided: {wanted}", "Add one.", "examples")
        for item, source in self._found.items:
            if item.table is None:
                continue
            needed = {need.element for need in item.needs}
            for element in sorted(self._seen_by_table[item.table] - needed):
                says = f"the table {item.table} looks at {element}, which {item.id} does not need: it stays unknown"
                self._note(source, says, f"Add {element} to needs.", "table")

    def relations(self) -> None:
        """Tell of items that come before themselves, stand twice, or take no days."""
        for item, source in self._found.items:
            for key, related in (("after", item.after), ("conflicts", item.conflicts)):
                for index, other in enumerate(related):
                    if other.item == item.id:
                        self._note(source, f"{item.id} names itself", "Name another item.", key, index)
            for index, step in enumerate(item.special_steps):
                if step.days <= 0:
                    self._note(source, "a special step takes no days", "Write days: 5.", "special_steps", index)
        for theme, source in self._found.one_things:
            own = {used.item for used in theme.items}
            for index, companion in enumerate(theme.companions):
                if companion in own:
                    says = f"{companion} is an item of {theme.id} already"
                    self._note(source, says, "Delete it from companions.", "companions", index)

    def situations(self) -> None:
        """Tell of situation questions that decide nothing."""
        catalogue = self._catalogue
        for theme, source in self._found.one_things:
            used = {
                name
                for one in theme.items
                if one.when is not None
                for name in elements_in(catalogue.lexicon.names(one.when), catalogue.types)
            }
            used |= {need.element for one in theme.items for need in catalogue.items[one.item].needs}
            for one in theme.items:
                for when in self._whens(catalogue.items[one.item]):
                    used |= elements_in(catalogue.lexicon.names(when), catalogue.types)
            for index, element in enumerate(theme.situation):
                if element not in used:
                    says = f"{element} decides nothing: no item needs it and no condition looks at it"
                    self._note(source, says, "Use it in when, or delete it.", "situation", index)

    def _whens(self, item: Item) -> Iterable[str]:
        yield from (need.when for need in item.needs if need.when is not None and need.repeat is None)
        yield from (use.when for use in item.materials if use.when is not None)

    def unreachable(self) -> None:
        """Tell of questions whose condition cannot be true together with those of the questions it looks at."""
        catalogue = self._catalogue
        elements = [one for one in catalogue.elements.values() if catalogue.lexicon.repeat_of(one.id) is None]
        by_id = {element.id: element for element in elements}
        possible: dict[str, bool] = {}
        for item, source in self._found.items:
            whens = {need.element: need.when for need in item.needs if need.repeat is None}
            for index, need in enumerate(item.needs):
                if need.when is None or need.repeat is not None:
                    continue
                joined = self._together(need.element, whens)
                if joined is None:
                    continue
                if joined not in possible:
                    condition = catalogue.lexicon.compile(joined)
                    seen = elements_in(condition.names, catalogue.types)
                    among = [by_id[name] for name in seen if name in by_id]
                    possible[joined] = can_hold(condition, among, catalogue.repeats)
                if not possible[joined]:
                    says = f"nobody ever reaches {need.element}: what it depends on is not asked then"
                    self._note(
                        source, says, "Correct its condition, or that of the questions it names.", "needs", index
                    )

    def everything_together(self) -> None:
        """Tell of computed answers that rest on themselves once items with different conditions are put together.

        Any basket holds fewer conditions than all items at once, so what holds for these holds for each.
        """
        items = [item.id for item in self._items]
        if not items:
            return
        try:
            compiled(self._catalogue.merged(BASKET, items, date(2024, 2, 29)).form)
        except ConditionError as error:
            for element, source in self._found.elements:
                if element.computed == error.source:
                    self._note(source, f"in “{error.source}”: {error.message}", error.cure, "computed")

    def _together(self, element: str, whens: dict[str, str | None]) -> str | None:
        """Return the condition of a question joined with those of what it looks at; ``None`` when that adds nothing."""
        catalogue = self._catalogue
        joined: dict[str, None] = {}
        waiting, seen = [element], set[str]()
        while waiting:
            name = waiting.pop()
            when = whens.get(name)
            if name in seen or when is None:
                continue
            seen.add(name)
            joined[when] = None
            waiting += elements_in(catalogue.lexicon.names(when), catalogue.types)
        return " && ".join(f"({when})" for when in joined) if len(joined) > 1 else None
