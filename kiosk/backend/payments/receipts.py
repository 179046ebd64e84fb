"""Electronic fiscal receipts (财政电子票据): one for each payment, signed; voided when all of it went back.

What goes back has a receipt of its own, in red (红字), that names the one it takes back.
Source: 财政票据管理办法 (财政部令第104号); 财政电子票据: 票据代码 8 digits, 票据号码 10 digits, 校验码 6 characters.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select, update

from kiosk.backend.licences.revocation import listed, revoke
from kiosk.backend.payments.fees import in_words
from kiosk.backend.signing import Signer
from kiosk.backend.storage import next_value, schema
from kiosk.catalogue import Catalogue, LicenceType
from kiosk.contract import FeeLine, IssuedDocument
from kiosk.licences import Licence
from kiosk.words import Text

BLUE, RED = "fiscal-receipt", "fiscal-receipt-red"
_REGION, _CLASS = "00", "01"
"""Of the sample city, and 非税收入统一票据; then the running two digits and the year."""
_LINES = 3
"""What stands on it by name, before it would not fit a QR code on paper."""
_BY = "payments"
_VOIDED = "已全额退费，票据作废。"


class Receipts:
    """Issues receipts."""

    def __init__(self, catalogue: Catalogue, signer: Signer) -> None:
        self._catalogue = catalogue
        self._signer = signer

    def issue(
        self, connection: Connection, order: str, payer: int, lines: Sequence[FeeLine], now: datetime
    ) -> IssuedDocument:
        """Issue the receipt of a payment, in the caller's transaction that books it."""
        amount = sum(line.amount_fen for line in lines)
        return self._issue(connection, BLUE, order, order, payer, lines, amount, now)

    def take_back(
        self,
        connection: Connection,
        order: str,
        refund: str,
        payer: int,
        lines: Sequence[FeeLine],
        amount_fen: int,
        now: datetime,
        *,
        whole: bool,
    ) -> IssuedDocument | None:
        """Issue the red receipt of a refund; with ``whole`` the receipt of the payment is void from now on."""
        table = schema.fiscal_receipt
        blue = connection.execute(
            select(table).where(table.c.payment_order == order, table.c.kind == "blue")
        ).one_or_none()
        if blue is None:
            return None
        red = self._issue(connection, RED, order, refund, payer, lines, amount_fen, now, cancels=blue.number)
        void = update(table).where(table.c.id == blue.id, table.c.voided_at.is_(None))
        if whole and connection.execute(void.values(voided_at=now.timestamp())).rowcount:
            revoke(connection, self._signer, blue.document, _VOIDED, _BY, now)
        return red

    def of(self, connection: Connection, order: str) -> IssuedDocument | None:
        """Return the receipt of an order, unless there is none or it is void."""
        table, document = schema.fiscal_receipt.c, schema.document.c
        content = connection.execute(
            select(document.content)
            .join(schema.fiscal_receipt, table.document == document.number)
            .where(table.payment_order == order, table.kind == "blue", table.voided_at.is_(None))
        ).scalar_one_or_none()
        return None if content is None else msgspec.json.decode(content, type=IssuedDocument)

    def _issue(
        self,
        connection: Connection,
        kind_id: str,
        order: str,
        about: str,
        payer: int,
        lines: Sequence[FeeLine],
        amount_fen: int,
        now: datetime,
        cancels: str = "",
    ) -> IssuedDocument:
        kind = self._catalogue.licences[kind_id]
        code = f"{_REGION}{_CLASS}01{now:%y}"
        number = f"{next_value(connection, f'fiscal-receipt-{code}'):010d}"
        check = secrets.token_hex(3)
        name = connection.execute(select(schema.resident.c.name).where(schema.resident.c.id == payer)).scalar_one()
        values = {
            "code": code,
            "number": number,
            "check": check,
            "cancels": cancels,
            "payer": name,
            "lines": _listed(lines),
            "amount": f"{amount_fen / 100:.2f}元",
            "words": in_words(amount_fen),
            "order": order,
        }
        document = self._document(connection, kind, f"{code}{number}", about, payer, values, now)
        connection.execute(
            insert(schema.fiscal_receipt).values(
                payment_order=order,
                code=code,
                number=number,
                check_code=check,
                kind="blue" if kind_id == BLUE else "red",
                amount_fen=amount_fen,
                document=document.number,
                issued_at=now.timestamp(),
                voided_at=None,
            )
        )
        return document

    def _document(
        self,
        connection: Connection,
        kind: LicenceType,
        number: str,
        about: str,
        payer: int,
        values: dict[str, str],
        now: datetime,
    ) -> IssuedDocument:
        fields = tuple((label, values[name]) for name, label in kind.fields.items() if values[name])
        licence = Licence(
            number=number,
            type=kind.id,
            title=kind.name.zh_hans,
            issued_on=now.date(),
            valid_until=None,
            status=listed(connection, kind.issuer, kind.id, number, payer),
            fields=tuple((label.zh_hans, value) for label, value in fields),
        )
        document = IssuedDocument(
            number=number,
            type=kind.id,
            title=kind.name,
            fields=fields,
            issued_on=now.date(),
            valid_until=None,
            issuer=self._catalogue.departments[kind.issuer].name,
            qr=self._signer.sign(kind.issuer, licence),
        )
        connection.execute(
            insert(schema.document).values(
                number=number,
                type=kind.id,
                resident=payer,
                case_number=about,
                issued_on=now.date(),
                valid_until=None,
                content=msgspec.json.encode(document).decode(),
            )
        )
        return document


def _listed(lines: Sequence[FeeLine]) -> str:
    named = [f"{line.name.zh_hans} {line.amount_fen / 100:.2f}元" for line in lines if line.amount_fen]
    more = f" 等{len(named)}项" if len(named) > _LINES else ""
    return "；".join(named[:_LINES]) + more


def amount_text(amount_fen: int) -> Text:
    """Return an amount as people read it."""
    yuan = f"{amount_fen // 100}.{amount_fen % 100:02d}"
    return Text(zh_hans=f"{yuan}元", zh_hant=f"{yuan}元", en=f"¥{yuan}")
