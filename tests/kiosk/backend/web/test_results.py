"""Results on their way out: parcels, codes, and the way of a heavy vehicle as its clerk sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from backend.browser import look, tab
from backend.city import Citizen, Clock, running, settings_on
from backend.filing import street_of
from backend.transport.test_permits import CITY, filed
from backend.web.desk import BOUND, CLERK, SUPERVISOR, Desk, on, says, sign_in, text_of

ITEM = "social-card-reissue"
HOME = {"name": "王测试", "phone": "00000000000", "division": "000101002000", "detail": "样本路1号"}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[httpx.Client]:
    with settings_on(database, tmp_path_factory.mktemp("results"), Clock()) as made, running(made) as client:
        yield client


def card(http: httpx.Client, **choice: object) -> tuple[Citizen, str]:
    """Return a citizen with a new card, and the case that gives it; ``choice`` says how it reaches them."""
    citizen = Citizen(http, "wang").verify()
    citizen.fetch(ITEM)
    said = {"situation.card_trouble": "lost", "social_card.bank": "sample"}
    case = citizen.file(citizen.request(ITEM, said)).cases[0]
    path = f"/v1/cases/{case.number}/delivery"
    tag = http.get(path, headers=citizen.headers).headers["etag"]
    answer = http.put(path, json=choice, headers={**citizen.headers, "If-Match": tag})
    assert answer.status_code == 200, answer.text
    return citizen, case.number


def test_a_parcel_is_posted_and_a_card_collected_with_its_code(browser: Browser, city: httpx.Client) -> None:
    with tab(browser, str(city.base_url), scripts=False) as page:
        sign_in(page, city, CLERK, start="/window/deliveries")
        says(page, "没有要寄的，也没有等取的")
        _, parcel = card(city, way="mail", recipient=HOME)
        wang, _ = card(city, way="mail", recipient=HOME)
        offered = city.get(f"/v1/cases/{parcel}/delivery", headers=wang.headers).json()["points"]
        _, fetched = card(city, way="collection-point", point=offered[0]["id"])
        page.goto("/window/deliveries")
        look(page, "deliveries")
        page.locator(f"[id='said-{parcel}']").fill("短")
        on(page, "已寄出")
        says(page, "请照运单输入运单号")
        look(page, "deliveries-error")
        page.locator(f"[id='said-{parcel}']").fill("YZ0000000001")
        on(page, "已寄出")
        says(page, "已记下运单号")
        assert city.get(f"/v1/cases/{parcel}/delivery", headers=wang.headers).json()["state"] == "posted"
        page.locator(f"[id='said-{fetched}']").fill("000000x")
        on(page, "已取走")
        says(page, "取件码不对")


def test_what_is_gone_is_not_handed_over_again(city: httpx.Client) -> None:
    _, parcel = card(city, way="mail", recipient=HOME)
    desk, supervisor, bound = Desk(city).sign_in(), Desk(city).sign_in(SUPERVISOR), Desk(city).sign_in(BOUND)
    fields = {"case": parcel, "said": "YZ0000000002", "do": "posted"}
    assert parcel not in bound.get("/window/deliveries").text
    bound_token = re.search(r'name="form_token" value="(\w+)"', bound.get("/window/queue").text)
    assert bound_token
    refused = bound.http.post("/window/deliveries", data={**fields, "form_token": bound_token[1]})
    assert refused.status_code == 409
    assert desk.post("/window/deliveries", fields).status_code == 303
    again = desk.post("/window/deliveries", fields)
    assert (again.status_code, "已经寄出或取走" in again.text) == (409, True)
    told = text_of(supervisor.get(f"/window/journal?about={parcel}").text)
    assert told.count("寄出结果") == 1
    for each in (desk, supervisor, bound):
        each.close()


def test_the_way_of_a_heavy_vehicle_is_in_view(browser: Browser, tmp_path: Path) -> None:
    with street_of(tmp_path) as street:
        _, cases = filed(street, {"cargo.axle_t": 14, "transport.destination": "railway"})
        with tab(browser, str(street.http.base_url)) as page:
            sign_in(page, street.http, CLERK, start=f"/window/cases/{cases[CITY].number}")
            says(page, "要看的路段")
            says(page, "轴重限")
            assert page.get_by_role("img", name="路线示意图").is_visible()
            look(page, "case-route")
