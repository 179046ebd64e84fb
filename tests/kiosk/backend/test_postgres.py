"""Several processes on one PostgreSQL: as one to everybody outside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import OperationalError

from backend.city import RESTAURANT, ROOT, Citizen, client_of, problem_code, settings_for
from backend.postgres import cluster, connect
from kiosk.backend.settings import china_now
from kiosk.backend.storage import Database, next_value, schema
from kiosk.contract import Application

SETTINGS = """
profile = "simulated"

[backend]
database = "{address}"
data_dir = "data"
workers = {workers}
"""
STARTED_S = 60


@contextmanager
def served(folder: Path, address: str, workers: int = 2) -> Iterator[tuple[str, list[int]]]:
    """Run ``kiosk backend``; give its address and the numbers of its processes."""
    folder.joinpath("city.toml").write_text(SETTINGS.format(address=address, workers=workers), encoding="utf-8")
    command = [sys.executable, "-P", "-m", "kiosk", "backend", "--port", "0", "--settings", str(folder / "city.toml")]
    environ = os.environ | {"XDG_STATE_HOME": str(folder / "state")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environ) as parent:
        try:
            said: list[str] = []
            assert parent.stderr is not None
            for line in parent.stderr:
                said.append(line)
                if "backend at http" in line:
                    break
            assert said, "it said nothing"
            assert "backend at " in said[-1], said
            yield said[-1].rpartition("backend at ")[2].strip(), children(parent.pid)
        finally:
            parent.terminate()
            assert parent.stderr is not None
            parent.stderr.read()
            assert parent.wait(STARTED_S) == 0


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def count(address: str, table: str) -> int:
    with connect(address) as connection:
        found: Any = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(found[0])


def clients(url: str, folder: Path, number: int) -> list[httpx.Client]:
    """Return clients of a connection each: they are not all taken by one process."""
    return [client_of(url, settings_for(folder / "data")) for _ in range(number)]


def test_two_processes_start_on_an_empty_database_and_serve_as_one(tmp_path: Path) -> None:
    address = cluster().create()
    with served(tmp_path, address) as (url, processes):
        assert len(processes) == 2
        assert count(address, "city") == 1
        together = clients(url, tmp_path, 8)
        for client in together:
            assert client.get("/v1/health").status_code == 200
        li = Citizen(together[0], "li").verify()
        li.fetch("restaurant")
        today = china_now()
        body = li.request("restaurant", RESTAURANT, today=today.date(), signed_at=today)
        key, start = str(uuid4()), Barrier(len(together))

        def submit(client: httpx.Client) -> httpx.Response:
            start.wait(STARTED_S)
            return Citizen(client, "li", li.token).submit(body, key)

        with ThreadPoolExecutor(len(together)) as pool:
            answers = list(pool.map(submit, together))
        taken = {answer.content for answer in answers if answer.status_code == 201}
        assert len(taken) == 1
        for answer in answers:
            # met in one process: come again; met in the other: waited for, and answered the same
            assert answer.status_code == 201 or problem_code(answer) == "idempotency.in-progress"
        number = msgspec.json.decode(taken.pop(), type=Application).number
        for client in together:
            events = Citizen(client, "li", li.token).outcomes(number)
            assert events[-1][1] == "end"
            assert len(events) - 1 == len({data["case"]["number"] for _, name, data in events if name == "case"})
        assert count(address, "application") == 1
        assert count(address, "visit") == 1
        for client in together:
            client.close()
    cluster().drop(address)


def test_connections_that_were_cut_are_made_anew() -> None:
    address = cluster().create()
    store = Database(address)
    numbers = select(func.count()).select_from(schema.sequence)
    for take in (store.read_now, partial(store.write_now, guarded=True), store.write_now):
        assert store.write_now(lambda connection: next_value(connection, "n"))
        with connect(address) as other:
            cut = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
            )
            other.execute(cut + "pg_backend_pid()")
        assert take(lambda connection: connection.execute(numbers).scalar()) == 1
    store.close()
    cluster().drop(address)


def test_a_commit_that_nobody_knows_of_is_not_done_again() -> None:
    address = cluster().create()
    store = Database(address)
    done: list[int] = []

    def work(connection: Connection) -> None:
        done.append(1)
        connection.execute(insert(schema.city), {"name": "a", "value": ""})
        # cut between the work and its commit
        with connect(address) as other:
            pid = connection.execute(select(func.pg_backend_pid())).scalar_one()
            other.execute("SELECT pg_terminate_backend(%s)", (pid,))

    with pytest.raises(OperationalError):
        store.write_now(work)
    assert done == [1]
    store.close()
    cluster().drop(address)
