"""What the world must do for a visit. All but the first four need somebody who was let in.

At most one thing with a ticket is under way; the next, or ``Drop``, ends it.
"""

from __future__ import annotations

import msgspec

from kiosk.diagnostics.repairs import Kind
from kiosk.diagnostics.report import Signed
from kiosk.words import Language


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be done."""


# --- before anybody is in ---------------------------------------------------------------------------------------------


class Hold(Effect, frozen=True, kw_only=True):
    """Let no citizen begin, unless one is there. Answered by ``Held`` or ``Occupied``."""


class Release(Effect, frozen=True, kw_only=True):
    """Citizens may begin again."""


class CheckCode(Effect, frozen=True, kw_only=True):
    """Check a one-time code. Answered by ``Admitted`` or ``Refused``."""

    number: str
    code: str


class Enter(Effect, frozen=True, kw_only=True):
    """Let in who was admitted. Answered by ``Begun``."""

    operator: str
    by_card: bool


# --- inside -----------------------------------------------------------------------------------------------------------


class Leave(Effect, frozen=True, kw_only=True):
    """The visit is over; end everything of it."""

    why: str
    """``left``, ``idle``, ``limit``, ``broken``."""


class Drop(Effect, frozen=True, kw_only=True):
    """End what is under way."""


class ReleaseDevice(Effect, frozen=True, kw_only=True):
    """Try a device now. Answered by ``DevicesChanged``."""

    device: str


class Reply(Effect, frozen=True, kw_only=True):
    """Give the technician's answer to the test or repair that asked."""

    answer: str


class Work(Effect, frozen=True, kw_only=True):
    """Something that takes a while; its news carry the ticket."""

    ticket: int


class Look(Work, frozen=True, kw_only=True):
    """See how the terminal is. Answered by ``Looked``."""


class RunTests(Work, frozen=True, kw_only=True):
    """Run tests, one after the other. Answered by ``Advanced``, ``Asked``, ``Found`` and at the end ``TestsOver``."""

    tests: tuple[str, ...]


class Mend(Work, frozen=True, kw_only=True):
    """Lead through a repair. Answered by ``Mended``, ``Asked`` and at the end ``MendOver``."""

    kind: Kind
    device: str


class MakeReport(Work, frozen=True, kw_only=True):
    """Answered by ``ReportMade``."""


class PrintReport(Work, frozen=True, kw_only=True):
    """Answered by ``ReportPrinted``."""

    signed: Signed
    language: Language


class SaveReport(Work, frozen=True, kw_only=True):
    """As PDF in both languages and as JSON. Answered by ``ReportSaved``."""

    signed: Signed


class ReadHistory(Work, frozen=True, kw_only=True):
    """Of a test; of all for an empty one. Answered by ``HistoryRead``."""

    test: str


class ReadAudit(Work, frozen=True, kw_only=True):
    """Answered by ``AuditRead``."""


class Listen(Work, frozen=True, kw_only=True):
    """To the wire of a device, until dropped. Answered by ``TrafficHeard`` whenever something passed."""

    device: str


BEFORE: tuple[type[Effect], ...] = (Hold, Release, CheckCode, Enter)
"""What may be done before anybody is in."""
