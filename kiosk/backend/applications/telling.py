"""Telling citizens what happened to a case, in the transaction in which it happens."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from kiosk.backend.applications import sentences
from kiosk.backend.applications.life import Life
from kiosk.words import Text

DECISION, MATERIAL_WANTED, DEFERRED_MATERIAL, OVERDUE = "decision", "material-wanted", "deferred-material", "overdue"
APPOINTMENT = "appointment"
"""Kinds of ``kiosk.backend.notices.KINDS``."""


class Tells(Protocol):
    """What tells people: ``kiosk.backend.notices.Notices``."""

    def tell(
        self,
        connection: Connection,
        resident: int,
        kind: str,
        text: Text,
        *,
        about: str = "",
        now: datetime,
        urgent: bool = False,
        once: str = "",
    ) -> bool:
        """Write a message to ``resident``; it is sent afterwards."""


def tell(notices: Tells, life: Life, kind: str, says: Text) -> None:
    """Tell the applicant, and who acts for them, what became of a case."""
    text = sentences.put(sentences.TELL, item=life.case.item_name, case=life.case.number, says=says)
    for resident in dict.fromkeys(each for each in (life.resident, life.agent) if each is not None):
        notices.tell(life.connection, resident, kind, text, about=life.case.number, now=life.now)
