"""Documents at the end of a case: licences and certificates when it is approved, notices when it goes on."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, bindparam, insert, select

from kiosk.backend.applications import sentences
from kiosk.backend.licences.revocation import placed
from kiosk.backend.signing import Signer
from kiosk.backend.storage import next_value, schema
from kiosk.catalogue import Catalogue, LicenceType
from kiosk.contract import IssuedDocument
from kiosk.forms import Answers, Value, shown, shown_amount, shown_date
from kiosk.licences import Licence
from kiosk.words import Language, Text

ACCEPTANCE = "acceptance-notice"
REFERRAL = "referral-notice"
APPOINTMENT = "inspection-appointment"
COUNTER = "appointment-notice"
ASKED = "supplement-notice"
NOT_ACCEPTED = "not-accepted-notice"
APPROVAL = "approval-decision"
REFUSAL = "refusal-decision"
REVOCATION = "revocation-decision"
PUT_RIGHT = "put-right-notice"
WITHDRAWAL = "withdrawal-notice"
NOTICES = frozenset(
    {
        ACCEPTANCE,
        REFERRAL,
        APPOINTMENT,
        COUNTER,
        ASKED,
        NOT_ACCEPTED,
        APPROVAL,
        REFUSAL,
        REVOCATION,
        PUT_RIGHT,
        WITHDRAWAL,
    }
)
"""Every other document is what a citizen applied for."""
IN_WRITING = frozenset({ASKED, NOT_ACCEPTED, APPROVAL, REFUSAL, REVOCATION, PUT_RIGHT})
"""What reaches a citizen with every word of its reasons and remedies (行政许可法 第三十二条, 第三十八条)."""

Fields = tuple[tuple[Text, Text], ...]
"""Label and value, in order."""

_FEN = "_fen"
_CUT = "…"
_EDITIONS = 50
"""Notices of one kind that one case can have: nobody moves a visit that often."""
_OF_CASE = (
    select(schema.document.c.content)
    .where(schema.document.c.case_number == bindparam("of_case"))
    .order_by(schema.document.c.id.desc())
)
_DOCUMENT = insert(schema.document)
CODE_CHARS = 666
"""What a QR code of version 20, level M holds: 97 modules of 5 dots on 80 mm paper of 576 dots."""


def licence_fields(catalogue: Catalogue, kind: LicenceType, answers: Answers, output: dict[str, str | int]) -> Fields:
    """Return what stands on a licence: a value of the table's output, else the answer of that name.

    What is not known is left out: an empty line on a certificate says something untrue.
    """
    found: list[tuple[Text, Text]] = []
    values: dict[str, Value] = {name: answer.value for name, answer in answers.single.items()}
    for entries in answers.repeats.values():
        if len(entries) == 1:
            values |= {name: answer.value for name, answer in entries[0].items()}
    for name, label in kind.fields.items():
        if name in output:
            found.append((label, _output(name, output[name])))
        elif name in values and name in catalogue.elements:
            found.append((label, _answer(catalogue, name, values[name])))
    return tuple(found)


def with_output(kind: LicenceType, fields: Fields, output: Mapping[str, str | int]) -> Fields:
    """Return what stands on a licence with what a person wrote on it, in the order of its fields."""
    values = dict(fields)
    values |= {kind.fields[name]: _output(name, value) for name, value in output.items() if name in kind.fields}
    return tuple((label, values[label]) for label in kind.fields.values() if label in values)


def notice_fields(kind: LicenceType, says: dict[str, Text | None]) -> Fields:
    """Return what stands on a procedural document."""
    return tuple((label, value) for name, label in kind.fields.items() if (value := says.get(name)) is not None)


def issue(
    connection: Connection,
    signer: Signer,
    kind: LicenceType,
    code: str,
    department: str,
    issuer: Text,
    fields: Fields,
    *,
    resident: int,
    case: str,
    at: datetime,
    is_notice: bool = False,
) -> IssuedDocument:
    """Sign, store and return a document, in the caller's transaction.

    A case has at most one licence of a kind. A notice that says the same as the newest of its kind is that one; one
    that says something else (another time of a visit) is a document of its own beside it.

    A notice's longest words are cut until its code can be printed on a slip; the case says them in full. What stands on
    a licence is never cut, nor what the law wants in writing (``IN_WRITING``): of that only the code says less.
    """
    contents = connection.execute(_OF_CASE, {"of_case": case}).scalars()
    known = [
        each for content in contents if (each := msgspec.json.decode(content, type=IssuedDocument)).type == kind.id
    ]
    day = at.date()
    until = None if kind.valid_months is None else months_after(day, kind.valid_months)

    def signed(number: str, day: date) -> IssuedDocument:
        licence = Licence(
            number=number,
            type=kind.id,
            title=kind.name.zh_hans,
            issued_on=day,
            valid_until=until,
            fields=tuple((label.zh_hans, value.zh_hans) for label, value in fields),
            # what only says how a case stands is never revoked
            status=None if is_notice else placed(connection, department, kind.id, number, resident),
        )
        qr = signer.sign(department, licence)
        while is_notice and len(qr) > CODE_CHARS and (shorter := _shorter(licence)) != licence:
            licence = shorter
            qr = signer.sign(department, licence)
        return IssuedDocument(
            number=number,
            type=kind.id,
            title=kind.name,
            fields=_stands(kind.id, fields, licence),
            issued_on=day,
            valid_until=until,
            issuer=issuer,
            qr=qr,
        )

    if known and (not is_notice or len(known) == _EDITIONS):
        return known[0]
    if known and signed(known[0].number, known[0].issued_on).fields == known[0].fields:
        return known[0]
    number = f"{code}-{day:%Y%m%d}-{next_value(connection, f'document-{day:%Y%m%d}'):05d}"
    document = signed(number, day)
    values = {
        "number": number,
        # a case has one row of each type: a further edition says which it is
        "type": f"{kind.id}.{len(known) + 1}" if known else kind.id,
        "resident": resident,
        "case_number": case,
        "issued_on": day,
        "valid_until": until,
        "content": msgspec.json.encode(document).decode(),
    }
    connection.execute(_DOCUMENT, values)
    return document


def _stands(kind: str, fields: Fields, signed: Licence) -> tuple[tuple[Text, str], ...]:
    """Return what stands on a document: what its code says, and of a decision in writing every word."""
    if kind in IN_WRITING:
        return tuple((label, value.zh_hans) for label, value in fields)
    return tuple((label, value) for (label, _), (_, value) in zip(fields, signed.fields, strict=True))


def _shorter(licence: Licence) -> Licence:
    """Return a notice with its longest value cut by a tenth; as it is when there is nothing to cut.

    The longest in bytes: words, before a number or a day, of which a part would say something else.
    """
    longest = max(range(len(licence.fields)), key=lambda index: len(licence.fields[index][1].encode()), default=-1)
    label, value = licence.fields[longest] if licence.fields else ("", "")
    kept = value.removesuffix(_CUT)
    if not kept:
        return licence
    cut = kept[: len(kept) - max(1, len(kept) // 10)] + _CUT
    fields = tuple((label, cut) if index == longest else each for index, each in enumerate(licence.fields))
    return msgspec.structs.replace(licence, fields=fields)


def months_after(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of a shorter month (民法典 第二百零二条)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def day_text(day: date) -> Text:
    """Return a day as people write it."""
    return _in_all(lambda language: shown_date(day, language))


def moment_text(at: datetime) -> Text:
    """Return a day and a time."""
    return _in_all(lambda language: f"{shown_date(at.date(), language)} {at:%H:%M}")


def _output(name: str, value: str | int) -> Text:
    if isinstance(value, int) and name.endswith(_FEN):
        return _in_all(lambda language: shown_amount(value, language))
    return sentences.plain(str(value))


def _answer(catalogue: Catalogue, name: str, value: Value) -> Text:
    element = catalogue.elements[name]
    return _in_all(lambda language: shown(element, value, language, catalogue.divisions))


def _in_all(words: Callable[[Language], str]) -> Text:
    return Text(zh_hans=words(Language.ZH_HANS), zh_hant=words(Language.ZH_HANT), en=words(Language.EN))
