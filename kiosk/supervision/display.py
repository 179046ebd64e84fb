"""The screen: the one that is attached, or one of our own that is looked at over VNC on the loopback."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from kiosk.supervision.children import Command

NAME: Final = "display"
_SERVER: Final = "Xtigervnc"
_VNC_PORT: Final = 5900
_SOCKETS: Final = Path(os.sep, "tmp", ".X11-unix")
_FAMILY_WILD: Final = 0xFFFF


class NoDisplay(Exception):
    """There is nothing to show on; the message says what to do."""


class Display(msgspec.Struct, frozen=True, kw_only=True):
    """Where the terminal shows itself."""

    environ: Mapping[str, str]
    """What Qt must find in its environment."""
    server: Command | None
    """The X server to run for it; None when a display is attached."""
    vnc_port: int | None
    """Where it can be looked at, on the loopback."""


def find(environ: Mapping[str, str], runtime: Path, size_px: tuple[int, int]) -> Display:
    """Choose the screen.

    A VNC server that listens on the loopback only, without a password: who may log in here may look. X clients need
    the cookie in ``runtime``, which no other user can read.

    Args:
        environ: With DISPLAY or WAYLAND_DISPLAY the attached screen is taken.
        runtime: The folder of this run.
        size_px: Width and height of a screen of our own.

    Raises:
        NoDisplay: None is attached, and the server for one of our own is not installed.
    """
    drawing = {} if "QT_QUICK_BACKEND" in environ or _has_gpu() else {"QT_QUICK_BACKEND": "software"}
    if environ.get("WAYLAND_DISPLAY") or environ.get("DISPLAY"):
        return Display(environ=drawing, server=None, vnc_port=None)
    server = shutil.which(_SERVER)
    if server is None:
        raise NoDisplay(
            f"No display is attached and {_SERVER} is not installed. "
            "Attach one, or: apt-get install --no-install-recommends tigervnc-standalone-server"
        )
    number = _free_number()
    cookies = runtime / "xauthority"
    _write_cookie(cookies, number)
    vnc_port = _VNC_PORT + number
    width, height = size_px
    argv = (
        *(server, f":{number}", "-geometry", f"{width}x{height}", "-depth", "24", "-auth", str(cookies), "-noreset"),
        *("-rfbport", str(vnc_port), "-localhost", "yes", "-SecurityTypes", "None", "-AlwaysShared", "yes"),
        *("-AcceptSetDesktopSize", "no", "-desktop", "OneThing Kiosk", "-nolisten", "tcp", "-s", "0"),
    )
    return Display(
        environ={
            **drawing,
            "DISPLAY": f":{number}",
            "XAUTHORITY": str(cookies),
            "QT_QPA_PLATFORM": "xcb",
        },
        server=Command(name=NAME, argv=argv, environ=environ, ready_option="-displayfd", stop_s=2.0),
        vnc_port=vnc_port,
    )


def _has_gpu() -> bool:
    return any(Path(os.sep, "dev", "dri").glob("renderD*"))


def _free_number() -> int:
    """Return the number of a display that is neither used nor locked, whose VNC port is free."""
    for number in range(1, 100):
        lock = Path(os.sep, "tmp", f".X{number}-lock")
        if lock.exists() or _is_served(_SOCKETS / f"X{number}"):
            continue
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", _VNC_PORT + number))
            except OSError:
                continue
            return number
    raise NoDisplay("No free X display between :1 and :99. End an X server that is not needed, or set DISPLAY.")


def _is_served(there: Path) -> bool:
    """Return whether an X server listens there: one that was killed leaves its socket, which another may take."""
    with socket.socket(socket.AF_UNIX) as trial:
        try:
            trial.connect(str(there))
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        except OSError:  # somebody's, and not for us
            return True
    return True


def _write_cookie(file: Path, number: int) -> None:
    """Write an Xauthority file with one MIT-MAGIC-COOKIE-1 that is good for display ``number`` of any host name.

    Source: libXau, Xauth(3): family, then address, number, name and data, each with a 16-bit big-endian length.
    """
    parts = (b"", str(number).encode(), b"MIT-MAGIC-COOKIE-1", secrets.token_bytes(16))
    entry = struct.pack(">H", _FAMILY_WILD) + b"".join(struct.pack(">H", len(part)) + part for part in parts)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(entry)
