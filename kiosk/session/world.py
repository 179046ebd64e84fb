"""The world as a session meets it: devices, backend, disk. Performs activities and effects, and posts what happened."""

from __future__ import annotations

import asyncio
import functools
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from drivers.camera.api import Frame
from drivers.errors import DeviceAbsent, DeviceError, DeviceGarbled, DeviceGone, DeviceSilent
from drivers.printer.api import Printed, Slip
from drivers.status import State
from kiosk.catalogue.model import Item
from kiosk.contract import (
    Application,
    Facts,
    FactsRequest,
    MaterialRequest,
    Materials,
    RatingRequest,
    RecommendationRequest,
    VerificationRequest,
)
from kiosk.devices.equipment import SESSION_NAMES, Equipment
from kiosk.devices.installed import Devices
from kiosk.diagnostics.model import DeviceStatus
from kiosk.printing import Attempt, Journal, Press
from kiosk.printing.press import RECEIPT
from kiosk.session import beside_effects, beside_events, effects, events, own_effects, own_events
from kiosk.session.asides import Asides, mishap_beside
from kiosk.session.attending import Attending, Post
from kiosk.session.belongings import Belongings, mishap_of_own
from kiosk.session.state import Session
from kiosk.session.unfinished import Unfinished, attempts_left, failed, mishap
from kiosk.submission import BackendClient, BackendError, BackendRefused, Courier, OutboxFull, Parcel

log = logging.getLogger(__name__)

OFFERS_S = 3.0
"""After this the page is read, and what is offered would only move it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """Everything a session reaches, put together by the composition root."""

    devices: Devices
    client: BackendClient
    courier: Courier
    terminal: str
    compose: Callable[[Session], Slip]
    """Lays out the receipt of a session."""
    compose_sheet: Callable[[Session], Slip]
    """Lays out the document on the screen."""
    compose_beside: Callable[[Session], Slip]
    """Lays out the ticket on the screen."""
    compose_guide: Callable[[Session, tuple[Item, ...]], Slip]
    """Lays out where to go and what to bring."""
    stamp: Callable[[Slip, Attempt], Slip]
    """Puts its number on a slip."""
    journal: Journal
    """Of the slips."""
    clock: Callable[[], datetime]
    """Time of the terminal."""
    sharp: Callable[[Frame], Awaitable[bool]]
    """Whether a photograph can be read; raises ``DeviceError`` where that cannot be told."""
    shown: threading.Event | None = None
    """Set once the first page is shown: no device is opened before."""
    show: Callable[[Frame], None] = field(default=lambda _: None)
    """Takes the live picture of the document camera."""
    forget: Callable[[], None] = field(default=lambda: None)
    """Forgets that picture: it is one citizen's."""


class World:
    """What goes on around the sessions of one terminal.

    Args:
        outside: Devices, backend, disk.
        post: Takes events for the session.
    """

    def __init__(self, outside: Outside, post: Post) -> None:
        self._outside = outside
        self._post = post
        self.token = ""
        """Of the verified holder; what outlives the session takes it along before it is forgotten."""
        self._pictures: dict[str, Frame] = {}
        self._shots = 0
        self._open = Unfinished(outside.client)
        self._asides = Asides(outside.client)
        self.belongings = Belongings(outside.client)
        """What is somebody's own."""
        self.press = Press(
            journal=outside.journal,
            print_slip=self._print,
            stamp=outside.stamp,
            clock=outside.clock,
            changed=lambda code: post(events.PaperChanged(code=code)),
        )
        """Where every slip is printed."""
        self.equipment = Equipment(outside.devices, self._device_changed, shown=outside.shown)
        """The devices, kept in use."""
        self.attending = Attending(self.equipment, post, outside.show)
        """What goes on at the devices."""
        self._sensing: set[asyncio.Task[None]] = set()

    def forget(self) -> None:
        """Forget everything of the citizen who left."""
        self.token = ""
        self._pictures.clear()
        self.attending.forget()
        self._outside.forget()
        self._sense(self.press.try_again())  # nothing else would tell that the disk has room again

    def _device_changed(self, status: DeviceStatus) -> None:
        name = SESSION_NAMES.get(status.kind, status.kind)
        self._post(events.DeviceChanged(device=name, health=status.state, cause=status.cause))
        if status.kind == "printer" and status.state is not State.STARTING:
            self._sense(self.press.sensed(usable=status.state.usable, cause=status.cause))

    def _sense(self, work: Coroutine[Any, Any, None]) -> None:
        sensing = asyncio.create_task(work)
        self._sensing.add(sensing)
        sensing.add_done_callback(self._sensing.discard)

    # --- effects -----------------------------------------------------------------------------------------------

    async def perform(self, effect: effects.Effect, post: Post) -> None:
        """Do what a session asked for, and tell ``post`` how it went, whatever happens: no page waits for ever."""
        try:
            await self._perform(effect, post)
        except Exception:  # the last resort: the citizen gets a sentence and a way on, the technician the cause
            log.exception("%s failed", type(effect).__name__)
            post(_mishap(effect))

    async def _perform(self, effect: effects.Effect, post: Post) -> None:  # noqa: C901  # a row per effect
        match effect:
            case effects.SendCode():
                await self._send_code(effect, post)
            case effects.CheckCode():
                await self._check_code(effect, post)
            case effects.FetchKnown():
                await self._fetch_known(effect, post)
            case effects.TakePicture():
                await self._take_picture(post)
            case effects.StorePicture():
                await self._store_picture(effect, post)
            case (
                effects.PrintReceipt() | effects.PrintGuide() | own_effects.PrintSheet() | beside_effects.PrintBeside()
            ):
                await self._print_slip(effect, post)
            case effects.Recommend():
                await self._recommend(effect, post)
            case _ if await self.belongings.perform(effect, self.token, post):
                pass
            case _ if await self._open.perform(effect, self.token, post):
                pass
            case _ if await self._asides.perform(effect, self.token, post):
                pass
            case _:
                log.error("nobody performs %s", type(effect).__name__)

    async def _send_code(self, effect: effects.SendCode, post: Post) -> None:
        request = VerificationRequest(document=effect.document, terminal=self._outside.terminal)
        try:
            verification = await self._outside.client.send_code(request)
        except BackendError as error:
            post(failed("code", error))
        else:
            post(events.CodeSent(verification=verification))

    async def _check_code(self, effect: effects.CheckCode, post: Post) -> None:
        try:
            holder = await self._outside.client.check_code(effect.verification, effect.code)
        except BackendRefused as refusal:
            post(events.CodeRefused(code=refusal.code, attempts_left=attempts_left(refusal)))
        except BackendError as error:
            post(failed("check", error))
        else:
            self.token = holder.token
            post(events.CodeAccepted())

    async def _fetch_known(self, effect: effects.FetchKnown, post: Post) -> None:
        client, token = self._outside.client, self.token
        purpose, notice, items = effect.purpose, effect.notice, effect.items
        right = effect.authority
        facts = FactsRequest(purpose=purpose, items=items, notice=notice, names=effect.names, authority=right)
        wanted = MaterialRequest(
            purpose=purpose, items=items, notice=notice, materials=effect.materials, authority=right
        )
        try:
            known = await client.facts(facts, token=token) if effect.names else Facts(facts=())
            post(events.RegistersTold(facts=known.facts, unavailable=known.unavailable))
            materials = await client.materials(wanted, token=token) if effect.materials else Materials(found=())
        except BackendError as error:
            post(failed("known", error))
        else:
            post(events.KnownArrived(facts=known.facts, unavailable=known.unavailable, found=materials.found))

    async def _take_picture(self, post: Post) -> None:
        """Take a photograph. Of two that are wanted one after the other only the later is taken, and told of."""
        self._shots += 1
        shot = self._shots
        frame = await self.attending.hold_still()
        if shot != self._shots:
            return
        if frame is None:
            post(events.PictureFailed(code="device.silent"))
            return
        try:
            sharp = await self._outside.sharp(frame)
        except DeviceError as error:  # the camera went; its picture is there, and nothing is known against it
            log.info("a picture is not judged: %s: %s", error.code, error.detail)
            sharp = True
        if shot != self._shots:
            return
        reference = f"picture-{shot}"
        self._pictures = {reference: frame}
        self._outside.show(frame)
        post(events.PictureTaken(reference=reference, sharp=sharp))

    async def _store_picture(self, effect: effects.StorePicture, post: Post) -> None:
        frame = self._pictures.get(effect.reference)
        if frame is None:
            post(events.BackendFailed(request="picture", code="media.error"))
            return
        try:
            attachment = await self._outside.client.attach(frame.jpeg, token=self.token)
        except BackendError as error:
            post(failed("picture", error))
        else:
            self._pictures.pop(effect.reference, None)
            post(events.AttachmentStored(material=effect.material, attachment=attachment))

    async def _recommend(self, effect: effects.Recommend, post: Post) -> None:
        """Ask what is worth doing too, for a moment: whoever offers late offers nothing."""
        request = RecommendationRequest(items=effect.items, matter=effect.matter, place=effect.place)
        try:
            async with asyncio.timeout(OFFERS_S):
                recommendations = await self._outside.client.recommendations(request)
        except (BackendError, TimeoutError) as error:
            log.debug("nothing is offered: %s", type(error).__name__)
        else:
            post(events.Offered(items=effect.items, offers=recommendations.offers))

    async def _print_slip(
        self,
        effect: effects.PrintReceipt | effects.PrintGuide | own_effects.PrintSheet | beside_effects.PrintBeside,
        post: Post,
    ) -> None:
        outside = self._outside
        printed: Callable[..., events.Event]
        not_printed: Callable[..., events.Event]
        number = ""
        match effect:
            case effects.PrintReceipt():
                kind, number = RECEIPT, effect.session.receipt_number
                compose = functools.partial(outside.compose, effect.session)
                printed, not_printed = events.ReceiptPrinted, events.ReceiptFailed
            case effects.PrintGuide():
                kind = "guide"
                compose = functools.partial(outside.compose_guide, effect.session, effect.items)
                printed, not_printed = events.GuidePrinted, events.GuideFailed
            case own_effects.PrintSheet():
                kind = "sheet"
                compose = functools.partial(outside.compose_sheet, effect.session)
                printed, not_printed = own_events.SheetPrinted, own_events.SheetFailed
            case beside_effects.PrintBeside():
                kind = "ticket"
                compose = functools.partial(outside.compose_beside, effect.session)
                printed = functools.partial(beside_events.BesidePrinted, of=effect.of)
                not_printed = functools.partial(beside_events.BesideFailed, of=effect.of)
        outcome = await self.press.print(kind, compose, number)
        if outcome.proof is not None and not outcome.code:
            post(printed(proven=outcome.proven))
        elif kind == RECEIPT:
            post(events.ReceiptFailed(code=outcome.code or "printer.offline", number=outcome.number))
        else:
            post(not_printed(code=outcome.code or "printer.offline"))

    async def _print(self, slip: Slip) -> Printed:
        """Print to the end, also when the citizen walks away meanwhile: half a slip would jam the next one.

        Raises:
            DeviceError: Nothing, or only a part, came out.
        """
        supervised = self.equipment.printer
        if supervised is None:
            raise DeviceAbsent("no printer is set up")
        printer = await supervised.soon()
        try:
            printed = await printer.print_slip(slip)
        except (DeviceGone, DeviceSilent, DeviceGarbled) as error:
            supervised.lost(error)
            raise
        except DeviceError as error:
            supervised.failed(error)
            raise
        except Exception as error:
            raise supervised.lost(error) from error
        supervised.succeeded()
        return printed

    async def keep_unasked(self, effect: effects.KeepDraft, token: str) -> None:
        """Keep a form whose citizen is gone, as they had wished."""
        await self._open.keep_unasked(effect, token)

    async def rate(self, effect: effects.SendRating, token: str) -> None:
        """Send a rating; outlives the session, and nobody waits for it."""
        request = RatingRequest(level=effect.level, axes=effect.axes)
        for number in effect.applications:
            try:
                await self._outside.client.rate(number, request, token=token)
            except BackendError as error:
                log.warning("a rating was not delivered: %s", error.code)

    # --- submission: outlives the session -----------------------------------------------------------------------

    async def store(self, effect: effects.Submit, token: str, post: Post) -> Parcel | None:
        """Write an application to disk; None when that failed, which was posted."""
        try:
            parcel = await self._outside.courier.store(effect.request, key=effect.key, token=token)
        except OutboxFull as error:
            log.error("outbox: %s", error)  # noqa: TRY400  # the cause is in the message, a traceback tells no more
            post(events.ApplicationLost(key=effect.key, code=error.code))
            return None
        post(events.ApplicationStored(key=effect.key))
        return parcel

    async def deliver(self, parcel: Parcel, post: Post, present: Callable[[], bool]) -> None:
        """Deliver an application until it is answered, then follow its outcomes for as long as somebody looks.

        Args:
            parcel: From ``store``.
            post: Takes the news.
            present: Whether its citizen is still there.
        """
        courier = self._outside.courier

        def delayed(code: str) -> None:
            post(events.ApplicationDelayed(key=parcel.key, code=code))

        try:
            application = await courier.deliver(parcel, delayed=delayed)
        except BackendRefused as refusal:
            pointers = tuple(error.pointer for error in refusal.problem.errors)
            log.warning("application refused: %s %s", refusal.code, pointers)
            if present():
                post(events.ApplicationRejected(key=parcel.key, code=refusal.code, pointers=pointers))
                await courier.forget(parcel)
            else:
                await courier.set_aside(parcel)
            return
        post(events.ApplicationAnswered(key=parcel.key, application=application))
        await self._follow(application, parcel.token, post, present)

    async def _follow(self, application: Application, token: str, post: Post, present: Callable[[], bool]) -> None:
        wait_s = 0.2
        open_cases = {case.number for case in application.cases if case.state == "submitted"}
        while open_cases and present():
            try:
                async for event in self._outside.client.outcomes(application.number, token=token):
                    post(events.CaseDecided(application=event.application, case=event.case))
                    if event.case.state != "submitted":
                        open_cases.discard(event.case.number)
            except BackendRefused as refusal:
                log.warning("outcomes are not told: %s", refusal.code)
                return
            except BackendError as error:
                log.debug("an outcome stream ended early: %s", error.code)
            if open_cases:
                await asyncio.sleep(wait_s)
                wait_s = min(wait_s * 2, 5.0)

    async def stored(self, number: str) -> Application:
        """Return an application of the verified holder as the backend stored it."""
        return await self._outside.client.application(number, token=self.token)

    async def clear_outbox(self) -> None:
        """Deliver what an earlier run left behind."""
        await self._outside.courier.clear()

    async def close(self) -> None:
        """Close the connections to the backend."""
        for sensing in self._sensing:
            sensing.cancel()
        await asyncio.gather(*self._sensing, return_exceptions=True)
        await self._outside.client.close()


def _mishap(effect: effects.Effect) -> events.Event:
    """Return the news that ``effect`` failed for a reason nobody foresaw."""
    match effect:
        case effects.SendCode():
            return events.BackendFailed(request="code", code="internal")
        case effects.CheckCode():
            return events.BackendFailed(request="check", code="internal")
        case effects.StorePicture():
            return events.BackendFailed(request="picture", code="internal")
        case effects.TakePicture():
            return events.PictureFailed(code="device.error")
        case effects.PrintReceipt():
            return events.ReceiptFailed(code="device.error")
        case effects.PrintGuide():
            return events.GuideFailed(code="device.error")
        case effects.Recommend():
            return events.Offered(items=effect.items, offers=())
        case _:
            told = mishap_of_own(effect) or mishap_beside(effect) or mishap(effect)
            return told or events.BackendFailed(request="known", code="internal")
