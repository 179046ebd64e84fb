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
