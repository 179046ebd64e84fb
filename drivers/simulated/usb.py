"""A USB bus that exists in memory: what pyusb sees in place of libusb.

USB has no loopback, so the far side stands at the lowest boundary there is above the kernel: a backend of pyusb.
Devices have real descriptors, packets of 64 bytes, time-outs, halts, rights, a kernel driver that has to make room, and
a node under a folder that stands for /dev/bus/usb, so that plugging and unplugging is seen as on a real bus.

Source: USB 2.0, 9.4 (standard requests), 9.6 (descriptors), 5.8 (bulk transfers, short packets end a transfer).
"""
# ruff: noqa: ARG002 - the arguments are those that pyusb hands to every backend

from __future__ import annotations

import errno
import itertools
import threading
from array import array
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from usb.backend import IBackend
from usb.core import USBError, USBTimeoutError

_GET_DESCRIPTOR: Final = 6
_STRING: Final = 3
_ENGLISH: Final = b"\x04\x03\x09\x04"
_BULK: Final = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class UsbDescription:
    """What a device says of itself."""

    vendor: int = 0x0400
    product: int = 0xC35A
    maker: str = "Simulated"
    model: str = "Bulk device"
    serial: str = "SIM-1"
    interface_class: int = 0xFF
    into: int | None = 0x81
    """Address of the endpoint towards the host; None: it never answers."""
    out: int = 0x02
    packet_bytes: int = 64
    ports: tuple[int, ...] = (1, 4)


class SimulatedUsbDevice:
    """One device: the host's bytes go to ``on_bytes``, ``send`` gives it bytes.

    Both ends may be on any thread; ``on_bytes`` is called on the thread of the host's transfer.
    """

    def __init__(self, description: UsbDescription | None = None) -> None:
        self.description = description or UsbDescription()
        self.on_bytes: Callable[[bytes], None] = lambda _: None
        self.permitted = True
        self.kernel_driver = False
        """Whether a driver of the kernel holds the interface."""
        self.takes = True
        """False: it answers NAK to every packet, as a device does that is busy."""
        self.halted = False
        self.text_of: dict[int, bytes] = {
            index: _string_descriptor(text)
            for index, text in enumerate(
                (self.description.maker, self.description.model, self.description.serial), start=1
            )
        }
        self.claimed = False
        self._packets: deque[bytes] = deque()
        self._stirred = threading.Condition()
        self._plugged = False

    def send(self, data: bytes) -> None:
        """Have ``data`` ready for the host, as one transfer: whole packets and a short one that ends it."""
        size = self.description.packet_bytes
        with self._stirred:
            self._packets += (data[start : start + size] for start in range(0, len(data), size))
            if len(data) % size == 0:
                self._packets.append(b"")
            self._stirred.notify_all()

    def plugged(self, *, in_: bool) -> None:
        """Join or leave the bus."""
        with self._stirred:
            self._plugged = in_
            self._packets.clear()
            self.claimed = self.halted = False
            self._stirred.notify_all()

    def read(self, room: array[int], limit_ms: int) -> int:
        """Fill ``room`` as a bulk transfer does; return how many bytes came."""
        filled = 0
        with self._stirred:
            while filled < len(room):
                self._check()
                if not self._packets:
                    if self._stirred.wait_for(
                        lambda: self._packets or self.halted or not self._plugged, limit_ms / 1000
                    ):
                        continue
                    if filled:
                        return filled  # as libusb does: a time-out in mid-transfer hands over what came
                    raise USBTimeoutError("timed out", -7, errno.ETIMEDOUT)
                packet = self._packets.popleft()
                if len(packet) > len(room) - filled:
                    raise USBError("overflow", -8, errno.EOVERFLOW)
                room[filled : filled + len(packet)] = array("B", packet)
                filled += len(packet)
                if len(packet) < self.description.packet_bytes:
                    break
        return filled

    def write(self, data: bytes, limit_ms: int) -> int:
        """Take ``data`` as a bulk transfer does."""
        with self._stirred:
            self._check()
            if not self.takes:
                self._stirred.wait_for(lambda: self.takes or self.halted or not self._plugged, limit_ms / 1000)
                self._check()
            if not self.takes:
                raise USBTimeoutError("timed out", -7, errno.ETIMEDOUT)
        self.on_bytes(data)
        return len(data)

    def halt(self) -> None:
        """Halt the endpoints, as a device does that understands nothing more."""
        with self._stirred:
            self.halted = True
            self._stirred.notify_all()

    def check(self) -> None:
        """Raise what a device raises that is not there."""
        with self._stirred:
            if not self._plugged:
                raise USBError("no such device", -4, errno.ENODEV)

    def _check(self) -> None:
        if not self._plugged:
            raise USBError("no such device", -4, errno.ENODEV)
        if self.halted:
            raise USBError("pipe error", -9, errno.EPIPE)


class SimulatedUsbBus(IBackend):  # type: ignore[misc]  # pyusb ships no types
    """A backend for pyusb: hand it to ``UsbBulkLink`` together with ``nodes``."""

    def __init__(self, nodes: Path) -> None:
        self.nodes = nodes
        self._numbers = itertools.count(1)
        self._plugged: dict[int, SimulatedUsbDevice] = {}
        (nodes / "001").mkdir(parents=True, exist_ok=True)

    def plug(self, device: SimulatedUsbDevice) -> None:
        """Put ``device`` into its socket: it gets the next number."""
        number = next(self._numbers)
        device.plugged(in_=True)
        self._plugged[number] = device
        (self.nodes / f"001/{number:03d}").touch()

    def unplug(self, device: SimulatedUsbDevice) -> None:
        """Pull ``device``; nothing when it is not plugged in."""
        for number in [number for number, plugged in self._plugged.items() if plugged is device]:
            del self._plugged[number]
            device.plugged(in_=False)
            (self.nodes / f"001/{number:03d}").unlink()

    # What pyusb asks of a backend; its names and arguments are pyusb's.

    def enumerate_devices(self) -> Iterator[int]:
        """Every device by its number."""
        return iter(list(self._plugged))

    def get_device_descriptor(self, dev: int) -> Any:
        """USB 2.0, table 9-8."""
        told = self._device(dev).description
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x0200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=told.vendor,
            idProduct=told.product,
            bcdDevice=0x0100,
            iManufacturer=1,
            iProduct=2,
            iSerialNumber=3,
            bNumConfigurations=1,
            address=dev,
            bus=1,
            port_number=told.ports[-1] if told.ports else 0,
            port_numbers=told.ports or None,
            speed=3,
        )

    def get_configuration_descriptor(self, dev: int, config: int) -> Any:
        """USB 2.0, table 9-10."""
        self._device(dev)
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0x80,
            bMaxPower=50,
            extra_descriptors=[],
        )

    def get_interface_descriptor(self, dev: int, intf: int, alt: int, config: int) -> Any:
        """USB 2.0, table 9-12."""
        told = self._device(dev).description
        if intf or alt or config:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=1 if told.into is None else 2,
            bInterfaceClass=told.interface_class,
            bInterfaceSubClass=0,
            bInterfaceProtocol=0,
            iInterface=0,
            extra_descriptors=[],
        )

    def get_endpoint_descriptor(self, dev: int, ep: int, intf: int, alt: int, config: int) -> Any:
        """USB 2.0, table 9-13."""
        told = self._device(dev).description
        addresses = [told.out] if told.into is None else [told.into, told.out]
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=addresses[ep],
            bmAttributes=_BULK,
            wMaxPacketSize=told.packet_bytes,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    def open_device(self, dev: int) -> SimulatedUsbDevice:
        """Refused without rights to the node."""
        device = self._device(dev)
        if not device.permitted:
            raise USBError("access denied", -3, errno.EACCES)
        return device

    def close_device(self, dev_handle: SimulatedUsbDevice) -> None:
        """Nothing stays open."""

    def get_configuration(self, dev_handle: SimulatedUsbDevice) -> int:
        """The only one."""
        dev_handle.check()
        return 1

    def claim_interface(self, dev_handle: SimulatedUsbDevice, intf: int) -> None:
        """Refused while a driver of the kernel or another program has it."""
        dev_handle.check()
        if intf:
            raise USBError("entity not found", -5, errno.ENOENT)
        if dev_handle.kernel_driver or dev_handle.claimed:
            raise USBError("resource busy", -6, errno.EBUSY)
        dev_handle.claimed = True

    def release_interface(self, dev_handle: SimulatedUsbDevice, intf: int) -> None:
        """Give it back."""
        dev_handle.check()
        dev_handle.claimed = False

    def is_kernel_driver_active(self, dev_handle: SimulatedUsbDevice, intf: int) -> bool:
        """As told."""
        dev_handle.check()
        return dev_handle.kernel_driver

    def detach_kernel_driver(self, dev_handle: SimulatedUsbDevice, intf: int) -> None:
        """It makes room."""
        dev_handle.kernel_driver = False

    def attach_kernel_driver(self, dev_handle: SimulatedUsbDevice, intf: int) -> None:
        """It comes back."""
        dev_handle.check()
        dev_handle.kernel_driver = True

    def clear_halt(self, dev_handle: SimulatedUsbDevice, ep: int) -> None:
        """Well again."""
        dev_handle.check()
        dev_handle.halted = False

    def bulk_read(self, dev_handle: SimulatedUsbDevice, ep: int, intf: int, buff: array[int], timeout: int) -> int:
        """From the device, if ``ep`` is where it sends."""
        _must(ep == dev_handle.description.into and dev_handle.claimed)
        return dev_handle.read(buff, timeout)

    def bulk_write(self, dev_handle: SimulatedUsbDevice, ep: int, intf: int, data: array[int], timeout: int) -> int:
        """To the device, if ``ep`` is where it listens."""
        _must(ep == dev_handle.description.out and dev_handle.claimed)
        return dev_handle.write(data.tobytes(), timeout)

    def ctrl_transfer(
        self,
        dev_handle: SimulatedUsbDevice,
        bmRequestType: int,  # noqa: N803 - pyusb's name, as in USB 2.0, table 9-2
        bRequest: int,  # noqa: N803 - as above
        wValue: int,  # noqa: N803 - as above
        wIndex: int,  # noqa: N803 - as above
        data: array[int],
        timeout: int,
    ) -> int:
        """String descriptors; a request it does not know halts the control endpoint, as on a real device."""
        dev_handle.check()
        kind, index = wValue >> 8, wValue & 0xFF
        if (bmRequestType, bRequest, kind) != (0x80, _GET_DESCRIPTOR, _STRING) or index > len(dev_handle.text_of):
            raise USBError("pipe error", -9, errno.EPIPE)
        told = (dev_handle.text_of[index] if index else _ENGLISH)[: len(data)]
        data[: len(told)] = array("B", told)
        return len(told)

    def _device(self, dev: int) -> SimulatedUsbDevice:
        try:
            return self._plugged[dev]
        except KeyError:
            raise USBError("no such device", -4, errno.ENODEV) from None


def _string_descriptor(text: str) -> bytes:
    told = text.encode("utf-16-le")
    return bytes([len(told) + 2, _STRING]) + told


def _must(allowed: bool) -> None:
    if not allowed:
        raise USBError("invalid parameter", -2, errno.EINVAL)
