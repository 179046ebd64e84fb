"""Freely combined items: what they may ask, what is filed, and what a person has to look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from backend.city import Citizen, catalogue, problem_code
from backend.filing import Street, basket, finish, request, street_of
from kiosk.backend.facts import ITEMS_MOST
from kiosk.catalogue import BASKET, Outcome

QR_CHARS = 666
CHOSEN = ("old-age-allowance", "insurance-certificate")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("street")


@pytest.fixture(scope="module")
def street(folder: Path) -> Iterator[Street]:
    with street_of(folder) as made:
        yield made


def ask(citizen: Citizen, path: str, **body: Any) -> httpx.Response:
    sent = {"purpose": BASKET, "notice": "1", **body}
    return citizen.http.post(f"/v1/{path}", json=sent, headers=citizen.headers)


def ledger(folder: Path) -> list[tuple[str, str, str, str]]:
    with sqlite3.connect(folder / "backend.sqlite") as connection:
        rows = connection.execute("SELECT purpose, items, names, channel FROM ledger ORDER BY id").fetchall()
    connection.close()
    return rows


def test_a_basket_is_filed_as_one_application_with_a_case_an_item(street: Street, folder: Path) -> None:
    applied = street.move_in(basket(CHOSEN, {"person.birth_date": "1941-02-18"}))
    applicant = applied.verified(street.http)
    application = finish(applicant, request(applicant, applied.filed))
    assert application.matter == BASKET
    assert {case.item: case.state.value for case in application.cases} == dict.fromkeys(CHOSEN, "approved")
    purpose, items, _, channel = ledger(folder)[-1]
    assert (purpose, msgspec.json.decode(items), channel) == (BASKET, list(CHOSEN), "submission")


def test_the_same_key_is_the_same_basket_and_another_basket_is_another(street: Street) -> None:
    applied = street.move_in(basket(CHOSEN, {"person.birth_date": "1941-02-18"}))
    applicant = applied.verified(street.http)
    body, key = request(applicant, applied.filed), "6b0a4ac4-5b1c-4f0e-8a53-0d5b9b6d2b22"
    first, again = applicant.submit(body, key), applicant.submit(body, key)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert problem_code(applicant.submit({**body, "items": list(reversed(CHOSEN))}, key)) == "idempotency.mismatch"


def test_a_basket_tells_only_what_its_items_need(street: Street, folder: Path) -> None:
    applicant = street.move_in(basket(CHOSEN)).verified(street.http)
    one = ["register.allowance.receiving"]
    told = ask(applicant, "facts", items=["old-age-allowance"], names=one)
    assert [fact["name"] for fact in told.json()["facts"]] == one
    assert ledger(folder)[-1][:2] == (BASKET, '["old-age-allowance"]')
    before = ledger(folder)
    refused = ask(applicant, "facts", items=["insurance-certificate"], names=one)
    assert problem_code(refused) == "purpose.exceeded"
    assert refused.json()["errors"] == [{"detail": one[0], "pointer": "/names/0"}]
    other = ask(applicant, "materials", items=["insurance-certificate"], materials=["household-register"])
    assert problem_code(other) == "purpose.exceeded"
    assert ledger(folder) == before
    found = ask(applicant, "materials", items=["old-age-allowance"], materials=["household-register"])
    assert [each["material"] for each in found.json()["found"]] == ["household-register"]


@pytest.mark.parametrize(
    "items",
    [[], ["no-such-item"], ["old-age-allowance", "old-age-allowance"], ["old-age-allowance"] * (ITEMS_MOST + 1)],
)
def test_a_basket_without_sense_tells_and_files_nothing(street: Street, items: list[str]) -> None:
    applied = street.move_in(basket(CHOSEN))
    applicant = applied.verified(street.http)
    assert problem_code(ask(applicant, "facts", items=items, names=[])) == "purpose.items"
    answer = applicant.submit({**request(applicant, applied.filed), "items": items})
    assert problem_code(answer) == "application.invalid"


def test_items_narrow_what_a_one_thing_may_ask(street: Street) -> None:
    applicant = street.move_in(basket(CHOSEN)).verified(street.http)
    theme = next(each for each in catalogue().one_things.values() if len(each.items) > 1)
    item = theme.items[0].item
    assert ask(applicant, "facts", purpose=theme.id, items=[item], names=[]).status_code == 200
    strange = next(each for each in catalogue().items if each not in {used.item for used in theme.items})
    refused = ask(applicant, "facts", purpose=theme.id, items=[item, strange], names=[])
    assert problem_code(refused) == "purpose.items"
    assert refused.json()["errors"][0]["pointer"] == "/items/1"


def test_a_basket_that_names_fewer_items_than_it_answers_is_refused(street: Street) -> None:
    applied = street.move_in(basket(CHOSEN, {"person.birth_date": "1941-02-18"}))
    applicant = applied.verified(street.http)
    answer = applicant.submit({**request(applicant, applied.filed), "items": ["old-age-allowance"]})
    assert problem_code(answer) == "application.invalid"


def test_what_cannot_go_together_goes_to_a_person_with_the_reason(street: Street) -> None:
    one, related = next(
        (item, related)
        for item in catalogue().items.values()
        for related in item.conflicts
        if related.item in catalogue().items and {item.outcome, catalogue().items[related.item].outcome} <= _FILED
    )
    applied = street.move_in(basket((one.id, related.item)))
    applicant = applied.verified(street.http)
    application = finish(applicant, request(applicant, applied.filed))
    assert {case.state.value for case in application.cases} == {"referred"}
    assert all(case.reason.zh_hans.startswith(related.says.zh_hans) for case in application.cases)


_FILED = {Outcome.APPROVED, Outcome.ACCEPTED, Outcome.INSPECTION_BOOKED}


def test_a_guided_item_makes_no_case(street: Street) -> None:
    guided = next(item for item in catalogue().items.values() if item.outcome is Outcome.GUIDED)
    applied = street.move_in(basket(("insurance-certificate", guided.id)))
    applicant = applied.verified(street.http)
    application = finish(applicant, request(applicant, applied.filed))
    assert [case.item for case in application.cases] == ["insurance-certificate"]
    alone = street.move_in(basket((guided.id,)))
    refused = alone.verified(street.http)
    assert problem_code(refused.submit(request(refused, alone.filed))) == "application.invalid"


def test_one_licence_for_several_children_is_no_licence(street: Street) -> None:
    applied = street.move_in(basket(("newborn-medical-insurance",)))
    applicant = applied.verified(street.http)
    body = request(applicant, applied.filed)
    (child,) = body["answers"]["repeats"]["children"]
    twins = (child, {**child, "child.name": {"value": "钱小例", "origin": "citizen"}})
    (one,) = finish(applicant, body).cases
    body["answers"]["repeats"]["children"] = twins
    (both,) = finish(applicant, body).cases
    assert (one.state, both.state) == ("approved", "referred")
    assert "分别" in both.reason.zh_hans


def test_for_what_is_only_explained_nobody_looks_anything_up(street: Street) -> None:
    known = {name for each in catalogue().elements.values() for name in each.known_from if name.startswith("register.")}
    applicant = street.move_in(basket(CHOSEN)).verified(street.http)
    explained = [item for item in catalogue().items.values() if item.outcome is Outcome.GUIDED]
    assert any(need.element for item in explained for need in item.needs)
    for item in explained:
        answer = ask(applicant, "facts", items=[item.id], names=sorted(known))
        assert problem_code(answer) == "purpose.exceeded"
        assert len(answer.json()["errors"]) == len(known)


@pytest.mark.parametrize("signature", [[], [{"points": []}]])
def test_a_signature_without_a_point_is_none(street: Street, signature: list[dict[str, Any]]) -> None:
    applied = street.move_in(basket(("old-age-allowance",), {"person.birth_date": "1941-02-18"}))
    applicant = applied.verified(street.http)
    refused = applicant.submit(request(applicant, applied.filed) | {"signature": signature})
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/signature"]


def test_whoever_cannot_write_on_glass_confirms_in_words(street: Street) -> None:
    applied = street.move_in(basket(("old-age-allowance",), {"person.birth_date": "1941-02-18"}))
    applicant = applied.verified(street.http)
    taken = applicant.submit(request(applicant, applied.filed) | {"signature": [], "confirmed": True})
    assert taken.status_code == 201, taken.text


def test_a_material_that_is_asked_for_twice_is_in_the_ledger_once(street: Street, folder: Path) -> None:
    applicant = street.move_in(basket(CHOSEN)).verified(street.http)
    material = next(use.material for item in CHOSEN for use in catalogue().items[item].materials)
    assert ask(applicant, "materials", items=list(CHOSEN), materials=[material] * 1000).status_code == 200
    assert msgspec.json.decode(ledger(folder)[-1][2]) == [material]
