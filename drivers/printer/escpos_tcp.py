"""Receipt printers on the network that speak ESC/POS, over python-escpos.

A job is one connection: ask the sensors, print, cut, ask again, hang up. Nothing is kept open between jobs, because a
TCP connection to a printer that was switched off and on again still accepts a first write.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import logging
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image, ImageChops

from drivers.errors import DeviceAbsent, DeviceGone, DeviceRefused, DeviceSilent, OutOfPaper
from drivers.printer.api import Paper, Printed, PrinterStatus, Proof, Slip
from drivers.printer.fonts import DEFAULT_FOLDER
from drivers.printer.raster import SlipRaster, SlipTooWideError, stack
from drivers.printer.status import PrinterBits, is_in_order, is_realtime, parse_status

_log = logging.getLogger(__name__)

_T = TypeVar("_T")

_INITIALISE = b"\x1b@"
_NO_AUTOMATIC_STATUS = b"\x1da\x00"
_ASK_PAPER_IN_ORDER = b"\x1dr\x01"
_ASK_REALTIME = b"\x10\x04"
_FEED_AND_CUT = b"\x1dVB\x00"
_RASTER = b"\x1dv0\x00"

_BAND_ROWS = 192
"""Rows sent at once: 24 mm of paper. The printer starts to move as soon as the first band is drawn."""

_STOPPED_OR_SLOW_S = 0.5
"""Silence after which a printer that should be printing is asked whether it still does."""

_FOOT_DOTS = 24
"""White paper under the last line; the way from the head to the knife is the printer's own business (GS V 66)."""


class EscposNetworkPrinter:
    """A ``ReceiptPrinter`` at a TCP port, usually 9100.

    Args:
        host: Name or address.
        port: TCP port.
        width_dots: 576 for 80 mm paper, 384 for 58 mm.
        connect_s: Time allowed to connect.
        answer_s: Time allowed for an answer of the sensors.
        print_s: Time allowed for the paper to stand still: between two bands, and for the last band and the cut.
        in_order_status: Whether the printer knows GS r. Without it "drained" rests on the real-time status alone, which
            a printer answers before it has printed what it holds.
        font_folder: Where Noto Sans CJK is.

    Raises:
        FontMissingError: it is not there.
    """

    def __init__(
        self,
        host: str,
        port: int = 9100,
        width_dots: int = 576,
        *,
        connect_s: float = 3.0,
        answer_s: float = 2.0,
        print_s: float = 10.0,
        in_order_status: bool = True,
        font_folder: Path = DEFAULT_FOLDER,
    ) -> None:
        self._host = host
        self._port = port
        self._connect_s = connect_s
        self._answer_s = answer_s
        self._print_s = print_s
        self._in_order_status = in_order_status
        self._raster = SlipRaster(width_dots, font_folder)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix=f"printer {host}:{port}")
        self._socket: socket.socket | None = None
        self._closing = False
        self._half_printed = False

    async def open(self) -> PrinterStatus:
        """Connect and ask the sensors; see ``ReceiptPrinter``."""
        return await self._on_worker(lambda: self._status_blocking(absent=True))

    async def close(self) -> None:
        """Cut off a job that runs; see ``ReceiptPrinter``."""
        self._closing = True
        line = self._socket
        if line is not None:
            # The worker sees the end of the connection at once instead of at its time limit.
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError as error:
                _log.debug("the printer had hung up before: %s", error)
        await self._on_worker(self._closed)

    def _closed(self) -> None:
        self._closing = False

    async def status(self) -> PrinterStatus:
        """Ask the sensors; see ``ReceiptPrinter``."""
        return await self._on_worker(lambda: self._status_blocking(absent=False))

    async def print_slip(self, slip: Slip) -> Printed:
        """Print and cut; see ``ReceiptPrinter``.

        A call that is cancelled prints to the end: half a slip helps nobody.

        Returns:
            ``DRAINED``: printed, cut, and no fault after. ``SENT``: the printer took all bytes, then stopped with a
            fault or did not say that it came to the end; ``status`` tells which. The next job cuts off what hangs out.

        Raises:
            OutOfPaper, DeviceRefused: nothing was printed. Codes of the latter: ``printer.cover-open``,
                ``printer.cutter``, ``printer.fault``, ``printer.offline``, ``printer.slip-too-wide``.
            DeviceGone, DeviceSilent, DeviceGarbled: part of the slip may be printed.
        """
        return await self._on_worker(lambda: self._print_blocking(slip))

    async def _on_worker(self, work: Callable[[], _T]) -> _T:
        done = asyncio.get_running_loop().run_in_executor(self._worker, work)
        # Somebody who stopped waiting does not want to hear how it ended.
        done.add_done_callback(lambda future: future.cancelled() or future.exception())
        return await asyncio.shield(done)

    def _status_blocking(self, *, absent: bool) -> PrinterStatus:
        with self._connection(absent=absent) as printer:
            return self._ask_sensors(printer)

    def _print_blocking(self, slip: Slip) -> Printed:
        with self._connection(absent=False) as printer:
            _refuse(self._ask_sensors(printer))
            try:
                self._raster.check(slip)
            except SlipTooWideError as error:
                raise DeviceRefused(str(error), code="printer.slip-too-wide") from error
            printer.device.settimeout(self._print_s)
            start = _INITIALISE + _NO_AUTOMATIC_STATUS
            # What an interrupted job left hanging out belongs to another citizen: it never heads this slip.
            printer._raw(start + _FEED_AND_CUT if self._half_printed else start)
            self._half_printed = True
            dots = 0
            for band in _bands(self._raster.strips(slip), self._raster.width_dots):
                printer._raw(raster_command(band))
                dots += band.height
            printer._raw(_FEED_AND_CUT)
            drained = self._wait_until_drained(printer)
            printer.device.settimeout(self._answer_s)
            sound = self._ask_sensors(printer)
            if drained and sound.online and not (sound.cover_open or sound.cutter_error or sound.fatal_error):
                self._half_printed = False
                return Printed(proof=Proof.DRAINED, dots=dots)
            _log.warning("a slip was sent and not seen to come out: %s", sound)
            return Printed(proof=Proof.SENT, dots=dots, trace=_trace(sound))

    def _wait_until_drained(self, printer: Any) -> bool:
        """Wait until the printer has worked off all it holds; return False when a fault or the limit came first."""
        if not self._in_order_status:
            _drop_unread(printer)
            return True
        printer._raw(_ASK_PAPER_IN_ORDER)
        until = time.monotonic() + self._print_s
        printer.device.settimeout(min(_STOPPED_OR_SLOW_S, self._print_s))
        asked = 0
        came_to_end = False
        while time.monotonic() < until:
            try:
                answers = _read(printer)
            except TimeoutError:
                # A stopped printer still answers in real time. All that dots which happen to spell DLE EOT made it say
                # unasked has come before this silence, so from here on every answer has its question.
                printer._raw(_ASK_REALTIME + b"\x01")
                asked += 1
                continue
            for answer in answers:
                came_to_end = came_to_end or is_in_order(answer)
                if asked and is_realtime(answer):
                    asked -= 1
                    if answer & PrinterBits.OFFLINE:
                        return False
            if came_to_end and not asked:
                return True
        return False

    def _ask_sensors(self, printer: Any) -> PrinterStatus:
        answers = b""
        for number in (1, 2, 3, 4):
            printer._raw(_ASK_REALTIME + bytes([number]))
            answers += _read(printer)
        return parse_status(answers)

    @contextmanager
    def _connection(self, *, absent: bool) -> Iterator[Any]:
        """Connect, and turn what goes wrong with the connection into device errors."""
        where = f"{self._host}:{self._port}"
        printer = _network_class()(self._host, self._port)
        try:
            try:
                # Not its own open(): that leaks the socket of a refused connection and reports a time-out as a refusal.
                printer.device = socket.create_connection((self._host, self._port), self._connect_s)
            except TimeoutError as error:
                raise DeviceSilent(f"{where} did not take the connection in time") from error
            except OSError as error:
                raise (DeviceAbsent if absent else DeviceGone)(f"{where}: {error}") from error
            self._socket = printer.device
            if self._closing:
                raise DeviceGone(f"{where} was closed while it was called")
            printer.device.settimeout(self._answer_s)
            yield printer
        except TimeoutError as error:
            raise DeviceSilent(f"{where} took or sent nothing in time") from error
        except OSError as error:
            raise DeviceGone(f"{where} hung up: {error}") from error
        finally:
            self._socket = None
            printer.close()


def raster_command(band: Image.Image) -> bytes:
    """Return a picture of mode "1" as ``GS v 0`` with normal density; one bit is one dot, 1 is black.

    Source: Epson ESC/POS Application Programming Guide, "GS v 0": width in bytes and height in dots, low byte first.
    """
    width_bytes = (band.width + 7) // 8
    size = width_bytes.to_bytes(2, "little") + band.height.to_bytes(2, "little")
    return _RASTER + size + ImageChops.invert(band.convert("L")).convert("1", dither=Image.Dither.NONE).tobytes()


def _bands(strips: Iterable[Image.Image], width_dots: int) -> Iterator[Image.Image]:
    """Gather strips into bands of about ``_BAND_ROWS`` rows, then some white paper."""
    waiting: list[Image.Image] = []
    for strip in strips:
        waiting.append(strip)
        if sum(piece.height for piece in waiting) >= _BAND_ROWS:
            yield stack(waiting, width_dots)
            waiting.clear()
    waiting.append(Image.new("1", (width_dots, _FOOT_DOTS), 1))
    yield stack(waiting, width_dots)


def _trace(status: PrinterStatus) -> str:
    """Return the code of what stopped a slip on its way."""
    if status.paper is Paper.OUT:
        return "printer.paper-out"
    if status.cover_open:
        return "printer.cover-open"
    if status.cutter_error:
        return "printer.cutter"
    return "printer.fault" if status.fatal_error else "printer.offline"


def _refuse(status: PrinterStatus) -> None:
    """Raise what the caller of ``print_slip`` must know before anything is printed."""
    if status.cover_open:
        raise DeviceRefused("the cover is open", code="printer.cover-open")
    if status.paper is Paper.OUT:
        raise OutOfPaper("the sensors say: paper end")
    if status.cutter_error:
        raise DeviceRefused("the cutter is stuck", code="printer.cutter")
    if status.fatal_error:
        raise DeviceRefused("an error that does not go away by itself", code="printer.fault")
    if not status.online:
        raise DeviceRefused("offline without a reason given", code="printer.offline")


def _read(printer: Any) -> bytes:
    data: bytes = printer._read()
    if not data:
        raise ConnectionResetError("closed by the printer")
    return data


def _drop_unread(printer: Any) -> None:
    """Drop status bytes that nobody asked for."""
    line: socket.socket = printer.device
    limit = line.gettimeout()
    line.setblocking(False)
    try:
        while _read(printer):
            continue
    except BlockingIOError:
        line.settimeout(limit)


@cache
def _network_class() -> Any:
    """Import python-escpos without its price.

    At import it reads a large table of printer models with a slow parser (0.3 s) and leaves a folder with a pickle of
    it behind in the temporary files, at every start. Only raw bytes go through it here, so it gets a table of one
    model, and the folder is taken away again.
    """
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "capabilities.json"
        model = {"name": "Default", "vendor": "Generic", "codePages": {"0": "CP437"}, "features": {}, "fonts": {}}
        model |= {"media": {"width": {"mm": "Unknown", "pixels": "Unknown"}}, "colors": {"0": "black"}, "notes": ""}
        encodings = {"CP437": {"name": "CP437", "python_encode": "cp437"}}
        table.write_text(json.dumps({"profiles": {"default": model}, "encodings": encodings}))
        before = os.environ.get("ESCPOS_CAPABILITIES_FILE")
        os.environ["ESCPOS_CAPABILITIES_FILE"] = str(table)
        try:
            capabilities = importlib.import_module("escpos.capabilities")
            network = importlib.import_module("escpos.printer.network")
        finally:
            if before is None:
                del os.environ["ESCPOS_CAPABILITIES_FILE"]
            else:
                os.environ["ESCPOS_CAPABILITIES_FILE"] = before
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return network.Network
