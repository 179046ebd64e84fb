"""Records by id, each with where it stands in the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from kiosk.catalogue.model import (
    City,
    DecisionTable,
    Department,
    Division,
    Item,
    LicenceType,
    Material,
    NeedGroup,
    OneThing,
    Register,
    RepeatDeclaration,
    Stage,
)
from kiosk.catalogue.reading import Source
from kiosk.forms import Element, Section

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Everything:
    """All records of a folder, complete, before and after they are checked against each other."""

    root: Path
    digest: str
    """SHA-256 over names and bytes of all files."""
    departments: Records[Department]
    licences: Records[LicenceType]
    registers: Records[Register]
    sections: Records[Section]
    repeats: Records[RepeatDeclaration]
    stages: Records[Stage]
    cities: Records[City]
    groups: Records[NeedGroup]
    materials: Records[Material]
    divisions: Records[Division]
    elements: Records[Element]
    items: Records[Item]
    one_things: Records[OneThing]
    tables: Records[DecisionTable]
