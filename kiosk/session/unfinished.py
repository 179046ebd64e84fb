"""What a verified person left unfinished, for whom they act, who helps: asked of the backend, and told."""

from __future__ import annotations

import asyncio
import logging

from kiosk.contract import AssistanceRequest, DraftSummary
from kiosk.session import effects, events
from kiosk.session.attending import Post
from kiosk.submission import BackendClient, BackendError, BackendRefused

log = logging.getLogger(__name__)

OPEN_S = 4.0
"""After this whoever is verified goes on without being told what they left unfinished."""
ELSEWHERE = ("draft.exists", "draft.changed", "draft.unconditional", "not-found")
"""Refusals of a draft that is not what this terminal thought."""


class Unfinished:
    """Drafts, mandates and helpers of whoever holds the token.

    Args:
        client: Of the backend.
    """

    def __init__(self, client: BackendClient) -> None:
        self._client = client

    async def perform(self, effect: effects.Effect, token: str, post: Post) -> bool:
        """Do what a session asked for and tell ``post``; return whether it is one of these at all."""
        match effect:
            case effects.LookUp():
                await self._look_up(token, post)
            case effects.KeepDraft():
                await self._keep_draft(effect, token, post)
            case effects.OpenDraft():
                await self._open_draft(effect, token, post)
            case effects.ForgetDraft():
                await self._forget_draft(effect, token, post)
            case effects.SendHelperCode():
                await self._send_helper_code(effect, token, post)
            case effects.CheckHelper():
                await self._check_helper(effect, token, post)
            case effects.EndHelp():
                await self._end_help(token)
            case _:
                return False
        return True

    async def _look_up(self, token: str, post: Post) -> None:
        """Ask what was kept and for whom the person may act: nobody waits for a backend that does not tell."""
        client = self._client
        try:
            async with asyncio.timeout(OPEN_S):
                drafts, mandates = await asyncio.gather(client.drafts(token=token), client.mandates(token=token))
        except (BackendError, TimeoutError) as error:
            log.warning("what is open is not told: %s", type(error).__name__)
            post(events.OpenFound())
        else:
            post(events.OpenFound(drafts=drafts, mandates=mandates))

    async def _keep_draft(self, effect: effects.KeepDraft, token: str, post: Post) -> None:
        client = self._client
        try:
            tag = await client.keep_draft(effect.identity, effect.request, token=token, tag=effect.tag)
        except BackendRefused as refusal:
            if refusal.code not in ELSEWHERE:
                post(failed("keep", refusal))
                return
            there = await self._same_draft(effect, token)
            post(events.DraftElsewhere(code=refusal.code, draft=there))
        except BackendError as error:
            post(failed("keep", error))
        else:
            there = await self._same_draft(effect, token)
            expires_at = None if there is None else there.expires_at
            post(events.DraftKept(identity=effect.identity, tag=tag, expires_at=expires_at))

    async def _same_draft(self, effect: effects.KeepDraft, token: str) -> DraftSummary | None:
        """Return what the backend has of this form; None when it does not tell."""
        wanted = (effect.request.matter, frozenset(effect.request.items))
        try:
            drafts = await self._client.drafts(token=token)
        except BackendError as error:
            log.warning("drafts are not told: %s", error.code)
            return None
        named = (each for each in drafts if each.id == effect.identity)
        same = (each for each in drafts if (each.matter, frozenset(each.items)) == wanted)
        return next(named, None) or next(same, None)

    async def keep_unasked(self, effect: effects.KeepDraft, token: str) -> None:
        """Keep a form whose citizen is gone; nobody waits for the answer."""
        try:
            await self._client.keep_draft(effect.identity, effect.request, token=token, tag=effect.tag)
        except BackendError as error:
            log.warning("a form was not kept: %s", error.code)

    async def _open_draft(self, effect: effects.OpenDraft, token: str, post: Post) -> None:
        try:
            draft, tag = await self._client.draft(effect.identity, token=token)
        except BackendError as error:
            post(failed("draft", error))
        else:
            post(events.DraftOpened(draft=draft, tag=tag))

    async def _forget_draft(self, effect: effects.ForgetDraft, token: str, post: Post) -> None:
        try:
            await self._client.forget_draft(effect.identity, token=token, tag=effect.tag)
        except BackendError as error:
            post(failed("draft", error))
        else:
            post(events.DraftForgotten(identity=effect.identity))

    async def _send_helper_code(self, effect: effects.SendHelperCode, token: str, post: Post) -> None:
        try:
            request = AssistanceRequest(staff=effect.staff)
            verification = await self._client.send_helper_code(request, token=token)
        except BackendError as error:
            post(failed("staff", error))
        else:
            post(events.HelperCodeSent(verification=verification))

    async def _check_helper(self, effect: effects.CheckHelper, token: str, post: Post) -> None:
        try:
            assistance = await self._client.check_helper_code(effect.assistance, effect.code, token=token)
        except BackendRefused as refusal:
            if refusal.code.startswith("token."):
                post(failed("assist", refusal))
            else:
                post(events.HelperRefused(code=refusal.code, attempts_left=attempts_left(refusal)))
        except BackendError as error:
            post(failed("assist", error))
        else:
            post(events.HelperArrived(assistance=assistance))

    async def _end_help(self, token: str) -> None:
        try:
            await self._client.end_assistance(token=token)
        except BackendError as error:
            log.warning("that the helper has left is not told: %s", error.code)


def failed(request: str, error: BackendError) -> events.BackendFailed:
    """Return the news that a request did not succeed."""
    log.warning("%s: %s: %s", request, error.code, error)
    return events.BackendFailed(request=request, code=error.code)


def attempts_left(refusal: BackendRefused) -> int:
    """Return how often another code may be tried, as the backend says; 0 when it does not."""
    told = [error.detail for error in refusal.problem.errors if error.pointer == "/attemptsLeft"]
    return int(told[0]) if told and told[0].isdecimal() else 0


def mishap(effect: effects.Effect) -> events.Event | None:
    """Return the news that ``effect`` failed for a reason nobody foresaw; ``None`` when it is none of these."""
    match effect:
        case effects.LookUp():
            return events.OpenFound()
        case effects.KeepDraft():
            return events.BackendFailed(request="keep", code="internal")
        case effects.OpenDraft() | effects.ForgetDraft():
            return events.BackendFailed(request="draft", code="internal")
        case effects.SendHelperCode():
            return events.BackendFailed(request="staff", code="internal")
        case effects.CheckHelper():
            return events.BackendFailed(request="assist", code="internal")
        case _:
            return None
