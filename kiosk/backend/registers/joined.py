"""All registers as one: each within its hours, the remote ones side by side, none waited for longer than a limit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

import msgspec

from kiosk.backend.registers.availability import LIBRARY, LICENCES, Switched, pause_of, silent
from kiosk.backend.registers.registers import Answered, HeldEntry, Known, Pull, Registers, source_of
from kiosk.backend.registers.switches import switched
from kiosk.backend.storage import Database
from kiosk.catalogue import Assurance, Catalogue, Register
from kiosk.contract import RegisterPause

log = logging.getLogger(__name__)

K = TypeVar("K")
T = TypeVar("T")

_EACH_AT_ONCE = 4
"""Questions that one remote register is asked at once. One that hangs keeps its own threads busy and nobody else's."""


class RegisterSilentError(Exception):
    """A register was asked and did not answer: not reached, too slow, or not as agreed. The citizen is asked then."""


class AskFirst(Exception):
    """Remote registers are to be asked, and a transaction that holds others up is no place to wait for them."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__()
        self.questions = questions


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a remote register is asked: for values, or for an entry or a licence as a whole."""

    source: str
    resident: int
    names: tuple[str, ...] = ()
    whole: str = ""
    """Id of the register, or type of the licence."""


Answers = dict[Question, Answered | HeldEntry | None]
"""What was asked before; None: silence, or nothing is known."""

_told: ContextVar[Answers | None] = ContextVar("told", default=None)


@contextmanager
def told(answers: Answers) -> Iterator[None]:
    """Let no remote register be asked on this thread: what is not in ``answers`` raises ``AskFirst``."""
    before = _told.set(answers)
    try:
        yield
    finally:
        _told.reset(before)


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
        self._counting = Lock()

    def ask(self, pull: Pull, now: datetime) -> Answered:
        """Return what is known; see ``Registers``."""
        by_source: dict[str, list[str]] = {}
        for name in pull.names:
            if (source := source_of(name)) is not None:
                by_source.setdefault(source, []).append(name)
        pauses = self.pauses(by_source, pull, now)
        asked = {source: names for source, names in by_source.items() if source not in pauses}
        far = {source: tuple(names) for source, names in asked.items() if source in self._remote}
        near = tuple(name for source, names in asked.items() if source not in self._remote for name in names)
        known: dict[str, Known] = {}
        if near:
            known |= self._local.ask(msgspec.structs.replace(pull, names=near), now).known
        for source, answer in self._far(far, pull, now).items():
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
        question = Question(source=register, resident=pull.holder.resident, whole=register)
        return self._one(question, pull, now, lambda registers: registers.entry(pull, register, now))

    def held(self, pull: Pull, licence: str, now: datetime) -> HeldEntry | None:
        """Return the licence; see ``Registers``."""
        question = Question(source=LICENCES, resident=pull.holder.resident, whole=licence)
        return self._one(question, pull, now, lambda registers: registers.held(pull, licence, now))

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

    def answers(self, asked: AskFirst, pull: Pull, now: datetime) -> Answers:
        """Ask what a transaction was given up for, all of it at once; takes up to the limit.

        Args:
            asked: What it was given up for.
            pull: For whom and for what; its names are not looked at.
            now: When.
        """
        calls: dict[Question, Future[Any] | None] = {}
        for each in asked.questions:
            holder = msgspec.structs.replace(pull.holder, resident=each.resident)
            mine = msgspec.structs.replace(pull, holder=holder, names=each.names)
            calls[each] = self._started(each.source, partial(_put, question=each, pull=mine, now=now))
        return dict(self._gathered(calls))

    def close(self) -> None:
        """Wait for nobody any more."""
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)

    def _one(
        self, question: Question, pull: Pull, now: datetime, ask: Callable[[Registers], HeldEntry | None]
    ) -> HeldEntry | None:
        source = question.source
        if self.pauses((source,), pull, now):
            return None
        if source not in self._remote:
            return ask(self._local)
        if (known := _told.get()) is not None:
            if question not in known:
                raise AskFirst((question,))
            answer = known[question]
            return answer if isinstance(answer, HeldEntry) else None
        return self._gathered({source: self._started(source, ask)})[source]

    def _far(self, far: Mapping[str, tuple[str, ...]], pull: Pull, now: datetime) -> dict[str, Answered | None]:
        """Return what the remote ones answer, or what they have answered before the transaction on this thread."""
        questions = {
            source: Question(source=source, resident=pull.holder.resident, names=names) for source, names in far.items()
        }
        if (known := _told.get()) is None:
            calls = {
                source: self._started(source, partial(_put, question=each, pull=pull_of(pull, each), now=now))
                for source, each in questions.items()
            }
            return {source: _as_answered(answer) for source, answer in self._gathered(calls).items()}
        if missing := tuple(each for each in questions.values() if each not in known):
            raise AskFirst(missing)
        return {source: _as_answered(known[each]) for source, each in questions.items()}

    def _started(self, source: str, ask: Callable[[Registers], T]) -> Future[T] | None:
        """Ask a remote register on a thread of its own, or not at all when all of those are waiting for it."""
        with self._counting:
            if self._busy[source] >= _EACH_AT_ONCE:
                return None
            self._busy[source] += 1
        started = self._pools[source].submit(ask, self._remote[source])
        started.add_done_callback(lambda _: self._freed(source))
        return started

    def _freed(self, source: str) -> None:
        with self._counting:
            self._busy[source] -= 1

    def _gathered(self, calls: Mapping[K, Future[T] | None]) -> dict[K, T | None]:
        """Return what came within the limit."""
        until = monotonic() + self._limit_s
        found: dict[K, T | None] = {}
        for source, call in calls.items():
            found[source] = None
            if call is None:
                continue
            done, _ = wait((call,), max(0.0, until - monotonic()))
            if not done:
                call.cancel()
                log.warning("the register %s did not answer in %.1f s", _called(source), self._limit_s)
            elif (failure := call.exception()) is not None:
                log.warning("the register %s did not answer: %s", _called(source), type(failure).__name__)
            else:
                found[source] = call.result()
        return found


def pull_of(pull: Pull, question: Question) -> Pull:
    """Return the part of ``pull`` that one register is asked."""
    return msgspec.structs.replace(pull, names=question.names)


def _put(registers: Registers, *, question: Question, pull: Pull, now: datetime) -> Answered | HeldEntry | None:
    if not question.whole:
        return registers.ask(pull, now)
    if question.source == LICENCES:
        return registers.held(pull, question.whole, now)
    return registers.entry(pull, question.whole, now)


def _as_answered(answer: object) -> Answered | None:
    return answer if isinstance(answer, Answered) else None


def _called(source: object) -> str:
    """Return a register's id, for the log: whom it was asked about stays out of it."""
    return source.source if isinstance(source, Question) else str(source)
