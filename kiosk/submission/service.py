"""The paths of the contract about what comes beside a matter: the queue of a service hall."""

from __future__ import annotations

from kiosk.contract import Hall, Ticket, TicketRequest
from kiosk.submission.own import OwnPaths


class ServicePaths(OwnPaths):
    """What is asked of the backend beside a matter. Errors are those of ``BackendClient``."""

    async def halls(self) -> tuple[Hall, ...]:
        """Fetch the service halls with their queues as they are now."""
        return await self._ask("GET", "/v1/halls", tuple[Hall, ...])

    async def take_ticket(self, request: TicketRequest) -> Ticket:
        """Take a place in a queue; twice in a session is the same place.

        Raises:
            BackendRefused: ``hall.closed`` when nobody is called now; no place was taken.
        """
        return await self._ask("POST", "/v1/tickets", Ticket, body=request)
