"""A running terminal answers ``kiosk diagnose`` on a socket in the private folder of its run: the ports are its own.

One JSON object a line. The asker says once what it wants and answers questions; hanging up cancels what goes on::

    → {"tests": ["printer.page"], "operator": "console", "attended": true}
    ← {"type": "Told", "progress": {"test": "printer.page", "share": 0.1, "say": "look.slip", …}}
    ← {"type": "Asked", "question": {"say": "sound.how-many", …}}         → {"answer": "3"}
    ← {"type": "Tested", "result": {…}}
    ← {"type": "Reported", "signed": {…}}            or, instead of all that: {"type": "Refused", "code": "…"}
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

import msgspec

from kiosk.diagnostics import words
from kiosk.diagnostics.accepting import Accepting
from kiosk.diagnostics.bench import Post, Progress, Question, Technician
from kiosk.diagnostics.inspection import Inspection
from kiosk.diagnostics.model import TestResult
from kiosk.diagnostics.report import Signed
from kiosk.words import Language

log = logging.getLogger(__name__)

SOCKET: Final = "diagnostics.sock"
OCCUPIED: Final = "diagnose.occupied"
UNKNOWN_TEST: Final = "diagnose.unknown-test"
BROKEN: Final = "diagnose.broken"
_LONGEST_LINE: Final = 8_000_000
_LONGEST_REQUEST: Final = 65_536
_CONNECT_S: Final = 3.0


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked for: these tests, and then the report."""

    tests: tuple[str, ...] = ()
    operator: str = "console"
    attended: bool = False
    """Somebody is there who lays things down and answers."""
    slip: str = ""
    """Print the report as well, in this language; empty: do not."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of the technician."""

    answer: str


class Told(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """How far a test came."""

    progress: Progress


class Asked(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something only a person can answer."""

    question: Question


class Tested(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What a test found."""

    result: TestResult


class Reported(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The end."""

    signed: Signed


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The end, too: nothing more is done."""

    code: str
    """A key of ``reasons`` in ``assets/i18n/diagnostics.yaml``."""


Line = Told | Asked | Tested | Reported | Refused

Make = Callable[[str, Technician | None], Inspection]
"""Makes an inspection for an operator, with whoever answers questions."""


class NotAnswered(Exception):
    """No terminal answered; the message says why, with the cure."""


class Hearing:
    """Answers whoever asks: one after the other who want tests, at once who want the report. Lives on the core thread.

    Args:
        socket: Where; in a folder that is private to this user.
        make: Makes an inspection.
        occupied: Whether a citizen stands there: then nothing is tested, and the report alone is given.
        lent: Told True before tests and False after them: what waits at a device meanwhile has to let go of it.
    """

    def __init__(
        self, socket: Path, make: Make, occupied: Callable[[], bool], lent: Callable[[bool], None] = lambda _: None
    ) -> None:
        self._socket = socket
        self._make = make
        self._occupied = occupied
        self._lent = lent
        self._one = asyncio.Lock()
        self._testing: asyncio.Task[TestResult] | None = None

    async def work(self, ready: Callable[[], None] = lambda: None) -> None:
        """Answer until cancelled; without a socket (no room, a path too long) nobody is answered.

        Args:
            ready: Called once somebody can ask.
        """
        try:
            accepting = Accepting(self._socket, self._serve, _LONGEST_REQUEST)
        except OSError as error:
            log.warning("nobody can ask for diagnostics: %s", error)
            return
        try:
            ready()
            await asyncio.get_running_loop().create_future()
        finally:
            await accepting.close()

    @contextlib.asynccontextmanager
    async def _ended(self) -> AsyncIterator[None]:
        """Have devices let go of meanwhile; leave no test behind, however this is left."""
        self._lent(True)
        try:
            yield
        finally:
            testing, self._testing = self._testing, None
            if testing is not None:
                testing.cancel()
                await asyncio.gather(testing, return_exceptions=True)
            self._lent(False)

    def interrupt(self) -> None:
        """A citizen has come: end the test that goes on, and whoever asked for it is told."""
        if self._testing is not None:
            self._testing.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Do what one asker wants; end when it hangs up."""
        talk = _Talk(writer)
        work = asyncio.create_task(self._answer(reader, talk))
        try:
            await work
        except (ConnectionError, asyncio.IncompleteReadError, _HungUp) as error:
            log.debug("who asked for diagnostics hung up: %r", error)
        except (msgspec.DecodeError, ValueError) as error:
            log.info("what was asked for cannot be read: %s", error)
            talk.say(Refused(code=BROKEN))
        except Exception:  # whatever it is, the terminal lives on
            log.exception("an inspection failed")
            talk.say(Refused(code=BROKEN))
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            await _let_go(writer)

    async def _answer(self, reader: asyncio.StreamReader, talk: _Talk) -> None:
        wanted = msgspec.json.decode(await reader.readline(), type=Wanted)
        async with talk.hearing(reader):
            inspection = self._make(wanted.operator, talk if wanted.attended else None)
            known = {test.id for test in inspection.tests()}
            if not set(wanted.tests) <= known:
                talk.say(Refused(code=UNKNOWN_TEST))
                return
            tested = not wanted.tests or await self._test(wanted.tests, inspection, talk)
            if not tested or (wanted.slip and self._occupied()):  # nor is a report printed into a citizen's hands
                talk.say(Refused(code=OCCUPIED))
                return
            signed = await inspection.report()
            if wanted.slip:
                await inspection.print_report(signed, words.load(Language(wanted.slip)))
            talk.say(Reported(signed=signed))

    async def _test(self, tests: tuple[str, ...], inspection: Inspection, talk: _Talk) -> bool:
        """Run tests, after those of whoever asked before; return whether all were, for a citizen may come."""
        async with self._one, self._ended():
            for test in tests:
                if self._occupied():
                    return False
                self._testing = asyncio.create_task(inspection.run(test, lambda each: talk.say(Told(progress=each))))
                await asyncio.wait({self._testing})
                if self._testing.cancelled():
                    return False
                talk.say(Tested(result=self._testing.result()))
        return True


async def _let_go(writer: asyncio.StreamWriter) -> None:
    """Hang up once all is sent; whoever does not listen is not waited for."""
    writer.close()
    try:
        async with asyncio.timeout(_CONNECT_S):
            await writer.wait_closed()
    except (OSError, TimeoutError):
        writer.transport.abort()


class _HungUp(Exception):
    """The asker left while something went on for it."""


class _Talk:
    """One asker, who is also the ``Technician`` of its inspection."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._answers: asyncio.Queue[str] = asyncio.Queue(1)

    def say(self, line: Line) -> None:
        """Send a line."""
        self._writer.write(msgspec.json.encode(line) + b"\n")

    async def answer(self, question: Question) -> str:
        """See ``Technician.answer``."""
        while not self._answers.empty():  # said before it was asked
            self._answers.get_nowait()
        self.say(Asked(question=question))
        return await self._answers.get()

    @contextlib.asynccontextmanager
    async def hearing(self, reader: asyncio.StreamReader) -> AsyncIterator[None]:
        """Take answers meanwhile; when the asker hangs up, cancel what goes on inside.

        Raises:
            _HungUp: it did.
        """
        here = asyncio.current_task()
        left = False

        async def hear() -> None:
            nonlocal left
            with contextlib.suppress(ValueError, OSError, msgspec.DecodeError):
                while line := await reader.readline():
                    await self._answers.put(msgspec.json.decode(line, type=Answer).answer)
            left = True
            if here is not None:
                here.cancel()

        listening = asyncio.create_task(hear())
        try:
            yield
        except asyncio.CancelledError:
            if left:
                raise _HungUp from None
            raise
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


async def ask(
    socket: Path, wanted: Wanted, *, post: Post, found: Callable[[TestResult], None], technician: Technician | None
) -> Signed | Refused:
    """Ask a running terminal; return the report, or why it refuses.

    Args:
        socket: Of the run.
        wanted: What for.
        post: Takes progress.
        found: Takes each result as it is made.
        technician: Answers questions; needed when ``wanted.attended``.

    Raises:
        NotAnswered: nobody is there, or what came is no answer.
    """
    try:
        async with asyncio.timeout(_CONNECT_S):
            reader, writer = await asyncio.open_unix_connection(socket, limit=_LONGEST_LINE)
    except (OSError, TimeoutError) as error:
        raise NotAnswered("the running kiosk does not answer; see whether its screen shows a page") from error
    try:
        writer.write(msgspec.json.encode(wanted) + b"\n")
        while line := await reader.readline():
            match msgspec.json.decode(line, type=Line):
                case Told(progress=progress):
                    post(progress)
                case Tested(result=result):
                    found(result)
                case Asked(question=question):
                    said = "" if technician is None else await technician.answer(question)
                    writer.write(msgspec.json.encode(Answer(answer=said)) + b"\n")
                case Reported(signed=signed):
                    return signed
                case Refused() as refused:
                    return refused
    except (OSError, ValueError, msgspec.DecodeError, RecursionError) as error:
        raise NotAnswered(f"the running kiosk answered something else: {error}") from error
    finally:
        await _let_go(writer)
    raise NotAnswered("the running kiosk hung up before it was done; its session may have begun")
