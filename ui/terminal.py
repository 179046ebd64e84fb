"""Puts a terminal together: settings in, drivers, session and screen out."""

from __future__ import annotations

import importlib
import logging
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.catalogue import Catalogue, Item, load
from kiosk.receipts import Letterhead, Receipts
from kiosk.session.attending import Devices
from kiosk.session.house import House
from kiosk.session.runner import Clocks, Runner
from kiosk.session.state import Session
from kiosk.session.world import Outside
from kiosk.settings import Settings
from kiosk.settings.model import (
    ASSETS,
    CameraProtocol,
    CardProtocol,
    IdReaderProtocol,
    PrinterProtocol,
    ScannerProtocol,
)
from kiosk.submission import BackendClient, Courier, Outbox
from kiosk.words import Sentence, load_sentences, load_texts
from ui.frames import FrameProvider

if TYPE_CHECKING:
    # named, not used: the drivers are imported on the core thread, while the first page is painted
    from drivers.camera.api import Camera, Frame
    from drivers.card.api import CardReader
    from drivers.idreader.api import IdReader
    from drivers.printer.api import ReceiptPrinter, Slip
    from drivers.scanner.api import Scanner

log = logging.getLogger(__name__)

SENTENCES: Final = ASSETS / "i18n" / "sentences.yaml"
RECEIPT_WORDS: Final = ASSETS / "i18n" / "receipt.yaml"

LATER: Final = ("httpx", "httpx_sse", "qrcode")
"""What no first page needs: imported once it is up, so that no citizen waits for it either."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stock:
    """What is loaded once and never changes: the same for the screen and for the session."""

    settings: Settings
    catalogue: Catalogue
    sentences: dict[str, Sentence]
    receipts: Receipts


def stock(settings: Settings) -> Stock:
    """Load what a terminal needs.

    Raises:
        CatalogueError: the catalogue has mistakes; each names file, line and cure.
        OSError, msgspec.ValidationError: a file of words is missing or wrong.
    """
    catalogue = load(settings.catalogue)
    receipts = Receipts(
        letterhead=Letterhead(
            city=settings.city.name,
            hotline=settings.city.hotline,
            terminal=settings.terminal.id,
            place=settings.terminal.place,
        ),
        words=load_texts(RECEIPT_WORDS),
        materials={material.id: material.name for material in catalogue.materials.values()},
        departments=catalogue.departments,
    )
    return Stock(settings=settings, catalogue=catalogue, sentences=load_sentences(SENTENCES), receipts=receipts)


def runner(goods: Stock, *, state_dir: Path, frames: FrameProvider, changed: Callable[[Session], None]) -> Runner:
    """Build the session runner; called on the core thread, in its loop.

    Args:
        goods: From ``stock``.
        state_dir: Holds the outbox.
        frames: Takes the live picture of the document camera.
        changed: Told every new state.
    """
    settings = goods.settings
    timezone = zoneinfo.ZoneInfo(settings.city.timezone)
    client = BackendClient(settings.backend.url, answer_s=settings.backend.answer_s)

    def compose(session: Session) -> Slip:
        return goods.receipts.compose(session, now=datetime.now(timezone))

    def compose_guide(session: Session, items: tuple[Item, ...]) -> Slip:
        return goods.receipts.compose_guide(session, items, now=datetime.now(timezone))

    outside = Outside(
        devices=devices(settings),
        client=client,
        courier=Courier(client=client, outbox=Outbox(state_dir / "outbox")),
        terminal=settings.terminal.id,
        compose=compose,
        compose_guide=compose_guide,
        sharp=sharp,
        show=frames.show,
        forget=frames.forget,
    )
    timings = settings.timings
    return Runner(
        house=House(catalogue=goods.catalogue, terminal=settings.terminal.id, language=settings.languages.default),
        outside=outside,
        clocks=Clocks(
            idle_s=timings.idle_s - timings.warning_s,
            warning_s=timings.warning_s,
            session_limit_s=timings.session_limit_s,
            goodbye_s=timings.goodbye_s,
        ),
        timezone=timezone,
        changed=changed,
    )


def fetch_the_rest() -> None:
    """Import what was left for later; on a thread of its own."""
    for name in LATER:
        importlib.import_module(name)


def devices(settings: Settings) -> Devices:
    """Return the drivers that the settings name; none of them is opened."""
    return Devices(
        id_reader=_id_reader(settings),
        card_reader=_card_reader(settings),
        scanner=_scanner(settings),
        camera=_camera(settings),
        printer=_printer(settings),
    )


def _id_reader(settings: Settings) -> IdReader | None:
    chosen = settings.devices.idreader
    if chosen.protocol is IdReaderProtocol.NONE:
        return None
    from drivers.idreader import SamVReader

    return SamVReader(chosen.port, chosen.baud)


def _card_reader(settings: Settings) -> CardReader | None:
    chosen = settings.devices.card
    if chosen.protocol is CardProtocol.NONE:
        return None
    from drivers.card import PcscReader

    return PcscReader(chosen.reader)


def _scanner(settings: Settings) -> Scanner | None:
    chosen = settings.devices.scanner
    if chosen.protocol is ScannerProtocol.NONE:
        return None
    from drivers.scanner.framing import Suffix
    from drivers.scanner.serial_scanner import TRIGGERS, SerialScanner

    return SerialScanner(chosen.port, chosen.baud, TRIGGERS[chosen.trigger], Suffix(chosen.suffix))


def _camera(settings: Settings) -> Camera | None:
    chosen = settings.devices.camera
    if chosen.protocol is CameraProtocol.NONE:
        return None
    from drivers.camera.stream import StreamCamera

    return StreamCamera(chosen.source, width=chosen.width_px, height=chosen.height_px)


def _printer(settings: Settings) -> ReceiptPrinter | None:
    chosen = settings.devices.printer
    if chosen.protocol is PrinterProtocol.NONE:
        return None
    from drivers.printer.escpos_tcp import EscposNetworkPrinter

    host, _, port = chosen.address.rpartition(":")
    return EscposNetworkPrinter(host, int(port), chosen.width_dots)


def sharp(frame: Frame) -> bool:
    """Return whether a photograph can be read; see ``drivers.camera.legibility``."""
    from drivers.camera.legibility import is_legible

    return is_legible(frame.jpeg)
