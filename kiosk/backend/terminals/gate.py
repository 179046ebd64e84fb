"""Which terminal asks? Every request of the contract comes from one, except those that say otherwise."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import Final

from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database
from kiosk.backend.terminals.assertions import Claims, claims_of, is_signed
from kiosk.backend.terminals.door import Door
from kiosk.backend.terminals.fleet import Fleet
from kiosk.backend.terminals.known import OUT_OF_SERVICE, REVOKED, Known, KnownTerminals

REMEMBERED: Final = 65_536
"""Assertions that were checked and need not be again: some megabytes at the most."""
AGAIN_S: Final = 60

_asking: ContextVar[Known | None] = ContextVar("asking", default=None)


class Gate:
    """Lets requests of terminals in.

    A signature is checked once for each assertion; afterwards a request costs two look-ups in memory.
    """

    def __init__(self, settings: BackendSettings, database: Database, fleet: Fleet) -> None:
        self.known = KnownTerminals(database)
        self._settings = settings
        self._database = database
        self._fleet = fleet
        self._door = Door(settings.data_dir)
        self._checked: dict[str, tuple[Claims, bytes]] = {}

    async def enter(self, assertion: str | None) -> Known:
        """Return the terminal that made ``assertion``, and remember it for the rest of this request.

        Raises:
            RefusedRequestError: ``TERMINAL_MISSING``, ``TERMINAL_INVALID``, ``TERMINAL_EXPIRED`` or
                ``TERMINAL_REVOKED``.
        """
        if not assertion:
            raise RefusedRequestError(Code.TERMINAL_MISSING)
        checked = self._checked.get(assertion)
        claims = checked[0] if checked else claims_of(assertion)
        if claims is None or not claims.is_sound:
            raise RefusedRequestError(Code.TERMINAL_INVALID)
        known = await self.known.find(claims.iss)
        if checked is None or known is None or checked[1] != known.key:
            known = await self._check(assertion, claims, known)
        if not claims.is_good_at(self._settings.clock().timestamp()):
            self._checked.pop(assertion, None)
            raise RefusedRequestError(Code.TERMINAL_EXPIRED)
        if known.standing == REVOKED:
            raise RefusedRequestError(Code.TERMINAL_REVOKED)
        _asking.set(known)
        return known

    async def _check(self, assertion: str, claims: Claims, known: Known | None) -> Known:
        """Check the signature with the terminal's key, or with the one it left at the door."""
        if known is None or not is_signed(assertion, known.key):
            known = await self._from_the_door(assertion, claims, known)
        while len(self._checked) >= REMEMBERED:
            self._checked.pop(next(iter(self._checked)))
        self._checked[assertion] = (claims, known.key)
        return known

    async def _from_the_door(self, assertion: str, claims: Claims, known: Known | None) -> Known:
        offered = await asyncio.to_thread(self._door.offered, claims.iss)
        key = offered.key if offered else None
        revoked = known is not None and known.standing == REVOKED
        if offered is None or key is None or revoked or not is_signed(assertion, key):
            raise RefusedRequestError(Code.TERMINAL_INVALID)
        admitted = await self._database.write(
            lambda connection: self._fleet.admit(connection, claims.iss, key, offered.place, how="door")
        )
        self.known.forget(claims.iss)
        return admitted


def asking() -> Known:
    """Return the terminal whose request is being answered.

    Raises:
        RefusedRequestError: ``TERMINAL_MISSING``: this path is open to others, and it is none.
    """
    known = _asking.get()
    if known is None:
        raise RefusedRequestError(Code.TERMINAL_MISSING)
    return known


def demand_service(known: Known, begun: float | None = None) -> None:
    """Refuse a terminal that is out of service, except what was begun before: a citizen is not cut off half-way.

    Args:
        known: The terminal.
        begun: When the holder was verified; None for what begins with this request.

    Raises:
        RefusedRequestError: ``TERMINAL_OUT_OF_SERVICE``; what is on its way may be sent again later.
    """
    if known.standing == OUT_OF_SERVICE and (begun is None or begun >= known.since):
        raise RefusedRequestError(Code.TERMINAL_OUT_OF_SERVICE, retry_s=AGAIN_S)
