"""Submissions decided: how many a second, how long each takes, what it costs; and a minute of a whole city.

Beside it, on the same disk and in the same run, the least a submission could cost: one insert into SQLite, as durable
as ours, behind the same framework. ``hey`` holds the rate of health reports, which may all be alike; each submission is
another, so these are held to their rate here.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Final

import msgspec

from kiosk.backend.settings import china_now
from kiosk.submission import Identity

from .loading import LIMIT_S, Loaded, at_once, at_rate
from .measuring import CannotMeasure, Figure, Samples
from .serving import Served, served

TERMINALS: Final = (1, 8, 64)
EACH: Final = {1: 150, 8: 300, 64: 600}
"""Submissions of a run, by how many terminals send them."""
CREATED: Final = 201
STORES: Final = (("sqlite", 1), ("postgresql", 1), ("postgresql", 2))

SUBMISSIONS_A_S: Final = 75
REPORTS_A_S: Final = 750
HELD_S: Final = int(os.environ.get("KIOSK_BENCH_HELD_S", "60"))
_HEYS, _CONNECTIONS = 5, 10
"""Terminals that report, and connections of each."""

_FLOOR = """
import asyncio, socket, sqlite3, sys
from concurrent.futures import ThreadPoolExecutor
from litestar import Litestar, Request, Response, post
import uvicorn

database = sqlite3.connect(sys.argv[1], check_same_thread=False, isolation_level=None)
database.execute("PRAGMA journal_mode=WAL")
database.execute("PRAGMA synchronous=FULL")
database.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, body TEXT)")
writer = ThreadPoolExecutor(1)

def keep(body):
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO kept (body) VALUES (?)", (body,))
    database.execute("COMMIT")

@post("/v1/applications")
async def submit(request: Request) -> Response[bytes]:
    await asyncio.get_running_loop().run_in_executor(writer, keep, (await request.body()).decode())
    return Response(b"{}", media_type="application/json")

listening = socket.create_server(("127.0.0.1", 0))
listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
print(listening.getsockname()[1], flush=True)
config = uvicorn.Config(Litestar([submit], openapi_config=None), loop="none", log_config=None, access_log=False)
asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))
"""


def measure(runs: int) -> list[Figure]:
    """Return rates, waits and costs of submissions on each database, and what a minute of a whole city comes to.

    Raises:
        CannotMeasure: Something is missing, or the backend did not take what it was sent.
    """
    samples = Samples()
    for kind, workers in STORES:
        name = f"{kind}, {workers} worker{'s' if workers > 1 else ''}"
        with served(kind, workers) as backend:
            sent = _warm(backend)
            for _ in range(runs):
                for terminals in TERMINALS:
                    requests = backend.submissions(EACH[terminals], sent)
                    sent += len(requests)
                    begun_s = backend.cpu_s()
                    loaded = _all_right(at_once(backend.address, requests, terminals, CREATED))
                    spent_s = backend.cpu_s() - begun_s
                    _add(samples, f"{name}: {terminals} at once", loaded)
                    samples.add(
                        f"{name}: {terminals} at once, processor a submission", "ms", spent_s * 1000 / len(requests)
                    )
            _hold(samples, name, backend, sent)
    with _floor() as address:
        for _ in range(runs):
            for terminals in TERMINALS:
                requests = [_plain()] * EACH[terminals]
                loaded = _all_right(at_once(address, requests, terminals, CREATED))
                _add(samples, f"one insert, SQLite: {terminals} at once", loaded)
    return samples.figures(_aims())


def _aims() -> dict[str, tuple[str, float | None]]:
    aims: dict[str, tuple[str, float | None]] = {
        "sqlite, 1 worker: 1 at once, p50": ("at most 10 ms", 10.0),
        "postgresql, 2 workers: 8 at once, processor a submission": ("at most 8 ms", 8.0),
        "postgresql, 2 workers: 64 at once, processor a submission": ("at most 8 ms", 8.0),
    }
    for kind, workers in STORES:
        name = f"{kind}, {workers} worker{'s' if workers > 1 else ''}: {_HELD}"
        for what in ("submissions", "health reports"):
            aims[f"{name}, {what}, p99"] = ("under 250 ms", 250.0)
    for terminals in TERMINALS:
        aims[f"one insert, SQLite: {terminals} at once, p50"] = ("the floor", None)
    return aims


_HELD = f"{REPORTS_A_S} health reports and {SUBMISSIONS_A_S} submissions a second"


def _add(samples: Samples, name: str, loaded: Loaded) -> None:
    samples.add(f"{name}, decided", "a second", loaded.rate)
    samples.add(f"{name}, p50", "ms", loaded.at(0.5))
    samples.add(f"{name}, p99", "ms", loaded.at(0.99))


def _warm(backend: Served) -> int:
    """Let every process have done everything once; return how many submissions that took."""
    requests = backend.submissions(100)
    _all_right(at_once(backend.address, requests, 16, CREATED))
    return len(requests)


def _all_right(loaded: Loaded) -> Loaded:
    if loaded.wrong:
        raise CannotMeasure(f"{loaded.wrong} of {len(loaded.waits_ms)} requests were not answered as they should be")
    return loaded


def _hold(samples: Samples, name: str, backend: Served, sent: int) -> None:
    """Hold the rate of 45,000 terminals."""
    if which("hey") is None:
        raise CannotMeasure("hey is not installed: packaging/setup test installs it")
    requests = backend.submissions(SUBMISSIONS_A_S * HELD_S, sent)
    with tempfile.TemporaryDirectory(prefix="bench-hey-") as folder, ThreadPoolExecutor(_HEYS) as pool:
        waits = [pool.submit(_report, backend, Path(folder), number) for number in range(_HEYS)]
        held = _all_right(at_rate(backend.address, requests, SUBMISSIONS_A_S, 64, CREATED))
        reports = Loaded(waits_ms=tuple(ms for each in waits for ms in each.result()), took_s=HELD_S, wrong=0)
    for what, loaded in (("submissions", held), ("health reports", reports)):
        _add(samples, f"{name}: {_HELD}, {what}", loaded)


def _report(backend: Served, folder: Path, number: int) -> list[float]:
    """Let one terminal report for as long as the rate is held; return the waits."""
    terminal = f"T-BENCH-{number}"
    said = Identity(backend.house / f"of-{terminal}", terminal, door=backend.house).assertion()
    now = china_now()
    report = {
        "number": int(now.timestamp() * 1000),
        "state": "idle",
        "version": "0.4.0",
        "catalogueVersion": "0123456789ab",
        "devices": [{"kind": "printer", "state": "ready", "cause": ""}],
        "paper": "ok",
        "today": {"day": f"{now:%Y-%m-%d}", "sessions": 1, "cases": 1},
    }
    body = folder / f"{number}.json"
    body.write_bytes(msgspec.json.encode(report))
    host, port = backend.address
    each_a_s = REPORTS_A_S / _HEYS / _CONNECTIONS
    command = ["hey", "-z", f"{HELD_S}s", "-c", str(_CONNECTIONS), "-q", f"{each_a_s:g}", "-m", "POST", "-o", "csv"]
    command += ["-T", "application/json", "-D", str(body), "-H", f"Terminal-Assertion: {said}"]
    url = f"http://{host}:{port}/v1/terminals/self/health"
    done = subprocess.run([*command, url], capture_output=True, text=True, check=True, timeout=HELD_S + LIMIT_S)
    rows = list(csv.DictReader(done.stdout.splitlines()))
    if not rows or any(row["status-code"] != "202" for row in rows):
        raise CannotMeasure("a health report was not answered as it should be")
    return [float(row["response-time"]) * 1000 for row in rows]


@contextmanager
def _floor() -> Iterator[tuple[str, int]]:
    with tempfile.TemporaryDirectory(prefix="bench-floor-") as folder:
        command = [sys.executable, "-c", _FLOOR, f"{folder}/floor.sqlite"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                yield "127.0.0.1", int(process.stdout.readline())
            finally:
                process.terminate()
                process.wait(LIMIT_S)


def _plain() -> bytes:
    """Return a request as long as one of ours."""
    content = b'{"a":"' + b"x" * 2500 + b'"}'
    head = f"POST /v1/applications HTTP/1.1\r\nHost: floor\r\nContent-Length: {len(content)}\r\n"
    return head.encode() + b"Content-Type: application/json\r\n\r\n" + content
