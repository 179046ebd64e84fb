"""The licence library (电子证照库) of a holder: what they held before and what was issued here, as it stands today."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.licences import revocation, states
from kiosk.backend.licences.revocation import Revoked
from kiosk.backend.licences.sheet import Sheet
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.registers import Holder, Pull, record
from kiosk.backend.registers.ledger import LICENCES_SHOWN
from kiosk.backend.signing import Signer
from kiosk.backend.storage import schema
from kiosk.catalogue import Catalogue, LicenceType
from kiosk.contract import HeldLicence, IssuedDocument, LicenceDetail, LicenceState, LicenceUse, RevocationList
from kiosk.forms import Element, from_json, shown, shown_date
from kiosk.licences import Licence, by_id, verify
from kiosk.words import Language, Text

USES_SHOWN = 6
"""Items that a licence's entry names; the rest are counted."""
REMINDED_DAYS = 90
_LASTING_MONTHS = 12
"""What is issued for less, a printout of a register, is asked for again when it is needed: nobody is reminded."""

_WITHOUT_END, _UNTIL = "长期", "有效期至"
_LICENCE_SEAL, _NOTICE_SEAL = "电子证照专用章", "行政审批专用章"
_STAMPS = {LicenceState.REVOKED: "已撤销", LicenceState.EXPIRED: "已过期"}
_ORDER = (LicenceState.EXPIRING, LicenceState.VALID, LicenceState.EXPIRED, LicenceState.REVOKED)


class Expiring(msgspec.Struct, frozen=True, kw_only=True):
    """A licence that runs out soon, for a reminder."""

    resident: int
    type: str
    number: str
    """The number that stands on it."""
    title: Text
    valid_until: date


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A licence as it lies in the database."""

    reference: str
    kind: LicenceType
    number: str
    issued_on: date
    valid_until: date | None
    fields: Mapping[str, Any]
    """Of one that was held before."""
    document: IssuedDocument | None = None
    """What was issued here."""
    case: str = ""


class Licences:
    """What a person holds, shown, revoked and listed."""

    def __init__(self, catalogue: Catalogue, signer: Signer) -> None:
        self._catalogue = catalogue
        self._signer = signer
        self._results = {item.result.licence for item in catalogue.items.values()}
        self._uses = _uses(catalogue)
        self._elements = {
            name: element
            for element in catalogue.elements.values()
            for name in element.known_from
            if name.startswith("licence.")
        }

    def held(self, connection: Connection, resident: int, today: date) -> tuple[HeldLicence, ...]:
        """Return what ``resident`` holds, in force first; notices, which are no licences, are not among it."""
        revoked = revocation.revoked_of(connection, resident)
        found = [
            self._entry(kept, revoked.get((kept.kind.id, kept.number)), today)
            for kept in self._kept(connection, resident)
            if kept.document is None or kept.kind.id in self._results
        ]
        return tuple(sorted(found, key=lambda each: (_ORDER.index(each.state), each.title.zh_hans, each.number)))

    def detail(self, connection: Connection, holder: Holder, number: str, now: datetime) -> LicenceDetail:
        """Return a licence or notice of ``holder`` in full, and write the look into their ledger; in a transaction.

        Raises:
            RefusedRequestError: ``NOT_FOUND``: there is none, or it is another's; the two are not told apart.
        """
        mine = self._kept(connection, holder.resident)
        kept = next((each for each in mine if each.reference == number), None)
        if kept is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        names = (f"licence.{kept.kind.id}",)
        pull = Pull(holder=holder, purpose=LICENCES_SHOWN, notice="", names=names, channel="licences")
        record(connection, pull, now)
        revoked = revocation.revoked_of(connection, holder.resident).get((kept.kind.id, kept.number))
        entry = self._entry(kept, revoked, now.date())
        fields = self._fields(kept) if kept.document is None else kept.document.fields
        return LicenceDetail(
            **msgspec.structs.asdict(entry),
            fields=fields,
            qr=self._signed(connection, kept, fields, holder.resident) if kept.document is None else kept.document.qr,
            case=kept.case,
            revoked_on=None if revoked is None else datetime.fromtimestamp(revoked[0], now.tzinfo).date(),
            reason="" if revoked is None else revoked[1],
        )

    def sheet(self, detail: LicenceDetail, second: Language | None) -> Sheet:
        """Return a licence or notice as it is printed and sealed.

        Args:
            detail: What stands on it.
            second: Its labels stand in this language, too.
        """
        is_licence = detail.type in self._results or not detail.issued_here
        until = detail.valid_until
        says_until = is_licence and not any(label.zh_hans == _UNTIL for label, _ in detail.fields)
        return Sheet(
            issuer=verify(detail.qr, by_id(self._signer.issuers())).issuer.issuer,
            issuer_name=detail.issuer,
            title=detail.title,
            number=detail.printed_number,
            fields=detail.fields,
            issued_on=detail.issued_on,
            validity="" if not says_until else shown_date(until, Language.ZH_HANS) if until else _WITHOUT_END,
            # on paper "forty days left" is wrong tomorrow; that it is over stays true
            says=detail.says if is_licence and detail.state not in states.IN_FORCE else None,
            qr=detail.qr,
            seal_use=_LICENCE_SEAL if is_licence else _NOTICE_SEAL,
            stamp=_STAMPS.get(detail.state, "") if is_licence else "",
            second=second,
        )

    def revoke(self, connection: Connection, number: str, reason: str, by: str, now: datetime) -> Revoked:
        """Revoke a licence that was issued here; see ``kiosk.backend.licences.revocation.revoke``."""
        return revocation.revoke(connection, self._signer, number, reason, by, now)

    def lists(self, connection: Connection, now: datetime) -> tuple[RevocationList, ...]:
        """Return what was revoked, as signed lists."""
        return revocation.lists(connection, self._signer, now)

    def expiring(
        self, connection: Connection, day: date, within_days: int = REMINDED_DAYS, *, resident: int | None = None
    ) -> tuple[Expiring, ...]:
        """Return what runs out on ``day`` or within so many days after it, the soonest first.

        Not what was revoked, what its holder has already renewed, nor what is issued for less than a year. With
        ``resident`` only what they hold.
        """
        last = day + timedelta(days=within_days)
        found: list[Expiring] = []
        for table in (schema.licence, schema.document):
            status, gone, newer = schema.licence_status, schema.revocation, table.alias("newer")
            same = (status.c.type == table.c.type) & (status.c.number == table.c.number)
            same &= status.c.resident == table.c.resident
            renewed = select(newer.c.id).where(
                newer.c.resident == table.c.resident, newer.c.type == table.c.type, newer.c.id != table.c.id
            )
            renewed = renewed.where(newer.c.valid_until.is_(None) | (newer.c.valid_until > table.c.valid_until))
            query = (
                select(table.c.resident, table.c.type, table.c.number, table.c.valid_until)
                .outerjoin(status, same)
                .outerjoin(gone, gone.c.status == status.c.id)
                .where(table.c.valid_until.between(day, last), gone.c.status.is_(None), ~renewed.exists())
            )
            if resident is not None:
                query = query.where(table.c.resident == resident)
            for row in connection.execute(query):
                kind = self._catalogue.licences.get(row.type)
                if kind is not None and (kind.valid_months or _LASTING_MONTHS) >= _LASTING_MONTHS:
                    found.append(
                        Expiring(
                            resident=row.resident,
                            type=row.type,
                            number=row.number,
                            title=kind.name,
                            valid_until=row.valid_until,
                        )
                    )
        return tuple(sorted(found, key=lambda each: (each.valid_until, each.resident, each.number)))

    def _kept(self, connection: Connection, resident: int) -> Iterator[_Kept]:
        """Yield what lies in the database; kinds that have left the catalogue are left out."""
        held = select(schema.licence).where(schema.licence.c.resident == resident, schema.licence.c.revoked.is_(False))
        for row in connection.execute(held):
            kind = self._catalogue.licences.get(row.type)
            if kind is not None:
                yield _Kept(
                    reference=_reference(row.type, row.number),
                    kind=kind,
                    number=row.number,
                    issued_on=row.issued_on,
                    valid_until=row.valid_until,
                    fields=msgspec.json.decode(row.fields),
                )
        issued = select(schema.document).where(schema.document.c.resident == resident)
        for row in connection.execute(issued):
            kind = self._catalogue.licences.get(row.type)
            if kind is not None:
                yield _Kept(
                    reference=row.number,
                    kind=kind,
                    number=row.number,
                    issued_on=row.issued_on,
                    valid_until=row.valid_until,
                    fields={},
                    document=msgspec.json.decode(row.content, type=IssuedDocument),
                    case=row.case_number,
                )

    def _entry(self, kept: _Kept, revoked: tuple[float, str] | None, today: date) -> HeldLicence:
        state = states.state_of(kept.issued_on, kept.valid_until, today, is_revoked=revoked is not None)
        uses = self._uses.get(kept.kind.id, ()) if state in states.IN_FORCE else ()
        department = self._catalogue.departments.get(kept.kind.issuer)
        issuer = (
            kept.document.issuer if kept.document is not None else department.name if department else kept.kind.name
        )
        return HeldLicence(
            number=kept.reference,
            printed_number=kept.number,
            type=kept.kind.id,
            title=kept.kind.name,
            issuer=issuer,
            issued_on=kept.issued_on,
            valid_until=kept.valid_until,
            state=state,
            says=states.says(state, kept.valid_until, today, "" if revoked is None else revoked[1]),
            issued_here=kept.document is not None,
            uses=uses[:USES_SHOWN],
            uses_count=len(uses),
        )

    def _fields(self, kept: _Kept) -> tuple[tuple[Text, str], ...]:
        """Return label and value of what a licence held before says; what it does not say is left out."""
        return tuple(
            (label, self._value(self._elements.get(f"licence.{kept.kind.id}.{name}"), kept.fields[name]))
            for name, label in kept.kind.fields.items()
            if kept.fields.get(name) is not None
        )

    def _value(self, element: Element | None, raw: Any) -> str:
        value = None if element is None else from_json(element, raw)
        if element is None or value is None:
            return _plain(raw)
        return shown(element, value, Language.ZH_HANS, self._catalogue.divisions)

    def _signed(self, connection: Connection, kept: _Kept, fields: Iterable[tuple[Text, str]], resident: int) -> str:
        """Return the signed form of a licence that was held before: its keeper signs it when it is first shown."""
        place = revocation.listed(connection, kept.kind.issuer, kept.kind.id, kept.number, resident)
        licence = Licence(
            number=kept.number,
            type=kept.kind.id,
            title=kept.kind.name.zh_hans,
            issued_on=kept.issued_on,
            valid_until=kept.valid_until,
            status=place,
            fields=tuple((label.zh_hans, value) for label, value in fields),
        )
        return self._signer.sign(kept.kind.issuer, licence)


def _plain(raw: Any) -> str:
    """Return a value that no element describes: a day as people write it, anything else as it stands."""
    try:
        return shown_date(date.fromisoformat(raw), Language.ZH_HANS)
    except (TypeError, ValueError):
        return str(raw)


def _reference(kind: str, number: str) -> str:
    """Return by what a licence held before is asked for: not its number, which may be that of an ID card."""
    return "H" + hashlib.sha256(f"{kind}|{number}".encode()).hexdigest()[:20]


def _uses(catalogue: Catalogue) -> dict[str, tuple[LicenceUse, ...]]:
    """Return by licence type the items that take it instead of a paper."""
    found: dict[str, list[LicenceUse]] = {}
    for item in catalogue.items.values():
        kinds = {catalogue.materials[use.material].licence for use in item.materials} - {None}
        for kind in sorted(str(each) for each in kinds):
            found.setdefault(kind, []).append(LicenceUse(item=item.id, item_name=item.name))
    return {kind: tuple(uses) for kind, uses in found.items()}
