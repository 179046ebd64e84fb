"""One backend put together: what every request handler may use."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from kiosk.backend import bureau
from kiosk.backend import telemetry as telemetry_of
from kiosk.backend.applications.correcting import Corrections
from kiosk.backend.applications.departments import Departments
from kiosk.backend.applications.desk import Desk
from kiosk.backend.applications.examining import Examiner
from kiosk.backend.applications.office import Office
from kiosk.backend.applications.outcomes import Outcomes
from kiosk.backend.applications.standing import granted_once
from kiosk.backend.applications.stream import Bell
from kiosk.backend.applications.submission import Submissions
from kiosk.backend.applications.supplementing import Supplements
from kiosk.backend.applications.sweeps import Deadlines
from kiosk.backend.attachments import Attachments
from kiosk.backend.benefits import Benefits, FeeReliefs, Lookout, Reminding
from kiosk.backend.clockwork import Clockwork, Sweep
from kiosk.backend.deciders import Deciders
from kiosk.backend.delivery import Deliveries, Links, Resuming, read_points
from kiosk.backend.drafts import Drafts
from kiosk.backend.facts import Knowledge
from kiosk.backend.licences import AUTHORITY_FILE, Authority, Licences, PdfSealer, Sealer, Typesetter
from kiosk.backend.notices import Notices, SimulatedPhone
from kiosk.backend.notices.kinds import RESULT_READY
from kiosk.backend.payments import PaymentProvider, Payments, Receipts, SimulatedProvider, Upkeep
from kiosk.backend.places import read_map
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.recommender import Recommender
from kiosk.backend.regions import Crossings, Exchange, Routing, SimulatedProvince
from kiosk.backend.registers import (
    ExchangeRegisters,
    JoinedRegisters,
    Registers,
    StoredRegisters,
    fixed_people,
    generated_people,
    read_city,
    seed,
)
from kiosk.backend.secrets_file import secret_file, whole_file
from kiosk.backend.service import Calling, Complaints, Queue, Ratings, read_halls
from kiosk.backend.settings import BackendSettings
from kiosk.backend.signing import Keyring, Signer
from kiosk.backend.storage import Database, Word
from kiosk.backend.telemetry import Telemetry
from kiosk.backend.terminals import REPORT_S, Fleet, Gate, Messages, Reports, asking, demand_service, find_silent
from kiosk.backend.terminals.boards import Boards
from kiosk.backend.together import Together
from kiosk.backend.transport import RouteDecider
from kiosk.backend.verification import Session, Verifier
from kiosk.catalogue import Catalogue, Service, load
from kiosk.catalogue.policies import read_policies
from kiosk.catalogue.recommending import RULES_FILE, read_rules

CITY_FILE, MAP_FILE, HALLS_FILE, POINTS_FILE = "city.yaml", "map.yaml", "halls.yaml", "points.yaml"
"""Beside the people file."""
_DAILY_ROUND_S = 3600.0
"""What is due by a day is looked at every hour."""
_READY_ROUND_S = 30.0
"""How long a result that was just decided may wait until it is on its way."""
_CITY = 1
"""Raised when the same files make another city."""
DATABASE_FILE = "backend.sqlite"
"""In the data directory, unless the database is another."""
ISSUERS_FILE = "issuers.json"
"""In the data directory: the public keys, as ``kiosk licence verify`` reads them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """The parts of one backend process, and how they hang together."""

    settings: BackendSettings
    database: Database
    catalogue: Catalogue
    registers: JoinedRegisters
    phone: SimulatedPhone
    notices: Notices
    provider: PaymentProvider
    payments: Payments
    upkeep: Upkeep
    benefits: Benefits
    reminding: Reminding
    lookout: Lookout
    verifier: Verifier
    knowledge: Knowledge
    attachments: Attachments
    signer: Signer
    licences: Licences
    authority: Authority
    sealers: Mapping[str, Sealer]
    deciders: Deciders
    routes: RouteDecider
    exchange: Exchange
    crossings: Crossings
    submissions: Submissions
    corrections: Corrections
    supplements: Supplements
    office: Office
    departments: Departments
    desk: Desk
    bell: Bell
    word: Word
    clockwork: Clockwork
    drafts: Drafts
    together: Together
    recommender: Recommender
    fleet: Fleet
    gate: Gate
    reports: Reports
    messages: Messages
    boards: Boards
    telemetry: Telemetry
    ratings: Ratings
    complaints: Complaints
    queue: Queue
    calling: Calling
    deliveries: Deliveries
    links: Links
    resuming: Resuming
    _taking: set[tuple[int, UUID]] = field(default_factory=set)

    def now(self) -> datetime:
        """Return the present moment."""
        return self.settings.clock()

    async def session(
        self, authorization: str | None, *, signed_at: datetime | None = None, follows: bool = False
    ) -> Session:
        """Return who stands behind an ``Authorization`` header.

        Args:
            authorization: The header, if there was one.
            signed_at: When an application was signed: one that was signed in time may arrive later.
            follows: The outcomes of such an application may be followed as long as it may arrive.

        Raises:
            RefusedRequestError: ``TOKEN_MISSING`` or ``TOKEN_INVALID``; ``TERMINAL_OTHER`` when it was given at another
                terminal, ``TERMINAL_OUT_OF_SERVICE`` when that was put out of service before it was given.
        """
        token = bearer(authorization)
        session = await self.database.read(lambda connection: self.verifier.session(connection, token))
        signed = session.issued_at if follows else signed_at
        if not session.good_at(self.now(), signed, self.settings.delivery_grace_s):
            raise RefusedRequestError(Code.TOKEN_INVALID)
        terminal = asking()
        if session.holder.terminal != terminal.id:
            raise RefusedRequestError(Code.TERMINAL_OTHER)
        demand_service(terminal, session.issued_at.timestamp())
        return session

    @contextmanager
    def in_progress(self, resident: int, key: UUID) -> Iterator[None]:
        """Hold an idempotency key while its application is being taken.

        Raises:
            RefusedRequestError: ``IDEMPOTENCY_IN_PROGRESS``: another request of this process holds it. Requests of
                different processes meet at the database instead, and the second gets the stored answer.
        """
        held = (resident, key)
        if held in self._taking:
            raise RefusedRequestError(Code.IDEMPOTENCY_IN_PROGRESS, retry_s=1)
        self._taking.add(held)
        try:
            yield
        finally:
            self._taking.discard(held)

    def close(self) -> None:
        """Send what is left to the collector, if there is one, and let go of the database."""
        self.telemetry.close()
        self.registers.close()
        self.database.close()


def _city_maker(settings: BackendSettings, catalogue: Catalogue) -> Callable[[Connection], None]:
    """Return what makes the simulated city, anew when anything it is made from has changed."""
    people = (*fixed_people(settings.people_path), *generated_people(settings.generated_people))
    beside = settings.people_path.with_name(CITY_FILE)
    city, today = read_city(beside), settings.clock().date()
    files = settings.people_path.read_bytes() + (beside.read_bytes() if beside.exists() else b"")
    parts = (hashlib.sha256(files).hexdigest()[:16], settings.generated_people, catalogue.version, today, _CITY)
    made_from = "-".join(map(str, parts))
    return lambda connection: seed(connection, catalogue, people, city, today, made_from)


def _remote(settings: BackendSettings, database: Database) -> dict[str, Registers]:
    """Return the registers that lie behind the city's data exchange."""
    if not settings.exchange_url:
        return {}
    exchange = ExchangeRegisters(settings.exchange_url, database, limit_s=settings.register_limit_s)
    return dict.fromkeys(sorted(settings.exchange_registers), exchange)


def _recommender(settings: BackendSettings, catalogue: Catalogue) -> Recommender:
    """Return the recommender over the rules of the catalogue and the map of the city."""
    rules = read_rules(settings.catalogue_dir / RULES_FILE)
    return Recommender(catalogue, rules, read_map(settings.people_path.with_name(MAP_FILE)))


def bearer(authorization: str | None) -> str:
    """Return the token of an ``Authorization`` header.

    Raises:
        RefusedRequestError: ``TOKEN_MISSING``.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise RefusedRequestError(Code.TOKEN_MISSING)
    return token.strip()


def build(settings: BackendSettings, catalogue: Catalogue | None = None) -> House:
    """Open or make everything in the data directory, and the catalogue unless it is handed over.

    Raises:
        OSError: the data directory or a file cannot be used.
        kiosk.catalogue.CatalogueError: the catalogue has mistakes.
        msgspec.ValidationError: the people file has a mistake.
    """
    catalogue = catalogue or load(settings.catalogue_dir)
    # first of all: a folder that mkdir makes on the way to another is open to everybody
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = settings.data_dir / "keys"
    key = secret_file(keys / "verification.key", lambda: secrets.token_bytes(32))
    telemetry = telemetry_of.start(settings)
    signer = telemetry.steps(Keyring(keys, catalogue.departments), sign="sign")
    make_city = _city_maker(settings, catalogue)
    recommender = _recommender(settings, catalogue)
    database = Database(settings.database_url or settings.data_dir / DATABASE_FILE)
    # in turn: of several processes that start at once one makes the city, the others find it made
    database.write_now(make_city, in_turn=True)
    whole_file(settings.data_dir / ISSUERS_FILE, msgspec.json.encode(signer.issuers()))
    authority = Authority(keys, settings.city.zh_hans)
    whole_file(settings.data_dir / AUTHORITY_FILE, authority.certificate)
    # the authority is one of our own: whatever is sealed with it is of a city that does not exist, and says so
    names = {each.id: each.name.zh_hans for each in catalogue.departments.values()}
    pdf = PdfSealer(authority, Typesetter(is_sample=True), names)
    phone = SimulatedPhone(database)
    notices = Notices(settings, database, phone)
    registers = JoinedRegisters(
        catalogue,
        database,
        StoredRegisters(database),
        remote=_remote(settings, database),
        off=settings.registers_off,
        limit_s=settings.register_limit_s,
    )
    knowledge = Knowledge(catalogue, registers, database, settings.clock)
    rules = read_policies(catalogue, settings.catalogue_dir)
    once = granted_once(catalogue, rules.policies)
    settled_by = telemetry.steps(Outcomes(catalogue, signer, once), settle="settle")
    routes = RouteDecider(lambda department: catalogue.departments[department].name)
    deciders = Deciders(catalogue, {Service.ROUTE: routes})
    together = Together(settings)
    word = Word(database)
    bell = Bell(word.say)
    office = Office(
        catalogue=catalogue,
        city=settings.city,
        signer=signer,
        outcomes=settled_by,
        notices=notices,
        now=settings.clock,
    )
    sweeps: list[Sweep] = []
    provider = SimulatedProvider(settings, database, keys)
    receipts = Receipts(catalogue, signer)
    reliefs = FeeReliefs(catalogue, rules.reliefs)
    payments = Payments(settings, catalogue, database, knowledge, provider, receipts, reliefs)
    examiner = telemetry.steps(Examiner(catalogue, knowledge, deciders), examine="examine")
    routing = Routing(catalogue, settled_by.papers)
    submissions = Submissions(settings, catalogue, examiner, settled_by, together, payments, routing)
    submissions = telemetry.steps(submissions, take="submission")
    database.timing = telemetry if settings.telemetry_endpoint else None
    exchange = SimulatedProvince(settings.data_dir / "province", settings.clock, settings.exchange_pace_s)
    departments = Departments(settings, catalogue, database, settled_by, bell.ring)
    crossings = Crossings(settings, catalogue, database, exchange, submissions, notices, bell.ring, departments.wake)
    payments.when_paid(submissions.paid)
    licences = Licences(catalogue, signer)
    benefits = Benefits(settings, catalogue, database, knowledge, submissions, rules.policies)
    reminding = Reminding(catalogue, licences, notices)
    sweeps += reminding.sweeps() if settings.reminders else ()
    sweeps += Deadlines(office, examiner).sweeps()
    fleet = Fleet(settings.clock, key)
    messages = Messages(settings.clock)
    sweeps.append(Sweep(name="silent-terminals", every_s=REPORT_S / 2, work=find_silent))
    sweeps.append(Sweep(name="bureau", every_s=bureau.EVERY_S, work=bureau.count))
    ratings = Ratings(catalogue)
    complaints = Complaints(
        catalogue,
        key,
        lambda connection, resident, text, number: notices.tell(
            connection, resident, "complaint", text, about=number, now=settings.clock()
        ),
    )
    queue = Queue(read_halls(settings.people_path.with_name(HALLS_FILE)))
    deliveries = Deliveries(
        catalogue,
        read_points(settings.people_path.with_name(POINTS_FILE)),
        lambda connection, resident, text, number: notices.tell(
            connection, resident, RESULT_READY, text, about=number, now=settings.clock()
        ),
    )
    drafts = Drafts(settings, catalogue)
    sweeps += (
        Sweep(name="ratings", every_s=_DAILY_ROUND_S, work=ratings.due),
        Sweep(name="complaints", every_s=_DAILY_ROUND_S, work=complaints.due),
        Sweep(name="deliveries", every_s=_READY_ROUND_S, work=deliveries.due),
    )
    return House(
        settings=settings,
        database=database,
        catalogue=catalogue,
        registers=registers,
        phone=phone,
        notices=notices,
        provider=provider,
        payments=payments,
        upkeep=Upkeep(settings, database, payments, provider, receipts, notices),
        verifier=Verifier(settings, key, phone, {each.id: each.name for each in catalogue.departments.values()}),
        knowledge=knowledge,
        attachments=Attachments(settings.data_dir / "attachments", database, settings.clock),
        signer=signer,
        licences=licences,
        benefits=benefits,
        reminding=reminding,
        lookout=Lookout(settings, catalogue, database, knowledge, benefits, notices),
        authority=authority,
        sealers={pdf.kind: pdf},
        deciders=deciders,
        routes=routes,
        exchange=exchange,
        crossings=crossings,
        submissions=submissions,
        corrections=Corrections(office, examiner),
        supplements=Supplements(office, examiner),
        office=office,
        departments=departments,
        desk=Desk(database, office, bell.ring),
        bell=bell,
        word=word,
        clockwork=Clockwork(settings, database, bell.ring, sweeps),
        drafts=drafts,
        together=together,
        recommender=recommender,
        fleet=fleet,
        gate=Gate(settings, database, fleet),
        reports=Reports(settings, database),
        messages=messages,
        boards=Boards(database, messages, queue, settings.clock),
        telemetry=telemetry,
        ratings=ratings,
        complaints=complaints,
        queue=queue,
        calling=Calling(queue),
        deliveries=deliveries,
        links=Links(catalogue, settings.public_url),
        resuming=Resuming(settings, catalogue, drafts),
    )
