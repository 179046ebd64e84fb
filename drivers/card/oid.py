"""Object identifiers between their dotted form and the value of a data object of tag 06.

Source: ITU-T X.690 section 8.19.
"""

from __future__ import annotations

from typing import Final

OBJECT_IDENTIFIER: Final = 0x06
_CONTINUES: Final = 0x80
_MOST_BYTES: Final = 64
_FIRST_ARC: Final = 40


def dotted(value: bytes) -> str:
    """Return "1.2.840 …" for ``value``.

    Raises:
        ValueError: it is none.
    """
    if not 0 < len(value) <= _MOST_BYTES or value[-1] & _CONTINUES:
        raise ValueError(f"{len(value)} bytes are no object identifier")
    arcs, arc = [], 0
    for byte in value:
        arc = arc << 7 | byte & ~_CONTINUES
        if not byte & _CONTINUES:
            arcs.append(arc)
            arc = 0
    root = min(arcs[0] // _FIRST_ARC, 2)
    return ".".join(map(str, (root, arcs[0] - root * _FIRST_ARC, *arcs[1:])))


def undotted(text: str) -> bytes:
    """Return the value of the data object for "1.2.840 …"."""
    root, second, *rest = map(int, text.split("."))
    value = bytearray()
    for arc in (root * _FIRST_ARC + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(arc & 0x7F | _CONTINUES)
        value += bytes(reversed(groups))
    return bytes(value)
