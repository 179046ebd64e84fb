"""What every simulated ID reader has in common: a document that is laid down and lifted, faults, a cable, commands.

It paces itself: commands take as long as on a real reader, scaled by ``pace``. Also here: what the chips of documents
hold, with a notion of text blocks of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from drivers.idreader.api import DocumentKind
from drivers.simulated.api import UnknownAction
from drivers.simulated.faults import Faults, menu
from drivers.simulated.idreader_wire import Wire
from drivers.simulated.people import Person

FAULTS: Final = menu(
    {
        "unreadable": "cannot read the chip of any document",
        "wrong-type": "takes every document for a wrong type of card",
        "self-test": "says that its self-test failed",
        "not-authorised": "says that it is not authorised",
    }
)


class ReaderAtHand(ABC):
    """A reader with a document on it or not. Implements ``SimulatedDevice`` for those that speak a protocol.

    Args:
        people: Whose documents there are, by key.
        wire: What the driver is at the other end of.
        pace: 1 is as slow as a real reader, 0 is at once.
    """

    kind = "idreader"
    actions: tuple[str, ...] = ("insert", "remove", "unplug", "plug", "fault")

    def __init__(self, people: Mapping[str, Person], wire: Wire, pace: float) -> None:
        self.on_change: Callable[[], None] | None = None
        self._people = people
        self._wire = wire
        self._pace = pace
        self._document: Person | None = None
        self._reading = False
        self.faults = Faults(
            FAULTS, units=("command", "byte"), plug=self.plug, unplug=self.unplug, changed=self._changed
        )
        self._moved = asyncio.Event()
        self._bytes: asyncio.Queue[bytes] = asyncio.Queue()
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """See ``SimulatedDevice.start``."""
        self._document = None
        await self.faults.stop()
        await self.plug()

    async def stop(self) -> None:
        """See ``SimulatedDevice.stop``."""
        await self.faults.stop()
        await self.unplug()

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """See ``SimulatedDevice.do``. ``insert`` takes ``document``, a key; ``fault`` see ``Faults.order``."""
        match action:
            case "insert":
                await self.insert(arguments.get("document", ""))
            case "remove":
                await self.remove()
            case "unplug":
                await self.unplug()
            case "plug":
                await self.plug()
            case "fault":
                await self.faults.order(arguments)
            case _:
                raise UnknownAction(action, self.actions)
        return {}

    def state(self) -> dict[str, str]:
        """See ``SimulatedDevice.state``."""
        return {
            "plugged": "yes" if self._wire.plugged else "no",
            "document": self._document.key if self._document else "",
            "reading": "yes" if self._reading else "no",
            **self.faults.state(),
        }

    async def insert(self, document: str | Person) -> None:
        """Lay a document on the reader, in place of what lies there.

        Raises:
            UnknownAction: nobody has such a key.
        """
        if isinstance(document, str):
            if document not in self._people:
                raise UnknownAction(document, self._people)
            document = self._people[document]
        self._move(document)

    async def remove(self) -> None:
        """Lift what lies on the reader."""
        self._move(None)

    async def fault(self, kind: str) -> None:
        """Behave badly from now on.

        Raises:
            UnknownAction: no such fault.
        """
        await self.faults.order({"kind": kind})

    async def plug(self) -> None:
        """Put the cable in: the reader appears."""
        if self._wire.plugged:
            return
        self._bytes = asyncio.Queue()
        self._field_left()
        self._serving = asyncio.create_task(self._serve(), name="simulated idreader")
        self._wire.plug(self._bytes.put_nowait)
        self._changed()

    async def unplug(self) -> None:
        """Pull the cable: the reader is gone, in the middle of a byte if need be."""
        if not self._wire.plugged:
            return
        self._wire.unplug()
        serving, self._serving = self._serving, None
        if serving is not None:
            serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await serving
        self._changed()

    @abstractmethod
    async def _take_command(self, received: bytearray) -> bytes | None:
        """Take one command off the front of ``received``, obey it and return the answer; None: it is not whole."""

    @abstractmethod
    def _field_left(self) -> None:
        """Forget what the chip in the field was told: it left, or the power did."""

    def _move(self, document: Person | None) -> None:
        self._document = document
        self._field_left()
        self._moved.set()
        self._moved = asyncio.Event()
        self._changed()

    def _changed(self) -> None:
        if self.on_change:
            self.on_change()

    async def _serve(self) -> None:
        received = bytearray()
        while True:
            received += await self._bytes.get()
            while (answer := await self._take_command(received)) is not None:
                await self.faults.send(answer, self._wire.write)
                await self.faults.ends("command")

    def _light(self, *, on: bool) -> None:
        self._reading = on
        self._changed()

    async def _takes(self, seconds: float) -> None:
        """Let ``seconds`` pass, or less when the document is moved meanwhile."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds * self._pace):
                await self._moved.wait()


def text_block(document: Person) -> bytes:
    """Return the 256 bytes of text on the chip of ``document``."""
    born, begins = _day(document.birth_date), _day(document.valid_from)
    ends = _day(document.valid_until) if document.valid_until else "长期"
    slots: list[tuple[str, int]]
    match document.kind:
        case DocumentKind.RESIDENT_ID:
            slots = [(document.name, 15), (document.sex, 1), (document.ethnicity, 2), (born, 8), (document.address, 35)]
            slots += [(document.number, 18), (document.issuer, 15), (begins, 8), (ends, 8), ("", 18)]
        case DocumentKind.HMT_PERMIT:
            slots = [(document.name, 15), (document.sex, 1), ("", 2), (born, 8), (document.address, 35)]
            slots += [(document.number, 18), (document.issuer, 15), (begins, 8), (ends, 8)]
            slots += [(document.pass_number, 9), ("01", 2), ("", 3), ("J", 1), ("", 3)]
        case DocumentKind.FOREIGN_2017:
            slots = [(document.english_name, 60), (document.sex, 1), (document.number, 15), (document.nationality, 3)]
            slots += [(document.name, 15), (begins, 8), (ends, 8), (born, 8), ("01", 2), ("0000", 4), ("I", 1), ("", 3)]
        case DocumentKind.FOREIGN_2023:
            first, rest = document.english_name[:35], document.english_name[35:]
            slots = [(document.name, 15), (document.sex, 1), ("00", 2), (born, 8), (first, 35), (document.number, 18)]
            slots += [("", 15), (begins, 8), (ends, 8), (rest, 11), (document.nationality, 3), ("Y", 1), ("", 3)]
    return b"".join((text.encode("utf-16-le") + b" \0" * units)[: 2 * units] for text, units in slots)


def photo(document: Person) -> bytes:
    """Return 1,024 bytes in place of a photo: the format's opening letters and filler that shows no one."""
    return (b"WLf\0" + document.key.encode()).ljust(1024, b"\0")


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
