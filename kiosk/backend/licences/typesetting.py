"""A sheet as a PDF page, before it is sealed; and the seals themselves.

Typst lays out ``sheet.typ`` and ``seal.typ``. What people wrote reaches it as JSON: it is set as text, never as markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import msgspec
import qrcode
from typst import Compiler

from kiosk.backend.licences.sheet import Sheet
from kiosk.forms import shown_date
from kiosk.typesetting import compiler
from kiosk.words import Language, Text

_SHEET, _SEAL = (Path(__file__).with_name(name) for name in ("sheet.typ", "seal.typ"))
_ARCHIVAL: Literal["a-2b"] = "a-2b"
_NOWHERE: Text = Text(zh_hans="", zh_hant="", en="")

_UNTIL = Text(zh_hans="有效期至", zh_hant="有效期至", en="Valid until")
_ISSUED = Text(zh_hans="签发日期", zh_hant="簽發日期", en="Issued on")
_QR_SAYS = "扫码得到签发机关签名的全部内容，不联网也能核验真伪；是否已撤销，以签发机关公布的撤销名单为准。"
_SEALED = "本文件由签发机关加盖电子印章（数字签名，PAdES）：任何改动都会使签名失效，请在阅读软件中查看签名状态。"
_SAMPLE = "示例：本文件由模拟城市“示例市”生成，机关、人员、印章和数字证书均为虚构，不具有任何法律效力。"
_SAMPLE_EN = (
    "SAMPLE: made by a simulated city. Offices, people, seals and certificates are fictitious, of no legal effect."
)


class Typesetter:
    """Draws sheets and seals; one at a time, each in milliseconds once the fonts are open."""

    def __init__(self, *, is_sample: bool) -> None:
        """Open nothing yet.

        Args:
            is_sample: Everything drawn is marked as of a simulated city.
        """
        self._is_sample = is_sample
        self._lock = Lock()
        self._compiler: Compiler | None = None

    def page(self, sheet: Sheet, at: datetime) -> bytes:
        """Return ``sheet`` as PDF/A-2b with its fonts embedded as subsets, not sealed yet."""
        return self._compiled(_SHEET, {"sheet": msgspec.json.encode(self._told(sheet)).decode()}, at, _ARCHIVAL)

    def seal(self, name: str, use: str, at: datetime) -> bytes:
        """Return a round seal as a PDF of its size: ``name`` around the star, ``use`` below it."""
        told = {"name": name, "use": use, "sample": self._is_sample}
        return self._compiled(_SEAL, {"seal": msgspec.json.encode(told).decode()}, at, _ARCHIVAL)

    def _compiled(self, source: Path, inputs: dict[str, str], at: datetime, standard: Literal["a-2b"]) -> bytes:
        with self._lock:
            if self._compiler is None:
                self._compiler = compiler(source.parent)
            made = self._compiler.compile(
                input=str(source), sys_inputs=inputs, pdf_standards=[standard], timestamp=int(at.timestamp())
            )
        if not isinstance(made, bytes):
            raise TypeError("a sheet is one file")
        return made

    def _told(self, sheet: Sheet) -> dict[str, Any]:
        """Return what the template reads."""
        second = sheet.second if sheet.second not in {None, Language.ZH_HANS} else None

        def other(text: Text | None) -> str:
            return "" if second is None or text is None else text.in_(second)

        dated = [(_ISSUED, shown_date(sheet.issued_on, Language.ZH_HANS))]
        if sheet.validity:
            dated.append((_UNTIL, sheet.validity))
        lines = sheet.lines
        return {
            "second": second.value if second else "",
            "sample": self._is_sample,
            "stamp": sheet.stamp,
            "issuer": sheet.issuer_name.zh_hans,
            "issuer_second": other(sheet.issuer_name),
            "title": sheet.title.zh_hans,
            "title_second": other(sheet.title),
            "number": sheet.number,
            "fields": [
                {"label": label.zh_hans, "second": other(label), "value": value}
                for label, value in (*sheet.fields, *dated)
            ],
            "lines": {
                "head": [{"label": head.zh_hans, "second": other(head)} for head in lines.head] if lines else [],
                "rows": lines.rows if lines else [],
            },
            "issued_on": shown_date(sheet.issued_on, Language.ZH_HANS),
            "says": (sheet.says or _NOWHERE).zh_hans,
            "says_second": other(sheet.says),
            "qr": code_svg(sheet.qr) if sheet.qr else "",
            "qr_says": _QR_SAYS,
            "footer": [_SEALED, *((_SAMPLE, _SAMPLE_EN) if self._is_sample else ())],
        }


def code_svg(text: str) -> str:
    """Return the QR code of ``text`` (level M) as SVG: one bar a run of dark modules, a white border of four."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h{width}v1h-{width}z" for y, row in enumerate(rows) for x, width in _runs(row))
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path fill="#000" d="{path}"/></svg>'
    )


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield where each run of dark modules begins, and how long it is."""
    start = 0
    for is_dark, run in groupby(row):
        width = len(list(run))
        if is_dark:
            yield start, width
        start += width
