"""The narrow waist for devices on USB bulk endpoints: the same verbs as a serial port, the same five ways to fail.

Transfers go through libusb (pyusb) on two worker threads per device, one for each direction, in slices of a tenth of a
second: libusb cannot be waited for on the event loop, and a transfer under way cannot be taken back. The reading thread
works only while somebody waits for bytes; what a slice brought after its caller had given up is kept for the next.
That a device came or left is told by the kernel: its node under /dev/bus/usb appears or vanishes (inotify).

Source: USB 2.0, chapters 5.8 (bulk transfers) and 9.6 (descriptors); libusb 1.0 for what an error number means.
"""

from __future__ import annotations

import asyncio
import errno
import logging
from array import array
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import usb.core
import usb.util

from drivers.errors import DeviceAbsent, DeviceError, DeviceGarbled, DeviceGone, DeviceRefused, DeviceSilent
from drivers.links import TRAFFIC
from drivers.presence import Stirs, vanishes
from drivers.status import Identity
from drivers.traffic import tap

_log = logging.getLogger(__name__)

NODES: Final = Path("/dev/bus/usb")
"""Where the kernel keeps a node for each device: bus/number of the device, three digits each."""

_SLICE_MS: Final = 100
_CHUNK_BYTES: Final = 4096
"""A multiple of every packet size there is (64, 512, 1,024 bytes), lest a packet overflow what was asked for."""
_WRITE_LIMIT_S: Final = 5.0
_SETTLING_S: Final = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8)
"""How long libusb may take to list a device after its node came: it waits for udev, which is told after the node."""

_LEFT: Final = frozenset({errno.ENODEV, errno.ENOENT, errno.ENXIO, errno.EIO})
"""EIO as well: a transfer that meets the moment of unplugging ends with it, and so does every one after it."""


_SENSELESS: Final = (ValueError, IndexError, TypeError, NotImplementedError)
"""What pyusb raises on descriptors that contradict themselves; a UnicodeDecodeError is a ValueError."""
_STALE_SLICES: Final = 16
_STALE_MS: Final = 10

_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True, slots=True)
class UsbAddress:
    """Which device is meant: by what it is and, where two are alike, by its serial number or its socket."""

    vendor: int
    product: int
    serial: str = ""
    path: str = ""
    """Bus and ports as the kernel writes them: "1-1.4"; survives re-plugging into the same socket."""
    interface_class: int | None = None
    """Only interfaces of this class (USB-IF class codes; 7: printer); None: any with bulk endpoints."""

    def __str__(self) -> str:
        more = [f"serial {self.serial}"] if self.serial else []
        more += [f"at {self.path}"] if self.path else []
        return " ".join(["USB", f"{self.vendor:04x}:{self.product:04x}", *more])


@dataclass(frozen=True, kw_only=True, slots=True)
class _Opened:
    """A device whose interface is ours."""

    device: Any
    interface: int
    into: int | None
    """Address of the endpoint that brings bytes; None: the device never answers."""
    out: int
    detached: bool
    node: Path
    identity: Identity


class UsbBulkLink:
    """A pair of bulk endpoints: the first interface that has them. Implements ``drivers.links.Link``.

    One reader and one writer at a time, and any number that ``watch``. Safe to open again after ``close``.

    Args:
        address: Which device.
        personal: What is read may hold personal data: at TRAFFIC only its length is logged, never its bytes.
        sends_personal: What is sent may, as to a printer.
        backend: Of pyusb; None takes libusb.
        nodes: Where the nodes of devices are.
    """

    def __init__(
        self,
        address: UsbAddress,
        *,
        personal: bool = True,
        sends_personal: bool = False,
        backend: Any = None,
        nodes: Path = NODES,
    ) -> None:
        self.address = address
        self.place = str(address)
        self._personal = personal
        self._sends_personal = sends_personal
        self._backend = backend
        self._nodes = nodes
        self._opened: _Opened | None = None
        self._received = bytearray()
        self._reading: asyncio.Future[bytes | OSError] | None = None
        self._closed: asyncio.Future[None] | None = None
        self._in = ThreadPoolExecutor(1, thread_name_prefix=f"{address} in")
        self._out = ThreadPoolExecutor(1, thread_name_prefix=f"{address} out")

    @property
    def is_open(self) -> bool:
        """Whether ``open`` succeeded and nothing was lost or closed since."""
        return self._opened is not None

    @property
    def identity(self) -> Identity:
        """What the device calls itself in its string descriptors; only its place while it is not open."""
        return Identity(connection=self.place) if self._opened is None else self._opened.identity

    async def open(self) -> None:
        """Find the device, take its interface from the kernel's driver and drop what had arrived. Nothing when open.

        Raises:
            DeviceAbsent: no such device is plugged in.
            DeviceRefused: it may not be opened (codes ``device.no-permission``, ``device.busy``, ``usb.several``), or
                has no bulk endpoints; nothing stays open.
        """
        if self._opened is not None:
            return
        opening = self._out.submit(self._open_blocking)
        try:
            opened = await asyncio.wrap_future(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(_close_unwanted)
            raise
        self._received.clear()
        self._closed = asyncio.get_running_loop().create_future()
        self._opened = opened
        _log.debug("%s: open, endpoints %s", self.place, (opened.into, opened.out))

    async def close(self) -> None:
        """Let go of the device; a call that waits on it gets ``DeviceGone``. Safe at any time; raises nothing."""
        released = self._forget()
        if released is not None:
            await asyncio.shield(asyncio.wrap_future(released))
            _log.debug("%s: closed", self.place)

    async def write(self, data: bytes, limit_s: float = _WRITE_LIMIT_S) -> None:
        """Hand all of ``data`` to the device.

        Raises:
            DeviceGone: the device left; it is closed.
            DeviceSilent: it took nothing for ``limit_s``; a part of ``data`` may have arrived.
            DeviceGarbled: it halted its endpoint; the halt is cleared.
        """
        opened = self._ours()
        _log.log(TRAFFIC, "%s > %s", self.place, f"{len(data)} bytes" if self._sends_personal else data.hex(" "))
        tap.sent(self.place, data)
        loop = asyncio.get_running_loop()
        rest = memoryview(data)
        taken_at = loop.time()
        while rest:
            chunk = bytes(rest[:_CHUNK_BYTES])
            writing = asyncio.wrap_future(self._out.submit(_write_blocking, opened, chunk))
            taken = await self._unless_closed(opened, writing)
            if isinstance(taken, OSError):
                raise await self._explained(opened, taken)
            if taken:
                rest, taken_at = rest[taken:], loop.time()
            elif loop.time() - taken_at >= limit_s:
                raise DeviceSilent(f"{self.place} took nothing for {limit_s:g} s")

    async def read(self, limit_s: float | None) -> bytes:
        """Return what has arrived, at least one byte.

        Args:
            limit_s: How long to wait for the first byte; None waits for ever.

        Raises:
            DeviceSilent: nothing came in time; the device stays open.
            DeviceGone: the device left; it is closed.
            DeviceGarbled: it sent more than a packet holds or halted its endpoint; the halt is cleared.
        """
        opened = self._ours()
        try:
            async with asyncio.timeout(limit_s):
                while not self._received:
                    await self._arrival(opened)
        except TimeoutError:
            raise DeviceSilent(f"{self.place} sent nothing for {limit_s:g} s") from None
        data = bytes(self._received)
        self._received.clear()
        _log.log(TRAFFIC, "%s < %s", self.place, f"{len(data)} bytes" if self._personal else data.hex(" "))
        tap.came(self.place, data)
        return data

    def discard(self) -> int:
        """Drop what has arrived here and was not read; return how many bytes that were.

        What the device itself still holds back is not touched: it comes with the next read.

        Raises:
            DeviceGone: the device left; it is closed.
        """
        self._ours()
        dropped = len(self._received)
        self._received.clear()
        return dropped

    async def watch(self) -> None:
        """Wait until the device is unplugged, whether or not anybody reads.

        Raises:
            DeviceGone: the device left, or was closed by ourselves; it is closed. There is no other way out.
        """
        opened = self._ours()
        leaving = asyncio.ensure_future(vanishes(opened.node))
        try:
            await self._unless_closed(opened, leaving)
        finally:
            leaving.cancel()
        raise self._lost(opened, "unplugged")

    async def appears(self) -> None:
        """Wait until the device is listed, that is: plugged in; return at once when it is. Raises nothing."""
        with Stirs(self._nodes) as stirs:
            while True:
                for pause_s in _SETTLING_S:
                    await asyncio.sleep(pause_s)
                    if await asyncio.wrap_future(self._out.submit(self._listed)):
                        return
                await stirs.next()

    async def _arrival(self, opened: _Opened) -> None:
        """Let one slice of reading pass; what it brings is in ``_received``, whoever waits for it by then."""
        if opened.into is None:
            await self._unless_closed(opened, asyncio.get_running_loop().create_future())
        if self._reading is None:
            self._reading = asyncio.wrap_future(self._in.submit(_read_blocking, opened))
            self._reading.add_done_callback(self._keep)
        came = await self._unless_closed(opened, self._reading)
        if isinstance(came, OSError):
            raise await self._explained(opened, came)

    def _keep(self, reading: asyncio.Future[bytes | OSError]) -> None:
        if self._reading is reading:
            self._reading = None
            if not reading.cancelled() and isinstance(came := reading.result(), bytes):
                self._received += came

    async def _unless_closed(self, opened: _Opened, waiting: asyncio.Future[_T]) -> _T:
        """Wait for ``waiting``, which goes on by itself when the caller gives up."""
        closed = self._closed
        if closed is not None and self._opened is opened:
            await asyncio.wait((waiting, closed), return_when=asyncio.FIRST_COMPLETED)
        if self._opened is not opened:
            raise DeviceGone(f"{self.place} was closed")
        return waiting.result()

    async def _explained(self, opened: _Opened, error: OSError) -> DeviceError:
        if error.errno == errno.EPIPE:
            halted = asyncio.wrap_future(self._out.submit(_clear_halts_blocking, opened))
            await self._unless_closed(opened, halted)
            return DeviceGarbled(f"{self.place} halted its endpoint")
        if error.errno == errno.EOVERFLOW:
            return DeviceGarbled(f"{self.place} sent more than its packets hold")
        return self._lost(opened, str(error))

    def _ours(self) -> _Opened:
        if self._opened is None:
            raise DeviceGone(f"{self.place} is not open")
        return self._opened

    def _lost(self, opened: _Opened, why: str) -> DeviceGone:
        if self._opened is opened:
            self._forget()
            tap.gone(self.place)
        return DeviceGone(f"{self.place}: {why}")

    def _forget(self) -> Future[None] | None:
        opened, self._opened = self._opened, None
        self._reading = None
        if self._closed is not None and not self._closed.done():
            self._closed.set_result(None)
        if opened is None:
            return None
        # behind the slice under way: libusb must not lose a handle that a transfer still uses
        return self._out.submit(_release_blocking, opened, self._in.submit(_idle))

    def _open_blocking(self) -> _Opened:
        try:
            found = list(self._find())
            if not found:
                raise DeviceAbsent(f"{self.place} is not plugged in")
            if len(found) > 1:
                for device in found:
                    usb.util.dispose_resources(device)
                raise DeviceRefused(f"{len(found)} devices are {self.place}", code="usb.several")
            return _take(found[0], self.address, self._nodes)
        except usb.core.NoBackendError as error:
            raise DeviceRefused(f"{self.place}: libusb is not installed") from error
        except OSError as error:  # USBError is one
            raise _why_not_opened(self.place, error) from error
        except _SENSELESS as error:
            raise DeviceRefused(f"{self.place}: descriptors that make no sense: {error}") from error

    def _find(self) -> Iterator[Any]:
        wanted = self.address
        for device in usb.core.find(
            find_all=True, backend=self._backend, idVendor=wanted.vendor, idProduct=wanted.product
        ):
            if wanted.path and wanted.path != _path(device):
                continue
            if wanted.serial:
                usb.util.get_langids(device)  # tells a lack of rights apart from a lack of a number
                if wanted.serial != _text(device, device.iSerialNumber):
                    usb.util.dispose_resources(device)
                    continue
            yield device

    def _listed(self) -> bool:
        try:
            for device in self._find():
                usb.util.dispose_resources(device)
                return True
        except usb.core.USBError as error:
            # it is there and will not say who it is: opening tells why
            return error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY)
        except (OSError, *_SENSELESS) as error:
            _log.debug("%s: %s while looking for it", self.place, error)
        return False


def _take(device: Any, address: UsbAddress, nodes: Path) -> _Opened:
    """Make an interface of ``device`` ours, or leave it as it was."""
    try:
        try:
            configuration = device.get_active_configuration()
        except usb.core.USBError as error:
            if error.errno is not None:
                raise
            device.set_configuration()  # nobody has chosen one yet: the first
            configuration = device.get_active_configuration()
        interface, into, out = _endpoints(configuration, address.interface_class)
        number = int(interface.bInterfaceNumber)
        detached = _detach(device, number)
        usb.util.claim_interface(device, number)
        if interface.bAlternateSetting:
            device.set_interface_altsetting(number, interface.bAlternateSetting)
        opened = _Opened(
            device=device,
            interface=number,
            into=into,
            out=out,
            detached=detached,
            node=nodes / f"{device.bus or 0:03d}" / f"{device.address or 0:03d}",
            identity=Identity(
                maker=_text(device, device.iManufacturer),
                model=_text(device, device.iProduct),
                serial=_text(device, device.iSerialNumber),
                connection=f"{address}, socket {_path(device)}",
            ),
        )
        _drop_stale(opened)
    except BaseException:
        usb.util.dispose_resources(device)
        raise
    return opened


def _endpoints(configuration: Any, interface_class: int | None) -> tuple[Any, int | None, int]:
    """Return the first interface with bulk endpoints both ways, else the first with one towards the device."""
    silent: tuple[Any, int | None, int] | None = None
    for interface in configuration:
        if interface_class is not None and interface.bInterfaceClass != interface_class:
            continue
        bulk = [
            int(endpoint.bEndpointAddress)
            for endpoint in interface
            if usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ]
        into = next((each for each in bulk if usb.util.endpoint_direction(each) == usb.util.ENDPOINT_IN), None)
        out = next((each for each in bulk if usb.util.endpoint_direction(each) == usb.util.ENDPOINT_OUT), None)
        if out is not None and into is not None:
            return interface, into, out
        if out is not None and silent is None:
            silent = interface, None, out
    if silent is None:
        raise DeviceRefused("no interface with bulk endpoints")
    return silent


def _detach(device: Any, interface: int) -> bool:
    try:
        if not device.is_kernel_driver_active(interface):
            return False
        device.detach_kernel_driver(interface)
    except NotImplementedError:
        return False  # a system where nothing needs to be detached
    return True


def _drop_stale(opened: _Opened) -> None:
    """Take what the device had ready for somebody before us; a device that never stops is left to who reads it."""
    if opened.into is None:
        return
    for _ in range(_STALE_SLICES):
        try:
            opened.device.read(opened.into, _CHUNK_BYTES, _STALE_MS)
        except usb.core.USBTimeoutError:
            return


def _read_blocking(opened: _Opened) -> bytes | OSError:
    room = array("B", bytes(_CHUNK_BYTES))
    try:
        return room[: opened.device.read(opened.into, room, _SLICE_MS)].tobytes()
    except usb.core.USBTimeoutError:
        return b""
    except OSError as error:
        return error


def _write_blocking(opened: _Opened, data: bytes) -> int | OSError:
    try:
        return int(opened.device.write(opened.out, data, _SLICE_MS))
    except usb.core.USBTimeoutError:
        return 0
    except OSError as error:
        return error


def _clear_halts_blocking(opened: _Opened) -> None:
    for endpoint in (opened.into, opened.out):
        if endpoint is not None:
            try:
                opened.device.clear_halt(endpoint)
            except OSError as error:
                _log.debug("endpoint %02x: %s while clearing its halt", endpoint, error)


def _release_blocking(opened: _Opened, idle: Future[None]) -> None:
    idle.result()
    try:
        usb.util.release_interface(opened.device, opened.interface)
        if opened.detached:
            opened.device.attach_kernel_driver(opened.interface)
    except (OSError, NotImplementedError) as error:
        _log.debug("%s while letting go", error)
    finally:
        usb.util.dispose_resources(opened.device)


def _idle() -> None:
    """Come up when everything before it is done."""


def _close_unwanted(opening: Future[_Opened]) -> None:
    """Let go of a device that opened after its caller had given up."""
    if not opening.cancelled() and opening.exception() is None:
        done: Future[None] = Future()
        done.set_result(None)
        _release_blocking(opening.result(), done)


def _path(device: Any) -> str:
    ports = ".".join(str(port) for port in device.port_numbers or ())
    return f"{device.bus}-{ports}"


def _text(device: Any, index: int) -> str:
    """Return a string descriptor as far as it can be read and shown; empty where there is none."""
    try:
        text = usb.util.get_string(device, index) or ""
    except (OSError, *_SENSELESS):
        return ""
    return "".join(character for character in text if character.isprintable()).strip()


def _why_not_opened(place: str, error: OSError) -> DeviceError:
    if error.errno in (errno.EACCES, errno.EPERM):
        return DeviceRefused(f"{place}: no permission", code="device.no-permission")
    if error.errno == errno.EBUSY:
        return DeviceRefused(f"{place}: in use by another program", code="device.busy")
    if error.errno in _LEFT:
        return DeviceAbsent(f"{place}: {error}")
    return DeviceRefused(f"{place}: {error}")
