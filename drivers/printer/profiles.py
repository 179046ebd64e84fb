"""What a model of printer can do: ours in ``profiles.toml``, and those of python-escpos.

Of python-escpos only its table is read, not its code: importing that takes 0.3 s and leaves a folder in the temporary
files at every start.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from drivers.errors import DeviceRefused

_OURS: Final = Path(__file__).with_name("profiles.toml")
_RASTER: Final = "bitImageRaster"
_CUTS: Final = ("paperFullCut", "paperPartCut")


class Automatic(StrEnum):
    """Whether a printer reports changes by itself (GS a)."""

    YES = "yes"
    NO = "no"
    TRY = "try"
    """Nobody wrote it down: it is asked to, and believed when it does."""


class Waiting(StrEnum):
    """How a printer says that a slip waits to be taken."""

    NEVER = ""
    DLE_EOT_20 = "dle-eot-20"
    BIT_7 = "bit-7"


class ProfileUnknownError(DeviceRefused):
    """No printer of that name is known; the message lists those that are."""

    code = "printer.profile-unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """What one model can do; see ``profiles.toml`` for what the fields mean."""

    name: str
    maker: str = ""
    model: str = ""
    width_dots: int | None = 576
    """None: nobody wrote it down; the settings must say it."""
    knife: bool = True
    automatic: Automatic = Automatic.TRY
    in_order: bool = True
    identity: bool = False
    waiting: Waiting = Waiting.NEVER
    present: bytes = b""
    retract: bytes = b""
    clear: bytes = b""
    held: bool = True
    chinese: bool = False
    source: str = ""


GENERIC: Final = Profile(name="generic")


@cache
def profiles() -> Mapping[str, Profile]:
    """Return all profiles by name."""
    found = _of_python_escpos()
    with _OURS.open("rb") as file:
        ours = tomllib.load(file)
    found.update({name: _ours(name, table) for name, table in ours.items()})
    return found


def profile(name: str) -> Profile:
    """Return one profile.

    Raises:
        ProfileUnknownError: no printer is called that, or it cannot print dots.
    """
    found = profiles().get(name)
    if found is None:
        raise ProfileUnknownError(f"{name!r} is no profile of a printer; known: {', '.join(sorted(profiles()))}")
    return found


def _ours(name: str, table: Mapping[str, Any]) -> Profile:
    values = dict(table)
    unknown = values.keys() - {field.name for field in fields(Profile)}
    if unknown:
        raise ValueError(f"profiles.toml: [{name}] has no {min(unknown)!r}")
    for key, kind in (("automatic", Automatic), ("waiting", Waiting)):
        if key in values:
            values[key] = kind(values[key])
    for key in ("present", "retract", "clear"):
        if key in values:
            values[key] = bytes.fromhex(values[key])
    return Profile(name=name, **values)


def _of_python_escpos() -> dict[str, Profile]:
    """Return the printers of its table that can print dots. It tells of width, knife and maker, not of status."""
    table = json.loads(files("escpos").joinpath("capabilities.json").read_text("utf-8"))
    found: dict[str, Profile] = {}
    for name, model in table["profiles"].items():
        features = model["features"]
        if not features.get(_RASTER) or features.get("starCommands"):
            continue
        pixels = model["media"].get("width", {}).get("pixels")
        # Not every width is a whole number of bytes (546 of a 42-column mode).
        width = pixels // 8 * 8 if isinstance(pixels, int) else None
        maker = "" if model["vendor"] == "Generic" else model["vendor"]
        found[name] = Profile(
            name=name,
            maker=maker,
            model=model["name"],
            width_dots=width,
            knife=any(features.get(cut) for cut in _CUTS),
            source="python-escpos, capabilities.json (escpos-printer-db)",
        )
    return found
