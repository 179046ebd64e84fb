"""Takes connections at a Unix socket and lets go of every one of them, whenever it is ended.

The server of asyncio tells of a connection some turns of the loop after it took it. Closed in between, it forgets it:
nobody knows of the connection, and nobody closes it (``Server.wait_closed`` of Python 3.11 waits for nothing). Here a
connection belongs to the task that talks on it from the moment it is taken.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

_WAITING: Final = 16
"""So many may wait to be taken."""
_PAUSE_S: Final = 1.0
"""When none can be taken, of want of descriptors: the socket stays readable, and would be looked at without end."""

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Accepting:
    """A socket somebody may connect to, from ``__init__`` to ``close``.

    Args:
        path: Where; whatever is there is replaced. Nobody else than this user may connect.
        talk: Called for each connection; it hangs up itself, or is hung up on when it ends.
        limit: Bytes of the longest line.

    Raises:
        OSError: it cannot be made; nothing is left.
    """

    def __init__(self, path: Path, talk: Talk, limit: int) -> None:
        self._path, self._talk, self._limit = path, talk, limit
        self._loop = asyncio.get_running_loop()
        self._talks: set[asyncio.Task[None]] = set()
        self._pause: asyncio.TimerHandle | None = None
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._listener.setblocking(False)
            self._listener.bind(str(path))
            path.chmod(0o600)
            self._listener.listen(_WAITING)
        except OSError:
            self._listener.close()
            raise
        self._resume()

    async def close(self) -> None:
        """Take no more, end every talk, hang up."""
        if self._pause is not None:
            self._pause.cancel()
        self._loop.remove_reader(self._listener)
        self._listener.close()
        self._path.unlink(missing_ok=True)
        talks = tuple(self._talks)
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        await asyncio.sleep(0)  # what was aborted is closed in the next turn of the loop

    def _resume(self) -> None:
        self._loop.add_reader(self._listener, self._accept)

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):  # it left again
            return
        except OSError as error:
            log.warning("a connection cannot be taken: %s", error)
            self._loop.remove_reader(self._listener)
            self._pause = self._loop.call_later(_PAUSE_S, self._resume)
            return
        talk = self._loop.create_task(self._serve(connection))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)
        talk.add_done_callback(lambda _: connection.close())  # also when it was cancelled before it began

    async def _serve(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        reader, writer = await asyncio.open_unix_connection(sock=connection, limit=self._limit)
        try:
            await self._talk(reader, writer)
        finally:
            writer.transport.abort()
