"""What is looked at for one item, told to whoever waits for its outcome: facts, materials, and the conditions.

Taken from the review itself, so that nothing is told that was not looked at. No value is ever told, only what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Final

from msgspec.structs import replace

from kiosk.backend.applications import sentences
from kiosk.backend.applications.dossier import Dossier
from kiosk.backend.registers import Answered
from kiosk.catalogue import Catalogue, Item
from kiosk.contract import Check, CheckState
from kiosk.forms import Element
from kiosk.words import Text

MOST: Final = 12
"""More are not told: nobody reads them while they wait."""


def looked_at(
    catalogue: Catalogue, dossier: Dossier, elements: Mapping[str, Element], names: Set[str], facts: Answered
) -> tuple[Check, ...]:
    """Return the facts that the table of an item decides by, as far as they are known, each with its source.

    Args:
        catalogue: Where registers and licences have their names.
        dossier: The application.
        elements: Those of the item, by name, in their order.
        names: Those of them that its table looks at.
        facts: What the registers told the backend.
    """
    answered = {*dossier.own.single, *(name for rows in dossier.own.repeats.values() for row in rows for name in row)}
    found: list[Check] = []
    for name, element in elements.items():
        if name not in names:
            continue
        told = next((source for source in element.known_from if source in facts.known), None)
        if told is None and name not in answered:
            continue
        found.append(Check(name=element.title, source=None if told is None else _named(catalogue, told)))
    return tuple(dict.fromkeys(found))[:MOST]


def of_materials(dossier: Dossier, item: Item) -> tuple[Check, ...]:
    """Return the materials of an item that are there."""
    used = {use.material for use in item.materials}
    return tuple(
        Check(name=need.material.name)
        for need in dossier.matter.materials
        if need.material.id in used
        and need.material.id in dossier.materials
        and not dossier.materials[need.material.id].deferred
    )[:MOST]


def come_out(checks: tuple[Check, ...], doubtful: Set[Text], *, decided: bool) -> tuple[Check, ...]:
    """Return the checks as they came out, with the last one: whether the conditions are met.

    Args:
        checks: What was looked at.
        doubtful: Names of what a person has to look at.
        decided: The rules said yes; otherwise a person does, or does not.
    """
    out = [replace(check, state=CheckState.PERSON if check.name in doubtful else CheckState.PASSED) for check in checks]
    conditions = CheckState.PASSED if decided else CheckState.PERSON
    return (*out, Check(name=sentences.CONDITIONS, state=conditions))


def still_open(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """Return the checks of a case that its department has not looked at."""
    return tuple(replace(check, state=CheckState.OPEN) for check in checks)


def _named(catalogue: Catalogue, source: str) -> Text | None:
    kind, _, rest = source.partition(".")
    name = rest.partition(".")[0]
    if kind == "register" and name in catalogue.registers:
        return catalogue.registers[name].name
    if kind == "licence" and name in catalogue.licences:
        return catalogue.licences[name].name
    return None
