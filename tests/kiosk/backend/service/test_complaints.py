"""A complaint is led to its end, and its answer judged by who complained."""

from __future__ import annotations

from uuid import uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from backend.city import Citizen, Clock, problem_code
from kiosk.backend.house import House
from kiosk.backend.problems import RefusedRequestError
from kiosk.backend.storage import schema

KINDS = ("cannot-get-done", "too-slow", "attitude", "wrong-data", "terminal", "suggestion")


def complaint(**changes: object) -> dict[str, object]:
    said = {"kind": "cannot-get-done", "words": "跑了三次", "about": "", "phone": "", "terminal": "T-TEST"}
    return said | changes


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


def complain(http: httpx.Client, headers: dict[str, str], **changes: object) -> httpx.Response:
    return http.post("/v1/complaints", json=complaint(**changes), headers=headers)


def test_a_verified_person_complains_and_finds_it_again(http: httpx.Client) -> None:
    li = Citizen(http, "li").verify()
    sent = key() | li.headers
    taken, again = complain(http, sent, about="food-permit"), complain(http, sent, about="food-permit")
    assert taken.status_code == 201, taken.text
    assert taken.json() == again.json()
    assert "市场监督" in taken.json()["ownerName"]["zh-Hans"]
    assert taken.json()["dueOn"] == "2026-11-26"
    mine = http.get("/v1/complaints", headers=li.headers).json()
    assert [each["number"] for each in mine] == [taken.json()["number"]]
    assert mine[0]["code"] == ""


def test_a_key_is_for_one_complaint(http: httpx.Client) -> None:
    headers = key() | Citizen(http, "li").verify().headers
    complain(http, headers)
    assert problem_code(complain(http, headers, words="别的事")) == "idempotency.mismatch"


def test_who_says_no_name_gives_a_phone_and_opens_it_with_the_code(http: httpx.Client) -> None:
    assert problem_code(complain(http, key())) == "complaint.invalid"
    taken = complain(http, key(), phone="000 0000 0000").json()
    where = f"/v1/complaints/{taken['number']}"
    assert problem_code(http.get(where)) == "complaint.code"
    opened = http.get(where, headers={"Complaint-Code": taken["code"]})
    assert opened.json()["state"] == "open"
    assert problem_code(http.get("/v1/complaints/TS00000000-00000-0")) == "complaint.code"


def test_another_person_does_not_see_it(http: httpx.Client) -> None:
    taken = complain(http, key() | Citizen(http, "li").verify().headers).json()
    other = Citizen(http, "wang").verify().headers
    assert problem_code(http.get(f"/v1/complaints/{taken['number']}", headers=other)) == "complaint.code"


def test_codes_cannot_be_tried_through(http: httpx.Client, clock: Clock) -> None:
    taken = complain(http, key(), phone="00000000000").json()
    where = f"/v1/complaints/{taken['number']}"
    wrong = {"Complaint-Code": f"{(int(taken['code']) + 1) % 10**6:06d}"}
    assert [problem_code(http.get(where, headers=wrong)) for _ in range(6)][-1] == "complaint.tries"
    right = {"Complaint-Code": taken["code"]}
    assert problem_code(http.get(where, headers=right)) == "complaint.tries"
    clock.advance(hours=1, seconds=1)
    assert http.get(where, headers=right).status_code == 200


@given(st.binary(max_size=200))
def test_any_body_is_taken_or_refused_with_a_reason(shared: httpx.Client, body: bytes) -> None:
    headers = key() | {"Content-Type": "application/json"}
    answer = shared.post("/v1/complaints", content=body, headers=headers)
    assert answer.status_code in {400, 413, 422}, answer.text


def test_the_answer_is_judged_and_what_it_does_not_solve_goes_to_a_supervisor_once(
    http: httpx.Client, backend: House
) -> None:
    li = Citizen(http, "li").verify()
    number = complain(http, key() | li.headers).json()["number"]
    verdict = f"/v1/complaints/{number}/verdict"

    def judge(says: str) -> httpx.Response:
        return http.put(verdict, json={"verdict": says, "words": "还是不行"}, headers=li.headers)

    def answer() -> None:
        backend.database.write_now(
            lambda each: backend.complaints.answer(each, number, "S-1", "已经办好。", backend.now())
        )

    assert problem_code(judge("solved")) == "complaint.not-answered"
    answer()
    assert http.get(f"/v1/complaints/{number}", headers=li.headers).json()["mayJudge"]
    reopened = judge("unsolved").json()
    assert (reopened["state"], reopened["dueOn"]) == ("reopened", "2026-11-25")
    answer()
    closed = judge("unsolved").json()
    assert closed["state"] == "closed"
    assert "12345" in closed["steps"][-1]["says"]["zh-Hans"]
    assert problem_code(judge("solved")) == "complaint.not-answered"
    query = select(schema.notice.c.content).where(schema.notice.c.about == number)
    told = backend.database.read_now(lambda each: each.execute(query).scalars().all())
    assert len(told) == 2
    assert all(number in text and "已答复" in text for text in told)


def test_what_is_not_answered_in_time_is_marked_once_and_said(http: httpx.Client, backend: House, clock: Clock) -> None:
    number = complain(http, key(), phone="00000000000").json()
    headers = {"Complaint-Code": number["code"]}
    clock.advance(days=10)
    for _ in range(2):
        backend.database.write_now(lambda each: backend.complaints.due(each, backend.now()))
    told = http.get(f"/v1/complaints/{number['number']}", headers=headers).json()
    assert told["overdue"]
    assert len(told["steps"]) == 2


def test_an_answer_says_something_and_only_what_waits_is_answered(http: httpx.Client, backend: House) -> None:
    number = complain(http, key(), phone="00000000000").json()["number"]
    for words in ("", "  "):
        with pytest.raises(RefusedRequestError):
            backend.database.write_now(
                lambda each: backend.complaints.answer(each, number, "S-1", words, backend.now())  # noqa: B023 - at once
            )
    backend.database.write_now(lambda each: backend.complaints.hand_on(each, number, "S-1", "health", backend.now()))
    backend.database.write_now(lambda each: backend.complaints.answer(each, number, "S-1", "好", backend.now()))
    with pytest.raises(RefusedRequestError):
        backend.database.write_now(lambda each: backend.complaints.answer(each, number, "S-1", "好", backend.now()))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_day_and_an_owner(shared: httpx.Client, kind: str) -> None:
    taken = complain(shared, key(), kind=kind, phone="00000000000")
    assert taken.status_code == 201
    assert taken.json()["ownerName"]["en"]
