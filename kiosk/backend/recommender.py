"""The recommendations as the contract tells them: the pure part, with the counts, the rules and the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.backend.places import CityMap
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.catalogue import Catalogue
from kiosk.catalogue.recommending import Offer as Found
from kiosk.catalogue.recommending import PlaceRule, recommend
from kiosk.contract import Offer, OfferReason, ProblemError, RecommendationRequest, Recommendations, WhyKind

LIMIT = 20
ITEMS = 60


class Recommender:
    """Offers what is worth doing."""

    def __init__(self, catalogue: Catalogue, rules: Sequence[PlaceRule], city: CityMap) -> None:
        self._catalogue = catalogue
        self._rules = rules
        self._map = city

    def recommend(self, request: RecommendationRequest, together: Mapping[str, int]) -> Recommendations:
        """Return offers with their reasons.

        Args:
            request: What is chosen, and where the premises are, checked. Nothing of it is kept.
            together: How many people filed an item beside the chosen ones.
        """
        point = self._map.locate(request.place or {})
        offers = recommend(
            self._catalogue,
            request.items,
            theme=request.matter,
            together=together,
            near=self._map.nearest(point) if point is not None else {},
            rules=self._rules,
            limit=min(request.limit, LIMIT),
        )
        return Recommendations(offers=tuple(self._offer(found) for found in offers))

    def check(self, request: RecommendationRequest) -> None:
        """Refuse what is no question, before anything is looked up: anybody may ask.

        Raises:
            RefusedRequestError: ``PURPOSE_UNKNOWN`` with a pointer to each item or one-thing that is not there.
        """
        catalogue = self._catalogue
        errors = [
            ProblemError(detail="No such item", pointer=pointer("items", index))
            for index, item in enumerate(request.items[:ITEMS])
            if item not in catalogue.items
        ]
        if len(request.items) > ITEMS:
            errors.append(ProblemError(detail=f"At most {ITEMS} items", pointer=pointer("items", ITEMS)))
        if request.matter and request.matter not in catalogue.one_things:
            errors.append(ProblemError(detail="No such one-thing", pointer=pointer("matter")))
        if errors:
            raise RefusedRequestError(Code.PURPOSE_UNKNOWN, errors=tuple(errors))

    def _offer(self, found: Found) -> Offer:
        item, asks = found.item, found.asks
        return Offer(
            item=item.id,
            name=item.name,
            summary=item.summary,
            department_name=self._catalogue.departments[item.department].name,
            reasons=tuple(OfferReason(kind=WhyKind(each.why.value), says=each.says) for each in found.reasons),
            shared_elements=asks.shared_elements,
            more_elements=asks.more_elements,
            shared_materials=asks.shared_materials,
            more_materials=asks.more_materials,
        )
