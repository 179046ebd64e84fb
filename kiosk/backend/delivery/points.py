"""Collection points as data."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kiosk.contract import CollectionPoint
from kiosk.words import Text


class _Point(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    name: Text
    address: Text
    hours: Text
    locker: bool


def read_points(path: Path) -> tuple[CollectionPoint, ...]:
    """Return where results can be collected; nowhere when there is no file.

    Raises:
        OSError: the file cannot be read.
        msgspec.ValidationError: it has another shape; the message names the place.
        ValueError: two points have one id.
    """
    if not path.exists():
        return ()
    points = msgspec.yaml.decode(path.read_bytes(), type=tuple[_Point, ...])
    ids = [point.id for point in points]
    if len(set(ids)) < len(ids):
        raise ValueError(f"{path}: an id stands twice: {sorted(ids)}")
    return tuple(
        CollectionPoint(id=each.id, name=each.name, address=each.address, hours=each.hours, locker=each.locker)
        for each in points
    )
