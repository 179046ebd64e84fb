"""Who a V4L2 camera is: what its driver says of it, and what the USB bus knows.

Source: Linux ``videodev2.h``, ``struct v4l2_capability``; sysfs-bus-usb (manufacturer, product, serial, bcdDevice).
"""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

VIDIOC_QUERYCAP: Final = 0x80685600
"""_IOR('V', 0, struct v4l2_capability)."""
_CAPABILITY: Final = struct.Struct("=16s32s32sIII12x")
_CAPTURE: Final = 0x1
_DEVICE_CAPS: Final = 0x8000_0000
"""V4L2_CAP_VIDEO_CAPTURE; V4L2_CAP_DEVICE_CAPS: ``device_caps`` tells of this node, the other of the whole device."""
_SYSFS: Final = Path("/sys/class/video4linux")

Ask = Callable[[int, int, bytes], bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Capability:
    """What ``VIDIOC_QUERYCAP`` tells."""

    driver: str
    card: str
    bus: str
    version: str
    """Of the kernel's driver."""
    captures: bool
    """Whether this node gives pictures: a camera has a second one for metadata, which does not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plate:
    """What stands on the camera, so to speak."""

    maker: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""


def capability_in(answer: bytes) -> Capability:
    """Return what the kernel answered.

    Raises:
        ValueError: it is no ``struct v4l2_capability``.
    """
    if len(answer) != _CAPABILITY.size:
        raise ValueError(f"{len(answer)} bytes for {_CAPABILITY.size}")
    driver, card, bus, version, device, node = _CAPABILITY.unpack(answer)
    flags = node if device & _DEVICE_CAPS else device
    return Capability(
        driver=_text(driver),
        card=_text(card),
        bus=_text(bus),
        version=f"{version >> 16 & 0xFF}.{version >> 8 & 0xFF}.{version & 0xFF}",
        captures=bool(flags & _CAPTURE),
    )


def capability(path: Path, ask: Ask = fcntl.ioctl) -> Capability:
    """Ask the driver of the device at ``path``.

    Raises:
        OSError: it cannot be opened or is no V4L2 device.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        return capability_in(ask(descriptor, VIDIOC_QUERYCAP, bytes(_CAPABILITY.size)))
    finally:
        os.close(descriptor)


def plate(path: Path, known: Capability, sysfs: Path = _SYSFS) -> Plate:
    """Return who the camera at ``path`` is; its card's name where the bus tells no more."""
    told = dict.fromkeys(("manufacturer", "product", "serial", "bcdDevice"), "")
    folder = (sysfs / path.resolve().name / "device").resolve()
    for place in (folder, folder.parent):  # the interface of a USB device, and the device itself
        for name in told:
            told[name] = told[name] or _line(place / name)
    return Plate(
        maker=told["manufacturer"] or known.driver,
        model=told["product"] or known.card,
        serial=told["serial"],
        firmware=told["bcdDevice"],
    )


def _line(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()[:200]
    except OSError:
        return ""


def _text(field: bytes) -> str:
    return field.split(b"\0", 1)[0].decode("utf-8", "replace").strip()
