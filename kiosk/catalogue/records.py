"""Records by id, each with where it stands in the files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from kiosk.catalogue.reading import Source

T = TypeVar("T")


class Records(Generic[T]):
    """The records of one kind, in the order they were read."""

    def __init__(self, what: str) -> None:
        """Begin without records; ``what`` names one in a message."""
        self.what = what
        self.by_id: dict[str, T] = {}
        self.sources: dict[str, Source] = {}

    def __iter__(self) -> Iterator[tuple[T, Source]]:
        """Return the records with their sources."""
        return ((record, self.sources[identity]) for identity, record in self.by_id.items())
