"""What a hand can do with each simulated device right now, and its choices: for the dock and the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from drivers.simulated.api import SimulatedDevice
from drivers.simulated.card import FOREIGN_CARD
from drivers.simulated.faults import NONE
from drivers.simulated.papers import Paper
from drivers.simulated.people import Person
from drivers.simulated.technician import TECHNICIANS
from drivers.simulated.travel_issuer import TRAVELLERS


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One value an action can be given."""

    value: str
    title: str = ""
    note: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing to do. An argument without choices is free text."""

    action: str
    argument: str = ""
    choices: tuple[Choice, ...] = ()


_State = Mapping[str, str]

_SENSIBLE: Final[dict[str, Callable[[_State], bool]]] = {
    "headphones-in": lambda state: not state["headphones"],
    "headphones-out": lambda state: bool(state["headphones"]),
    "remove": lambda state: bool(state.get("document") or state.get("card")),
    "lift": lambda state: bool(state.get("contactless")),
    "hide": lambda state: state["shown"] != "0",
    "tear": lambda state: bool(state["slip_waiting"]),
    "paper-ok": lambda state: state["paper"] != "ok",
    "paper-near-end": lambda state: state["paper"] != "near-end",
    "paper-out": lambda state: state["paper"] != "out",
    "cover-open": lambda state: state["cover"] == "closed",
    "cover-closed": lambda state: state["cover"] == "open",
    "cutter-jam": lambda state: state["cutter"] == "ok",
    "cutter-ok": lambda state: state["cutter"] != "ok",
    "clear": lambda state: bool(state["paper"]),
    "freeze": lambda state: state["stream"] == "flowing",
    "thaw": lambda state: state["stream"] != "flowing",
    "plug": lambda _: False,
}
"""When an action of a plugged device does something; one that is not here always does."""


class Menu:
    """Knows the choices.

    Args:
        people: Whose documents and cards there are.
        papers: What can be put under the camera.
    """

    def __init__(self, people: Mapping[str, Person], papers: Mapping[str, Paper]) -> None:
        cards = [_of_person(person) for person in people.values() if person.social_security_card]
        others = [Choice(value=FOREIGN_CARD, title="银行卡", note="没有社会保障应用的卡")]
        others += [Choice(value=each.key, title=each.title) for each in TECHNICIANS]
        documents = [Choice(value=each.key, title=each.title) for each in TRAVELLERS]
        self._arguments: dict[tuple[str, str], tuple[str, tuple[Choice, ...]]] = {
            ("idreader", "insert"): ("document", tuple(map(_of_person, people.values()))),
            ("card", "insert"): ("card", (*cards, *others)),
            ("card", "tap"): ("card", (*documents, *others)),
            ("scanner", "show"): ("text", ()),
            ("camera", "put"): ("paper", tuple(map(_of_paper, papers.values()))),
        }

    def of(self, device: SimulatedDevice) -> tuple[Entry, ...]:
        """Return what can be done with ``device`` now."""
        return tuple(self._entries(device, device.state()))

    def _entries(self, device: SimulatedDevice, state: _State) -> Iterable[Entry]:
        kind, fault = device.kind, device.faults.kind
        out = state.get("plugged") == "no"
        for action in device.actions:
            if out and action != "plug" and not (action == "fault" and fault != NONE):
                continue
            if out and action == "plug":
                yield Entry(action="plug")
                continue
            if action in _SENSIBLE and not _SENSIBLE[action](state):
                continue
            argument, choices = self._arguments.get((kind, action), ("", ()))
            if action == "fault":
                faults = {NONE: device.faults.choices[NONE]} if out else device.faults.choices
                argument = "kind"
                choices = tuple(Choice(value=name, note=note) for name, note in faults.items() if name != fault)
            yield Entry(action=action, argument=argument, choices=choices)
        if not out:
            yield Entry(action="script", argument="text")


def _of_person(person: Person) -> Choice:
    return Choice(value=person.key, title=person.name, note=person.note)


def _of_paper(paper: Paper) -> Choice:
    return Choice(value=paper.key, title=paper.title or "白纸", note=paper.note)
