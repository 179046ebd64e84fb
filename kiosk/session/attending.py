"""What goes on at the devices for as long as a state lasts: reading, watching, scanning, showing the live picture."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from drivers.errors import DeviceError, MediaError, MediaRemoved
from kiosk.devices.installed import Devices
from kiosk.session import events
from kiosk.session.effects import Activity, Slot
from kiosk.session.keeper import Keeper, Openable
from kiosk.session.state import DocumentSource, Holder

if TYPE_CHECKING:
    # named, not used: the drivers are imported on the core thread, while the first page is painted
    from drivers.camera.api import Camera, Frame
    from drivers.card.api import SocialSecurityCard
    from drivers.idreader.api import Document
    from drivers.scanner.api import Scanner

log = logging.getLogger(__name__)

Post = Callable[[events.Event], None]
SOCIAL_SECURITY_CARD = "social-security-card"


class DocumentReader(Openable, Protocol):
    """What both readers of documents have."""

    async def read(self) -> Any:
        """Wait for a document and return what it says."""

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
        devices: The drivers.
        post: Takes what happened.
        live: Takes the live picture of the document camera.
    """

    def __init__(self, devices: Devices, post: Post, live: Callable[[Frame], None]) -> None:
        self._post = post
        self._live = live
        self._camera = devices.camera
        self._newest: Frame | None = None
        self._still = False
        """The live picture stands still at the photograph that was taken."""

        def announce(name: str, health: str) -> None:
            post(events.DeviceChanged(device=name, health=health))

        self._id_reader = Keeper("id-reader", devices.id_reader, announce) if devices.id_reader else None
        self._card_reader = Keeper("card-reader", devices.card_reader, announce) if devices.card_reader else None
        self._scanner = Keeper("scanner", devices.scanner, announce) if devices.scanner else None

    def keepers(self) -> tuple[Coroutine[Any, Any, None], ...]:
        """Return what keeps the devices open for as long as the terminal runs."""
        kept = (self._id_reader, self._card_reader, self._scanner)
        return tuple(keeper.keep() for keeper in kept if keeper is not None)

    def hold_still(self) -> Frame | None:
        """Return the newest live picture and show no newer one; None when there is none."""
        if self._newest is not None:
            self._still = True
        return self._newest

    def forget(self) -> None:
        """Forget the live picture of the citizen who left."""
        self._newest = None

    async def go_on(self, slot: Slot, activity: Activity) -> None:
        """Do what a slot is wanted for, until cancelled. The clock is not ours."""
        match slot, activity:
            case Slot.ID_READER, Activity.READ if self._id_reader:
                await self._read(self._id_reader, DocumentSource.ID_READER, of_document)
            case Slot.ID_READER, Activity.WATCH if self._id_reader:
                await self._watch(self._id_reader, DocumentSource.ID_READER)
            case Slot.CARD_READER, Activity.READ if self._card_reader:
                await self._read(self._card_reader, DocumentSource.CARD_READER, of_card)
            case Slot.CARD_READER, Activity.WATCH if self._card_reader:
                await self._watch(self._card_reader, DocumentSource.CARD_READER)
            case Slot.SCANNER, Activity.SCAN if self._scanner:
                await self._scan(self._scanner)
            case Slot.CAMERA, Activity.SHOW if self._camera:
                await self._show(self._camera)
            case Slot.CAMERA, Activity.SHOW:
                self._post(events.PictureFailed(code="device.absent"))
            case _:
                log.debug("no device for %s", slot)

    async def _read(self, keeper: Keeper[Reader], source: DocumentSource, holder: Callable[[Any], Holder]) -> None:
        """Read until a document was read, or one lies there that cannot be."""
        while True:
            reader = await keeper.ready()
            try:
                read = await reader.read()
            except MediaError as error:
                if self._unreadable(keeper, source, error):
                    return
            except DeviceError as error:
                keeper.lost(error)
            else:
                self._post(events.DocumentRead(holder=holder(read)))
                return

    def _unreadable(self, keeper: Keeper[Reader], source: DocumentSource, error: MediaError) -> bool:
        """Say so; return whether it still lies there and must be lifted: reading it again would only fail again."""
        lies = not isinstance(error, MediaRemoved)
        log.info("%s: %s: %s", keeper.name, error.code, error.detail)
        self._post(events.DocumentFailed(source=source, code=error.code, lies=lies))
        return lies

    async def _watch(self, keeper: Keeper[Reader], source: DocumentSource) -> None:
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
        self._still = False
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
                        if not self._still:
                            self._live(frame)
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
