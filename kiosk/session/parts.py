"""What a session holds for one page alone: what was taken out, kept, foreseen, photographed."""

from __future__ import annotations

from datetime import datetime

import msgspec

from kiosk.contract import Stroke
from kiosk.forms.model import Answer, PageRef


class TakenOut(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken out of the basket last, so that it can be put back."""

    item: str
    place: int
    """Where it stood."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What the backend has of this form."""

    id: str
    tag: str
    """The version that the next one replaces."""
    expires_at: datetime | None = None
    said: bool = False
    """The citizen had it kept; then a time-out keeps it too."""


class Foreseen(msgspec.Struct, frozen=True, kw_only=True):
    """What another answer, given from the review, would do; nothing has changed yet."""

    page: PageRef
    answer: Answer | None
    """``None``: left empty."""
    dropped: tuple[PageRef, ...] = ()
    """Answers that would no longer count."""
    asked: tuple[PageRef, ...] = ()
    """Questions that would be new."""
    returned: tuple[PageRef, ...] = ()
    """Questions that would come back with the answer given earlier."""
    recomputed: tuple[PageRef, ...] = ()
    broken: tuple[PageRef, ...] = ()
    """Answers that would have to be given again."""
    items_come: tuple[str, ...] = ()
    items_go: tuple[str, ...] = ()
    materials_come: tuple[str, ...] = ()
    materials_go: tuple[str, ...] = ()
    referred: tuple[str, ...] = ()
    """Items that a person would then decide."""

    @property
    def any(self) -> bool:
        """Whether there is anything to say beyond the answer itself."""
        pages = (self.dropped, self.asked, self.returned, self.recomputed, self.broken)
        return any((*pages, self.items_come, self.items_go, self.materials_come, self.materials_go, self.referred))


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A photograph in the hand of the runner, by reference."""

    reference: str
    material: str


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """The applicant's word: written by hand, or confirmed by who cannot."""

    strokes: tuple[Stroke, ...] = ()
    confirmed: bool = False
