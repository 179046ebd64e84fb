"""Paths about what is a person's own: who used their data, and their licences."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter

from kiosk.backend.http.common import BEARER, Asked, FromHouse, described, holder_of, problems
from kiosk.backend.registers import page
from kiosk.contract import LedgerPage

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


HANDLERS: tuple[BaseRouteHandler, ...] = (ledger,)
