"""A backend to be measured: ``kiosk backend`` as it is, with people in its city who come to apply."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import msgspec

ROOT = Path(__file__).parents[2]
# the tests of the backend know how people are put into a city and what a terminal sends for them
sys.path.insert(0, str(ROOT / "tests" / "kiosk"))

from backend import filing  # noqa: E402 - found by the line above
from backend.city import CATALOGUE, TERMINAL, catalogue  # noqa: E402 - likewise
from backend.postgres import cluster  # noqa: E402 - likewise

from kiosk.backend.settings import china_now  # noqa: E402 - likewise
from kiosk.backend.storage import Database  # noqa: E402 - likewise
from kiosk.catalogue import ItemExample, examples  # noqa: E402 - likewise
from kiosk.contract import ASSERTION  # noqa: E402 - likewise
from kiosk.submission import Identity  # noqa: E402 - likewise

from .measuring import CannotMeasure  # noqa: E402 - likewise

ITEM = "insurance-certificate"
"""Decided at once: its form is validated, registers are asked, its table decides, and a certificate is signed."""
PEOPLE = 400
LIMIT_S = 60
_TICKS = os.sysconf("SC_CLK_TCK")
_SETTINGS = """
profile = "simulated"
catalogue = "{catalogue}"

[backend]
data_dir = "data"
database = "{database}"
workers = {workers}
"""


@dataclass(frozen=True, kw_only=True)
class Served:
    """A backend that runs, and who may come."""

    address: tuple[str, int]
    processes: tuple[int, ...]
    house: Path
    people: tuple[filing.Applicant, ...]
    filed: tuple[examples.Filing, ...]

    def submissions(self, number: int, first: int = 0) -> list[bytes]:
        """Return requests to submit, of one person after the other, each another application."""
        made = []
        said = Identity(self.house / f"of-{TERMINAL}", TERMINAL, door=self.house).assertion()
        for index in range(first, first + number):
            who = index % len(self.people)
            body = filing.request(self.people[who], self.filed[who]) | {"signedAt": china_now().isoformat()}
            content = msgspec.json.encode(body)
            made.append(self.request("/v1/applications", content, said, who=self.people[who].token, key=str(uuid4())))
        return made

    def request(self, path: str, content: bytes, said: str, *, who: str = "", key: str = "") -> bytes:
        """Return a request as it leaves."""
        headers = {"Host": "backend", "Content-Type": "application/json", "Content-Length": str(len(content))}
        headers |= {ASSERTION: said}
        headers |= {"Authorization": f"Bearer {who}", "Idempotency-Key": key} if key else {}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + content

    def cpu_s(self) -> float:
        """Return the processor time its processes have taken, PostgreSQL's not among them."""
        return sum(_cpu_s(pid) for pid in self.processes)


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


@contextmanager
def served(kind: str, workers: int = 1) -> Iterator[Served]:
    """Serve on a database of ``kind``, ``sqlite`` or ``postgresql``.

    Raises:
        CannotMeasure: It did not start; its last words are in the message.
    """
    with tempfile.TemporaryDirectory(prefix="bench-backend-") as name:
        folder = Path(name)
        address = cluster().create() if kind == "postgresql" else ""
        settings = _SETTINGS.format(catalogue=CATALOGUE, database=address, workers=workers)
        (folder / "city.toml").write_text(settings, encoding="utf-8")
        command = [sys.executable, "-P", "-m", "kiosk", "backend", "--port", "0", "--settings", f"{folder}/city.toml"]
        environ = os.environ | {"XDG_STATE_HOME": f"{folder}/state"}
        told, telling = os.pipe()
        command += ["--ready-fd", str(telling)]
        with (
            os.fdopen(told, "rb"),
            (folder / "said").open("w+b") as said,
            subprocess.Popen(command, stdout=said, stderr=said, cwd=ROOT, env=environ, pass_fds=(telling,)) as parent,
        ):
            try:
                os.close(telling)
                url = _ready(told, folder / "said")
                store = Database(address or folder / "data" / "backend.sqlite")
                street = filing.Street(httpx.Client(base_url=url), store)
                applied = _move_in(street)
                store.close()
                host, _, port = url.removeprefix("http://").partition(":")
                children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text(encoding="ascii").split()
                yield Served(
                    address=(host, int(port)),
                    processes=tuple(map(int, children)) if workers > 1 else (parent.pid,),
                    house=folder / "data",
                    people=tuple(each.verified(street.http) for each in applied),
                    filed=tuple(each.filed for each in applied),
                )
            finally:
                parent.terminate()
                parent.wait(LIMIT_S)
                if address:
                    cluster().drop(address)


def _ready(told: int, said: Path) -> str:
    """Return where it serves: it says so on the pipe ``told``, which closes when it ends."""
    heard, _, _ = select.select([told], [], [], LIMIT_S)
    line = os.read(told, 4096).decode() if heard else ""
    if "backend at " not in line:
        raise CannotMeasure("the backend did not start: " + said.read_text(encoding="utf-8")[-600:])
    return line.rpartition("backend at ")[2].strip()


def _move_in(street: filing.Street) -> list[filing.Applied]:
    """Put people into the city who are verified today; the tests' own day is another."""
    now = china_now()
    # where the tests look for their day
    vars(filing).update(START=now, TODAY=now.date())
    example = catalogue().items[ITEM].examples[0]
    assert isinstance(example, ItemExample)
    return [street.move_in(examples.filing(catalogue(), ITEM, example, now.date())) for _ in range(PEOPLE)]
