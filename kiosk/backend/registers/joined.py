"""All registers as one: each within its hours, the remote ones side by side, none waited for longer than a limit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime
from time import monotonic
from typing import TypeVar

import msgspec

from kiosk.backend.registers.availability import LIBRARY, LICENCES, Switched, pause_of, silent
from kiosk.backend.registers.registers import Answered, HeldEntry, Known, Pull, Registers, source_of
from kiosk.backend.registers.switches import switched
from kiosk.backend.storage import Database
from kiosk.catalogue import Assurance, Catalogue, Register
from kiosk.contract import RegisterPause

log = logging.getLogger(__name__)

T = TypeVar("T")

_EACH_AT_ONCE = 4
"""Questions that one remote register is asked at once. One that hangs keeps its own threads busy and nobody else's."""


class RegisterSilentError(Exception):
    """A register was asked and did not answer: not reached, too slow, or not as agreed. The citizen is asked then."""


class JoinedRegisters:
    """The rules of availability before a city's registers, local and remote.

    Local ones are asked at once on the caller's thread; each remote one on threads of its own, all at the same time.
    What has not answered within the limit is named as unavailable, and its late answer is dropped.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        database: Database,
        local: Registers,
        *,
        remote: Mapping[str, Registers] | None = None,
        off: frozenset[str] = frozenset(),
        limit_s: float = 3.0,
    ) -> None:
        """Ask nobody yet.

        Args:
            catalogue: Says which registers there are, and when they answer.
            database: Has the operators' switches.
            local: Asked for what is not in ``remote``.
            remote: By id of the register, or ``licence`` for the licence library.
            off: Ids that are silent for good, by the settings.
            limit_s: How long a remote register is waited for.
        """
        self._registers: Mapping[str, Register] = {**catalogue.registers, LICENCES: LIBRARY}
        self._database = database
        self._local = local
        self._remote = dict(remote or {})
        self._off = off
        self._limit_s = limit_s
        self._pools = {
            name: ThreadPoolExecutor(_EACH_AT_ONCE, thread_name_prefix=f"register-{name}") for name in self._remote
        }
        self._busy = dict.fromkeys(self._remote, 0)

    def ask(self, pull: Pull, now: datetime) -> Answered:
        """Return what is known; see ``Registers``."""
        by_source: dict[str, list[str]] = {}
        for name in pull.names:
            if (source := source_of(name)) is not None:
                by_source.setdefault(source, []).append(name)
        pauses = self.pauses(by_source, pull, now)
        asked = {source: names for source, names in by_source.items() if source not in pauses}
        calls = {
            source: self._call(source, msgspec.structs.replace(pull, names=tuple(names)), now)
            for source, names in asked.items()
            if source in self._remote
        }
        near = tuple(name for source, names in asked.items() if source not in self._remote for name in names)
        known: dict[str, Known] = {}
        if near:
            known |= self._local.ask(msgspec.structs.replace(pull, names=near), now).known
        for source, answer in self._gathered(calls).items():
            if answer is None or answer.unavailable:
                pauses[source] = silent(self._registers[source])
            else:
                known |= answer.known
        return Answered(
            known={name: known[name] for name in pull.names if name in known},
            unavailable=tuple(sorted(pauses)),
            pauses=tuple(pauses[source] for source in sorted(pauses)),
        )

    def entry(self, pull: Pull, register: str, now: datetime) -> HeldEntry | None:
        """Return the entry; see ``Registers``."""
        return self._one(register, pull, now, lambda registers: registers.entry(pull, register, now))

    def held(self, pull: Pull, licence: str, now: datetime) -> HeldEntry | None:
        """Return the licence; see ``Registers``."""
        return self._one(LICENCES, pull, now, lambda registers: registers.held(pull, licence, now))

    def pauses(self, sources: Iterable[str], pull: Pull, now: datetime) -> dict[str, RegisterPause]:
        """Return why those of ``sources`` that do not answer now do not; nobody is asked."""
        wanted = [self._registers[source] for source in sources if source in self._registers]
        on: tuple[Switched, ...] = self._database.read_now(lambda connection: switched(connection, now))
        found: dict[str, RegisterPause] = {}
        for register in wanted:
            if register.id in self._off:
                found[register.id] = silent(register)
            elif (pause := pause_of(register, on, Assurance(pull.holder.assurance), now)) is not None:
                found[register.id] = pause
        return found

    def close(self) -> None:
        """Wait for nobody any more."""
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)

    def _one(
        self, source: str, pull: Pull, now: datetime, ask: Callable[[Registers], HeldEntry | None]
    ) -> HeldEntry | None:
        if self.pauses((source,), pull, now):
            return None
        if source not in self._remote:
            return ask(self._local)
        return self._gathered({source: self._started(source, ask)})[source]

    def _call(self, source: str, pull: Pull, now: datetime) -> Future[Answered] | None:
        return self._started(source, lambda registers: registers.ask(pull, now))

    def _started(self, source: str, ask: Callable[[Registers], T]) -> Future[T] | None:
        """Ask a remote register on a thread of its own, or not at all when all of those are waiting for it."""
        if self._busy[source] >= _EACH_AT_ONCE:
            return None
        self._busy[source] += 1
        started = self._pools[source].submit(ask, self._remote[source])
        started.add_done_callback(lambda _: self._freed(source))
        return started

    def _freed(self, source: str) -> None:
        self._busy[source] -= 1

    def _gathered(self, calls: Mapping[str, Future[T] | None]) -> dict[str, T | None]:
        """Return what came within the limit."""
        until = monotonic() + self._limit_s
        found: dict[str, T | None] = {}
        for source, call in calls.items():
            found[source] = None
            if call is None:
                continue
            done, _ = wait((call,), max(0.0, until - monotonic()))
            if not done:
                call.cancel()
                log.warning("the register %s did not answer in %.1f s", source, self._limit_s)
            elif (failure := call.exception()) is not None:
                log.warning("the register %s did not answer: %s", source, type(failure).__name__)
            else:
                found[source] = call.result()
        return found
