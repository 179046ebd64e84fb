"""When pcscd may have come up: something happened in the folder of its socket."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

import asyncinotify

_log = logging.getLogger(__name__)

_SOCKET_VARIABLE: Final = "PCSCLITE_CSOCK_NAME"
_SOCKET: Final = Path("/run/pcscd/pcscd.comm")
"""Where Debian's pcscd listens, unless the variable says otherwise. Source: pcsc-lite 1.9.9, ``pcscd(8)``."""
_NEWS: Final = (
    asyncinotify.Mask.CREATE
    | asyncinotify.Mask.MOVED_TO
    | asyncinotify.Mask.ATTRIB
    | asyncinotify.Mask.DELETE_SELF
    | asyncinotify.Mask.MOVE_SELF
)
"""pcscd makes its socket, listens, and changes the socket's mode last: that is the attribute."""


_SLOW_S: Final = 2.0
"""How long a socket that is there is left alone before it is tried again."""


def socket_path() -> Path:
    """Return where pcscd's clients look for it."""
    return Path(os.environ.get(_SOCKET_VARIABLE) or _SOCKET)


async def may_have_come_up() -> AsyncGenerator[None, None]:
    """Yield at once, and again after every change in the folder of pcscd's socket, or in the folder it will be made in.

    While there is a socket, whose daemon may be slow or gone, also every two seconds.

    What happens while the caller looks is not lost: the folder is watched from before the first ``yield``.
    """
    path = socket_path()
    while True:
        folder = _nearest(path.parent)
        try:
            inotify = asyncinotify.Inotify()
        except OSError as error:
            await _for_ever(folder, error)
        with inotify:
            try:
                inotify.add_watch(folder, _NEWS)
            except FileNotFoundError:  # gone since it was found
                continue
            except OSError as error:
                await _for_ever(folder, error)
            if _nearest(path.parent) == folder:
                yield
                # Watched afresh each time: systemd and others make the folder anew, and a watch stays with the old one.
                # A socket that is there and did not answer may be a slow daemon's: that it can answer now is no event.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_SLOW_S if path.exists() else None):
                        await inotify.get()


async def _for_ever(folder: Path, error: OSError) -> None:
    """The kernel gives no more watches: the caller's own clock decides."""
    _log.warning("%s cannot be watched: %s", folder, error.strerror)
    await asyncio.get_running_loop().create_future()


def _nearest(folder: Path) -> Path:
    """Return ``folder``, or the nearest above it that exists."""
    return next(each for each in (folder, *folder.parents) if each.is_dir())
