"""Paths about what else is worth doing; about no person, and nothing of them is kept."""

from __future__ import annotations

from typing import Annotated

from litestar import post
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg

from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import FromHouse, described, problems
from kiosk.contract import RecommendationRequest, Recommendations

_REQUEST = Example(
    value={
        "items": ["food-permit"],
        "matter": "restaurant",
        "place": {"division": "000101002000", "detail": "样本路12号"},
        "limit": 6,
    }
)
_OFFERS = {
    "offers": [
        {
            "item": "signboard-permit",
            "name": {"zh-Hans": "户外招牌设置审批", "zh-Hant": "戶外招牌設置審批", "en": "Permit for a signboard"},
            "summary": {"zh-Hans": "挂店招前办好", "zh-Hant": "掛店招前辦好", "en": "Before the sign goes up"},
            "departmentName": {"zh-Hans": "城市管理局", "zh-Hant": "城市管理局", "en": "City Management"},
            "reasons": [
                {
                    "kind": "shared",
                    "says": {
                        "zh-Hans": "4 项信息已经填过，再答 2 项就能一起办。",
                        "zh-Hant": "4 項資訊已經填過，再答 2 項就能一起辦。",
                        "en": "4 answers are there already; 2 more and it is done as well.",
                    },
                }
            ],
            "sharedElements": 4,
            "moreElements": 2,
            "sharedMaterials": 1,
            "moreMaterials": 0,
        }
    ]
}


@post(
    "/v1/recommendations",
    status_code=200,
    guards=[takes_json],
    tags=["choosing"],
    responses={200: described(Recommendations, _OFFERS, "Best first"), **problems(400, 413, 415, 422)},
)
async def recommend(
    house: FromHouse, data: Annotated[RecommendationRequest, BodyKwarg(examples=[_REQUEST])]
) -> Recommendations:
    """Return what else is worth doing beside these items, each with its reasons in words."""
    house.recommender.check(data)
    today = house.now().date()
    # on a reader's thread: among hundreds of items it takes long enough to be felt by others
    return await house.database.read(
        lambda connection: house.recommender.recommend(data, house.together.beside(connection, data.items, today))
    )


HANDLERS: tuple[BaseRouteHandler, ...] = (recommend,)
