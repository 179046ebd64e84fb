"""Settings of a machine of another shape: pictures of a bank's pages show a bank's machine."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec.structs import replace

from kiosk.settings import PROFILES, Layout, Settings
from kiosk.settings.machine import Machine

DIAGONAL_MM: Final = {Layout.PORTRAIT: 546.0, Layout.LANDSCAPE: 546.0, Layout.BANK: 432.0}
_PROFILES: Final = {Layout.PORTRAIT: "standing-terminal", Layout.LANDSCAPE: "standing-terminal", Layout.BANK: "bank"}


def shaped(chosen: Settings, layout: Layout) -> Settings:
    """Return the settings on a terminal with this shape of screen, its devices where that profile has them."""
    text = (PROFILES / f"{_PROFILES[layout]}.toml").read_text(encoding="utf-8")
    machine = msgspec.convert(msgspec.toml.decode(text)["terminal"]["machine"], Machine)
    terminal = replace(chosen.terminal, layout=layout, diagonal_mm=DIAGONAL_MM[layout], machine=machine)
    return replace(chosen, terminal=terminal)
