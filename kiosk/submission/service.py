"""The paths of the contract about what comes beside a matter: queues, complaints, delivery of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kiosk.contract import (
    Complaint,
    ComplaintRequest,
    Delivery,
    DeliveryRequest,
    Hall,
    Ticket,
    TicketRequest,
    VerdictRequest,
)
from kiosk.submission.errors import BackendBroken
from kiosk.submission.own import OwnPaths

if TYPE_CHECKING:
    import httpx


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

    async def complain(self, request: ComplaintRequest, *, key: str, token: str | None) -> Complaint:
        """Complain; safe to repeat with the same ``key``. Without a ``token`` it needs a phone."""
        headers = {"Idempotency-Key": key}
        return await self._ask("POST", "/v1/complaints", Complaint, body=request, headers=headers, token=token)

    async def complaints(self, *, token: str) -> tuple[Complaint, ...]:
        """Fetch the holder's complaints, newest first."""
        return await self._ask("GET", "/v1/complaints", tuple[Complaint, ...], token=token)

    async def judge(self, number: str, request: VerdictRequest, *, code: str, token: str | None) -> Complaint:
        """Say whether an answer solves it.

        Raises:
            BackendRefused: ``complaint.not-answered`` when there is nothing to judge; nothing has changed.
        """
        headers = {"Complaint-Code": code} if code else {}
        path = f"/v1/complaints/{number}/verdict"
        return await self._ask("PUT", path, Complaint, body=request, headers=headers, token=token)

    async def delivery(self, case: str, *, token: str) -> tuple[Delivery, str]:
        """Fetch how the result of a case reaches its holder, and the version of that."""
        return _delivery(await self._send("GET", f"/v1/cases/{case}/delivery", token=token))

    async def deliver(self, case: str, request: DeliveryRequest, *, tag: str, token: str) -> tuple[Delivery, str]:
        """Choose how.

        Raises:
            BackendRefused: ``delivery.changed`` when it is not the version ``tag`` any more, ``delivery.over`` when it
                was posted or collected; nothing has changed.
        """
        path = f"/v1/cases/{case}/delivery"
        return _delivery(await self._send("PUT", path, body=request, headers={"If-Match": tag}, token=token))


def _delivery(response: httpx.Response) -> tuple[Delivery, str]:
    """Return what was answered, and its version."""
    tag = response.headers.get("ETag")
    try:
        told = msgspec.json.decode(response.content, type=Delivery)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BackendBroken(f"an answer that is no delivery: {error}") from error
    if not tag:
        raise BackendBroken("a delivery without its version")
    return told, str(tag)
