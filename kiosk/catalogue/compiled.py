r"""The compiled catalogue: one file of msgpack that is opened instead of reading and checking hundreds of files.

    KIOSK-CATALOGUE\n │ length (4 bytes) │ header │ body

Records lie in the body each by itself and are decoded when somebody asks for them, so opening costs hardly more for
ten thousand items than for three hundred. Conditions and tables are compiled on first use, and the words services are
searched by are stored as they were spelled. It is no pickle: a damaged or forged file can at worst be refused.

What is decoded lazily has been checked before: the header holds a hash over everything.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Generic, TypeVar

import msgspec

from kiosk.catalogue.catalogue import Contents, entries_of
from kiosk.catalogue.divisions import Divisions
from kiosk.catalogue.lexicon import Lexicon
from kiosk.catalogue.model import (
    City,
    DecisionTable,
    Department,
    Division,
    Item,
    LicenceType,
    Material,
    OneThing,
    Register,
    RepeatDeclaration,
    Stage,
)
from kiosk.catalogue.search import Entry
from kiosk.catalogue.sources import version_of
from kiosk.catalogue.tables import Table, titles_of
from kiosk.forms import Element, Section

FORMAT: Final = 2
"""Of the file; another one is not read."""

_MAGIC: Final = b"KIOSK-CATALOGUE\n"
_LENGTH: Final = struct.Struct(">I")
_LIMIT_BYTES: Final = 1024 * 1024 * 1024

_T = TypeVar("_T")


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the file was made from."""

    format: int = FORMAT
    digest: str
    """SHA-256 over names and bytes of the files read; the version is its beginning."""
    made_with: str
    """The program that read and checked them: another one might find mistakes, or complete them otherwise."""
    stamp: str = ""
    """Names, sizes and times of the files; empty where they were too fresh to be relied on."""
    checksum: bytes = b""
    """SHA-256 over the fields above and the body."""


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    elements: dict[str, msgspec.Raw]
    items: dict[str, msgspec.Raw]
    one_things: dict[str, msgspec.Raw]
    materials: dict[str, msgspec.Raw]
    tables: dict[str, msgspec.Raw]
    departments: dict[str, Department]
    divisions: tuple[Division, ...]
    licences: dict[str, LicenceType]
    registers: dict[str, Register]
    sections: tuple[Section, ...]
    repeats: dict[str, RepeatDeclaration]
    stages: dict[str, Stage]
    cities: dict[str, City]
    entries: msgspec.Raw
    """What services are searched by."""


class NotCompiled(ValueError):
    """These bytes are no compiled catalogue that can be used; the files have to be read."""


class Lazy(Mapping[str, _T], Generic[_T]):
    """Records by id, each made when it is first asked for; then it is always the same object."""

    def __init__(self, raw: Mapping[str, Any], make: Callable[[Any], _T]) -> None:
        """Hold ``raw``; ``make`` makes a record of one of its values."""
        self._raw = raw
        self._make = make
        self._made: dict[str, _T] = {}

    def __getitem__(self, key: str) -> _T:
        """Return the record of that id."""
        found = self._made.get(key)
        if found is None:
            # two threads may both make it; the first one's counts for both
            found = self._made.setdefault(key, self._make(self._raw[key]))
        return found

    def __iter__(self) -> Iterator[str]:
        """Return the ids, in the order of the catalogue."""
        return iter(self._raw)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._raw)

    def __contains__(self, key: object) -> bool:
        """Say whether there is one of that id; makes none."""
        return key in self._raw


def packed(contents: Contents, *, digest: str, made_with: str, stamp: str) -> bytes:
    """Return ``contents`` as a file; the arguments as in ``Header``."""
    body = msgspec.msgpack.encode(
        {
            "elements": dict(contents.elements),
            "items": dict(contents.items),
            "one_things": dict(contents.one_things),
            "materials": dict(contents.materials),
            "tables": {name: table.table for name, table in contents.tables.items()},
            "departments": dict(contents.departments),
            "divisions": contents.divisions.roots,
            "licences": dict(contents.licences),
            "registers": dict(contents.registers),
            "sections": contents.sections,
            "repeats": dict(contents.repeats),
            "stages": dict(contents.stages),
            "cities": dict(contents.cities),
            "entries": entries_of(contents),
        }
    )
    return _framed(Header(digest=digest, made_with=made_with, stamp=stamp), body)


def restamped(content: bytes, stamp: str) -> bytes:
    """Return the file ``content`` with another stamp.

    Raises:
        NotCompiled: It is none.
    """
    header, start = _header(content)
    return _framed(msgspec.structs.replace(header, stamp=stamp), content[start:])


def _framed(header: Header, body: bytes) -> bytes:
    head = msgspec.msgpack.encode(msgspec.structs.replace(header, checksum=_checksum(header, body)))
    return b"".join((_MAGIC, _LENGTH.pack(len(head)), head, body))


def _checksum(header: Header, body: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(msgspec.msgpack.encode(msgspec.structs.replace(header, checksum=b"")))
    digest.update(body)
    return digest.digest()


def header_of(content: bytes) -> Header:
    """Return what a file was made from.

    Raises:
        NotCompiled: It is no compiled catalogue of this format.
    """
    return _header(content)[0]


def _header(content: bytes) -> tuple[Header, int]:
    start = len(_MAGIC) + _LENGTH.size
    if len(content) < start or not content.startswith(_MAGIC) or len(content) > _LIMIT_BYTES:
        raise NotCompiled("no compiled catalogue")
    (length,) = _LENGTH.unpack_from(content, len(_MAGIC))
    try:
        header = _HEADER.decode(content[start : start + length])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotCompiled("its header cannot be read") from error
    if header.format != FORMAT:
        raise NotCompiled(f"its format is {header.format}, not {FORMAT}")
    return header, start + length


def unpacked(content: bytes) -> Contents:
    """Return what the file ``content`` holds; its records are decoded when they are asked for.

    Raises:
        NotCompiled: It is damaged, or no compiled catalogue of this format.
    """
    header, start = _header(content)
    raw = memoryview(content)[start:]
    if _checksum(header, raw) != header.checksum:
        raise NotCompiled("it is damaged")
    try:
        body = _BODY.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotCompiled("its body cannot be read") from error
    elements = Lazy(body.elements, _ELEMENT.decode)
    lexicon = Lexicon(elements, body.repeats.values())
    made_of = Lazy(
        body.tables,
        lambda one: Table(_TABLE.decode(one), lexicon.everywhere, titles_of(elements, body.repeats)),
    )
    return Contents(
        version=version_of(header.digest),
        elements=elements,
        items=Lazy(body.items, _item),
        one_things=Lazy(body.one_things, _one_thing),
        materials=Lazy(body.materials, _MATERIAL.decode),
        departments=body.departments,
        divisions=Divisions(body.divisions),
        licences=body.licences,
        registers=body.registers,
        sections=body.sections,
        repeats=body.repeats,
        stages=body.stages,
        cities=body.cities,
        tables=made_of,
        lexicon=lexicon,
        entries=lambda: _ENTRIES.decode(body.entries),
    )


def _item(raw: msgspec.Raw) -> Item:
    item = _ITEM.decode(raw)
    _restore(example.given for example in item.examples)
    return item


def _one_thing(raw: msgspec.Raw) -> OneThing:
    theme = _ONE_THING.decode(raw)
    _restore(example.given for example in theme.examples)
    return theme


def _restore(given: Iterable[Mapping[str, Any]]) -> None:
    """Make lists of answers tuples again, which msgpack does not tell apart where any value may stand."""
    for mapping in given:
        for key, value in mapping.items():
            if isinstance(value, list) and isinstance(mapping, dict):
                mapping[key] = _tuples(value)


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value


_HEADER: Final = msgspec.msgpack.Decoder(Header)
_BODY: Final = msgspec.msgpack.Decoder(_Body)
_ELEMENT: Final = msgspec.msgpack.Decoder(Element)
_ITEM: Final = msgspec.msgpack.Decoder(Item)
_ONE_THING: Final = msgspec.msgpack.Decoder(OneThing)
_MATERIAL: Final = msgspec.msgpack.Decoder(Material)
_TABLE: Final = msgspec.msgpack.Decoder(DecisionTable)
_ENTRIES: Final = msgspec.msgpack.Decoder(tuple[Entry, ...])
