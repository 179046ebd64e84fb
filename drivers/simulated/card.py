"""The other end of the wire of a smart-card reader: a social security card in vpcd's virtual reader.

Written from the specification (ISO/IEC 7816-3 and -4, LD/T 33), not from the driver. The card speaks T=0: answers to
commands with data wait for GET RESPONSE (61xx), a wrong length is corrected (6Cxx), the unknown is refused.

vpcd's protocol: two bytes of length, then a message. One byte is a control: 0 off, 1 on, 2 reset, 4 what is your ATR;
anything else is a command for the card. A card is in as long as somebody is connected.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import struct
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from drivers.simulated.api import UnknownAction
from drivers.simulated.faults import Faults, menu
from drivers.simulated.pcscd import SYSTEM_SOCKET, VPCD_PORT, PcscdUnavailable, PrivatePcscd, answers
from drivers.simulated.people import Person

_log = logging.getLogger(__name__)

FAULTS: Final = menu(
    {
        "upside-down": "put in the wrong way round: no answer to reset that makes sense",
        "refuse": "answers every command with 6F00",
    }
)
FOREIGN_CARD: Final = "bank"
"""Key of a card that is well and has no social security application."""

_ATR: Final = bytes.fromhex("3B 69 00 00 53 49 4D 43 41 52 44 30 31")
"""T=0, direct convention, nine historical bytes: SIMCARD01."""
_OTHER_ATR: Final = bytes.fromhex("3B 69 00 00 53 49 4D 43 41 52 44 30 39")
"""SIMCARD09: a card of another make."""
_NO_ATR: Final = b"\0"
_ATR_WANTED: Final = b"\4"
_RETRY_S: Final = 0.5
_LATE_S: Final = 1.0

_APPLICATION: Final = bytes.fromhex("7378312E73682E C9E7BBE1B1A3D5CF")
_VALID_UNTIL: Final = date(2041, 12, 31)
"""Of every card: who is out of date in the simulated city is so by identity card."""


class SimulatedCard:
    """Implements ``SimulatedDevice``: the reader with its slot, and the hand that puts cards in.

    As root it has a pcscd of its own and can be unplugged; its clients need ``environment``. Otherwise it stands at the
    machine's pcscd, which is not ours to unplug.

    Args:
        folder: Short path for pcscd's files.
        people: Whose cards there are, by key.
        private: Whether to start a pcscd of its own; None: when root.
    """

    kind = "card"

    def __init__(self, folder: Path, people: Mapping[str, Person], *, private: bool | None = None) -> None:
        self.folder = folder
        self.on_change: Callable[[], None] | None = None
        self._cards = {key: person for key, person in people.items() if person.social_security_card}
        private = os.geteuid() == 0 if private is None else private
        self._pcscd = PrivatePcscd(folder, on_end=self._changed) if private else None
        self.actions: tuple[str, ...] = ("insert", "remove", "fault", *(("unplug", "plug") if private else ()))
        self._key = ""
        self._card: _Card | None = None
        # Bits flip in the data only: a reader checks what it hears from a card, but not what the card says.
        self.faults = Faults(
            FAULTS if private else {kind: FAULTS[kind] for kind in FAULTS if kind not in ("unplugged", "flapping")},
            units=("apdu",),
            plug=self.plug,
            unplug=self.unplug,
            changed=self._changed,
            late_s=_LATE_S,
        )
        self._inserted = asyncio.Event()
        self._connection: asyncio.StreamWriter | None = None
        self._standing: asyncio.Task[None] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the processes of the clients need in their environment, before they first touch PC/SC."""
        return {"PCSCLITE_CSOCK_NAME": str(self._pcscd.socket)} if self._pcscd else {}

    @property
    def pid(self) -> int | None:
        """The process of its own pcscd, while it runs."""
        return self._pcscd.pid if self._pcscd else None

    async def start(self) -> None:
        """See ``SimulatedDevice.start``.

        Raises:
            PcscdUnavailable: no pcscd can be had; nothing stays.
        """
        self._move("", None)
        await self.faults.stop()
        if self._pcscd:
            await self._pcscd.start()
        elif not await answers(SYSTEM_SOCKET):
            raise PcscdUnavailable("the machine's pcscd does not run; start it: systemctl start pcscd")
        if self._standing is None:
            self._standing = asyncio.create_task(self._stand(), name="simulated card")

    async def stop(self) -> None:
        """See ``SimulatedDevice.stop``."""
        await self.faults.stop()
        if self._pcscd:
            await self._pcscd.stop()
        standing, self._standing = self._standing, None
        if standing:
            standing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await standing

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """See ``SimulatedDevice.do``. ``insert`` takes ``card``, a key or "bank"; ``fault`` see ``Faults.order``."""
        if action not in self.actions:
            raise UnknownAction(action, self.actions)
        match action:
            case "insert":
                await self.insert(arguments.get("card", ""))
            case "remove":
                await self.remove()
            case "unplug":
                await self.unplug()
            case "plug":
                await self.plug()
            case _:
                await self.faults.order(arguments)
        return {}

    def state(self) -> dict[str, str]:
        """See ``SimulatedDevice.state``."""
        plugged = self._pcscd is None or self._pcscd.pid is not None
        return {"plugged": "yes" if plugged else "no", "card": self._key, **self.faults.state()}

    async def insert(self, card: str | Person) -> None:
        """Put a card in, in place of what is there.

        Raises:
            UnknownAction: nobody with such a key has a card.
        """
        if card == FOREIGN_CARD:
            self._move(FOREIGN_CARD, _Card({}, {}))
            return
        if isinstance(card, str):
            if card not in self._cards:
                raise UnknownAction(card, (*self._cards, FOREIGN_CARD))
            card = self._cards[card]
        self._move(card.key, social_security_card(card))

    async def remove(self) -> None:
        """Pull the card, in the middle of a command if need be."""
        self._move("", None)

    async def fault(self, kind: str) -> None:
        """Behave badly from now on.

        Raises:
            UnknownAction: no such fault.
        """
        await self.faults.order({"kind": kind})

    async def plug(self) -> None:
        """Put the reader's cable in.

        Raises:
            PcscdUnavailable: pcscd did not come up.
        """
        if self._pcscd:
            await self._pcscd.start()
            self._changed()

    async def unplug(self) -> None:
        """Pull the reader's cable: PC/SC is gone for whoever used it."""
        if self._pcscd:
            await self._pcscd.stop()
            self._changed()

    def _move(self, key: str, card: _Card | None) -> None:
        self._key, self._card = key, card
        if self._connection:
            self._connection.transport.abort()
        if card:
            self._inserted.set()
        else:
            self._inserted.clear()
        self._changed()

    def _changed(self) -> None:
        if self.on_change:
            self.on_change()

    async def _stand(self) -> None:
        """Be connected whenever a card is in, and again when pcscd was restarted."""
        while True:
            await self._inserted.wait()
            card = self._card
            try:
                reader, self._connection = await self._connect()
                while card is not None and card is self._card:  # the hand may have been faster than the connection
                    await self._answer(card, await vpcd_receive(reader, self._connection), self._connection)
            except (OSError, asyncio.IncompleteReadError) as error:
                _log.debug("no connection to vpcd: %s", error)
                if card is self._card:  # not pulled: pcscd left or is not there yet
                    await asyncio.sleep(_RETRY_S)
            finally:
                if self._connection:
                    self._connection.transport.abort()
                    self._connection = None

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._pcscd:
            return await self._pcscd.connect()
        return await asyncio.open_connection("127.0.0.1", VPCD_PORT)

    async def _answer(self, card: _Card, message: bytes, writer: asyncio.StreamWriter) -> None:
        if message == _ATR_WANTED:
            atr = {"upside-down": _NO_ATR, "wrong-version": _OTHER_ATR}.get(self.faults.kind, _ATR)
            await vpcd_send(writer, atr)
        elif len(message) == 1:
            card.reset()
        else:
            await self.faults.begins("apdu")
            if answer := await self._obey(card, message):
                await vpcd_send(writer, answer)
            await self.faults.ends("apdu")

    async def _obey(self, card: _Card, command: bytes) -> bytes:
        """Return what the card answers; nothing from a card that has died."""
        if self.faults.kind == "refuse":
            return b"\x6f\x00"
        answer = card.obey(command)
        data, status = answer[:-2], answer[-2:]
        match self.faults.kind:
            case "garbled" | "half":
                return await self.faults.spoil(data) + status if data else status
            case "wrong-version" if b"3.00" in data:
                return data.replace(b"3.00", b"1.00") + status
        return await self.faults.spoil(answer)


class _Card:
    """The files of one card and where its reader stands in them.

    Args:
        applications: Files of each application by its name.
        answers: What selecting an application tells, by the same name.
    """

    def __init__(self, applications: Mapping[bytes, Mapping[int, Mapping[int, bytes]]], answers: Mapping[bytes, bytes]):
        self._applications = applications
        self._answers = answers
        self.reset()

    def reset(self) -> None:
        """Forget what was selected."""
        self._files: Mapping[int, Mapping[int, bytes]] | None = None
        self._records: Mapping[int, bytes] | None = None
        self._waiting = b""

    def obey(self, command: bytes) -> bytes:
        """Return data and status word for one T=0 command of five header bytes and, for SELECT, data."""
        if len(command) < 5:
            return b"\x67\x00"
        if command[0] != 0x00:
            return b"\x6e\x00"
        waiting, self._waiting = self._waiting, b""
        match command[1]:
            case 0xA4:
                return self._select(command)
            case 0xC0:
                return self._hand_out(waiting, command)
            case 0xB2:
                return self._read_record(command)
            case _:
                return b"\x6d\x00"

    def _select(self, command: bytes) -> bytes:
        wanted = command[5:]
        if len(wanted) != command[4]:
            return b"\x67\x00"
        if command[2:4] == b"\x04\x00":
            if wanted not in self._applications:
                return b"\x6a\x82"
            self._files, self._records = self._applications[wanted], None
            self._waiting = self._answers[wanted]
            return bytes([0x61, len(self._waiting)])
        if command[2:4] == b"\x02\x00":
            file = int.from_bytes(wanted, "big")
            if self._files is None or file not in self._files:
                return b"\x6a\x82"
            self._records = self._files[file]
            return b"\x90\x00"
        return b"\x6a\x86"

    def _hand_out(self, waiting: bytes, command: bytes) -> bytes:
        if len(command) != 5:
            return b"\x67\x00"
        if not waiting:
            return b"\x69\x85"
        wanted = command[4] or 256
        if wanted > len(waiting):
            self._waiting = waiting
            return bytes([0x6C, len(waiting)])
        self._waiting = waiting[wanted:]
        return waiting[:wanted] + (bytes([0x61, len(self._waiting)]) if self._waiting else b"\x90\x00")

    def _read_record(self, command: bytes) -> bytes:
        if len(command) != 5:
            return b"\x67\x00"
        if command[3] != 0x00:
            return b"\x6a\x86"
        if self._records is None:
            return b"\x69\x86"
        if command[2] not in self._records:
            return b"\x6a\x83"
        value = self._records[command[2]]
        record = bytes([command[2], len(value)]) + value
        return record + b"\x90\x00" if command[4] == len(record) else bytes([0x6C, len(record)])


def social_security_card(person: Person) -> _Card:
    """Return the card of ``person`` as its issuer wrote it."""
    number = (person.social_security_card or "").encode("ascii")
    about_card = {
        0x01: bytes.fromhex("00010100") + number.rjust(12, b"\0"),
        0x02: b"\x03",
        0x03: b"3.00",
        0x05: bytes.fromhex(f"{person.valid_from:%Y%m%d}"),
        0x06: bytes.fromhex(f"{_VALID_UNTIL:%Y%m%d}"),
        0x07: number.ljust(9, b"\0"),
    }
    about_holder = {
        0x08: person.number.encode("ascii").ljust(18, b"\0"),
        0x09: person.name.encode("gb18030").ljust(30, b"\0"),
        0x0A: person.sex.encode("ascii"),
        0x0B: bytes.fromhex(person.ethnicity or "97"),
        0x0C: bytes.fromhex(person.number[:6]),
        0x0D: bytes.fromhex(f"{person.birth_date:%Y%m%d}"),
    }
    told = bytes([0x6F, len(_APPLICATION) + 2, 0x84, len(_APPLICATION)]) + _APPLICATION
    return _Card({_APPLICATION: {0xEF05: about_card, 0xEF06: about_holder}}, {_APPLICATION: told})


async def vpcd_receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """Return the next message of vpcd. Raises ``OSError`` or ``asyncio.IncompleteReadError`` when it left."""
    (length,) = struct.unpack(">H", await reader.readexactly(2))
    # vpcd 3.3 sends the length by itself and the message once that is acknowledged, which would take the kernel 40 ms.
    writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
    return await reader.readexactly(length)


async def vpcd_send(writer: asyncio.StreamWriter, message: bytes) -> None:
    """Send a message to vpcd. Raises ``OSError`` when it left."""
    writer.write(struct.pack(">H", len(message)) + message)
    await writer.drain()
