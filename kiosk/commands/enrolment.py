"""``kiosk terminal enrol`` at a terminal, ``kiosk backend terminal …`` at its backend: who is one of ours."""

from __future__ import annotations

import argparse
import functools
import zoneinfo
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kiosk.commands.console import OK, USAGE, Commands, Wrong, tell

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kiosk.backend.terminals import Fleet
    from kiosk.settings import Settings

Answer = TypeVar("Answer")

_BY = "console"
"""In the history of a terminal, where a member of staff stands otherwise: whoever may use the backend's machine."""


def add_to_terminal(terminal: argparse.ArgumentParser) -> None:
    """Add ``kiosk terminal enrol``."""
    actions = terminal.add_subparsers(title="instead of showing the screen", metavar="ACTION")
    enrol = actions.add_parser(
        "enrol",
        help="become a terminal of a city's backend",
        description="Make a key pair unless there is one, and send the public key to backend.url of the settings with "
        "the one-time code that an operator made. The private key stays in the state folder.",
    )
    _add_settings(enrol)
    enrol.add_argument("code", metavar="CODE", help="as it was read out; blanks and hyphens do not count")
    enrol.set_defaults(command=_enrol)


def add_to_backend(backend: argparse.ArgumentParser) -> None:
    """Add ``kiosk backend terminal``."""
    actions = backend.add_subparsers(title="instead of serving", metavar="ACTION")
    terminal = actions.add_parser(
        "terminal",
        help="take terminals in, put them out of service, let go of them",
        description="Do with terminals what operators do on their page (/operator), on the backend's machine.",
    )
    doing = terminal.add_subparsers(title="actions", metavar="ACTION", required=True)
    offer = _add_action(doing, "enrol", "make a one-time code by which a terminal comes in", _offer)
    offer.add_argument("--place", default="", help="where it stands")
    door = _add_action(doing, "door", "make a code by which a technician opens its diagnostics mode", _door)
    door.add_argument("technician", metavar="TECHNICIAN", help="staff number, such as YJ-0001")
    for name, what, command in (
        ("out", "put a terminal out of service", _put_out),
        ("in", "put a terminal back into service", _put_in),
        ("revoke", "let go of a terminal: its key opens nothing any more", _revoke),
    ):
        action = _add_action(doing, name, what, command)
        action.add_argument("--reason", default="", help="for the history")


def _add_action(
    actions: Commands[argparse.ArgumentParser], name: str, what: str, command: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
    _add_settings(action)
    action.add_argument("terminal", metavar="TERMINAL", help="its id, such as T-0117")
    action.set_defaults(command=command)
    return action


def _add_settings(action: argparse.ArgumentParser) -> None:
    # suppressed: the default of an inner parser would replace what was given to the outer one
    action.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="the settings file (default: $KIOSK_SETTINGS)",
    )


def _offer(given: argparse.Namespace) -> int:
    from kiosk.backend.terminals import WrongTerminal

    try:
        code = _do(given, lambda connection, fleet: fleet.offer(connection, given.terminal, given.place, staff=_BY))
    except WrongTerminal as error:
        raise Wrong(f"{given.terminal!r} cannot be: {error}", USAGE) from error
    tell(f"good for {code.valid_s // 60} minutes and one terminal; there: kiosk terminal enrol CODE")
    print(code.code)
    return OK


def _door(given: argparse.Namespace) -> int:
    from kiosk.backend.terminals import NoDoor, NoSuchTechnician

    try:
        code = _do(
            given, lambda connection, fleet: fleet.door_code(connection, given.terminal, given.technician, staff=_BY)
        )
    except NoSuchTechnician as error:
        raise Wrong(f"{given.technician!r} is no technician of this city", USAGE) from error
    except NoDoor as error:
        raise Wrong(f"{given.terminal} has no secret for codes yet; wait a minute for its next report") from error
    tell(f"good once, until {code.valid_until:%H:%M}; at the terminal hold the crest for three seconds")
    print(code.code)
    return OK


def _put_out(given: argparse.Namespace) -> int:
    from kiosk.backend.web.operator.wording import CLOSED

    words = CLOSED["other"][1]
    _do(given, lambda connection, fleet: fleet.put_out(connection, given.terminal, words, given.reason, staff=_BY))
    return OK


def _put_in(given: argparse.Namespace) -> int:
    _do(given, lambda connection, fleet: fleet.put_in(connection, given.terminal, given.reason, staff=_BY))
    return OK


def _revoke(given: argparse.Namespace) -> int:
    _do(given, lambda connection, fleet: fleet.revoke(connection, given.terminal, given.reason, staff=_BY))
    return OK


def _do(given: argparse.Namespace, work: Callable[[Connection, Fleet], Answer]) -> Answer:
    """Do something in the backend's database, whether it serves at this moment or not."""
    import secrets

    from kiosk import supervision
    from kiosk.backend.house import DATABASE_FILE
    from kiosk.backend.secrets_file import secret_file
    from kiosk.backend.storage import Database
    from kiosk.backend.terminals import Fleet, NoSuchTerminal

    settings = _settings(given)
    data_dir = settings.backend.data_dir or supervision.state_dir() / "backend"
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = secret_file(data_dir / "keys" / "verification.key", lambda: secrets.token_bytes(32))
        database = Database(settings.backend.database or data_dir / DATABASE_FILE)
    except (OSError, ValueError) as error:
        raise Wrong(f"the backend's database cannot be used: {error}") from error
    clock = functools.partial(datetime.now, zoneinfo.ZoneInfo(settings.city.timezone))
    try:
        return database.write_now(lambda connection: work(connection, Fleet(clock, key)))
    except NoSuchTerminal as error:
        raise Wrong(f"there is no terminal {given.terminal}, or it was revoked") from error
    finally:
        database.close()


def _enrol(given: argparse.Namespace) -> int:
    import asyncio

    from kiosk import supervision
    from kiosk.contract import Enrolled, Enrolment
    from kiosk.settings import EMBEDDED
    from kiosk.submission import BackendClient, BackendError, Identity

    settings = _settings(given)
    if settings.backend.url == EMBEDDED:
        raise Wrong("the embedded backend knows its own terminal; backend.url of the settings names no other", USAGE)
    identity = Identity(supervision.state_dir() / "terminal", settings.terminal.id)

    async def ask() -> Enrolled:
        sent = Enrolment(code=given.code, public_key=identity.public_key(), proof=identity.proof(given.code))
        async with BackendClient(settings.backend.url, answer_s=settings.backend.answer_s) as client:
            return await client.enrol(sent)

    try:
        enrolled = asyncio.run(ask())
        identity.enrolled(enrolled.terminal)
    except BackendError as error:
        cure = "Ask an operator for a new code." if error.code == "enrolment.refused" else "Try again."
        raise Wrong(f"not enrolled: {error.code}. {cure}") from error
    except (OSError, ValueError) as error:
        raise Wrong(f"not enrolled: {error}") from error
    tell(f"this is {enrolled.terminal} from now on" + (f", {enrolled.place}" if enrolled.place else ""))
    if enrolled.terminal != settings.terminal.id:
        tell(f"the settings say {settings.terminal.id}: change terminal.id, it stands on every slip")
    return OK


def _settings(given: argparse.Namespace) -> Settings:
    from kiosk import settings as settings_of

    try:
        return settings_of.load(getattr(given, "settings", None))
    except settings_of.SettingsError as error:
        raise Wrong("the settings cannot be used:\n" + "\n".join(error.problems), USAGE) from error
