"""The peer: a Chromium kiosk that shows one static page with the words of our first page."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import shutil
import socket
import struct
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any, Final

import psutil

from .display import pause
from .measuring import CannotMeasure, pss_mb

LIMIT_S: Final = 60.0
START: Final = ("Chromium: start to first paint", "s")
MEMORY: Final = ("Chromium: memory of all its processes (PSS)", "MB")
PAGE: Final = """<!doctype html><meta charset="utf-8"><title>kiosk</title>
<style>body{margin:0;font:48px "Noto Sans CJK SC",sans-serif;text-align:center;background:#f5f7fa}
header{background:#0b5cad;color:#fff;padding:60px}button{font:inherit;display:block;width:80%;margin:40px auto;
padding:40px;border:0;border-radius:24px;background:#fff}</style>
<header>示例市 一件事自助终端</header><h1>您想办什么事？</h1>
<button>参保缴费证明</button><button>老年人高龄津贴</button><button>新生儿出生一件事</button>
<button>开办餐饮店一件事</button><p>触摸屏幕开始 · 12345</p>"""


def installed() -> str | None:
    """Return the browser, when it is here."""
    return shutil.which("chromium")


def once(program: str, display: str) -> tuple[float, float]:
    """Start a fresh Chromium in kiosk mode; return seconds to its first contentful paint, and its memory in MB.

    Raises:
        CannotMeasure: It did not show its page.
    """
    with tempfile.TemporaryDirectory(prefix="bench-chromium-", ignore_cleanup_errors=True) as profile:
        page = Path(profile) / "page.html"
        page.write_text(PAGE, encoding="utf-8")
        argv = [
            program,
            "--kiosk",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-gpu",
            "--password-store=basic",
        ]
        argv += [f"--user-data-dir={profile}/data", "--remote-debugging-port=0", f"--app={page.as_uri()}"]
        if os.geteuid() == 0:
            argv.append("--no-sandbox")
        begun_s = time.time()
        environ = os.environ | {"DISPLAY": display}
        with subprocess.Popen(argv, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
            try:
                paint_s = _first_paint(Path(profile) / "data" / "DevToolsActivePort") - begun_s
                processes = [browser.pid, *(each.pid for each in psutil.Process(browser.pid).children(recursive=True))]
                return paint_s, pss_mb(processes)
            finally:
                family = psutil.Process(browser.pid).children(recursive=True)
                browser.terminate()
                browser.wait(LIMIT_S)
                psutil.wait_procs(family, timeout=LIMIT_S)


def _first_paint(port_file: Path) -> float:
    """Return when the page was first painted with its words, in seconds since 1970."""
    until = time.monotonic() + LIMIT_S
    script = (
        "new Promise(done => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint')"
        ".forEach(entry => done(performance.timeOrigin + entry.startTime)))"
        ".observe({type: 'paint', buffered: true}))"
    )
    while time.monotonic() < until:
        # A browser that is not there yet is asked again. It notes for itself when it painted.
        with contextlib.suppress(OSError, ValueError, LookupError):
            port = int(port_file.read_text(encoding="ascii").split()[0])
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=LIMIT_S) as answer:
                pages = [each for each in json.load(answer) if each["type"] == "page"]
            return _evaluate(port, pages[0]["webSocketDebuggerUrl"], script) / 1000
        pause(0.05)
    raise CannotMeasure("chromium did not show its page in time")


def _evaluate(port: int, url: str, script: str) -> float:
    """Ask a page for the number a script promises, over the DevTools protocol."""
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT_S) as line:
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        path = url.split(str(port), 1)[1]
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        line.sendall(f"{head}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        with line.makefile("rb") as answers:
            while answers.readline() not in {b"\r\n", b""}:
                continue
            asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
            line.sendall(_frame(json.dumps({"id": 1, "method": "Runtime.evaluate", "params": asked}).encode()))
            while True:
                answer: dict[str, Any] = json.loads(_unframe(answers))
                if answer.get("id") == 1:
                    return float(answer["result"]["result"]["value"])


def _frame(payload: bytes) -> bytes:
    """Return a masked WebSocket text frame (RFC 6455, 5.2); a mask of zeros leaves the payload as it is."""
    length = struct.pack("!BBH", 0x81, 0x80 | 126, len(payload))
    return length + bytes(4) + payload


def _unframe(answers: Any) -> bytes:
    _, length = answers.read(2)
    if length == 126:
        (length,) = struct.unpack("!H", answers.read(2))
    elif length == 127:
        (length,) = struct.unpack("!Q", answers.read(8))
    payload: bytes = answers.read(length)
    return payload
