"""Whatever a bad line and a dying machine make of requests: once and only once (stateful property test).

Requests are doubled, sent in another order, late, halfway, or without waiting for the answer, while the backend is
killed at commits or in between. ``KIOSK_TEST_EXAMPLES`` lets it look for longer.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, multiple, rule, run_state_machine_as_test
from sqlalchemy import Connection, select

from backend.city import Citizen, prepare, problem_code, settings_on
from backend.launcher import clock
from backend.launching import PATIENCE_S, Launched, launching
from kiosk.backend.house import DATABASE_FILE
from kiosk.backend.storage import Database, schema
from kiosk.contract import Application

ON_BOTH_DATABASES = True
EXAMPLES = int(os.environ.get("KIOSK_TEST_EXAMPLES", "5"))
STEPS = 12
MATTER = "old-age-allowance"


@dataclass(frozen=True)
class Place:
    """A backend that is killed, who applies there, and its database."""

    backend: Launched
    citizen: Citizen
    store: Database


@pytest.fixture(scope="module")
def place(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder, begun_s = tmp_path_factory.mktemp("stateful"), time.monotonic()
    with settings_on(database, folder, clock=partial(clock, begun_s)) as made:  # type: ignore[arg-type]  # a clock that goes
        prepare(made)
        with launching(made, begun_s) as backend:
            backend.start()
            chen = Citizen(backend.http, "chen")
            backend.insist(chen.verify)
            backend.insist(lambda: chen.fetch(MATTER))
            store = Database(made.database_url or folder / DATABASE_FILE)
            yield Place(backend, chen, store)
            store.close()
            backend.stop()


@dataclass(frozen=True)
class Filing:
    """One thing a citizen wants once: its body, and the key that goes with it every time."""

    body: dict[str, Any]
    key: str


class Line(RuleBasedStateMachine):
    """A terminal on a bad line."""

    filings: Bundle[Filing] = Bundle("filings")
    under_way: Bundle[tuple[Filing, socket.socket, bytes]] = Bundle("under_way")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._backend, self._citizen, self._store = place.backend, place.citizen, place.store
        self._answers: dict[str, bytes] = {}
        self._filed: list[Filing] = []
        self._open: list[socket.socket] = []

    @rule(target=filings)
    def fill_in(self) -> Filing:
        body = self._citizen.request(MATTER, {}) | {"session": str(uuid4())}
        filing = Filing(body, str(uuid4()))
        self._filed.append(filing)
        return filing

    @rule(filing=filings)
    def submit(self, filing: Filing) -> None:
        self._same(filing, self._backend.insist(lambda: self._submit(filing)))

    @rule(filing=filings)
    def submit_twice_at_once(self, filing: Filing) -> None:
        with ThreadPoolExecutor(2) as pool:
            for answer in list(pool.map(lambda _: self._backend.insist(lambda: self._submit(filing)), range(2))):
                self._same(filing, answer)

    @rule(filing=filings)
    def submit_and_do_not_wait(self, filing: Filing) -> None:
        with self._connected() as line:
            line.sendall(self._wire(filing))

    @rule(filing=filings, share=st.floats(0, 1, exclude_max=True))
    def break_off_halfway(self, filing: Filing, share: float) -> None:
        wire = self._wire(filing)
        with self._connected() as line:
            line.sendall(wire[: int(len(wire) * share)])

    @rule(target=under_way, filing=filings, share=st.floats(0, 1, exclude_max=True))
    def begin(self, filing: Filing, share: float) -> tuple[Filing, socket.socket, bytes]:
        wire = self._wire(filing)
        line = self._connected()
        self._open.append(line)
        line.sendall(wire[: int(len(wire) * share)])
        return filing, line, wire[int(len(wire) * share) :]

    @rule(begun=consumes(under_way))
    def go_on(self, begun: tuple[Filing, socket.socket, bytes]) -> None:
        filing, line, rest = begun
        # the backend may have been killed since, and the connection with it
        with suppress(OSError):
            line.sendall(rest)
            answer = httpx_answer(line)
            if answer is not None and answer.status_code < 500:
                self._same(filing, answer)

    @rule(filing=filings)
    def change_the_body(self, filing: Filing) -> None:
        if filing.key in self._answers:
            other = Filing(filing.body | {"language": "en"}, filing.key)
            answer = self._backend.insist(lambda: self._submit(other))
            assert problem_code(answer) == "idempotency.mismatch"

    @rule(target=filings, filing=filings)
    def use_a_key_again_by_mistake(self, filing: Filing) -> Any:
        return multiple(filing)

    @rule(commit=st.integers(0, 4), after=st.booleans())
    def lose_power(self, commit: int, after: bool) -> None:
        self._backend.stop()
        self._backend.start(commit, after=after)

    def teardown(self) -> None:
        for line in self._open:
            line.close()
        for filing in self._filed:
            self._same(filing, self._backend.insist(lambda: self._submit(filing)))  # noqa: B023 - asked at once
            number = msgspec.json.decode(self._answers[filing.key], type=Application).number
            assert self._store.read_now(partial(_found, filing=filing)) == (1, 1, 1, 1), number

    def _submit(self, filing: Filing) -> httpx.Response:
        while True:
            answer = self._citizen.submit(filing.body, filing.key)
            if answer.status_code != httpx.codes.CONFLICT or problem_code(answer) != "idempotency.in-progress":
                return answer

    def _same(self, filing: Filing, answer: httpx.Response) -> None:
        if answer.status_code == httpx.codes.CONFLICT:
            assert problem_code(answer) == "idempotency.in-progress"
            return
        assert answer.status_code == httpx.codes.CREATED, answer.text
        assert self._answers.setdefault(filing.key, answer.content) == answer.content

    def _connected(self) -> socket.socket:
        return socket.create_connection(self._backend.address, PATIENCE_S)

    def _wire(self, filing: Filing) -> bytes:
        """Return the request as it leaves."""
        headers = {**self._citizen.headers, "Idempotency-Key": filing.key, "Connection": "close"}
        http = self._backend.http
        request = http.build_request("POST", "/v1/applications", json=filing.body, headers=headers)
        for hook in http.event_hooks["request"]:
            hook(request)
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in request.headers.raw)
        return b"POST /v1/applications HTTP/1.1\r\n" + lines + b"\r\n" + request.content


def httpx_answer(line: socket.socket) -> httpx.Response | None:
    """Read an answer to the end of the connection; None when there is none, or half of one."""
    received = b""
    while block := line.recv(65536):
        received += block
    head, _, content = received.partition(b"\r\n\r\n")
    if not head:
        return None
    status, *lines = head.decode("ascii").split("\r\n")
    headers = dict(each.split(": ", 1) for each in lines)
    if len(content) < int(headers.get("content-length", 0)):
        return None
    return httpx.Response(int(status.split()[1]), headers=headers, content=content)


def _found(connection: Connection, filing: Filing) -> tuple[int, int, int, int]:
    """Return how many applications, answers kept, outcomes and documents there are of a filing."""
    table, case = schema.application.c, schema.case.c
    ids = connection.execute(select(table.id).where(table.session == filing.body["session"])).scalars().all()
    keys = connection.execute(select(schema.idempotency.c.key).where(schema.idempotency.c.key == filing.key)).all()
    events = connection.execute(select(schema.case_event.c.id).where(schema.case_event.c.application.in_(ids))).all()
    cases = select(case.number).where(case.application.in_(ids))
    documents = connection.execute(select(schema.document.c.id).where(schema.document.c.case_number.in_(cases))).all()
    return len(ids), len(keys), len(events), len(documents)


@pytest.mark.timeout(400)
def test_once_and_only_once_on_a_bad_line(place: Place) -> None:
    run_state_machine_as_test(
        partial(Line, place),  # type: ignore[arg-type]  # any factory will do, its docstring says
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            # each step takes a tenth of a second: a failure is told as it was found
            phases=(Phase.generate,),
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
