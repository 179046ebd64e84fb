"""What goes on beside a matter, asked of the backend, and told."""

from __future__ import annotations

from typing import Final

from kiosk.session import beside_effects, beside_events
from kiosk.session.attending import Post
from kiosk.session.effects import Effect
from kiosk.session.events import BackendFailed, Event
from kiosk.session.unfinished import failed
from kiosk.submission import BackendClient, BackendError

LATE: Final = ("delivery.changed", "delivery.over")
"""Refusals of a choice that was made, or done, elsewhere meanwhile."""


class Asides:
    """What is asked of the backend beside a matter.

    Args:
        client: Of the backend.
    """

    def __init__(self, client: BackendClient) -> None:
        self._client = client

    async def perform(self, effect: Effect, token: str, post: Post) -> bool:
        """Do what a session asked for and tell ``post``; return whether it is one of these at all."""
        request = _BUSY.get(type(effect))
        if request is None:
            return False
        try:
            post(await self._answer(effect, token))
        except BackendError as error:
            news = await self._elsewhere(effect, token, error)
            post(failed(request, error) if news is None else news)
        return True

    async def _elsewhere(self, effect: Effect, token: str, error: BackendError) -> Event | None:
        """Return how a result is delivered by now, when the choice came too late; ``None``: it is not told either."""
        if not isinstance(effect, beside_effects.ChooseDelivery) or error.code not in LATE:
            return None
        try:
            told, tag = await self._client.delivery(effect.case, token=token)
        except BackendError:
            return None
        return beside_events.DeliveryKept(delivery=told, tag=tag, code=error.code)

    async def _answer(self, effect: Effect, token: str) -> Event:
        match effect:
            case beside_effects.FetchHalls():
                return beside_events.HallsFound(halls=await self._client.halls())
            case beside_effects.TakeTicket():
                return beside_events.TicketTaken(ticket=await self._client.take_ticket(effect.request))
            case beside_effects.SendComplaint():
                made = await self._client.complain(effect.request, key=effect.key, token=token or None)
                return beside_events.ComplaintTaken(complaint=made)
            case beside_effects.Judge():
                told = await self._client.judge(effect.number, effect.request, code=effect.code, token=token or None)
                return beside_events.ComplaintJudged(complaint=told)
            case beside_effects.ChooseDelivery():
                kept, tag = await self._client.deliver(effect.case, effect.request, tag=effect.tag, token=token)
                return beside_events.DeliveryKept(delivery=kept, tag=tag)
            case _:
                message = f"nobody performs {type(effect).__name__}"
                raise AssertionError(message)


def mishap_beside(effect: Effect) -> Event | None:
    """Return the news that ``effect`` failed for a reason nobody foresaw; ``None`` when it is none of these."""
    if isinstance(effect, beside_effects.PrintBeside):
        return beside_events.BesideFailed(of=effect.of, code="device.error")
    request = _BUSY.get(type(effect))
    return None if request is None else BackendFailed(request=request, code="internal")


_BUSY: Final[dict[type[Effect], str]] = {
    beside_effects.FetchHalls: "halls",
    beside_effects.TakeTicket: "ticket",
    beside_effects.SendComplaint: "complain",
    beside_effects.Judge: "verdict",
    beside_effects.ChooseDelivery: "delivery",
}
"""What a session waits for with each, as in ``Session.busy``."""
