"""Once and only once: idempotency keys, and a process killed in the middle."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import httpx
import msgspec
import pytest

from backend.city import CATALOGUE, PEOPLE, RESTAURANT, ROOT, Citizen, client_of, problem_code, settings_for
from kiosk.backend.settings import china_now
from kiosk.contract import Application

SERVER = f"""
import sys
from pathlib import Path
from kiosk.backend import BackendSettings, serve

settings = BackendSettings(
    data_dir=Path(sys.argv[1]), catalogue_dir=Path({str(CATALOGUE)!r}), people_path=Path({str(PEOPLE)!r}),
    simulated=True, department_pace_s=float(sys.argv[2]), lease_s=0.5,
)
serve(settings, ready=lambda url: print(url, flush=True))
"""


@contextmanager
def process(data_dir: Path, pace_s: float = 0.0) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    command = [sys.executable, "-c", SERVER, str(data_dir), str(pace_s)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            assert server.stdout is not None
            url = server.stdout.readline().strip()
            assert url, "the backend did not start"
            with client_of(url, settings_for(data_dir)) as client:
                yield server, client
        finally:
            server.kill()
            server.wait(30)


def count(data_dir: Path, table: str) -> int:
    connection = sqlite3.connect(data_dir / "backend.sqlite")
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        connection.close()


def test_the_same_key_is_the_same_application(shared: httpx.Client) -> None:
    chen = Citizen(shared, "chen").verify()
    chen.fetch("old-age-allowance")
    body, key = chen.request("old-age-allowance", {}), str(uuid4())
    first = chen.submit(body, key)
    again = chen.submit(body, key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    quoted = chen.submit(body, f'"{key}"')
    assert quoted.content == first.content


def test_the_same_key_with_another_body_is_a_mistake(shared: httpx.Client) -> None:
    chen = Citizen(shared, "chen").verify()
    chen.fetch("old-age-allowance")
    body, key = chen.request("old-age-allowance", {}), str(uuid4())
    assert chen.submit(body, key).status_code == 201
    assert problem_code(chen.submit(body | {"language": "en"}, key)) == "idempotency.mismatch"


@pytest.mark.parametrize("key", [None, "", "seven", "123"])
def test_a_key_is_needed(shared: httpx.Client, key: str | None) -> None:
    chen = Citizen(shared, "chen").verify()
    headers = chen.headers if key is None else {**chen.headers, "Idempotency-Key": key}
    answer = shared.post("/v1/applications", json=chen.request("old-age-allowance", {}), headers=headers)
    assert problem_code(answer) == "idempotency.missing"


def test_a_refused_application_leaves_its_key_free(shared: httpx.Client) -> None:
    chen = Citizen(shared, "chen").verify()
    chen.fetch("old-age-allowance")
    body, key = chen.request("old-age-allowance", {}), str(uuid4())
    assert problem_code(chen.submit(body | {"signature": []}, key)) == "application.invalid"
    assert chen.submit(body, key).status_code == 201


def test_an_impatient_client_gets_one_application(shared: httpx.Client) -> None:
    li = Citizen(shared, "li").verify()
    li.fetch("restaurant")
    body, key = li.request("restaurant", RESTAURANT), str(uuid4())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: li.submit(body, key), range(8)))
    taken = [answer for answer in answers if answer.status_code == 201]
    assert len({answer.content for answer in taken}) == 1
    for answer in answers:
        if answer.status_code != 201:
            assert problem_code(answer) == "idempotency.in-progress"
            assert answer.headers["Retry-After"]
    assert li.submit(body, key).content == taken[0].content


def test_killed_after_the_answer_nothing_is_lost_and_nothing_is_done_twice(tmp_path: Path) -> None:
    key = str(uuid4())
    with process(tmp_path, pace_s=3600) as (server, http):
        li = Citizen(http, "li").verify()
        li.fetch("restaurant")
        body = li.request("restaurant", RESTAURANT, today=china_now().date(), signed_at=china_now())
        first = li.submit(body, key)
        assert first.status_code == 201, first.text
        server.send_signal(signal.SIGKILL)
        server.wait(30)
    with process(tmp_path, pace_s=3600) as (_, http):
        li.http = http
        again = li.submit(body, key)
        assert again.content == first.content
        open_cases = msgspec.json.decode(again.content, type=Application).cases
        assert any(case.state == "submitted" for case in open_cases)
        assert count(tmp_path, "application") == 1
        assert count(tmp_path, "job") == len([case for case in open_cases if case.state == "submitted"])


@pytest.mark.parametrize("jobs_under_way", [False, True])
def test_jobs_survive_a_killed_process(tmp_path: Path, jobs_under_way: bool) -> None:
    with process(tmp_path, pace_s=3600) as (server, http):
        li = Citizen(http, "li").verify()
        li.fetch("restaurant")
        body = li.request("restaurant", RESTAURANT, today=china_now().date(), signed_at=china_now())
        number = msgspec.json.decode(li.submit(body).content, type=Application).number
        server.send_signal(signal.SIGKILL)
        server.wait(30)
    connection = sqlite3.connect(tmp_path / "backend.sqlite")
    with connection:
        now = china_now().timestamp()
        connection.execute("UPDATE job SET not_before = ?", (now,))
        if jobs_under_way:
            # as a worker leaves it that died between claiming and finishing
            connection.execute("UPDATE job SET state='running', owner='gone', lease_until=?, attempts=1", (now + 0.3,))
    connection.close()
    with process(tmp_path) as (_, http):
        li.http = http
        events = li.outcomes(number)
        assert events[-1][1] == "end"
        states = {case.item: case.state.value for case in li.application(number).cases}
        reasons = {case.item: case.reason.zh_hans for case in li.application(number).cases}
        assert states["food-permit"] == "inspection-booked", reasons
    assert count(tmp_path, "visit") == 1
    assert count(tmp_path, "case_event") == len(states)
    assert count(tmp_path, "document") == len(states) - 1  # the checked business licence gives none


def test_killed_around_the_commit_there_is_one_application_after_the_retry(tmp_path: Path) -> None:
    key = str(uuid4())
    for attempt in range(4):
        with process(tmp_path) as (server, http):
            if attempt == 0:
                chen = Citizen(http, "chen").verify()
                chen.fetch("old-age-allowance")
                body = chen.request("old-age-allowance", {}, today=china_now().date(), signed_at=china_now())
            chen.http = http
            with ThreadPoolExecutor(1) as pool:
                pending = pool.submit(chen.submit, body, key)
                if attempt < 3:
                    # a different moment of the request each time: before, around and after its commit
                    with suppress(TimeoutError):
                        pending.result(timeout=0.002 * 3**attempt)
                    server.send_signal(signal.SIGKILL)
                    server.wait(30)
                    assert pending.exception(30) is None or isinstance(pending.exception(), httpx.TransportError)
                else:
                    assert pending.result(30).status_code == 201
    assert count(tmp_path, "application") == 1
    assert count(tmp_path, "document") == 1


def test_sigterm_ends_a_stream_and_the_process(tmp_path: Path) -> None:
    with process(tmp_path, pace_s=3600) as (server, http):
        li = Citizen(http, "li").verify()
        li.fetch("restaurant")
        body = li.request("restaurant", RESTAURANT, today=china_now().date(), signed_at=china_now())
        number = msgspec.json.decode(li.submit(body).content, type=Application).number
        with http.stream("GET", f"/v1/applications/{number}/outcomes", headers=li.headers) as answer:
            lines = answer.iter_lines()
            assert next(lines).startswith("id: ")
            server.send_signal(signal.SIGTERM)
            rest = list(lines)
        assert "event: end" not in rest
        assert server.wait(30) == 0
