"""Reaching the simulated devices from another process: for tests, the dock on the screen and the command line."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, Final

import msgspec

ANSWER_LIMIT_S: Final = 15.0
"""The slowest thing a hand can do, plugging in the card reader, takes a few seconds."""
_LONGEST_LINE_BYTES: Final = 1 << 20

States = dict[str, dict[str, str]]


class ControlError(RuntimeError):
    """The hub did not do it: its sentence says why, and what would have been allowed; or nobody was there."""


class ControlClient:
    """Asks a ``SimulatedHub``. Every call is a connection of its own, so calls may overlap.

    Args:
        path: The hub's control socket.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    async def do(self, device: str, action: str, **arguments: str) -> dict[str, str]:
        """Do what a hand does; return the state of the device after it, and under other names what it told.

        Raises:
            ControlError: it did not happen.
        """
        answer = await self._ask(device, action, arguments)
        return {**answer["told"], **answer["state"]}

    async def states(self) -> States:
        """Return what an onlooker sees of every device."""
        states: States = (await self._ask("*", "state", {}))["states"]
        return states

    async def menu(self) -> dict[str, list[dict[str, Any]]]:
        """Return what can be done with each device now: see ``drivers.simulated.menu.Entry``."""
        menu: dict[str, list[dict[str, Any]]] = (await self._ask("*", "menu", {}))["menu"]
        return menu

    async def wiring(self) -> dict[str, str]:
        """Return where the drivers find each device."""
        wiring: dict[str, str] = (await self._ask("*", "wiring", {}))["wiring"]
        return wiring

    async def watch(self) -> AsyncGenerator[States, None]:
        """Yield all states at once, and again after every change. Ends with the hub.

        Close the iterator (``contextlib.aclosing``) to stop watching.

        Raises:
            ControlError: nobody is there.
        """
        reader, writer = await self._connect()
        try:
            writer.write(_encode("*", "watch", {}))
            with contextlib.suppress(ConnectionError):
                while line := await reader.readline():
                    yield _decode(line)["states"]
        finally:
            writer.close()

    async def _ask(self, device: str, action: str, arguments: dict[str, str]) -> dict[str, Any]:
        reader, writer = await self._connect()
        try:
            async with asyncio.timeout(ANSWER_LIMIT_S):
                writer.write(_encode(device, action, arguments))
                await writer.drain()
                return _decode(await reader.readline())
        except TimeoutError as error:
            raise ControlError(f"{self._path} did not answer within {ANSWER_LIMIT_S:g} s") from error
        except ConnectionError as error:
            raise ControlError(f"{self._path} hung up") from error
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            return await asyncio.open_unix_connection(self._path, limit=_LONGEST_LINE_BYTES)
        except OSError as error:
            raise ControlError(f"no simulated devices at {self._path}: {error.strerror}") from error


def do(path: Path, device: str, action: str, **arguments: str) -> dict[str, Any]:
    """Ask once and wait; return the whole answer. For the command line.

    Raises:
        ControlError: it did not happen.
    """
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(ANSWER_LIMIT_S)
        try:
            line.connect(str(path))
            line.sendall(_encode(device, action, arguments))
            with line.makefile("rb") as answers:
                return _decode(answers.readline())
        except OSError as error:
            raise ControlError(f"no simulated devices at {path}: {error.strerror or error}") from error


def _encode(device: str, action: str, arguments: dict[str, str]) -> bytes:
    return msgspec.json.encode({**arguments, "device": device, "action": action}) + b"\n"


def _decode(line: bytes) -> dict[str, Any]:
    if not line:
        raise ControlError("the simulated devices hung up")
    answer: dict[str, Any] = msgspec.json.decode(line)
    if not answer.get("ok"):
        raise ControlError(str(answer.get("error", "no reason was given")))
    return answer
