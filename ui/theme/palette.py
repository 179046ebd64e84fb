"""The colours by purpose, worked out from the one accent colour a city sets. No Qt.

Every colour is measured against every surface it may stand on: words (``PAIRS``) at least 4.5:1, what a control is
known by (``OUTLINES``) at least 3:1, in high contrast both 7:1. An accent that cannot carry that as words is darkened,
on a dark ground lightened, until it does; as a fill it stays the city's own, but in high contrast.

Source: WCAG 2.2, 1.4.3 (contrast, minimum), 1.4.6 (enhanced), 1.4.11 (non-text), definition of relative luminance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

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
    shadeText: str  # noqa: N815
    shadeGood: str  # noqa: N815
    gaugeGood: str  # noqa: N815
    gaugeNear: str  # noqa: N815


SURFACES = ("surface", "surfaceRaised", "surfaceSunken")
TINTS = ("accentQuiet", "positiveQuiet", "cautionQuiet", "criticalQuiet")
MEANINGS = ("positive", "caution", "critical")

# words, surface they stand on: each is measured by a test for every accent
PAIRS: tuple[tuple[str, str], ...] = (
    *(("text", ground) for ground in (*SURFACES, *TINTS, "gaugeGood", "gaugeNear")),
    *(("textQuiet", ground) for ground in (*SURFACES, *TINTS)),
    *(("textDisabled", ground) for ground in SURFACES),
    ("accentText", "accent"),
    ("accentText", "accentPressed"),
    *(("accentInk", ground) for ground in (*SURFACES, "accentQuiet")),
    *((meaning, ground) for meaning in MEANINGS for ground in (*SURFACES, f"{meaning}Quiet")),
    ("shadeText", "shade"),
    ("shadeText", "shadeGood"),
)

# edges and signs by which a control is recognised, surface behind them
OUTLINES: tuple[tuple[str, str], ...] = (
    *(("outline", ground) for ground in SURFACES),
    *(("focus", ground) for ground in (*SURFACES, *TINTS)),
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


def _moved(colour: str, towards: str, grounds: tuple[str, ...], ratio: float) -> str:
    """Return ``colour``, moved ``towards`` black or white just enough to have ``ratio`` on each of ``grounds``."""
    for percent in range(0, 101, 2):
        candidate = mix(colour, towards, percent / 100)
        if all(contrast(candidate, ground) >= ratio for ground in grounds):
            return candidate
    return towards


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ground:
    """What everything stands on, and what does not follow the city's colour."""

    surfaces: tuple[str, str, str]
    """of pages, of cards, of what is sunk into them"""
    text: str
    quiet: str
    disabled: str
    line: str
    outline: str
    focus: str
    far: str
    """What colours are moved towards to be read."""
    tint: float
    """How much of a tint is the ground's."""
    gauge_good: str
    gauge_near: str
    ratio: float


_LIGHT = _Ground(
    surfaces=("#f3f5f7", _WHITE, "#e7ebef"),
    text=_INK,
    quiet="#4a5966",
    disabled="#586673",
    line="#dbe1e6",
    outline="#788693",
    focus="#b35900",
    far=_BLACK,
    tint=0.92,
    gauge_good="#a9d8b8",
    gauge_near="#f2cf8f",
    ratio=TEXT_CONTRAST,
)
_LIGHT_HIGH = replace(
    _LIGHT,
    surfaces=(_WHITE, _WHITE, "#e7ebef"),
    text=_BLACK,
    quiet="#2b3742",
    disabled="#3a4651",
    line=_BLACK,
    outline=_BLACK,
    ratio=HIGH_CONTRAST,
)
_DARK = _Ground(
    surfaces=("#101a22", "#18242e", "#0a1218"),
    text="#f2f5f8",
    quiet="#b6c3cf",
    disabled="#9aa8b5",
    line="#2c3a46",
    outline="#7f8e9b",
    focus="#ffb454",
    far=_WHITE,
    tint=0.82,
    gauge_good="#23523a",
    gauge_near="#5c4413",
    ratio=TEXT_CONTRAST,
)
_DARK_HIGH = replace(
    _DARK,
    surfaces=(_BLACK, _BLACK, "#14181c"),
    text=_WHITE,
    quiet="#e3e9ee",
    disabled="#c8d1d9",
    line=_WHITE,
    outline=_WHITE,
    tint=0.9,
    gauge_good="#123322",
    gauge_near="#3a2a08",
    ratio=HIGH_CONTRAST,
)
_WORDS = {"positive": "#17693a", "caution": "#8a4b00", "critical": "#b0231b"}
_LIGHT_TINTS = {"positive": "#e6f3ea", "caution": "#fdf1dc", "critical": "#fcebe9"}


def _fill(accent: str, ground: _Ground) -> tuple[str, str, str]:
    """Return the fill of what is to be touched next, the same while it is touched, and the words on it."""
    if ground.ratio == HIGH_CONTRAST:
        # a fill is told from every surface as words are
        near = _WHITE if ground.far == _BLACK else _BLACK
        fill = _moved(accent, ground.far, (*ground.surfaces, near), ground.ratio)
        return fill, mix(fill, ground.far, 0.22), near
    if contrast(_WHITE, accent) >= ground.ratio or contrast(_WHITE, accent) >= contrast(_INK, accent):
        fill = _moved(accent, _BLACK, (_WHITE,), ground.ratio)
        return fill, mix(fill, _BLACK, 0.22), _WHITE
    fill = _moved(accent, _WHITE, (_INK,), ground.ratio)
    return fill, mix(fill, _WHITE, 0.25), _INK


def palette_for(accent: str = DEFAULT_ACCENT, *, high_contrast: bool = False, dark: bool = False) -> Palette:
    """Work out every colour from a city's accent colour.

    Args:
        accent: The city's colour as ``#rrggbb``.
        high_contrast: Ask for 7:1 everywhere.
        dark: Light words on a dark ground.

    Raises:
        ValueError: ``accent`` is not of the form ``#rrggbb``.
    """
    accent = accent.lower()
    ground = (_DARK_HIGH if high_contrast else _DARK) if dark else _LIGHT_HIGH if high_contrast else _LIGHT
    surface, raised, sunken = ground.surfaces
    fill, pressed, on_fill = _fill(accent, ground)
    if dark:
        tints = {name: mix(_moved(word, _WHITE, (surface,), 3), surface, ground.tint) for name, word in _WORDS.items()}
        quiet = mix(_moved(accent, _WHITE, (surface,), 3), surface, ground.tint)
    else:
        tints, quiet = _LIGHT_TINTS, mix(accent, _WHITE, ground.tint)
    inks = {
        name: _moved(word, ground.far, (*ground.surfaces, tints[name]), ground.ratio) for name, word in _WORDS.items()
    }
    edge = HIGH_CONTRAST if high_contrast else OUTLINE_CONTRAST
    return Palette(
        surface=surface,
        surfaceRaised=raised,
        surfaceSunken=sunken,
        text=ground.text,
        textQuiet=ground.quiet,
        textDisabled=ground.disabled,
        accent=fill,
        accentPressed=pressed,
        accentText=on_fill,
        accentQuiet=quiet,
        accentInk=_moved(accent, ground.far, (*ground.surfaces, quiet), ground.ratio),
        positive=inks["positive"],
        positiveQuiet=tints["positive"],
        caution=inks["caution"],
        cautionQuiet=tints["caution"],
        critical=inks["critical"],
        criticalQuiet=tints["critical"],
        line=ground.line,
        outline=ground.outline,
        focus=_moved(ground.focus, ground.far, (*ground.surfaces, quiet, *tints.values()), edge),
        shade="#0b141c",
        shadeText=_WHITE,
        shadeGood=_moved("#17693a", _BLACK, (_WHITE,), ground.ratio),
        gaugeGood=ground.gauge_good,
        gaugeNear=ground.gauge_near,
    )
