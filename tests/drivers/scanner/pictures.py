"""Pictures of codes as a camera in a hall sees them, made from nothing but a seed.

Every picture is drawn twice as large and shrunk, so that edges lie between pixels as a lens lays them. Lengths that
decide whether a code can be read (blur, motion, noise) are given in modules, the small squares of a QR code, and in
the narrow bars of a bar code.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np
import qrcode
import zxingcpp
from numpy.typing import NDArray
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

Pixels = NDArray[np.uint8]
Real = NDArray[np.float32]

_TWICE: Final = 2
_CORRECTION: Final = (ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q, ERROR_CORRECT_H)
_WORDS: Final = "一件事出生登记身份证社会保障公积金医保学籍企业开办注销变更受理回执编号样本示例龚䶮𠮷·"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One picture and what stands in it."""

    grey: Pixels
    codes: tuple[bytes, ...]


@dataclass(kw_only=True)
class Scene:
    """What the camera sees; every member is drawn by chance or set by the kind of picture."""

    width: int = 1280
    height: int = 720
    quiet: int = 4
    """Modules of light around the code; a bar code needs eleven (ISO/IEC 15420), a QR code four (ISO/IEC 18004)."""
    module: float = 4.0
    """Pixels a module is wide."""
    angle: float = 0.0
    """Degrees the code is turned in the picture."""
    tilt: float = 0.0
    """Degrees the paper is turned away about ``tilt_axis``."""
    tilt_axis: float = 0.0
    bend: float = 0.0
    """Half the angle of the cylinder that the paper lies on, degrees; 0: it is flat."""
    inverted: bool = False
    paper: float = 225.0
    ink: float = 35.0
    surround: float = 150.0
    blur: float = 0.0
    """Sigma, in modules."""
    motion: float = 0.0
    """Length, in modules."""
    noise: float = 2.0
    """Sigma, in grey values."""
    glare: float = 0.0
    """Radius of a bright spot on the code, as a part of its width; 0: none."""
    shadow: float = 0.0
    """Part of the light that a shadow with a sharp edge across the code takes away."""
    grid: float = 0.0
    """Depth of a screen's own pixel grid beating with the camera's, as a part of the contrast."""
    gain: float = 1.0
    """Exposure; above 1 the paper is burnt out, and light bleeds into the dark."""
    dirt: float = 0.0
    """Part of the code's surface that is covered by blots."""
    quality: int = 90
    """Of the JPEG the picture came as."""


def kinds() -> tuple[str, ...]:
    """Return the kinds of pictures there are, easy ones first."""
    return tuple(_KINDS)


def samples(kind: str, count: int, seed: int = 1, size: tuple[int, int] = (1280, 720)) -> Iterator[Sample]:
    """Yield ``count`` pictures of a kind; the same ones for the same seed and size, width and height in pixels."""
    for number in range(count):
        chance = np.random.default_rng([seed, number, zlib.crc32(kind.encode())])
        yield _KINDS[kind](chance, Scene(width=size[0], height=size[1]))


def qr_modules(raw: bytes, correction: int = ERROR_CORRECT_M, version: int | None = None) -> Pixels:
    """Return a QR code, one byte a module, 0 dark and 255 light, without its quiet zone."""
    code = qrcode.QRCode(version=version, error_correction=correction, border=0)
    code.add_data(raw, optimize=0)
    code.make(fit=True)
    return np.where(np.array(code.get_matrix()), 0, 255).astype(np.uint8)


def bar_modules(raw: bytes, symbology: zxingcpp.BarcodeFormat) -> Pixels:
    """Return a bar code, one byte a narrow bar, some 40 of them high, without its quiet zone."""
    drawn = np.asarray(zxingcpp.create_barcode(raw.decode(), symbology).to_image(scale=1, add_quiet_zones=False))
    row = drawn[drawn.shape[0] // 2]
    return np.repeat(row[None, :], 40, axis=0)


def drawn(modules: Pixels, scene: Scene, chance: np.random.Generator) -> Pixels:
    """Return the picture of one code in a scene."""
    canvas = _surroundings(scene, chance)
    place = _placed(canvas, modules, scene, chance)
    return _photographed(canvas, scene, place, chance)


def desk(chance: np.random.Generator) -> Pixels:
    """Return the picture of a form on a desk, printed lines and no code."""
    scene = Scene()
    canvas = _surroundings(scene, chance)
    form = np.full((900, 1500), int(scene.paper), np.uint8)
    for line in range(18):
        words = "".join(chance.choice(list("abcdefghijklmnopqrstuvwxyz0123456789    "), 58))
        cv2.putText(form, words, (60, 70 + 46 * line), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (scene.ink,), 2, cv2.LINE_AA)
    left, top = (int(chance.integers(100, 500)) for _ in range(2))
    canvas[top : top + 900, left : left + 1500] = form
    return _photographed(canvas, scene, np.array([scene.width, scene.height, scene.width], dtype=np.float32), chance)


def _surroundings(scene: Scene, chance: np.random.Generator) -> Real:
    """A desk: slow changes of grey, and things with straight edges on it."""
    coarse = chance.normal(scene.surround, 12, (6, 10)).astype(np.float32)
    canvas = cv2.resize(coarse, (scene.width * _TWICE, scene.height * _TWICE), interpolation=cv2.INTER_CUBIC)
    for _ in range(4):
        left, top = int(chance.integers(0, scene.width * _TWICE)), int(chance.integers(0, scene.height * _TWICE))
        wide, high = (int(chance.integers(60, 700)) for _ in range(2))
        grey = float(chance.uniform(60, 200))
        cv2.rectangle(canvas, (left, top), (left + wide, top + high), (grey,), -1)
    return np.asarray(canvas, dtype=np.float32)


def _placed(canvas: Real, modules: Pixels, scene: Scene, chance: np.random.Generator) -> Real:
    """Lay the code onto the canvas; return where its middle is and how wide it is, in pixels of the canvas."""
    scale = max(2, math.ceil(scene.module * _TWICE))
    sheet = _printed(modules, scene, scale, chance)
    high, wide = sheet.shape
    size = scene.module * _TWICE / scale
    turned = _turn(scene, wide, high, size)
    corners = cv2.perspectiveTransform(np.array([[[0, 0], [wide, 0], [wide, high], [0, high]]], np.float32), turned)[0]
    reach = corners.max(axis=0) - corners.min(axis=0)
    room = np.maximum(np.array([canvas.shape[1], canvas.shape[0]]) - reach, 0)
    shift = chance.uniform(0.15, 0.85, 2) * room - corners.min(axis=0)
    moved = np.array([[1, 0, shift[0]], [0, 1, shift[1]], [0, 0, 1]]) @ turned
    over = cv2.warpPerspective(sheet, moved, (canvas.shape[1], canvas.shape[0]), flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.ones_like(sheet), moved, (canvas.shape[1], canvas.shape[0]), flags=cv2.INTER_LINEAR)
    canvas *= 1 - mask
    canvas += over
    middle = corners.mean(axis=0) + shift
    return np.array([middle[0], middle[1], reach.min()], dtype=np.float32)


def _printed(modules: Pixels, scene: Scene, scale: int, chance: np.random.Generator) -> Real:
    """The sheet the code is on, ``scale`` pixels a module, with its quiet zone."""
    padded = np.pad(
        255 - modules if scene.inverted else modules, scene.quiet, constant_values=0 if scene.inverted else 255
    )
    sheet: Real = np.repeat(np.repeat(padded, scale, axis=0), scale, axis=1).astype(np.float32)
    if scene.dirt:
        _soil(sheet, scene, chance)
    sheet = np.asarray(scene.ink + sheet * ((scene.paper - scene.ink) / 255), dtype=np.float32)
    return _bent(sheet, scene.bend) if scene.bend else sheet


def _turn(scene: Scene, wide: int, high: int, size: float) -> NDArray[np.float64]:
    """The way from the sheet to the picture: turned in the plane, then tilted about an axis, seen from three widths."""
    about = np.array([[1, 0, -wide / 2], [0, 1, -high / 2], [0, 0, 1]])
    angle, axis, tilt = (math.radians(each) for each in (scene.angle, scene.tilt_axis, scene.tilt))
    plane = size * np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    to_axis = np.array([[math.cos(axis), math.sin(axis)], [-math.sin(axis), math.cos(axis)]])
    away = 3 * size * max(wide, high)
    # Across the axis the sheet shrinks by cos(tilt) and comes nearer by sin(tilt).
    flat = to_axis.T @ np.diag([1, math.cos(tilt)]) @ to_axis @ plane
    nearer = (np.array([0, math.sin(tilt)]) @ to_axis @ plane) / away
    turned: NDArray[np.float64] = np.vstack([np.column_stack([flat, [0, 0]]), [nearer[0], nearer[1], 1]]) @ about
    return turned


def _bent(sheet: Real, half_angle: float) -> Real:
    """The sheet on an upright cylinder, seen from the front: columns crowd at both sides, rows sag a little."""
    high, wide = sheet.shape
    half = math.radians(half_angle)
    radius = wide / (2 * half)
    seen = int(2 * radius * math.sin(half))
    across = np.arange(seen, dtype=np.float32) - seen / 2
    at = np.arcsin(np.clip(across / radius, -1, 1))
    sag = (radius * (1 - np.cos(at)) * 0.25).astype(np.float32)
    room = int(sag.max()) + 1
    down = np.arange(high + room, dtype=np.float32)
    map_x = np.repeat((at * radius + wide / 2).astype(np.float32)[None, :], high + room, axis=0)
    map_y = down[:, None] - sag[None, :]
    paper = float(sheet[0, 0])
    bent = cv2.remap(sheet, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(paper,))
    return np.asarray(bent, dtype=np.float32)


def _soil(sheet: Real, scene: Scene, chance: np.random.Generator) -> None:
    high, wide = sheet.shape
    left = scene.dirt * high * wide
    while left > 0:
        radius = chance.uniform(0.02, 0.09) * wide
        at = (int(chance.uniform(0.1, 0.9) * wide), int(chance.uniform(0.1, 0.9) * high))
        cv2.circle(sheet, at, int(radius), (float(chance.choice([0, 255, 128])),), -1)
        left -= math.pi * radius**2


def _photographed(canvas: Real, scene: Scene, place: Real, chance: np.random.Generator) -> Pixels:
    middle_x, middle_y, wide = (float(each) for each in place)
    high_px, wide_px = canvas.shape
    rows, columns = np.mgrid[0:high_px, 0:wide_px].astype(np.float32)
    if scene.shadow:
        angle = chance.uniform(0, 2 * math.pi)
        side = (columns - middle_x) * math.cos(angle) + (rows - middle_y) * math.sin(angle)
        canvas *= 1 - scene.shadow / (1 + np.exp(np.clip(-side / 6, -30, 30)))
    if scene.grid:
        period = chance.uniform(4.3, 9.0) * _TWICE
        angle = chance.uniform(0, math.pi)
        wave = np.sin((columns * math.cos(angle) + rows * math.sin(angle)) * (2 * math.pi / period))
        canvas += scene.grid * (scene.paper - scene.ink) * wave.astype(np.float32)
    if scene.glare:
        at_x, at_y = middle_x + chance.uniform(-0.3, 0.3) * wide, middle_y + chance.uniform(-0.3, 0.3) * wide
        radius = scene.glare * wide
        far = ((columns - at_x) / radius) ** 2 + ((rows - at_y) / (radius * chance.uniform(0.4, 1))) ** 2
        canvas += 330 * np.exp(-far)
    canvas *= scene.gain
    if scene.gain > 1:
        burnt = np.maximum(canvas - 255, 0)
        canvas += cv2.GaussianBlur(burnt, (0, 0), 0.8 * scene.module * _TWICE)
    grey = cv2.resize(canvas, (scene.width, scene.height), interpolation=cv2.INTER_AREA)
    if scene.blur:
        grey = cv2.GaussianBlur(grey, (0, 0), scene.blur * scene.module)
    if scene.motion:
        grey = cv2.filter2D(grey, -1, _stroke(scene.motion * scene.module, chance.uniform(0, 180)))
    grey = grey + chance.normal(0, max(scene.noise, 0.01), grey.shape)
    sharp = np.clip(grey, 0, 255).astype(np.uint8)
    _, jpeg = cv2.imencode(".jpg", sharp, [cv2.IMWRITE_JPEG_QUALITY, scene.quality])
    return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def _stroke(length: float, angle: float) -> Real:
    size = 2 * math.ceil(length / 2) + 3
    kernel: Any = np.zeros((size * 8, size * 8), np.float32)
    middle = size * 4
    dx, dy = math.cos(math.radians(angle)) * length * 4, math.sin(math.radians(angle)) * length * 4
    ends = (round(middle - dx), round(middle - dy)), (round(middle + dx), round(middle + dy))
    cv2.line(kernel, *ends, (1.0,), 8)
    kernel = cv2.resize(kernel, (size, size), interpolation=cv2.INTER_AREA)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def _payload(chance: np.random.Generator, encoding: str = "utf-8") -> bytes:
    number = int(chance.integers(10**9, 10**10))
    match int(chance.integers(3)):
        case 0:
            text = f"https://example.gov.test/yjs/{number}"
        case 1:
            text = "".join(chance.choice(list(_WORDS), int(chance.integers(6, 24)))) + str(number)
        case _:
            text = f"SAMPLE{number}"
    if encoding != "utf-8":
        text = "".join(chance.choice(list(_WORDS), int(chance.integers(8, 24))))
    return text.encode(encoding)


def _qr(
    chance: np.random.Generator,
    scene: Scene,
    *,
    encoding: str = "utf-8",
    version: int | None = None,
    **given: float,
) -> Sample:
    raw = _payload(chance, encoding)
    modules = qr_modules(raw, int(chance.choice(_CORRECTION)), version)
    drawn_by_chance = {
        "module": chance.uniform(3, 7),
        "angle": chance.uniform(-12, 12),
        "tilt": chance.uniform(0, 15),
        "tilt_axis": chance.uniform(0, 180),
    }
    scene = replace(scene, **(drawn_by_chance | given))  # type: ignore[arg-type]  # every number is one of a scene
    # Not taller than the picture, whatever the size of its modules.
    scene.module = min(scene.module, 0.8 * scene.height / (modules.shape[0] + 8))
    return Sample(grey=drawn(modules, scene, chance), codes=(raw,))


def _bars(chance: np.random.Generator, scene: Scene, symbology: zxingcpp.BarcodeFormat, **given: float) -> Sample:
    if symbology == zxingcpp.BarcodeFormat.EAN13:
        twelve = [int(digit) for digit in f"690{chance.integers(10**8, 10**9)}"]
        check = -sum(digit * (1, 3)[at % 2] for at, digit in enumerate(twelve)) % 10
        raw = "".join(map(str, [*twelve, check])).encode()
    else:
        raw = f"GA{chance.integers(10**9, 10**10)}".encode()
    drawn_by_chance = {
        "module": chance.uniform(1.6, 4),
        "angle": chance.uniform(-8, 8),
        "tilt": chance.uniform(0, 15),
    }
    scene = replace(scene, quiet=11, **(drawn_by_chance | given))  # type: ignore[arg-type]  # numbers of a scene
    return Sample(grey=drawn(bar_modules(raw, symbology), scene, chance), codes=(raw,))


def _several(chance: np.random.Generator, scene: Scene) -> Sample:
    # Fifteen have room, however large the picture is.
    scene = replace(scene, module=chance.uniform(0.8, 1.1) * scene.height / 225)
    canvas = _surroundings(scene, chance)
    columns, rows = 5, 3
    codes = []
    for row in range(rows):
        for column in range(columns):
            raw = f"{row}{column}SAMPLE{chance.integers(10**9, 10**10)}".encode()
            scene.angle, scene.tilt = chance.uniform(-25, 25), chance.uniform(0, 30)
            wide, high = canvas.shape[1] // columns, canvas.shape[0] // rows
            part = canvas[row * high : (row + 1) * high, column * wide : (column + 1) * wide]
            _placed(part, qr_modules(raw), scene, chance)
            codes.append(raw)
    place = np.array([scene.width, scene.height, scene.width], dtype=np.float32)
    return Sample(grey=_photographed(canvas, scene, place, chance), codes=tuple(codes))


_KINDS: Final[dict[str, Callable[[np.random.Generator, Scene], Sample]]] = {
    "plain": lambda c, s: _qr(c, s),
    "GB18030": lambda c, s: _qr(c, s, encoding="gb18030"),
    "turned": lambda c, s: _qr(c, s, angle=c.uniform(0, 360)),
    "close": lambda c, s: _qr(c, s, module=c.uniform(14, 24), blur=c.uniform(0.05, 0.3)),
    "dark mode": lambda c, s: _qr(c, s, inverted=True, paper=c.uniform(150, 245), ink=c.uniform(10, 50), grid=0.06),
    "dim": lambda c, s: _qr(c, s, gain=c.uniform(0.08, 0.25), noise=c.uniform(2, 5)),
    "low contrast": lambda c, s: _qr(c, s, ink=c.uniform(120, 150), paper=c.uniform(165, 185), noise=c.uniform(2, 6)),
    "overexposed": lambda c, s: _qr(c, s, gain=c.uniform(1.2, 2.1), ink=c.uniform(35, 70)),
    "shadow": lambda c, s: _qr(c, s, shadow=c.uniform(0.5, 0.85)),
    "small modules": lambda c, s: _qr(c, s, module=c.uniform(1.3, 2.2)),
    "many modules": lambda c, s: _qr(c, s, version=int(c.integers(14, 26)), module=c.uniform(2.0, 4)),
    "tilted": lambda c, s: _qr(c, s, angle=c.uniform(0, 360), tilt=c.uniform(35, 62)),
    "curved": lambda c, s: _qr(c, s, bend=c.uniform(25, 65), angle=c.uniform(-30, 30)),
    "blurred": lambda c, s: _qr(c, s, blur=c.uniform(0.35, 0.8)),
    "moving": lambda c, s: _qr(c, s, motion=c.uniform(0.7, 2.0)),
    "glare": lambda c, s: _qr(c, s, glare=c.uniform(0.08, 0.3)),
    "noise": lambda c, s: _qr(c, s, noise=c.uniform(30, 70), module=c.uniform(2.5, 5)),
    "screen grid": lambda c, s: _qr(c, s, grid=c.uniform(0.15, 0.45), module=c.uniform(2.5, 6)),
    "dirty": lambda c, s: _qr(c, s, dirt=c.uniform(0.01, 0.06)),
    "fifteen at once": _several,
    "Code 128": lambda c, s: _bars(c, s, zxingcpp.BarcodeFormat.Code128),
    "Code 128 blurred": lambda c, s: _bars(c, s, zxingcpp.BarcodeFormat.Code128, blur=c.uniform(0.4, 0.9)),
    "Code 128 turned": lambda c, s: _bars(c, s, zxingcpp.BarcodeFormat.Code128, angle=c.uniform(0, 360)),
    "EAN-13": lambda c, s: _bars(c, s, zxingcpp.BarcodeFormat.EAN13, noise=c.uniform(5, 30)),
}
