"""Looking for people who agreed to it (免申即享): what they can take now, they are told once a year."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, or_, select

from kiosk.backend.applications.sentences import put
from kiosk.backend.benefits.benefits import Benefits
from kiosk.backend.benefits.sentences import PURPOSE, TOLD
from kiosk.backend.benefits.telling import gives
from kiosk.backend.facts import Knowledge
from kiosk.backend.notices import Notices
from kiosk.backend.notices.kinds import ENTITLEMENT
from kiosk.backend.registers import Holder
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, insert_or_update, schema
from kiosk.catalogue import Catalogue

log = logging.getLogger(__name__)

EVERY_S = 7 * 86_400
"""How often somebody is looked for."""
_ROUND_S = 300.0
_LOOKS = 20
"""In one round: registers are asked for each."""


class Lookout:
    """Looks."""

    def __init__(
        self,
        settings: BackendSettings,
        catalogue: Catalogue,
        database: Database,
        knowledge: Knowledge,
        benefits: Benefits,
        notices: Notices,
    ) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._database = database
        self._knowledge = knowledge
        self._benefits = benefits
        self._notices = notices

    async def work(self) -> None:
        """Look, round after round, until cancelled; with ``settings.reminders`` off nobody is looked for."""
        while self._settings.reminders:
            try:
                await self.round()
            except Exception as failure:  # noqa: BLE001 - one register that fails must not end it for everybody
                log.error("entitlements: %s", type(failure).__name__)  # noqa: TRY400 - see failures.py
            # time is what is waited for; there is no event that says a week is over
            await asyncio.sleep(_ROUND_S)

    async def round(self) -> int:
        """Look for whom it is time, each in a transaction of their own that waits for no register.

        Returns:
            For how many somebody looked.
        """
        now = self._settings.clock()
        due = await self._database.read(partial(_due, now=now))
        for resident, notice in due:
            holder = Holder(resident=resident, terminal="")
            work = partial(self._look_for, holder=holder, notice=notice, now=now)
            await self._knowledge.written(holder, PURPOSE, notice, work)
        return len(due)

    def _look_for(self, connection: Connection, holder: Holder, notice: str, now: datetime) -> None:
        """Tell one person what they can take now, unless another process has just looked."""
        if (holder.resident, notice) not in _due(connection, now):
            return
        values = {"resident": holder.resident, "looked_at": now.timestamp()}
        insert_or_update(connection, schema.entitlement_look, values, key=["resident"], changes=values)
        for policy in self._benefits.newly_entitled(connection, holder, notice, now):
            item = self._catalogue.items[policy.item]
            text = put(TOLD, name=item.name, gives=gives(policy, {}))
            once = f"entitlement-{holder.resident}-{policy.id}-{now.year}"
            self._notices.tell(connection, holder.resident, ENTITLEMENT, text, about=policy.id, now=now, once=once)


def _due(connection: Connection, now: datetime) -> list[tuple[int, str]]:
    """Return who agreed to be looked for and was not for a week, with the notice they agreed to."""
    choice, look = schema.notice_choice.c, schema.entitlement_look.c
    query = (
        select(choice.resident, choice.notice)
        .outerjoin(schema.entitlement_look, look.resident == choice.resident)
        .where(choice.kind == ENTITLEMENT, choice.wanted.is_(True))
        .where(or_(look.looked_at.is_(None), look.looked_at <= now.timestamp() - EVERY_S))
        .order_by(choice.resident)
        .limit(_LOOKS)
    )
    return [(row.resident, row.notice) for row in connection.execute(query)]
