"""The colours by purpose, worked out from the one accent colour a city sets. No Qt.

Every text colour is measured against every surface it may stand on (``PAIRS``): at least 4.5:1, in high contrast 7:1.
An accent that cannot carry that as text is darkened until it does; as a fill it stays the city's own.

Source: WCAG 2.2, 1.4.3 (contrast, minimum), 1.4.6 (enhanced), 1.4.11 (non-text), definition of relative luminance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TEXT_CONTRAST = 4.5
HIGH_CONTRAST = 7.0
OUTLINE_CONTRAST = 3.0

DEFAULT_ACCENT = "#0b57a4"

_WHITE = "#ffffff"
_INK = "#13202c"
_BLACK = "#000000"


@dataclass(frozen=True, kw_only=True, slots=True)
class Palette:
    """One colour per purpose, each ``#rrggbb``. The names are those of the properties in ``Theme.qml``."""

    surface: str
    surfaceRaised: str  # noqa: N815 - the names are the QML properties
    surfaceSunken: str  # noqa: N815
    text: str
    textQuiet: str  # noqa: N815
    textDisabled: str  # noqa: N815
    accent: str
    accentPressed: str  # noqa: N815
    accentText: str  # noqa: N815
    accentQuiet: str  # noqa: N815
    accentInk: str  # noqa: N815
    positive: str
    positiveQuiet: str  # noqa: N815
    caution: str
    cautionQuiet: str  # noqa: N815
    critical: str
    criticalQuiet: str  # noqa: N815
    line: str
    outline: str
    focus: str
    shade: str
    gaugeGood: str  # noqa: N815
    gaugeNear: str  # noqa: N815


# text colour, surface it stands on: each is measured by a test for every accent
PAIRS: tuple[tuple[str, str], ...] = (
    ("text", "surface"),
    ("text", "surfaceRaised"),
    ("text", "surfaceSunken"),
    ("text", "accentQuiet"),
    ("text", "positiveQuiet"),
    ("text", "cautionQuiet"),
    ("text", "criticalQuiet"),
    ("textQuiet", "surface"),
    ("textQuiet", "surfaceRaised"),
    ("textQuiet", "surfaceSunken"),
    ("textQuiet", "accentQuiet"),
    ("textDisabled", "surfaceSunken"),
    ("accentText", "accent"),
    ("accentText", "accentPressed"),
    ("accentInk", "surface"),
    ("accentInk", "surfaceRaised"),
    ("accentInk", "accentQuiet"),
    ("positive", "surface"),
    ("positive", "surfaceRaised"),
    ("positive", "positiveQuiet"),
    ("caution", "surface"),
    ("caution", "surfaceRaised"),
    ("caution", "cautionQuiet"),
    ("critical", "surface"),
    ("critical", "surfaceRaised"),
    ("critical", "criticalQuiet"),
)

# edges by which a control is recognised, surface behind them
OUTLINES: tuple[tuple[str, str], ...] = (
    ("outline", "surface"),
    ("outline", "surfaceRaised"),
    ("focus", "surface"),
    ("focus", "surfaceRaised"),
    ("accentInk", "surfaceRaised"),
)


def _channels(colour: str) -> tuple[int, int, int]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"{colour!r} is not a colour; write it as #rrggbb, for example {DEFAULT_ACCENT}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, from 0 (black) to 1 (white)."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Return ``colour`` with ``share`` (0 to 1) of ``other`` in it."""
    mixed = (round(own + (far - own) * share) for own, far in zip(_channels(colour), _channels(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _darkened(colour: str, surfaces: tuple[str, ...], ratio: float) -> str:
    """Return ``colour``, darkened just enough to have ``ratio`` on each of ``surfaces``."""
    for percent in range(0, 101, 2):
        candidate = mix(colour, _BLACK, percent / 100)
        if all(contrast(candidate, surface) >= ratio for surface in surfaces):
            return candidate
    return _BLACK


def palette_for(accent: str = DEFAULT_ACCENT, *, high_contrast: bool = False) -> Palette:
    """Work out every colour from a city's accent colour.

    Args:
        accent: The city's colour as ``#rrggbb``.
        high_contrast: Ask for 7:1 everywhere instead of 4.5:1.

    Raises:
        ValueError: ``accent`` is not of the form ``#rrggbb``.
    """
    accent = accent.lower()
    ratio = HIGH_CONTRAST if high_contrast else TEXT_CONTRAST
    surface = _WHITE if high_contrast else "#f3f5f7"
    quiet = mix(accent, _WHITE, 0.92)
    accent_text = (
        _WHITE if contrast(_WHITE, accent) >= ratio or contrast(_WHITE, accent) >= contrast(_INK, accent) else _INK
    )
    if accent_text == _WHITE:
        fill = _darkened(accent, (_WHITE,), ratio)
        pressed = mix(fill, _BLACK, 0.22)
    else:
        accent_text = _BLACK if high_contrast else _INK
        fill = accent
        while contrast(fill, accent_text) < ratio:
            fill = mix(fill, _WHITE, 0.08)
        pressed = mix(fill, _WHITE, 0.25)
    tints = {"positive": "#e6f3ea", "caution": "#fdf1dc", "critical": "#fcebe9"}
    words = {"positive": "#17693a", "caution": "#8a4b00", "critical": "#b0231b"}
    inks = {name: _darkened(words[name], (surface, _WHITE, tints[name]), ratio) for name in tints}
    ink = _darkened(accent, (surface, _WHITE, quiet), ratio)
    return Palette(
        surface=surface,
        surfaceRaised=_WHITE,
        surfaceSunken="#e7ebef",
        text=_BLACK if high_contrast else _INK,
        textQuiet="#2b3742" if high_contrast else "#4a5966",
        textDisabled="#3a4651" if high_contrast else "#586673",
        accent=fill,
        accentPressed=pressed,
        accentText=accent_text,
        accentQuiet=quiet,
        accentInk=ink,
        positive=inks["positive"],
        positiveQuiet=tints["positive"],
        caution=inks["caution"],
        cautionQuiet=tints["caution"],
        critical=inks["critical"],
        criticalQuiet=tints["critical"],
        line=_BLACK if high_contrast else "#dbe1e6",
        outline=_BLACK if high_contrast else "#7c8a97",
        focus="#b35900",
        shade="#0b141c",
        gaugeGood="#a9d8b8",
        gaugeNear="#f2cf8f",
    )
