"""Source text to tokens: the lexical part of CEL that the subset keeps."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import msgspec

from kiosk.forms.conditions.errors import MAX_SOURCE_LENGTH, fault


class Token(msgspec.Struct, frozen=True):
    """One word of the source. ``kind`` is int, double, string, name, end, or the operator itself."""

    kind: str
    text: str
    at: int


_TOKEN: Final = re.compile(
    r"""
    (?P<space>   [ \t\n\f\r]+ | //[^\n]* )
  | (?P<double>  [0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)? | [0-9]+[eE][+-]?[0-9]+ )
  | (?P<int>     [0-9]+ )
  | (?P<name>    [A-Za-z_][A-Za-z0-9_]* )
  | (?P<string>  "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<op>      && | \|\| | == | != | <= | >= | \.\. | [-<>!+*/%?:.,()\[\]] )
    """,
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(
    r"\\(?:([abfnrtv\\?\"'`])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))"
)
_SIMPLE: Final = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_CURES: Final = {
    "=": "Write == to compare.",
    "&": "Write && for “and”.",
    "|": "Write || for “or”.",
    '"': "Close the string with the same quote, on the same line.",
    "'": "Close the string with the same quote, on the same line.",
    "“": 'Write strings in straight quotes: "…".',
    "”": 'Write strings in straight quotes: "…".',
    "‘": 'Write strings in straight quotes: "…".',
    "’": 'Write strings in straight quotes: "…".',
    "{": "Maps are not part of the language.",
    "}": "Maps are not part of the language.",
}


def tokens(source: str) -> tuple[Token, ...]:
    """Return the tokens of ``source``, the last of kind ``end``.

    Raises:
        ConditionError: The text is too long, or holds a character or literal that is not part of the language.
    """
    if len(source) > MAX_SOURCE_LENGTH:
        message = f"the text has {len(source)} characters, more than {MAX_SOURCE_LENGTH}"
        raise fault(message, source, MAX_SOURCE_LENGTH, "Split it: name a part as an element of its own.")
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise fault(f"{source[at]!r} is not part of the language", source, at, _cure(source[at]))
        kind, text = str(match.lastgroup), match.group()
        if kind != "space":
            _refuse_look_alikes(source, kind, text, at, match.end())
            found.append(Token(text if kind == "op" else kind, text, at))
        at = match.end()
    found.append(Token("end", "", len(source)))
    return tuple(found)


def _cure(character: str) -> str:
    """Return what to write for ``character``, among others for full-width punctuation (（），！) typed by habit."""
    if character in _CURES:
        return _CURES[character]
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and plain.isascii() and plain.strip():
        return f"Write {plain} in half width."
    return "Text belongs in quotes; names are ASCII letters, digits and underscores."


def _refuse_look_alikes(source: str, kind: str, text: str, at: int, end: int) -> None:
    """Refuse what full CEL reads differently, so that nothing means one thing here and another there."""
    following = source[end : end + 1]
    if kind in ("int", "double") and (following.isalnum() or following == "_"):
        cure = "Numbers are decimal: 18, 0.5, 1e6. Hexadecimal and unsigned numbers are not part of the language."
        raise fault(f"{text + following!r} is not a number", source, at, cure)
    if kind == "name" and following in ('"', "'") and following:
        raise fault(f"{text + following!r} begins no string", source, at, "Raw strings and bytes are not supported.")
    if kind == "string" and len(text) == 2 and following == text[0]:
        raise fault("triple quotes begin no string", source, at, "Write one quote, and \\n for a line break.")


def unquote(token: Token, source: str) -> str:
    """Return the text a string token stands for.

    Raises:
        ConditionError: An escape is not one of CEL's, or names a surrogate or no character at all.
    """
    body = token.text[1:-1]
    parts: list[str] = []
    at = 0
    while at < len(body):
        if body[at] != "\\":
            if unicodedata.category(body[at]) == "Cs":
                raise _bad_escape(source, token.at + 1 + at, body[at])
            parts.append(body[at])
            at += 1
            continue
        match = _ESCAPE.match(body, at)
        if match is None:
            raise _bad_escape(source, token.at + 1 + at, body[at : at + 2])
        simple, *numbers = match.groups()
        if simple is not None:
            parts.append(_SIMPLE.get(simple, simple))
        else:
            digits = next(number for number in numbers if number is not None)
            code = int(digits, 8 if numbers[-1] is not None else 16)
            if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
                raise _bad_escape(source, token.at + 1 + at, match.group())
            parts.append(chr(code))
        at = match.end()
    return "".join(parts)


def _bad_escape(source: str, at: int, text: str) -> Exception:
    return fault(f"{text!r} stands for no character", source, at, r"Write \\ for a backslash, \u4e00 for a code point.")
