"""Paths about how a result reaches its owner, and links that lead on to a phone."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated

from litestar import Response, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg, HeaderParameter, QueryParameter

from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import BEARER, Asked, FromHouse, Name, holder_of, problems
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.contract import Delivery, DeliveryRequest, Link, LinkRequest

_CHOICE = Example(
    value={
        "way": "mail",
        "recipient": {"name": "李示例", "phone": "00000000000", "division": "000101002000", "detail": "样本路1号"},
        "point": "",
    }
)
_LINK = Example(value={"kind": "upload", "about": "applicant-id", "language": "zh-Hans"})
_ETAG = re.compile(r'"(\d{1,9})"')
_LOOK_S = 0.5
"""Photographs may come over another process: it is looked this often while somebody waits."""
WAIT_MOST_S = 25

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", description="The choice that is replaced")]
After = Annotated[int, QueryParameter(description="Revision that is known", ge=-1, le=2**31)]
WaitS = Annotated[int, QueryParameter(description="Seconds to wait for news", ge=0, le=WAIT_MOST_S)]


@get("/v1/cases/{case:str}/delivery", security=BEARER, tags=["delivery"], responses=problems(401, 404))
async def delivery(request: Asked, house: FromHouse, case: Name) -> Response[Delivery]:
    """Return how the result of a case is delivered, and how it might be."""
    holder = (await holder_of(request, house)).holder
    now = house.now()
    told = await house.database.read(lambda each: house.deliveries.read(each, case, holder.resident, now))
    return _tagged(told)


@put(
    "/v1/cases/{case:str}/delivery",
    guards=[takes_json],
    security=BEARER,
    tags=["delivery"],
    responses=problems(400, 401, 404, 409, 412, 413, 415, 422),
)
async def choose(
    request: Asked,
    house: FromHouse,
    case: Name,
    data: Annotated[DeliveryRequest, BodyKwarg(examples=[_CHOICE])],
    if_match: IfMatch = None,
) -> Response[Delivery]:
    """Choose how the result reaches its owner, as long as nothing was posted or collected."""
    holder = (await holder_of(request, house)).holder
    now, version = house.now(), _version(if_match)
    told = await house.database.write(
        lambda each: house.deliveries.choose(each, case, holder.resident, data, version, now)
    )
    return _tagged(told)


@post(
    "/v1/links",
    guards=[takes_json],
    security=BEARER,
    tags=["delivery"],
    responses=problems(400, 401, 404, 413, 415),
)
async def lead_on(request: Asked, house: FromHouse, data: Annotated[LinkRequest, BodyKwarg(examples=[_LINK])]) -> Link:
    """Make a link for the phone of the verified person; its address is told only here."""
    holder = (await holder_of(request, house)).holder
    now = house.now()
    return await house.database.write(lambda each: house.links.make(each, holder, data, now))


@get("/v1/links/{link:str}", security=BEARER, tags=["delivery"], responses=problems(400, 401, 404))
async def link(request: Asked, house: FromHouse, link: Name, after: After = -1, wait_s: WaitS = 0) -> Link:
    """Return how far the phone is; with ``after`` and ``wait_s`` as soon as there is more."""
    holder = (await holder_of(request, house)).holder
    end = asyncio.get_running_loop().time() + wait_s
    while True:
        now = house.now()
        found = await house.database.read(lambda each: house.links.read(each, link, holder.resident, now))  # noqa: B023 - at once
        left = end - asyncio.get_running_loop().time()
        if found.revision > after or left <= 0:
            return found
        await asyncio.sleep(min(_LOOK_S, left))


HANDLERS: tuple[BaseRouteHandler, ...] = (delivery, choose, lead_on, link)


def _tagged(told: Delivery) -> Response[Delivery]:
    return Response(told, headers={"ETag": f'"{told.version}"', "Cache-Control": "no-store"})


def _version(header: str | None) -> int | None:
    """Return the version that is meant; ``None``: whichever it is.

    Raises:
        RefusedRequestError: ``DELIVERY_CHANGED``: it is none of ours.
    """
    if header is None or header.strip() == "*":
        return None
    found = _ETAG.fullmatch(header.strip())
    if found is None:
        raise RefusedRequestError(Code.DELIVERY_CHANGED)
    return int(found[1])
