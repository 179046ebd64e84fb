"""Policies and facts in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.backend.applications.sentences import put
from kiosk.backend.facts import Knowledge
from kiosk.backend.payments.receipts import amount_text
from kiosk.backend.registers import Answered
from kiosk.catalogue import Catalogue
from kiosk.catalogue.policies import Policy
from kiosk.contract import EntitlementFact
from kiosk.forms import from_json, shown
from kiosk.words import Language, Text

_AMOUNT = "amount_fen"


def gives(policy: Policy, output: Mapping[str, str | int]) -> Text:
    """Return what a policy gives; what the table has not decided yet stays out of the words."""
    values: dict[str, Text | str] = {name: str(value) for name, value in output.items()}
    amount = output.get(_AMOUNT)
    if isinstance(amount, int):
        values["amount"] = amount_text(amount)
    missing = [name for name in _places(policy.gives.zh_hans) if name not in values]
    return put(policy.gives, **values, **dict.fromkeys(missing, "…"))


def shown_facts(
    catalogue: Catalogue, knowledge: Knowledge, elements: Iterable[str], told: Answered, unknown: Text
) -> tuple[EntitlementFact, ...]:
    """Return what was looked at, each with its source."""
    found: list[EntitlementFact] = []
    for name in elements:
        element = catalogue.elements[name]
        if element.computed is not None:
            continue
        source = next((each for each in element.known_from if each in told.known), None)
        value = None if source is None else from_json(element, told.known[source].value)
        if source is None or value is None:
            found.append(EntitlementFact(title=element.title, shown=unknown))
            continue
        words = {language: shown(element, value, language, catalogue.divisions) for language in Language}
        found.append(
            EntitlementFact(
                title=element.title,
                shown=Text(zh_hans=words[Language.ZH_HANS], zh_hant=words[Language.ZH_HANT], en=words[Language.EN]),
                source=None if source.startswith("card.") else knowledge.source(source),
            )
        )
    return tuple(found)


def _places(words: str) -> list[str]:
    return [part.partition("}")[0] for part in words.split("{")[1:]]
