"""Parcels on their way: what is decided elsewhere goes out, what is decided here comes in; durable, each once.

Going out, a row of ``parcel_out`` is a job: claimed with a lease, sent, and from then on asked for its answer until
there is a final one. An exchange that is down keeps everything where it is: it is tried again, later each time. Sending
twice is sending once, since a parcel is named by its id. Coming in, the application is taken under the parcel's id as
its idempotency key, and answered again whenever its case has changed.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, and_, insert, or_, select, update

from kiosk.backend.applications.life import Line, change, decided, load_case
from kiosk.backend.applications.sentences import put
from kiosk.backend.applications.states import FINAL, Move
from kiosk.backend.applications.telling import DECISION, Tells, tell
from kiosk.backend.problems import RefusedRequestError
from kiosk.backend.regions import sentences
from kiosk.backend.regions.exchange import Exchange, ExchangeDown
from kiosk.backend.regions.routing import ANSWERED, QUEUED, SENT
from kiosk.backend.registers import Holder
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, insert_if_new, schema
from kiosk.catalogue import Catalogue
from kiosk.contract import Actor, Case, CaseState, DecidedBy, Parcel, ParcelAnswer

if TYPE_CHECKING:
    # it imports the routing of this package
    from kiosk.backend.applications.submission import Submissions

log = logging.getLogger(__name__)

_LONGEST_WAIT_S = 300.0
_MOVES = {CaseState.APPROVED: Move.APPROVE, CaseState.REFUSED: Move.REFUSE}


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel that is ours to carry until its lease runs out."""

    parcel: Parcel
    state: str
    attempts: int


class Crossings:
    """Carries parcels for one process."""

    def __init__(
        self,
        settings: BackendSettings,
        catalogue: Catalogue,
        database: Database,
        exchange: Exchange,
        submissions: Submissions,
        notices: Tells,
        changed: Callable[[int], None],
        departments: Callable[[Iterable[str]], None],
    ) -> None:
        """Make it; ``changed`` rings for an application, ``departments`` wakes those that have work."""
        self._settings = settings
        self._catalogue = catalogue
        self._database = database
        self._exchange = exchange
        self._submissions = submissions
        self._notices = notices
        self._changed = changed
        self._departments = departments
        self._owner = secrets.token_hex(8)
        self._awake = asyncio.Event()
        self._up = True

    def wake(self) -> None:
        """Tell it that there is something to carry."""
        self._awake.set()

    async def work(self) -> None:
        """Carry what there is, until cancelled."""
        while True:
            self._awake.clear()
            try:
                while await self.carry():
                    pass
                await self.take_in()
                self._is_up(True)
            except ExchangeDown:
                self._is_up(False)
            except Exception as failure:  # noqa: BLE001 - a worker that ends leaves citizens without an answer
                log.error("crossing: %s", type(failure).__name__)  # noqa: TRY400 - no personal data
            try:
                async with asyncio.timeout(self._settings.exchange_poll_s):
                    await self._awake.wait()
            except TimeoutError:
                continue

    def _is_up(self, up: bool) -> None:
        """Log when the exchange is lost and when it is back, once each."""
        if up is not self._up:
            log.warning("the exchange is back" if up else "the exchange is down; what is for it waits")
        self._up = up

    async def carry(self) -> bool:
        """Carry one parcel a step further; false when none is due."""
        claim = await self._database.write(self.claim)
        if claim is None:
            return False
        try:
            if claim.state == QUEUED:
                await asyncio.to_thread(self._exchange.send, claim.parcel)
                answer = None
            else:
                answer = await asyncio.to_thread(self._exchange.answer, claim.parcel.id)
        except OSError:
            await self._database.write(lambda connection: self._later(connection, claim))
            return True
        application = await self._database.write(lambda connection: self.carried(connection, claim, answer))
        if application is not None:
            self._changed(application)
        return True

    async def take_in(self) -> None:
        """Take what other cities sent, and answer what has changed.

        Raises:
            ExchangeDown: it is tried again.
        """
        for parcel in await asyncio.to_thread(self._exchange.arrived):
            answer, departments = await self._database.write(partial(self.taken, parcel))
            self._departments(departments)
            if answer is not None:
                await asyncio.to_thread(self._exchange.reply, answer)
                await self._database.write(partial(_told, answer))

    def claim(self, connection: Connection) -> Claim | None:
        """Claim the next parcel that is due, or one whose carrier has been silent for too long."""
        table, now = schema.parcel_out, self._settings.clock().timestamp()
        free = or_(table.c.lease_until.is_(None), table.c.lease_until <= now)
        due = and_(table.c.state.in_((QUEUED, SENT)), table.c.not_before <= now, free)
        row = connection.execute(select(table).where(due).order_by(table.c.not_before, table.c.id).limit(1)).first()
        if row is None:
            return None
        mine = {"owner": self._owner, "lease_until": now + self._settings.lease_s, "attempts": row.attempts + 1}
        connection.execute(update(table).where(table.c.id == row.id).values(mine))
        return Claim(parcel=msgspec.json.decode(row.content, type=Parcel), state=row.state, attempts=row.attempts + 1)

    def carried(self, connection: Connection, claim: Claim, answer: ParcelAnswer | None) -> int | None:
        """Write down how far a parcel came; return its application when its case has changed by it."""
        final = answer is not None and answer.final
        values = {
            "state": ANSWERED if final else SENT,
            "lease_until": None,
            "attempts": 0,
            "not_before": self._settings.clock().timestamp() + self._settings.exchange_poll_s,
        }
        if not connection.execute(self._ours(claim).values(values)).rowcount or answer is None or not final:
            return None
        return self._decide(connection, claim.parcel, answer)

    def _decide(self, connection: Connection, parcel: Parcel, answer: ParcelAnswer) -> int | None:
        life = load_case(connection, self._catalogue, parcel.case_number, self._settings.clock())
        if life.case.state is not CaseState.ACCEPTED:
            # withdrawn meanwhile: the answer changes nothing
            return None
        city = self._catalogue.cities.get(parcel.to_city)
        says = answer.reason if city is None else put(sentences.ANSWERED, city=city.name, reason=answer.reason)
        if answer.state in _MOVES:
            case = decided(
                life.case,
                answer.state,
                DecidedBy.PERSON,
                life.now,
                reason=says,
                documents=(*life.case.documents, *answer.documents),
            )
            move = _MOVES[answer.state]
        else:
            # nothing was decided there: a person here takes it up
            case = msgspec.structs.replace(life.case, state=CaseState.REFERRED, reason=says, decided_by_office=None)
            move = Move.RECONSIDER
            department = schema.case.c.department
            connection.execute(
                update(schema.case).where(schema.case.c.id == life.id).values({department: life.case.department})
            )
        after = change(life, case, move, Line(what=case.state.value, who=Actor.PERSON, says=says))
        tell(self._notices, after, DECISION, says)
        return life.application

    def _later(self, connection: Connection, claim: Claim) -> None:
        wait_s = min(self._settings.exchange_poll_s * 2.0 ** min(claim.attempts, 20), _LONGEST_WAIT_S)
        later = self._settings.clock().timestamp() + wait_s
        connection.execute(self._ours(claim).values(lease_until=None, not_before=later))

    def _ours(self, claim: Claim) -> Any:
        table = schema.parcel_out
        return update(table).where(
            table.c.id == claim.parcel.id,
            table.c.owner == self._owner,
            table.c.state == claim.state,
            table.c.lease_until.is_not(None),
        )

    def taken(self, parcel: Parcel, connection: Connection) -> tuple[ParcelAnswer | None, tuple[str, ...]]:
        """Take a parcel, once; return what there is to answer, and which departments have work by it."""
        table = schema.parcel_in
        known = connection.execute(select(table).where(table.c.id == parcel.id)).first()
        departments: tuple[str, ...] = ()
        if known is None:
            try:
                with connection.begin_nested():
                    taken = self._submissions.take(
                        connection,
                        self._holder(connection, parcel),
                        UUID(parcel.id),
                        msgspec.structs.replace(parcel.request, decided_in=""),
                        parcel.verified_at,
                    )
            except RefusedRequestError:
                answer = ParcelAnswer(
                    parcel=parcel.id, state=CaseState.REFERRED, reason=sentences.NOT_TAKEN, final=True
                )
                connection.execute(
                    insert(table).values(id=parcel.id, city=parcel.from_city, application=None, told="", closed=False)
                )
                return answer, ()
            departments = taken.departments
            application = self._application(connection, taken.body)
            connection.execute(
                insert(table).values(
                    id=parcel.id, city=parcel.from_city, application=application, told="", closed=False
                )
            )
        elif known.closed:
            return None, ()
        elif known.application is None:
            return ParcelAnswer(parcel=parcel.id, state=CaseState.REFERRED, reason=sentences.NOT_TAKEN, final=True), ()
        else:
            application = known.application
        content = connection.execute(
            select(schema.case.c.content).where(schema.case.c.application == application)
        ).scalar_one()
        answer = _answer_of(parcel.id, msgspec.json.decode(content, type=Case))
        told = "" if known is None else known.told
        return (answer if msgspec.json.encode(answer).decode() != told else None), departments

    def _holder(self, connection: Connection, parcel: Parcel) -> Holder:
        """Return the person of a parcel: known here by their number, or new."""
        table, holder = schema.resident, parcel.holder
        values = {
            "kind": holder.kind,
            "number": holder.number,
            "name": holder.name,
            "english_name": "",
            "phone": None,
            "social_security_card": None,
            "household": 0,
        }
        insert_if_new(connection, table, values)
        row = connection.execute(select(table.c.id).where(table.c.number == holder.number)).first()
        assert row is not None  # noqa: S101 - it was inserted if it was not there
        return Holder(resident=row.id, terminal=f"city-{parcel.from_city}"[:80])

    @staticmethod
    def _application(connection: Connection, body: bytes) -> int:
        number = msgspec.json.decode(body, type=_Numbered).number
        table = schema.application.c
        return int(connection.execute(select(table.id).where(table.number == number)).scalar_one())


class _Numbered(msgspec.Struct, frozen=True):
    number: str


def _answer_of(parcel: str, case: Case) -> ParcelAnswer:
    return ParcelAnswer(
        parcel=parcel,
        state=case.state,
        reason=case.reason,
        final=case.state in FINAL,
        due_on=case.due_on,
        decided_at=case.decided_at,
        documents=case.documents,
    )


def _told(answer: ParcelAnswer, connection: Connection) -> None:
    table = schema.parcel_in
    connection.execute(
        update(table)
        .where(table.c.id == answer.parcel)
        .values(told=msgspec.json.encode(answer).decode(), closed=answer.final)
    )
