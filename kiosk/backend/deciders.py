"""Deciders: services that stand beside an item's table and tell it what only they can find out.

An item of the catalogue names its decider (``decided_with: route``) and needs elements that are known from it
(``known_from: [service.route.found]``). When the application is taken, the decider is asked with its answers, and what
it finds is put among them: the table decides by it as by every other fact. What it does not find stays unknown, and
unknown refers to a person; so does a decider that fails.

What a terminal says about such elements is worth nothing and is taken out first.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from typing import Protocol

import msgspec
from sqlalchemy import Connection

from kiosk.backend.applications.dossier import Dossier, read
from kiosk.backend.problems import RefusedRequestError
from kiosk.catalogue import Catalogue, Item, Service
from kiosk.contract import ApplicationRequest
from kiosk.forms import Answer, Answers, Value
from kiosk.words import Text

log = logging.getLogger(__name__)

SERVICE = "service."
"""Begins the names of what deciders find."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a decider found out for one item."""

    facts: Mapping[str, Value] = msgspec.field(default_factory=dict)
    """By the last part of the name: ``found`` for ``service.route.found``."""
    says: Text | None = None
    """Told with the outcome, whatever it is."""
    kept: bytes = b""
    """JSON for ``Decider.keep``."""


NOTHING = Finding()


class Decider(Protocol):
    """Finds out what a table cannot."""

    def find(self, item: Item, answers: Mapping[str, Value], today: date) -> Finding:
        """Return what is to be known for ``item``; the same for the same arguments, and at once the second time."""

    def keep(self, connection: Connection, case: str, finding: Finding) -> None:
        """Keep with a case what was found for it, in the transaction that makes it."""


class Deciders:
    """The deciders by the names that the catalogue has for them."""

    def __init__(self, catalogue: Catalogue, deciders: Mapping[Service, Decider]) -> None:
        self._catalogue = catalogue
        self._deciders = deciders

    def needed(self, items: tuple[str, ...]) -> bool:
        """Return whether one of these items has a decider."""
        known = self._catalogue.items
        return any(each in known and known[each].decided_with is not None for each in items)

    def prepare(self, request: ApplicationRequest, today: date) -> None:
        """Ask the deciders before the transaction that will: on SQLite nobody else writes meanwhile."""
        try:
            self.completed(read(self._catalogue, request, today), today)
        except RefusedRequestError:
            # the transaction says what is wrong with it
            return

    def completed(self, dossier: Dossier, today: date) -> Dossier:
        """Return the application with what deciders find among its answers, in the place of any such claim."""
        if not any(item.decided_with for item in dossier.matter.items):
            return dossier
        found: dict[str, Answer] = {}
        for item in dossier.matter.items:
            facts = self.finding(item, dossier.own, today).facts
            for need in item.needs:
                for name in self._catalogue.elements[need.element].known_from:
                    field = name.removeprefix(f"{SERVICE}{item.decided_with}.")
                    if field in facts:
                        found[need.element] = Answer(value=facts[field], origin=name)
        return msgspec.structs.replace(dossier, answers=_with(dossier.answers, found), own=_with(dossier.own, found))

    def finding(self, item: Item, answers: Answers, today: date) -> Finding:
        """Return what is found for ``item``; nothing when it has no decider, or that one fails."""
        if item.decided_with is None:
            return NOTHING
        given = {name: answer.value for name, answer in answers.single.items() if not _is_found(answer)}
        try:
            return self._deciders[item.decided_with].find(item, given, today)
        except Exception as failure:  # noqa: BLE001 - without what it finds a person decides; nobody is turned away
            log.error("decider %s: %s", item.decided_with, type(failure).__name__)  # noqa: TRY400 - no personal data
            return NOTHING

    def keep(self, connection: Connection, item: Item, case: str, finding: Finding) -> None:
        """Keep what was found with the case of ``item``."""
        if finding.kept and item.decided_with is not None:
            self._deciders[item.decided_with].keep(connection, case, finding)


def _is_found(answer: Answer) -> bool:
    return answer.origin.startswith(SERVICE)


def _with(answers: Answers, found: Mapping[str, Answer]) -> Answers:
    own = {name: answer for name, answer in answers.single.items() if not _is_found(answer)}
    return msgspec.structs.replace(answers, single={**own, **found})
