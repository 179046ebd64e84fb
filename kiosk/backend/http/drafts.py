"""Paths about forms that are kept for later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, cast

from litestar import Response, delete, get, put
from litestar.handlers import BaseRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg, HeaderParameter

from kiosk.backend.drafts import quoted
from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import BEARER, Asked, FromHouse, Name, described, holder_of, problems
from kiosk.contract import Draft, DraftRequest, DraftSummary

_NAME = {"zh-Hans": "自由组合", "zh-Hant": "自由組合", "en": "Your own combination"}
_KEPT = {
    "matter": "basket",
    "items": ["old-age-allowance", "insurance-certificate"],
    "answers": {"single": {"certificate.months": {"value": "12", "origin": "citizen"}}, "repeats": {}},
    "materials": [],
    "page": "certificate.months",
    "notice": "1",
    "authority": None,
}
_REQUEST = Example(value={**_KEPT, "catalogueVersion": "0123456789ab"})
_TIMES = {"savedAt": "2026-11-23T10:00:00+08:00", "expiresAt": "2026-12-23T10:00:00+08:00"}
_DRAFT = {
    **_KEPT,
    **_TIMES,
    "id": "0b2e7f6a-draft",
    "matterName": _NAME,
    "catalogueVersion": "ba9876543210",
    "savedVersion": "0123456789ab",
    "again": [
        {
            "pointer": "/answers/single/certificate.kinds",
            "name": {"zh-Hans": "险种", "zh-Hant": "險種", "en": "Kinds of insurance"},
            "says": {"zh-Hans": "请选择险种", "zh-Hant": "請選擇險種", "en": "Choose the kinds of insurance"},
        }
    ],
}
_SUMMARY = {
    **_TIMES,
    "id": "0b2e7f6a-draft",
    "matter": "basket",
    "matterName": _NAME,
    "items": ["insurance-certificate"],
    "itemNames": [{"zh-Hans": "参保证明", "zh-Hant": "參保證明", "en": "Certificate of insurance"}],
    "answered": 1,
    "older": False,
    "etag": '"0f1e2d3c4b5a6978"',
}

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", description="The version that is meant")]


@get(
    "/v1/drafts",
    security=BEARER,
    tags=["drafts"],
    responses={200: described(list[DraftSummary], [_SUMMARY], "Newest first"), **problems(401)},
)
async def drafts(request: Asked, house: FromHouse) -> Sequence[DraftSummary]:
    """Return what the verified person has kept for later, newest first, without the answers."""
    holder = (await holder_of(request, house)).holder
    return await house.database.read(lambda connection: house.drafts.summaries(connection, holder))


@get(
    "/v1/drafts/{draft:str}",
    security=BEARER,
    tags=["drafts"],
    responses={200: described(Draft, _DRAFT, "As far as it fits today"), **problems(401, 403, 404, 410)},
)
async def read(request: Asked, house: FromHouse, draft: Name) -> Response[Draft]:
    """Return a draft as far as it fits the catalogue of today, and what has to be answered again."""
    holder = (await holder_of(request, house)).holder
    kept, revision = await house.database.read(lambda connection: house.drafts.get(connection, holder, draft))
    return Response(kept, headers={"ETag": quoted(revision), "Cache-Control": "no-store"})


@put(
    "/v1/drafts/{draft:str}",
    guards=[takes_json],
    security=BEARER,
    tags=["drafts"],
    responses={
        200: ResponseSpec(None, description="Replaced; nothing in the body"),
        201: ResponseSpec(None, description="New; nothing in the body"),
        **problems(400, 401, 409, 412, 413, 415, 422, 428),
    },
)
async def keep(
    request: Asked,
    house: FromHouse,
    draft: Name,
    data: Annotated[DraftRequest, BodyKwarg(examples=[_REQUEST])],
    if_match: IfMatch = None,
) -> Response[None]:
    """Keep a form for later; 201 when it is new. Replacing one needs ``If-Match`` with the version that is replaced."""
    holder = (await holder_of(request, house)).holder
    revision, is_new = await house.database.write(
        lambda connection: house.drafts.put(connection, holder, draft, data, if_match)
    )
    # "null" would be a body
    empty = cast("None", b"")
    return Response(
        empty, status_code=201 if is_new else 200, headers={"ETag": quoted(revision)}, media_type="text/plain"
    )


@delete("/v1/drafts/{draft:str}", security=BEARER, tags=["drafts"], responses=problems(401, 404, 412))
async def forget(request: Asked, house: FromHouse, draft: Name, if_match: IfMatch = None) -> None:
    """Forget a draft."""
    holder = (await holder_of(request, house)).holder
    await house.database.write(lambda connection: house.drafts.delete(connection, holder, draft, if_match))


HANDLERS: tuple[BaseRouteHandler, ...] = (drafts, read, keep, forget)
