"""What a scanner types when it plays keyboard, as the bytes it read: for the US layout, which scanners have by default.

A scanner holds shift for capitals and for what stands above the digits, or has caps lock on; it types control
characters (the GS of GS1 codes) with ctrl, and what no key has as Alt+nnn on the numeric pad: one byte of the code up
to 255, and above it two bytes, the way Chinese characters of GB 18030 are typed. Chinese that is not typed so is lost
in the scanner. Any other layout is not supported: a key that the US layout lacks makes the code unreadable, but the A
of a scanner set to French is taken for a Q, which nobody can tell.

Source: Linux input event codes (input-event-codes.h); HID Usage Tables 1.5, section 10, for the keys' places.
"""

from __future__ import annotations

from typing import Final

from evdev import ecodes

from drivers.errors import MediaUnreadable
from drivers.scanner.framing import LONGEST_CODE_BYTES, Suffix

_UP, _DOWN = 0, 1
_PLAIN: Final = {
    **{getattr(ecodes, f"KEY_{letter}"): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{getattr(ecodes, f"KEY_{digit}"): digit for digit in "0123456789"},
    ecodes.KEY_MINUS: "-",
    ecodes.KEY_EQUAL: "=",
    ecodes.KEY_LEFTBRACE: "[",
    ecodes.KEY_RIGHTBRACE: "]",
    ecodes.KEY_SEMICOLON: ";",
    ecodes.KEY_APOSTROPHE: "'",
    ecodes.KEY_GRAVE: "`",
    ecodes.KEY_BACKSLASH: "\\",
    ecodes.KEY_COMMA: ",",
    ecodes.KEY_DOT: ".",
    ecodes.KEY_SLASH: "/",
    ecodes.KEY_SPACE: " ",
}
_ABOVE: Final = dict(zip("1234567890-=[];'`\\,./", '!@#$%^&*()_+{}:"~|<>?', strict=True))
_PAD_DIGITS: Final = {getattr(ecodes, f"KEY_KP{digit}"): digit for digit in "0123456789"}
_PAD: Final = {
    **_PAD_DIGITS,
    ecodes.KEY_KPDOT: ".",
    ecodes.KEY_KPMINUS: "-",
    ecodes.KEY_KPPLUS: "+",
    ecodes.KEY_KPASTERISK: "*",
    ecodes.KEY_KPSLASH: "/",
}
_ENDS: Final = (ecodes.KEY_ENTER, ecodes.KEY_KPENTER, ecodes.KEY_TAB)
_SHIFT: Final = (ecodes.KEY_LEFTSHIFT, ecodes.KEY_RIGHTSHIFT)
_CTRL: Final = (ecodes.KEY_LEFTCTRL, ecodes.KEY_RIGHTCTRL)
_ALT: Final = (ecodes.KEY_LEFTALT, ecodes.KEY_RIGHTALT)
_SILENT: Final = (*_SHIFT, *_CTRL, *_ALT, ecodes.KEY_NUMLOCK, ecodes.KEY_CAPSLOCK)
_MOST_ALT_DIGITS: Final = 5


class Keys:
    """Turns key events into codes. Never raises for any events; what cannot be a code comes out as an error value.

    Args:
        suffix: With ``GAP`` a pause ends a code; with the others Enter or Tab do, and a pause ends rubbish.
        limit_bytes: No code is longer.
    """

    def __init__(self, suffix: Suffix = Suffix.CR, limit_bytes: int = LONGEST_CODE_BYTES) -> None:
        self._suffix = suffix
        self._limit = limit_bytes
        self._held: set[int] = set()
        self._caps = False
        self._typed = bytearray()
        self._wrong: MediaUnreadable | None = None
        self._number = ""

    @property
    def in_mid_code(self) -> bool:
        """Whether something was typed that waits for its end."""
        return bool(self._typed or self._wrong)

    def feed(self, kind: int, key: int, value: int) -> bytes | MediaUnreadable | None:
        """Take one event; return the code that it ends, or what is wrong with it, or None."""
        if kind == ecodes.EV_SYN and key == ecodes.SYN_DROPPED:
            # The kernel's buffer overflowed: nobody knows which keys are lost and which are still down.
            self._held.clear()
            self._number = ""
            self._spoil("keys were lost", "scanner.keys")
            return None
        if kind != ecodes.EV_KEY or value not in (_UP, _DOWN):  # a scanner does not hold keys until they repeat
            return None
        if value == _UP:
            self._held.discard(key)
            if key in _ALT:
                self._alt_is_up()
            return None
        return self._down(key)

    def gap(self) -> bytes | MediaUnreadable | None:
        """Say that nothing was typed for a while: with ``GAP`` that ends a code, else it ends rubbish."""
        code = self._finished()
        return code if self._suffix is Suffix.GAP else None

    def _down(self, key: int) -> bytes | MediaUnreadable | None:
        if key == ecodes.KEY_CAPSLOCK:
            self._caps = not self._caps
        if key in _SILENT:
            self._held.add(key)
            return None
        if self._is_held(_ALT):
            self._number += _PAD_DIGITS.get(key) or _PLAIN.get(key, "?")
            return None
        character = self._character(key)
        if key in _ENDS or character == b"\r":
            return self._finished()
        if character is None:
            self._spoil(f"key {key} is on no US keyboard", "scanner.keys")
        else:
            self._type(character)
        return None

    def _character(self, key: int) -> bytes | None:
        if key in _PAD:
            return _PAD[key].encode()
        plain = _PLAIN.get(key)
        if plain is None:
            return None
        if self._is_held(_CTRL):
            return bytes([ord(plain.upper()) & 0x1F])
        shift = self._is_held(_SHIFT)
        if plain.isalpha():
            return (plain.upper() if shift != self._caps else plain).encode()
        return (_ABOVE.get(plain, plain) if shift else plain).encode()

    def _alt_is_up(self) -> None:
        number, self._number = self._number, ""
        if not number:
            return
        if not (number.isdecimal() and len(number) <= _MOST_ALT_DIGITS and int(number) <= 0xFFFF):
            self._spoil("Alt with what is no number of a character", "scanner.keys")
            return
        value = int(number)
        self._type(bytes([value]) if value < 0x100 else value.to_bytes(2, "big"))

    def _type(self, data: bytes) -> None:
        if len(self._typed) + len(data) > self._limit:
            self._spoil(f"more than {self._limit} bytes without an end", "scanner.overlong")
        elif self._wrong is None:
            self._typed += data

    def _spoil(self, detail: str, code: str) -> None:
        self._typed.clear()
        if self._wrong is None:
            self._wrong = MediaUnreadable(detail, code=code)

    def _finished(self) -> bytes | MediaUnreadable | None:
        typed, wrong = bytes(self._typed).removeprefix(b"\n"), self._wrong  # the LF of the CR LF before
        self._typed.clear()
        self._wrong = None
        return wrong or typed or None

    def _is_held(self, keys: tuple[int, ...]) -> bool:
        return any(key in self._held for key in keys)
