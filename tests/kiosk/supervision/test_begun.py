"""A process begun ahead lives and ends as if its supervisor had started it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

LIMIT_S = 20.0

SERVE = """
import os, signal, sys
from kiosk.supervision.begun import begin, listen

def serve(told, ready):
    heard = listen("a", told)
    if not heard:
        return 0
    print("heard", *heard["arguments"], heard["environ"]["CITY"], flush=True)
    os.write(ready, b"ready\\n")
    signal.pause()
"""

SUPERVISE = """
import asyncio
begun = begin("a", serve)
from kiosk.supervision import Command, Hopeless, Supervisor

ANEW = "import os, sys, signal; os.write(int(sys.argv[-1]), b'ready\\\\n'); print('anew', flush=True); signal.pause()"
argv = (sys.executable, "-c", ANEW, "a", "--wiring", "file")

async def supervise(*more, argv=argv, after=None):
    lines = asyncio.Queue()
    ready = asyncio.Queue()
    command = Command(name="a", argv=argv, environ={**os.environ, "CITY": "示例"}, after=after)
    supervisor = Supervisor([command, *more], tell=lambda _, line: lines.put_nowait(line),
                            on_ready=lambda name, _: ready.put_nowait(name), begun=begun)
    running = asyncio.create_task(supervisor.run(signals=False))
    try:
        await check(supervisor, lines.get, ready.get, running)
    finally:
        supervisor.stop()
        await asyncio.gather(running, return_exceptions=True)
"""


def run(code: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SERVE + code], capture_output=True, text=True, timeout=LIMIT_S, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines()


def test_it_is_told_its_command_and_ends_with_the_others() -> None:
    check = """
async def check(supervisor, line, ready, running):
    print(await line(), await ready(), supervisor.pids["a"] == begun.pid)
asyncio.run(supervise())
begun.end()
try:
    os.kill(begun.pid, 0)
except ProcessLookupError:
    print("gone")
"""
    assert run(SUPERVISE + check) == ["heard --wiring file 示例 a True", "gone"]


@pytest.mark.parametrize("untimely", ["before", "after"], ids=["before it is told", "once it is ready"])
def test_one_that_is_killed_is_started_anew(untimely: str) -> None:
    check = """
async def check(supervisor, line, ready, running):
    if untimely == "after":
        print(await line(), await ready())
        os.kill(begun.pid, signal.SIGKILL)
    print(await line(), await ready(), supervisor.pids["a"] == begun.pid)
if untimely == "before":
    os.kill(begun.pid, signal.SIGKILL)
asyncio.run(supervise())
"""
    lines = run(SUPERVISE + f"untimely = {untimely!r}\n" + check)
    assert lines[-1] == "anew a False"
    assert lines[:-1] == (["heard --wiring file 示例 a"] if untimely == "after" else [])


def test_what_one_that_fails_at_once_says_last_is_kept() -> None:
    code = """
def serve(told, ready):
    raise RuntimeError("no such screen")
"""
    check = """
async def check(supervisor, line, ready, running):
    try:
        await running
    except Hopeless as hopeless:
        print(hopeless.name, hopeless.last_lines[-1])
    said = []
    while not (said and "SystemExit" in said[-1]):
        said.append(await line())
    print(next(each for each in said if "no such screen" in each))
asyncio.run(supervise(argv=(sys.executable, "-c", "raise SystemExit('SystemExit again')", "a")))
"""
    assert run(code + SUPERVISE + check) == ["a SystemExit again", "RuntimeError: no such screen"]


def test_it_is_told_only_once_what_it_needs_is_ready(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    check = f"""
import threading
GATE = "open({str(gate)!r}).read(); import os, sys, signal; os.write(int(sys.argv[-1]), b'ready\\\\n'); signal.pause()"
screen = Command(name="screen", argv=(sys.executable, "-c", GATE), environ=os.environ)
async def check(supervisor, line, ready, running):
    threading.Thread(target=lambda: open({str(gate)!r}, "w").close()).start()
    print(await ready(), await ready(), await line())
asyncio.run(supervise(screen, after="screen"))
"""
    assert run(SUPERVISE + check) == ["screen a heard --wiring file 示例"]


def test_one_that_is_never_told_is_ended() -> None:
    code = """
begun = begin("a", serve)
begun.end()
try:
    os.kill(begun.pid, 0)
except ProcessLookupError:
    print("gone")
"""
    assert run(code) == ["gone"]


def test_it_holds_nothing_open_of_the_one_that_began_it() -> None:
    code = """
read, write = os.pipe()
os.set_inheritable(write, True)
begun = begin("a", serve)
os.close(write)
print(os.read(read, 1))
begun.end()
"""
    assert run(code) == ["b''"]


def test_it_goes_with_a_supervisor_that_is_killed() -> None:
    code = "begun = begin('a', serve)\nprint(begun.pid, flush=True)\nsignal.pause()\n"
    with subprocess.Popen([sys.executable, "-c", SERVE + code], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout
        child = psutil.Process(int(killed.stdout.readline()))
        killed.kill()
    gone, _ = psutil.wait_procs([child], timeout=LIMIT_S)
    assert gone == [child]


def test_a_supervisor_that_cannot_begin_takes_its_terminal_along(tmp_path: Path) -> None:
    wrong = tmp_path / "city.toml"
    wrong.write_text("[timings]\nidle_s = 1\n", encoding="utf-8")
    for arguments, code in (("--settings", str(wrong)), 2), (("--layout", "round"), 2):
        argv = [sys.executable, "-m", "kiosk.commands.entry", "run", *arguments]
        with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True) as process:
            _, said = process.communicate(timeout=LIMIT_S)  # a terminal left behind would hold the pipe open
        assert process.returncode == code
        assert "idle_s" in said or "round" in said
        assert "Traceback" not in said


def test_little_is_imported_before_it() -> None:
    code = "import sys; before = set(sys.modules); import kiosk.commands.entry; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"argparse", "asyncio", "ctypes", "json", "logging", "msgspec", "pathlib", "subprocess"}
    assert heavy.isdisjoint(done.stdout.split())
