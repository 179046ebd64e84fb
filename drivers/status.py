"""What every driver tells about its device, whatever kind it is, and what whoever keeps it open may rely on.

A driver has, beside the verbs of its kind, four members that a supervisor needs and nothing else::

    open()      connect; raises a ``DeviceError`` and leaves nothing open
    close()     let go; safe at any time, raises nothing
    identity    who is there, known once ``open`` returned
    watch()     the next change of its condition; raises when it is lost
    appears()   wait until there may be something to open again

Nothing is polled that can be waited for, and a device that lies idle is watched as well as one in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


class State(StrEnum):
    """How a device is: a closed set, announced on change only."""

    ABSENT = "absent"
    """Nothing is there to open."""
    STARTING = "starting"
    """It is there, and being opened."""
    READY = "ready"
    """In use or ready for it, nothing is wrong."""
    DEGRADED = "degraded"
    """It works, with a limit that its cause names: paper is near its end, a stream drops pictures."""
    FAILED = "failed"
    """It is there and does not work, or it came and went so often that it is left alone for a while."""

    @property
    def usable(self) -> bool:
        """Whether a session may count on the device."""
        return self in (State.READY, State.DEGRADED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Who is at the other end of a wire, as far as it tells. Empty where it does not."""

    maker: str = ""
    model: str = ""
    serial: str = ""
    """Of the device or of its security module; never of a card or document."""
    firmware: str = ""
    connection: str = ""
    """Protocol and place, for example "SAM_V, /dev/onething/idreader, 115200 baud"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """How an open device is."""

    cause: str = ""
    """Code of what is wrong, a key of ``assets/i18n/sentences.yaml``; empty: nothing."""
    usable: bool = True
    """Whether it works all the same: a printer near its paper end does, one with its cover open does not."""
    detail: str = ""
    """For the log; no personal data."""


WELL = Condition()
"""Nothing is wrong."""


class Device(Protocol):
    """What every driver has, for whoever keeps it open."""

    @property
    def identity(self) -> Identity:
        """Who is there; what is known without asking before ``open``, all of it after."""

    async def open(self) -> Any:
        """Connect. Raises ``DeviceError``; nothing stays open then."""

    async def close(self) -> None:
        """Let go. Safe at any time and more than once; raises nothing.

        Whoever is cancelled in here calls it again: then it waits again for whatever has to end outside this process.
        """

    async def watch(self) -> Condition:
        """Wait for the next change of the condition of an open device, and return the new one.

        The first call after ``open`` returns at once. May wait beside any other call, and may be cancelled.

        Raises:
            DeviceError: it is lost, whether or not anybody was using it; close and open afresh.
        """

    async def appears(self) -> None:
        """Wait until opening is worth a try again, after ``open`` said that nothing is there.

        Returns when a port appears, a daemon comes up, a USB device is plugged in; where the wire has no such event (a
        network printer) it waits for ever, and the caller's own clock decides. Raises nothing; may be cancelled.
        """


def unseen(present: bool) -> None:
    """Take what a reader of documents tells while it reads, for whoever does not care."""
    del present
