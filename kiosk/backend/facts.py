"""What is known of a verified person, for a purpose: no more than the purpose needs, and never unrecorded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from kiosk.backend.mandates import Acting, acting, proven
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.registers import (
    LICENCES,
    Answered,
    Answers,
    AskFirst,
    Holder,
    JoinedRegisters,
    Known,
    Pull,
    record,
    told,
)
from kiosk.backend.storage import Database
from kiosk.catalogue import BASKET, Catalogue, Item, Material, Obtained, Outcome
from kiosk.contract import (
    Authority,
    Fact,
    Facts,
    FactsRequest,
    MaterialFound,
    MaterialRequest,
    Materials,
    ProblemError,
    RegisterPause,
)
from kiosk.words import Text

T = TypeVar("T")

ITEMS_MOST = 40
"""Items that may be put together; more would be a form nobody finishes standing."""


class Knowledge:
    """The registers behind the rule of data minimisation and the ledger."""

    def __init__(
        self, catalogue: Catalogue, registers: JoinedRegisters, database: Database, clock: Callable[[], datetime]
    ) -> None:
        self._catalogue = catalogue
        self._registers = registers
        self._database = database
        self._clock = clock

    async def facts(self, holder: Holder, request: FactsRequest) -> Facts:
        """Return what is known of ``request.names``.

        Raises:
            RefusedRequestError: ``PURPOSE_…`` or ``MANDATE_…``, with the names; nothing was asked.
        """
        items = self.items(request.purpose, request.items)
        _allow(self._names(request.purpose, items), request.names, "names")
        now = self._clock()
        found = await self._told(holder, request.authority, items, now)
        pulls = self.pulls(found, request.names, _pull(found, request, items, "facts"))

        def write(connection: Connection) -> None:
            for pull in pulls:
                record(connection, pull, now)

        await self._database.write(write)
        answered = await self._database.read(lambda _: self.ask(pulls, now))
        facts = (
            Fact(name=name, value=known.value, as_of=known.as_of, source=self.source(name))
            for name, known in answered.known.items()
        )
        return Facts(facts=tuple(facts), unavailable=answered.unavailable, pauses=answered.pauses)

    async def materials(self, holder: Holder, request: MaterialRequest) -> Materials:
        """Return what replaces ``request.materials``.

        Raises:
            RefusedRequestError: as ``facts``.
        """
        items = self.items(request.purpose, request.items)
        _allow(self._materials(items), request.materials, "materials")
        wanted = [self._catalogue.materials[material] for material in dict.fromkeys(request.materials)]
        now = self._clock()
        found = await self._told(holder, request.authority, items, now)
        names = tuple(material.id for material in wanted)
        pull = msgspec.structs.replace(_pull(found, request, items, "materials"), names=names)
        owners = dict.fromkeys(owner for material in wanted for owner in self._owners(found, material))

        def write(connection: Connection) -> None:
            for owner in owners:
                record(connection, msgspec.structs.replace(pull, holder=owner), now)

        await self._database.write(write)
        kept = await self._database.read(lambda _: [self.replacement(found, pull, each, now) for each in wanted])
        missing = [material for material, each in zip(wanted, kept, strict=True) if each is None]
        sources = dict.fromkeys(source for material in missing for source in _sources(material))
        pauses = await self._database.read(lambda _: self._registers.pauses(sources, pull, now))
        return Materials(found=tuple(each for each in kept if each is not None), pauses=tuple(pauses.values()))

    async def written(self, holder: Holder, matter: str, notice: str, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns, done in one guarded transaction that waits for no remote register.

        What it wants to know of one is asked outside of any transaction, and recorded like every pull; then it is done
        anew with the answers. With local registers alone it is one transaction.

        Args:
            holder: Who was verified.
            matter: What for.
            notice: Version of the notice.
            work: A transaction that asks registers.
        """
        answers: Answers = {}

        def once(connection: Connection) -> T:
            with told(answers):
                return work(connection)

        while True:
            try:
                return await self._database.write(once, guarded=True)
            except AskFirst as first:
                await self._ask_first(first, holder, matter, notice, answers)

    async def _ask_first(self, first: AskFirst, holder: Holder, matter: str, notice: str, answers: Answers) -> None:
        now = self._clock()
        pull = Pull(holder=holder, purpose=matter, notice=notice, names=(), channel="submission")

        def write(connection: Connection) -> None:
            for each in first.questions:
                names = each.names or (each.whole if each.source != LICENCES else f"licence.{each.whole}",)
                whose = holder if each.resident == holder.resident else _of_agent(holder, each.resident)
                record(connection, msgspec.structs.replace(pull, holder=whose, names=names), now)

        await self._database.write(write)
        answers |= await asyncio.to_thread(self._registers.answers, first, pull, now)

    def pulls(self, found: Acting, names: Iterable[str], pull: Pull) -> tuple[Pull, ...]:
        """Return what is asked of whom: of a company's employee, what is the company's and what is their own."""
        by_owner: dict[Holder, list[str]] = {}
        for name in dict.fromkeys(names):
            by_owner.setdefault(found.owner(self._catalogue, name), []).append(name)
        return tuple(
            msgspec.structs.replace(pull, holder=owner, names=tuple(mine))
            for owner, mine in (by_owner or {found.holder: []}).items()
        )

    def ask(self, pulls: Iterable[Pull], now: datetime) -> Answered:
        """Ask; the caller has recorded ``pulls``."""
        known: dict[str, Known] = {}
        unavailable: dict[str, None] = {}
        pauses: dict[str, RegisterPause] = {}
        for pull in pulls:
            answered = self._registers.ask(pull, now)
            known |= answered.known
            unavailable |= dict.fromkeys(answered.unavailable)
            pauses |= {pause.register: pause for pause in answered.pauses}
        return Answered(known=known, unavailable=tuple(unavailable), pauses=tuple(pauses.values()))

    def replacement(
        self, found: Acting, pull: Pull, material: Material, now: datetime, *, way: Obtained | None = None
    ) -> MaterialFound | None:
        """Return what replaces ``material``: the first of its ways that finds something, or only ``way``."""
        for each in material.obtained if way is None else (way,):
            if each is Obtained.LICENCE and material.licence:
                source = f"licence.{material.licence}."
                asked = msgspec.structs.replace(pull, holder=found.owner(self._catalogue, source))
                held = self._registers.held(asked, material.licence, now)
            elif each is Obtained.REGISTER and material.register:
                source = f"register.{material.register}."
                asked = msgspec.structs.replace(pull, holder=found.owner(self._catalogue, source))
                held = self._registers.entry(asked, material.register, now)
            else:
                continue
            if held is not None:
                return MaterialFound(
                    material=material.id,
                    obtained=each.value,
                    reference=held.reference,
                    title=self.source(source),
                    valid_until=held.valid_until,
                )
        return None

    def items(self, purpose: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
        """Return the items a purpose is about: of a free combination exactly those chosen, no more.

        Raises:
            RefusedRequestError: ``PURPOSE_UNKNOWN``, or ``PURPOSE_ITEMS`` with a pointer to each that does not belong.
        """
        if purpose == BASKET:
            if not 0 < len(chosen) <= ITEMS_MOST or len(set(chosen)) != len(chosen):
                raise RefusedRequestError(Code.PURPOSE_ITEMS, f"1 to {ITEMS_MOST} items, each once")
            belong = tuple(self._catalogue.items)
        elif theme := self._catalogue.one_things.get(purpose):
            belong = tuple(each.item for each in theme.items)
        elif purpose in self._catalogue.items:
            belong = (purpose,)
        else:
            raise RefusedRequestError(Code.PURPOSE_UNKNOWN)
        errors = tuple(
            ProblemError(detail="Not an item of this purpose", pointer=pointer("items", index))
            for index, item in enumerate(chosen)
            if item not in belong
        )
        if errors:
            raise RefusedRequestError(Code.PURPOSE_ITEMS, errors=errors)
        return chosen or belong

    def source(self, name: str) -> Text:
        """Return the words for the register or licence that ``name`` comes from."""
        kind, which, _ = name.split(".", 2)
        if kind == "licence":
            return self._catalogue.licences[which].name
        return self._catalogue.registers[which].name

    def _names(self, purpose: str, items: Iterable[str]) -> frozenset[str]:
        """Return every name that may be asked for: the sources of the elements these items need."""
        theme = self._catalogue.one_things.get(purpose)
        elements = [need.element for item in self._filed(items) for need in item.needs]
        elements.extend(theme.situation if theme else ())
        return frozenset(
            name
            for element in elements
            for name in self._catalogue.elements[element].known_from
            if name.startswith(("register.", "licence."))
        )

    def _materials(self, items: Iterable[str]) -> frozenset[str]:
        return frozenset(use.material for item in self._filed(items) for use in item.materials)

    def _filed(self, items: Iterable[str]) -> Iterator[Item]:
        """Yield those that make a case: to say where to go nobody has to look anything up."""
        return (item for each in items if (item := self._catalogue.items[each]).outcome is not Outcome.GUIDED)

    def _owners(self, found: Acting, material: Material) -> tuple[Holder, ...]:
        """Return whose registers and licences are looked at for a material."""
        sources = []
        if Obtained.LICENCE in material.obtained and material.licence:
            sources.append(f"licence.{material.licence}.")
        if Obtained.REGISTER in material.obtained and material.register:
            sources.append(f"register.{material.register}.")
        return tuple(found.owner(self._catalogue, source) for source in sources) or (found.holder,)

    async def _told(self, holder: Holder, authority: Authority | None, items: tuple[str, ...], now: datetime) -> Acting:
        """Return for whom ``holder`` asks, if they may be told anything."""
        proven(authority)
        return await self._database.read(
            lambda connection: acting(connection, self._catalogue, holder, authority, items, now.date())
        )


def _pull(found: Acting, request: FactsRequest | MaterialRequest, items: tuple[str, ...], channel: str) -> Pull:
    return Pull(
        holder=found.holder,
        purpose=request.purpose,
        notice=request.notice,
        names=(),
        channel=channel,
        items=items if request.items else (),
    )


def _of_agent(holder: Holder, principal: int) -> Holder:
    return msgspec.structs.replace(holder, resident=principal, agent=holder.resident)


def _sources(material: Material) -> Iterator[str]:
    """Yield the registers that may know what replaces ``material``."""
    if Obtained.LICENCE in material.obtained and material.licence:
        yield LICENCES
    if Obtained.REGISTER in material.obtained and material.register:
        yield material.register


def _allow(allowed: frozenset[str], asked: tuple[str, ...], part: str) -> None:
    errors = tuple(
        ProblemError(detail=name, pointer=pointer(part, index))
        for index, name in enumerate(asked)
        if name not in allowed
    )
    if errors:
        raise RefusedRequestError(Code.PURPOSE_EXCEEDED, errors=errors)
