"""Paths about what is a person's own: who used their data, and their licences."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.handlers import BaseRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter, QueryParameter

from kiosk.backend.http.common import BEARER, OPEN, Asked, FromHouse, Name, described, holder_of, problems
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.registers import page
from kiosk.contract import HeldLicence, LedgerPage, LicenceDetail, RevocationList
from kiosk.licences import FRESH_FOR
from kiosk.words import Language

_LEDGER = {
    "entries": [
        {
            "id": "41",
            "at": "2026-11-23T10:00:00+08:00",
            "looked": "facts",
            "by": "self",
            "who": {
                "zh-Hans": "您本人，在终端 T-0001 上",
                "zh-Hant": "您本人，在終端 T-0001 上",
                "en": "You, at terminal T-0001",
            },
            "departmentName": None,
            "terminal": "T-0001",
            "helper": "",
            "matter": "old-age-allowance",
            "matterName": {"zh-Hans": "高龄津贴申领", "zh-Hant": "高齡津貼申領", "en": "Old-age allowance"},
            "itemNames": [],
            "case": "",
            "sources": [
                {
                    "source": "register.population",
                    "name": {"zh-Hans": "人口登记信息", "zh-Hant": "人口登記資訊", "en": "Population register"},
                    "departmentName": None,
                    "elements": [{"zh-Hans": "手机号码", "zh-Hant": "手機號碼", "en": "Mobile number"}],
                }
            ],
            "notice": "1",
        }
    ],
    "next": "",
}

_ISSUER = {
    "zh-Hans": "示例市市场监督管理局",
    "zh-Hant": "示例市市場監督管理局",
    "en": "Sample City Market Regulation Bureau",
}
_LICENCE: dict[str, Any] = {
    "number": "000100000601-20261123-00001",
    "printedNumber": "000100000601-20261123-00001",
    "type": "food-permit",
    "title": {"zh-Hans": "食品经营许可证", "zh-Hant": "食品經營許可證", "en": "Food business permit"},
    "issuer": _ISSUER,
    "issuedOn": "2026-11-23",
    "validUntil": "2031-11-23",
    "state": "valid",
    "says": {
        "zh-Hans": "有效，到 2031年11月23日 为止。",
        "zh-Hant": "有效，到 2031年11月23日 為止。",
        "en": "Valid until 23 November 2031.",
    },
    "issuedHere": True,
    "uses": [],
    "usesCount": 0,
}
_DETAIL = _LICENCE | {
    "fields": [[{"zh-Hans": "经营者名称", "zh-Hant": "經營者名稱", "en": "Operator"}, "示例小馆"]],
    "qr": "eyJhbGciOiJFZDI1NTE5Iiwia2lkIjoiazEiLCJ6aXAiOiJERUYifQ.eA.eA",
    "case": "OT20261123-000001-4-01",
    "revokedOn": None,
    "reason": "",
}
_LISTS = [{"issuer": "market-regulation", "keyId": "dGVzdA", "statusList": "eyJhbGciOiJFZDI1NTE5In0.eA.eA"}]

_SEALED = ResponseSpec(bytes, description="The sealed file", media_type="application/pdf", generate_examples=False)
_AUTHORITY = ResponseSpec(bytes, description="X.509, PEM", media_type="application/x-pem-file", generate_examples=False)

Kind = Annotated[str, PathParameter(max_length=8, description="`pdf`")]
Second = Annotated[Language, QueryParameter(description="A second language for the labels")]
Before = Annotated[int | None, QueryParameter(ge=1, le=2**62, description="Only what is older: `next` of a page")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="Entries on a page")]


@get(
    "/v1/ledger",
    security=BEARER,
    tags=["mine"],
    responses={200: described(LedgerPage, _LEDGER, "Newest first"), **problems(400, 401)},
)
async def ledger(request: Asked, house: FromHouse, before: Before = None, limit: Limit = 20) -> LedgerPage:
    """Return who used the verified person's data (谁用了我的数据): names of what was looked at, never values."""
    holder = (await holder_of(request, house)).holder
    zone = house.now().tzinfo
    return await house.database.read(
        lambda connection: page(connection, house.catalogue, holder.resident, zone, before=before, limit=limit)
    )


@get(
    "/v1/licences",
    security=BEARER,
    tags=["mine"],
    responses={200: described(list[HeldLicence], [_LICENCE], "In force first"), **problems(401)},
)
async def licences(request: Asked, house: FromHouse) -> Sequence[HeldLicence]:
    """Return the electronic licences (电子证照) of the verified person, held before or issued here."""
    holder = (await holder_of(request, house)).holder
    today = house.now().date()
    return await house.database.read(lambda connection: house.licences.held(connection, holder.resident, today))


@get(
    "/v1/licences/{number:str}",
    security=BEARER,
    tags=["mine"],
    responses={200: described(LicenceDetail, _DETAIL, "In full"), **problems(400, 401, 404)},
)
async def licence(request: Asked, house: FromHouse, number: Name) -> LicenceDetail:
    """Return a licence, decision or notice of the verified person with its QR; the look stands in their ledger."""
    holder = (await holder_of(request, house)).holder
    now = house.now()
    return await house.database.write(lambda connection: house.licences.detail(connection, holder, number, now))


@get(
    "/v1/licences/{number:str}/{kind:str}",
    security=BEARER,
    tags=["mine"],
    responses={200: _SEALED, **problems(400, 401, 404)},
)
async def sealed(
    request: Asked, house: FromHouse, number: Name, kind: Kind, language: Second = Language.ZH_HANS
) -> Response[bytes]:
    """Return a licence, decision or notice as a sealed file: ``pdf`` with a PAdES signature, printable on A4.

    Labels in Simplified Chinese, the language of the document; ``language`` adds a second one beside them.
    """
    holder = (await holder_of(request, house)).holder
    sealer = house.sealers.get(kind)
    if sealer is None:
        raise RefusedRequestError(Code.NOT_FOUND)
    now = house.now()
    detail = await house.database.write(lambda connection: house.licences.detail(connection, holder, number, now))
    sheet = house.licences.sheet(detail, None if language is Language.ZH_HANS else language)
    made = await asyncio.to_thread(sealer.seal, sheet, now)
    headers = {
        "Content-Disposition": f'inline; filename="{detail.number}.{made.suffix}"',
        "Cache-Control": "no-store",
    }
    return Response(made.content, media_type=made.media_type, headers=headers)


@get(
    "/v1/seals",
    security=OPEN,
    tags=["service"],
    media_type="application/x-pem-file",
    responses={200: _AUTHORITY, **problems()},
)
async def seals(house: FromHouse) -> Response[bytes]:
    """Return the certificate (PEM) of the authority behind the seals, for who checks sealed files."""
    return Response(house.authority.certificate, media_type="application/x-pem-file")


@get(
    "/v1/revocations",
    security=OPEN,
    tags=["service"],
    responses={
        200: described(list[RevocationList], _LISTS, "A signed status list of each issuer"),
        304: ResponseSpec(None, description="Nothing has changed", generate_examples=False),
        **problems(),
    },
)
async def revocations(request: Asked, house: FromHouse) -> Response[bytes]:
    """Return what was revoked, for who checks licences without a network; to be kept for an hour."""
    now = house.now()
    lists = await house.database.read(lambda connection: house.licences.lists(connection, now))
    body = msgspec.json.encode(lists)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={int(FRESH_FOR.total_seconds())}"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


HANDLERS: tuple[BaseRouteHandler, ...] = (ledger, licences, licence, sealed, seals, revocations)
