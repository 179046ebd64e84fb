"""The other end of the wire of a smart-card reader: vpcd's virtual reader with a contact and a contactless slot.

What is put in or held to it are cards written from their specifications: ``socialsecurity.py``, ``travel.py``,
``technician.py``.

vpcd's protocol: two bytes of length, then a message. One byte is a control: 0 off, 1 on, 2 reset, 4 what is your ATR;
anything else is a command for the card. A card is in as long as somebody is connected.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import os
import socket
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Protocol

from drivers.simulated.api import UnknownAction
from drivers.simulated.faults import Faults, menu
from drivers.simulated.pcscd import SYSTEM_SOCKET, VPCD_PORT, PcscdUnavailable, PrivatePcscd, answers
from drivers.simulated.people import Person
from drivers.simulated.socialsecurity import SocialSecurityChip, social_security_card
from drivers.simulated.technician import TECHNICIANS, TechnicianAuthority
from drivers.simulated.travel import TRAVELLERS, TravelChip
from drivers.simulated.travel_issuer import Issuer

_log = logging.getLogger(__name__)

FAULTS: Final = menu(
    {
        "upside-down": "put in the wrong way round: no answer to reset that makes sense",
        "refuse": "answers every command with 6F00",
    }
)
FOREIGN_CARD: Final = "bank"
"""Key of a card that is well and has no social security application."""

_OTHER_ATR: Final = bytes.fromhex("3B 69 00 00 53 49 4D 43 41 52 44 30 39")
"""SIMCARD09: a card of another make."""
_NO_ATR: Final = b"\0"
_ATR_WANTED: Final = b"\4"
_RETRY_S: Final = 0.5
_SWAP_S: Final = 0.5
"""No hand changes a card faster; pcscd looks for it every 400 ms and would take the new one for the old."""
_TECHNICIANS: Final = {each.key: each for each in TECHNICIANS}
_TRAVELLERS: Final = {each.key: each for each in TRAVELLERS}
_LATE_S: Final = 1.0


class Chip(Protocol):
    """What is in a slot."""

    atr: bytes

    def reset(self) -> None:
        """Lose power and get it again."""

    def obey(self, command: bytes, /) -> bytes:
        """Return data and status word for one command."""


class SimulatedCard:
    """Implements ``SimulatedDevice``: a reader with two slots, and the hand that puts cards in or holds them to it.

    A contact slot ("Virtual PCD 00 00") and a contactless one ("Virtual PCD 00 01") on one cable.

    As root it has a pcscd of its own and can be unplugged; its clients need ``environment``. Otherwise it stands at the
    machine's pcscd, which is not ours to unplug.

    Args:
        folder: Short path for pcscd's files.
        people: Whose cards there are, by key.
        private: Whether to start a pcscd of its own; None: when root.
        authorities: Where the issuers of technicians' cards and travel documents leave what a terminal must trust,
            ``technicians/ca.pem`` and ``travel/csca.pem``; ``folder`` without.
    """

    kind = "card"

    def __init__(
        self,
        folder: Path,
        people: Mapping[str, Person],
        *,
        private: bool | None = None,
        authorities: Path | None = None,
    ) -> None:
        self.folder = folder
        self.on_change: Callable[[], None] | None = None
        self._cards = {key: person for key, person in people.items() if person.social_security_card}
        private = os.geteuid() == 0 if private is None else private
        self._pcscd = PrivatePcscd(folder, on_end=self._changed) if private else None
        self._authorities = authorities or folder
        self._technicians: TechnicianAuthority | None = None
        self._issuer: Issuer | None = None
        cable = ("unplug", "plug") if private else ()
        self.actions: tuple[str, ...] = ("insert", "remove", "tap", "lift", "fault", *cable)
        self.contact, self.contactless = (_Slot(self, number) for number in range(2))
        # Bits flip in the data only: a reader checks what it hears from a card, but not what the card says.
        self.faults = Faults(
            FAULTS if private else {kind: FAULTS[kind] for kind in FAULTS if kind not in ("unplugged", "flapping")},
            units=("apdu",),
            plug=self.plug,
            unplug=self.unplug,
            changed=self._changed,
            late_s=_LATE_S,
        )

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
        self.contact.move("", None)
        self.contactless.move("", None)
        await self.faults.stop()
        await asyncio.to_thread(self._open_offices)
        if self._pcscd:
            await self._pcscd.start()
        elif not await answers(SYSTEM_SOCKET):
            raise PcscdUnavailable("the machine's pcscd does not run; start it: systemctl start pcscd")
        self.contact.start()
        self.contactless.start()

    async def stop(self) -> None:
        """See ``SimulatedDevice.stop``."""
        await self.faults.stop()
        if self._pcscd:
            await self._pcscd.stop()
        await self.contact.stop()
        await self.contactless.stop()

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """See ``SimulatedDevice.do``.

        ``insert`` and ``tap`` take ``card``, a key; ``fault`` see ``Faults.order``.
        """
        if action not in self.actions:
            raise UnknownAction(action, self.actions)
        match action:
            case "insert":
                await self.insert(arguments.get("card", ""))
            case "remove":
                await self.remove()
            case "tap":
                await self.tap(arguments.get("card", ""))
            case "lift":
                await self.lift()
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
        return {
            "plugged": "yes" if plugged else "no",
            "card": self.contact.key,
            "contactless": self.contactless.key,
            **self.faults.state(),
        }

    async def insert(self, card: str | Person) -> None:
        """Put a card into the contact slot, in place of what is there.

        Raises:
            UnknownAction: there is no such card.
        """
        key = card if isinstance(card, str) else card.key
        self.contact.move(key, self._chip(card, (*self._cards, FOREIGN_CARD, *_TECHNICIANS)))

    async def remove(self) -> None:
        """Pull the card, in the middle of a command if need be."""
        self.contact.move("", None)

    async def tap(self, card: str) -> None:
        """Hold a travel document or a technician's card to the contactless slot, in place of what is there.

        Raises:
            UnknownAction: there is no such card.
        """
        self.contactless.move(card, self._chip(card, (*_TRAVELLERS, FOREIGN_CARD, *_TECHNICIANS)))

    async def lift(self) -> None:
        """Take away what is held to the contactless slot, in the middle of a command if need be."""
        self.contactless.move("", None)

    def _chip(self, card: str | Person, allowed: tuple[str, ...]) -> Chip:
        if isinstance(card, Person):
            return social_security_card(card)
        if card not in allowed:
            raise UnknownAction(card, allowed)
        if card == FOREIGN_CARD:
            return SocialSecurityChip({}, {})
        if card in _TECHNICIANS:
            self._technicians = self._technicians or TechnicianAuthority(self._authorities / "technicians")
            return self._technicians.card(_TECHNICIANS[card])
        if card in _TRAVELLERS:
            self._issuer = self._issuer or Issuer(self._authorities / "travel")
            return TravelChip(_TRAVELLERS[card], self._issuer)
        return social_security_card(self._cards[card])

    def _open_offices(self) -> None:
        """Terminals read whom to trust when they start, so it must be there before any card is."""
        self._technicians = self._technicians or TechnicianAuthority(self._authorities / "technicians")
        self._issuer = self._issuer or Issuer(self._authorities / "travel")

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

    def _changed(self) -> None:
        if self.on_change:
            self.on_change()

    async def connect(self, slot: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to a slot of vpcd: a card is in. Raises ``OSError`` when pcscd does not run."""
        if self._pcscd:
            return await self._pcscd.connect(slot)
        return await asyncio.open_connection("127.0.0.1", VPCD_PORT + slot)

    async def answer(self, card: Chip, message: bytes, writer: asyncio.StreamWriter) -> None:
        """Answer one message of vpcd."""
        if message == _ATR_WANTED:
            other = _OTHER_ATR if isinstance(card, SocialSecurityChip) else card.atr
            await vpcd_send(writer, {"upside-down": _NO_ATR, "wrong-version": other}.get(self.faults.kind, card.atr))
        elif len(message) == 1:
            card.reset()
        else:
            await self.faults.begins("apdu")
            if answer := await self._obey(card, message):
                await vpcd_send(writer, answer)
            await self.faults.ends("apdu")

    async def _obey(self, card: Chip, command: bytes) -> bytes:
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


class _Slot:
    """One slot and the card in it."""

    def __init__(self, device: SimulatedCard, number: int) -> None:
        self._device, self._number = device, number
        self.key = ""
        self._card: Chip | None = None
        self._inserted = asyncio.Event()
        self._pulled_at = -math.inf
        self._connection: asyncio.StreamWriter | None = None
        self._standing: asyncio.Task[None] | None = None

    def move(self, key: str, card: Chip | None) -> None:
        """Have this card in the slot, or none, at once."""
        self.key, self._card = key, card
        if self._connection:
            self._connection.transport.abort()
            self._pulled_at = asyncio.get_running_loop().time()
        if card:
            self._inserted.set()
        else:
            self._inserted.clear()
        if self._device.on_change:
            self._device.on_change()

    def start(self) -> None:
        """Stand at vpcd."""
        if self._standing is None:
            self._standing = asyncio.create_task(self._stand(), name=f"simulated card {self._number}")

    async def stop(self) -> None:
        """Leave."""
        standing, self._standing = self._standing, None
        if standing:
            standing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await standing

    async def _stand(self) -> None:
        """Be connected whenever a card is in, and again when pcscd was restarted."""
        while True:
            await self._inserted.wait()
            await asyncio.sleep(self._pulled_at + _SWAP_S - asyncio.get_running_loop().time())
            card = self._card
            try:
                reader, self._connection = await self._device.connect(self._number)
                while card is not None and card is self._card:  # the hand may have been faster than the connection
                    message = await vpcd_receive(reader, self._connection)
                    await self._device.answer(card, message, self._connection)
            except (OSError, asyncio.IncompleteReadError) as error:
                _log.debug("no connection to vpcd: %s", error)
                if card is self._card:  # not pulled: pcscd left or is not there yet
                    await asyncio.sleep(_RETRY_S)
            finally:
                if self._connection:
                    self._connection.transport.abort()
                    self._connection = None


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
