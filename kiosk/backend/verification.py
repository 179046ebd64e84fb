"""Is this the person? A code to the phone registered for the document, then a token for a few minutes.

A document that lies on a reader proves possession, not presence: nothing about a person is told before the code.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, update

from kiosk.backend.notices.gateway import SmsGateway, SmsGatewayError, masked_phone
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.registers import Holder
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import schema
from kiosk.contract import (
    Assistance,
    AssistanceRequest,
    CodeCheck,
    DocumentRef,
    HolderSession,
    ProblemError,
    Verification,
    VerificationRequest,
)
from kiosk.words import Text

DIGITS = 6
_HOUR_S = 3600
_STAFF = "staff"
"""Beside the kinds of documents; no document is one."""
_PAGES = "pages"
"""In the place of a terminal, where staff sign in with a browser; no terminal is called so."""
_SOCIAL_SECURITY_CARD = "social-security-card"


_TOKEN = select(schema.token).where(schema.token.c.hash == bindparam("of_hash"))


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """What a token stands for."""

    holder: Holder
    issued_at: datetime
    expires_at: datetime

    def good_at(self, now: datetime, signed_at: datetime | None, grace_s: int) -> bool:
        """Return whether the token opens something now.

        An application that was signed while the token was good may come within the grace: the network was down, and
        what a citizen has submitted is not lost.
        """
        if now < self.expires_at:
            return True
        if signed_at is None or now >= self.expires_at + timedelta(seconds=grace_s):
            return False
        return self.issued_at <= signed_at < self.expires_at


class Helping(msgspec.Struct, frozen=True, kw_only=True):
    """A citizen's session that a member of staff stands beside."""

    id: str
    terminal: str
    name: str
    until: datetime


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A code that was made and is not sent yet."""

    verification: Verification
    phone: str
    code: str


class Verifier:
    """Sends codes, checks them, and knows the tokens that were given for them."""

    def __init__(
        self, settings: BackendSettings, key: bytes, gateway: SmsGateway, departments: Mapping[str, Text]
    ) -> None:
        """Verify by ``gateway``; ``departments`` are their names, for helpers."""
        self._departments = departments
        self._settings = settings
        self._key = key
        self._gateway = gateway

    def prepare(self, connection: Connection, request: VerificationRequest) -> Outgoing:
        """Make a code for the holder of the document. It is sent by ``send``, after this is on the disk.

        Raises:
            RefusedRequestError: ``VERIFICATION_NO_PHONE`` or ``VERIFICATION_TOO_MANY``; raised by ``send`` for the
                first, so that attempts with unknown documents are counted as well.
        """
        document = self._hash(request.document.kind, request.document.number.strip())
        resident = _resident(connection, request.document)
        self._limit(connection, document, resident.id if resident else None)
        return self._made(
            connection,
            document,
            phone=resident.phone if resident else "",
            resident=resident.id if resident else None,
            terminal=request.terminal,
        )

    def prepare_helper(self, connection: Connection, holder: Holder, request: AssistanceRequest) -> Outgoing:
        """Make a code for the member of staff beside ``holder``; sent and refused as that of ``prepare``."""
        number = request.staff.strip()
        # one part more than a document has: nobody uses up a helper's codes with a document of kind "staff"
        document = self._hash(_STAFF, "", number)
        self._limit(connection, document)
        phone = connection.execute(select(schema.staff.c.phone).where(schema.staff.c.number == number))
        return self._made(
            connection,
            document,
            phone=str(phone.scalar_one_or_none() or ""),
            resident=holder.resident,
            terminal=holder.terminal,
            # never empty, or the code would be one of the citizen's own
            staff=number or _STAFF,
        )

    def prepare_staff(self, connection: Connection, number: str) -> Outgoing:
        """Make a code for the member of staff who signs in to their pages; sent and refused as that of ``prepare``."""
        # counted apart from their codes at terminals: nobody keeps a helper from a citizen by typing numbers here
        document = self._hash(_STAFF, _PAGES, number)
        self._limit(connection, document)
        phone = connection.execute(select(schema.staff.c.phone).where(schema.staff.c.number == number))
        found = str(phone.scalar_one_or_none() or "")
        # without a resident it can never become a citizen's token, nor name a helper
        return self._made(connection, document, phone=found, resident=None, terminal=_PAGES, staff=number)

    def check_staff(
        self, connection: Connection, verification: str, code: str
    ) -> tuple[str, RefusedRequestError | None]:
        """Return whose code it was (nobody's: empty), and why it is not good; a refusal as in ``check``."""
        row = _sent(connection, verification)
        if row is None or not row.staff or row.terminal != _PAGES or row.resident is not None:
            return "", RefusedRequestError(Code.NOT_FOUND)
        return row.staff, self._judge(connection, row, CodeCheck(code=code))

    def _made(
        self,
        connection: Connection,
        document: bytes,
        *,
        phone: str,
        resident: int | None,
        terminal: str,
        staff: str = "",
    ) -> Outgoing:
        now = self._settings.clock()
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        verification = Verification(
            id=secrets.token_urlsafe(18),
            phone=masked_phone(phone) if phone else "",
            digits=DIGITS,
            expires_at=now + timedelta(seconds=self._settings.code_valid_s),
            attempts_left=self._settings.code_attempts,
        )
        connection.execute(
            insert(schema.verification).values(
                id=verification.id,
                document=document,
                resident=resident,
                terminal=terminal,
                code=self._code_hash(verification.id, code),
                sent_at=now.timestamp(),
                expires_at=verification.expires_at.timestamp(),
                attempts_left=verification.attempts_left,
                staff=staff,
            )
        )
        return Outgoing(verification=verification, phone=phone, code=code)

    async def send(self, outgoing: Outgoing) -> Verification:
        """Send the code.

        Raises:
            RefusedRequestError: ``VERIFICATION_NO_PHONE`` or ``VERIFICATION_NOT_SENT``; no code is good.
        """
        if not outgoing.phone:
            raise RefusedRequestError(
                Code.VERIFICATION_NO_PHONE, "No phone is registered for this document. A counter can register one."
            )
        minutes = max(1, self._settings.code_valid_s // 60)
        sender = f"【{self._settings.city.zh_hans}政务服务】"
        text = f"{sender}验证码 {outgoing.code}，{minutes} 分钟内有效。工作人员不会向您索要验证码。"
        try:
            await self._gateway.send(outgoing.phone, text, self._settings.clock())
        except SmsGatewayError as error:
            raise RefusedRequestError(Code.VERIFICATION_NOT_SENT) from error
        return outgoing.verification

    def check(self, connection: Connection, verification: str, check: CodeCheck) -> HolderSession | RefusedRequestError:
        """Return a session when the code is right, or the refusal.

        A refusal is returned, not raised: the attempt it cost must be written.
        """
        now = self._settings.clock()
        row = _sent(connection, verification)
        if row is None or row.resident is None or row.staff:
            return RefusedRequestError(Code.NOT_FOUND)
        refusal = self._judge(connection, row, check)
        if refusal is not None:
            return refusal
        token = secrets.token_urlsafe(32)
        expires_at = now + timedelta(seconds=self._settings.token_valid_s)
        connection.execute(
            insert(schema.token).values(
                hash=_token_hash(token),
                resident=row.resident,
                verification=verification,
                terminal=row.terminal,
                issued_at=now.timestamp(),
                expires_at=expires_at.timestamp(),
            )
        )
        return HolderSession(token=token, expires_at=expires_at)

    def check_helper(
        self, connection: Connection, holder: Holder, token: str, assistance: str, check: CodeCheck
    ) -> Assistance | RefusedRequestError:
        """Let the session of ``token`` name the helper when the code is right; a refusal as in ``check``."""
        row = _sent(connection, assistance)
        # they stand beside this terminal, not beside another where the same person is verified as well
        here = row is not None and (row.resident, row.terminal) == (holder.resident, holder.terminal)
        if not here or not row.staff:
            return RefusedRequestError(Code.NOT_FOUND)
        refusal = self._judge(connection, row, check)
        if refusal is not None:
            return refusal
        staff = connection.execute(select(schema.staff).where(schema.staff.c.number == row.staff)).one_or_none()
        if staff is None or staff.department not in self._departments:
            # they left the service between the code and now
            return RefusedRequestError(Code.VERIFICATION_SPENT)
        table = schema.token
        connection.execute(update(table).where(table.c.hash == _token_hash(token)).values(helper=row.staff))
        return Assistance(staff=staff.number, name=staff.name, department_name=self._departments[staff.department])

    def end_assistance(self, connection: Connection, token: str) -> None:
        """Let the session of ``token`` name nobody from now on: the helper has left."""
        table = schema.token
        connection.execute(update(table).where(table.c.hash == _token_hash(token)).values(helper=""))

    def helping(self, connection: Connection, number: str) -> tuple[Helping, ...]:
        """Return the sessions that a member of staff stands beside now, the newest first."""
        now, table = self._settings.clock(), schema.token.c
        rows = connection.execute(
            select(table.verification, table.terminal, table.expires_at, schema.resident.c.name)
            .join(schema.resident, schema.resident.c.id == table.resident)
            .where(table.helper == number, table.expires_at > now.timestamp())
            .order_by(table.issued_at.desc())
        )
        return tuple(
            Helping(
                id=row.verification,
                terminal=row.terminal,
                name=row.name,
                until=datetime.fromtimestamp(row.expires_at, now.tzinfo),
            )
            for row in rows
        )

    def stop_helping(self, connection: Connection, number: str, session: str) -> bool:
        """Let a session name its helper no more, when it is ``number``; return whether it did."""
        table = schema.token
        theirs = and_(table.c.verification == session, table.c.helper == number)
        return connection.execute(update(table).where(theirs).values(helper="")).rowcount > 0

    def _judge(self, connection: Connection, row: Any, check: CodeCheck) -> RefusedRequestError | None:
        """Take one attempt; return why the code is not good."""
        if row.attempts_left <= 0 or self._settings.clock().timestamp() >= row.expires_at:
            return RefusedRequestError(Code.VERIFICATION_SPENT)
        right = hmac.compare_digest(row.code, self._code_hash(row.id, check.code))
        left = 0 if right else row.attempts_left - 1
        table = schema.verification
        connection.execute(update(table).where(table.c.id == row.id).values(attempts_left=left))
        if right:
            return None
        refused = Code.VERIFICATION_WRONG_CODE if left else Code.VERIFICATION_SPENT
        return RefusedRequestError(refused, errors=(ProblemError(detail=str(left), pointer="/attemptsLeft"),))

    def session(self, connection: Connection, token: str) -> Session:
        """Return what ``token`` stands for, whether it has expired or not.

        Raises:
            RefusedRequestError: ``TOKEN_INVALID``: nobody was given this token.
        """
        row = connection.execute(_TOKEN, {"of_hash": _token_hash(token)}).one_or_none()
        if row is None:
            raise RefusedRequestError(Code.TOKEN_INVALID)
        zone = self._settings.clock().tzinfo
        return Session(
            holder=Holder(resident=row.resident, terminal=row.terminal, helper=row.helper),
            issued_at=datetime.fromtimestamp(row.issued_at, zone),
            expires_at=datetime.fromtimestamp(row.expires_at, zone),
        )

    def _limit(self, connection: Connection, document: bytes, resident: int | None = None) -> None:
        """Refuse more codes than an hour allows: of a document, and of a person, whichever of theirs is typed how."""
        now = self._settings.clock()
        table = schema.verification.c
        whose = table.document == document
        if resident is not None:
            whose = or_(whose, and_(table.resident == resident, table.staff == ""))
        recent = select(func.count(), func.min(table.sent_at)).where(
            whose,
            table.sent_at > now.timestamp() - _HOUR_S,
        )
        count, oldest = connection.execute(recent).one()
        if count >= self._settings.codes_an_hour:
            wait_s = int(oldest + _HOUR_S - now.timestamp()) + 1
            raise RefusedRequestError(Code.VERIFICATION_TOO_MANY, retry_s=wait_s)

    def _hash(self, *parts: str) -> bytes:
        return hmac.digest(self._key, msgspec.json.encode(parts), "sha256")

    def _code_hash(self, verification: str, code: str) -> bytes:
        # keyed: a hash of six digits without a key is undone in a second
        return hmac.digest(self._key, f"{verification}\0{code}".encode(), "sha256")


def _sent(connection: Connection, verification: str) -> Any:
    table = schema.verification
    return connection.execute(select(table).where(table.c.id == verification)).one_or_none()


def _token_hash(token: str) -> bytes:
    # 256 random bits need no key and no salt
    return hashlib.sha256(token.encode()).digest()


def _resident(connection: Connection, document: DocumentRef) -> Any:
    """Return the resident with a phone whose number and name stand on the document."""
    table = schema.resident
    number, name = document.number.strip(), document.name.strip()
    # a social security card bears two numbers: its own, and the ID number as 社会保障号码
    numbers = table.c.number == number
    if document.kind == _SOCIAL_SECURITY_CARD:
        numbers = and_(table.c.social_security_card.is_not(None), or_(numbers, table.c.social_security_card == number))
    query = select(table.c.id, table.c.phone).where(
        numbers,
        or_(table.c.name == name, (table.c.english_name == name) & (table.c.english_name != "")),
        table.c.phone.is_not(None),
    )
    if document.kind != _SOCIAL_SECURITY_CARD:
        query = query.where(table.c.kind == document.kind)
    return connection.execute(query).one_or_none()
