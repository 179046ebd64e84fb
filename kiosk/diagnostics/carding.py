"""Technicians' cards at the terminal's own card reader, while the page that invites is shown.

A citizen's card is asked one thing only, whether it is a technician's; nothing is read from it.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from drivers.errors import DeviceError, DeviceRefused, MediaError

if TYPE_CHECKING:
    # named, not used: drivers are imported on a thread, while the first page is painted
    from drivers.card.api import Connection
    from drivers.card.technician import TechnicianProof
    from kiosk.devices.supervised import Supervised

log = logging.getLogger(__name__)

_ABOUT: Final = "technician."
"""What the codes of cards that are technicians', and do not count, begin with."""


class TechnicianCards:
    """Reads technicians' cards; see ``kiosk.diagnostics.visiting.Cards``.

    Args:
        reader: Kept in use by its supervisor.
        issuers: PEM file of who issues the cards; read whenever a card is laid down, so that it may change.
    """

    def __init__(self, reader: Supervised[Any], issuers: Path) -> None:
        self._reader = reader
        self._issuers = issuers
        self._lies = True
        """A card may lie there that was seen already: it must be lifted before one counts again."""

    async def next(self) -> str:
        """See ``Cards.next``."""
        while True:
            reader = await self._reader.ready()
            try:
                if self._lies:
                    await reader.removed()
                    self._lies = False
                proof: TechnicianProof = await reader.run(self._prove)
            except MediaError as error:
                self._lies = True
                log.debug("no technician's card: %s", error.code)
            except DeviceRefused as error:
                self._lies = True
                if error.code.startswith(_ABOUT):
                    raise
                log.debug("no technician's card: %s", error.code)
            except DeviceError as error:
                self._reader.lost(error)
            else:
                self._lies = True
                return proof.number

    def _prove(self, card: Connection) -> TechnicianProof:
        """Return whose card it is; on the reader's thread."""
        from drivers.card.technician import Authority, prove

        try:
            authority = Authority.load(self._issuers)
        except (OSError, ValueError) as error:
            log.warning("diagnostics.technicians_ca cannot be used, nobody gets in by card: %s", error)
            authority = Authority(certificates=())
        return prove(card, authority, datetime.now(UTC))
