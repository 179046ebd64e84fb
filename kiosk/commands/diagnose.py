"""``kiosk diagnose``: what a terminal proves of its own health, on the console.

While a kiosk runs its devices are its own: then its terminal is asked (``kiosk.diagnostics.asking``). Otherwise the
devices are opened here.
"""

from __future__ import annotations

import argparse
import functools
import os
import sys
import zoneinfo
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from kiosk.commands.console import Commands, Wrong, add_settings, tell

if TYPE_CHECKING:
    from kiosk.commands.diagnosed import Console
    from kiosk.diagnostics.report import Signed
    from kiosk.diagnostics.words import Words
    from kiosk.settings import Settings
    from kiosk.words import Language

READY, LIMITED, NOT_READY = 0, 1, 2
"""Exit status of a report."""
USAGE, FORGED, BROKEN = 64, 65, 70
"""Exit status otherwise, as sysexits.h numbers them: 1 and 2 are taken by verdicts."""

_STARTS_S: Final = 15.0
"""How long a kiosk that runs may take until it can be asked."""
_FIRST_S: Final = 10.0
"""How long devices may take to be opened before the report is made without them."""


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are not taken for NOT READY."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        given, unknown = super().parse_known_args(args, namespace)
        if unknown:  # else the parser above would complain, in its own way
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return given, unknown

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: error: {message}\n")


def add_diagnose(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add ``kiosk diagnose``."""
    diagnose = commands.add_parser(
        "diagnose",
        help="test this terminal and say what it is fit for",
        description="Run the tests that need nobody (or those named), and say whether this terminal is READY, LIMITED "
        "or NOT READY, with reasons and remedies. Exit status: 0 READY, 1 LIMITED, 2 NOT READY, 64 wrong arguments or "
        "settings, 65 a report that does not verify, 70 it could not be done.",
        epilog="example: kiosk diagnose --attended --test loop.print-scan --report readiness.pdf",
    )
    diagnose.__class__ = _Parser  # argparse makes sub-parsers of its own class, and they end with 2
    add_settings(diagnose)
    what = diagnose.add_mutually_exclusive_group()
    what.add_argument("--test", action="append", metavar="ID", help="run this one; may be given several times")
    what.add_argument("--no-tests", action="store_true", help="run none: judge by the devices and the newest results")
    what.add_argument("--list", action="store_true", help="name the tests")
    what.add_argument("--history", action="store_true", help="show what was measured before, and whether it is whole")
    what.add_argument("--verify", type=Path, metavar="FILE", help="verify a report, without a network; see --key")
    diagnose.add_argument("--attended", action="store_true", help="somebody is there: run what needs a hand as well")
    diagnose.add_argument("--json", action="store_true", help="the report as JSON, with its signature")
    diagnose.add_argument("--report", type=Path, metavar="FILE", help="leave the report as a PDF")
    diagnose.add_argument("--slip", action="store_true", help="print the report on the terminal's own printer")
    diagnose.add_argument("--key", help="public key of the terminal whose report is verified")
    diagnose.add_argument("--language", choices=("zh-Hans", "en"), help="default: by LANG")
    diagnose.add_argument("--runtime", type=Path, metavar="DIR", help="folder of the run, when several kiosks run")
    diagnose.set_defaults(command=_diagnose)


def _diagnose(given: argparse.Namespace) -> int:
    import logging

    from kiosk.diagnostics import words as words_of
    from kiosk.supervision import logs

    logs.to_console(logging.ERROR)
    words = words_of.load(_language(given.language))
    try:
        return _done(given, words)
    except (Wrong, KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:
        logging.getLogger(__name__).exception("diagnosing failed")
        raise Wrong(f"it could not be done: {error!r}", BROKEN) from error


def _done(given: argparse.Namespace, words: Words) -> int:
    import asyncio

    from kiosk import settings as settings_of
    from kiosk.commands import diagnosed
    from kiosk.supervision import PlaceError, state_dir

    if given.verify is not None:
        return _verify(given, words)
    try:
        settings = settings_of.load(given.settings)
        if given.list:
            diagnosed.show_tests(settings, words)
            return READY
        if given.history:
            return READY if diagnosed.show_history(state_dir(), words, as_json=given.json) else FORGED
        signed = asyncio.run(_inspect(given, settings, words))
    except settings_of.SettingsError as error:
        raise Wrong("the settings cannot be used:\n" + "\n".join(error.problems), USAGE) from error
    except PlaceError as error:
        raise Wrong(str(error), BROKEN) from error
    if given.report is not None:
        _leave(given.report, signed, words)
    diagnosed.show_report(signed, words, as_json=given.json)
    return {"READY": READY, "LIMITED": LIMITED}.get(signed.verdict.value, NOT_READY)


def _language(named: str | None) -> Language:
    from kiosk.words import Language

    if named is not None:
        return Language(named)
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return Language.ZH_HANS if spoken.startswith("zh") else Language.EN


# --- testing ---------------------------------------------------------------------------------------------------------


async def _inspect(given: argparse.Namespace, settings: Settings, words: Words) -> Signed:
    from kiosk.commands.diagnosed import Console
    from kiosk.diagnostics import asking
    from kiosk.diagnostics.running import all_tests

    there = all_tests(settings)
    unknown = set(given.test or ()) - {test.id for test in there}
    if unknown:
        raise Wrong(f"no such test here: {', '.join(sorted(unknown))}; kiosk diagnose --list names them", USAGE)
    chosen = tuple(given.test or (test.id for test in there if given.attended or not test.interactive))
    tests = () if given.no_tests else chosen
    console = Console(words, quiet=given.json)
    attended = given.attended or sys.stdin.isatty()
    runtime = _running_kiosk(given.runtime)
    if runtime is None or (given.runtime is not None and not (runtime / asking.SOCKET).exists()):
        return await _alone(given, settings, tests, console, attended=attended)
    await _listening(runtime / asking.SOCKET)
    wanted = asking.Wanted(tests=tests, attended=attended, slip=words.language.value if given.slip else "")
    try:
        answer = await asking.ask(
            runtime / asking.SOCKET, wanted, post=console.post, found=console.found, technician=console
        )
    except asking.NotAnswered as error:
        raise Wrong(str(error), BROKEN) from error
    if isinstance(answer, asking.Refused):
        raise Wrong(f"{words.why(answer.code)} {words.remedy(answer.code)}", BROKEN)
    return answer


async def _listening(socket: Path) -> None:
    """Wait for a kiosk that is just starting: its devices are its own already, and look lost to everybody else."""
    import asyncio

    from drivers.presence import appears

    try:
        async with asyncio.timeout(_STARTS_S):
            await appears(socket)
    except TimeoutError:
        raise Wrong("a kiosk is running and cannot be asked; see whether its screen shows a page", BROKEN) from None


async def _alone(
    given: argparse.Namespace, settings: Settings, tests: tuple[str, ...], console: Console, *, attended: bool
) -> Signed:
    """Open the devices here. Where somebody else holds one, its state says so."""
    from kiosk.devices.equipment import Equipment
    from kiosk.devices.installed import installed
    from kiosk.diagnostics import sounding
    from kiosk.diagnostics.bench import Workbench
    from kiosk.diagnostics.inspection import CONSOLE, Inspection
    from kiosk.settings import EMBEDDED
    from kiosk.submission import Identity
    from kiosk.supervision import state_dir

    state, wired = state_dir(), _wired(settings, given.runtime)
    async with Equipment(installed(wired), lambda _: None).kept() as equipment:
        await equipment.first_report(_FIRST_S)
        bench = Workbench(
            settings=wired,
            devices={each.kind: each for each in equipment.every},
            state_dir=state,
            backend_url="" if wired.backend.url == EMBEDDED else wired.backend.url,
            sound=sounding.command_line(),
            technician=console if attended else None,
            now=functools.partial(datetime.now, zoneinfo.ZoneInfo(wired.city.timezone)),
        )
        inspection = Inspection(bench, Identity(state / "terminal", wired.terminal.id), operator=CONSOLE)
        for test in tests:
            console.found(await inspection.run(test, console.post))
        signed = await inspection.report()
        if given.slip:
            await inspection.print_report(signed, console.words)
        return signed


def _running_kiosk(runtime: Path | None) -> Path | None:
    """Return the folder of the run that is meant; None: no kiosk of this user is running."""
    from kiosk import supervision

    if runtime is not None:
        return runtime
    running = supervision.living_runs()
    if len(running) > 1:
        folders = ", ".join(map(str, running))
        raise Wrong(f"several kiosks are running; name one with --runtime: {folders}", USAGE)
    return running[0] if running else None


def _wired(settings: Settings, runtime: Path | None) -> Settings:
    """Fill in where devices are: real ones stand in the settings, simulated ones are asked where they are."""
    wires = {"runtime": str(runtime or "/nonexistent"), "printer_port": "9", "camera_port": "9"}
    control = None if runtime is None else runtime / "control.sock"
    if control is not None and control.exists():
        from drivers.simulated.control import ControlError, do

        try:
            wiring: dict[str, str] = do(control, "*", "wiring")["wiring"]
        except ControlError as error:
            raise Wrong(str(error), BROKEN) from error
        wires["printer_port"] = wiring["printer"].rpartition(":")[2]
        wires["camera_port"] = wiring["camera"].split(":")[2].partition("/")[0]
        os.environ.update({name: value for name, value in wiring.items() if name.isupper()})
    return settings.wired(wires)


# --- reports ---------------------------------------------------------------------------------------------------------


def _leave(file: Path, signed: Signed, words: Words) -> None:
    from kiosk.diagnostics import paper

    try:
        file.write_bytes(paper.page(signed, words))
    except OSError as error:
        raise Wrong(f"the report cannot be left there: {error}", USAGE) from error
    tell(f"the report is in {file}")


def _verify(given: argparse.Namespace, words: Words) -> int:
    from kiosk.commands import diagnosed
    from kiosk.diagnostics.report import NotVerified, verify

    try:
        checked = verify(given.verify.read_bytes(), given.key)
    except OSError as error:
        raise Wrong(f"{given.verify} cannot be read: {error.strerror}", USAGE) from error
    except NotVerified as error:
        raise Wrong(f"{given.verify}: {error}", FORGED) from error
    diagnosed.show_verified(checked, words, as_json=given.json)
    if given.key is None:
        tell("signed by the key in the report itself: nothing was changed since. Whose key it is, --key would say.")
    return READY
