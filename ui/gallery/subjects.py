"""Everything there is to look at: pages, technicians' pages, tests of the screen, controls; what of it is compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from ui.gallery.bench import SCENES as BENCH
from ui.gallery.every import EVERY
from ui.gallery.examples import Example, control_names, examples
from ui.gallery.modes import DIMENSIONS, LAYOUTS, STANDARD, Mode, covering, every
from ui.gallery.over import OVER
from ui.gallery.visits import VISITS


class Kind(StrEnum):
    """Of what is looked at."""

    PAGE = "page"
    """Of citizens."""
    TECHNICIAN = "technician"
    BENCH = "bench"
    """What a test of the screen shows."""
    CONTROL = "control"


OFF: Final = (False,)
MODES: Final[dict[Kind, tuple[Mode, ...]]] = {
    Kind.PAGE: every(),
    # technicians read two languages, and choose nothing of the look
    Kind.TECHNICIAN: every(language=("zh-Hans", "en"), elder=OFF, high_contrast=OFF, low_reach=OFF),
    Kind.BENCH: every(language=("zh-Hans", "en"), elder=OFF, high_contrast=OFF, low_reach=OFF),
    # a control is as large as its example says, wherever it stands
    Kind.CONTROL: every(layout=(LAYOUTS[0],), low_reach=OFF),
}
"""In which modes each kind looks different."""

ROWS: Final = {kind: covering(modes) for kind, modes in MODES.items()}
"""The key combinations of each kind, the standard one first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """One page, test or control in one state.

    Attributes:
        kind: What sort of thing.
        part: The page (QML type), place of technicians, test or control.
        name: Of the scene or example, unique within its kind.
    """

    kind: Kind
    part: str
    name: str

    @property
    def key(self) -> str:
        """Unique among all."""
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shot:
    """A picture that is to be taken: what, in which mode."""

    subject: Subject
    mode: Mode

    @property
    def name(self) -> str:
        """Of its file: ``page/find-search--bank-en-elder``."""
        return f"{self.subject.key}--{self.mode.name}"


@cache
def subjects() -> tuple[Subject, ...]:
    """Return everything, in the order it is looked at."""
    return tuple(_all())


def _all() -> Iterator[Subject]:
    pages = list(dict.fromkeys(scene.page for scene in EVERY.values()))
    for page in pages:
        yield from (Subject(kind=Kind.PAGE, part=page, name=name) for name, each in EVERY.items() if each.page == page)
    yield from (Subject(kind=Kind.PAGE, part="Overlays", name=name) for name in OVER)
    for name, visit in VISITS.items():
        yield Subject(kind=Kind.TECHNICIAN, part=str(visit.place), name=name)
    for name in BENCH:
        yield Subject(kind=Kind.BENCH, part=name.partition("-")[0], name=name)
    for control in control_names():
        for example in examples(control):
            yield Subject(kind=Kind.CONTROL, part=control, name=f"{control}-{example.name}")


def example_of(subject: Subject) -> Example:
    """Return the example of a control."""
    name = subject.name.removeprefix(f"{subject.part}-")
    return next(example for example in examples(subject.part) if example.name == name)


def find(*wanted: str) -> tuple[Subject, ...]:
    """Return what the words name: a kind, a part, a scene, or the beginning of one; everything without a word."""
    if not wanted:
        return subjects()
    low = tuple(word.lower() for word in wanted)
    return tuple(
        each
        for each in subjects()
        if any(name.lower().startswith(low) for name in (each.name, each.part, each.key, f"{each.kind}s"))
    )


def compared(part: str, kind: Kind) -> tuple[Shot, ...]:
    """Return the pictures of ``part`` that are compared with approved ones.

    Every state in the standard mode, and the part in every other key combination, shown there by one of its states.
    Which one is drawn by lot from the names: a new state moves the lots it wins, and no others.
    """
    states = [each for each in subjects() if each.kind is kind and each.part == part]
    standard, *others = ROWS[kind]
    shots = [Shot(subject=each, mode=standard) for each in states]
    for mode in others:
        subject = max(states, key=lambda each: hashlib.sha256(f"{each.key} {mode.name}".encode()).digest())
        shots.append(Shot(subject=subject, mode=mode))
    return tuple(shots)


def parts(kind: Kind) -> tuple[str, ...]:
    """Return the parts of a kind, in the order they are looked at."""
    return tuple(dict.fromkeys(each.part for each in subjects() if each.kind is kind))


def in_mode(kind: Kind, mode: Mode) -> Mode:
    """Return how ``kind`` is shown in ``mode``: the standard value, wherever it knows no other."""
    known = {name: {getattr(each, name) for each in MODES[kind]} for name in DIMENSIONS}
    return Mode(**{name: getattr(mode if getattr(mode, name) in known[name] else STANDARD, name) for name in known})
