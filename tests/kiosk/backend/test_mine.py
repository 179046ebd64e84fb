"""What people do with what they filed: see it, withdraw it, correct it, hand in what is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from backend.city import (
    CERTIFICATE,
    RESTAURANT,
    START,
    Citizen,
    Clock,
    problem_code,
    running,
    settings_for,
    settings_on,
)
from backend.offices import Office, correct, office_of, order_for, paid, scanned, seen, supplement, withdraw
from backend.test_agents import Agent, allowance, authority
from kiosk.backend import BackendSettings
from kiosk.backend.applications.acts import Approve, Ask, Refuse
from kiosk.backend.problems import RefusedRequestError
from kiosk.backend.storage import schema
from kiosk.contract import Application, ApplicationPage, CaseEvent

SIGNATURE = [{"points": [[1, 2, 0], [300, 200, 40]]}]


@pytest.fixture
def place(tmp_path: Path, clock: Clock, database: str) -> Iterator[BackendSettings]:
    with settings_on(database, tmp_path, clock) as made:
        yield made


@pytest.fixture
def http(place: BackendSettings) -> Iterator[httpx.Client]:
    with running(place) as client:
        yield client


@pytest.fixture
def office(http: httpx.Client, place: BackendSettings, clock: Clock) -> Iterator[Office]:
    assert not http.is_closed
    with office_of(place, clock) as opened:
        yield opened


def mine(citizen: Citizen, **query: Any) -> ApplicationPage:
    answer = citizen.http.get("/v1/applications", params=query, headers=citizen.headers)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=ApplicationPage)


def certificate(http: httpx.Client, who: str = "wang") -> tuple[Citizen, Application]:
    wang = Citizen(http, who).verify()
    wang.fetch("insurance-certificate")
    return wang, wang.file(wang.request("insurance-certificate", CERTIFICATE))


def too_young(http: httpx.Client, **told: Any) -> tuple[Citizen, Application]:
    wu = Citizen(http, "wu").verify()
    wu.fetch("old-age-allowance")
    return wu, wu.file(wu.request("old-age-allowance", told))


def restaurant(http: httpx.Client) -> tuple[Citizen, Application]:
    li = Citizen(http, "li").verify()
    li.fetch("restaurant")
    return li, li.file(li.request("restaurant", RESTAURANT))


def by_agent(http: httpx.Client) -> tuple[Citizen, Application]:
    wu = Agent(http, "wu", principal="chen").verify()
    return wu, wu.file(allowance(wu, authority("chen", "WT-0003")))


def correction(application: Application, changed: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "revision": application.revision,
        "answers": {
            "single": {name: {"value": value, "origin": "citizen"} for name, value in changed.items()},
            "repeats": {},
        },
        "catalogueVersion": application.catalogue_version,
        "signature": SIGNATURE,
        "signedAt": START.isoformat(),
        "terminal": "T-TEST",
        **more,
    }


def test_mine_are_listed_newest_first_page_by_page(http: httpx.Client) -> None:
    wang, first = certificate(http)
    numbers = [first.number]
    numbers += [wang.file(wang.request("insurance-certificate", CERTIFICATE)).number for _ in range(2)]
    page = mine(wang, limit=2)
    assert [each.number for each in page.applications] == numbers[:0:-1]
    rest = mine(wang, limit=2, before=page.before)
    assert [each.number for each in rest.applications] == numbers[:1]
    assert rest.before == ""
    (summary,) = rest.applications
    assert summary.finished
    assert summary.actions == ("rate",)
    assert summary.cases[0].actions == ("collect",)
    wang.http.put(f"/v1/applications/{first.number}/rating", json={"level": 5}, headers=wang.headers)
    assert mine(wang, limit=1, before=numbers[1]).applications[0].rated
    li = Citizen(http, "li").verify()
    assert mine(li) == ApplicationPage(applications=())
    query = {"before": first.number}
    answer = http.get("/v1/applications", params=query, headers=li.headers)
    assert problem_code(answer) == "not-found"
    for bad in ({"limit": 0}, {"limit": 51}, {"limit": "x"}, {"before": "x" * 41}):
        answer = http.get("/v1/applications", params=bad, headers=wang.headers)
        assert problem_code(answer) == "request.malformed"


def test_what_waits_for_me_is_counted(http: httpx.Client, office: Office) -> None:
    wu, application = too_young(http)
    assert mine(wu).waiting == 0
    office.do(application.cases[0].number, Ask(answers={"person.phone": "打不通。"}))
    page = mine(wu)
    assert page.waiting == 1
    (brief,) = page.applications[0].cases
    assert (brief.waits, brief.state) == (1, "waiting")
    assert set(brief.actions) == {"withdraw", "correct", "supplement"}
    assert not page.applications[0].finished


def test_what_is_withdrawn_frees_what_was_booked(http: httpx.Client, office: Office) -> None:
    li, application = restaurant(http)
    case = next(each for each in application.cases if each.state == "inspection-booked")
    version = seen(li, case.number).case.version
    headers = {**li.headers}
    answer = li.http.post(f"/v1/cases/{case.number}/withdrawal", json={}, headers=headers)
    assert problem_code(answer) == "case.unconditional"
    assert problem_code(withdraw(li, case.number, version + 1)) == "case.changed"
    assert problem_code(withdraw(li, case.number, "no-number")) == "case.changed"
    answer = withdraw(li, case.number, version, reason="不开了")
    assert answer.status_code == 200, answer.text
    found = seen(li, case.number)
    assert found.case.state == "withdrawn"
    assert found.case.appointment is None
    assert found.case.decided_by is None
    assert found.timeline[-1].who == "applicant"
    (notice,) = found.case.documents
    assert notice.type == "withdrawal-notice"
    assert "不开了" in [value for _, value in notice.fields]
    # the same request again, as the network may have it: answered as if it were done now, and done once
    assert withdraw(li, case.number, version, reason="不开了").json() == answer.json()
    visits = select(schema.visit.c.case_number)
    assert case.number not in office.house.database.read_now(
        lambda connection: connection.execute(visits).scalars().all()
    )
    assert found.actions == ()
    others = [each for each in li.application(application.number).cases if each.number != case.number]
    assert all(each.state != "withdrawn" for each in others)


def test_what_is_decided_is_not_withdrawn(http: httpx.Client) -> None:
    wang, application = certificate(http)
    (case,) = application.cases
    version = seen(wang, case.number).case.version
    assert problem_code(withdraw(wang, case.number, version)) == "case.state"
    assert problem_code(withdraw(wang, case.number, "*")) == "case.changed"  # quoted, it is no wildcard
    everything = {**wang.headers, "If-Match": "*"}
    answer = http.post(f"/v1/cases/{case.number}/withdrawal", json={}, headers=everything)
    assert problem_code(answer) == "case.state"


def test_a_withdrawal_and_a_decision_at_once_are_one_of_them(http: httpx.Client, office: Office) -> None:
    wu, application = too_young(http)
    (case,) = application.cases
    version = seen(wu, case.number).case.version

    async def race() -> tuple[str, str]:
        def decide() -> str:
            try:
                office.do(case.number, Refuse(reasons="未满八十周岁。", basis="第三条"), version=version)
            except RefusedRequestError as refused:
                return refused.code.code
            return "refused"

        def take_back() -> str:
            answer = withdraw(wu, case.number, version)
            return "withdrawn" if answer.status_code == 200 else problem_code(answer)

        return await asyncio.gather(asyncio.to_thread(decide), asyncio.to_thread(take_back))

    came = asyncio.run(race())
    assert sorted(came) in [["case.changed", "refused"], ["case.changed", "withdrawn"]], came
    found = seen(wu, case.number)
    assert found.case.state.value in came
    assert len(found.case.documents) == 1


def test_what_was_paid_goes_back(http: httpx.Client, office: Office) -> None:
    wang = Citizen(http, "wang").verify()
    wang.fetch("id-card-reissue")
    application = wang.file(
        wang.request("id-card-reissue", {"archive.reissue_reason": "expiring"}, materials={"old-document": "scan"})
    )
    (case,) = application.cases
    assert case.state == "waiting"
    assert case.waits_for[0].kind == "payment"
    assert "supplement" not in seen(wang, case.number).actions
    assert problem_code(supplement(wang, case.number, case.version, materials=[])) == "case.state"
    (case,) = paid(wang, application).cases
    assert case.state == "referred"
    assert [line.what for line in seen(wang, case.number).timeline][:3] == ["submitted", "fee-due", "paid"]
    assert withdraw(wang, case.number, case.version).status_code == 200
    refunds = office.house.database.read_now(
        lambda connection: connection.execute(select(schema.refund.c.amount_fen)).scalars().all()
    )
    assert refunds == [4000]


def test_what_is_paid_for_nothing_goes_back(http: httpx.Client, office: Office) -> None:
    wang = Citizen(http, "wang").verify()
    wang.fetch("id-card-reissue")
    told = {"archive.reissue_reason": "expiring"}
    application = wang.file(wang.request("id-card-reissue", told, materials={"old-document": "scan"}))
    (case,) = application.cases
    pay = order_for(wang, application)
    assert withdraw(wang, case.number, case.version).status_code == 200
    pay()
    assert wang.application(application.number).cases[0].state == "withdrawn"
    refunds = office.house.database.read_now(
        lambda connection: connection.execute(select(schema.refund.c.amount_fen)).scalars().all()
    )
    assert refunds == [4000]


def test_an_agent_sees_and_changes_what_they_filed_while_they_may(http: httpx.Client, clock: Clock) -> None:
    agent, application = by_agent(http)
    (case,) = application.cases
    assert application.agent
    assert [each.number for each in mine(agent).applications] == [application.number]
    assert seen(agent, case.number).case.number == case.number
    clock.advance(days=400)
    agent.verify()
    assert mine(agent).applications == ()
    assert problem_code(http.get(f"/v1/cases/{case.number}", headers=agent.headers)) == "not-found"
    assert problem_code(withdraw(agent, case.number, case.version)) == "not-found"


def test_a_correction_is_decided_by_the_same_rules(http: httpx.Client, office: Office) -> None:
    wang = Citizen(http, "wang").verify()
    wang.fetch("insurance-certificate")
    body = wang.request("insurance-certificate", CERTIFICATE)
    name = next(each for each in body["answers"]["single"] if each == "person.name")
    good = body["answers"]["single"][name]["value"]
    body["answers"]["single"][name] = {"value": "王写错", "origin": "citizen"}
    application = wang.file(body)
    (case,) = application.cases
    assert case.state == "referred"
    key, corrected = str(uuid4()), correction(application, {name: good})
    answer = correct(wang, application.number, key, corrected)
    assert answer.status_code == 200, answer.text
    (case,) = wang.application(application.number).cases
    assert (case.state, case.decided_by, case.revision) == ("approved", "rules", 2)
    assert correct(wang, application.number, key, corrected).content == answer.content
    other = correction(application, {name: "另一个"})
    assert problem_code(correct(wang, application.number, key, other)) == "idempotency.mismatch"
    assert problem_code(correct(wang, application.number, str(uuid4()), corrected)) == "case.state"
    assert problem_code(correct(wang, application.number, "no key", corrected)) == "idempotency.missing"
    folder = office.folder(case.number)
    assert [(each.revision, each.why) for each in folder.revisions] == [(1, "correction")]
    events = [
        msgspec.json.decode(msgspec.json.encode(data), type=CaseEvent)
        for _, kind, data in wang.outcomes(application.number)
        if kind == "case"
    ]
    assert [event.case.state for event in events] == ["referred", "approved"]
    assert [event.case.version for event in events] == [2, 3]


def test_a_correction_is_validated_like_an_application(http: httpx.Client) -> None:
    wu, application = too_young(http)
    for changed, pointer in (
        ({"person.phone": "no number"}, "/answers/single/person.phone/value"),
        ({"no.such": 1}, "/answers/single/no.such"),
    ):
        answer = correct(wu, application.number, str(uuid4()), correction(application, changed))
        assert problem_code(answer) == "application.invalid"
        assert answer.json()["errors"][0]["pointer"] == pointer
    unsigned = correction(application, {"person.phone": "13800138009"}, signature=[])
    assert problem_code(correct(wu, application.number, str(uuid4()), unsigned)) == "application.invalid"
    stale = correction(application, {"person.phone": "13800138009"}, revision=7)
    assert problem_code(correct(wu, application.number, str(uuid4()), stale)) == "application.changed"
    assert wu.application(application.number).revision == 1
    good = correction(application, {"person.phone": "13800138009"})
    answer = correct(wu, application.number, str(uuid4()), good)
    assert answer.status_code == 200, answer.text
    assert answer.json()["revision"] == 2
    assert answer.json()["cases"][0]["state"] == "referred"


def test_two_corrections_of_one_revision_are_one(http: httpx.Client) -> None:
    wu, application = too_young(http)
    bodies = [correction(application, {"person.phone": f"1380013800{digit}"}) for digit in range(4)]

    async def at_once() -> list[httpx.Response]:
        calls = (asyncio.to_thread(correct, wu, application.number, str(uuid4()), body) for body in bodies)
        return await asyncio.gather(*calls)

    statuses = sorted(answer.status_code for answer in asyncio.run(at_once()))
    assert statuses == [200, 409, 409, 409]
    assert wu.application(application.number).revision == 2


def test_a_correction_leaves_what_is_decided(http: httpx.Client, office: Office) -> None:
    li, application = restaurant(http)
    before = {case.item: case for case in application.cases}
    answer = correct(li, application.number, str(uuid4()), correction(application, {"shop.name": "样本小馆"}))
    assert answer.status_code == 200, answer.text
    for case in li.application(application.number).cases:
        if before[case.item].state == "approved":
            assert case == before[case.item]
        else:
            assert case.revision == 2
            assert case.state == before[case.item].state
            assert case.appointment == before[case.item].appointment
    assert office.folder(application.cases[0].number).application.answers.single["shop.name"].value == "样本小馆"


def test_who_supplements_two_ways_at_once_is_taken_once(http: httpx.Client, office: Office) -> None:
    wu, application = too_young(http)
    (case,) = application.cases
    office.do(case.number, Ask(answers={"person.phone": "打不通。"}))
    version = seen(wu, case.number).case.version
    bodies = [
        {
            "answers": {
                "single": {"person.phone": {"value": f"1380013800{digit}", "origin": "citizen"}},
                "repeats": {},
            },
            "catalogueVersion": application.catalogue_version,
            "signature": SIGNATURE,
        }
        for digit in range(3)
    ]

    async def at_once() -> list[httpx.Response]:
        return await asyncio.gather(
            *(asyncio.to_thread(supplement, wu, case.number, version, **body) for body in bodies)
        )

    answers = asyncio.run(at_once())
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    assert len(office.folder(case.number).handed_in) == 1


def test_what_was_not_asked_is_not_taken(http: httpx.Client, office: Office) -> None:
    wu, application = too_young(http)
    (case,) = application.cases
    nothing = supplement(wu, case.number, seen(wu, case.number).case.version, materials=[])
    assert problem_code(nothing) == "case.state"
    office.do(case.number, Ask(answers={"person.phone": "打不通。"}))
    version = seen(wu, case.number).case.version
    answers = {
        "single": {
            "person.phone": {"value": "13800138009", "origin": "citizen"},
            "person.name": {"value": "另一人", "origin": "citizen"},
        },
        "repeats": {},
    }
    more = supplement(wu, case.number, version, answers=answers, signature=SIGNATURE)
    assert problem_code(more) == "supplement.invalid"
    assert more.json()["errors"][0]["pointer"] == "/answers/single/person.name"
    strange = supplement(wu, case.number, version, materials=[scanned(wu, "no-such-thing")])
    assert {each["pointer"] for each in strange.json()["errors"]} == {
        "/materials/0",
        "/answers/single/person.phone",
    }
    assert seen(wu, case.number).case.version == version


def test_a_token_of_another_opens_nothing(http: httpx.Client, office: Office) -> None:
    wu, application = too_young(http)
    li = Citizen(http, "li").verify()
    (case,) = application.cases
    office.do(case.number, Ask(answers={"person.phone": "打不通。"}))
    version = seen(wu, case.number).case.version
    assert problem_code(withdraw(li, case.number, version)) == "not-found"
    assert problem_code(supplement(li, case.number, version, materials=[])) == "not-found"
    refused = correct(li, application.number, str(uuid4()), correction(application, {}))
    assert problem_code(refused) == "not-found"
    assert seen(wu, case.number).case.version == version


def test_a_second_process_is_seen_by_who_watches(http: httpx.Client, office: Office) -> None:
    wu, application = too_young(http)
    (case,) = application.cases
    office.do(case.number, Approve())
    states = [data["case"]["state"] for _, kind, data in wu.outcomes(application.number) if kind == "case"]
    assert states == ["referred", "approved"]


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Citizen, Application]]:
    folder = tmp_path_factory.mktemp("fuzzed")
    clock = Clock()
    made = settings_for(folder, clock)
    with running(made) as http:
        wu, application = too_young(http)
        with office_of(made, clock) as office:
            office.do(application.cases[0].number, Ask(answers={"person.phone": "打不通。"}))
        yield wu, application


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=12,
)
_NAMES = st.sampled_from(
    ["materials", "answers", "single", "repeats", "revision", "signature", "signedAt", "terminal", "reason", "language"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=200) | st.dictionaries(_NAMES, _JSON, max_size=6).map(msgspec.json.encode),
    path=st.sampled_from(["withdrawal", "supplement", "corrections"]),
    if_match=st.sampled_from(['"1"', '"2"', "W/x", "", '"999999999999999999"', ","]),
)
def test_no_body_brings_a_case_down(
    standing: tuple[Citizen, Application], body: bytes, path: str, if_match: str
) -> None:
    wu, application = standing
    (case,) = application.cases
    headers = {
        **wu.headers,
        "If-Match": if_match,
        "Idempotency-Key": str(uuid4()),
        "Content-Type": "application/json",
    }
    where = f"/v1/applications/{application.number}/" if path == "corrections" else f"/v1/cases/{case.number}/"
    answer = wu.http.request("PUT" if path == "supplement" else "POST", where + path, content=body, headers=headers)
    assert 400 <= answer.status_code < 500, answer.text
    problem_code(answer)
    assert seen(wu, case.number).case.state == "waiting"
