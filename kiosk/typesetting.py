"""The compiler of typst with this machine's fonts, for whoever sets a PDF: the backend's sheets, readiness reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    # named, not used: a terminal that sets nothing loads nothing of it
    from typst import Compiler

FONTS: Final = Path("/usr/share/fonts/opentype/noto")
"""Where Debian's fonts-noto-cjk puts them; elsewhere the system's fonts are searched, which takes longer once."""


def compiler(root: Path) -> Compiler:
    """Return a compiler that reads files below ``root`` only. Opening the fonts takes a moment: keep it."""
    from typst import Compiler, Fonts

    here = FONTS.is_dir()
    fonts = Fonts(include_system_fonts=not here, include_embedded_fonts=False, font_paths=[str(FONTS)] if here else [])
    return Compiler(font_paths=fonts, root=str(root))
