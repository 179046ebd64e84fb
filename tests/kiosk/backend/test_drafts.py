"""Forms that are kept for later: seen by their holder alone, never lost unseen, taken over as far as they fit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.city import (
    CATALOGUE,
    CHILD,
    JPEG,
    NEWBORN,
    NEWBORN_MATERIALS,
    TWIN,
    Citizen,
    Clock,
    catalogue,
    problem_code,
    running,
    settings_for,
)
from kiosk.catalogue import BASKET

ON_BOTH_DATABASES = True

ID = "0b2e7f6a-draft"
ITEM = "insurance-certificate"


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[httpx.Client]:
    with running(settings_for(tmp_path_factory.mktemp("drafts"), clock, drafts_each=4)) as client:
        yield client


@pytest.fixture
def wang(http: httpx.Client) -> Iterator[Citizen]:
    citizen = Citizen(http, "wang").verify()
    yield citizen
    for draft in listed(citizen):
        http.delete(f"/v1/drafts/{draft['id']}", headers=citizen.headers)


def draft(matter: str = ITEM, *items: str, single: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    answers = {name: {"value": value, "origin": "citizen"} for name, value in (single or {}).items()}
    return {
        "matter": matter,
        "items": list(items or [matter]),
        "catalogueVersion": catalogue().version,
        "answers": {"single": answers, "repeats": {}},
        "materials": [],
        "page": "certificate.months",
        **changes,
    }


def put(citizen: Citizen, body: dict[str, Any], identity: str = ID, tag: str | None = None) -> httpx.Response:
    headers = citizen.headers if tag is None else {**citizen.headers, "If-Match": tag}
    return citizen.http.put(f"/v1/drafts/{identity}", json=body, headers=headers)


def get(citizen: Citizen, identity: str = ID) -> httpx.Response:
    return citizen.http.get(f"/v1/drafts/{identity}", headers=citizen.headers)


def listed(citizen: Citizen) -> list[dict[str, Any]]:
    answer = citizen.http.get("/v1/drafts", headers=citizen.headers)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


def test_what_was_kept_is_there_after_identifying_again(wang: Citizen) -> None:
    kept = put(wang, draft(single={"certificate.months": "12", "certificate.kinds": ["pension"]}))
    assert kept.status_code == 201, kept.text
    assert kept.content == b""
    again = Citizen(wang.http, "wang").verify()
    (summary,) = listed(again)
    assert (summary["id"], summary["matter"], summary["answered"], summary["older"]) == (ID, ITEM, 2, False)
    assert summary["etag"] == kept.headers["etag"]
    read = get(again)
    assert read.headers["etag"] == kept.headers["etag"]
    assert read.headers["cache-control"] == "no-store"
    body = read.json()
    assert body["answers"]["single"]["certificate.months"] == {"value": "12", "origin": "citizen"}
    assert body["again"] == []
    assert body["page"] == "certificate.months"


def test_repeats_and_what_is_off_the_path_are_kept(http: httpx.Client) -> None:
    zhao = Citizen(http, "zhao").verify()
    items = [used.item for used in catalogue().one_things["newborn"].items]
    rows = [{name: {"value": value, "origin": "citizen"} for name, value in row.items()} for row in (CHILD, TWIN)]
    # nobody is asked for the other parent's name by who states to be alone: it is off the path, and kept
    single = {"family.role": "mother", "family.statement": "alone", "family.other_name": "钱仿真"}
    body = draft("newborn", *items, single=single)
    body["answers"]["repeats"] = {"children": rows}
    assert put(zhao, body).status_code == 201
    read = get(zhao).json()
    assert read["answers"]["repeats"]["children"] == rows
    assert read["answers"]["single"]["family.other_name"]["value"] == "钱仿真"
    assert read["again"] == []


def test_nobody_else_sees_it(wang: Citizen) -> None:
    put(wang, draft())
    wu = Citizen(wang.http, "wu").verify()
    assert listed(wu) == []
    assert problem_code(get(wu)) == "not-found"
    assert problem_code(wang.http.delete(f"/v1/drafts/{ID}", headers=wu.headers)) == "not-found"
    assert problem_code(wang.http.get(f"/v1/drafts/{ID}")) == "token.missing"
    # the same id is another draft of another person
    assert put(wu, draft()).status_code == 201
    assert wang.http.delete(f"/v1/drafts/{ID}", headers=wu.headers).status_code == 204
    assert get(wang).status_code == 200


def test_two_terminals_do_not_overwrite_each_other_unseen(wang: Citizen) -> None:
    first = put(wang, draft(single={"certificate.months": "12"})).headers["etag"]
    assert problem_code(put(wang, draft(single={"certificate.months": "36"}))) == "draft.unconditional"
    second = put(wang, draft(single={"certificate.months": "36"}), tag=first)
    assert second.status_code == 200, second.text
    assert second.headers["etag"] != first
    assert problem_code(put(wang, draft(), tag=first)) == "draft.changed"
    assert get(wang).json()["answers"]["single"]["certificate.months"]["value"] == "36"
    stale = wang.http.delete(f"/v1/drafts/{ID}", headers={**wang.headers, "If-Match": first})
    assert problem_code(stale) == "draft.changed"
    assert put(wang, draft(), tag="*").status_code == 200
    assert problem_code(put(wang, draft(), identity="another-draft", tag='"1"')) == "draft.changed"


def test_there_is_one_a_matter_and_items(wang: Citizen) -> None:
    put(wang, draft("basket", ITEM, "old-age-allowance"))
    refused = put(wang, draft("basket", "old-age-allowance", ITEM), identity="second-draft")
    assert problem_code(refused) == "draft.exists"
    assert refused.json()["detail"] == ID
    assert put(wang, draft("basket", ITEM), identity="second-draft").status_code == 201
    assert {each["id"] for each in listed(wang)} == {ID, "second-draft"}


def test_there_are_not_more_than_allowed(wang: Citizen) -> None:
    others = [item for item in catalogue().items if item != ITEM][:5]
    codes = [put(wang, draft(item), identity=f"draft-{number:04d}").status_code for number, item in enumerate(others)]
    assert codes == [201, 201, 201, 201, 422]


@pytest.mark.parametrize(
    ("identity", "body"),
    [
        ("short", draft()),
        ("not-allowed!", draft()),
        (ID, draft("no-such-matter")),
        (ID, {**draft(), "items": []}),
        (ID, {**draft(), "items": [ITEM, ITEM]}),
    ],
)
def test_what_could_never_be_resumed_is_refused(wang: Citizen, identity: str, body: dict[str, Any]) -> None:
    assert problem_code(put(wang, body, identity=identity)) == "draft.invalid"


def test_facts_of_registers_are_not_kept_for_later(wang: Citizen) -> None:
    body = draft(single={"certificate.months": "12"})
    body["answers"]["single"]["insurance.status"] = {"value": "insured", "origin": "register.social-insurance.status"}
    put(wang, body)
    assert set(get(wang).json()["answers"]["single"]) == {"certificate.months"}


def test_a_photograph_is_taken_over_while_it_is_there(wang: Citizen) -> None:
    item, material = next(
        (item.id, use.material)
        for item in catalogue().items.values()
        for use in item.materials
        if [way.value for way in catalogue().materials[use.material].obtained] == ["scan"]
    )
    there = {"material": material, "obtained": "scan", "reference": wang.attach(JPEG)}
    put(wang, draft(item, materials=[there]))
    read = get(wang).json()
    assert [each["reference"] for each in read["materials"]] == [there["reference"]]
    put(wang, draft(item, materials=[{**there, "reference": "of-nobody"}]), tag="*")
    read = get(wang).json()
    assert read["materials"] == []
    assert [each["pointer"] for each in read["again"]] == ["/materials/0"]


def test_it_goes_when_it_is_filed(wang: Citizen) -> None:
    put(wang, draft())
    put(wang, draft("old-age-allowance"), identity="other-draft")
    wang.fetch(ITEM)
    told = {"certificate.kinds": ["pension", "medical"], "certificate.months": "12"}
    wang.file(wang.request(ITEM, told))
    assert [each["id"] for each in listed(wang)] == ["other-draft"]


def test_of_twins_it_stays_until_the_last_is_filed(http: httpx.Client) -> None:
    zhao = Citizen(http, "zhao").verify()
    zhao.fetch("newborn")
    for left in listed(zhao):
        http.delete(f"/v1/drafts/{left['id']}", headers=zhao.headers)
    materials = {**NEWBORN_MATERIALS, "marriage-certificate": "licence"}
    sent = [zhao.request("newborn", NEWBORN, [CHILD, TWIN], entry=entry, materials=materials) for entry in (0, 1)]
    assert put(zhao, draft("newborn", *sent[0]["items"]), identity="twins-draft").status_code == 201
    seen = []
    for body in sent:
        answer = zhao.submit(body)
        assert answer.status_code == 201, answer.text
        seen.append("twins-draft" in {each["id"] for each in listed(zhao)})
    assert seen == [True, False]


def test_it_goes_when_its_time_is_over(tmp_path: Path) -> None:
    clock = Clock()
    with running(settings_for(tmp_path, clock, draft_valid_s=3600)) as http:
        wang = Citizen(http, "wang").verify()
        put(wang, draft())
        clock.advance(minutes=59)
        later = Citizen(http, "wang").verify()
        assert len(listed(later)) == 1
        clock.advance(minutes=2)
        later = Citizen(http, "wang").verify()
        assert listed(later) == []
        assert problem_code(get(later)) == "not-found"
        # nothing in its way any more
        assert put(later, draft()).status_code == 201


def test_one_of_an_older_catalogue_says_what_has_to_be_answered_again(tmp_path: Path) -> None:
    older = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, older)
    wanted = {"certificate.months": "12", "certificate.kinds": ["pension"]}
    with running(settings_for(tmp_path / "data", Clock())) as http:
        wang = Citizen(http, "wang").verify()
        put(wang, draft("basket", ITEM, "old-age-allowance", single=wanted))
    # the months that were chosen are no choice any more, and the other item is not offered
    path = older / "elements" / "certificate.yaml"
    before = path.read_text(encoding="utf-8")
    assert 'value: "12"' in before
    path.write_text(before.replace('value: "12"', 'value: "18"').replace('"12"', '"18"'), encoding="utf-8")
    settings = settings_for(tmp_path / "data", Clock(), catalogue_dir=older)
    with running(settings) as http:
        wang = Citizen(http, "wang").verify()
        (summary,) = listed(wang)
        assert summary["older"]
        read = get(wang).json()
        assert read["savedVersion"] == catalogue().version != read["catalogueVersion"]
        assert set(read["answers"]["single"]) == {"certificate.kinds"}
        (again,) = read["again"]
        assert again["pointer"] == "/answers/single/certificate.months"
        assert again["name"]["zh-Hans"] == catalogue().elements["certificate.months"].title.zh_hans
        assert all(again["says"].values())
        # an item that nobody offers any more
        body = draft("basket", ITEM, "taken-away-long-ago")
        put(wang, body, identity="with-a-stranger")
        read = get(wang, "with-a-stranger").json()
        assert read["items"] == [ITEM]
        assert [each["pointer"] for each in read["again"]] == ["/items/1"]
        put(wang, draft("basket", "taken-away-long-ago"), identity="with-nothing-left")
        assert problem_code(get(wang, "with-nothing-left")) == "draft.gone"
        assert "with-nothing-left" not in {each["id"] for each in listed(wang)}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"matter": BASKET, "items": [f"item-{number}" for number in range(41)]}, "draft.invalid"),
        ({"notice": "x" * 81}, "request.malformed"),
        ({"page": "x" * 81}, "request.malformed"),
    ],
)
def test_a_draft_is_no_place_for_anything_else(wang: Citizen, changes: dict[str, Any], code: str) -> None:
    assert problem_code(put(wang, draft() | changes)) == code


@pytest.mark.parametrize("value", [2**70, 1.5, "\0", None, [[[]]], {"division": {}}, "x" * 100_000])
def test_whatever_an_answer_is_the_draft_can_be_read_and_forgotten(wang: Citizen, value: object) -> None:
    assert put(wang, draft(single={"certificate.months": value})).status_code == 201
    assert [each["pointer"] for each in get(wang).json()["again"]] == ["/answers/single/certificate.months"]
    assert len(listed(wang)) == 1


def test_of_many_who_replace_the_same_version_at_once_one_does(wang: Citizen) -> None:
    tag = put(wang, draft(single={"certificate.months": "12"})).headers["ETag"]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: put(wang, draft(single={"certificate.months": "24"}), tag=tag), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7
    (winner,) = [answer.headers["ETag"] for answer in answers if answer.status_code == 200]
    assert get(wang).headers["ETag"] == winner
