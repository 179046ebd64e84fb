"""Lives of cases from beginning to end: decided by people, asked for, handed in later, promised, visited, delayed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, select

from backend.city import (
    CHILD,
    NEWBORN_MATERIALS,
    NEWBORN_UNMARRIED,
    RESTAURANT,
    START,
    Citizen,
    Clock,
    problem_code,
    running,
    settings_on,
)
from backend.offices import CLERK, SUPERVISOR, Office, office_of, scanned, seen, supplement
from kiosk.backend.applications.acts import (
    Accept,
    Approve,
    Ask,
    BeginStep,
    BookVisit,
    CheckHandedIn,
    CheckPromise,
    Clerk,
    EndStep,
    Extend,
    HandOver,
    NotAccept,
    RecordVisit,
    Refuse,
    Revoke,
)
from kiosk.backend.applications.clock import working_days_between
from kiosk.backend.applications.desk import Work
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import schema
from kiosk.contract import Application, Case, ObligationKind
from kiosk.licences import parse_issuers, verify

ON_BOTH_DATABASES = True
CLOCK = Clock()


@pytest.fixture(scope="module")
def running_office(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[tuple[httpx.Client, Office]]:
    CLOCK.now = START
    # nobody verifies anew when weeks have gone by: that is another test's story
    with (
        settings_on(database, tmp_path_factory.mktemp("lives"), CLOCK, token_valid_s=400 * 86_400) as settings,
        running(settings) as client,
        office_of(settings, CLOCK) as opened,
    ):
        yield client, opened


@pytest.fixture
def http(running_office: tuple[httpx.Client, Office]) -> httpx.Client:
    return running_office[0]


@pytest.fixture
def office(running_office: tuple[httpx.Client, Office]) -> Office:
    """The office on the morning on which all begin; what others left lies in its lists, too."""
    CLOCK.now = START
    running_office[1].begin_anew()
    return running_office[1]


@pytest.fixture
def clock(office: Office) -> Clock:
    return office.clock


def referred(http: httpx.Client) -> tuple[Citizen, Case]:
    """Somebody too young for an allowance: a person decides."""
    wu = Citizen(http, "wu").verify()
    wu.fetch("old-age-allowance")
    (case,) = wu.file(wu.request("old-age-allowance", {})).cases
    assert case.state == "referred"
    return wu, case


def newborn(http: httpx.Client) -> tuple[Citizen, Application]:
    sun = Citizen(http, "sun").verify()
    sun.fetch("newborn")
    return sun, sun.file(sun.request("newborn", NEWBORN_UNMARRIED, [CHILD], entry=0, materials=NEWBORN_MATERIALS))


def restaurant(http: httpx.Client) -> tuple[Citizen, Application]:
    li = Citizen(http, "li").verify()
    li.fetch("restaurant")
    return li, li.file(li.request("restaurant", RESTAURANT))


def of(application: Application, item: str) -> Case:
    return next(case for case in application.cases if case.item == item)


def refused_with(code: Code) -> pytest.RaisesExc[RefusedRequestError]:
    return pytest.RaisesExc(RefusedRequestError, check=lambda error: error.code is code)


def told(office: Office, case: str) -> list[str]:
    """Return the kinds of messages that were written about a case."""
    table = schema.notice.c
    kinds = select(table.kind).where(table.about == case).order_by(table.id)
    return list(office.house.database.read_now(lambda connection: connection.execute(kinds).scalars()))


def test_a_person_approves_in_writing_and_hands_over(http: httpx.Client, office: Office) -> None:
    wu, case = referred(http)
    assert case.number in office.numbers(Work.DECIDE)
    office.do(case.number, Approve(reason="户籍档案核实年满八十周岁。", basis="《示例市高龄津贴办法》", output={}))
    found = seen(wu, case.number)
    assert found.case.state == "approved"
    assert found.case.decided_by == "person"
    assert [line.what for line in found.timeline] == ["submitted", "referred", "approved"]
    assert [line.who for line in found.timeline] == ["applicant", "rules", "person"]
    types = [document.type for document in found.case.documents]
    assert types[-1] == "approval-decision"
    assert len(types) == 2
    assert {remedy.kind for remedy in found.case.remedies} == {"reconsideration", "litigation"}
    issuers = parse_issuers(http.get("/v1/issuers").content)
    assert all(verify(document.qr, issuers).licence.number == document.number for document in found.documents)
    assert "S-0001" not in str(found)
    assert "collect" in found.actions
    office.do(case.number, HandOver(to="吴样本"))
    assert "collect" not in seen(wu, case.number).actions
    assert case.number not in office.numbers(Work.DECIDE)


def test_a_person_refuses_with_reasons_basis_and_what_can_be_done(http: httpx.Client, office: Office) -> None:
    wu, case = referred(http)
    with refused_with(Code.CASE_ACT):
        office.do(case.number, Refuse(reasons=" ", basis="《示例市高龄津贴办法》第三条"))
    office.do(case.number, Refuse(reasons="未满八十周岁。", basis="《示例市高龄津贴办法》第三条"))
    found = seen(wu, case.number).case
    assert found.state == "refused"
    assert "未满八十周岁" in found.reason.en
    reconsideration, litigation = found.remedies
    assert reconsideration.until == date(2026, 11, 23) + timedelta(days=60)
    assert litigation.until == date(2027, 5, 23)
    (decision,) = found.documents
    assert decision.type == "refusal-decision"
    stands = {label.zh_hans: value for label, value in decision.fields}
    assert stands["法律依据"] == "《示例市高龄津贴办法》第三条"
    assert "行政复议" in stands["救济途径"]
    assert told(office, case.number) == ["decision"]
    for act in (Approve(), Refuse(reasons="再次", basis="x"), Accept(), Ask(answers={"person.name": "x"})):
        with refused_with(Code.CASE_STATE):
            office.do(case.number, act)


def test_a_case_is_not_accepted_only_in_writing(http: httpx.Client, office: Office) -> None:
    wu, case = referred(http)
    office.do(case.number, NotAccept(reasons="不属于本机关职权范围。", basis="《行政许可法》第三十二条"))
    found = seen(wu, case.number).case
    assert found.state == "not-accepted"
    assert found.documents[0].type == "not-accepted-notice"
    assert http.get(f"/v1/status/{case.number}").json()["state"] == "not-accepted"


def test_two_clerks_at_once_are_one_decision(http: httpx.Client, office: Office) -> None:
    wu, case = referred(http)
    version = office.folder(case.number).case.version
    office.do(case.number, Refuse(reasons="未满八十周岁。", basis="第三条"), version=version)
    with refused_with(Code.CASE_CHANGED):
        office.do(case.number, Approve(), version=version)
    assert seen(wu, case.number).case.state == "refused"
    assert len(seen(wu, case.number).documents) == 2  # the referral, and one decision


def test_a_clerk_sees_only_their_departments(http: httpx.Client, office: Office) -> None:
    _, case = referred(http)
    other = Clerk(number="S-0009", departments=frozenset({"taxation"}))
    own = Clerk(number="S-0008", departments=frozenset({case.department}))
    assert case.number not in {row.number for row in office.rows(Work.DECIDE, other)}
    assert case.number in {row.number for row in office.rows(Work.DECIDE, own)}
    with refused_with(Code.NOT_FOUND):
        office.do(case.number, Approve(), clerk=other)
    folder = office.folder(case.number, own)
    assert folder.review.explanation
    assert set(folder.may) >= {"Approve", "Refuse", "NotAccept", "Accept", "Ask", "BeginStep"}


def test_what_is_missing_is_asked_once_and_completely(http: httpx.Client, office: Office, clock: Clock) -> None:
    sun, application = newborn(http)
    case = of(application, "birth-registration")
    assert case.state == "accepted"
    assert case.due_on == date(2026, 11, 30)
    office.let_time_pass(days=1)
    material = office.house.catalogue.items[case.item].materials[0].material
    with refused_with(Code.CASE_ACT):
        office.do(case.number, Ask(materials={"no-such-thing": "缺"}))
    office.do(case.number, Ask(materials={material: "照片看不清。"}, answers={"child.name": "和证明不一致。"}, days=10))
    found = seen(sun, case.number)
    assert found.case.state == "waiting"
    assert found.case.documents[0].type == "supplement-notice"
    assert {(each.kind, each.subject) for each in found.case.waits_for} == {
        ("material", material),
        ("answer", "child.name"),
    }
    assert found.case.waits_for[0].due_on == date(2026, 12, 8)
    assert "supplement" in found.actions
    assert told(office, case.number) == ["material-wanted"]
    with refused_with(Code.CASE_STATE):
        office.do(case.number, Approve())
    office.let_time_pass(days=3)
    half = supplement(sun, case.number, found.case.version, materials=[scanned(sun, material)])
    assert problem_code(half) == "supplement.invalid"
    assert half.json()["errors"][0]["pointer"] == "/answers/single/child.name"
    child = {**CHILD, "child.name": "孙小样"}
    row = {name: {"value": value, "origin": "citizen"} for name, value in child.items()}
    body = {
        "materials": [scanned(sun, material)],
        "answers": {"single": {}, "repeats": {"children": [row]}},
        "catalogueVersion": application.catalogue_version,
        "signature": [{"points": [[1, 2, 0], [300, 200, 40]]}],
    }
    assert problem_code(supplement(sun, case.number, found.case.version, **body | {"signature": []})) in {
        "application.invalid"
    }
    more = {**row, "child.hospital": {"value": "另一家医院", "origin": "citizen"}}
    unasked = body | {"answers": {"single": {}, "repeats": {"children": [more]}}}
    answer = supplement(sun, case.number, found.case.version, **unasked)
    assert problem_code(answer) == "supplement.invalid"
    assert answer.json()["errors"][0]["pointer"] == "/answers/repeats/children/0/child.hospital"
    taken = supplement(sun, case.number, found.case.version, **body)
    assert taken.status_code == 200, taken.text
    again = supplement(sun, case.number, found.case.version, **body)
    assert again.json() == taken.json()
    back = seen(sun, case.number).case
    assert back.state == "accepted"
    assert back.waits_for == ()
    assert back.revision == 2
    # from Tuesday to Friday the clock stood still
    assert back.due_on == date(2026, 12, 3)
    assert working_days_between(date(2026, 11, 30), back.due_on) == 3
    assert back.due_history[-1].was == date(2026, 11, 30)
    folder = office.folder(case.number)
    assert [each.revision for each in folder.revisions] == [1]
    assert folder.application.answers.repeats["children"][0]["child.name"].value == "孙小样"
    assert folder.asked[0].answered_at == clock.now
    with refused_with(Code.CASE_ACT):
        office.do(case.number, Ask(answers={"child.sex": "另一项"}))
    office.do(case.number, Ask(answers={"child.name": "仍不一致。"}))
    assert [each.round for each in office.folder(case.number).asked] == [1, 2]


def test_a_missed_day_refuses_nobody(http: httpx.Client, office: Office) -> None:
    wu, case = referred(http)
    office.do(case.number, Ask(answers={"person.phone": "打不通。"}, days=5))
    with refused_with(Code.CASE_STATE):
        office.do(case.number, NotAccept(reasons="逾期。", basis="x"))
    office.let_time_pass(days=8)
    found = seen(wu, case.number).case
    assert found.state == "waiting"
    assert found.waits_for[0].missed
    assert case.number in office.numbers(Work.MISSED)
    assert seen(wu, case.number).timeline[-1].what == "asked-missed"
    office.let_time_pass(hours=1)
    assert [line.what for line in seen(wu, case.number).timeline].count("asked-missed") == 1
    body = {
        "answers": {"single": {"person.phone": {"value": "13800138009", "origin": "citizen"}}, "repeats": {}},
        "catalogueVersion": office.house.catalogue.version,
        "signature": [{"points": [[1, 2, 0], [300, 200, 40]]}],
    }
    late = supplement(wu, case.number, found.version, **body)
    assert late.status_code == 200, late.text
    assert late.json()["case"]["state"] == "referred"


def test_a_person_may_end_what_was_not_supplemented(http: httpx.Client, office: Office) -> None:
    wu, case = referred(http)
    office.do(case.number, Ask(answers={"person.phone": "打不通。"}, days=5))
    office.let_time_pass(days=8)
    office.do(case.number, NotAccept(reasons="逾期未补正。", basis="《行政许可法》第三十二条"))
    found = seen(wu, case.number)
    assert found.case.state == "not-accepted"
    assert found.case.waits_for == ()
    assert found.actions == ()


def test_what_is_handed_in_later_stays_owed_until_it_is_there(http: httpx.Client, office: Office) -> None:
    sun, application = newborn(http)
    case = of(application, "maternity-benefit")
    (owed,) = seen(sun, case.number).obligations
    assert (owed.kind, owed.subject, owed.state) == ("material", "maternity-invoice", "open")
    assert owed.due_on == date(2026, 12, 21)
    assert [each.subject for each in case.waits_for] == ["maternity-invoice"]
    office.let_time_pass(days=23)
    timeline = seen(sun, case.number).timeline
    assert [line.what for line in timeline].count("reminded") == 1
    office.let_time_pass(hours=1)
    found = seen(sun, case.number)
    assert [line.what for line in found.timeline].count("reminded") == 1
    office.let_time_pass(days=6)
    found = seen(sun, case.number)
    assert found.obligations[0].state == "missed"
    assert case.number in office.numbers(Work.MISSED)
    answer = supplement(sun, case.number, found.case.version, materials=[scanned(sun, "maternity-invoice")])
    assert answer.status_code == 200, answer.text
    assert answer.json()["obligations"][0]["state"] == "handed-in"
    assert answer.json()["case"]["state"] == case.state
    assert case.number in office.numbers(Work.CHECK)
    bad = CheckHandedIn(kind=ObligationKind.MATERIAL, subject="maternity-invoice", good=False, says="不是发票。")
    office.do(case.number, bad)
    found = seen(sun, case.number)
    assert found.obligations[0].state == "open"
    assert "不是发票" in found.case.waits_for[0].says.zh_hans
    answer = supplement(sun, case.number, found.case.version, materials=[scanned(sun, "maternity-invoice")])
    assert answer.status_code == 200, answer.text
    office.do(case.number, CheckHandedIn(kind=ObligationKind.MATERIAL, subject="maternity-invoice", good=True))
    found = seen(sun, case.number)
    assert found.obligations[0].state == "met"
    assert found.case.waits_for == ()


def promised(application: Application) -> Case:
    return next(case for case in application.cases if case.promises and case.state == "approved")


def test_a_promise_is_kept_with_its_words_and_checked(http: httpx.Client, office: Office) -> None:
    li, application = restaurant(http)
    case = promised(application)
    assert case.decided_by == "rules"
    (promise, *_) = seen(li, case.number).obligations
    assert (promise.kind, promise.subject, promise.state) == ("promise", "promise-1", "open")
    assert promise.words == case.promises[0]
    assert case.waits_for == ()  # it is the department that checks
    assert case.number in office.numbers(Work.PROMISES)
    office.do(case.number, CheckPromise(subject="promise-1", kept=True, found="现场与承诺一致。"))
    assert seen(li, case.number).obligations[0].state == "met"
    with refused_with(Code.CASE_STATE):
        office.do(case.number, CheckPromise(subject="promise-1", kept=True, found="再查。"))


def test_a_broken_promise_is_put_right_or_the_licence_goes(http: httpx.Client, office: Office) -> None:
    li, application = restaurant(http)
    case = promised(application)
    with refused_with(Code.CASE_ACT):
        office.do(case.number, CheckPromise(subject="promise-1", kept=False, found="缺少安全出口。"))
    broken = CheckPromise(
        subject="promise-1",
        kept=False,
        found="缺少安全出口。",
        put_right="增设一个安全出口",
        put_right_by=date(2026, 12, 4),
    )
    office.do(case.number, broken)
    found = seen(li, case.number)
    assert found.case.state == "approved"
    assert [(each.kind, each.state) for each in found.obligations[-2:]] == [
        ("promise", "broken"),
        ("put-right", "open"),
    ] or found.obligations[0].state == "broken"
    (wait,) = found.case.waits_for
    assert wait.kind == "put-right"
    office.let_time_pass(days=12)
    assert case.number in office.numbers(Work.MISSED)
    office.do(case.number, Revoke(reasons="逾期未整改。", basis="《行政许可法》第六十九条"))
    found = seen(li, case.number)
    assert found.case.revoked
    assert found.case.state == "approved"
    assert found.case.documents[-1].type == "revocation-decision"
    assert found.case.remedies
    assert "collect" not in found.actions
    licence = found.case.documents[0]
    (revoked,) = [each for each in found.documents if each.number == licence.number]
    place = verify(revoked.qr, parse_issuers(http.get("/v1/issuers").content)).licence.status
    assert place is not None
    standing = {each["issuer"]: each for each in http.get("/v1/revocations").json()}
    assert case.department in standing
    with refused_with(Code.CASE_STATE):
        office.do(case.number, Revoke(reasons="再次。", basis="x"))


def inspected(application: Application) -> Case:
    return next(case for case in application.cases if case.state == "inspection-booked")


def test_a_visit_that_is_passed_issues_the_licence_on_the_spot(http: httpx.Client, office: Office) -> None:
    li, application = restaurant(http)
    case = inspected(application)
    assert case.appointment is not None
    with refused_with(Code.CASE_STATE):
        office.do(case.number, RecordVisit(found="合格", passed=True))
    with refused_with(Code.CASE_STATE):
        office.do(case.number, Approve())
    assert case.number in office.numbers(Work.VISITS)
    office.let_time_pass(days=(case.appointment.date() - date(2026, 11, 23)).days)
    office.do(case.number, RecordVisit(found="场所与图纸一致。", passed=True))
    found = seen(li, case.number)
    assert found.case.state == "approved"
    assert found.case.decided_by == "person"
    assert [line.what for line in found.timeline[-2:]] == ["visited", "approved"]
    assert found.case.documents[0].type == office.house.catalogue.items[case.item].result.licence


def test_a_visit_that_is_not_passed_is_put_right_and_visited_again(http: httpx.Client, office: Office) -> None:
    li, application = restaurant(http)
    case = inspected(application)
    assert case.appointment is not None
    office.let_time_pass(days=(case.appointment.date() - date(2026, 11, 23)).days)
    found_so = RecordVisit(
        found="排烟管道未接通。", passed=False, put_right="接通排烟管道", put_right_by=date(2026, 12, 11)
    )
    office.do(case.number, found_so)
    found = seen(li, case.number).case
    assert found.state == "inspection-booked"
    assert found.appointment is not None
    assert found.appointment.date() >= date(2026, 12, 11)
    assert found.documents[0].type == "put-right-notice"
    (wait,) = found.waits_for
    assert (wait.kind, wait.subject) == ("put-right", "visit")
    photo = {"material": "visit", "obtained": "scan", "reference": li.attach()}
    assert supplement(li, case.number, found.version, materials=[photo]).status_code == 200
    office.do(case.number, CheckHandedIn(kind=ObligationKind.PUT_RIGHT, subject="visit", good=True))
    office.let_time_pass(days=12)
    again = seen(li, case.number).case
    assert again.appointment is not None
    office.let_time_pass(days=max(0, (again.appointment.date() - date(2026, 12, 13)).days))
    refusal = Refuse(reasons="仍未整改到位。", basis="《食品安全法》第三十五条")
    office.do(case.number, RecordVisit(found="管道仍未接通。", passed=False, refusal=refusal))
    found = seen(li, case.number).case
    assert found.state == "refused"
    assert found.remedies
    assert found.appointment is None


def test_a_visit_can_be_booked_anew_and_its_notice_says_so(http: httpx.Client, office: Office) -> None:
    li, application = restaurant(http)
    case = inspected(application)
    office.do(case.number, BookVisit(not_before=date(2026, 12, 8), half="morning"))
    found = seen(li, case.number)
    assert found.case.appointment is not None
    assert found.case.appointment.date() >= date(2026, 12, 8)
    assert found.case.documents[0].number != case.documents[0].number
    shown = {label.zh_hans: value for label, value in found.case.documents[0].fields}
    assert any("12 月 8" in value or "12月8" in value or "2026-12-08" in value for value in shown.values()), shown


def test_a_special_step_stops_the_clock_and_is_told_when_it_is_late(http: httpx.Client, office: Office) -> None:
    sun, application = newborn(http)
    case = of(application, "birth-registration")
    with refused_with(Code.CASE_ACT):
        office.do(case.number, BeginStep(step="tender"))
    office.do(case.number, BeginStep(step="hearing"))
    with refused_with(Code.CASE_STATE):
        office.do(case.number, Approve())
    assert case.number in office.numbers(Work.STEPS)
    (step,) = seen(sun, case.number).case.steps
    assert step.limit_on == date(2026, 12, 21)
    office.let_time_pass(days=14)
    assert not seen(sun, case.number).case.overdue  # the clock stands still
    office.let_time_pass(days=15)
    found = seen(sun, case.number).case
    assert found.steps[0].overdue
    assert case.number in office.numbers(Work.OVERDUE)
    office.do(case.number, EndStep(result="听证结束，双方无异议。"))
    found = seen(sun, case.number).case
    took = working_days_between(date(2026, 11, 23), date(2026, 12, 22))
    assert found.due_on is not None
    assert working_days_between(date(2026, 11, 23), found.due_on) == 5 + took
    with refused_with(Code.CASE_STATE):
        office.do(case.number, BeginStep(step="hearing"))


def test_a_department_that_is_late_is_told_to_its_supervisor(http: httpx.Client, office: Office) -> None:
    sun, application = newborn(http)
    case = of(application, "birth-registration")
    office.let_time_pass(days=8)
    found = seen(sun, case.number)
    assert found.case.overdue
    assert found.timeline[-1].what == "overdue"
    assert told(office, case.number) == ["overdue"]
    assert case.number in office.numbers(Work.OVERDUE)
    with refused_with(Code.CASE_ACT):
        office.do(case.number, Extend(days=5, reason="需要外地核实。"))
    with refused_with(Code.CASE_ACT):
        office.do(case.number, Extend(days=11, reason="需要外地核实。"), clerk=SUPERVISOR)
    office.do(case.number, Extend(days=10, reason="需要外地核实。"), clerk=SUPERVISOR)
    found = seen(sun, case.number)
    assert found.case.due_on == date(2026, 12, 14)
    assert not found.case.overdue
    with refused_with(Code.CASE_STATE):
        office.do(case.number, Extend(days=1, reason="再次。"), clerk=SUPERVISOR)


def test_a_referred_case_is_accepted_with_a_notice(http: httpx.Client, office: Office) -> None:
    wu, case = referred(http)
    office.do(case.number, Accept())
    found = seen(wu, case.number).case
    assert found.state == "accepted"
    assert found.documents[0].type == "acceptance-notice"
    assert found.due_on == case.due_on


def test_nobody_else_sees_a_case(http: httpx.Client, office: Office) -> None:
    wu, case = referred(http)
    li = Citizen(http, "li").verify()
    assert problem_code(http.get(f"/v1/cases/{case.number}", headers=li.headers)) == "not-found"
    assert problem_code(supplement(li, case.number, 2, materials=[])) == "not-found"
    assert office.folder(case.number, CLERK).resident
    assert problem_code(http.get(f"/v1/cases/{case.number}")) == "token.missing"
    assert wu.token


def test_what_a_register_has_by_now_nobody_hands_in(http: httpx.Client, office: Office) -> None:
    li = Citizen(http, "li").verify()
    li.fetch("restaurant")
    application = li.file(li.request("restaurant", RESTAURANT, materials={"staff-health": "later"}))
    case = inspected(application)
    (wait,) = case.waits_for
    assert (wait.kind, wait.subject) == ("material", "staff-health")
    table = schema.register_entry
    of_register = (table.c.register == "food-health", table.c.resident == office.folder(case.number).resident)

    def take_away(connection: Connection) -> list[dict[str, Any]]:
        rows = [dict(row) for row in connection.execute(select(table).where(*of_register)).mappings()]
        connection.execute(table.delete().where(*of_register))
        return rows

    entries = office.house.database.write_now(take_away)
    assert entries
    claimed = {"material": "staff-health", "obtained": "register"}
    answer = supplement(li, case.number, seen(li, case.number).case.version, materials=[claimed])
    assert problem_code(answer) == "supplement.invalid"
    assert answer.json()["errors"][0]["pointer"] == "/materials/0/obtained"
    office.house.database.write_now(lambda connection: connection.execute(table.insert(), entries))
    answer = supplement(li, case.number, seen(li, case.number).case.version, materials=[claimed])
    assert answer.status_code == 200, answer.text
    assert answer.json()["obligations"][0]["state"] == "met"
    second = inspected(li.file(li.request("restaurant", RESTAURANT, materials={"staff-health": "later"})))
    office.let_time_pass(days=25)
    found = seen(li, second.number)
    assert found.obligations[0].state == "met"
    assert found.case.waits_for == ()
    assert found.timeline[-1].what in {"material-found", "overdue"}
    assert "material-found" in [line.what for line in found.timeline]
    assert "reminded" not in [line.what for line in found.timeline]
