"""A row of what is somebody's own, as lists show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnRow:
    """Something of theirs: a case, a reminder, what they are entitled to."""

    kind: str
    """What opens it: ``case``, ``pay``, ``service``, ``draft``, ``benefit``, ``licence``, ``complaint``, ``queue``;
    empty: nothing does."""
    key: str
    sign: str
    """Name of an icon."""
    tone: str
    """``positive``, ``caution``, ``critical``, ``quiet`` or ``accent``"""
    title: str
    stand: str
    detail: str
