"""What registers answered, as values of elements."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.backend.registers import Answered
from kiosk.forms import Element, Value, from_json


def values_of(elements: Iterable[Element], facts: Answered) -> dict[str, Value]:
    """Return the known values by source name; what is none of its element's kind is not known."""
    found: dict[str, Value] = {}
    for element in elements:
        for name in element.known_from:
            known = facts.known.get(name)
            value = None if known is None else from_json(element, known.value)
            if value is not None:
                found.setdefault(name, value)
    return found
