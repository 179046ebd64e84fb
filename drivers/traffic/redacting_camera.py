"""What may be known of what terminal and camera process tell each other: every message but what was opened and read.

Pictures do not pass here, only how large they are and which; see ``drivers/camera/messages.py``. A message that holds
something of somebody's (the address to open, with its password; what codes say; the detail of an error, which may name
the address) is a length.
"""

from __future__ import annotations

from typing import Final

from drivers.camera import messages
from drivers.traffic.redacting import Piece

_ORDERS: Final = (messages.Want, messages.Look, messages.Measure, messages.Judge)
_REPORTS: Final = (messages.Beat, messages.Picture, messages.Measured, messages.Judged, messages.Opened)


class CameraRedactor:
    """Of a camera's process: each piece is one message."""

    def sent(self, data: bytes) -> list[Piece]:
        """See ``Redactor.sent``."""
        try:
            told = isinstance(messages.order_in(data), _ORDERS)
        except messages.BrokenMessage:
            told = False
        return [Piece(True, len(data), data if told else None)]

    def came(self, data: bytes) -> list[Piece]:
        """See ``Redactor.came``."""
        try:
            report = messages.report_in(data)
        except messages.BrokenMessage:
            return [Piece(False, len(data), None)]
        if isinstance(report, messages.Ended):
            report = messages.Ended(error=report.error, detail="x" * len(report.detail.encode()))
            return [_of_same_length(data, messages.packed(report))]
        return [Piece(False, len(data), data if isinstance(report, _REPORTS) else None)]

    def ended(self) -> list[Piece]:
        """See ``Redactor.ended``: a message comes whole or not at all."""
        return []


def _of_same_length(data: bytes, clean: bytes) -> Piece:
    return Piece(False, len(data), clean if len(clean) == len(data) else None)
