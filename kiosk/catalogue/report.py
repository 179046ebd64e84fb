"""``kiosk catalogue report``: what each one-thing spares its typical resident, the worst first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.examples import filing, is_replaced
from kiosk.catalogue.model import Saving
from kiosk.words import Language, Text


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One one-thing, for its first example."""

    id: str
    name: Text
    items: int
    """Items that this resident files."""
    guided: int
    """Items that are only explained."""
    saving: Saving
    fields_less: float | None
    """Share of the fields that need not be filled in; ``None`` where the guides have none."""
    materials_less: float | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All one-things, the worst first, and their sums."""

    version: str
    lines: tuple[Line, ...]
    total: Saving
    fields_less: float | None
    materials_less: float | None


def report(catalogue: Catalogue, today: date) -> Report:
    """Return what the one-things spare their typical residents: in all registers, with the licences people hold."""
    lines = [_line(catalogue, identity, today) for identity in catalogue.one_things]
    lines.sort(key=_merit)
    total = Saving(
        **{name: sum(getattr(line.saving, name) for line in lines) for name in Saving.__struct_fields__},
    )
    return Report(
        version=catalogue.version,
        lines=tuple(lines),
        total=total,
        fields_less=_less(total.fields_before, total.fields_asked),
        materials_less=_less(total.materials_before, total.materials_asked),
    )


def _line(catalogue: Catalogue, identity: str, today: date) -> Line:
    theme = catalogue.one_things[identity]
    filed = filing(catalogue, identity, theme.examples[0], today)
    replaced = [need.material.id for need in filed.matter.materials if is_replaced(need.material, catalogue.licences)]
    saved = catalogue.saving(filed.matter, filed.answers, (), replaced)
    return Line(
        id=identity,
        name=theme.name,
        items=len(filed.matter.items),
        guided=len(filed.matter.guided),
        saving=saved,
        fields_less=_less(saved.fields_before, saved.fields_asked),
        materials_less=_less(saved.materials_before, saved.materials_asked),
    )


def _less(before: int, asked: int) -> float | None:
    return None if before == 0 else round(1 - asked / before, 4)


def _merit(line: Line) -> tuple[float, float]:
    shares = [share for share in (line.fields_less, line.materials_less) if share is not None]
    return (min(shares), sum(shares)) if shares else (2.0, 2.0)


_HEADS: Final = Text(
    zh_hans="一件事|事项|填报项 原|现|已知|少填|材料 原|现|免交|共用|少交",
    zh_hant="一件事|事項|填報項 原|現|已知|少填|材料 原|現|免交|共用|少交",
    en="one-thing|items|fields|asked|known|less|materials|asked|replaced|shared|less",
)
_TOTAL: Final = Text(zh_hans="合计", zh_hant="合計", en="total")


def table(found: Report, language: Language) -> str:
    """Return the report as a table in plain text."""
    rows = [_HEADS.in_(language).split("|")]
    rows += [
        _row(
            f"{line.name.in_(language)} ({line.id})",
            str(line.items),
            line.saving,
            line.fields_less,
            line.materials_less,
        )
        for line in found.lines
    ]
    items = str(sum(line.items for line in found.lines))
    rows.append(_row(_TOTAL.in_(language), items, found.total, found.fields_less, found.materials_less))
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "".join(f"{_joined(row, widths)}\n" for row in rows)


def _row(name: str, items: str, saved: Saving, fields: float | None, materials: float | None) -> list[str]:
    return [
        name,
        items,
        str(saved.fields_before),
        str(saved.fields_asked),
        str(saved.fields_known),
        _percent(fields),
        str(saved.materials_before),
        str(saved.materials_asked),
        str(saved.materials_replaced),
        str(saved.materials_shared),
        _percent(materials),
    ]


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _joined(row: Iterable[str], widths: Iterable[int]) -> str:
    (name, width), *numbers = zip(row, widths, strict=True)
    cells = [name + " " * (width - _width(name))]
    cells += [" " * (width - _width(text)) + text for text, width in numbers]
    return "  ".join(cells)


def _width(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
