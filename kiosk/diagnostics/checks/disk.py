"""The disk under what the terminal keeps: room, speed, whether it may be written, and what it says of itself."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

import msgspec

from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.model import Measure
from kiosk.diagnostics.running import Check, Found

_MB: Final = 1_000_000
_PIECE: Final = bytes(range(256)) * 4096
_PIECES: Final = 8
_SYNCS: Final = 5
_SMART_S: Final = 10.0


async def state(bench: Workbench, say: Say) -> Found:
    """Measure room and speed; ask the disk how it is where smartctl is installed."""
    folder = bench.state_dir
    free = measured("disk.free", shutil.disk_usage(folder).free / _MB)
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        return Found(measures=(free, measured("disk.writable", 0)))
    say(0.2)
    try:
        speeds = await asyncio.to_thread(_write, folder)
    except OSError as error:
        return Found(measures=(free, measured("disk.writable", 0)), reason="disk.refused", detail=str(error.strerror))
    say(0.8)
    health = await _health(bench.root, folder)
    return Found(measures=(free, measured("disk.writable", 1), *speeds, *health))


def _write(folder: Path) -> tuple[Measure, ...]:
    with tempfile.TemporaryFile(dir=folder, prefix=".disk-test-", buffering=0) as file:
        start = time.monotonic()
        for _ in range(_PIECES):
            file.write(_PIECE)
        os.fsync(file.fileno())
        took_s = time.monotonic() - start
        times = []
        for _ in range(_SYNCS):
            begin = time.monotonic()
            file.write(_PIECE[:4096])
            os.fsync(file.fileno())
            times.append((time.monotonic() - begin) * 1000)
    speed = _PIECES * len(_PIECE) / _MB / max(took_s, 1e-6)
    return measured("disk.write", speed), measured("disk.sync", median(times))


async def _health(root: Path, folder: Path) -> tuple[Measure, ...]:
    """Return what SMART says; nothing where it cannot be asked."""
    smartctl, device = shutil.which("smartctl"), under(folder, root)
    if smartctl is None or device is None:
        return ()
    process = await asyncio.create_subprocess_exec(
        smartctl, "-H", "-j", device, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(_SMART_S):
            said, _ = await process.communicate()
    except TimeoutError:
        return ()
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    passed = smart(said)
    return () if passed is None else (measured("disk.well", passed),)


class _Status(msgspec.Struct):
    passed: bool


class _Smart(msgspec.Struct):
    smart_status: _Status


def smart(said: bytes) -> bool | None:
    """Return whether a disk calls itself well (``smartctl -H -j``); None when it did not say."""
    try:
        return msgspec.json.decode(said, type=_Smart).smart_status.passed
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def under(folder: Path, root: Path) -> str | None:
    """Return the block device that a folder lies on, from ``/proc/self/mounts``; None when it is on none."""
    best, device = -1, None
    place = folder.resolve()
    try:
        lines = (root / "proc/self/mounts").read_text(errors="replace").splitlines()
    except OSError:
        return None
    for line in lines:
        parts = line.split(" ")
        if len(parts) >= 2 and place.is_relative_to(parts[1]) and len(parts[1]) >= best:
            best, device = len(parts[1]), parts[0] if parts[0].startswith("/dev/") else None
    return device


CHECKS: Final[dict[str, Check]] = {"disk.state": state}
