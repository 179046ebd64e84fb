"""BER-TLV data objects: tag, length, value.

One level is read at a time, so there is no depth to bound: who wants to go deeper names the way. An object whose length
says more than is there is refused, so nothing larger than the input is ever held.

Source: ISO/IEC 7816-4:2020 section 6.3, after ISO/IEC 8825-1. Refused: the indefinite length, tags of more than three
and lengths of more than five bytes, which no card uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_FURTHER_TAG_BYTES: Final = 0x1F
_CONTINUES: Final = 0x80
_LONG_FORM: Final = 0x80
_MOST_TAG_BYTES: Final = 3
_MOST_LENGTH_BYTES: Final = 4
_MOST_OBJECTS: Final = 1024


class TlvError(ValueError):
    """Bytes that are no data objects, or not those wanted."""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class DataObject:
    """One object; its value may hold a name or a picture, so it has no readable ``repr``."""

    tag: int
    """As written: 0x5C, 0x7F49."""
    value: bytes
    raw: bytes
    """Tag, length and value as they came."""


def objects(data: bytes) -> tuple[DataObject, ...]:
    """Return the objects that ``data`` is a sequence of; what is inside of them is left as bytes.

    Raises:
        TlvError: it is none.
    """
    found: list[DataObject] = []
    at = 0
    while at < len(data):
        if len(found) == _MOST_OBJECTS:
            raise TlvError(f"more than {_MOST_OBJECTS} objects")
        item = _object(data, at)
        found.append(item)
        at += len(item.raw)
    return tuple(found)


def first(data: bytes) -> DataObject:
    """Return the object at the beginning of ``data``; something else may follow.

    Raises:
        TlvError: none is there.
    """
    return _object(data, 0)


def whole_length(head: bytes) -> int:
    """Return how long the object is that begins with ``head``: tag, length field and value.

    Raises:
        TlvError: ``head`` is not the beginning of an object.
    """
    at, length = _length(head, _tag_end(head, 0))
    return at + length


def find(data: bytes, *path: int) -> bytes:
    """Return the value at the end of ``path``: the first object of each tag, one inside the other.

    Raises:
        TlvError: there is no such object; names the tag.
    """
    for tag in path:
        for item in objects(data):
            if item.tag == tag:
                data = item.value
                break
        else:
            raise TlvError(f"no object {tag:X}")
    return data


def encode(tag: int, value: bytes) -> bytes:
    """Return the object of ``tag`` and ``value``."""
    size = len(value)
    head = tag.to_bytes(max(1, (tag.bit_length() + 7) // 8), "big")
    if size < _LONG_FORM:
        return head + bytes([size]) + value
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return head + bytes([_LONG_FORM | len(length)]) + length + value


def _object(data: bytes, start: int) -> DataObject:
    end_of_tag = _tag_end(data, start)
    at, length = _length(data, end_of_tag)
    if length > len(data) - at:
        raise TlvError(f"length {length} of {len(data) - at} bytes")
    tag = int.from_bytes(data[start:end_of_tag], "big")
    return DataObject(tag=tag, value=data[at : at + length], raw=data[start : at + length])


def _tag_end(data: bytes, start: int) -> int:
    at = start
    if at >= len(data):
        raise TlvError("no tag")
    further = data[at] & _FURTHER_TAG_BYTES == _FURTHER_TAG_BYTES
    at += 1
    while further:
        if at >= len(data) or at - start == _MOST_TAG_BYTES:
            raise TlvError("a tag without end")
        further = bool(data[at] & _CONTINUES)
        at += 1
    return at


def _length(data: bytes, at: int) -> tuple[int, int]:
    """Return where the value begins, and its length."""
    if at >= len(data):
        raise TlvError("no length")
    size = data[at]
    at += 1
    if size < _LONG_FORM:
        return at, size
    count = size & ~_LONG_FORM
    if not 1 <= count <= _MOST_LENGTH_BYTES or at + count > len(data):
        raise TlvError(f"a length of {count} bytes")
    return at + count, int.from_bytes(data[at : at + count], "big")
