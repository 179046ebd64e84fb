"""What is somebody's own, asked of the backend, and told: cases, licences, entitlements, uses of data, money."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Final, TypeVar

from kiosk.contract import CaseDetail, CaseStatus, Delivery, FeesRequest, Payment, PaymentState
from kiosk.session import own_effects, own_events
from kiosk.session.attending import Post
from kiosk.session.effects import Effect
from kiosk.session.events import BackendFailed, Event
from kiosk.session.having import Mine, Told
from kiosk.session.unfinished import failed
from kiosk.submission import BackendClient, BackendError, BackendRefused

log = logging.getLogger(__name__)

Part = TypeVar("Part")

PART_S: Final = 8.0
"""After this the page shows what there is, and says what is missing."""
MOST_CASES: Final = 20
"""Cases that are asked for under the number of an application; a basket has no more."""
CHANGED: Final = ("case.changed", "case.state", "application.changed")
"""Refusals of what was meant for a case that has changed since."""
WAIT_S: Final = 0.5
LONGEST_WAIT_S: Final = 5.0
TICK_S: Final = 1.0


class Belongings:
    """What the holder of the token has.

    Args:
        client: Of the backend.
    """

    def __init__(self, client: BackendClient) -> None:
        self._client = client

    async def perform(self, effect: Effect, token: str, post: Post) -> bool:
        """Do what a session asked for and tell ``post``; return whether it is one of these at all."""
        if isinstance(effect, own_effects.AskReminders):
            await self._remind(token, post)
            return True
        request = requested(effect)
        if request is None:
            return False
        try:
            post(await self._answer(effect, token))
        except BackendError as error:
            news = await self._elsewhere(effect, token, error) if error.code in CHANGED else None
            post(failed(request, error) if news is None else news)
        return True

    async def _answer(self, effect: Effect, token: str) -> Event:  # noqa: C901  # a row per effect
        client = self._client
        match effect:
            case own_effects.LookAtMine():
                return own_events.MineFound(mine=await self._mine(effect.notice, token))
            case own_effects.FetchCase():
                return await self._found(await client.case(effect.number, token=token), token, effect.done)
            case own_effects.FetchApplication():
                return own_events.ApplicationFound(application=await client.application(effect.number, token=token))
            case own_effects.SendSupplement():
                told = await client.supplement(effect.case, effect.request, tag=effect.tag, token=token)
                return await self._found(told, token, "supplement")
            case own_effects.SendCorrection():
                await client.correct(effect.application, effect.request, key=effect.key, token=token)
                return await self._found(await client.case(effect.case, token=token), token, "correct")
            case own_effects.Withdraw():
                told = await client.withdraw(effect.case, effect.request, tag=effect.tag, token=token)
                return await self._found(told, token, "withdraw")
            case own_effects.FetchLicence():
                return own_events.LicenceFound(licence=await client.licence(effect.number, token=token))
            case own_effects.FetchUses():
                return own_events.UsesFound(page=await client.ledger(before=effect.before, token=token))
            case own_effects.LookUpNumber():
                return own_events.StatusFound(number=effect.number, statuses=await self._statuses(effect.number))
            case own_effects.TakeBenefit():
                made = await client.take(effect.policy, effect.acceptance, key=effect.key, token=token)
                return own_events.BenefitTaken(policy=effect.policy, application=made)
            case own_effects.MakeOrder():
                return own_events.OrderMade(payment=await self._order(effect, token))
            case _:
                message = f"nobody performs {type(effect).__name__}"
                raise AssertionError(message)

    async def _found(self, told: tuple[CaseDetail, str], token: str, done: str) -> Event:
        """Return a case with what was paid for it; without that when it is not told."""
        detail, tag = told
        payment = None
        if detail.payment:
            try:
                payment = await self._client.payment(detail.payment, token=token)
            except BackendError as error:
                log.warning("what was paid is not told: %s", error.code)
        delivery, delivery_tag = await self._delivered(detail.case.number, token)
        return own_events.CaseFound(
            detail=detail, tag=tag, payment=payment, delivery=delivery, delivery_tag=delivery_tag, done=done
        )

    async def _delivered(self, number: str, token: str) -> tuple[Delivery | None, str]:
        """Return how the result of a case reaches its holder; nothing when it is not told."""
        try:
            async with asyncio.timeout(PART_S):
                return await self._client.delivery(number, token=token)
        except (BackendError, TimeoutError) as error:
            log.warning("how a result is delivered is not told: %s", type(error).__name__)
            return None, ""

    async def _mine(self, notice: str, token: str) -> Mine:
        """Ask for everything at once; what does not come in time is named."""
        client, untold = self._client, list[Told]()

        async def part(told: Told, asked: Awaitable[Part], nothing: Part) -> Part:
            try:
                async with asyncio.timeout(PART_S):
                    return await asked
            except (BackendError, TimeoutError) as error:
                if isinstance(error, BackendRefused) and error.code.startswith("token."):
                    raise
                log.warning("%s are not told: %s", told, type(error).__name__)
                untold.append(told)
                return nothing

        empty = Mine()
        of_cases, of_persons = await asyncio.gather(
            asyncio.gather(
                part(Told.CASES, client.applications(token=token), empty.cases),
                part(Told.LICENCES, client.licences(token=token), empty.licences),
                part(Told.ENTITLEMENTS, client.entitlements(notice, token=token), empty.entitlements),
                part(Told.COMPLAINTS, client.complaints(token=token), empty.complaints),
            ),
            asyncio.gather(
                part(Told.REMINDERS, client.reminders(token=token), None),
                part(Told.DRAFTS, client.drafts(token=token), empty.drafts),
                part(Told.DRAFTS, client.mandates(token=token), empty.mandates),
            ),
        )
        cases, licences, entitlements, complaints = of_cases
        reminders, drafts, mandates = of_persons
        return Mine(
            cases=cases,
            licences=licences,
            entitlements=entitlements,
            reminders=() if reminders is None else reminders.reminders,
            drafts=drafts,
            mandates=mandates,
            complaints=complaints,
            untold=tuple(told for told in Told if told in untold),
        )

    async def _remind(self, token: str, post: Post) -> None:
        """Ask what else waits for them, for a moment: whoever reminds late reminds nobody."""
        try:
            async with asyncio.timeout(PART_S):
                told = await self._client.reminders(token=token)
        except (BackendError, TimeoutError) as error:
            log.debug("nobody is reminded: %s", type(error).__name__)
        else:
            post(own_events.RemindersFound(reminders=told.reminders))

    async def _elsewhere(self, effect: Effect, token: str, error: BackendError) -> Event | None:
        """Return the case as it is now, when what was meant for it came too late; ``None``: it is not told either."""
        match effect:
            case own_effects.SendSupplement() | own_effects.SendCorrection() | own_effects.Withdraw():
                number = effect.case
            case _:
                return None
        try:
            detail, tag = await self._client.case(number, token=token)
        except BackendError as again:
            log.warning("a case is not told: %s", again.code)
            return None
        return own_events.CaseFound(detail=detail, tag=tag, code=error.code)

    async def _statuses(self, number: str) -> tuple[CaseStatus, ...]:
        """Ask for a case; under the number of an application for each of its cases."""
        try:
            return (await self._client.status(number),)
        except BackendRefused as refusal:
            if refusal.code != "not-found":
                raise
        found: list[CaseStatus] = []
        for place in range(1, MOST_CASES + 1):
            try:
                found.append(await self._client.status(f"{number}-{place:02d}"))
            except BackendRefused as refusal:
                if refusal.code != "not-found":
                    raise
                break
        return tuple(found)

    async def _order(self, effect: own_effects.MakeOrder, token: str) -> Payment | None:
        """Ask what is due, and make an order for it; ``None``: nothing is."""
        wanted = effect.request
        asked = FeesRequest(items=wanted.items, notice=wanted.notice, authority=wanted.authority)
        due = await self._client.fees(asked, token=token)
        if due.amount_fen == 0:
            return None
        return await self._client.order(wanted, key=effect.key, token=token)

    async def cancel(self, effect: own_effects.CancelOrder, token: str) -> None:
        """Cancel an order; outlives the session, and nobody waits for it."""
        try:
            await self._client.cancel_order(effect.payment, token=token)
        except BackendError as error:
            log.warning("an order was not cancelled: %s", error.code)

    async def await_payment(self, payment: Payment, token: str, post: Post) -> None:
        """Tell how an order is, and how long its code is good, until it is paid or final, or until cancelled."""
        async with asyncio.TaskGroup() as together:
            counting = together.create_task(_count_down(payment, post))
            await self._follow(payment, token, post)
            counting.cancel()

    async def _follow(self, payment: Payment, token: str, post: Post) -> None:
        wait_s = WAIT_S
        while True:
            try:
                async for told in self._client.payments(payment.id, token=token):
                    wait_s = WAIT_S
                    post(own_events.PaymentTold(payment=told))
                    if told.state is not PaymentState.CREATED:
                        return
            except BackendError as error:
                log.warning("a payment is not told: %s", error.code)
                post(own_events.PaymentUnwatched(payment=payment.id, code=error.code))
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, LONGEST_WAIT_S)


async def _count_down(payment: Payment, post: Post) -> None:
    while True:
        left_s = (payment.expires_at - datetime.now(UTC)).total_seconds()
        post(own_events.PaymentClock(payment=payment.id, remaining_s=max(0, int(left_s))))
        if left_s <= 0:
            return
        await asyncio.sleep(min(TICK_S, left_s))


def requested(effect: Effect) -> str | None:
    """Return what a session waits for with this effect, as in ``Session.busy``; ``None``: it is none of these."""
    match effect:
        case own_effects.FetchApplication():
            return effect.request
        case _:
            return _BUSY.get(type(effect))


def mishap_of_own(effect: Effect) -> Event | None:
    """Return the news that ``effect`` failed for a reason nobody foresaw; ``None`` when it is none of these."""
    match effect:
        case own_effects.PrintSheet():
            return own_events.SheetFailed(code="device.error")
        case own_effects.AskReminders():
            return own_events.RemindersFound(reminders=())
        case _:
            request = requested(effect)
            return None if request is None else BackendFailed(request=request, code="internal")


_BUSY: Final[dict[type[Effect], str]] = {
    own_effects.LookAtMine: "mine",
    own_effects.FetchCase: "case",
    own_effects.SendSupplement: "mend",
    own_effects.SendCorrection: "mend",
    own_effects.Withdraw: "withdraw",
    own_effects.FetchLicence: "licence",
    own_effects.FetchUses: "uses",
    own_effects.LookUpNumber: "status",
    own_effects.TakeBenefit: "benefit",
    own_effects.MakeOrder: "order",
}
