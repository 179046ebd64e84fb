"""In which modes the screen is looked at, and which few of their combinations stand for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import combinations, product
from typing import Final

from kiosk.session.preferences import Preferences

LANGUAGES: Final = ("zh-Hans", "zh-Hant", "en")
LAYOUTS: Final = ("portrait", "landscape", "bank")
SWITCHES: Final = ("elder", "high_contrast", "low_reach")
"""What a citizen can choose of the look."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mode:
    """How something is shown.

    Attributes:
        language: BCP 47 tag.
        layout: ``portrait``, ``landscape`` or ``bank``.
        elder: 长辈版.
        high_contrast: 高对比.
        low_reach: 低位操作.
    """

    language: str = LANGUAGES[0]
    layout: str = LAYOUTS[0]
    elder: bool = False
    high_contrast: bool = False
    low_reach: bool = False

    @property
    def name(self) -> str:
        """Of pictures and links: ``portrait-zh-Hans``, ``bank-en-elder-low-reach``."""
        on = [switch.replace("_", "-") for switch in SWITCHES if getattr(self, switch)]
        return "-".join([self.layout, self.language, *on])

    @property
    def preferences(self) -> Preferences:
        """What the citizen of this mode chose."""
        return Preferences(elder=self.elder, high_contrast=self.high_contrast, low_reach=self.low_reach)


STANDARD: Final = Mode()

DIMENSIONS: Final[dict[str, tuple[object, ...]]] = {
    "language": LANGUAGES,
    "layout": LAYOUTS,
    **dict.fromkeys(SWITCHES, (False, True)),
}


def every(**held: Sequence[object]) -> tuple[Mode, ...]:
    """Return all combinations, those of standard values first; ``held`` names dimensions that have fewer values."""
    values = {**DIMENSIONS, **held}
    return tuple(
        Mode(**dict(zip(values, chosen, strict=True)))  # type: ignore[arg-type]  # the values of each dimension are its own
        for chosen in product(*values.values())
    )


def pairs(mode: Mode) -> Iterator[tuple[tuple[str, object], tuple[str, object]]]:
    """Yield each two values that meet in ``mode``."""
    values = [(field.name, getattr(mode, field.name)) for field in fields(mode)]
    return combinations(values, 2)


def covering(modes: Sequence[Mode]) -> tuple[Mode, ...]:
    """Return few of ``modes`` in which any two values that meet in one of all meet in one of these; the first is first.

    Faults of layouts come of two things that meet, seldom of three: elder and English, landscape and low reach. Chosen
    greedily, always the same, so that a picture keeps its name from run to run.

    Source: NIST SP 800-142, Practical Combinatorial Testing, 2.1 and 3.
    """
    missing = {pair for mode in modes for pair in pairs(mode)}
    chosen: list[Mode] = []
    while missing:
        best = max(modes, key=lambda mode: len(missing.intersection(pairs(mode)))) if chosen else modes[0]
        chosen.append(best)
        missing.difference_update(pairs(best))
    return tuple(chosen)


KEY: Final = covering(every())
"""The key combinations, the standard one first."""
