"""What can be set, as frozen data. ``assets/settings/README.md`` explains each setting to those who deploy."""

from __future__ import annotations

import math
import re
import zoneinfo
from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from kiosk.settings.machine import Machine
from kiosk.words import Language, Text

ASSETS: Final = Path(__file__).parents[2] / "assets"
"""What ships with the kiosk: catalogue, fonts, profiles."""

EMBEDDED: Final = "embedded"
"""Value of ``backend.url`` for the backend that ships with the kiosk."""

_PLACEHOLDER: Final = re.compile(r"\$\{([^}]*)\}")

WIRES: Final = ("runtime", "printer_port", "camera_port")
"""What ``${…}`` may name in the settings of a device; known once the kiosk starts."""


class Layout(StrEnum):
    """The three shapes of screen the pages are drawn for."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"
    BANK = "bank"

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the panel this layout is drawn for."""
        return {Layout.PORTRAIT: (1080, 1920), Layout.LANDSCAPE: (1920, 1080), Layout.BANK: (1280, 1024)}[self]


NotEmpty = Annotated[str, Meta(min_length=1, description="some text")]
Colour = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$", description='a colour, "#RRGGBB"')]
Address = Annotated[str, Meta(pattern=r"^[^:\s]+:([0-9]{1,5}|\$\{\w+\})$", description='an address, "host:port"')]
Port = Annotated[str, Meta(pattern=r"^(/|\$\{runtime\}/).+$", description='the path of a port, "/dev/…"')]
Baud = Annotated[int, Meta(ge=300, le=4_000_000)]
UsbId = Annotated[
    str, Meta(pattern=r"^[0-9a-fA-F]{4}:[0-9a-fA-F]{4}$", description='a vendor and a product, "0400:c35a"')
]
UsbSocket = Annotated[
    str, Meta(pattern=r"^([0-9]+-[0-9]+(\.[0-9]+)*)?$", description='a bus and its ports, "1-1.4", or nothing')
]


class City(msgspec.Struct, frozen=True, kw_only=True):
    """Whose kiosk it is."""

    name: Text
    hotline: Annotated[str, Meta(pattern=r"^[0-9+ -]{3,20}$", description="a telephone number")] = "12345"
    service_hours: Text = Text(zh_hans="24小时", zh_hant="24小時", en="24 hours")
    crest: Path | None = None
    featured: tuple[str, ...] = ()
    accent: Colour = "#0b5cad"
    timezone: str = "Asia/Shanghai"


KeyName = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9]{1,12}(\+[A-Za-z0-9]{1,12}){0,2}$", description='a key, "F17", "Up", "Return"')
]


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """What the five keys send: those of an audio keypad, of switches or of a keyboard.

    The defaults are the keys of any keyboard. A keypad plugged in beside the headphones sends what its maker set, often
    function keys above F12. Several names for one purpose are allowed, none leaves it out: two switches are enough, one
    for ``next`` and one for ``select``.
    """

    previous: tuple[KeyName, ...] = ("Up",)
    next: tuple[KeyName, ...] = ("Down",)
    select: tuple[KeyName, ...] = ("Return", "Enter")
    back: tuple[KeyName, ...] = ("Left", "Esc")
    again: tuple[KeyName, ...] = ("Right", "F1")


class Terminal(msgspec.Struct, frozen=True, kw_only=True):
    """Which terminal it is, where it stands, what it shows on."""

    id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{1,40}$", description="1 to 40 of A-Z a-z 0-9 . _ -")]
    place: Text
    layout: Layout = Layout.PORTRAIT
    diagonal_mm: Annotated[float, Meta(ge=150, le=2000)] = 546.0
    sounds: bool = True
    keys: Keys = Keys()
    machine: Machine = Machine()

    def pixels_per_mm(self, width_px: int, height_px: int) -> float:
        """Return the density of a panel of ``diagonal_mm`` that has this many pixels."""
        return math.hypot(width_px, height_px) / self.diagonal_mm


class Languages(msgspec.Struct, frozen=True, kw_only=True):
    """Which languages a citizen may choose."""

    offered: Annotated[tuple[Language, ...], Meta(min_length=1)] = tuple(Language)
    default: Language = Language.ZH_HANS


class Timings(msgspec.Struct, frozen=True, kw_only=True):
    """How long the kiosk waits for a person."""

    idle_s: Annotated[int, Meta(ge=15, le=900)] = 90
    warning_s: Annotated[int, Meta(ge=20, le=300)] = 20
    """At least as long as WCAG 2.2, 2.2.1 leaves people to ask for more time."""
    session_limit_s: Annotated[int, Meta(ge=60, le=14_400)] = 1800
    goodbye_s: Annotated[int, Meta(ge=3, le=120)] = 15


class AttractLook(StrEnum):
    """How the page that invites looks by day."""

    LIGHT = "light"
    DARK = "dark"


TimeOfDay = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description='a time of day, "22:30"')]
Percent = Annotated[int, Meta(ge=1, le=100)]


class Attract(msgspec.Struct, frozen=True, kw_only=True):
    """The page that invites, while nobody is there."""

    look: AttractLook = AttractLook.LIGHT
    motion: bool = True
    night_from: TimeOfDay = "22:30"
    night_until: TimeOfDay = "06:00"
    """The same as ``night_from``: there is no night."""
    brightness: Percent = 100
    """Of the panel's light, where it can be set."""
    night_brightness: Percent = 25

    def is_night(self, at: time) -> bool:
        """Return whether ``at`` lies in the night, which may have midnight in it."""
        first, last = time.fromisoformat(self.night_from), time.fromisoformat(self.night_until)
        return first <= at < last if first <= last else at >= first or at < last


class IdReaderProtocol(StrEnum):
    """Protocols of ID-card readers."""

    NONE = "none"
    SAM_V = "sam-v"
    SAM_V_USB = "sam-v-usb"
    MULTIFUNCTION = "multifunction"


class CardProtocol(StrEnum):
    """Protocols of smart-card readers."""

    NONE = "none"
    PCSC = "pcsc"


class ScannerProtocol(StrEnum):
    """Protocols of code scanners."""

    NONE = "none"
    SERIAL = "serial"
    WEDGE = "wedge"
    """Plays keyboard; ``port`` is its event device."""
    CAMERA = "camera"
    """Looks through the document camera."""


class CameraProtocol(StrEnum):
    """Protocols of document cameras."""

    NONE = "none"
    OPENCV = "opencv"


class PrinterProtocol(StrEnum):
    """Protocols of receipt printers."""

    NONE = "none"
    ESCPOS_TCP = "escpos-tcp"
    ESCPOS_SERIAL = "escpos-serial"
    ESCPOS_USB = "escpos-usb"
    ESCPOS_FILE = "escpos-file"


class PowerProtocol(StrEnum):
    """Protocols of power supplies with a battery."""

    NONE = "none"
    NUT = "nut"


class HeadphonesProtocol(StrEnum):
    """How it is known that headphones are plugged in."""

    NONE = "none"
    JACK = "jack"
    """A switch in the jack; ``port`` is its event device."""
    USB = "usb"
    """They are a sound card of their own; ``port`` is there while they are."""


class PrinterFlow(StrEnum):
    """How a printer at a serial port says "wait"."""

    NONE = "none"
    RTS_CTS = "rts-cts"
    XON_XOFF = "xon-xoff"


class PrinterText(StrEnum):
    """Who draws the letters of a slip."""

    RASTER = "raster"
    PRINTER = "printer"


class Trigger(StrEnum):
    """Commands that switch a scanner's light on and off."""

    NONE = "none"
    HONEYWELL = "honeywell"
    DATALOGIC = "datalogic"
    NEWLAND = "newland"


class Suffix(StrEnum):
    """What a scanner sends after each code."""

    CR = "cr"
    CRLF = "crlf"
    GAP = "gap"
    """Nothing: a code ends when no byte comes for a while."""


class IdReaderSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Reader of identity documents."""

    protocol: IdReaderProtocol = IdReaderProtocol.NONE
    port: Port = "/dev/onething/idreader"
    baud: Baud = 115_200
    usb: UsbId = "0400:c35a"
    usb_serial: str = ""
    usb_socket: UsbSocket = ""
    module: str = ""


class CardSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Reader of social security cards."""

    protocol: CardProtocol = CardProtocol.NONE
    reader: str = ""
    contactless: str = ""


class ScannerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Scanner of QR and bar codes."""

    protocol: ScannerProtocol = ScannerProtocol.NONE
    port: Port = "/dev/onething/scanner"
    baud: Baud = 9600
    trigger: Trigger = Trigger.NONE
    suffix: Suffix = Suffix.CR


class RtspTransport(StrEnum):
    """What carries the pictures of an RTSP stream."""

    TCP = "tcp"
    UDP = "udp"


class CameraSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Document camera."""

    protocol: CameraProtocol = CameraProtocol.NONE
    source: NotEmpty = "/dev/onething/camera"
    width_px: Annotated[int, Meta(ge=160, le=8192)] = 1280
    height_px: Annotated[int, Meta(ge=120, le=8192)] = 960
    frames_per_s: Annotated[float, Meta(ge=0, le=120)] = 0.0
    rtsp_transport: RtspTransport = RtspTransport.TCP


class PrinterSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Receipt printer."""

    protocol: PrinterProtocol = PrinterProtocol.NONE
    address: Address = "192.168.1.87:9100"
    port: Port = "/dev/onething/printer"
    baud: Baud = 115_200
    flow: PrinterFlow = PrinterFlow.NONE
    usb: UsbId = "04b8:0e15"
    usb_serial: str = ""
    usb_socket: UsbSocket = ""
    profile: NotEmpty = "generic"
    width_dots: Annotated[int, Meta(ge=128, le=2000, multiple_of=8)] = 576
    text: PrinterText = PrinterText.RASTER
    left_s: Annotated[int, Meta(ge=0, le=600)] = 60


class PowerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Power supply with a battery."""

    protocol: PowerProtocol = PowerProtocol.NONE
    address: Address = "127.0.0.1:3493"
    name: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,60}$", description="a name of ups.conf")] = "ups"


class HeadphonesSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Place for headphones."""

    protocol: HeadphonesProtocol = HeadphonesProtocol.NONE
    port: Port = "/dev/onething/headphones"


class Devices(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the screen."""

    idreader: IdReaderSettings = IdReaderSettings()
    card: CardSettings = CardSettings()
    scanner: ScannerSettings = ScannerSettings()
    camera: CameraSettings = CameraSettings()
    printer: PrinterSettings = PrinterSettings()
    power: PowerSettings = PowerSettings()
    headphones: HeadphonesSettings = HeadphonesSettings()


class SpeechVoice(StrEnum):
    """Who speaks."""

    NONE = "none"
    ESPEAK_NG = "espeak-ng"
    COMMAND = "command"
    """The program of ``speech.command``."""


class SpeechSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Reading aloud."""

    voice: SpeechVoice = SpeechVoice.ESPEAK_NG
    command: tuple[str, ...] = ()
    name: NotEmpty = "command"
    pinyin: bool = False
    clips: Path | None = None
    most_mb: Annotated[int, Meta(ge=1, le=100_000)] = 500


class Backend(msgspec.Struct, frozen=True, kw_only=True):
    """Who decides."""

    url: Annotated[str, Meta(pattern=r"^(embedded|https?://\S+)$", description='"embedded" or an http(s) address')] = (
        EMBEDDED
    )
    answer_s: Annotated[float, Meta(ge=0.5, le=120)] = 10.0
    data_dir: Path | None = None
    database: Annotated[
        str, Meta(pattern=r"^(|postgresql://\S+)$", description='"" for a file in data_dir, or "postgresql://…"')
    ] = ""
    workers: Annotated[int, Meta(ge=1, le=64)] = 1
    public_url: Annotated[str, Meta(pattern=r"^(|https?://\S+)$", description='"" for none, or an http(s) address')] = (
        ""
    )


class Bundles(msgspec.Struct, frozen=True, kw_only=True):
    """Where newer catalogues are fetched from, and whose signatures count."""

    source: Annotated[
        str,
        Meta(pattern=r"^(|/.*|https?://\S+)$", description='"" for none, an absolute folder, or an http(s) address'),
    ] = ""
    trusted: Path | None = None


class Simulated(msgspec.Struct, frozen=True, kw_only=True):
    """The simulated city: devices and people that are not there."""

    devices: bool = False
    people: Path = ASSETS / "simulated" / "people.yaml"
    papers: Path = ASSETS / "simulated" / "papers.yaml"
    pace: Annotated[float, Meta(ge=0, le=10)] = 1.0
    dock: bool = True


class LogLevel(StrEnum):
    """How much is told."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"


class Recorded(StrEnum):
    """Devices whose traffic can be recorded."""

    IDREADER = "idreader"
    CARD = "card"
    SCANNER = "scanner"
    CAMERA = "camera"
    PRINTER = "printer"


class Logs(msgspec.Struct, frozen=True, kw_only=True):
    """What is written down about running."""

    level: LogLevel = LogLevel.INFO
    keep_mb: Annotated[int, Meta(ge=1, le=10_000)] = 20
    record: tuple[Recorded, ...] = ()


class Telemetry(msgspec.Struct, frozen=True, kw_only=True):
    """Who is told of traces and metrics of the embedded backend."""

    endpoint: Annotated[str, Meta(pattern=r"^(|https?://\S+)$", description='"" for nobody, or an http(s) address')] = (
        ""
    )


class Diagnostics(msgspec.Struct, frozen=True, kw_only=True):
    """The technician's side of the terminal."""

    technicians_ca: Path | None = None
    technician_prefix: Annotated[str, Meta(pattern=r"^[A-Z]{0,4}-?$", description="letters and a hyphen")] = "YJ-"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that differs from one kiosk to the next."""

    city: City
    terminal: Terminal
    languages: Languages = Languages()
    timings: Timings = Timings()
    attract: Attract = Attract()
    devices: Devices = Devices()
    speech: SpeechSettings = SpeechSettings()
    backend: Backend = Backend()
    simulated: Simulated = Simulated()
    logs: Logs = Logs()
    telemetry: Telemetry = Telemetry()
    diagnostics: Diagnostics = Diagnostics()
    catalogue: Path = ASSETS / "catalogue"
    bundles: Bundles = Bundles()

    def wired(self, wires: Mapping[str, str], *, backend_url: str | None = None) -> Settings:
        """Return the settings with each ``${name}`` of a device replaced, and the embedded backend's address filled in.

        Args:
            wires: A value for each of ``WIRES`` that is used.
            backend_url: Where the embedded backend listens; taken only when ``backend.url`` is "embedded".

        Raises:
            KeyError: A device names a wire that was given no value.
        """

        def fill(table: Any) -> Any:
            changed = {
                name: _PLACEHOLDER.sub(lambda found: wires[found[1]], value)
                for name, value in ((name, getattr(table, name)) for name in table.__struct_fields__)
                if type(value) is str and "${" in value
            }
            return msgspec.structs.replace(table, **changed) if changed else table

        devices = Devices(**{name: fill(getattr(self.devices, name)) for name in self.devices.__struct_fields__})
        backend = self.backend
        if backend.url == EMBEDDED and backend_url is not None:
            backend = msgspec.structs.replace(backend, url=backend_url)
        return msgspec.structs.replace(self, devices=devices, backend=backend)


def _speechless(speech: SpeechSettings) -> list[tuple[str, object, str]]:
    if speech.voice is not SpeechVoice.COMMAND or speech.command:
        return []
    return [("speech.command", speech.command, 'a program and its arguments, since speech.voice is "command"')]


def disagreements(settings: Settings) -> list[tuple[str, object, str]]:
    """Return what is wrong between settings that are each right: (key, value, what is allowed)."""
    found: list[tuple[str, object, str]] = _speechless(settings.speech)
    if settings.languages.default not in settings.languages.offered:
        offered = ", ".join(f'"{each}"' for each in settings.languages.offered)
        found.append(("languages.default", settings.languages.default, f"one of languages.offered: {offered}"))
    if settings.timings.warning_s >= settings.timings.idle_s:
        limit = f"less than timings.idle_s ({settings.timings.idle_s}), within which the warning is shown"
        found.append(("timings.warning_s", settings.timings.warning_s, limit))
    if settings.timings.session_limit_s <= settings.timings.idle_s:
        limit = f"more than timings.idle_s ({settings.timings.idle_s})"
        found.append(("timings.session_limit_s", settings.timings.session_limit_s, limit))
    if settings.backend.workers > 1 and not settings.backend.database:
        alone = "1, or backend.database a PostgreSQL database: several processes do not write one file"
        found.append(("backend.workers", settings.backend.workers, alone))
    contrast = _contrast_to_white(settings.city.accent)
    if contrast < _READABLE_CONTRAST:
        found.append(
            (
                "city.accent",
                settings.city.accent,
                f"dark enough for white letters: a contrast of {_READABLE_CONTRAST} or more, this has {contrast:.1f}",
            )
        )
    if settings.city.timezone not in zoneinfo.available_timezones():
        found.append(("city.timezone", settings.city.timezone, 'a time zone of the IANA list, such as "Asia/Shanghai"'))
    if settings.city.crest is not None and not settings.city.crest.is_file():
        found.append(("city.crest", str(settings.city.crest), "a picture file (SVG or PNG) that is there"))
    if settings.bundles.source and (settings.bundles.trusted is None or not settings.bundles.trusted.is_file()):
        allowed = "the file of the trusted keys, since bundles.source is set"
        found.append(("bundles.trusted", settings.bundles.trusted and str(settings.bundles.trusted), allowed))
    if settings.diagnostics.technicians_ca is not None and not settings.diagnostics.technicians_ca.is_file():
        allowed = "the file of the technicians' certificate authority (PEM)"
        found.append(("diagnostics.technicians_ca", str(settings.diagnostics.technicians_ca), allowed))
    found += _unknown_wires(settings)
    return found


def _unknown_wires(settings: Settings) -> list[tuple[str, object, str]]:
    found: list[tuple[str, object, str]] = []
    allowed = "only " + ", ".join(f"${{{name}}}" for name in WIRES)
    for kind in settings.devices.__struct_fields__:
        table = getattr(settings.devices, kind)
        for name in table.__struct_fields__:
            value = getattr(table, name)
            if isinstance(value, str) and not set(_PLACEHOLDER.findall(value)) <= set(WIRES):
                found.append((f"devices.{kind}.{name}", value, f"{allowed} in ${{…}}"))
    return found


_READABLE_CONTRAST: Final = 4.5
"""WCAG 2.2, 1.4.3: text against its ground."""


def _contrast_to_white(colour: str) -> float:
    """Return the contrast ratio of ``#RRGGBB`` to white (WCAG 2.2, relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
