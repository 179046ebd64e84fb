"""What goes on at the devices for as long as a state lasts: reading, watching, scanning, showing the live picture."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from drivers.errors import MediaError, MediaRemoved
from drivers.status import Device
from kiosk.devices.equipment import Equipment
from kiosk.devices.supervised import Supervised
from kiosk.session import events
from kiosk.session.effects import Activity, Slot
from kiosk.session.state import DocumentSource, Holder

if TYPE_CHECKING:
    # named, not used: the drivers are imported on the core thread, while the first page is painted
    from drivers.camera.api import Camera, Frame
    from drivers.card.api import SocialSecurityCard
    from drivers.idreader.api import Document
    from drivers.scanner.api import Scanner

log = logging.getLogger(__name__)

Post = Callable[[events.Event], None]
FIRST_PICTURE_S = 3.0
"""Who wants a photograph at once waits so long for the first live picture."""
SOCIAL_SECURITY_CARD = "social-security-card"


class DocumentReader(Device, Protocol):
    """What both readers of documents have."""

    async def read(self, seen: Callable[[bool], None]) -> Any:
        """Wait for a document and return what it says; tell when one is there, and when it is gone again unread."""

    async def removed(self) -> None:
        """Wait until it is lifted."""


Reader = TypeVar("Reader", bound=DocumentReader)


def of_document(document: Document) -> Holder:
    """Return who an identity document says its holder is."""
    return Holder(
        source=DocumentSource.ID_READER,
        kind=document.kind,
        number=document.number,
        name=document.name or document.english_name,
        sex=document.sex,
        birth_date=document.birth_date,
        ethnicity=document.ethnicity,
        address=document.address,
        valid_until=document.valid_until,
    )


def of_card(card: SocialSecurityCard) -> Holder:
    """Return who a social security card says its holder is."""
    return Holder(
        source=DocumentSource.CARD_READER,
        kind=SOCIAL_SECURITY_CARD,
        number=card.number,
        name=card.name,
        sex=card.sex,
        birth_date=card.birth_date,
        ethnicity=card.ethnicity,
        valid_until=card.valid_until,
    )


class Attending:
    """Attends to the devices of one terminal.

    Args:
        equipment: The devices, kept in use by their supervisors.
        post: Takes what happened.
        live: Takes the live picture of the document camera.
    """

    def __init__(self, equipment: Equipment, post: Post, live: Callable[[Frame], None]) -> None:
        self._equipment = equipment
        self._post = post
        self._live = live
        self._newest: Frame | None = None
        self._still = False
        """The live picture stands still at the photograph that was taken."""
        self._seen = asyncio.Event()
        """There is a live picture."""

    async def hold_still(self) -> Frame | None:
        """Return the newest live picture and show no newer one; None when none comes for a while either."""
        try:
            async with asyncio.timeout(FIRST_PICTURE_S):
                await self._seen.wait()
        except TimeoutError:
            return None
        self._still = True
        return self._newest

    def forget(self) -> None:
        """Forget the live picture of the citizen who left."""
        self._keep(None)

    async def go_on(self, slot: Slot, activity: Activity) -> None:
        """Do what a slot is wanted for, until cancelled. The clock is not ours."""
        has = self._equipment
        match slot, activity:
            case Slot.ID_READER, Activity.READ if has.id_reader:
                await self._read(has.id_reader, DocumentSource.ID_READER, of_document)
            case Slot.ID_READER, Activity.WATCH if has.id_reader:
                await self._watch(has.id_reader, DocumentSource.ID_READER)
            case Slot.CARD_READER, Activity.READ if has.card_reader:
                await self._read(has.card_reader, DocumentSource.CARD_READER, of_card)
            case Slot.CARD_READER, Activity.WATCH if has.card_reader:
                await self._watch(has.card_reader, DocumentSource.CARD_READER)
            case Slot.SCANNER, Activity.SCAN if has.scanner:
                await self._scan(has.scanner)
            case Slot.CAMERA, Activity.SHOW if has.camera:
                await self._show(has.camera)
            case Slot.CAMERA, Activity.SHOW:
                self._post(events.PictureFailed(code="device.absent"))
            case _:
                log.debug("no device for %s", slot)

    async def _read(
        self, supervised: Supervised[Reader], source: DocumentSource, holder: Callable[[Any], Holder]
    ) -> None:
        """Read until a document was read, or one lies there that cannot be."""
        while True:
            reader = await supervised.ready()
            try:
                read = await reader.read(partial(self._seen_on, source))
            except MediaError as error:
                if self._unreadable(supervised, source, error):
                    return
            except Exception as error:  # noqa: BLE001 - whatever the driver dies of, the next document is waited for
                supervised.lost(error)
            else:
                supervised.succeeded()
                self._post(events.DocumentRead(holder=holder(read)))
                return

    def _seen_on(self, source: DocumentSource, present: bool) -> None:
        self._post(events.DocumentSeen(source=source, present=present))

    def _unreadable(self, supervised: Supervised[Reader], source: DocumentSource, error: MediaError) -> bool:
        """Say so; return whether it still lies there and must be lifted: reading it again would only fail again."""
        lies = not isinstance(error, MediaRemoved)
        log.info("%s: %s: %s", supervised.kind, error.code, error.detail)
        supervised.failed(error)
        self._post(events.DocumentFailed(source=source, code=error.code, lies=lies))
        return lies

    async def _watch(self, supervised: Supervised[Reader], source: DocumentSource) -> None:
        """Post when the document is lifted. A reader that is lost holds no document any more that we could know of."""
        if supervised.is_open:
            try:
                await supervised.device.removed()
            except Exception as error:  # noqa: BLE001 - as in _read
                supervised.lost(error)
        self._post(events.DocumentRemoved(source=source))

    async def _scan(self, supervised: Supervised[Scanner]) -> None:
        while True:
            scanner = await supervised.ready()
            try:
                code = await scanner.scan()
            except MediaError as error:
                log.info("scanner: %s: %s", error.code, error.detail)
                supervised.failed(error)
                self._post(events.CodeScanned(text=""))
            except Exception as error:  # noqa: BLE001 - as in _read
                supervised.lost(error)
            else:
                supervised.succeeded()
                self._post(events.CodeScanned(text=code.text))

    async def _show(self, supervised: Supervised[Camera]) -> None:
        """Show the live picture for as long as it is wanted; the camera is closed when nobody looks."""
        self._keep(None)
        self._still = False
        with supervised.wanted():
            while True:
                camera = await supervised.ready()
                try:
                    await self._show_pictures(camera)
                except Exception as error:  # noqa: BLE001 - as in _read
                    self._keep(None)
                    self._still = False
                    self._post(events.PictureFailed(code=supervised.lost(error).code))

    async def _show_pictures(self, camera: Camera) -> None:
        sequence = -1
        while True:
            frame = await camera.frame(after=sequence)
            sequence = frame.sequence
            self._keep(frame)
            if not self._still:
                self._live(frame)

    def _keep(self, frame: Frame | None) -> None:
        self._newest = frame
        if frame is None:
            self._seen.clear()
        else:
            self._seen.set()
