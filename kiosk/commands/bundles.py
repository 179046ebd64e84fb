"""``kiosk catalogue key``, ``publish``, ``approve``, ``fetch``, ``rollback``: how a catalogue reaches the terminals."""

from __future__ import annotations

import argparse
import zoneinfo
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.console import OK, USAGE, Commands, Wrong, add_settings

if TYPE_CHECKING:
    from kiosk.catalogue.installed import Store
    from kiosk.licences import Issuers
    from kiosk.settings import Settings


def add_bundles(actions: Commands[argparse.ArgumentParser]) -> None:
    """Add the actions to those of ``kiosk catalogue``."""
    from kiosk.catalogue.command import DELIVERED

    key = actions.add_parser("key", help="make a person's key, and print its public part for the trusted keys")
    key.add_argument("file", type=Path, metavar="FILE", help="where the private key goes; keep it to yourself")
    key.add_argument("--as", dest="name", required=True, metavar="NAME", help="whose it is")
    key.set_defaults(command=_told(_key))

    publish = actions.add_parser("publish", help="make a signed bundle, which a second person then approves")
    publish.add_argument("folder", nargs="?", type=Path, default=DELIVERED, help="default: the delivered catalogue")
    publish.add_argument("--to", type=Path, required=True, metavar="PLACE", help="folder that terminals fetch from")
    publish.add_argument("--as", dest="name", required=True, metavar="NAME", help="who prepared it")
    publish.add_argument("--key", type=Path, required=True, metavar="FILE", help="their private key")
    publish.add_argument("--effective", type=date.fromisoformat, metavar="DAY", help="first day (default: today)")
    publish.add_argument("--note", default="", help="why, for those who read the list of changes")
    publish.add_argument("--speech", type=Path, metavar="FILE", help="render its words into these clips as well")
    add_settings(publish)
    publish.set_defaults(command=_told(_publish))

    approve = actions.add_parser("approve", help="approve a bundle that somebody else prepared; terminals then take it")
    approve.add_argument("bundle", type=Path, metavar="BUNDLE", help="the file that publish left")
    approve.add_argument("--as", dest="name", required=True, metavar="NAME", help="who approves")
    approve.add_argument("--key", type=Path, required=True, metavar="FILE", help="their private key")
    approve.add_argument("--trusted", type=Path, metavar="FILE", help="default: bundles.trusted of the settings")
    add_settings(approve)
    approve.set_defaults(command=_told(_approve))

    fetch = actions.add_parser("fetch", help="take the newest approved bundle; it is in use from the next start on")
    fetch.add_argument("--from", dest="source", metavar="PLACE", help="default: bundles.source of the settings")
    fetch.add_argument("--trusted", type=Path, metavar="FILE", help="default: bundles.trusted of the settings")
    add_settings(fetch)
    fetch.set_defaults(command=_told(_fetch))

    rollback = actions.add_parser("rollback", help="go back to the catalogue before the one in use")
    rollback.set_defaults(command=_told(_rollback))


def with_catalogue(settings: Settings, state: Path) -> Settings:
    """Return ``settings`` with the catalogue to use: the one fetched last, where bundles are fetched at all."""
    if not settings.bundles.source:
        return settings
    import msgspec

    from kiosk.catalogue import installed

    return msgspec.structs.replace(settings, catalogue=installed.in_use(_store_in(state), settings.catalogue))


def _told(action: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Return ``action`` with everything that can be wrong told in a line with its cure."""

    def run(given: argparse.Namespace) -> int:
        from kiosk.catalogue import CatalogueError
        from kiosk.catalogue.bundles import BundleError
        from kiosk.licences import IssuersUnreadable
        from kiosk.settings import SettingsError
        from kiosk.supervision import PlaceError

        try:
            return action(given)
        except CatalogueError as error:
            raise Wrong(f"the catalogue cannot be published:\n{error}") from error
        except (BundleError, PlaceError) as error:
            raise Wrong(str(error)) from error
        except IssuersUnreadable as error:
            raise Wrong(f"the trusted keys cannot be used: {error}", USAGE) from error
        except SettingsError as error:
            raise Wrong("the settings cannot be used:\n" + "\n".join(error.problems), USAGE) from error
        except OSError as error:
            raise Wrong(f"{error.filename}: {error.strerror}") from error

    return run


def _key(given: argparse.Namespace) -> int:
    import msgspec

    from kiosk.catalogue import publishing

    made = publishing.make_key(given.file, given.name)
    print(msgspec.json.encode([made]).decode())
    return OK


def _publish(given: argparse.Namespace) -> int:
    from kiosk.catalogue import publishing
    from kiosk.catalogue.bundles import decoded

    key = publishing.read_key(given.key)
    today = _today(None)
    file = publishing.publish(
        given.folder,
        given.to,
        given.name,
        key,
        effective=given.effective or today,
        today=today,
        note=given.note,
    )
    _show(file, decoded(file.read_bytes())[1])
    if given.speech is not None:
        from kiosk.commands import speech

        speech.render(_settings(given), given.folder, given.speech)
    print(f"waits for a second person: kiosk catalogue approve {file} --as NAME --key FILE")
    return OK


def _approve(given: argparse.Namespace) -> int:
    from kiosk.catalogue import publishing
    from kiosk.catalogue.bundles import decoded

    settings = _settings(given)
    key = publishing.read_key(given.key)
    done = publishing.approve(given.bundle, given.name, key, _trusted(given, settings), _today(settings))
    _show(done, decoded(done.read_bytes())[1])
    return OK


def _fetch(given: argparse.Namespace) -> int:
    from kiosk.catalogue import fetching

    settings = _settings(given)
    source: str = given.source or settings.bundles.source
    if not source:
        raise Wrong("name a place with --from, or bundles.source in the settings", USAGE)
    with fetching.place_of(source) as place:
        found = fetching.fetch(place, _trusted(given, settings), _store(), _today(settings))
    for file, reason in found.refused:
        print(f"not taken: {file}: {reason}")
    if found.taken is not None:
        print(f"taken: {found.taken.name}, in use from the next start on")
    elif not found.refused:
        print("nothing newer")
    return OK


def _rollback(_: argparse.Namespace) -> int:
    from kiosk.catalogue import fetching

    print(f"in use from the next start on: {fetching.roll_back(_store()).name}")
    return OK


def _show(file: Path, manifest: object) -> None:
    from kiosk.catalogue.bundles import Manifest

    if isinstance(manifest, Manifest):
        before = manifest.previous or "nothing"
        print(f"{file}: number {manifest.number}, version {manifest.version} after {before}, from {manifest.effective}")
        for change in manifest.changes:
            parts = ((name, getattr(change, name)) for name in ("added", "changed", "removed"))
            said = "; ".join(f"{len(ids)} {name}: {_few(ids)}" for name, ids in parts if ids)
            print(f"    {change.kind}: {said}")


def _few(ids: tuple[str, ...], most: int = 8) -> str:
    return ", ".join(ids[:most]) + (" …" if len(ids) > most else "")


def _settings(given: argparse.Namespace) -> Settings:
    from kiosk import settings as settings_of

    return settings_of.load(given.settings)


def _trusted(given: argparse.Namespace, settings: Settings) -> Issuers:
    from kiosk.licences import read_issuers

    file = given.trusted or settings.bundles.trusted
    if file is None:
        raise Wrong("name the file of the trusted keys with --trusted, or bundles.trusted in the settings", USAGE)
    return read_issuers(file)


def _store() -> Store:
    from kiosk import supervision

    return _store_in(supervision.state_dir())


def _store_in(state: Path) -> Store:
    from kiosk.catalogue.installed import Store

    return Store(state / "catalogue")


def _today(settings: Settings | None) -> date:
    zone = "Asia/Shanghai" if settings is None else settings.city.timezone
    return datetime.now(zoneinfo.ZoneInfo(zone)).date()
