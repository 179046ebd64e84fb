"""Fees that the law lets people off (减免), by facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kiosk.backend.benefits.facts import values_of
from kiosk.backend.payments.fees import LetOff
from kiosk.backend.registers import Answered
from kiosk.catalogue import Catalogue
from kiosk.catalogue.policies import Relief, compiled, lets_off, names_of


class FeeReliefs:
    """The reliefs of the catalogue; see ``kiosk.backend.payments.Reliefs``."""

    def __init__(self, catalogue: Catalogue, reliefs: Iterable[Relief]) -> None:
        self._catalogue = catalogue
        self._reliefs = compiled(catalogue, reliefs)

    def names(self, items: Iterable[str]) -> tuple[str, ...]:
        """Return what has to be asked to know who pays less for ``items``."""
        wanted = set(items)
        elements = [name for let in self._reliefs if wanted & let.relief.items.keys() for name in let.elements]
        return names_of(self._catalogue, dict.fromkeys(elements))

    def let_off(self, items: Iterable[str], facts: Answered, today: date) -> Mapping[str, LetOff]:
        """Return the best relief of each item that has one for sure."""
        wanted = set(items)
        found: dict[str, LetOff] = {}
        for let in self._reliefs:
            if not wanted & let.relief.items.keys():
                continue
            elements = [self._catalogue.elements[name] for name in let.elements]
            if not lets_off(self._catalogue, let, values_of(elements, facts), today):
                continue
            for item in wanted & let.relief.items.keys():
                amount = let.relief.items[item]
                if item not in found or amount < found[item].amount_fen:
                    found[item] = LetOff(amount_fen=amount, says=let.relief.says, basis=let.relief.basis)
        return found
