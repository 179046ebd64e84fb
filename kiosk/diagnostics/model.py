"""What a test finds, as data: measures with limits and units, a verdict that nobody has to judge by eye."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from drivers.status import Identity, State


class Verdict(StrEnum):
    """How a test ended."""

    PASS = "pass"  # noqa: S105 - a verdict
    """Every measure is within its limits."""
    WARN = "warn"
    """It works, near a limit: see to it at the next visit."""
    FAIL = "fail"
    """A measure is beyond its limit, or the device did not answer."""
    SKIPPED = "skipped"
    """It was not done: there is no such device, or what it needs was not there. ``reason`` says which."""


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was measured."""

    name: str
    """Key of its words in ``assets/i18n/diagnostics.yaml``, such as ``printer.first-byte``."""
    value: float
    unit: str
    """As it is written behind the value: "ms", "%", "mm", "frames/s", "" for a count."""
    at_least: float | None = None
    at_most: float | None = None
    warn_at_least: float | None = None
    """Below this it still passes, and a warning says so."""
    warn_at_most: float | None = None
    basis: str = ""
    """Where the limits come from: a standard, a specification, this terminal's own past."""

    @property
    def verdict(self) -> Verdict:
        """Compare the value with its limits."""
        if self.value != self.value:
            return Verdict.FAIL
        if _beyond(self.value, self.at_least, self.at_most):
            return Verdict.FAIL
        return Verdict.WARN if _beyond(self.value, self.warn_at_least, self.warn_at_most) else Verdict.PASS


def _beyond(value: float, at_least: float | None, at_most: float | None) -> bool:
    return (at_least is not None and value < at_least) or (at_most is not None and value > at_most)


class TestResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one test of one device found."""

    __test__ = False  # its name begins like that of a test case

    test: str
    """Id of the test, such as ``idreader.self-test``; key of its words."""
    device: str
    """Kind of device as in the settings (``idreader``, ``printer``), or screen, network, disk, system."""
    verdict: Verdict
    measures: tuple[Measure, ...] = ()
    reason: str = ""
    """Code of why it failed or was skipped; a key of ``assets/i18n/diagnostics.yaml`` or of ``sentences.yaml``."""
    detail: str = ""
    """For the technician; no personal data."""
    began: datetime
    took_s: float
    identity: Identity = Identity()
    """Of the device that was tested."""


class Counters(msgspec.Struct, frozen=True, kw_only=True):
    """What a device did since its supervisor began."""

    opened: int = 0
    lost: int = 0
    done: int = 0
    """Reads, scans, pictures, slips that succeeded."""
    failed: int = 0


class Mishap(msgspec.Struct, frozen=True, kw_only=True):
    """One of the last errors of a device."""

    at: datetime
    code: str
    detail: str = ""


class DeviceStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How a device is, for the technician."""

    kind: str
    """As in the settings: ``idreader``, ``card``, ``scanner``, ``camera``, ``printer``."""
    state: State
    cause: str = ""
    """Code; key of ``assets/i18n/sentences.yaml``, where citizen's sentence and technician's remedy stand."""
    since: datetime
    identity: Identity = Identity()
    counters: Counters = Counters()
    mishaps: tuple[Mishap, ...] = ()
    """The last of them, newest first."""


class Readiness(StrEnum):
    """What the whole terminal is fit for."""

    READY = "READY"
    LIMITED = "LIMITED"
    """It serves, and something does not work: reasons say what and what to do."""
    NOT_READY = "NOT READY"
    """Nobody can be served."""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a terminal is not quite ready."""

    code: str
    """Key of its sentence and remedy in ``assets/i18n/diagnostics.yaml`` or ``sentences.yaml``."""
    about: str
    """Device or test."""
    decisive: bool
    """It alone makes the terminal NOT READY."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The readiness report, before it is signed."""

    terminal: str
    place: str
    made: datetime
    operator: str
    """Number of the technician; ``console`` for the command line, ``terminal`` when it was made by itself."""
    verdict: Readiness
    reasons: tuple[Reason, ...] = ()
    devices: tuple[DeviceStatus, ...] = ()
    results: tuple[TestResult, ...] = ()
    """The newest result of each test."""
    versions: dict[str, str] = {}
    """Of kiosk, catalogue, Qt, Python, system."""
