"""The HTTP client of the backend: every message of ``kiosk.contract``, and nothing else."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from kiosk.contract import (
    ASSERTION,
    Application,
    Assistance,
    AssistanceRequest,
    Attachment,
    CaseEvent,
    CodeCheck,
    Draft,
    DraftRequest,
    DraftSummary,
    Enrolled,
    Enrolment,
    Facts,
    FactsRequest,
    HealthAnswer,
    HealthReport,
    HolderSession,
    Mandate,
    MaterialRequest,
    Materials,
    PhoneMessage,
    Problem,
    RatingRequest,
    RecommendationRequest,
    Recommendations,
    Verification,
    VerificationRequest,
)
from kiosk.submission.errors import PROBLEM, BackendBroken, BackendRefused, BackendSlow, BackendUnreachable
from kiosk.submission.identity import Identity
from kiosk.submission.service import ServicePaths

if TYPE_CHECKING:
    # a terminal shows its first page before it speaks to anybody; importing this costs 0.2 s
    import httpx

Answer = TypeVar("Answer")

_UNAUTHORIZED = 401

STREAM_SILENCE_S = 30.0
"""An outcome stream says nothing for at most this long; the backend sends comments to keep it alive."""


class BackendClient(ServicePaths):
    """Speaks to one backend over kept-alive connections.

    Every method raises ``BackendUnreachable``, ``BackendSlow``, ``BackendBroken`` or ``BackendRefused``; after the
    first three nothing is known of the request, and only ``submit`` may be repeated (with the same key).

    Args:
        url: Of the backend, without ``/v1``.
        identity: Of the terminal that asks; None reaches only what is open to everybody.
        answer_s: How long an answer may take.
    """

    def __init__(self, url: str, *, identity: Identity | None = None, answer_s: float = 10.0) -> None:
        self._url = url
        self._identity = identity
        self._answer_s = answer_s

    @functools.cached_property
    def _http(self) -> httpx.AsyncClient:
        import httpx

        timeout = httpx.Timeout(self._answer_s, connect=min(self._answer_s, 3.0))
        return httpx.AsyncClient(base_url=self._url, timeout=timeout)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        if "_http" in vars(self):
            await self._http.aclose()

    async def send_code(self, request: VerificationRequest) -> Verification:
        """Have a code sent to the registered phone."""
        return await self._ask("POST", "/v1/verifications", Verification, body=request)

    async def check_code(self, verification: str, code: str) -> HolderSession:
        """Verify the person by the code."""
        path = f"/v1/verifications/{verification}/check"
        return await self._ask("POST", path, HolderSession, body=CodeCheck(code=code))

    async def facts(self, request: FactsRequest, *, token: str) -> Facts:
        """Fetch known values for a purpose."""
        return await self._ask("POST", "/v1/facts", Facts, body=request, token=token)

    async def materials(self, request: MaterialRequest, *, token: str) -> Materials:
        """Find what replaces materials."""
        return await self._ask("POST", "/v1/materials", Materials, body=request, token=token)

    async def attach(self, jpeg: bytes, *, token: str) -> Attachment:
        """Store a photograph."""
        return await self._ask("POST", "/v1/attachments", Attachment, content=jpeg, media="image/jpeg", token=token)

    async def submit(self, request: bytes, *, key: str, token: str) -> Application:
        """Submit an application, encoded; safe to repeat with the same ``key`` until it is answered."""
        headers = {"Idempotency-Key": key}
        return await self._ask("POST", "/v1/applications", Application, content=request, headers=headers, token=token)

    async def application(self, number: str, *, token: str) -> Application:
        """Fetch an application as the backend stored it."""
        return await self._ask("GET", f"/v1/applications/{number}", Application, token=token)

    async def outcomes(self, number: str, *, token: str) -> AsyncIterator[CaseEvent]:
        """Yield the outcome of every case as it is made; ends when all are known."""
        path = f"/v1/applications/{number}/outcomes"
        async with aclosing(self._events(path, "case", CaseEvent, token=token)) as told:
            async for each in told:
                yield each

    async def _events(self, path: str, name: str, kind: type[Answer], *, token: str) -> AsyncGenerator[Answer]:
        import httpx
        from httpx_sse import SSEError, aconnect_sse

        headers = {"Authorization": f"Bearer {token}", **await self._identified()}
        timeout = httpx.Timeout(STREAM_SILENCE_S, connect=3.0)
        try:
            async with aconnect_sse(self._http, "GET", path, headers=headers, timeout=timeout) as source:
                if source.response.status_code != httpx.codes.OK:
                    await source.response.aread()
                    raise _refusal(source.response)
                async for event in source.aiter_sse():
                    if event.event == "end":
                        return
                    if event.event == name:
                        yield _decoded(event.data.encode(), kind)
        except httpx.TimeoutException as error:
            raise BackendSlow(str(error)) from error
        except (httpx.HTTPError, SSEError) as error:
            raise BackendUnreachable(str(error)) from error

    async def recommendations(self, request: RecommendationRequest) -> Recommendations:
        """Fetch what else is worth doing; about no person."""
        return await self._ask("POST", "/v1/recommendations", Recommendations, body=request)

    async def drafts(self, *, token: str) -> tuple[DraftSummary, ...]:
        """Fetch what the holder has kept for later, newest first."""
        return await self._ask("GET", "/v1/drafts", tuple[DraftSummary, ...], token=token)

    async def draft(self, identity: str, *, token: str) -> tuple[Draft, str]:
        """Fetch a draft as far as it fits today, and its version for ``keep_draft``."""
        response = await self._send("GET", f"/v1/drafts/{identity}", token=token)
        return _decoded(response.content, Draft), _tag(response)

    async def keep_draft(self, identity: str, request: DraftRequest, *, token: str, tag: str | None = None) -> str:
        """Keep a form for later and return its version.

        Args:
            identity: Of the draft; the terminal's own, 8 to 40 letters, digits, ``-`` and ``_``.
            request: The form.
            token: Of the holder.
            tag: The version that is replaced; ``None``: it is new.

        Raises:
            BackendRefused: ``draft.changed`` when another terminal has replaced it, ``draft.exists`` when there is one
                of the same matter and items (its detail is the id); what was kept is as it was.
        """
        headers = {} if tag is None else {"If-Match": tag}
        response = await self._send("PUT", f"/v1/drafts/{identity}", body=request, headers=headers, token=token)
        return _tag(response)

    async def forget_draft(self, identity: str, *, token: str, tag: str | None = None) -> None:
        """Forget a draft."""
        headers = {} if tag is None else {"If-Match": tag}
        await self._send("DELETE", f"/v1/drafts/{identity}", headers=headers, token=token)

    async def mandates(self, *, token: str) -> tuple[Mandate, ...]:
        """Fetch for whom the holder may act."""
        return await self._ask("GET", "/v1/mandates", tuple[Mandate, ...], token=token)

    async def send_helper_code(self, request: AssistanceRequest, *, token: str) -> Verification:
        """Have a code sent to the member of staff beside the holder."""
        return await self._ask("POST", "/v1/assistance", Verification, body=request, token=token)

    async def check_helper_code(self, assistance: str, code: str, *, token: str) -> Assistance:
        """Let the holder's session name the helper."""
        path = f"/v1/assistance/{assistance}/check"
        return await self._ask("POST", path, Assistance, body=CodeCheck(code=code), token=token)

    async def end_assistance(self, *, token: str) -> None:
        """Let the holder's session name no helper from now on."""
        await self._send("DELETE", "/v1/assistance", token=token)

    async def rate(self, number: str, request: RatingRequest, *, token: str) -> None:
        """Rate an application."""
        await self._send("PUT", f"/v1/applications/{number}/rating", body=request, token=token)

    async def enrol(self, request: Enrolment) -> Enrolled:
        """Become a terminal of this backend by a one-time code; needs no identity yet."""
        return await self._ask("POST", "/v1/terminals", Enrolled, body=request)

    async def report_health(self, report: HealthReport) -> HealthAnswer:
        """Tell how this terminal fares, and hear whether it is to serve; a report that comes twice counts once."""
        return await self._ask("POST", "/v1/terminals/self/health", HealthAnswer, body=report)

    async def phone_messages(self) -> tuple[PhoneMessage, ...]:
        """Fetch what the simulated phone received, newest first; only in simulated profiles."""
        return await self._ask("GET", "/v1/simulated-phone/messages", tuple[PhoneMessage, ...])

    async def _ask(self, method: str, path: str, kind: type[Answer], **request: Any) -> Answer:
        response = await self._send(method, path, **request)
        return _decoded(response.content, kind)

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
        sent = dict(headers or {})
        if body is not None:
            content = msgspec.json.encode(body)
        if content is not None:
            sent["Content-Type"] = media
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        response = await self._tried(method, path, content, sent)
        if not response.is_success and self._clock_was_wrong(response):
            response = await self._tried(method, path, content, sent)
        if response.is_success:
            return response
        raise _refusal(response)

    async def _tried(self, method: str, path: str, content: bytes | None, headers: Mapping[str, str]) -> httpx.Response:
        import httpx

        sent = {**headers, **await self._identified()}
        try:
            return await self._http.request(method, path, content=content, headers=sent)
        except httpx.TimeoutException as error:
            raise BackendSlow(f"{method} {path}: no answer in time") from error
        except httpx.HTTPError as error:
            raise BackendUnreachable(f"{method} {path}: {type(error).__name__}") from error

    def _clock_was_wrong(self, response: httpx.Response) -> bool:
        """Go by the backend's clock when it refused what we signed for its time; return whether it told the time."""
        from email.utils import parsedate_to_datetime

        if self._identity is None or response.status_code != _UNAUTHORIZED:
            return False
        if _refusal(response).code != "terminal.expired":
            return False
        try:
            said = parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            return False
        self._identity.set_by(said.timestamp())
        return True

    async def _identified(self) -> Mapping[str, str]:
        """Return the header that says which terminal asks."""
        if self._identity is None:
            return {}
        if self._identity.is_fresh:
            return {ASSERTION: self._identity.assertion()}
        try:
            return {ASSERTION: await asyncio.to_thread(self._identity.assertion)}
        except OSError as error:
            raise BackendBroken(f"no identity: {type(error).__name__}", code="terminal.missing") from error


def _refusal(response: httpx.Response) -> BackendRefused | BackendBroken:
    """Return the error that an unsuccessful answer stands for."""
    try:
        problem = msgspec.json.decode(response.content, type=Problem)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return BackendBroken(f"{response.status_code} without a problem document")
    if response.is_server_error:
        known = problem.type.startswith(PROBLEM)
        code = problem.type.removeprefix(PROBLEM) if known else None
        return BackendBroken(f"{response.status_code} {problem.type}", code=code)
    return BackendRefused(problem)


def _tag(response: httpx.Response) -> str:
    """Return the version of what was answered."""
    tag = response.headers.get("ETag")
    if not tag:
        raise BackendBroken("an answer without its version")
    return str(tag)


def _decoded(content: bytes, kind: type[Answer]) -> Answer:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BackendBroken(f"an answer that is no {kind}: {error}") from error
