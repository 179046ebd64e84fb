"""Sealed files behind one interface: a PDF with a PAdES signature today, an OFD with an SM2 seal tomorrow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import msgspec

from kiosk.backend.licences.authority import Authority
from kiosk.backend.licences.sheet import Sheet
from kiosk.backend.licences.typesetting import Typesetter

_POINTS = 72 / 25.4
_PAGE_MM = 297
_SEAL_MM = 42
_SEAL_CENTRE_MM = (162.0, 236.0)
"""From the left and from the top of the last page: over the end of the issuer's name, see ``sheet.typ``."""


class SealedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file with the seal of a department: what a citizen keeps, prints and sends."""

    content: bytes
    media_type: str
    suffix: str


class Sealer(Protocol):
    """Makes sealed files of one kind."""

    kind: str
    """``pdf``, ``ofd``"""

    def seal(self, sheet: Sheet, at: datetime) -> SealedFile:
        """Return ``sheet`` drawn and sealed in the name of its department. Takes up to 0.3 s of the calling thread.

        Raises:
            KeyError: nobody seals for ``sheet.issuer`` here.
        """


class PdfSealer:
    """PDF/A-2b with a PAdES baseline signature (B-B) whose appearance is the round seal.

    The seal is drawn by the signature itself: a file whose signature is taken away has none. The signature covers the
    whole file; nothing is appended to it.

    Source: ETSI EN 319 142-1 §6 (B-B), ISO 32000-2 §12.8; ISO 19005-2.
    """

    kind = "pdf"

    def __init__(self, authority: Authority, typesetter: Typesetter, departments: Mapping[str, str]) -> None:
        """Draw nothing yet.

        Args:
            authority: Gives the keys of seals.
            typesetter: Draws.
            departments: Name by id, of all that have a seal.
        """
        self._authority = authority
        self._typesetter = typesetter
        self._departments = departments
        self._drawings: dict[tuple[str, str], bytes] = {}

    def seal(self, sheet: Sheet, at: datetime) -> SealedFile:
        """Draw and seal; see ``Sealer``."""
        from kiosk.backend.licences.pades import signed  # most of a second, which no start of a backend shall take

        name = self._departments[sheet.issuer]
        page = self._typesetter.page(sheet, at)
        left, top = (_SEAL_CENTRE_MM[0] - _SEAL_MM / 2, _PAGE_MM - _SEAL_CENTRE_MM[1] + _SEAL_MM / 2)
        box = (left, top - _SEAL_MM, left + _SEAL_MM, top)
        content = signed(
            page,
            self._authority.seal_key(sheet.issuer, name, at),
            name,
            self._drawn(sheet, name, at),
            (round(box[0] * _POINTS), round(box[1] * _POINTS), round(box[2] * _POINTS), round(box[3] * _POINTS)),
        )
        return SealedFile(content=content, media_type="application/pdf", suffix="pdf")

    def _drawn(self, sheet: Sheet, name: str, at: datetime) -> bytes:
        """Return the drawing of a department's seal; drawn once in a process for each use."""
        known = (sheet.issuer, sheet.seal_use)
        drawn = self._drawings.get(known)
        if drawn is None:
            drawn = self._drawings[known] = self._typesetter.seal(name, sheet.seal_use, at)
        return drawn
