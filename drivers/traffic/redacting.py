"""What may be known of the bytes on a wire: everything but what is anybody's.

A redactor sees what passes and returns, for each piece, bytes of the same length in which every personal field is
replaced by a made-up one of the same shape, or None where it cannot tell what is personal. It never returns bytes it
does not understand. Nothing it was given is kept beyond the frame it belongs to.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final, NamedTuple, Protocol


class Piece(NamedTuple):
    """Bytes that belong together."""

    to_device: bool
    length: int
    data: bytes | None
    """Without what is personal; None: nobody may know."""


class Redactor(Protocol):
    """Takes the bytes of one wire as they pass. Raises nothing, whatever they are."""

    def sent(self, data: bytes) -> list[Piece]:
        """Take what goes to the device; return what is understood of it and of what came before."""

    def came(self, data: bytes) -> list[Piece]:
        """Take what the device says; return what is understood of it by now."""

    def ended(self) -> list[Piece]:
        """Return what was held back until its frame would be whole, as it will not be any more."""


class LengthsOnly:
    """For a protocol nobody wrote a redactor for."""

    def sent(self, data: bytes) -> list[Piece]:
        """See ``Redactor.sent``."""
        return [Piece(True, len(data), None)]

    def came(self, data: bytes) -> list[Piece]:
        """See ``Redactor.came``."""
        return [Piece(False, len(data), None)]

    def ended(self) -> list[Piece]:
        """See ``Redactor.ended``."""
        return []


_LONGEST_TRIGGER_BYTES: Final = 16


class ScannerRedactor:
    """Codes as a serial scanner sends them: each byte by one of its kind, so that lengths and ends stay."""

    def sent(self, data: bytes) -> list[Piece]:
        """See ``Redactor.sent``: triggers, which are short and nobody's."""
        return [Piece(True, len(data), data if len(data) <= _LONGEST_TRIGGER_BYTES else None)]

    def came(self, data: bytes) -> list[Piece]:
        """See ``Redactor.came``."""
        return [Piece(False, len(data), same_shape(data))]

    def ended(self) -> list[Piece]:
        """See ``Redactor.ended``."""
        return []


KEY_EVENT: Final = struct.Struct("<qqHHi")
"""struct input_event of 64-bit Linux: seconds, microseconds, type, code, value. Source: linux/input.h."""
_EV_SYN, _EV_KEY = 0, 1
_KEY_X, _KEY_0 = 45, 11
_PRINTING_KEYS: Final = frozenset((*range(2, 14), *range(16, 28), *range(30, 42), *range(43, 54), 57, *range(71, 84)))
_DIGIT_KEYS: Final = frozenset((*range(2, 12), *range(71, 74), *range(75, 78), *range(79, 83)))


class KeysRedactor:
    """A scanner that types: every key that prints is an X or a 0; scan codes, which tell it as well, are left out."""

    def __init__(self) -> None:
        self._held = b""

    def sent(self, data: bytes) -> list[Piece]:
        """See ``Redactor.sent``: nothing is ever sent but what sets lamps."""
        return [*self.ended(), Piece(True, len(data), None)]

    def came(self, data: bytes) -> list[Piece]:
        """See ``Redactor.came``."""
        self._held += data
        whole = len(self._held) // KEY_EVENT.size * KEY_EVENT.size
        events, self._held = self._held[:whole], self._held[whole:]
        return [Piece(False, whole, b"".join(map(_key_event, KEY_EVENT.iter_unpack(events))))] if whole else []

    def ended(self) -> list[Piece]:
        """See ``Redactor.ended``."""
        held, self._held = self._held, b""
        return [Piece(False, len(held), None)] if held else []


def _key_event(event: tuple[int, int, int, int, int]) -> bytes:
    _, _, kind, code, value = event
    if kind == _EV_KEY and code in _PRINTING_KEYS:
        code = _KEY_0 if code in _DIGIT_KEYS else _KEY_X
    elif kind not in (_EV_KEY, _EV_SYN):
        code = value = 0
    return KEY_EVENT.pack(0, 0, kind, code, value)


_SHAPES: Final = bytes(
    byte
    if byte in b" \r\n\t\x1d\x02\x03"
    else ord("0")
    if chr(byte) in "0123456789"
    else ord("X")
    if chr(byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    else ord("x")
    for byte in range(256)
)


def same_shape(data: bytes) -> bytes:
    """Return as many bytes in which digits are 0, capitals X, ends of lines themselves and everything else x."""
    return data.translate(_SHAPES)


def redactor(protocol: str) -> Redactor:
    """Return a redactor for a protocol, by its name in the settings; lengths only where there is none."""
    family = next((family for family in _FAMILIES if protocol == family or protocol.startswith(f"{family}-")), "")
    return _FAMILIES[family]() if family else LengthsOnly()


def _sam_v() -> Redactor:
    from drivers.traffic.redacting_idreader import SamRedactor

    return SamRedactor()


def _multifunction() -> Redactor:
    from drivers.traffic.redacting_idreader import PacketRedactor

    return PacketRedactor()


def _card() -> Redactor:
    from drivers.traffic.redacting_card import CardRedactor

    return CardRedactor()


def _escpos() -> Redactor:
    from drivers.traffic.redacting_printer import PrinterRedactor

    return PrinterRedactor()


def _camera() -> Redactor:
    from drivers.traffic.redacting_camera import CameraRedactor

    return CameraRedactor()


_FAMILIES: Final[dict[str, Callable[[], Redactor]]] = {
    "sam-v": _sam_v,
    "multifunction": _multifunction,
    "pcsc": _card,
    "serial": ScannerRedactor,
    "wedge": KeysRedactor,
    "escpos": _escpos,
    "opencv": _camera,
}
"""By the beginning of a protocol's name: "escpos" also speaks for "escpos-tcp", "escpos-usb" …"""
