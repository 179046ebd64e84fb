"""Times at counters and of inspectors, what to bring, days that stop the clock, and the notices that say so."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, insert, select

from backend.city import START, TODAY, Clock, catalogue, settings_for
from backend.filing import Street, basket, case_of, finish, request, street_of
from kiosk.backend.applications.counters import COUNTERS, reserve
from kiosk.backend.applications.documents import issue
from kiosk.backend.applications.sentences import plain
from kiosk.backend.house import build
from kiosk.backend.storage import schema
from kiosk.backend.workdays import workdays
from kiosk.catalogue import BASKET, Item, Outcome
from kiosk.contract import IssuedDocument
from kiosk.forms import Question
from kiosk.licences import parse_issuers, verify

ON_BOTH_DATABASES = True

QR_CHARS = 666
CHOSEN = ("old-age-allowance", "insurance-certificate")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("street")


@pytest.fixture(scope="module")
def street(folder: Path) -> Iterator[Street]:
    with street_of(folder) as made:
        yield made


def booked() -> list[Item]:
    return [item for item in catalogue().items.values() if item.outcome is Outcome.BOOKED]


def test_a_booked_item_ends_with_a_time_a_place_and_what_to_bring(street: Street) -> None:
    item = next(item for item in booked() if item.audience == "person")
    wish = date(2026, 12, 1)
    given = {"appointment.date": wish.isoformat(), "appointment.half_day": "afternoon"}
    applied = street.move_in(basket((item.id,), given))
    applicant = applied.verified(street.http)
    application = finish(applicant, request(applicant, applied.filed))
    (case,) = application.cases
    assert case.state == "booked"
    assert case.appointment is not None
    assert case.appointment.date() == wish
    assert case.appointment.hour >= 14
    department = catalogue().departments[item.department]
    assert case.office == department.office
    assert case.bring[0].zh_hans == "本人身份证件"
    assert department.office.zh_hans in case.reason.zh_hans
    (notice,) = case.documents
    stands = {label.zh_hans: value for label, value in notice.fields}
    assert notice.type == "appointment-notice"
    assert stands["办理地点"] == department.office.zh_hans
    assert stands["请带上"].startswith("本人身份证件")
    assert case.due_on is None
    assert application.answers.single["appointment.date"].value == wish.isoformat()


def test_what_could_not_be_replaced_has_to_be_brought(street: Street) -> None:
    for item in booked():
        applied = street.move_in(basket((item.id,)))
        applicant = applied.verified(street.http)
        body = request(applicant, applied.filed)
        scanned = {each["material"] for each in body["materials"] if each["obtained"] == "scan"}
        case = case_of(finish(applicant, body), item.id)
        names = {catalogue().materials[material].name for material in scanned}
        assert names <= set(case.bring), item.id
        replaced = {each["material"] for each in body["materials"]} - scanned
        assert not {catalogue().materials[material].name for material in replaced} & set(case.bring), item.id


def test_a_notice_to_be_brought_still_fits_a_code(street: Street) -> None:
    issuers = parse_issuers(street.http.get("/v1/issuers").content)
    for item in booked():
        applied = street.move_in(basket((item.id,)))
        applicant = applied.verified(street.http)
        (document,) = case_of(finish(applicant, request(applicant, applied.filed)), item.id).documents
        assert verify(document.qr, issuers).licence.number == document.number
        assert len(document.qr) <= QR_CHARS, (item.id, len(document.qr))


def test_one_way_to_one_department_and_never_two_places_at_once(street: Street) -> None:
    by_department: dict[str, list[str]] = {}
    for item in booked():
        if item.audience == "person":
            by_department.setdefault(item.department, []).append(item.id)
    everything = [item for items in by_department.values() for item in items]
    applied = street.move_in(basket([item for item in everything if not catalogue().conflicts(everything)]))
    applicant = applied.verified(street.http)
    application = finish(applicant, request(applicant, applied.filed))
    times: dict[str, set[datetime]] = {}
    for case in application.cases:
        if case.appointment is not None:  # who is married already is referred, not booked
            times.setdefault(case.department, set()).add(case.appointment)
    assert len(times) > 1
    assert all(len(at) == 1 for at in times.values())
    moments = sorted(next(iter(at)) for at in times.values())
    assert all(later - earlier >= timedelta(minutes=90) for earlier, later in pairwise(moments))


def test_a_counter_receives_only_so_many_at_once(street: Street) -> None:
    item = next(item for item in booked() if item.department not in {"civil-affairs"} and item.audience == "person")
    wish = date(2026, 12, 7)
    given = {"appointment.date": wish.isoformat(), "appointment.half_day": "morning"}
    at: list[datetime] = []
    for _ in range(COUNTERS + 1):
        applied = street.move_in(basket((item.id,), given))
        applicant = applied.verified(street.http)
        when = case_of(finish(applicant, request(applicant, applied.filed)), item.id).appointment
        assert when is not None
        at.append(when)
    assert at[:COUNTERS] == [at[0]] * COUNTERS
    assert at[COUNTERS] > at[0]


def test_a_day_off_is_no_day_for_an_appointment(street: Street) -> None:
    item = next(item for item in booked() if item.audience == "person")
    saturday = date(2026, 11, 28)
    assert not workdays().is_working(saturday)
    applied = street.move_in(basket((item.id,), {"appointment.date": saturday.isoformat()}))
    applicant = applied.verified(street.http)
    when = case_of(finish(applicant, request(applicant, applied.filed)), item.id).appointment
    assert when is not None
    assert when.date() == date(2026, 11, 30)


def test_special_steps_stop_the_clock_and_the_notice_says_both(street: Street) -> None:
    stopped = [item for item in catalogue().items.values() if item.special_steps and item.outcome is Outcome.ACCEPTED]
    assert stopped
    for item in stopped[:6]:
        applied = street.move_in(basket((item.id,), item.examples[0].given))
        applicant = applied.verified(street.http)
        case = case_of(finish(applicant, request(applicant, applied.filed)), item.id)
        if case.state != "accepted":
            continue
        days = sum(step.days for step in item.special_steps)
        assert case.due_on == workdays().after(TODAY, item.committed_days + days).on
        due = next(value for label, value in case.documents[0].fields if label.zh_hans == "办结期限")
        for said in (case.reason.zh_hans, due):
            assert f"{item.committed_days} 个工作日" in said
            assert all(f"{step.days} 个工作日" in said for step in item.special_steps)


def test_a_notice_with_many_words_is_cut_until_its_code_fits(folder: Path, street: Street) -> None:
    house = build(settings_for(folder, Clock(), generated_people=0))
    kind, item = house.catalogue.licences["referral-notice"], house.catalogue.items["insurance-certificate"]
    long = plain("".join(chr(0x4E00 + 7 * index) for index in range(600)))  # nothing that repeats can be deflated
    fields = ((plain("事项"), item.name), (plain("原因"), long))

    def write(connection: Connection, number: str, *, is_notice: bool) -> IssuedDocument:
        issuer = house.catalogue.departments[item.department].name
        return issue(
            connection,
            house.signer,
            kind,
            item.code,
            item.department,
            issuer,
            fields,
            resident=1,
            case=number,
            at=START,
            is_notice=is_notice,
        )

    notice = house.database.write_now(lambda connection: write(connection, "case-1", is_notice=True))
    licence = house.database.write_now(lambda connection: write(connection, "case-2", is_notice=False))
    issuers = parse_issuers(street.http.get("/v1/issuers").content)
    house.close()
    assert len(notice.qr) <= QR_CHARS
    assert notice.fields[1][1].endswith("…")
    assert notice.fields[0][1] == item.name.zh_hans
    assert verify(notice.qr, issuers).licence.fields[1][1] == notice.fields[1][1]
    assert licence.fields[1][1] == long.zh_hans


def test_a_licence_that_nobody_finds_has_to_be_brought(folder: Path, street: Street) -> None:
    item = next(
        item
        for item in booked()
        if any(each["obtained"] == "licence" for each in request_of(street, item)["materials"])
    )
    applied = street.move_in(basket((item.id,)))
    applicant = applied.verified(street.http)
    body = request(applicant, applied.filed)
    gone = next(each["material"] for each in body["materials"] if each["obtained"] == "licence")
    with sqlite3.connect(folder / "backend.sqlite") as connection:
        connection.execute("DELETE FROM licence WHERE number = ?", (f"L-{applied.person.key}",))
    connection.close()
    case = case_of(finish(applicant, body), item.id)
    assert case.state == "booked"
    assert catalogue().materials[gone].name in case.bring


def request_of(street: Street, item: Item) -> dict[str, Any]:
    applied = street.move_in(basket((item.id,)))
    return request(applied.verified(street.http), applied.filed)


def test_a_number_is_never_cut_before_words(folder: Path) -> None:
    house = build(settings_for(folder, Clock(), generated_people=0))
    kind, item = house.catalogue.licences["referral-notice"], house.catalogue.items["insurance-certificate"]
    issuer = house.catalogue.departments[item.department].name
    number = "OT20261123-000001-8-01"
    words = tuple(
        (plain(f"字段{place}"), plain("".join(chr(0x4E00 + 523 * place + 7 * index) for index in range(len(number)))))
        for place in range(12)
    )
    notice = house.database.write_now(
        lambda connection: issue(
            connection,
            house.signer,
            kind,
            item.code,
            item.department,
            issuer,
            ((plain("办件编号"), plain(number)), *words),
            resident=1,
            case="case-3",
            at=START,
            is_notice=True,
        )
    )
    house.close()
    assert len(notice.qr) <= QR_CHARS
    assert notice.fields[0][1] == number


def test_nobody_is_at_a_counter_while_an_inspector_comes(street: Street) -> None:
    visited = next(
        item for item in catalogue().items.values() if item.outcome is Outcome.INSPECTION_BOOKED and not item.conflicts
    )
    counter = next(item for item in booked() if item.audience == visited.audience and not item.conflicts)
    given = {
        "visit.date": "2026-12-03",
        "visit.half_day": "afternoon",
        "appointment.date": "2026-12-03",
        "appointment.half_day": "afternoon",
    }
    for first, second in ((visited, counter), (counter, visited)):
        applied = street.move_in(basket((first.id, second.id), given))
        applicant = applied.verified(street.http)
        moments: list[datetime] = []
        for item in (first, second):
            alone = replace(applied.filed, matter=catalogue().merged(BASKET, (item.id,), TODAY))
            asked = {page.element.id for page in alone.matter.form.pages if isinstance(page, Question)}
            single = {name: answer for name, answer in alone.answers.single.items() if name in asked}
            alone = replace(alone, answers=replace(alone.answers, single=single))
            at = case_of(finish(applicant, request(applicant, alone)), item.id).appointment
            assert at is not None
            moments.append(at)
        assert abs(moments[0] - moments[1]) >= timedelta(minutes=90)


def test_however_many_reserve_at_once_a_counter_has_one_of_them(tmp_path: Path) -> None:
    houses = [build(settings_for(tmp_path, Clock(), generated_people=40), catalogue()) for _ in range(2)]
    department = booked()[0].department

    def apply(connection: Connection) -> list[tuple[int, int]]:
        residents = connection.execute(select(schema.resident.c.id).limit(24)).scalars().all()
        common = {"matter": "", "session": "", "terminal": "", "received_at": 0.0, "request": "", "matter_name": ""}
        rows = [{"id": 900 + one, "number": f"N-{one}", "resident": one, **common} for one in residents]
        connection.execute(insert(schema.application), rows)
        return [(row["id"], row["resident"]) for row in rows]

    def take(place: int, application: int, resident: int) -> datetime | None:
        return houses[place % 2].database.write_now(
            lambda connection: reserve(
                connection, department, application, resident, START, wished_on=None, wished_half="morning"
            )
        )

    applied = houses[0].database.write_now(apply)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda each: take(each[0], *each[1]), enumerate(applied)))
    for house in houses:
        house.close()
    assert len(taken) == 24
    assert None not in taken
    assert set(Counter(taken).values()) == {COUNTERS}
