"""The readiness report on paper: as a slip for the terminal's own printer, as a PDF page for the file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from drivers.printer.api import Align, Block, Pair, Qr, Rule, Slip, Space, TextLine
from kiosk.diagnostics.model import DeviceStatus, Measure, Report, Verdict
from kiosk.diagnostics.report import Signed, digest
from kiosk.diagnostics.words import Words
from kiosk.typesetting import compiler

if TYPE_CHECKING:
    # named, not used: opening the fonts of a page takes a moment that no terminal without a report spends
    from typst import Compiler

_TEMPLATE: Final = Path(__file__).with_name("report.typ")
_MOST_ON_SLIP: Final = 8
"""Reasons on a slip; the whole is in the file."""
_LARGE: Final = 1000
"""From here on digits behind the point say nothing."""
_CLOCK: Final = "%Y-%m-%d %H:%M:%S"


def slip(signed: Signed, words: Words) -> Slip:
    """Return a report as a slip."""
    report = signed.statement.report
    blocks: list[Block] = [
        TextLine(text=words.label("report"), scale=1.3, bold=True, align=Align.CENTRE),
        TextLine(text=words.label(report.verdict.value), scale=1.8, bold=True, align=Align.CENTRE),
        Rule(dashed=False),
        Pair(label=words.label("terminal"), value=report.terminal),
        Pair(label=words.label("place"), value=report.place),
        Pair(label=words.label("made"), value=report.made.strftime(_CLOCK)),
        Pair(label=words.label("operator"), value=report.operator),
        Rule(),
        *(Pair(label=words.label(each.kind), value=words.label(each.state.value)) for each in report.devices),
    ]
    if report.reasons:
        blocks += [Rule(), TextLine(text=words.label("reasons"), bold=True)]
    for number, reason in enumerate(report.reasons[:_MOST_ON_SLIP], 1):
        blocks.append(TextLine(text=f"{number}. {about(reason.about, words)}: {words.why(reason.code)}", scale=0.85))
        blocks.append(TextLine(text=f"→ {words.remedy(reason.code)}", scale=0.85))
    if len(report.reasons) > _MOST_ON_SLIP:
        blocks.append(TextLine(text=f"+ {len(report.reasons) - _MOST_ON_SLIP}", align=Align.CENTRE))
    blocks += [Rule(), Qr(payload=signed.code), Space(lines=0.5)]
    return Slip(blocks=tuple(blocks), language=words.language.value)


def page(signed: Signed, words: Words) -> bytes:
    """Return a report as PDF/A-2b. Blocks for some tenths of a second, the first time for its fonts as well."""
    told = msgspec.json.encode(_told(signed, words)).decode()
    made = _compiler().compile(
        input=str(_TEMPLATE),
        sys_inputs={"report": told},
        pdf_standards=["a-2b"],
        timestamp=int(signed.statement.report.made.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("a report is one file")
    return made


def measure(found: Measure, words: Words) -> str:
    """Return a measure as it is read: its name, value, and the limits that decided."""
    limits: tuple[tuple[str, float | None], ...] = (("not-below", found.at_least), ("not-above", found.at_most))
    if found.verdict is Verdict.WARN:
        limits = (("better-above", found.warn_at_least), ("better-below", found.warn_at_most))
    told = [f"{words.label(name)} {_number(limit)}" for name, limit in limits if limit is not None]
    value = f"{_number(found.value)} {words.unit(found.unit)}".strip()
    return f"{words.measure(found.name)} {value}" + (f" ({', '.join(told)})" if told else "")


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:.4g}"


@cache
def _compiler() -> Compiler:
    return compiler(_TEMPLATE.parent)


def _told(signed: Signed, words: Words) -> dict[str, Any]:
    """Return what the template reads."""
    report = signed.statement.report
    keys = ("report", "terminal", "place", "made", "operator", "device", "state", "identity", "counters", "test")
    more = ("verdict", "measures", "reasons", "versions", "hash", "signed-by", "verify", "decisive")
    return {
        "language": words.language.value,
        "labels": {key: words.label(key) for key in (*keys, *more)},
        "verdict": report.verdict.value,
        "verdict_says": words.label(report.verdict.value),
        "head": {
            "terminal": report.terminal,
            "place": report.place,
            "made": report.made.strftime(f"{_CLOCK} %z"),
            "operator": report.operator,
        },
        "reasons": [
            {
                "about": about(reason.about, words),
                "says": words.why(reason.code),
                "remedy": words.remedy(reason.code),
                "decisive": reason.decisive,
            }
            for reason in report.reasons
        ],
        "devices": [_device(each, words) for each in report.devices],
        "results": _results(report, words),
        "versions": ", ".join(f"{name} {version}" for name, version in sorted(report.versions.items())),
        "digest": digest(signed.statement),
        "key": signed.key,
        "qr": code_svg(signed.code),
    }


def _device(status: DeviceStatus, words: Words) -> dict[str, str]:
    who, counted = status.identity, status.counters
    return {
        "kind": words.label(status.kind),
        "state": words.label(status.state.value),
        "cause": words.why(status.cause) if status.cause else "",
        "identity": " ".join(part for part in (who.maker, who.model, who.serial, who.firmware) if part),
        "connection": who.connection,
        "counters": f"{counted.opened} / {counted.lost} / {counted.done} / {counted.failed}",
    }


def _results(report: Report, words: Words) -> list[dict[str, Any]]:
    return [
        {
            "test": f"{words.label(result.device)} · {words.test(result.test)}",
            "verdict": words.label(result.verdict.value),
            "bad": result.verdict is Verdict.FAIL,
            "made": result.began.strftime(_CLOCK),
            "measures": "; ".join(measure(each, words) for each in result.measures)
            or (words.why(result.reason) if result.reason else ""),
        }
        for result in report.results
    ]


def about(subject: str, words: Words) -> str:
    """Return the name of a device or of a test."""
    name = words.label(subject)
    return name if name != subject else words.test(subject)


def code_svg(text: str) -> str:
    """Return the QR code of ``text`` (level M) as SVG, with its white border."""
    import qrcode
    from qrcode.image.svg import SvgPathFillImage

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    drawn: bytes = code.make_image(image_factory=SvgPathFillImage).to_string()
    return drawn.decode()
