"""What every test found, for as long as the terminal lives: who had it run, when, what was measured, on which device.

Rows are never changed and never thrown away: a result takes about 1.2 kB, so a terminal that runs the tests that need
nobody every night grows by about 6 MB a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from kiosk.diagnostics.chain import Chain, ChainError, Row
from kiosk.diagnostics.drift import Drift, drift
from kiosk.diagnostics.model import TestResult, Verdict

FILE: Final = "diagnostics/records.db"
"""In the state folder; the audit has its table there as well."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One result and its circumstances."""

    operator: str
    """Number of the technician; ``console`` or ``terminal``."""
    result: TestResult
    versions: dict[str, str] = {}


class History:
    """The results of one terminal. Its calls block for the disk: call them on a thread.

    Args:
        state_dir: Where the terminal keeps what stays.
    """

    def __init__(self, state_dir: Path) -> None:
        self._chain = Chain(state_dir / FILE, "results")

    def add(self, result: TestResult, *, operator: str, versions: Mapping[str, str]) -> str:
        """Add a result; return its hash. Raises ``ChainError``: it was not added."""
        entry = Entry(operator=operator, result=result, versions=dict(versions))
        return self._chain.append(result.test, msgspec.json.encode(entry).decode()).hash

    def entries(self, test: str = "", *, last: int = 0) -> tuple[Entry, ...]:
        """Return results, oldest first: of one test or of all, all of them or the ``last`` so many.

        Raises:
            ChainError: they cannot be read.
        """
        return tuple(_entry(row) for row in self._chain.rows(test, last=last))

    def newest(self) -> tuple[TestResult, ...]:
        """Return the newest result of each test that was done. Raises ``ChainError``."""
        return tuple(_entry(row).result for row in self._chain.newest())

    def drift(self, test: str, measure: str, *, last: int = 200) -> Drift:
        """Return how a measure went, of the device that is there now. Raises ``ChainError``."""
        entries = self.entries(test, last=last)
        serial = entries[-1].result.identity.serial if entries else ""
        points = [
            (entry.result.began, found.value)
            for entry in entries
            if entry.result.verdict is not Verdict.SKIPPED and entry.result.identity.serial == serial
            for found in entry.result.measures
            if found.name == measure
        ]
        return drift(points)

    def head(self) -> str:
        """Return the hash of the newest row. Raises ``ChainError``."""
        return self._chain.head()

    def verify(self) -> int | None:
        """Return the number of the first row that was tampered with; None: none was. Raises ``ChainError``."""
        return self._chain.verify()


def _entry(row: Row) -> Entry:
    try:
        return msgspec.json.decode(row.content, type=Entry)
    except msgspec.DecodeError as error:
        raise ChainError(f"row {row.number} of the history holds no result") from error
