"""``kiosk device``: what a hand does with the simulated devices of a running kiosk."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.commands.console import OK, USAGE, Commands, Wrong


def add_device(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add ``kiosk device``."""
    device = commands.add_parser(
        "device",
        help="put a card on a simulated reader, tear off a slip, pull a plug …",
        description="Do with a simulated device of the running kiosk what a hand does with a real one. "
        "Without arguments: list the devices, how they are, and what can be done with each.",
        epilog="examples: kiosk device idreader insert document=chen; kiosk device printer fault kind=mute for_s=3; "
        'kiosk device printer script "paper-out at line 12; paper-ok after 3 s" (or the name of a YAML file)',
    )
    device.add_argument("kind", nargs="?", help="which device")
    device.add_argument("action", nargs="?", help="what to do")
    device.add_argument("arguments", nargs="*", metavar="NAME=VALUE", help="with what; for script: its text or file")
    device.add_argument("--runtime", type=Path, metavar="DIR", help="folder of the run, when several kiosks run")
    device.set_defaults(command=_device)


def _device(given: argparse.Namespace) -> int:
    from drivers.simulated.control import ControlError, do
    from drivers.simulated.hub import CONTROL_SOCKET, SCRIPT

    socket = _running_kiosk(given.runtime) / CONTROL_SOCKET
    try:
        if given.kind is not None and given.action is not None:
            written = given.action == SCRIPT
            values = {"text": _script(given.arguments)} if written else _named_values(given.arguments)
            answer = do(socket, given.kind, given.action, **values)
            _show_state(answer["state"] | answer["told"])
            return OK
        states: dict[str, dict[str, str]] = do(socket, "*", "state")["states"]
        menu = do(socket, "*", "menu")["menu"]
    except ControlError as error:
        raise Wrong(f"{error}") from error
    if given.kind is not None and given.kind not in states:
        raise Wrong(f"there is no device {given.kind!r}; there are: {', '.join(states)}", USAGE)
    for kind in [given.kind] if given.kind else states:
        print(kind)
        _show_state(states[kind], "    ")
        for entry in menu[kind]:
            _show_entry(kind, entry)
    return OK


def _running_kiosk(runtime: Path | None) -> Path:
    from kiosk import supervision

    if runtime is not None:
        return runtime
    try:
        running = supervision.living_runs()
    except supervision.PlaceError as error:
        raise Wrong(str(error)) from error
    if not running:
        raise Wrong("no kiosk of this user is running; start one with: kiosk run")
    if len(running) > 1:
        folders = ", ".join(map(str, running))
        raise Wrong(f"several kiosks are running; name one with --runtime: {folders}", USAGE)
    return running[0]


def _named_values(pairs: Sequence[str]) -> dict[str, str]:
    values = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name or name in {"device", "action", "path"}:
            raise Wrong(f"{pair!r} is no NAME=VALUE, such as document=chen", USAGE)
        values[name] = value
    return values


def _script(words: Sequence[str]) -> str:
    """Return the text of a script: what is written, or what the file of that name holds; nothing ends the script."""
    text = " ".join(words).removeprefix("text=")  # as the list of what can be done writes it
    if not text.endswith((".yaml", ".yml")):
        return text
    try:
        return Path(text).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong(f"{text}: {error}", USAGE) from error


def _show_state(state: dict[str, str], indent: str = "") -> None:
    for name, value in state.items():
        print(f"{indent}{name}: {value or '-'}")


def _show_entry(kind: str, entry: dict[str, Any]) -> None:
    command = f"    kiosk device {kind} {entry['action']}"
    if not entry.get("argument"):
        print(command)
    elif not entry.get("choices"):
        print(f"{command} {entry['argument']}=…")
    for choice in entry.get("choices", ()):
        said = " ".join(part for part in (choice["title"], choice["note"]) if part)
        print(f"{command} {entry['argument']}={choice['value']:<12} {said}")
