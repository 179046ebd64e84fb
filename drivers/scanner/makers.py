"""What the makers of serial scanners understand: lighting up, going dark, and saying who they are.

Sources, none of them tried on a scanner here:
Honeywell, N3680 and Vuquest user guides, "Menu Command Syntax", "Trigger Commands", "Query Commands" (REVINF).
Newland, FM530 and HR52 user manuals, "Use of Programming Command": ``~ SOH 0000`` storage tag data ``; ETX``, answered
by ``STX SOH 0000`` … ``ACK ; ETX``. That the tag of the trigger is SCNTRG stands in no manual at hand, but in half a
dozen public programs for Newland and the Sunmi terminals built on them; QRYSYS is from a maker's manual not at hand.
Datalogic, host commands of the fixed scanners: E and D.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from drivers.status import Identity


@dataclass(frozen=True, kw_only=True, slots=True)
class Trigger:
    """What makes a scanner light up, stop and tell its version; empty: it has no such command."""

    on: bytes = b""
    off: bytes = b""
    who: bytes = b""
    """Asks who it is; answered by lines of "name: value" that end with an ACK."""
    echo: re.Pattern[bytes] | None = None
    """What it answers to ``on`` and ``off``: no part of any code."""
    maker: str = ""


TRIGGERS: Final = {
    "none": Trigger(),
    "honeywell": Trigger(on=b"\x16T\r", off=b"\x16U\r", who=b"\x16M\rREVINF.", maker="Honeywell"),
    "datalogic": Trigger(on=b"E", off=b"D", maker="Datalogic"),
    "newland": Trigger(
        on=b"~\x010000#SCNTRG1;\x03",
        off=b"~\x010000#SCNTRG0;\x03",
        who=b"~\x010000#QRYSYS;\x03",
        echo=re.compile(rb"\x02\x010000#(?:SCNTRG[01]|QRYSYS[^\x03]*)[\x05\x06\x15];\x03"),
        maker="Newland",
    ),
}
"""By the name in the settings."""

ANSWER_ENDS: Final = (b"\x06", b"\x05", b"\x15")
"""ACK; ENQ: no such command; NAK: not with this value. After the first of them nothing more comes."""
_BELATED: Final = re.compile(rb"(?:REVINF)?(?:[A-Z][A-Za-z /]{2,40}:.*)?\x06?\.?", re.DOTALL)
_LINE: Final = re.compile(r"(Product Name|Serial Number|Software Revision|Firmware Version)\s*:\s*([\x20-\x7e]{1,64})")


def belated(code: bytes) -> bool:
    """Whether these bytes look like a line of an answer, not like a code; ask only while one is owed."""
    return _BELATED.fullmatch(code) is not None


def identity_in(answer: bytes, trigger: Trigger, connection: str) -> Identity:
    """Return who a scanner says it is; any bytes are an answer, what is not understood is left empty."""
    told = {name: value.strip() for name, value in _LINE.findall(answer.decode("ascii", "replace"))}
    return Identity(
        maker=trigger.maker if told else "",
        model=told.get("Product Name", ""),
        serial=told.get("Serial Number", ""),
        firmware=told.get("Software Revision", told.get("Firmware Version", "")),
        connection=connection,
    )
