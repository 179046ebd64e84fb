"""The world as a session meets it: devices, backend, disk. Performs activities and effects, and posts what happened."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from drivers.camera.api import Camera, Frame
from drivers.card.api import CardReader
from drivers.errors import DeviceError, MediaError, MediaRemoved, OutOfPaper
from drivers.idreader.api import IdReader
from drivers.printer.api import Proof, ReceiptPrinter, Slip
from drivers.scanner.api import Scanner
from kiosk.contract import (
    FactsRequest,
    MaterialRequest,
    Materials,
    RatingRequest,
    VerificationRequest,
)
from kiosk.session import effects, events
from kiosk.session.effects import Activity, Slot
from kiosk.session.keeper import Keeper
from kiosk.session.state import DocumentSource, Holder, Session
from kiosk.submission import BackendClient, BackendError, BackendRefused, Courier, OutboxFull, Parcel

log = logging.getLogger(__name__)

Post = Callable[[events.Event], None]
SOCIAL_SECURITY_CARD = "social-security-card"


@dataclass(frozen=True, kw_only=True, slots=True)
class Devices:
    """The drivers of one terminal; None: this terminal has no such device."""

    id_reader: IdReader | None = None
    card_reader: CardReader | None = None
    scanner: Scanner | None = None
    camera: Camera | None = None
    printer: ReceiptPrinter | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """Everything a session reaches, put together by the composition root."""

    devices: Devices
    client: BackendClient
    courier: Courier
    terminal: str
    compose: Callable[[Session], Slip]
    """Lays out the receipt of a session."""
    sharp: Callable[[Frame], bool]
    """Whether a photograph can be read; runs on a worker thread."""
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
        self._newest: Frame | None = None
        self._shots = 0
        announce: Callable[[str, str], None] = lambda name, health: post(  # noqa: E731  # one call, named for its use
            events.DeviceChanged(device=name, health=health)
        )
        devices = outside.devices
        self._id_reader = Keeper("id-reader", devices.id_reader, announce) if devices.id_reader else None
        self._card_reader = Keeper("card-reader", devices.card_reader, announce) if devices.card_reader else None
        self._scanner = Keeper("scanner", devices.scanner, announce) if devices.scanner else None

    def keepers(self) -> tuple[Coroutine[Any, Any, None], ...]:
        """Return what keeps the devices open for as long as the terminal runs."""
        kept = (self._id_reader, self._card_reader, self._scanner)
        return tuple(keeper.keep() for keeper in kept if keeper is not None)

    def forget(self) -> None:
        """Forget everything of the citizen who left."""
        self.token = ""
        self._pictures.clear()
        self._newest = None
        self._outside.forget()

    # --- activities --------------------------------------------------------------------------------------------

    async def go_on(self, slot: Slot, activity: Activity) -> None:
        """Do what a slot is wanted for, until cancelled. The clock is not ours."""
        match slot, activity:
            case Slot.ID_READER, Activity.READ if self._id_reader:
                await self._read_document(self._id_reader)
            case Slot.ID_READER, Activity.WATCH if self._id_reader:
                await self._watch(self._id_reader, DocumentSource.ID_READER)
            case Slot.CARD_READER, Activity.READ if self._card_reader:
                await self._read_card(self._card_reader)
            case Slot.CARD_READER, Activity.WATCH if self._card_reader:
                await self._watch(self._card_reader, DocumentSource.CARD_READER)
            case Slot.SCANNER, Activity.SCAN if self._scanner:
                await self._scan(self._scanner)
            case Slot.CAMERA, Activity.SHOW if self._outside.devices.camera:
                await self._show(self._outside.devices.camera)
            case Slot.CAMERA, Activity.SHOW:
                self._post(events.PictureFailed(code="device.absent"))
            case _:
                log.debug("no device for %s", slot)

    async def _read_document(self, keeper: Keeper[IdReader]) -> None:
        source = DocumentSource.ID_READER
        while True:
            reader = await keeper.ready()
            try:
                document = await reader.read()
            except MediaError as error:
                await self._unreadable(keeper, source, error)
            except DeviceError as error:
                keeper.lost(error)
            else:
                holder = Holder(
                    source=source,
                    kind=document.kind,
                    number=document.number,
                    name=document.name or document.english_name,
                    sex=document.sex,
                    birth_date=document.birth_date,
                    ethnicity=document.ethnicity,
                    address=document.address,
                    valid_until=document.valid_until,
                )
                self._post(events.DocumentRead(holder=holder))
                return

    async def _read_card(self, keeper: Keeper[CardReader]) -> None:
        source = DocumentSource.CARD_READER
        while True:
            reader = await keeper.ready()
            try:
                card = await reader.read()
            except MediaError as error:
                await self._unreadable(keeper, source, error)
            except DeviceError as error:
                keeper.lost(error)
            else:
                holder = Holder(
                    source=source,
                    kind=SOCIAL_SECURITY_CARD,
                    number=card.number,
                    name=card.name,
                    sex=card.sex,
                    birth_date=card.birth_date,
                    ethnicity=card.ethnicity,
                    valid_until=card.valid_until,
                )
                self._post(events.DocumentRead(holder=holder))
                return

    async def _unreadable(
        self, keeper: Keeper[IdReader] | Keeper[CardReader], source: DocumentSource, error: MediaError
    ) -> None:
        """Say so, then wait until the document was lifted: reading it again at once would only fail again."""
        log.info("%s: %s: %s", keeper.name, error.code, error.detail)
        self._post(events.DocumentFailed(source=source, code=error.code))
        if not isinstance(error, MediaRemoved):
            try:
                await keeper.device.removed()
            except DeviceError as lost:
                keeper.lost(lost)

    async def _watch(self, keeper: Keeper[IdReader] | Keeper[CardReader], source: DocumentSource) -> None:
        """Post when the document is lifted. A reader that is lost holds no document any more that we could know of."""
        if keeper.usable:
            try:
                await keeper.device.removed()
            except DeviceError as error:
                keeper.lost(error)
        self._post(events.DocumentRemoved(source=source))

    async def _scan(self, keeper: Keeper[Scanner]) -> None:
        while True:
            scanner = await keeper.ready()
            try:
                code = await scanner.scan()
            except MediaError as error:
                log.info("scanner: %s: %s", error.code, error.detail)
                self._post(events.CodeScanned(text=""))
            except DeviceError as error:
                keeper.lost(error)
            else:
                self._post(events.CodeScanned(text=code.text))

    async def _show(self, camera: Camera) -> None:
        """Show the live picture for as long as it is wanted; the camera is closed when nobody looks."""
        self._newest = None
        wait_s = 0.2
        try:
            while True:
                try:
                    await camera.open()
                    self._post(events.DeviceChanged(device="camera", health="ready"))
                    sequence = -1
                    while True:
                        frame = await camera.frame(after=sequence)
                        sequence = frame.sequence
                        self._newest = frame
                        self._outside.show(frame)
                except DeviceError as error:
                    log.info("camera: %s: %s", error.code, error.detail)
                    self._newest = None
                    self._post(events.DeviceChanged(device="camera", health="absent"))
                    self._post(events.PictureFailed(code=error.code))
                    await camera.close()
                    await asyncio.sleep(wait_s)
                    wait_s = min(wait_s * 2, 2.0)
        finally:
            await camera.close()

    # --- effects -----------------------------------------------------------------------------------------------

    async def perform(self, effect: effects.Effect) -> None:
        """Do what a session asked for, and post how it went."""
        match effect:
            case effects.SendCode():
                await self._send_code(effect)
            case effects.CheckCode():
                await self._check_code(effect)
            case effects.FetchKnown():
                await self._fetch_known(effect)
            case effects.TakePicture():
                await self._take_picture()
            case effects.StorePicture():
                await self._store_picture(effect)
            case effects.PrintReceipt():
                await self._print(effect)
            case _:
                log.error("nobody performs %s", type(effect).__name__)

    async def _send_code(self, effect: effects.SendCode) -> None:
        request = VerificationRequest(document=effect.document, terminal=self._outside.terminal)
        try:
            verification = await self._outside.client.send_code(request)
        except BackendError as error:
            self._failed("code", error)
        else:
            self._post(events.CodeSent(verification=verification))

    async def _check_code(self, effect: effects.CheckCode) -> None:
        try:
            holder = await self._outside.client.check_code(effect.verification, effect.code)
        except BackendRefused as refusal:
            left = next((int(error.detail) for error in refusal.problem.errors if error.pointer == "/attemptsLeft"), 0)
            self._post(events.CodeRefused(code=refusal.code, attempts_left=left))
        except BackendError as error:
            self._failed("check", error)
        else:
            self.token = holder.token
            self._post(events.CodeAccepted())

    async def _fetch_known(self, effect: effects.FetchKnown) -> None:
        client, token = self._outside.client, self.token
        facts = FactsRequest(purpose=effect.purpose, notice=effect.notice, names=effect.names)
        wanted = MaterialRequest(purpose=effect.purpose, notice=effect.notice, materials=effect.materials)
        try:
            known = await client.facts(facts, token=token)
            materials = await client.materials(wanted, token=token) if effect.materials else Materials(found=())
        except BackendError as error:
            self._failed("known", error)
        else:
            self._post(
                events.KnownArrived(facts=known.facts, unavailable=known.unavailable, found=materials.found),
            )

    def _failed(self, request: str, error: BackendError) -> None:
        log.warning("%s: %s: %s", request, error.code, error)
        self._post(events.BackendFailed(request=request, code=error.code))

    async def _take_picture(self) -> None:
        frame = self._newest
        if frame is None:
            self._post(events.PictureFailed(code="device.silent"))
            return
        sharp = await asyncio.to_thread(self._outside.sharp, frame)
        self._shots += 1
        reference = f"picture-{self._shots}"
        self._pictures[reference] = frame
        self._outside.show(frame)
        self._post(events.PictureTaken(reference=reference, sharp=sharp))

    async def _store_picture(self, effect: effects.StorePicture) -> None:
        frame = self._pictures.get(effect.reference)
        if frame is None:
            self._post(events.BackendFailed(request="picture", code="media.error"))
            return
        try:
            attachment = await self._outside.client.attach(frame.jpeg, token=self.token)
        except BackendError as error:
            self._failed("picture", error)
        else:
            del self._pictures[effect.reference]
            self._post(events.AttachmentStored(material=effect.material, attachment=attachment))

    async def _print(self, effect: effects.PrintReceipt) -> None:
        printer = self._outside.devices.printer
        if printer is None:
            self._post(events.ReceiptFailed(code="device.absent"))
            return
        slip = await asyncio.to_thread(self._outside.compose, effect.session)
        try:
            await printer.open()
            proof = await printer.print_slip(slip)
        except (OutOfPaper, DeviceError) as error:
            log.warning("printer: %s: %s", error.code, error.detail)
            self._post(events.ReceiptFailed(code=error.code))
        else:
            self._post(events.ReceiptPrinted(proven=proof in (Proof.DRAINED, Proof.TAKEN)))
        finally:
            await printer.close()

    async def rate(self, effect: effects.SendRating, token: str) -> None:
        """Send a rating; outlives the session, and nobody waits for it."""
        request = RatingRequest(level=effect.level, reasons=effect.reasons)
        for number in effect.applications:
            try:
                await self._outside.client.rate(number, request, token=token)
            except BackendError as error:
                log.warning("a rating was not delivered: %s", error.code)

    # --- submission: outlives the session -----------------------------------------------------------------------

    async def store(self, effect: effects.Submit, token: str) -> Parcel | None:
        """Write an application to disk; None when that failed, which was posted."""
        try:
            parcel = await self._outside.courier.store(effect.request, key=effect.key, token=token)
        except OutboxFull as error:
            log.error("outbox: %s", error)  # noqa: TRY400  # the cause is in the message, a traceback tells no more
            self._post(events.ApplicationLost(key=effect.key, code=error.code))
            return None
        self._post(events.ApplicationStored(key=effect.key))
        return parcel

    async def deliver(self, parcel: Parcel, post: Post) -> None:
        """Deliver an application until it is answered, then follow its outcomes to the end."""

        def delayed(code: str) -> None:
            post(events.ApplicationDelayed(key=parcel.key, code=code))

        try:
            application = await self._outside.courier.deliver(parcel, delayed=delayed)
        except BackendRefused as refusal:
            pointers = tuple(error.pointer for error in refusal.problem.errors)
            log.warning("application refused: %s %s", refusal.code, pointers)
            post(events.ApplicationRejected(key=parcel.key, code=refusal.code, pointers=pointers))
            return
        post(events.ApplicationAnswered(key=parcel.key, application=application))
        wait_s = 0.2
        open_cases = {case.number for case in application.cases if case.state == "submitted"}
        while open_cases:
            with contextlib.suppress(BackendError):
                async for event in self._outside.client.outcomes(application.number, token=parcel.token):
                    post(events.CaseDecided(application=event.application, case=event.case))
                    if event.case.state != "submitted":
                        open_cases.discard(event.case.number)
                if open_cases:
                    log.debug("an outcome stream ended early")
            if open_cases:
                await asyncio.sleep(wait_s)
                wait_s = min(wait_s * 2, 5.0)

    async def clear_outbox(self) -> None:
        """Deliver what an earlier run left behind."""
        await self._outside.courier.clear()
