"""Those who act for somebody else, and those who stand beside them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest

from backend.city import TODAY, Citizen, Clock, at, catalogue, people, problem_code, running, settings_for
from backend.offices import correct
from kiosk.catalogue import Audience, Holder, Outcome
from kiosk.contract import Application
from kiosk.forms import Answers, Question

LATER = (TODAY + timedelta(days=20)).isoformat()
ITEM = "old-age-allowance"
PHONE = "register.population.phone"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("agents")


@pytest.fixture(scope="module")
def http(folder: Path) -> Iterator[httpx.Client]:
    with running(settings_for(folder, Clock())) as client:
        yield client


def document(key: str) -> dict[str, str]:
    person = people()[key]
    return {"kind": person.kind, "number": person.number, "name": person.name}


def authority(principal: str, mandate: str = "", *items: str, **changes: Any) -> dict[str, Any]:
    """Return what an agent says they may do."""
    said = {"principal": document(principal), "items": list(items or [ITEM]), "validUntil": LATER, "mandate": mandate}
    return said | changes


@dataclass
class Agent(Citizen):
    """Somebody who fills in for another."""

    principal: str = ""

    def card(self) -> dict[str, Any]:
        """Return the principal's name and number as the agent types them; the card that lies there is the agent's."""
        person = people()[self.principal]
        return {"card.name": person.name, "card.number": person.number}


def ask(citizen: Citizen, said: dict[str, Any] | None, names: list[str], purpose: str = ITEM) -> httpx.Response:
    body = {"purpose": purpose, "notice": "1", "names": names, "authority": said}
    return citizen.http.post("/v1/facts", json=body, headers=citizen.headers)


def ledger(folder: Path) -> list[tuple[str, str | None, str, str]]:
    """Return whose data it was, who looked, who stood by, and the channel."""
    with sqlite3.connect(folder / "backend.sqlite") as connection:
        rows = connection.execute(
            "SELECT mine.name, agent.name, ledger.helper, ledger.channel FROM ledger "
            "JOIN resident mine ON mine.id = ledger.resident LEFT JOIN resident agent ON agent.id = ledger.agent "
            "ORDER BY ledger.id"
        ).fetchall()
    connection.close()
    return rows


def allowance(agent: Citizen, said: dict[str, Any] | None) -> dict[str, Any]:
    """Return an application for the allowance as the agent's terminal would send it."""
    matter = catalogue().matter(ITEM, Answers(), TODAY)
    elements = [page.element for page in matter.form.pages if isinstance(page, Question)]
    names = sorted({name for each in elements for name in each.known_from if not name.startswith("card.")})
    answer = ask(agent, said, names)
    agent.known = {fact["name"]: fact["value"] for fact in answer.json()["facts"]} if answer.is_success else {}
    return {**agent.request(ITEM, {}), "authority": said}


def test_the_mandates_of_the_register_are_those_in_force(http: httpx.Client) -> None:
    def references(key: str) -> list[str]:
        citizen = Citizen(http, key).verify()
        answer = http.get("/v1/mandates", headers=citizen.headers)
        return [each["reference"] for each in answer.json()]

    assert references("qian") == ["WT-0001"]
    assert references("jiang") == ["WT-0002"]
    assert references("wang") == []  # has run out
    assert references("sun") == []  # was revoked
    assert references("zhao") == []  # is the principal, not the agent
    assert problem_code(http.get("/v1/mandates")) == "token.missing"


def test_an_agent_applies_for_their_principal_and_both_are_named(http: httpx.Client, folder: Path) -> None:
    wu = Agent(http, "wu", principal="chen").verify()
    assert isinstance(wu, Agent)
    application = wu.file(allowance(wu, authority("chen", "WT-0003")))
    (case,) = application.cases
    assert case.state == "approved", case.reason
    assert (application.applicant, application.agent) == ("陈样本", "吴样例")
    assert application.authority is not None
    assert application.authority.mandate == "WT-0003"
    stands = {label.zh_hans: value for label, value in case.documents[0].fields}
    assert stands["姓名"] == "陈样本"
    assert [row[:2] for row in ledger(folder)[-2:]] == [("陈样本", "吴样例")] * 2
    # both may read it, nobody else
    chen, wang = Citizen(http, "chen").verify(), Citizen(http, "wang").verify()
    assert chen.application(application.number).agent == "吴样例"
    assert http.get(f"/v1/applications/{application.number}", headers=wang.headers).status_code == 404


def test_a_notice_names_the_agent_beside_the_applicant(http: httpx.Client) -> None:
    wu = Agent(http, "wu", principal="chen").verify()
    body = allowance(wu, authority("chen", "WT-0003"))
    body["answers"]["single"]["person.birth_date"] = {"value": "1985-03-15", "origin": "citizen"}
    (case,) = wu.file(body).cases
    assert case.state == "referred"
    stands = {label.zh_hans: value for label, value in case.documents[0].fields}
    assert stands["申请人"] == "陈样本（代办人：吴样例）"


@pytest.mark.parametrize(
    ("key", "said", "code"),
    [
        ("wang", authority("chen", "WT-0003"), "mandate.unknown"),  # somebody else's
        ("wu", authority("zhao", "WT-0003"), "mandate.unknown"),  # for another person
        ("wu", authority("chen", "WT-9999"), "mandate.unknown"),
        ("wang", authority("liu", "WT-0004"), "mandate.unknown"),  # has run out
        ("sun", authority("zhou", "WT-0005"), "mandate.unknown"),  # was revoked
        ("wu", authority("chen"), "mandate.unknown"),  # by no right at all
        ("wu", authority("chen", "WT-0003", "insurance-certificate", ITEM), "mandate.exceeded"),
        ("wu", authority("chen", "WT-0003", validUntil=str(TODAY - timedelta(days=1))), "mandate.exceeded"),
        ("wu", authority("chen", "WT-0003", validUntil=str(TODAY + timedelta(days=900))), "mandate.exceeded"),
    ],
)
def test_without_a_mandate_nothing_is_told_and_nothing_is_filed(
    http: httpx.Client, folder: Path, key: str, said: dict[str, Any], code: str
) -> None:
    agent = Citizen(http, key).verify()
    before = ledger(folder)
    assert problem_code(ask(agent, said, [PHONE])) == code
    body = {"purpose": ITEM, "notice": "1", "materials": ["household-register"], "authority": said}
    assert problem_code(http.post("/v1/materials", json=body, headers=agent.headers)) == code
    chen = Citizen(http, "chen").verify()
    chen.fetch(ITEM)
    sent = chen.request(ITEM, {}) | {"authority": said}
    assert problem_code(agent.submit(sent)) in {code, "attachment.unknown"}
    channels = [row for row in ledger(folder)[len(before) :] if row[1] is not None]
    assert channels == []


def test_a_mandate_for_one_item_opens_no_other(http: httpx.Client) -> None:
    wu = Citizen(http, "wu").verify()
    said = authority("chen", "WT-0003")
    other = ask(wu, said, ["register.social-insurance.status"], purpose="insurance-certificate")
    assert problem_code(other) == "mandate.exceeded"


def test_an_employee_sees_the_company_and_not_its_representative(http: httpx.Client, folder: Path) -> None:
    item = next(
        item
        for item in catalogue().items.values()
        if item.audience is Audience.ENTERPRISE
        and item.outcome is Outcome.APPROVED
        and {"person.phone", "enterprise.name"} <= {need.element for need in item.needs}
    )
    said = authority("li", "WT-0002", item.id)
    jiang = Citizen(http, "jiang").verify()
    answer = ask(jiang, said, [PHONE, "licence.business-licence.name"], purpose=item.id)
    told = {fact["name"]: fact["value"] for fact in answer.json()["facts"]}
    assert told == {PHONE: people()["jiang"].phone, "licence.business-licence.name": "示例小馆餐饮管理有限公司"}
    pulled = ledger(folder)[-2:]
    assert {(row[0], row[1]) for row in pulled} == {("蒋办例", None), ("李模拟", "蒋办例")}
    person = next(each.id for each in catalogue().items.values() if each.audience is Audience.PERSON)
    assert problem_code(ask(jiang, authority("li", "WT-0002", person), [], purpose=person)) == "mandate.exceeded"


def test_registers_of_companies_say_so() -> None:
    assert catalogue().registers["business"].holder is Holder.ENTERPRISE
    assert catalogue().registers["population"].holder is Holder.PERSON
    assert catalogue().licences["business-licence"].held_by is Holder.ENTERPRISE


def by_letter(agent: Citizen, said: dict[str, Any]) -> dict[str, Any]:
    """Return an application for the allowance of 陈样本 as an agent types it."""
    chen = Citizen(agent.http, "chen").verify()
    chen.fetch(ITEM)
    body = chen.request(ITEM, {}) | {"authority": said}
    # as an agent types them: nothing claims a register, and what only a register can say is not there
    del body["answers"]["single"]["allowance.receiving"]
    for answer in body["answers"]["single"].values():
        answer["origin"] = "citizen"
    body["materials"] = [
        {"material": each["material"], "obtained": "scan", "reference": agent.attach()}
        if each["obtained"] in {"licence", "register"}
        else each
        for each in body["materials"]
    ]
    return body


def test_a_letter_opens_nothing_and_a_person_confirms_it(http: httpx.Client, folder: Path) -> None:
    wang = Citizen(http, "wang").verify()
    said = authority("chen", letter=wang.attach())
    assert problem_code(ask(wang, said, [PHONE])) == "mandate.unproven"
    body = by_letter(wang, said)
    before = len(ledger(folder))
    answer = wang.submit(body)
    assert answer.status_code == 201, answer.text
    application = msgspec.json.decode(answer.content, type=Application)
    assert [case.state for case in application.cases] == ["referred"]
    assert "委托书" in application.cases[0].reason.zh_hans
    assert (application.applicant, application.agent) == ("陈样本", "王示例")
    # what the register says would be told by what differs: it is not asked
    assert [row for row in ledger(folder)[before:] if row[3] == "submission"] == []


def test_who_came_with_a_letter_does_not_see_what_the_applicant_then_says(http: httpx.Client) -> None:
    wang = Citizen(http, "wang").verify()
    body = by_letter(wang, authority("chen", letter=wang.attach()))
    application = msgspec.json.decode(wang.submit(body).content, type=Application)
    path, case = f"/v1/applications/{application.number}", application.cases[0].number
    assert http.get(path, headers=wang.headers).status_code == 200
    chen = Citizen(http, "chen").verify()
    chen.fetch(ITEM)
    own = chen.request(ITEM, {})
    shared = ("answers", "catalogueVersion", "signature", "signedAt", "language", "terminal", "session")
    said = {"revision": 1, "materials": [], **{name: own[name] for name in shared}}
    corrected = correct(chen, application.number, str(uuid4()), said)
    assert corrected.status_code == 200, corrected.text
    assert http.get(path, headers=chen.headers).status_code == 200
    for hidden in (path, f"{path}/outcomes", f"/v1/cases/{case}", f"/v1/cases/{case}/delivery"):
        assert problem_code(http.get(hidden, headers=wang.headers)) == "not-found", hidden
    listed = http.get("/v1/applications", headers=wang.headers).json()["applications"]
    assert application.number not in {each["number"] for each in listed}


def test_where_the_result_goes_is_not_told_to_who_came_with_a_letter(http: httpx.Client) -> None:
    wang, chen = Citizen(http, "wang").verify(), Citizen(http, "chen").verify()
    (case,) = wang.file(by_letter(wang, authority("chen", letter=wang.attach()))).cases
    path = f"/v1/cases/{case.number}/delivery"
    assert http.get(path, headers=chen.headers).status_code == 200
    assert http.get(path, headers=wang.headers).status_code == 404


def test_a_letter_of_somebody_else_for_a_stranger_or_for_oneself_is_none(http: httpx.Client) -> None:
    wang, wu = Citizen(http, "wang").verify(), Citizen(http, "wu").verify()
    letter = wang.attach()
    assert problem_code(wu.submit(by_letter(wu, authority("chen", letter=letter)))) == "attachment.unknown"
    stranger = authority("chen", letter=letter)
    stranger["principal"] = {**stranger["principal"], "name": "李模拟"}
    assert problem_code(wang.submit(by_letter(wang, stranger))) == "mandate.unknown"
    assert problem_code(wang.submit(by_letter(wang, authority("wang", letter=letter)))) == "mandate.unknown"
    # asking for facts does not even tell whether there is such a person
    assert problem_code(ask(wang, stranger, [])) == "mandate.unproven"


def test_a_draft_for_a_principal_opens_only_while_the_mandate_does(tmp_path: Path) -> None:
    clock = Clock()
    with running(settings_for(tmp_path, clock, draft_valid_s=90 * 86_400)) as http:
        wu = Citizen(http, "wu").verify()
        single = {"person.phone": {"value": people()["chen"].phone, "origin": PHONE}}
        kept = {
            "matter": ITEM,
            "items": [ITEM],
            "catalogueVersion": catalogue().version,
            "answers": {"single": single, "repeats": {}},
            "authority": authority("chen", "WT-0003"),
        }
        path = "/v1/drafts/for-somebody-else"
        assert http.put(path, json=kept, headers=wu.headers).status_code == 201
        assert http.get(path, headers=wu.headers).json()["answers"]["single"] == single
        clock.advance(days=40)
        later = Citizen(http, "wu").verify()
        refused = http.get(path, headers=later.headers)
        assert problem_code(refused) in {"mandate.unknown", "mandate.exceeded"}
        assert str(people()["chen"].phone) not in refused.text
        assert http.delete(path, headers=later.headers).status_code == 204


def staff_code(http: httpx.Client, citizen: Citizen, staff: str = "BB-0001") -> str:
    answer = http.post("/v1/assistance", json={"staff": staff}, headers=citizen.headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_helper_is_named_and_told_nothing(http: httpx.Client, folder: Path) -> None:
    chen = Citizen(http, "chen").verify()
    assistance = staff_code(http, chen)
    answer = http.post(f"/v1/assistance/{assistance}/check", json={"code": chen.newest_code()}, headers=chen.headers)
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == {"staff", "name", "departmentName"}
    chen.fetch(ITEM)
    application = chen.file(chen.request(ITEM, {}))
    assert application.helper == "BB-0001"
    assert application.applicant == "陈样本"
    assert {row for row in ledger(folder)[-2:] if row[0] == "陈样本"} == {
        ("陈样本", None, "BB-0001", "facts"),
        ("陈样本", None, "BB-0001", "submission"),
    }
    # another session of the same person has no helper
    alone = Citizen(http, "chen").verify()
    alone.fetch(ITEM)
    assert ledger(folder)[-1] == ("陈样本", None, "", "facts")


def test_a_helpers_code_makes_no_token_and_serves_nobody_else(http: httpx.Client) -> None:
    chen, wu = Citizen(http, "chen").verify(), Citizen(http, "wu").verify()
    assistance = staff_code(http, chen)
    code = chen.newest_code()
    assert problem_code(chen.check(assistance, code)) == "not-found"
    path = f"/v1/assistance/{assistance}/check"
    assert problem_code(http.post(path, json={"code": code}, headers=wu.headers)) == "not-found"
    wrong = http.post(path, json={"code": f"{(int(code) + 1) % 10**6:06d}"}, headers=chen.headers)
    assert problem_code(wrong) == "verification.wrong-code"
    assert http.post(path, json={"code": code}, headers=chen.headers).status_code == 200
    assert problem_code(http.post(path, json={"code": code}, headers=chen.headers)) == "verification.spent"
    own = chen.ask_for_code().json()["id"]
    assert problem_code(
        http.post(f"/v1/assistance/{own}/check", json={"code": chen.newest_code()}, headers=chen.headers)
    ) == ("not-found")


@pytest.mark.parametrize("staff", ["BB-9999", "", "   "])
def test_a_staff_number_that_nobody_has_gets_no_code(http: httpx.Client, staff: str) -> None:
    chen = Citizen(http, "chen").verify()
    answer = http.post("/v1/assistance", json={"staff": staff}, headers=chen.headers)
    assert problem_code(answer) == "verification.no-phone"
    assert problem_code(http.post("/v1/assistance", json={"staff": "BB-0001"})) == "token.missing"


def test_a_helper_stands_beside_one_terminal(http: httpx.Client) -> None:
    chen = Citizen(http, "chen").verify()
    assistance = staff_code(http, chen)
    path, code = f"/v1/assistance/{assistance}/check", {"code": chen.newest_code()}
    with at(http, "T-ELSEWHERE") as there:
        elsewhere = Citizen(there, "chen").verify()
        assert problem_code(there.post(path, json=code, headers=elsewhere.headers)) == "not-found"
    assert http.post(path, json=code, headers=chen.headers).status_code == 200


def test_a_helper_who_left_the_service_is_none(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, Clock())) as http:
        chen = Citizen(http, "chen").verify()
        assistance = staff_code(http, chen)
        with sqlite3.connect(tmp_path / "backend.sqlite") as connection:
            connection.execute("DELETE FROM staff")
        connection.close()
        path = f"/v1/assistance/{assistance}/check"
        answer = http.post(path, json={"code": chen.newest_code()}, headers=chen.headers)
        assert problem_code(answer) == "verification.spent"
        chen.fetch(ITEM)
        assert chen.file(chen.request(ITEM, {})).helper == ""


def test_a_draft_on_a_letter_does_not_tell_whether_there_is_such_a_person(http: httpx.Client) -> None:
    wang = Citizen(http, "wang").verify()
    letter = wang.attach()
    answers: dict[str, Any] = {"single": {}, "repeats": {}}
    opened = []
    for name in ("陈样本", "无此人"):
        said = authority("chen", letter=letter)
        said["principal"] = {**said["principal"], "name": name}
        kept = {"matter": ITEM, "items": [ITEM], "catalogueVersion": "1", "answers": answers, "authority": said}
        assert http.put("/v1/drafts/on-a-letter", json=kept, headers=wang.headers).status_code == 201
        opened.append(http.get("/v1/drafts/on-a-letter", headers=wang.headers).status_code)
        assert http.delete("/v1/drafts/on-a-letter", headers=wang.headers).status_code == 204
    assert opened == [200, 200]


def test_a_helper_who_leaves_is_named_no_more(http: httpx.Client) -> None:
    chen = Citizen(http, "chen").verify()
    assistance = staff_code(http, chen)
    path = f"/v1/assistance/{assistance}/check"
    assert http.post(path, json={"code": chen.newest_code()}, headers=chen.headers).status_code == 200
    assert http.delete("/v1/assistance", headers=chen.headers).status_code == 204
    chen.fetch(ITEM)
    assert chen.file(chen.request(ITEM, {})).helper == ""
    assert problem_code(http.delete("/v1/assistance")) == "token.missing"


def test_what_an_agent_filed_is_seen_by_them_while_the_mandate_is_in_force(tmp_path: Path) -> None:
    clock = Clock()
    with running(settings_for(tmp_path, clock)) as http:
        wu = Agent(http, "wu", principal="chen").verify()
        assert isinstance(wu, Agent)
        number = wu.file(allowance(wu, authority("chen", "WT-0003"))).number
        with sqlite3.connect(tmp_path / "backend.sqlite") as connection:
            connection.execute("UPDATE mandate SET revoked = 1 WHERE reference = 'WT-0003'")
        connection.close()
        for path in (f"/v1/applications/{number}", f"/v1/applications/{number}/outcomes"):
            assert problem_code(http.get(path, headers=wu.headers)) == "not-found"
        rated = http.put(f"/v1/applications/{number}/rating", json={"level": 5}, headers=wu.headers)
        assert problem_code(rated) == "not-found"
        assert Citizen(http, "chen").verify().application(number).number == number
