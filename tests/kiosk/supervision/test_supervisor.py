"""The supervisor starts everything at once, brings back what ends, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.supervision import Command, Hopeless, Supervisor
from kiosk.supervision.restarts import (
    FIRST_PAUSE_S,
    HOPELESS_AFTER,
    LONGEST_PAUSE_S,
    SETTLED_S,
    WRONG_SETTINGS,
    Again,
    Restarts,
)
from kiosk.supervision.wiring import listening, port_of, reserve

LIMIT_S = 20.0

READY = "import os, sys, signal\nos.write(int(sys.argv[sys.argv.index('--ready-fd') + 1]), b'ready\\n')\n"
FOREVER = READY + "signal.pause()\n"
STUBBORN = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + READY + "while True: signal.pause()\n"


def python(name: str, code: str, *, after: str | None = None, rank: int = 0, stop_s: float = 5.0) -> Command:
    argv = (sys.executable, "-c", code)
    return Command(name=name, argv=argv, environ=dict(os.environ), after=after, rank=rank, stop_s=stop_s)


class House:
    """A supervisor under test, and what it told."""

    def __init__(self, *commands: Command) -> None:
        self.told: list[str] = []
        self.lines: asyncio.Queue[str] = asyncio.Queue()
        self.readiness: asyncio.Queue[str] = asyncio.Queue()
        self.supervisor = Supervisor(
            commands,
            tell=self.tell,
            on_ready=lambda name, after_s: self.readiness.put_nowait(name),
        )

    def tell(self, name: str, line: str) -> None:
        self.told.append(line)
        self.lines.put_nowait(line)

    async def next_line(self) -> str:
        return await asyncio.wait_for(self.lines.get(), LIMIT_S)

    async def next_ready(self) -> str:
        return await asyncio.wait_for(self.readiness.get(), LIMIT_S)


@asynccontextmanager
async def running(*commands: Command) -> AsyncIterator[House]:
    house = House(*commands)
    task = asyncio.create_task(house.supervisor.run(signals=False))
    try:
        yield house
    finally:
        house.supervisor.stop()
        await asyncio.wait_for(task, LIMIT_S)


async def test_all_start_at_once_and_all_end() -> None:
    async with running(python("a", FOREVER), python("b", FOREVER)) as house:
        assert {await house.next_ready(), await house.next_ready()} == {"a", "b"}
        pids = house.supervisor.pids
        assert set(pids) == {"a", "b"}
    assert not any(psutil.pid_exists(pid) for pid in pids.values())


async def test_what_is_killed_comes_back() -> None:
    async with running(python("a", FOREVER)) as house:
        await house.next_ready()
        first = house.supervisor.pids["a"]
        os.kill(first, signal.SIGKILL)
        await house.next_ready()
        assert house.supervisor.pids["a"] != first


async def test_one_that_ends_well_after_its_work_comes_back_at_once(tmp_path: Path) -> None:
    async with running(python("a", READY)) as house:
        for _ in range(HOPELESS_AFTER + 2):
            await house.next_ready()


async def test_one_that_never_gets_ready_is_given_up_with_its_last_words() -> None:
    house = House(python("a", "raise SystemExit('no such colour')"), python("b", FOREVER))
    with pytest.raises(Hopeless) as caught:
        await asyncio.wait_for(house.supervisor.run(signals=False), LIMIT_S)
    assert caught.value.name == "a"
    assert caught.value.last_lines == ("no such colour",)
    assert house.supervisor.pids == {}


async def test_wrong_settings_are_not_tried_twice(tmp_path: Path) -> None:
    house = House(python("a", "print('once', flush=True)\nraise SystemExit(2)"))
    with pytest.raises(Hopeless):
        await asyncio.wait_for(house.supervisor.run(signals=False), LIMIT_S)
    assert house.told == ["once"]


async def test_a_program_that_is_not_there_is_given_up_at_once() -> None:
    house = House(Command(name="a", argv=("/nowhere/at-all",), environ={}))
    with pytest.raises(Hopeless) as caught:
        await asyncio.wait_for(house.supervisor.run(signals=False), LIMIT_S)
    assert "No such file" in caught.value.last_lines[0]


async def test_who_does_not_end_when_asked_is_killed() -> None:
    async with running(python("a", STUBBORN, stop_s=0.2)) as house:
        await house.next_ready()
        pid = house.supervisor.pids["a"]
    assert not psutil.pid_exists(pid)
    assert any("was killed" in line for line in house.told)


async def test_grandchildren_end_as_well() -> None:
    code = (
        "import subprocess, sys\n"
        "print(subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()']).pid, flush=True)\n" + FOREVER
    )
    async with running(python("a", code)) as house:
        await house.next_ready()
        grandchild = psutil.Process(int(await house.next_line()))
    gone, _ = psutil.wait_procs([grandchild], timeout=LIMIT_S)
    assert gone == [grandchild]


async def test_one_waits_for_the_other_it_needs(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    slow = python("screen", f"print('begun', flush=True); open({str(gate)!r}).read()\n" + FOREVER)
    async with running(python("page", FOREVER, after="screen"), slow) as house:
        assert await house.next_line() == "begun"
        assert "page" not in house.supervisor.pids
        await asyncio.to_thread(gate.write_text, "go")
        assert [await house.next_ready(), await house.next_ready()] == ["screen", "page"]


async def test_ready_is_a_whole_line(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    code = (
        "import os, signal, sys\n"
        "pipe = int(sys.argv[-1])\n"
        f"os.write(pipe, b'rea'); print('half', flush=True); open({str(gate)!r}).read()\n"
        "os.write(pipe, b'dy\\n'); signal.pause()\n"
    )
    async with running(python("a", code)) as house:
        assert await house.next_line() == "half"
        assert house.readiness.empty()
        await asyncio.to_thread(gate.write_text, "go")
        await house.next_ready()
        assert house.told == ["half"]


async def test_higher_ranks_end_first(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    diary.touch()

    def notes(name: str) -> str:
        return (
            "import signal, sys\n"
            f"def end(*_):\n    open({str(diary)!r}, 'a').write({name!r}); sys.exit()\n"
            "signal.signal(signal.SIGTERM, end)\n" + FOREVER
        )

    async with running(python("a", notes("a"), rank=0), python("b", notes("b"), rank=2)) as house:
        await house.next_ready()
        await house.next_ready()
    assert diary.read_text() == "ba"


async def test_a_line_without_end_does_not_stop_the_listening() -> None:
    code = "import sys\nprint('x' * 300_000)\nprint('after', flush=True)\n" + FOREVER
    async with running(python("a", code)) as house:
        while (line := await house.next_line()) != "after":
            assert set(line) == {"x"}, "of a line too long, at most its end is told"


def test_children_die_with_a_supervisor_that_is_killed() -> None:
    code = (
        "import asyncio, os, sys\n"
        "from kiosk.supervision import Command, Supervisor\n"
        f"command = Command(name='a', argv=(sys.executable, '-c', {FOREVER!r}), environ=dict(os.environ))\n"
        "supervisor = Supervisor([command], tell=print, on_ready=lambda *_: print(supervisor.pids['a'], flush=True))\n"
        "asyncio.run(supervisor.run())\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout
        child = psutil.Process(int(killed.stdout.readline()))
        killed.kill()
    gone, _ = psutil.wait_procs([child], timeout=LIMIT_S)
    assert gone == [child]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything(number: signal.Signals) -> None:
    code = (
        "import asyncio, os, sys\n"
        "from kiosk.supervision import Command, Supervisor\n"
        f"command = Command(name='a', argv=(sys.executable, '-c', {FOREVER!r}), environ=dict(os.environ))\n"
        "supervisor = Supervisor([command], tell=print, on_ready=lambda *_: print(supervisor.pids['a'], flush=True))\n"
        "asyncio.run(supervisor.run())\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout
        child = int(supervisor.stdout.readline())
        supervisor.send_signal(number)
        assert supervisor.wait(LIMIT_S) == 0
    assert not psutil.pid_exists(child)


def test_a_reserved_port_can_be_served_by_another_and_by_it_again() -> None:
    with reserve() as reserved:
        port = port_of(reserved)
        for _ in range(2):
            with socket.socket() as server:
                server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                server.bind(("127.0.0.1", port))
                server.listen()
                with socket.create_connection(("127.0.0.1", port)) as client, server.accept()[0] as accepted:
                    accepted.sendall(b"hello")
                    assert client.recv(5) == b"hello"


def test_who_comes_before_the_backend_is_ready_waits() -> None:
    with listening() as early, socket.create_connection(("127.0.0.1", port_of(early)), timeout=LIMIT_S) as client:
        client.sendall(b"here already")
        with early.accept()[0] as accepted:
            assert accepted.recv(12) == b"here already"


def test_the_supervisor_is_lean() -> None:
    code = "import kiosk.supervision, sys; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"PySide6", "litestar", "sqlalchemy", "cv2", "numpy", "PIL", "httpx", "cryptography", "yaml", "drivers"}
    assert heavy.isdisjoint(modules)


@given(st.lists(st.tuples(st.floats(0, 2 * SETTLED_S), st.booleans(), st.sampled_from([0, 1, 2, -9])), max_size=40))
def test_pauses_stay_in_bounds_whatever_happens(lives: list[tuple[float, bool, int]]) -> None:
    memory, ever_ready = Restarts(), False
    for lived_s, ready, code in lives:
        memory, verdict = memory.after_end(lived_s=lived_s, ready=ready, code=code)
        ever_ready = ever_ready or ready
        if isinstance(verdict, Again):
            assert 0 <= verdict.pause_s <= LONGEST_PAUSE_S
            assert verdict.pause_s >= FIRST_PAUSE_S or (code == 0 and ready)
        else:
            assert not ever_ready
            assert memory.ends >= HOPELESS_AFTER or code == WRONG_SETTINGS


def test_pauses_grow_until_it_has_settled() -> None:
    memory, pauses = Restarts(), []
    for lived_s in (1.0, 1.0, 1.0, SETTLED_S):
        memory, verdict = memory.after_end(lived_s=lived_s, ready=True, code=1)
        assert isinstance(verdict, Again)
        pauses.append(verdict.pause_s)
    assert pauses[0] < pauses[1] < pauses[2]
    assert pauses[3] == FIRST_PAUSE_S
