"""The paths of the contract about what is somebody's own: cases, licences, entitlements, who used their data, money."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from kiosk.contract import (
    Application,
    ApplicationPage,
    CaseDetail,
    CaseStatus,
    CorrectionRequest,
    EntitlementAcceptance,
    Entitlements,
    Fees,
    FeesRequest,
    HeldLicence,
    LedgerPage,
    LicenceDetail,
    Payment,
    PaymentRequest,
    Reminders,
    SimulatedPaid,
    SimulatedPayment,
    SupplementRequest,
    WithdrawalRequest,
)
from kiosk.submission.errors import BackendBroken

if TYPE_CHECKING:
    import httpx

Answer = TypeVar("Answer")


class OwnPaths(ABC):
    """What a verified person asks of the backend about their own. Errors are those of ``BackendClient``."""

    # --- cases -------------------------------------------------------------------------------------------------

    async def applications(self, *, token: str, before: str = "") -> ApplicationPage:
        """Fetch what the holder has filed, newest first."""
        path = "/v1/applications" + (f"?before={before}" if before else "")
        return await self._ask("GET", path, ApplicationPage, token=token)

    async def case(self, number: str, *, token: str) -> tuple[CaseDetail, str]:
        """Fetch a case, and its version."""
        return _case(await self._send("GET", f"/v1/cases/{number}", token=token))

    async def withdraw(
        self, number: str, request: WithdrawalRequest, *, tag: str, token: str
    ) -> tuple[CaseDetail, str]:
        """Take a case back (撤回).

        Raises:
            BackendRefused: ``case.changed`` when it is not the version ``tag`` any more, ``case.state`` when it is
                decided; nothing has changed.
        """
        path = f"/v1/cases/{number}/withdrawal"
        return _case(await self._send("POST", path, body=request, headers={"If-Match": tag}, token=token))

    async def supplement(
        self, number: str, request: SupplementRequest, *, tag: str, token: str
    ) -> tuple[CaseDetail, str]:
        """Hand in what a case waits for (补正). Raises as ``withdraw`` does, and ``supplement.invalid``."""
        path = f"/v1/cases/{number}/supplement"
        return _case(await self._send("PUT", path, body=request, headers={"If-Match": tag}, token=token))

    async def correct(self, number: str, request: CorrectionRequest, *, key: str, token: str) -> Application:
        """Correct what is not decided yet; safe to repeat with the same ``key``."""
        path, headers = f"/v1/applications/{number}/corrections", {"Idempotency-Key": key}
        return await self._ask("POST", path, Application, body=request, headers=headers, token=token)

    async def status(self, number: str) -> CaseStatus:
        """Fetch what a case number alone shows."""
        return await self._ask("GET", f"/v1/status/{number}", CaseStatus)

    # --- licences, who used the data ---------------------------------------------------------------------------

    async def licences(self, *, token: str) -> tuple[HeldLicence, ...]:
        """Fetch the holder's licences."""
        return await self._ask("GET", "/v1/licences", tuple[HeldLicence, ...], token=token)

    async def licence(self, number: str, *, token: str) -> LicenceDetail:
        """Fetch one of them with what it says."""
        return await self._ask("GET", f"/v1/licences/{number}", LicenceDetail, token=token)

    async def ledger(self, *, token: str, before: str = "") -> LedgerPage:
        """Fetch who used the holder's data, newest first."""
        path = "/v1/ledger" + (f"?before={before}" if before else "")
        return await self._ask("GET", path, LedgerPage, token=token)

    # --- what comes by itself ----------------------------------------------------------------------------------

    async def entitlements(self, notice: str, *, token: str) -> Entitlements:
        """Fetch what the holder is entitled to."""
        return await self._ask("GET", f"/v1/entitlements?notice={notice}", Entitlements, token=token)

    async def take(self, policy: str, acceptance: EntitlementAcceptance, *, key: str, token: str) -> Application:
        """Take one of them; safe to repeat with the same ``key``."""
        path, headers = f"/v1/entitlements/{policy}/acceptance", {"Idempotency-Key": key}
        return await self._ask("POST", path, Application, body=acceptance, headers=headers, token=token)

    async def reminders(self, *, token: str) -> Reminders:
        """Fetch what waits for the holder."""
        return await self._ask("GET", "/v1/reminders", Reminders, token=token)

    # --- money -------------------------------------------------------------------------------------------------

    async def fees(self, request: FeesRequest, *, token: str) -> Fees:
        """Fetch what has to be paid."""
        return await self._ask("POST", "/v1/fees", Fees, body=request, token=token)

    async def order(self, request: PaymentRequest, *, key: str, token: str) -> Payment:
        """Make an order; safe to repeat with the same ``key``."""
        headers = {"Idempotency-Key": key}
        return await self._ask("POST", "/v1/payments", Payment, body=request, headers=headers, token=token)

    async def payment(self, payment: str, *, token: str) -> Payment:
        """Fetch an order as it is now."""
        return await self._ask("GET", f"/v1/payments/{payment}", Payment, token=token)

    async def cancel_order(self, payment: str, *, token: str) -> None:
        """Cancel an order that is not paid."""
        await self._send("DELETE", f"/v1/payments/{payment}", token=token)

    async def payments(self, payment: str, *, token: str) -> AsyncIterator[Payment]:
        """Yield an order as it is and after every change; ends when it is paid or final."""
        async with aclosing(self._events(f"/v1/payments/{payment}/events", "payment", Payment, token=token)) as told:
            async for each in told:
                yield each

    async def pay_simulated(self, qr: str) -> SimulatedPaid:
        """Pay with the simulated phone; only in simulated profiles."""
        path = "/v1/simulated-phone/payments"
        return await self._ask("POST", path, SimulatedPaid, body=SimulatedPayment(qr=qr))

    # --- how it is sent ----------------------------------------------------------------------------------------

    @abstractmethod
    async def _ask(self, method: str, path: str, kind: type[Answer], **request: Any) -> Answer:
        """Send a request and return its answer as ``kind``."""

    @abstractmethod
    async def _send(
        self,
        method: str,
        path: str,
        *,
        body: msgspec.Struct | None = None,
        content: bytes | None = None,
        media: str = "application/json",
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
    ) -> httpx.Response:
        """Send a request and return its successful answer."""

    @abstractmethod
    def _events(self, path: str, name: str, kind: type[Answer], *, token: str) -> AsyncGenerator[Answer]:
        """Yield the server-sent events called ``name`` until ``end``."""


def _case(response: httpx.Response) -> tuple[CaseDetail, str]:
    """Return the case that was answered, and its version."""
    tag = response.headers.get("ETag")
    try:
        detail = msgspec.json.decode(response.content, type=CaseDetail)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BackendBroken(f"an answer that is no case: {error}") from error
    if not tag:
        raise BackendBroken("a case without its version")
    return detail, str(tag)
