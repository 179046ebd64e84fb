"""Outcomes as they are made, department by department."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from pathlib import Path

import httpx
import msgspec
import pytest

from backend.city import CHILD, NEWBORN_MATERIALS, NEWBORN_UNMARRIED, Citizen, Clock, running, settings_for
from kiosk.backend.applications.departments import Departments
from kiosk.backend.applications.outcomes import ANSWER_DAYS, Outcomes
from kiosk.backend.applications.sentences import PROVISIONAL
from kiosk.backend.applications.states import MOVES, Move
from kiosk.backend.house import build
from kiosk.backend.settings import CHINA, china_now
from kiosk.backend.workdays import workdays
from kiosk.catalogue import Outcome
from kiosk.contract import Application, CaseState, CheckState


def newborn(http: httpx.Client) -> tuple[Citizen, Application]:
    sun = Citizen(http, "sun").verify()
    sun.fetch("newborn")
    body = sun.request(
        "newborn",
        NEWBORN_UNMARRIED,
        [CHILD],
        entry=0,
        materials=NEWBORN_MATERIALS,
        today=china_now().date(),
        signed_at=china_now(),
    )
    answer = sun.submit(body)
    assert answer.status_code == 201, answer.text
    return sun, msgspec.json.decode(answer.content, type=Application)


def test_departments_answer_one_after_another_and_a_reader_may_come_back(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, department_pace_s=0.1)) as http:
        sun, application = newborn(http)
        waiting = [case.item for case in application.cases if case.state == "submitted"]
        assert len(waiting) >= 3
        events = sun.outcomes(application.number)
        assert [name for _, name, _ in events] == ["case"] * len(application.cases) + ["end"]
        later = [event["case"]["item"] for _, _, event in events[-1 - len(waiting) : -1]]
        assert sorted(later) == sorted(waiting)
        assert sun.outcomes(application.number) == events
        third = events[2][0]
        assert sun.outcomes(application.number, third) == events[3:]
        assert sun.outcomes(application.number, "not a number") == events


def test_who_waits_is_told_what_is_looked_at_and_no_value(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, department_pace_s=0.1)) as http:
        sun, application = newborn(http)
        waiting = [case for case in application.cases if case.state == "submitted"]
        assert {check.state for case in waiting for check in case.checks} == {CheckState.OPEN}
        sun.outcomes(application.number)
        done = sun.application(application.number).cases
    assert all(case.checks[-1].name.en == "the conditions" for case in done)
    assert {check.state for case in done for check in case.checks} <= {CheckState.PASSED, CheckState.PERSON}
    told = str([check.name for case in done for check in case.checks])
    assert sun.person.name not in told
    assert sun.person.number not in told
    compared = {check.source.zh_hans for case in done for check in case.checks if check.source is not None}
    assert compared, "nothing was compared with a register"
    for case in done:
        if case.state == "approved":
            assert case.checks[-1].state is CheckState.PASSED


def test_a_number_alone_shows_the_state_and_no_person(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as http:
        sun, application = newborn(http)
        sun.outcomes(application.number)
        for case in sun.application(application.number).cases:
            status = http.get(f"/v1/status/{case.number}").json()
            assert set(status) == {"number", "itemName", "departmentName", "state", "dueOn"}
            assert status["state"] == case.state
            assert sun.person.name not in str(status)


def test_a_case_that_cannot_be_settled_reaches_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Outcomes, "_accept", broken)
    with running(settings_for(tmp_path, job_attempts=2)) as http:
        sun, application = newborn(http)
        sun.outcomes(application.number)
        states = {case.item: case.state.value for case in sun.application(application.number).cases}
    assert states["birth-registration"] == "referred"
    assert states["vaccination-record"] == "approved"


def test_a_claim_whose_lease_ran_out_cannot_finish(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, department_pace_s=3600)) as http:
        newborn(http)
    house = build(settings_for(tmp_path, clock=None, lease_s=0.0))
    slow, quick = (
        Departments(house.settings, house.catalogue, house.database, house.departments._outcomes, lambda _: None)
        for _ in range(2)
    )
    department = "public-security"
    house.database.write_now(lambda connection: connection.exec_driver_sql("UPDATE job SET not_before = 0"))
    first = house.database.write_now(lambda connection: slow.claim(connection, department))
    second = house.database.write_now(lambda connection: quick.claim(connection, department))
    assert first is not None
    assert second is not None
    assert first.job == second.job
    assert not house.database.write_now(lambda connection: slow.finish(connection, first))
    assert house.database.write_now(lambda connection: quick.finish(connection, second))
    assert not house.database.write_now(lambda connection: quick.finish(connection, second))
    house.close()


def test_there_is_no_way_from_a_rule_to_a_refusal() -> None:
    assert "refused" not in {outcome.value for outcome in Outcome}
    of_persons = {CaseState.REFUSED, CaseState.NOT_ACCEPTED}
    for move in (Move.SETTLE, Move.RECONSIDER):
        ends = MOVES[move][1]
        assert ends
        assert not ends & of_persons
    folder = Path(__file__).parents[3] / "kiosk" / "backend" / "applications"
    for name in ("review", "outcomes", "submission", "departments", "examining", "sweeps"):
        source = (folder / f"{name}.py").read_text(encoding="utf-8")
        assert not [state for state in of_persons if state.name in source], name


def test_a_case_whose_item_is_not_in_the_catalogue_any_more_reaches_a_person(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, department_pace_s=3600)) as http:
        _, application = newborn(http)
    waiting = {case.item for case in application.cases if case.state == "submitted"}
    with sqlite3.connect(tmp_path / "backend.sqlite") as connection:
        connection.execute("UPDATE job SET item = 'gone', department = 'gone' WHERE item = 'birth-registration'")
        connection.execute("UPDATE case_ SET item = 'gone' WHERE item = 'birth-registration'")
        connection.execute("UPDATE job SET not_before = 0")
    connection.close()
    assert "birth-registration" in waiting
    with running(settings_for(tmp_path)) as http:
        sun = Citizen(http, "sun").verify()
        assert sun.outcomes(application.number)[-1][1] == "end"
        case = next(case for case in sun.application(application.number).cases if case.item == "birth-registration")
    assert case.state == "referred"
    assert case.due_on is not None


def test_a_day_of_a_year_that_is_not_announced_is_said_to_be_one(tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 12, 31, 23, 59, 59, tzinfo=CHINA))
    today = clock.now.date()
    with running(settings_for(tmp_path, clock)) as http:
        chen = Citizen(http, "chen").verify()
        chen.fetch("old-age-allowance")
        body = chen.request("old-age-allowance", {}, today=today, signed_at=clock.now)
        body["answers"]["single"]["person.birth_date"] = {"value": "1985-03-15", "origin": "citizen"}
        clock.advance(seconds=2)
        (case,) = chen.file(body).cases
    assert case.state == "referred"
    due = workdays().after(date(2027, 1, 1), ANSWER_DAYS)
    assert (case.due_on, due.provisional) == (due.on, True)
    assert PROVISIONAL.zh_hans in case.reason.zh_hans
