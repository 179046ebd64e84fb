"""How somebody wants to be shown and told things (展示和朗读): asked for by a touch, forgotten when they go."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec
from msgspec.structs import replace

LOUDEST: Final = 5
"""The highest volume; 0 is silent."""

PATIENCE: Final = 2
"""How many times as long every clock waits for who needs more time.

Source: EN 301 549 V3.2.1, 5.7 and 11.2.2.1; WCAG 2.2, 2.2.1 (the time can be extended).
"""


class Pace(StrEnum):
    """How fast is spoken (语速)."""

    SLOW = "slow"
    USUAL = "usual"
    QUICK = "quick"


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody chose; a new citizen has chosen nothing."""

    elder: bool = False
    """长辈版: larger text, one action a page, longer time-outs, prompts spoken unless they are switched off."""
    high_contrast: bool = False
    """高对比: at least 7:1."""
    low_reach: bool = False
    """低位操作: everything that can be touched is in the lower half of the panel."""
    spoken: bool = False
    """朗读: prompts are spoken aloud; personal values never."""
    volume: int = 3
    """0 (silent) to ``LOUDEST``."""
    pace: Pace = Pace.USUAL
    guided: bool = False
    """语音导览: guided by sound and five keys, privately, by headphones."""

    @property
    def patience(self) -> int:
        """How many times as long to wait for them."""
        return PATIENCE if self.elder or self.guided else 1


def chosen(before: Preferences, wanted: Preferences) -> Preferences:
    """Return what holds once ``wanted`` was asked for.

    Choosing the elder mode turns speech on, leaving it turns speech off, and between the two it is theirs to choose.
    Who is guided by sound is always spoken to, and nobody is spoken to silently who has just asked for speech.
    """
    after = replace(wanted, volume=min(max(wanted.volume, 0), LOUDEST))
    if after.elder != before.elder and after.spoken == before.spoken:
        after = replace(after, spoken=after.elder)
    if after.guided:
        after = replace(after, spoken=True)
    if after.spoken and not before.spoken and after.volume == 0:
        after = replace(after, volume=Preferences().volume)
    return after


def plugged(before: Preferences) -> Preferences:
    """Return what holds once headphones are plugged in: guided by sound, which nobody else hears."""
    return chosen(before, replace(before, guided=True))


def unplugged(before: Preferences) -> Preferences:
    """Return what holds once headphones are pulled out: nothing private is said any more, prompts still are."""
    return replace(before, guided=False)
