"""The receipt printer: what its sensors say, and a page with everything that is hard to print."""

from __future__ import annotations

import time
from typing import Final

from drivers.printer.api import Align, Pair, Paper, Proof, ReceiptPrinter, Rule, Slip, Space, TextLine
from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.model import Measure
from kiosk.diagnostics.reaching import driver, print_slip
from kiosk.diagnostics.running import Check, Found
from kiosk.printing.press import DOTS_PER_MM

_STEPS: Final = (Proof.SPOOLED, Proof.SENT, Proof.DRAINED, Proof.TAKEN)
_LEFT: Final = {Paper.OUT: 0, Paper.NEAR_END: 1, Paper.OK: 2}

PAGE: Final = Slip(
    blocks=(
        TextLine(text="打印自检页 · Test page", scale=1.4, bold=True, align=Align.CENTRE),
        Rule(dashed=False),
        TextLine(text="生僻字：䶮 𠮷 㛃 㐂 䲜 𣲘 𬱖", bold=True),
        TextLine(text="标点：，。；：？！“”‘’（）《》【】……——·"),
        TextLine(text="符号：¥ ￥ ① ② ⑩ ℃ × ÷ ≥ ≤ № ㎡"),
        TextLine(text="繁體：臺灣 憑證 審批 領取"),
        TextLine(text="ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789"),
        Rule(),
        Pair(label="左对齐", value="右对齐"),
        Pair(label="合计", value="￥1,234.50", bold=True),
        *(TextLine(text="永" * 12, scale=scale) for scale in (0.7, 1.0, 1.5)),
        Rule(dashed=False),
        TextLine(text="请核对：字迹清晰、横线不断、左右不缺。", align=Align.CENTRE),
        Space(lines=1),
    )
)


async def page(bench: Workbench, say: Say) -> Found:
    """Print the page, and see how far it is proven to have come."""
    printer: ReceiptPrinter = await driver(bench, "printer")
    say(0.1, "look.slip")
    start = time.monotonic()
    await printer.status()
    answered = time.monotonic()
    printed = await print_slip(bench, PAGE)
    took_s = time.monotonic() - answered
    found = [
        measured("printer.answer", (answered - start) * 1000),
        measured("printer.page", took_s),
        measured("printer.proof", _STEPS.index(printed.proof)),
    ]
    if printed.dots:
        found.append(measured("printer.fed", printed.dots / DOTS_PER_MM))
    return Found(measures=tuple(found), reason=printed.trace)


async def sensors(bench: Workbench, say: Say) -> Found:
    """Ask the sensors."""
    printer: ReceiptPrinter = await driver(bench, "printer")
    say(0.1)
    start = time.monotonic()
    status = await printer.status()
    found: tuple[Measure, ...] = (
        measured("printer.answer", (time.monotonic() - start) * 1000),
        measured("printer.paper", _LEFT[status.paper]),
        measured("printer.cover", status.cover_open),
        measured("printer.cutter", status.cutter_error),
    )
    if bench.press is not None and bench.press.left_mm is not None:
        found += (measured("printer.left", bench.press.left_mm / 1000),)
        found += (measured("printer.receipts", bench.press.receipts_left or 0),)
    fault = "printer.fault" if status.fatal_error or not (status.can_print or _explained(status.paper, found)) else ""
    return Found(measures=found, reason=fault)


def _explained(paper: Paper, found: tuple[Measure, ...]) -> bool:
    return paper is Paper.OUT or any(measure.verdict == "fail" for measure in found)


CHECKS: Final[dict[str, Check]] = {"printer.page": page, "printer.sensors": sensors}
