"""A running backend of the simulated city, and citizens who use it as a terminal would."""

from __future__ import annotations

import asyncio
import atexit
import re
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import msgspec

from backend.postgres import cluster
from kiosk.backend import BackendSettings, serve_on
from kiosk.backend.house import build
from kiosk.backend.registers import fixed_people
from kiosk.backend.registers.people import Person
from kiosk.backend.settings import CHINA
from kiosk.catalogue import Catalogue, Obtained, load
from kiosk.contract import ASSERTION, Application
from kiosk.forms import Answer, Answers, Question, from_json
from kiosk.submission import Identity

ROOT = Path(__file__).parents[3]
CATALOGUE = ROOT / "assets" / "catalogue"
PEOPLE = ROOT / "assets" / "simulated" / "people.yaml"
START = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
"""A Monday."""
TODAY = START.date()
TERMINAL = "T-TEST"
JPEG = b"\xff\xd8\xff\xe0" + b"made-up picture" * 4 + b"\xff\xd9"
STARTED_S = 30


class Clock:
    """A clock that tests set."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


def settings_for(data_dir: Path, clock: Clock | None = None, **changes: Any) -> BackendSettings:
    made = BackendSettings(
        data_dir=data_dir,
        catalogue_dir=CATALOGUE,
        people_path=PEOPLE,
        simulated=True,
        codes_an_hour=1000,
        generated_people=40,
        reminders=False,
    )
    if clock is not None:
        changes["clock"] = clock
    return msgspec.structs.replace(made, **changes)


@contextmanager
def running(settings: BackendSettings) -> Iterator[httpx.Client]:
    """Serve on a real socket from a thread, and give a client of it.

    The catalogue is that of the tests, opened once in this process. A folder that is empty gets the city as a first
    start leaves it, made once for all tests.
    """
    prepare(settings)
    opened = catalogue() if settings.catalogue_dir == CATALOGUE else None
    ready = threading.Event()
    urls: list[str] = []
    failures: list[BaseException] = []
    handles: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def up(url: str) -> None:
        urls.append(url)
        ready.set()

    async def serve() -> None:
        stop = asyncio.Event()
        handles.append((asyncio.get_running_loop(), stop))
        with socket.create_server(("127.0.0.1", 0)) as listening:
            await serve_on(settings, listening, ready=up, stop=stop, catalogue=opened)

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as failure:  # noqa: BLE001 - the test's own thread raises it again
            failures.append(failure)
            ready.set()

    thread = threading.Thread(target=run, name="backend under test")
    thread.start()
    try:
        assert ready.wait(STARTED_S), "the backend did not start"
        if failures:
            raise failures[0]
        with client_of(urls[0], settings) as client:
            yield client
    finally:
        if handles:
            loop, stop = handles[0]
            if not loop.is_closed():
                loop.call_soon_threadsafe(stop.set)
        thread.join(STARTED_S)
    assert not thread.is_alive(), "the backend did not stop"
    assert not failures


def prepare(settings: BackendSettings) -> None:
    """Leave in an empty data directory what a first start leaves there: the keys, and the city where it is a file."""
    if settings.people_path == PEOPLE and not (settings.data_dir / "backend.sqlite").exists():
        made = _first_start(settings.generated_people, settings.clock().date())
        left_out = shutil.ignore_patterns("backend.sqlite*") if settings.database_url else None
        shutil.copytree(made, settings.data_dir, dirs_exist_ok=True, ignore=left_out)


@contextmanager
def settings_on(kind: str, data_dir: Path, clock: Clock | None = None, **changes: Any) -> Iterator[BackendSettings]:
    """Give settings on a database of ``kind``, ``sqlite`` or ``postgresql``, with the city as of a first start."""
    settings = settings_for(data_dir, clock, **changes)
    if kind == "sqlite":
        yield settings
        return
    address = cluster().copy(_first_database(settings.generated_people, settings.clock().date()))
    yield msgspec.structs.replace(settings, database_url=address)
    cluster().drop(address)


@cache
def _first_database(generated_people: int, day: date) -> str:
    address = cluster().create()
    with tempfile.TemporaryDirectory(prefix="city-") as folder:
        clock = Clock(datetime.combine(day, time(8), CHINA))
        made = settings_for(Path(folder), clock, generated_people=generated_people, database_url=address)
        build(made, catalogue()).close()
    return address


@dataclass(frozen=True)
class SaysWho:
    """Lets every request of a client say which terminal sends it, unless the test says otherwise.

    The terminal is one of the backend's own house, and is told the time by its clock.
    """

    settings: BackendSettings
    terminal: str

    def __call__(self, request: httpx.Request) -> None:
        if ASSERTION not in request.headers:
            request.headers[ASSERTION] = self.identity.assertion()

    @cached_property
    def identity(self) -> Identity:
        house, clock = self.settings.data_dir, self.settings.clock
        return Identity(house / f"of-{self.terminal}", self.terminal, door=house, clock=lambda: clock().timestamp())


def client_of(url: str, settings: BackendSettings, terminal: str = TERMINAL) -> httpx.Client:
    """Return a client of the backend of these settings that speaks for a terminal."""
    return httpx.Client(base_url=url, timeout=20, event_hooks={"request": [SaysWho(settings, terminal)]})


def terminal_of(http: httpx.Client) -> Identity:
    """Return the terminal that a client speaks for."""
    return _says_who(http).identity


def at(http: httpx.Client, terminal: str) -> httpx.Client:
    """Return a client of the same backend at another terminal."""
    return client_of(str(http.base_url), _says_who(http).settings, terminal)


def _says_who(http: httpx.Client) -> SaysWho:
    return next(hook for hook in http.event_hooks["request"] if isinstance(hook, SaysWho))


@cache
def people() -> Mapping[str, Person]:
    return {person.key: person for person in fixed_people(PEOPLE)}


@cache
def catalogue() -> Catalogue:
    return load(CATALOGUE)


@cache
def _first_start(generated_people: int, day: date) -> Path:
    folder = tempfile.TemporaryDirectory(prefix="city-")
    atexit.register(folder.cleanup)
    made = Path(folder.name) / "data"
    clock = Clock(datetime.combine(day, time(8), CHINA))
    build(settings_for(made, clock, generated_people=generated_people), catalogue()).close()
    return made


def problem_code(response: httpx.Response) -> str:
    assert response.headers["content-type"] == "application/problem+json", response.text
    body = response.json()
    assert body["status"] == response.status_code
    assert body["type"].startswith("urn:onething:problem:")
    return str(body["type"].removeprefix("urn:onething:problem:"))


@dataclass
class Citizen:
    """One of the simulated city's people at a terminal."""

    http: httpx.Client
    key: str
    token: str = ""
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        return people()[self.key]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def document(self) -> dict[str, str]:
        return {"kind": self.person.kind, "number": self.person.number, "name": self.person.name}

    def ask_for_code(self) -> httpx.Response:
        return self.http.post("/v1/verifications", json={"document": self.document(), "terminal": TERMINAL})

    def newest_code(self) -> str:
        messages = self.http.get("/v1/simulated-phone/messages").json()
        # word of what became of something else may have come after it
        codes = (found[1] for each in messages if (found := re.search(r"验证码 (\d{6})", each["text"])))
        return next(codes)

    def verify(self) -> Citizen:
        sent = self.ask_for_code()
        assert sent.status_code == 201, sent.text
        answer = self.check(sent.json()["id"], self.newest_code())
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["token"]
        return self

    def check(self, verification: str, code: str) -> httpx.Response:
        return self.http.post(f"/v1/verifications/{verification}/check", json={"code": code})

    def facts(self, purpose: str, names: Iterable[str]) -> httpx.Response:
        body = {"purpose": purpose, "notice": "1", "names": list(names)}
        return self.http.post("/v1/facts", json=body, headers=self.headers)

    def fetch(self, purpose: str) -> dict[str, Any]:
        """Fetch everything the matter may ask for, as the terminal does."""
        matter = catalogue().matter(purpose, Answers(), START.date())
        names = {
            name
            for page in matter.form.pages
            if isinstance(page, Question)
            for name in page.element.known_from
            if not name.startswith(("card.", "service."))
        }
        answer = self.facts(purpose, sorted(names))
        assert answer.status_code == 200, answer.text
        self.known = {fact["name"]: fact["value"] for fact in answer.json()["facts"]}
        return self.known

    def card(self) -> dict[str, Any]:
        person = self.person
        printed = {
            "card.name": person.name,
            "card.number": person.number,
            "card.sex": person.sex,
            "card.birth_date": person.birth_date.isoformat(),
            "card.ethnicity": person.ethnicity,
            "card.address": person.address,
        }
        return {name: value for name, value in printed.items() if value}

    def attach(self, content: bytes = JPEG) -> str:
        answer = self.http.post(
            "/v1/attachments", content=content, headers={**self.headers, "Content-Type": "image/jpeg"}
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def request(
        self,
        purpose: str,
        told: Mapping[str, Any],
        children: Iterable[Mapping[str, Any]] = (),
        *,
        entry: int | None = None,
        materials: Mapping[str, str] | None = None,
        today: date = TODAY,
        signed_at: datetime = START,
    ) -> dict[str, Any]:
        """Return the application a terminal would send: known facts confirmed, the rest as ``told``.

        Args:
            purpose: The matter.
            told: What the citizen answers, by element; wins over what is known.
            children: Entries of the repeat, if there is one.
            entry: For which of them.
            materials: ``obtained`` by material, where it is not the first way there is.
            today: The day of the form.
            signed_at: When it was signed.
        """
        elements = catalogue().elements
        situation = {
            name: Answer(value=value)
            for name, raw in told.items()
            if name.startswith("situation.") and (value := from_json(elements[name], raw)) is not None
        }
        matter = catalogue().matter(purpose, Answers(single=situation), today)
        known = {**self.known, **self.card()}
        single: dict[str, Any] = {}
        for page in matter.form.pages:
            if not isinstance(page, Question):
                continue
            element = page.element
            source = next((name for name in element.known_from if name in known), None)
            if element.id in told:
                single[element.id] = {"value": told[element.id], "origin": "citizen"}
            elif source is not None:
                single[element.id] = {"value": known[source], "origin": source}
        listed = [{name: {"value": value, "origin": "citizen"} for name, value in row.items()} for row in children]
        return {
            "matter": purpose,
            "items": [item.id for item in matter.items],
            "catalogueVersion": catalogue().version,
            "answers": {"single": single, "repeats": {matter.per: listed} if matter.per else {}},
            "entry": entry,
            "session": "session-1",
            "terminal": TERMINAL,
            "materials": [
                self._supplied(need.material.id, need.material.obtained, need.deferrable, materials or {})
                for need in matter.materials
                if need.when is None or (materials and need.material.id in materials)
            ],
            "notice": "1",
            "signature": [{"points": [[1, 2, 0], [300, 200, 40]]}],
            "language": "zh-Hans",
            "signedAt": signed_at.isoformat(),
        }

    def _supplied(
        self, material: str, ways: tuple[Obtained, ...], deferrable: bool, chosen: Mapping[str, str]
    ) -> dict[str, Any]:
        way = chosen.get(material, ways[0].value)
        if way == "later":
            assert deferrable
            return {"material": material, "obtained": ways[0].value, "deferred": True}
        reference = self.attach() if way == "scan" else ""
        return {"material": material, "obtained": way, "reference": reference}

    def submit(self, body: Mapping[str, Any], key: str | None = None) -> httpx.Response:
        headers = {**self.headers, "Idempotency-Key": key or str(uuid4())}
        return self.http.post("/v1/applications", json=body, headers=headers)

    def file(self, body: Mapping[str, Any]) -> Application:
        """Submit, and follow the outcomes to the end."""
        answer = self.submit(body)
        assert answer.status_code == 201, answer.text
        number = msgspec.json.decode(answer.content, type=Application).number
        events = self.outcomes(number)
        assert events[-1][1] == "end"
        return self.application(number)

    def application(self, number: str) -> Application:
        answer = self.http.get(f"/v1/applications/{number}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=Application)

    def outcomes(self, number: str, last: str | None = None) -> list[tuple[str, str, Any]]:
        """Return the events (id, name, data) of the outcome stream until it ends."""
        headers = self.headers if last is None else {**self.headers, "Last-Event-ID": last}
        found: list[tuple[str, str, Any]] = []
        with self.http.stream("GET", f"/v1/applications/{number}/outcomes", headers=headers) as answer:
            assert answer.status_code == 200, answer.read()
            assert answer.headers["content-type"].startswith("text/event-stream")
            text = "".join(answer.iter_text())
        for block in text.strip().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
            if fields:
                found.append((fields.get("id", ""), fields["event"], msgspec.json.decode(fields["data"])))
        return found


CHILD = {
    "child.name": "钱小样",
    "child.sex": "2",
    "child.birth_date": "2026-11-10",
    "child.birth_time": "08:30",
    "child.gestation_weeks": 38,
    "child.weight_g": 2900,
    "child.health": "good",
    "child.hospital": "示例市妇幼保健院",
}
TWIN = {**CHILD, "child.name": "钱小例", "child.birth_time": "08:36", "child.weight_g": 2750}
NEWBORN = {
    "situation.has_birth_certificate": False,
    "situation.maternity_insured": True,
    "situation.social_card": True,
    "family.role": "mother",
    "family.hukou_with": "applicant",
}
NEWBORN_UNMARRIED = {
    "situation.has_birth_certificate": False,
    "situation.maternity_insured": True,
    "situation.social_card": True,
    "family.role": "mother",
    "family.include_other": False,
    "family.statement": "alone",
}
NEWBORN_MATERIALS = {"birth-record": "scan", "maternity-invoice": "later", "diagnosis": "scan"}
RESTAURANT = {
    "situation.has_business_licence": True,
    "situation.hot_food": True,
    "situation.area_m2": 420,
    "situation.fire_route": "commitment",
    "situation.signboard": True,
    "shop.name": "示例小馆",
    "shop.opening_date": "2027-01-08",
    "food.categories": ["hot", "drinks"],
    "food.staff": 6,
    "food.safety_officer": "李模拟",
    "fire.manager": "李模拟",
    "fire.exits": 2,
    "fire.equipment": ["extinguishers", "lights"],
    "signboard.text": "示例小馆",
    "signboard.place": "door",
    "signboard.width_cm": 400,
    "signboard.height_cm": 120,
    "signboard.street": "ordinary",
    "visit.date": "2026-12-01",
    "visit.half_day": "afternoon",
}
CERTIFICATE = {"certificate.kinds": ["pension", "medical"], "certificate.months": "12"}
