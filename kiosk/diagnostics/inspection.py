"""An inspection: one technician, or nobody, runs tests and asks for the report; everything done is written down.

The diagnostics pages, ``kiosk diagnose`` and the socket of a running terminal all go through here.
"""

from __future__ import annotations

import asyncio
import logging
import os
import platform
import shutil
from collections.abc import Mapping
from importlib import metadata
from typing import Final

from drivers.errors import DeviceError
from drivers.printer.api import Printed
from kiosk.diagnostics import running
from kiosk.diagnostics.audit import Action, Audit
from kiosk.diagnostics.bench import Post, Workbench
from kiosk.diagnostics.chain import ChainError
from kiosk.diagnostics.drift import Drift
from kiosk.diagnostics.history import Entry, History
from kiosk.diagnostics.model import DeviceStatus, Readiness, Reason, Report, TestResult, Verdict
from kiosk.diagnostics.reaching import print_slip
from kiosk.diagnostics.readiness import Surroundings, judge
from kiosk.diagnostics.report import Signed, Signer, Statement, sign
from kiosk.diagnostics.words import Words

log = logging.getLogger(__name__)

CONSOLE: Final = "console"
TERMINAL: Final = "terminal"
KINDS: Final = ("idreader", "card", "scanner", "camera", "printer", "power", "headphones")
_MB: Final = 1_000_000
_BACKEND_S: Final = 1.0
"""How long the report waits for the backend: it is made in less than two seconds."""
_NO_RECORDS: Final = "-"


class Inspection:
    """What one operator does here.

    Args:
        bench: What tests may reach.
        signer: Has the terminal's key.
        operator: Number of the technician; ``console`` or ``terminal``.
        catalogue: Version of the catalogue, where it is known.
    """

    def __init__(self, bench: Workbench, signer: Signer, *, operator: str, catalogue: str = "") -> None:
        self.bench = bench
        self.operator = operator
        self._signer = signer
        self._history = History(bench.state_dir)
        self._audit = Audit(bench.state_dir)
        self._versions = versions(catalogue)
        self._running = asyncio.Lock()

    def tests(self) -> tuple[running.TestSpec, ...]:
        """Return the tests of this terminal."""
        return running.all_tests(self.bench.settings)

    def devices(self) -> tuple[DeviceStatus, ...]:
        """Return how the devices are."""
        return tuple(kept.status() for kept in self.bench.devices.values())

    async def run(self, test_id: str, post: Post) -> TestResult:
        """Run a test after those before it; keep what it found. A test that was skipped leaves no history.

        That it begins is written down before it does, and that it was stopped when it is cancelled.

        Raises:
            KeyError: there is no such test.
        """
        running.spec(test_id)
        async with self._running:
            await self.note("test.begun", test_id)
            try:
                result = await running.run(test_id, self.bench, post)
            except asyncio.CancelledError:
                await asyncio.shield(self.note("test", test_id, "stopped"))
                raise
        if result.verdict is not Verdict.SKIPPED:
            try:
                await asyncio.to_thread(self._history.add, result, operator=self.operator, versions=self._versions)
            except ChainError as error:
                log.warning("a result is not in the history: %s", error)
        await self.note("test", test_id, result.verdict.value)
        return result

    async def note(self, what: str, about: str = "", result: str = "") -> None:
        """Write down what the operator did; a disk that is full keeps nobody from repairing it."""
        action = Action(at=self.bench.now(), operator=self.operator, what=what, about=about, result=result)
        try:
            await asyncio.to_thread(self._audit.add, action)
        except ChainError as error:
            log.warning("an action of %s is not in the audit: %s", self.operator, error)

    async def pair(self, kind: str) -> str:
        """Remember the device that is there now as ours; return its serial number, empty when it has none."""
        serial = self.bench.devices[kind].status().identity.serial
        if serial:
            await self.note(_paired(kind), kind, serial)
        return serial

    async def look(self) -> Report:
        """Return how the terminal is at this moment, unsigned; in less than two seconds.

        Raises:
            OSError: the terminal's id cannot be read.
        """
        report, _ = await self._looked()
        return report

    async def report(self) -> Signed:
        """Make the readiness report of this moment, signed; in less than two seconds.

        Raises:
            OSError: the terminal's key cannot be read.
        """
        report, heads = await self._looked()
        statement = Statement(report=report, history=heads[0], audit=heads[1])
        signed = await asyncio.to_thread(sign, statement, self._signer)
        await self.note("report", "", report.verdict.value)
        return signed

    async def _looked(self) -> tuple[Report, tuple[str, str]]:
        """Return how the terminal is, and the heads of its records."""
        backend, (results, paired, whole, heads) = await asyncio.gather(
            _answers(self.bench.backend_url), asyncio.to_thread(self._records)
        )
        around = await asyncio.to_thread(self._around, backend, whole)
        devices = self.devices()
        installed = [kind for kind in KINDS if kind in self.bench.devices]
        verdict, reasons = judge(installed, {each.kind: each for each in devices}, results, around)
        verdict, reasons = _with_pairing(verdict, reasons, await self._strangers(devices, paired))
        report = Report(
            terminal=self._signer.terminal,
            place=self.bench.settings.terminal.place.zh_hans,
            made=self.bench.now(),
            operator=self.operator,
            verdict=verdict,
            reasons=reasons,
            devices=devices,
            results=results,
            versions=self._versions,
        )
        return report, heads

    async def print_report(self, signed: Signed, words: Words) -> Printed | None:
        """Print a report on the terminal's own printer; None: it could not be printed."""
        from kiosk.diagnostics import paper

        try:
            printed = await print_slip(self.bench, paper.slip(signed, words))
        except (DeviceError, KeyError) as error:
            await self.note("slip", "printer", getattr(error, "code", "needs.printer"))
            return None
        await self.note("slip", "printer", printed.proof)
        return printed

    async def entries(self, test: str = "", *, last: int = 50) -> tuple[Entry, ...]:
        """Return results from the history, oldest first. Raises ``ChainError``."""
        return await asyncio.to_thread(self._history.entries, test, last=last)

    async def drift(self, test: str, measure: str) -> Drift:
        """Return how a measure went on this machine. Raises ``ChainError``."""
        return await asyncio.to_thread(self._history.drift, test, measure)

    def _records(self) -> tuple[tuple[TestResult, ...], Mapping[str, str] | None, bool, tuple[str, str]]:
        """Return the newest results, who is paired (None: not known), whether the records are whole, and heads."""
        try:
            order = {test.id: number for number, test in enumerate(running.TESTS)}
            newest = sorted(self._history.newest(), key=lambda result: order.get(result.test, len(order)))
            whole = self._history.verify() is None and self._audit.verify() is None
            paired = {kind: self._audit.last(_paired(kind)) for kind in KINDS}
            heads = self._history.head(), self._audit.head()
        except ChainError as error:
            log.warning("the records cannot be read: %s", error)
            return (), None, False, (_NO_RECORDS, _NO_RECORDS)
        return tuple(newest), {kind: last.result for kind, last in paired.items() if last}, whole, heads

    def _around(self, backend: bool | None, whole: bool) -> Surroundings:
        folder = self.bench.state_dir
        outbox = folder / "outbox"
        try:
            free_mb, usable = shutil.disk_usage(folder).free / _MB, os.access(folder, os.W_OK | os.X_OK)
            waiting = sum(1 for _ in outbox.glob("*.parcel")) if outbox.is_dir() else 0
        except OSError:
            free_mb, usable, waiting = 0.0, False, 0
        screen = True if self.bench.screen is not None else None
        return Surroundings(
            screen=screen, backend=backend, outbox=usable, waiting=waiting, free_mb=free_mb, records=whole
        )

    async def _strangers(self, devices: tuple[DeviceStatus, ...], paired: Mapping[str, str] | None) -> tuple[str, ...]:
        """Return devices that are others than those that were paired; the first that is ever seen is paired."""
        if paired is None:  # records that cannot be read now do not make a stranger the first that is seen
            return ()
        strangers = []
        for each in devices:
            serial = each.identity.serial
            if not serial or not each.state.usable:
                continue
            if each.kind not in paired:
                await self.note(_paired(each.kind), each.kind, serial)
            elif paired[each.kind] != serial:
                strangers.append(each.kind)
        return tuple(strangers)


def versions(catalogue: str = "") -> dict[str, str]:
    """Return the versions of what runs here."""
    found = {
        "kiosk": metadata.version("onething-kiosk"),
        "Qt": metadata.version("PySide6"),
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    return found | ({"catalogue": catalogue} if catalogue else {})


def _paired(kind: str) -> str:
    return f"paired.{kind}"


def _with_pairing(
    verdict: Readiness, reasons: tuple[Reason, ...], strangers: tuple[str, ...]
) -> tuple[Readiness, tuple[Reason, ...]]:
    """Add that a device is not the one that was paired: it serves, and somebody has to know who put it there."""
    if not strangers:
        return verdict, reasons
    added = tuple(Reason(code="device.unpaired", about=kind, decisive=False) for kind in strangers)
    return (Readiness.LIMITED if verdict is Readiness.READY else verdict), (*reasons, *added)


async def _answers(url: str) -> bool | None:
    """Return whether the backend answers at once; None: its address is not known here."""
    if not url:
        return None
    import httpx

    try:
        # the limits of httpx count each wait anew: an answer that drips in would never be too late
        async with asyncio.timeout(_BACKEND_S), httpx.AsyncClient(timeout=_BACKEND_S) as client:
            answer = await client.get(f"{url}/v1/health")
    except (httpx.HTTPError, TimeoutError):
        return False
    return answer.is_success
