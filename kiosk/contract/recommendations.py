"""Messages about what else is worth doing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kiosk.contract.messages import Message
from kiosk.words import Text


class WhyKind(StrEnum):
    """Why something is offered."""

    SHARED = "shared"
    """Most of what it asks is answered already."""
    FILED_TOGETHER = "filed-together"
    """Others filed it together."""
    PLACE = "place"
    """Because of what lies near the place."""
    COMPANION = "companion"
    """The catalogue names it beside what is chosen."""


class OfferReason(Message, frozen=True, kw_only=True):
    """One reason for an offer, in a sentence."""

    kind: WhyKind
    says: Text


class Offer(Message, frozen=True, kw_only=True):
    """An item worth adding."""

    item: str
    name: Text
    summary: Text
    department_name: Text
    reasons: tuple[OfferReason, ...]
    """Strongest first, at least one."""
    shared_elements: int = 0
    """Answers it takes over."""
    more_elements: int = 0
    """Answers it would ask in addition."""
    shared_materials: int = 0
    more_materials: int = 0


class RecommendationRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/recommendations``: what else is worth doing. About no person; nothing of it is kept."""

    items: tuple[str, ...]
    """What is chosen so far, or was just filed."""
    matter: str = ""
    """Id of the one-thing they belong to."""
    place: Mapping[str, str] | None = None
    """``{division, detail}`` of the premises, if there are any."""
    limit: int = 6


class Recommendations(Message, frozen=True, kw_only=True):
    """Answer to ``RecommendationRequest``, best first."""

    offers: tuple[Offer, ...]
