"""Killed with -9 at every commit in turn, started again, asked again: everything is there once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from uuid import uuid4

import httpx
import msgspec
import pytest
from sqlalchemy import Connection, select

from backend.city import RESTAURANT, Citizen, prepare, settings_on
from backend.launcher import clock
from backend.launching import Launched, launching
from kiosk.backend import BackendSettings
from kiosk.backend.house import DATABASE_FILE
from kiosk.backend.storage import Database, schema
from kiosk.contract import Application

ON_BOTH_DATABASES = True
MATTER = "restaurant"


@pytest.fixture(scope="module")
def launched(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Launched, BackendSettings]]:
    folder, begun_s = tmp_path_factory.mktemp("killed"), time.monotonic()
    with settings_on(database, folder, clock=partial(clock, begun_s)) as settings:  # type: ignore[arg-type]  # a clock that goes
        prepare(settings)
        with launching(settings, begun_s) as backend:
            yield backend, settings


def file(backend: Launched, session: str) -> Application:
    """Come, identify, apply and follow to the end, insisting on every step."""
    li = Citizen(backend.http, "li")
    backend.insist(li.verify)
    backend.insist(lambda: li.fetch(MATTER))
    body, key = li.request(MATTER, RESTAURANT) | {"session": session}, str(uuid4())

    def submit() -> httpx.Response:
        answer = li.submit(body, key)
        assert answer.status_code == 201, answer.text
        return answer

    answer = backend.insist(submit)
    number = msgspec.json.decode(answer.content, type=Application).number
    events = backend.insist(lambda: li.outcomes(number))
    assert events[-1][1] == "end"
    assert backend.insist(submit).content == answer.content
    return backend.insist(lambda: li.application(number))


@pytest.mark.timeout(400)
def test_killed_at_every_commit_in_turn_everything_is_there_once(
    launched: tuple[Launched, BackendSettings],
) -> None:
    backend, settings = launched
    where = settings.database_url or settings.data_dir / DATABASE_FILE
    # before a commit there is nothing to lose that is not lost anyway; with PostgreSQL, where a round takes longer, the
    # other side of every third is enough: written, and nobody was told. What is in a commit is the same on both
    sides, step = ((False, True), 1) if not settings.database_url else ((True,), 3)
    commit, after = 1, sides[0]
    while True:
        backend.start(commit, after=after)
        session = str(uuid4())
        application = file(backend, session)
        survived = backend.stop() == 0
        store = Database(where)
        store.read_now(partial(check_once, session=session, application=application))
        store.close()
        if survived and after:
            break
        commit, after = (commit + step, sides[0]) if after else (commit, True)
    # to verify takes two, facts and application one each, and departments two for each item left to them
    assert commit > 6


def check_once(connection: Connection, session: str, application: Application) -> None:
    table = schema.application.c
    numbers = connection.execute(select(table.number).where(table.session == session)).scalars().all()
    assert numbers == [application.number]
    cases = {each.number for each in application.cases}
    assert len(cases) == len(application.cases)
    identity = select(table.id).where(table.number == application.number).scalar_subquery()
    jobs = connection.execute(select(schema.job.c.state).where(schema.job.c.application == identity)).scalars().all()
    assert set(jobs) == {"done"}
    events = connection.execute(
        select(schema.case_event.c.content).where(schema.case_event.c.application == identity)
    ).scalars()
    of_case = Counter(msgspec.json.decode(each)["case"]["number"] for each in events)
    assert of_case == Counter(cases)
    document = schema.document.c
    issued = connection.execute(
        select(document.case_number, document.type).where(document.case_number.in_(cases))
    ).all()
    assert Counter(issued).most_common(1)[0][1] == 1
    shown = Counter(case.number for case in application.cases for _ in case.documents)
    assert Counter(row.case_number for row in issued) == shown
    visit = schema.visit.c
    assert len(connection.execute(select(visit.id).where(visit.case_number.in_(cases))).all()) == 1
