"""What is known of a verified person, for a purpose: no more than the purpose needs, and never unrecorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.registers import Answered, Holder, Pull, Registers, record
from kiosk.backend.storage import Database
from kiosk.catalogue import Catalogue, Material, Obtained
from kiosk.contract import (
    Fact,
    Facts,
    FactsRequest,
    MaterialFound,
    MaterialRequest,
    Materials,
    ProblemError,
)
from kiosk.words import Text


class Knowledge:
    """The registers behind the rule of data minimisation and the ledger."""

    def __init__(
        self, catalogue: Catalogue, registers: Registers, database: Database, clock: Callable[[], datetime]
    ) -> None:
        self._catalogue = catalogue
        self._registers = registers
        self._database = database
        self._clock = clock

    async def facts(self, holder: Holder, request: FactsRequest) -> Facts:
        """Return what is known of ``request.names``.

        Raises:
            RefusedRequestError: ``PURPOSE_UNKNOWN``, or ``PURPOSE_EXCEEDED`` with the names; nothing was asked.
        """
        _allow(self.names(request.purpose), request.names, "names")
        pull = self._pull(holder, request.purpose, request.notice, request.names, "facts")
        now = self._clock()
        await self._database.write(lambda connection: record(connection, pull, now))
        answered = await self._database.read(lambda _: self._registers.ask(pull, now.date()))
        facts = (
            Fact(name=name, value=known.value, as_of=known.as_of, source=self.source(name))
            for name, known in answered.known.items()
        )
        return Facts(facts=tuple(facts), unavailable=answered.unavailable)

    async def materials(self, holder: Holder, request: MaterialRequest) -> Materials:
        """Return what replaces ``request.materials``.

        Raises:
            RefusedRequestError: as ``facts``.
        """
        _allow(self._materials(request.purpose), request.materials, "materials")
        wanted = [self._catalogue.materials[material] for material in dict.fromkeys(request.materials)]
        pull = self._pull(holder, request.purpose, request.notice, request.materials, "materials")
        now = self._clock()
        await self._database.write(lambda connection: record(connection, pull, now))
        found = await self._database.read(lambda _: [self.replacement(pull, material, now) for material in wanted])
        return Materials(found=tuple(each for each in found if each is not None))

    def ask(self, pull: Pull, now: datetime) -> Answered:
        """Ask for a submission; the caller has recorded ``pull`` in its transaction."""
        return self._registers.ask(pull, now.date())

    def replacement(
        self, pull: Pull, material: Material, now: datetime, *, way: Obtained | None = None
    ) -> MaterialFound | None:
        """Return what replaces ``material``: the first of its ways that finds something, or only ``way``."""
        for each in material.obtained if way is None else (way,):
            if each is Obtained.LICENCE and material.licence:
                held = self._registers.held(pull, material.licence, now.date())
                title = self.source(f"licence.{material.licence}.")
            elif each is Obtained.REGISTER and material.register:
                held = self._registers.entry(pull, material.register)
                title = self.source(f"register.{material.register}.")
            else:
                continue
            if held is not None:
                return MaterialFound(
                    material=material.id,
                    obtained=each.value,
                    reference=held.reference,
                    title=title,
                    valid_until=held.valid_until,
                )
        return None

    def names(self, purpose: str) -> frozenset[str]:
        """Return every name that ``purpose`` may ask for: the sources of the elements its items need.

        Raises:
            RefusedRequestError: ``PURPOSE_UNKNOWN``.
        """
        theme = self._catalogue.one_things.get(purpose)
        elements = [need.element for item in self._items(purpose) for need in self._catalogue.items[item].needs]
        elements.extend(theme.situation if theme else ())
        return frozenset(
            name
            for element in elements
            for name in self._catalogue.elements[element].known_from
            if name.startswith(("register.", "licence."))
        )

    def source(self, name: str) -> Text:
        """Return the words for the register or licence that ``name`` comes from."""
        kind, which, _ = name.split(".", 2)
        if kind == "licence":
            return self._catalogue.licences[which].name
        return self._catalogue.registers[which].name

    def _materials(self, purpose: str) -> frozenset[str]:
        return frozenset(use.material for item in self._items(purpose) for use in self._catalogue.items[item].materials)

    def _items(self, purpose: str) -> Iterable[str]:
        if theme := self._catalogue.one_things.get(purpose):
            return tuple(each.item for each in theme.items)
        if purpose in self._catalogue.items:
            return (purpose,)
        raise RefusedRequestError(Code.PURPOSE_UNKNOWN)

    def _pull(self, holder: Holder, purpose: str, notice: str, names: tuple[str, ...], channel: str) -> Pull:
        return Pull(holder=holder, purpose=purpose, notice=notice, names=tuple(dict.fromkeys(names)), channel=channel)


def _allow(allowed: frozenset[str], asked: tuple[str, ...], part: str) -> None:
    errors = tuple(
        ProblemError(detail=name, pointer=pointer(part, index))
        for index, name in enumerate(asked)
        if name not in allowed
    )
    if errors:
        raise RefusedRequestError(Code.PURPOSE_EXCEEDED, errors=errors)
