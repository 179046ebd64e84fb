"""Registers have hours and outages; who does not answer is named with a reason, and holds nobody else up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from backend.city import START, Citizen, Clock, catalogue, people, running, settings_for
from kiosk.backend.registers import (
    Answered,
    ExchangeRegisters,
    HeldEntry,
    Holder,
    JoinedRegisters,
    Known,
    Pull,
    RegisterSilentError,
    StoredRegisters,
    Switched,
    switch_off,
    switch_on,
    switched,
)
from kiosk.backend.registers.availability import pause_of
from kiosk.backend.settings import CHINA
from kiosk.backend.storage import Database, schema
from kiosk.catalogue import Assurance, PlannedOutage, Register, RegisterHours
from kiosk.contract import Facts, PauseKind
from kiosk.words import Text

NEWBORN = "newborn"
PHONE = "register.population.phone"
SPOUSE = "register.marriage.spouse_name"
MARITAL = "register.population.marital_status"
WORDS = Text(zh_hans="正在升级系统", zh_hant="正在升級系統", en="being upgraded")
LIMIT_S = 0.5
SOON_S = 10.0
"""Far above the limit and far below what a register that hangs would take."""


def register(**changes: Any) -> Register:
    name = Text(zh_hans="样例登记", zh_hant="樣例登記", en="The sample register")
    return msgspec.structs.replace(Register(id="sample", name=name), **changes)


DAYTIME = register(hours=RegisterHours(opens="06:00", closes="22:00"))
WEEKDAYS = register(hours=RegisterHours(opens="08:30", closes="17:30", days=(1, 2, 3, 4, 5)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("which", "now", "says", "until"),
    [
        (
            DAYTIME,
            "2026-11-23T23:10",
            "样例登记每天 06:00–22:00可以查询，现在不在查询时间，明天 06:00 恢复。",
            "2026-11-24T06:00",
        ),
        (DAYTIME, "2026-11-24T02:00", "今天 06:00 恢复", "2026-11-24T06:00"),
        (DAYTIME, "2026-11-23T22:00", "明天 06:00 恢复", "2026-11-24T06:00"),
        (
            WEEKDAYS,
            "2026-11-27T18:00",
            "周一、二、三、四、五 08:30–17:30可以查询，现在不在查询时间，11月30日 08:30 恢复",
            "2026-11-30T08:30",
        ),
    ],
)
def test_a_closed_register_says_when_it_is_back(which: Register, now: str, says: str, until: str) -> None:
    pause = pause_of(which, (), Assurance.B, at(now))
    assert pause is not None
    assert pause.kind is PauseKind.HOURS
    assert says in pause.says.zh_hans
    assert pause.says.zh_hans.endswith("请您自己填写，由工作人员核对。")
    assert pause.until == at(until)
    assert "{" not in pause.says.zh_hans + pause.says.zh_hant + pause.says.en


def test_an_open_register_answers() -> None:
    assert pause_of(DAYTIME, (), Assurance.B, at("2026-11-23T06:00")) is None
    assert pause_of(DAYTIME, (), Assurance.B, at("2026-11-23T21:59")) is None
    assert pause_of(register(), (), Assurance.B, at("2026-11-23T03:00")) is None


@given(
    st.integers(0, 2 * 365 * 24 * 60),
    st.integers(0, 1438),
    st.integers(1, 1440),
    st.sets(st.integers(1, 7), min_size=1),
)
def test_what_is_said_to_be_back_is_back_then(minutes: int, opens: int, length: int, days: set[int]) -> None:
    closes = min(opens + length, 1440)
    hours = RegisterHours(
        opens=f"{opens // 60:02}:{opens % 60:02}", closes=f"{closes // 60:02}:{closes % 60:02}", days=tuple(days)
    )
    which, now = register(hours=hours), at("2026-01-01T00:00") + timedelta(minutes=minutes)
    pause = pause_of(which, (), Assurance.B, now)
    if pause is not None:
        assert pause.until is not None
        assert now < pause.until <= now + timedelta(days=8)
        assert pause_of(which, (), Assurance.B, pause.until) is None


def test_an_announced_outage_says_why_and_until_when() -> None:
    outage = PlannedOutage(begins=at("2026-11-23T09:00"), ends=at("2026-11-23T12:30"), says=WORDS)
    pause = pause_of(register(outages=(outage,)), (), Assurance.B, START)
    assert pause is not None
    assert (pause.kind, pause.until) == (PauseKind.PLANNED, outage.ends)
    assert pause.says.zh_hans == "样例登记正在升级系统，今天 12:30 恢复。请您自己填写，由工作人员核对。"
    assert pause_of(register(outages=(outage,)), (), Assurance.B, outage.ends) is None


def test_of_two_outages_the_longer_one_is_said() -> None:
    short = Switched(register="sample", is_planned=True, begins=START, ends=START + timedelta(hours=1))
    endless = Switched(register="sample", is_planned=False, begins=START, ends=None)
    other = msgspec.structs.replace(endless, register="another")
    pause = pause_of(register(), (short, endless), Assurance.B, START)
    assert pause is not None
    assert (pause.kind, pause.until) == (PauseKind.OUTAGE, None)
    assert pause_of(register(), (other,), Assurance.B, START) is None


def test_a_register_that_needs_a_clerk_tells_a_verified_person_nothing() -> None:
    which = register(assurance=Assurance.C)
    pause = pause_of(which, (), Assurance.B, START)
    assert pause is not None
    assert pause.kind is PauseKind.ASSURANCE
    assert "当面核实" in pause.says.zh_hans
    assert pause_of(which, (), Assurance.C, START) is None
    assert pause_of(register(), (), Assurance.A, START) is not None


def test_every_register_of_the_catalogue_has_a_keeper_and_some_have_hours() -> None:
    registers = catalogue().registers.values()
    assert all(each.department in catalogue().departments for each in registers)
    assert any(each.hours is not None for each in registers)
    assert all(pause_of(each, (), Assurance.B, START) is None for each in registers)


# ---- over HTTP


def fetched(citizen: Citizen, *names: str) -> Facts:
    answer = citizen.facts(NEWBORN, names)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Facts)


def test_an_operator_switches_a_register_off_and_on(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, Clock())) as http:
        zhao = Citizen(http, "zhao").verify()
        store = Database(tmp_path / "backend.sqlite")
        store.write_now(
            lambda connection: switch_off(
                connection, "marriage", "OP-1", START, ends=START + timedelta(hours=3), says=WORDS
            )
        )
        store.write_now(lambda connection: switch_off(connection, "licence", "OP-1", START))
        told = fetched(zhao, SPOUSE, MARITAL)
        assert [fact.name for fact in told.facts] == [MARITAL]
        assert told.unavailable == ("marriage",)
        (pause,) = told.pauses
        assert pause.says.zh_hans == "婚姻登记信息正在升级系统，今天 13:00 恢复。请您自己填写，由工作人员核对。"
        store.write_now(lambda connection: switch_off(connection, "population", "OP-1", START))
        body = {"purpose": NEWBORN, "notice": "1", "materials": ["household-register"]}
        materials = http.post("/v1/materials", json=body, headers=zhao.headers).json()
        assert materials["found"] == []
        assert {each["register"] for each in materials["pauses"]} == {"licence", "population"}
        assert len(store.read_now(lambda connection: switched(connection, START))) == 3
        for which in ("marriage", "licence", "population"):
            store.write_now(partial(switch_on, register=which, now=START))
        store.close()
        told = fetched(zhao, SPOUSE, MARITAL)
        assert len(told.facts) == 2
        assert not told.pauses
        assert not told.unavailable
        assert http.post("/v1/materials", json=body, headers=zhao.headers).json()["found"]


class Exchange(ThreadingHTTPServer):
    """A city's data exchange: some of its registers are well, some are not."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.over = threading.Event()
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.meanwhile: Callable[[], object] = list
        """What happens while a register thinks."""
        self.known: Callable[[list[str]], dict[str, Any]] = lambda fields: dict.fromkeys(fields, "13800000000")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Asked(BaseHTTPRequestHandler):
    server: Exchange

    def do_POST(self) -> None:
        body = msgspec.json.decode(self.rfile.read(int(self.headers["Content-Length"])))
        which = self.path.split("/")[2]
        self.server.asked.append((which, body))
        if which == "marriage":
            self.server.over.wait(60)
            return
        self.server.meanwhile()
        facts = self.server.known(body["fields"])
        content = msgspec.json.encode({"reference": "X-1", "asOf": "2026-11-01", "facts": facts})
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    with Exchange() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield made
        made.over.set()
        made.shutdown()
        thread.join()


def test_a_register_that_hangs_is_named_and_holds_nobody_up(tmp_path: Path, exchange: Exchange) -> None:
    settings = settings_for(
        tmp_path,
        Clock(),
        exchange_url=exchange.url,
        exchange_registers=frozenset({"population", "marriage"}),
        register_limit_s=LIMIT_S,
    )
    with running(settings) as http:
        zhao = Citizen(http, "zhao").verify()
        for _ in range(6):  # more often than it is asked at once
            before = monotonic()
            told = fetched(zhao, SPOUSE, PHONE)
            assert monotonic() - before < SOON_S
            assert told.unavailable == ("marriage",)
            assert told.pauses[0].kind is PauseKind.OUTAGE
            assert (PHONE, "13800000000") in [(fact.name, fact.value) for fact in told.facts]
    (name, body) = next(each for each in exchange.asked if each[0] == "population")
    assert name == "population"
    assert body["person"]["number"] == people()["zhao"].number
    assert body["fields"] == ["phone"]
    assert body["purpose"] == NEWBORN


def test_a_submission_keeps_nobody_waiting_while_a_remote_register_thinks(tmp_path: Path, exchange: Exchange) -> None:
    settings = settings_for(
        tmp_path, Clock(), exchange_url=exchange.url, exchange_registers=frozenset({"population"}), register_limit_s=20
    )
    took: list[float] = []
    with running(settings) as http:
        store = Database(tmp_path / "backend.sqlite")

        def others_write() -> None:
            before = monotonic()
            store.write_now(lambda connection: switch_off(connection, "court", "OP-1", START))
            took.append(monotonic() - before)

        def known(fields: list[str]) -> dict[str, Any]:
            table = schema.resident.c
            query = select(table.id).where(table.number == people()["chen"].number)
            resident = store.read_now(lambda connection: connection.execute(query).scalar_one())
            names = tuple(f"register.population.{field}" for field in fields)
            pull = msgspec.structs.replace(PULL, holder=Holder(resident=resident, terminal="T-1"), names=names)
            found = StoredRegisters(store).ask(pull, START).known
            return {name.rpartition(".")[2]: each.value for name, each in found.items()}

        exchange.meanwhile, exchange.known = others_write, known
        chen = Citizen(http, "chen").verify()
        chen.fetch("old-age-allowance")
        exchange.asked.clear()
        took.clear()
        application = chen.file(chen.request("old-age-allowance", {}))
        store.close()
        assert application.cases
        assert [which for which, _ in exchange.asked] == ["population", "population"]  # its values, and its entry
        assert max(took) < SOON_S / 2
        looked = [entry["looked"] for entry in http.get("/v1/ledger", headers=chen.headers).json()["entries"]]
        assert looked.count("submission") >= 2


HOLDER = Holder(resident=1, terminal="T-1")
PULL = Pull(holder=HOLDER, purpose=NEWBORN, notice="1", names=(PHONE,), channel="facts")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("store")
    with running(settings_for(folder, Clock())):
        pass
    made = Database(folder / "backend.sqlite")
    yield made
    made.close()


def asked(store: Database, status: int, content: bytes) -> Answered:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=content))
    with httpx.Client(transport=transport) as client:
        return ExchangeRegisters("http://exchange.example", store, limit_s=5, client=client).ask(PULL, START)


def test_an_answer_of_the_exchange_is_told(store: Database) -> None:
    content = msgspec.json.encode({"reference": "X", "asOf": "2026-11-01", "facts": {"phone": "13800000000", "x": 1}})
    assert asked(store, 200, content).known == {PHONE: Known(value="13800000000", as_of=date(2026, 11, 1))}
    assert asked(store, 404, b"").known == {}


@pytest.mark.parametrize(
    ("status", "content"),
    [(500, b"{}"), (200, b""), (200, b"[" * 100_000), (200, b"{}"), (200, b"x" * 300_000), (302, b"")],
)
def test_anything_else_is_silence(store: Database, status: int, content: bytes) -> None:
    with pytest.raises(RegisterSilentError):
        asked(store, status, content)


@given(st.binary(max_size=300))
def test_any_bytes_are_an_answer_or_silence(store: Database, content: bytes) -> None:
    try:
        assert set(asked(store, 200, content).known) <= {PHONE}
    except RegisterSilentError:
        return


class _Broken:
    """A register whose own code fails."""

    def ask(self, pull: Pull, now: datetime) -> Answered:
        raise ZeroDivisionError

    def entry(self, pull: Pull, register: str, now: datetime) -> HeldEntry | None:
        raise ZeroDivisionError

    def held(self, pull: Pull, licence: str, now: datetime) -> HeldEntry | None:
        raise ZeroDivisionError


def test_a_register_that_fails_is_silent(store: Database) -> None:
    broken = {"population": _Broken(), "licence": _Broken()}
    joined = JoinedRegisters(catalogue(), store, StoredRegisters(store), remote=broken, limit_s=LIMIT_S)
    answered = joined.ask(PULL, START)
    assert answered.unavailable == ("population",)
    assert joined.entry(PULL, "population", START) is None
    assert joined.held(PULL, "household-register", START) is None
    joined.close()


class _Hanging(_Broken):
    """A register that answers nobody until the test is over."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def ask(self, pull: Pull, now: datetime) -> Answered:
        self.over.wait(60)
        return Answered(known={}, unavailable=())


def test_who_asks_a_register_that_already_hangs_for_others_does_not_wait(store: Database) -> None:
    hanging = _Hanging()
    joined = JoinedRegisters(
        catalogue(), store, StoredRegisters(store), remote={"population": hanging}, limit_s=2 * LIMIT_S
    )
    with ThreadPoolExecutor(4) as others:
        assert all(told.unavailable for told in others.map(lambda _: joined.ask(PULL, START), range(4)))
    before = monotonic()
    assert joined.ask(PULL, START).unavailable == ("population",)
    assert monotonic() - before < 2 * LIMIT_S
    hanging.over.set()
    joined.close()
