"""One backend put together: what every request handler may use."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import msgspec

from kiosk.backend.applications.departments import Departments
from kiosk.backend.applications.outcomes import Outcomes
from kiosk.backend.applications.stream import Bell
from kiosk.backend.applications.submission import Submissions
from kiosk.backend.attachments import Attachments
from kiosk.backend.facts import Knowledge
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.registers import StoredRegisters, fixed_people, generated_people, seed
from kiosk.backend.secrets_file import secret_file
from kiosk.backend.settings import BackendSettings
from kiosk.backend.signing import Keyring, Signer
from kiosk.backend.storage import Database
from kiosk.backend.verification import Session, SimulatedPhone, Verifier
from kiosk.catalogue import Catalogue, load

ISSUERS_FILE = "issuers.json"
"""In the data directory: the public keys, as ``kiosk licence verify`` reads them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """The parts of one backend process, and how they hang together."""

    settings: BackendSettings
    database: Database
    catalogue: Catalogue
    registers: StoredRegisters
    phone: SimulatedPhone
    verifier: Verifier
    knowledge: Knowledge
    attachments: Attachments
    signer: Signer
    submissions: Submissions
    departments: Departments
    bell: Bell
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
            RefusedRequestError: ``TOKEN_MISSING`` or ``TOKEN_INVALID``.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise RefusedRequestError(Code.TOKEN_MISSING)
        session = await self.database.read(lambda connection: self.verifier.session(connection, token.strip()))
        signed = session.issued_at if follows else signed_at
        if not session.good_at(self.now(), signed, self.settings.delivery_grace_s):
            raise RefusedRequestError(Code.TOKEN_INVALID)
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
        """Let go of the database."""
        self.database.close()


def build(settings: BackendSettings) -> House:
    """Open or make everything in the data directory and read the catalogue.

    Raises:
        OSError: the data directory or a file cannot be used.
        kiosk.catalogue.CatalogueError: the catalogue has mistakes.
        msgspec.ValidationError: the people file has a mistake.
    """
    catalogue = load(settings.catalogue_dir)
    # first of all: a folder that mkdir makes on the way to another is open to everybody
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = settings.data_dir / "keys"
    key = secret_file(keys / "verification.key", lambda: secrets.token_bytes(32))
    signer = Keyring(keys, catalogue.departments)
    people = (*fixed_people(settings.people_path), *generated_people(settings.generated_people))
    database = Database(settings.data_dir / "backend.sqlite")
    database.write_now(lambda connection: seed(connection, people, settings.clock().date()))
    (settings.data_dir / ISSUERS_FILE).write_bytes(msgspec.json.encode(signer.issuers()))
    phone = SimulatedPhone()
    registers = StoredRegisters(database, settings.registers_off)
    knowledge = Knowledge(catalogue, registers, database, settings.clock)
    settled_by = Outcomes(catalogue, signer)
    bell = Bell()
    return House(
        settings=settings,
        database=database,
        catalogue=catalogue,
        registers=registers,
        phone=phone,
        verifier=Verifier(settings, key, phone),
        knowledge=knowledge,
        attachments=Attachments(settings.data_dir / "attachments", database, settings.clock),
        signer=signer,
        submissions=Submissions(settings, catalogue, knowledge, settled_by),
        departments=Departments(settings, catalogue, database, settled_by, bell.ring),
        bell=bell,
    )
