from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import re
import socket
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from benches import SETTINGS, Answers, Held, Room, bench, no_news
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.commands import diagnose
from kiosk.commands.console import Wrong
from kiosk.diagnostics import asking, words
from kiosk.diagnostics.asking import Hearing, NotAnswered, Refused, Wanted, ask
from kiosk.diagnostics.audit import Audit
from kiosk.diagnostics.bench import Technician
from kiosk.diagnostics.inspection import Inspection
from kiosk.diagnostics.model import TestResult, Verdict
from kiosk.diagnostics.report import Signed, verify
from kiosk.submission import Identity
from kiosk.words import Language


@pytest.fixture
def folder() -> Iterator[Path]:
    # not tmp_path: the path of a socket has at most 107 bytes
    with tempfile.TemporaryDirectory(prefix="ask") as name:
        yield Path(name)


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.socket = folder / asking.SOCKET
        self.occupied = False
        self.room = Room()
        self._folder = folder
        self.lent: list[bool] = []
        self.hearing = Hearing(self.socket, self.inspection, lambda: self.occupied, self.lent.append)
        self._identity = Identity(folder / "terminal", "T-0117")

    def inspection(self, operator: str, technician: Technician | None) -> Inspection:
        devices = {"idreader": Held("idreader", None)}
        where = bench(self._folder, devices, sound=self.room, technician=technician)
        return Inspection(where, self._identity, operator=operator)


@contextlib.asynccontextmanager
async def listening(folder: Path) -> AsyncIterator[Terminal]:
    terminal, listens = Terminal(folder), asyncio.Event()
    hearing = terminal.hearing
    work = asyncio.create_task(hearing.work(listens.set))
    await asyncio.wait_for(listens.wait(), 20)
    yield terminal
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    assert not terminal.socket.exists()


@pytest_asyncio.fixture
async def terminal(folder: Path) -> AsyncIterator[Terminal]:
    async with listening(folder) as there:
        yield there


def asked(terminal: Terminal, wanted: Wanted, found: list[TestResult], technician: Technician | None = None) -> Any:
    return ask(terminal.socket, wanted, post=no_news, found=found.append, technician=technician)


async def test_a_running_terminal_tests_itself_and_answers_questions_by_wire(terminal: Terminal, folder: Path) -> None:
    found: list[TestResult] = []
    technician = Answers(lambda _: str(terminal.room.beeps))
    wanted = Wanted(tests=("sound.tone", "system.load"), operator="0042", attended=True)
    signed = await asked(terminal, wanted, found, technician)
    assert [each.test for each in found] == ["sound.tone", "system.load"]
    assert found[0].verdict is Verdict.PASS
    assert technician.asked[0].say == "sound.how-many"
    assert isinstance(signed, Signed)
    assert signed.statement.report.operator == "0042"
    verify(msgspec.json.encode(signed))
    assert [action.operator for action in Audit(folder).actions()][:2] == ["0042", "0042"]
    assert terminal.socket.stat().st_mode & 0o077 == 0


async def test_nothing_is_tested_while_somebody_is_served_and_the_report_is_given(terminal: Terminal) -> None:
    terminal.occupied = True
    found: list[TestResult] = []
    assert await asked(terminal, Wanted(tests=("system.load",)), found) == Refused(code="diagnose.occupied")
    assert found == []
    assert isinstance(await asked(terminal, Wanted(), found), Signed)
    assert await asked(terminal, Wanted(slip="en"), found) == Refused(code="diagnose.occupied")


async def test_what_waits_at_a_device_lets_go_of_it_for_as_long_as_there_are_tests(terminal: Terminal) -> None:
    await asked(terminal, Wanted(), [])
    assert terminal.lent == []
    lent_in_between: list[bool] = []
    async with asyncio.timeout(20):
        await ask(
            terminal.socket,
            Wanted(tests=("system.load",)),
            post=no_news,
            found=lambda _: lent_in_between.extend(terminal.lent),
            technician=None,
        )
    assert (lent_in_between[0], terminal.lent) == (True, [True, False])
    terminal.occupied = True
    await asked(terminal, Wanted(tests=("system.load",)), [])
    assert terminal.lent == [True, False] * 2


async def test_a_test_that_is_not_there_is_refused_before_any_runs(terminal: Terminal) -> None:
    found: list[TestResult] = []
    answer = await asked(terminal, Wanted(tests=("system.load", "no.such")), found)
    assert (answer, found) == (Refused(code="diagnose.unknown-test"), [])


async def test_who_hangs_up_ends_what_went_on_and_the_next_is_answered(terminal: Terminal, folder: Path) -> None:
    waiting = asyncio.Event()

    class Silent:
        async def answer(self, question: Any) -> str:
            waiting.set()
            await asyncio.Event().wait()
            return ""

    first = asyncio.create_task(asked(terminal, Wanted(tests=("sound.tone",), attended=True), [], Silent()))
    await waiting.wait()
    async with asyncio.timeout(20):  # the report waits for nobody who does not answer
        assert isinstance(await asked(terminal, Wanted(), []), Signed)
    assert not first.done()
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    async with asyncio.timeout(20):
        assert isinstance(await asked(terminal, Wanted(), []), Signed)
    said = [(action.what, action.result) for action in Audit(folder).actions()]
    assert [each for each in said if "test" in each[0]] == [("test.begun", ""), ("test", "stopped")]


async def test_a_citizen_who_comes_ends_the_test_that_goes_on(terminal: Terminal) -> None:
    wanted = Wanted(tests=("sound.tone", "system.load"), attended=True)
    found: list[TestResult] = []

    reader, writer = await asyncio.open_unix_connection(terminal.socket)
    writer.write(msgspec.json.encode(wanted) + b"\n")
    async with asyncio.timeout(20):
        while b"Asked" not in (line := await reader.readline()):
            assert line
        terminal.hearing.interrupt()
        assert msgspec.json.decode(await reader.readline(), type=asking.Line) == Refused(code="diagnose.occupied")
        assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    terminal.hearing.interrupt()
    assert isinstance(await asked(terminal, Wanted(), found), Signed)


@pytest.mark.parametrize("turns", range(6))
def test_whoever_has_just_come_when_the_terminal_ends_is_hung_up_on(folder: Path, turns: int) -> None:
    """At each moment between the connection and the talk."""

    async def come_and_end() -> None:
        async with listening(folder) as there:
            comer.connect(str(there.socket))
            for _ in range(turns):
                await asyncio.sleep(0)

    with warnings.catch_warnings(record=True) as left, socket.socket(socket.AF_UNIX) as comer:
        warnings.simplefilter("always")
        asyncio.run(come_and_end())
        gc.collect()
        comer.settimeout(20)
        with contextlib.suppress(ConnectionResetError):  # it was not even taken
            assert comer.recv(1) == b""
    assert [str(each.message) for each in left] == []


async def test_nobody_there_is_said_in_a_sentence(folder: Path) -> None:
    with pytest.raises(NotAnswered, match="does not answer"):
        await ask(folder / "none.sock", Wanted(), post=no_news, found=lambda _: None, technician=None)


async def test_a_socket_that_cannot_be_made_ends_nothing(tmp_path: Path, caplog: Any) -> None:
    await Hearing(tmp_path / ("x" * 120), Terminal(tmp_path).inspection, lambda: False).work()
    caplog.clear()


@settings(max_examples=25)
@given(st.binary(max_size=200))
def test_whatever_is_asked_is_answered_or_hung_up_on(content: bytes) -> None:
    async def say() -> None:
        with tempfile.TemporaryDirectory(prefix="ask") as name:
            async with listening(Path(name)) as there:
                reader, writer = await asyncio.open_unix_connection(there.socket)
                writer.write(content + b"\n")
                writer.write_eof()
                async with asyncio.timeout(20):
                    answer = await reader.read()
                writer.close()
                await writer.wait_closed()
                assert answer == b"" or b"Refused" in answer or b"Reported" in answer

    asyncio.run(say())


@settings(max_examples=25)
@given(st.binary(max_size=200))
@example(b'{"type":"Reported","signed":' + b"[" * 2000 + b"\n")
def test_whatever_a_terminal_answers_is_understood_or_refused(content: bytes) -> None:
    async def hear() -> None:
        with tempfile.TemporaryDirectory(prefix="ask") as name:
            place = Path(name) / "s"

            async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                await reader.readline()
                writer.write(content)
                writer.close()
                await writer.wait_closed()
                ended.set()

            ended = asyncio.Event()
            server = await asyncio.start_unix_server(babble, place)
            with pytest.raises(NotAnswered):
                await ask(place, Wanted(), post=no_news, found=lambda _: None, technician=None)
            await ended.wait()
            server.close()
            await server.wait_closed()

    asyncio.run(hear())


async def test_kiosk_diagnose_waits_for_a_kiosk_that_is_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "run" / asking.SOCKET
    place.parent.mkdir()
    monkeypatch.setattr(diagnose, "_running_kiosk", lambda _: place.parent)
    asked: list[Path] = []

    async def ask(where: Path, *_: object, **__: object) -> asking.Refused:
        asked.append(where)
        return asking.Refused(code=asking.OCCUPIED)

    monkeypatch.setattr(asking, "ask", ask)
    given = argparse.Namespace(test=None, attended=False, no_tests=True, json=True, runtime=None, slip=False)
    settings, english = SETTINGS, words.load(Language.EN)
    waiting = asyncio.create_task(diagnose._inspect(given, settings, english))
    await asyncio.sleep(0)
    assert not waiting.done()
    place.touch()
    with pytest.raises(Wrong, match=re.escape(english.why(asking.OCCUPIED))):
        await asyncio.wait_for(waiting, 20)
    assert asked == [place]

    place.unlink()
    monkeypatch.setattr(diagnose, "_STARTS_S", 0.01)
    with pytest.raises(Wrong, match="a kiosk is running and cannot be asked"):
        await diagnose._inspect(given, settings, english)
    assert asked == [place]
