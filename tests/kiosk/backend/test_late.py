"""An application that was signed in time and arrives late, because the network was down."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from .city import RESTAURANT, START, TODAY, Citizen, Clock, problem_code, running, settings_for

LIFE = timedelta(seconds=1200)
"""Of a token."""


@pytest.mark.parametrize(
    ("signed", "arrives", "taken"),
    [
        (timedelta(0), timedelta(minutes=10), True),
        (LIFE - timedelta(seconds=1), timedelta(days=6), True),
        (LIFE + timedelta(seconds=1), timedelta(days=6), False),
        (timedelta(minutes=-1), timedelta(days=1), False),
        (timedelta(0), timedelta(days=8), False),
    ],
)
def test_what_was_signed_while_the_token_was_good_is_taken_up_to_a_week_later(
    tmp_path: Path, signed: timedelta, arrives: timedelta, taken: bool
) -> None:
    clock = Clock()
    with running(settings_for(tmp_path, clock)) as client:
        chen = Citizen(client, "chen").verify()
        chen.fetch("old-age-allowance")
        body = chen.request("old-age-allowance", {}, today=TODAY, signed_at=START + signed)
        clock.advance(seconds=arrives.total_seconds())
        answer = chen.submit(body)
        assert answer.status_code == (201 if taken else 401), answer.text
        assert taken or problem_code(answer) == "token.invalid"


def test_a_day_that_could_be_chosen_when_it_was_signed_may_have_come_when_it_arrives(tmp_path: Path) -> None:
    clock = Clock()
    with running(settings_for(tmp_path, clock)) as http:
        li = Citizen(http, "li").verify()
        li.fetch("restaurant")
        body = li.request("restaurant", RESTAURANT | {"visit.date": "2026-11-25"}, signed_at=START)
        clock.advance(days=3)
        answer = li.submit(body)
        assert answer.status_code == 201, answer.text
        cases = [data["case"] for _, name, data in li.outcomes(answer.json()["number"]) if name == "case"]
        (visit,) = [datetime.fromisoformat(case["appointment"]) for case in cases if case["item"] == "food-permit"]
        assert visit > clock.now


def test_a_mandate_that_has_run_out_is_not_good_again_for_who_writes_an_earlier_day(tmp_path: Path) -> None:
    clock = Clock()
    with running(settings_for(tmp_path, clock)) as http:
        chen, person = Citizen(http, "chen").verify(), Citizen(http, "chen").person
        chen.fetch("old-age-allowance")
        said = {
            "principal": {"kind": person.kind, "number": person.number, "name": person.name},
            "items": ["old-age-allowance"],
            "validUntil": (TODAY + timedelta(days=1)).isoformat(),
            "mandate": "WT-0003",
        }
        body = chen.request("old-age-allowance", {}, signed_at=START) | {"authority": said}
        clock.advance(days=3)
        late = Citizen(http, "wu").verify()
        assert problem_code(late.submit(body)) == "mandate.exceeded"


@pytest.mark.parametrize("signed_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_at_the_end_of_time_is_now(tmp_path: Path, signed_at: str) -> None:
    with running(settings_for(tmp_path, Clock())) as http:
        chen = Citizen(http, "chen").verify()
        chen.fetch("old-age-allowance")
        body = chen.request("old-age-allowance", {}) | {"signedAt": signed_at}
        assert chen.submit(body).status_code == 201
