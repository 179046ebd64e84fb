"""What is offered beside what is chosen, and the reasons that are given."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.backend.places import CityMap, Place, Street, read_map
from kiosk.backend.places.generating import text
from kiosk.catalogue import BASKET, Catalogue, load
from kiosk.catalogue.recommending import (
    RULES_FILE,
    SHARED_HALF,
    SHARED_LEAST,
    Near,
    Offer,
    PlaceRule,
    Why,
    read_rules,
    recommend,
)
from kiosk.words import Text

ROOT = Path(__file__).parents[3]
MAP = ROOT / "assets" / "simulated" / "map.yaml"
BESIDE_A_SCHOOL = {"division": "000101002000", "detail": "样本路12号1层"}
FAR_FROM_ONE = {"division": "000102002000", "detail": "试验大道90号"}
BOOKSHOP = ("publication-retail-permit",)


def words(text: str) -> Text:
    return Text(zh_hans=text, zh_hant=text, en=text)


@cache
def small() -> Catalogue:
    return load(Path(__file__).parent / "data")


@cache
def whole() -> Catalogue:
    return load(ROOT / "assets" / "catalogue")


def offered(offers: tuple[Offer, ...], why: Why) -> set[str]:
    return {offer.item.id for offer in offers if why in {reason.why for reason in offer.reasons}}


def for_bookshop(place: dict[str, str]) -> tuple[Offer, ...]:
    city = read_map(MAP)
    point = city.locate(place)
    assert point is not None
    rules = read_rules(ROOT / "assets" / "catalogue" / RULES_FILE)
    return recommend(whole(), BOOKSHOP, theme="bookshop", near=city.nearest(point), rules=rules, limit=50)


def test_a_bookshop_beside_a_school_is_offered_snacks_and_a_parcel_station() -> None:
    offers = for_bookshop(BESIDE_A_SCHOOL)
    assert {"food-sale-prepackaged-record", "parcel-station-record"} <= offered(offers, Why.PLACE)
    snacks = next(offer for offer in offers if offer.item.id == "food-sale-prepackaged-record")
    (says,) = [reason.says for reason in snacks.reasons if reason.why is Why.PLACE]
    assert "示例甲学校" in says.zh_hans
    assert "米" in says.zh_hans
    assert "{" not in says.zh_hans + says.zh_hant + says.en


def test_a_bookshop_far_from_one_is_not() -> None:
    assert not offered(for_bookshop(FAR_FROM_ONE), Why.PLACE) & {
        "food-sale-prepackaged-record",
        "parcel-station-record",
    }


def test_nobody_knows_what_is_near_an_address_that_the_map_does_not_have() -> None:
    city = read_map(MAP)
    assert city.locate({"division": "000101002000", "detail": "不存在路1号"}) is None
    assert city.locate({"division": "000101001000", "detail": "样本路12号"}) is None
    assert city.locate({"division": "000101002000", "detail": "样本路"}) is None
    assert city.locate({}) is None


def test_the_map_is_what_its_generator_makes() -> None:
    assert MAP.read_text(encoding="utf-8") == text()


@given(number=st.integers(0, 9999), east=st.floats(-1e4, 1e4), north=st.floats(-1e4, 1e4))
@settings(max_examples=60)
def test_distance_is_that_of_the_plane(number: int, east: float, north: float) -> None:
    street = Street(name="样路", division="1", start=(0.0, 0.0), step=(6.0, 0.0))
    city = CityMap((street,), (Place(kind="school", name=words("校"), at=(east, north)),))
    point = city.locate({"division": "1", "detail": f"样路{number}号"})
    assert point == (6.0 * number, 0.0)
    metres = city.nearest((6.0 * number, 0.0))["school"].metres
    assert metres == pytest.approx(((6.0 * number - east) ** 2 + north**2) ** 0.5, abs=0.51)


def rule(**changes: object) -> PlaceRule:
    base = PlaceRule(
        items=("old-age",), near="school", within_m=200, offer=("housing",), because=words("{metres} {place}")
    )
    return msgspec.structs.replace(base, **changes)


@pytest.mark.parametrize(("metres", "is_offered"), [(0, True), (200, True), (201, False)])
def test_a_rule_holds_up_to_its_distance(metres: int, is_offered: bool) -> None:
    near = {"school": Near(metres=metres, name=words("甲校"))}
    offers = recommend(small(), ["old-age"], near=near, rules=[rule()])
    assert ("housing" in offered(offers, Why.PLACE)) is is_offered


def test_a_rule_for_something_else_and_an_item_nobody_wrote_yet_offer_nothing() -> None:
    near = {"school": Near(metres=1, name=words("甲校"))}
    for changed in (rule(items=("birth",)), rule(offer=("not-written-yet",)), rule(near="factory")):
        assert not offered(recommend(small(), ["old-age"], near=near, rules=[changed]), Why.PLACE)


def test_what_is_chosen_already_or_stands_only_in_a_theme_is_not_offered() -> None:
    together = {"old-age": 500, "birth": 500, "housing": 500}
    offers = recommend(small(), ["old-age"], together=together)
    assert offered(offers, Why.FILED_TOGETHER) == {"housing"}


def test_a_count_is_told_in_tens() -> None:
    (offer,) = recommend(small(), ["old-age"], together={"housing": 37})
    (reason,) = [reason for reason in offer.reasons if reason.why is Why.FILED_TOGETHER]
    assert "30" in reason.says.zh_hans
    assert "37" not in reason.says.zh_hans
    assert not offered(recommend(small(), ["old-age"], together={"housing": 9}), Why.FILED_TOGETHER)


def test_what_conflicts_is_never_offered() -> None:
    pairs = [(item.id, related.item) for item in whole().items.values() for related in item.conflicts]
    assert pairs
    for one, other in pairs:
        if other in whole().items:
            for chosen, never in ((one, other), (other, one)):
                offers = recommend(whole(), [chosen], together={never: 1000}, limit=1000)
                assert never not in {offer.item.id for offer in offers}, (chosen, never)


def test_what_comes_before_and_after_is_named_in_the_words_of_the_catalogue() -> None:
    checked = 0
    for item in whole().items.values():
        for related in item.after:
            before = offered(recommend(whole(), [item.id], limit=1000), Why.COMPANION)
            after = offered(recommend(whole(), [related.item], limit=1000), Why.COMPANION)
            other = whole().items[related.item]
            assert related.item in before or not other.alone or _conflict(item.id, related.item)
            assert item.id in after or not item.alone or _conflict(item.id, related.item)
            checked += 1
    assert checked


def _conflict(one: str, other: str) -> bool:
    return bool(whole().conflicts([one, other]))


def test_companions_of_the_one_thing_are_offered_with_its_name() -> None:
    offers = recommend(whole(), BOOKSHOP, theme="bookshop", limit=1000)
    theme = whole().one_things["bookshop"]
    assert set(theme.companions) - set(BOOKSHOP) <= offered(offers, Why.COMPANION)
    says = [reason.says for offer in offers for reason in offer.reasons if reason.why is Why.COMPANION]
    assert any(theme.name.zh_hans in each.zh_hans and theme.name.en in each.en for each in says)


ITEMS = sorted(whole().items)


@given(chosen=st.lists(st.sampled_from(ITEMS), min_size=1, max_size=6, unique=True))
@settings(max_examples=40, deadline=None)
def test_laws_of_offers(chosen: list[str]) -> None:
    catalogue = whole()
    offers = recommend(catalogue, chosen, limit=1000)
    have = [catalogue.items[item] for item in chosen]
    for offer in offers:
        assert offer.item.id not in chosen
        assert offer.reasons
        asks = offer.asks
        assert 0.0 <= asks.share <= 1.0
        if offered((offer,), Why.SHARED):
            # what it takes over is really asked before, and what it adds is really more
            assert asks.shared_elements + asks.shared_materials >= SHARED_LEAST
            assert asks.share >= SHARED_HALF
            together = catalogue.merged(BASKET, (*chosen, offer.item.id), date(2026, 11, 22))
            assert {item.id for item in together.items} >= {offer.item.id}
            assert any(one.audience is offer.item.audience for one in have)
    assert [offer.score for offer in offers] == sorted((offer.score for offer in offers), reverse=True)
    assert recommend(catalogue, chosen, limit=3) == offers[:3]


def test_nothing_is_offered_beside_nothing() -> None:
    assert recommend(whole(), []) == ()
    assert recommend(whole(), ["no-such-item"]) == ()
    assert recommend(whole(), BOOKSHOP, limit=0) == ()


def test_a_file_of_rules_that_is_not_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / RULES_FILE
    path.write_text("- {near: school, within_m: many, offer: [], because: x}", encoding="utf-8")
    with pytest.raises(msgspec.ValidationError, match="within_m"):
        read_rules(path)
    assert read_rules(tmp_path / "none.yaml") == ()


def test_every_rule_names_kinds_that_the_map_has_and_services_that_are_there() -> None:
    kinds = {place.kind for place in read_map(MAP)._places}
    for each in read_rules(ROOT / "assets" / "catalogue" / RULES_FILE):
        assert each.near in kinds
        assert set(each.items) <= set(whole().items), each
        assert set(each.one_things) <= set(whole().one_things), each
        assert set(each.offer) <= set(whole().items), each


@pytest.mark.parametrize(("people", "said"), [(10, "10"), (19, "10"), (20, "20")])
def test_a_count_is_rounded_down_and_never_says_more_than_it_is(people: int, said: str) -> None:
    first, second = "insurance-certificate", "old-age-allowance"
    offers = recommend(whole(), [first], together={second: people}, limit=500)
    (offer,) = [each for each in offers if each.item.id == second]
    (told,) = [reason.says for reason in offer.reasons if reason.why is Why.FILED_TOGETHER]
    assert told.zh_hans == f"最近有 {said} 人以上把它们一起办了。"
    assert told.en.startswith(f"At least {said} people")
