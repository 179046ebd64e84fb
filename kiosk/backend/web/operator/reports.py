"""The bureau's report: what is done at the terminals, in sums, as a page and as a table to take along (CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from litestar import Response, get
from litestar.handlers import BaseRouteHandler

from kiosk.backend.bureau.report import FEW, Period, Report, report
from kiosk.backend.http.common import Asked, FromHouse
from kiosk.backend.web.common import Visit, visit
from kiosk.backend.web.operator.charts import columns
from kiosk.backend.web.pages import HEADERS, Html
from kiosk.backend.web.staff import Role

_ROLES = (Role.OPERATOR, Role.SUPERVISOR)
_CSV: Final = "text/csv; charset=utf-8"
_MONTH_DAYS: Final = 30
_BEGIN: Final = date(2020, 1, 1)
"""No terminal of ours is older."""
TOOK = {
    "0-10s": "当场",
    "1-10min": "10 分钟内",
    "2-1h": "1 小时内",
    "3-1d": "1 天内",
    "4-3d": "3 天内",
    "5-7d": "7 天内",
    "6-15d": "15 天内",
    "7-30d": "30 天内",
    "8-more": "30 天以上",
}
OUTCOMES = {"approved": "准予", "refused": "不予许可", "not-accepted": "不予受理"}
LEVELS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
PAGES = {
    "find": "找事项",
    "basket": "自由组合",
    "situation": "情形选择",
    "guide": "办事指南",
    "notice": "告知",
    "document": "放证件",
    "verify": "验证码",
    "fetch": "取已有信息",
    "resume": "继续上次",
    "behalf": "代谁办",
    "confirm": "核对已有信息",
    "tasks": "分节目录",
    "materials": "材料",
    "camera": "拍材料",
    "promise": "承诺",
    "review": "检查",
    "change": "修改",
    "sign": "签名",
    "pay": "缴费",
}


@get("/operator/report", include_in_schema=False)
async def report_page(request: Asked, house: FromHouse) -> Html:
    """Show the report of a period."""
    here = await visit(request, house, *_ROLES)
    made = await _made(here)
    title = "按月" if made.by_month else "按天"
    over_time = [(_short(start, by_month=made.by_month), many) for start, many in made.over_time]
    return here.page(
        "operator/report.html",
        report=made,
        few=FEW,
        number=_number,
        percent=_percent,
        theme_name=lambda theme: _theme_name(here, theme),
        page_name=lambda page: _page_name(here, page),
        over_time=columns(over_time),
        over_time_rows=over_time,
        over_time_title=title,
        by_hour=columns([(f"{hour}时", many) for hour, many in enumerate(made.hours)]),
        took=columns([(TOOK[name], many) for name, many in made.took]),
        took_rows=[(TOOK[name], many) for name, many in made.took],
        outcomes=[(OUTCOMES.get(state, state), many) for state, many in made.outcomes.items()],
        levels=[(LEVELS[level], many) for level, many in made.ratings.items()],
        asked=_asked(made),
    )


@get("/operator/report.csv", include_in_schema=False)
async def report_table(request: Asked, house: FromHouse) -> Response[bytes]:
    """Return the same numbers as a table; UTF-8 with its mark, or spreadsheets take it for something else."""
    here = await visit(request, house, *_ROLES)
    made = await _made(here)
    out = io.StringIO()
    csv.writer(out).writerows(_safe(row) for row in _rows(here, made))
    name = f"report-{made.period.first}-{made.period.last}.csv"
    return Response(
        out.getvalue().encode("utf-8-sig"),
        media_type=_CSV,
        headers={**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'},
    )


HANDLERS: tuple[BaseRouteHandler, ...] = (report_page, report_table)


async def _made(here: Visit) -> Report:
    asked, today = here.request.query_params, here.house.now().date()
    last = max(_BEGIN, min(_day(asked.get("last", "")) or today, today))
    first = _day(asked.get("first", "")) or last - timedelta(days=_MONTH_DAYS - 1)
    first = max(_BEGIN, min(first, last))
    theme, terminal = asked.get("theme", "")[:80], asked.get("terminal", "")[:40]
    period = Period(first=first, last=last)
    return await here.house.database.read(
        lambda connection: report(connection, period, theme=theme, terminal="" if theme else terminal)
    )


def _rows(here: Visit, made: Report) -> Iterator[list[str]]:
    yield ["类别", "名称", "数量", "比例"]
    yield ["期间", f"{made.period.first} 至 {made.period.last}", "", ""]
    totals = {"申请": made.filed, "办件": made.cases, "少填的项": made.questions, "少交的材料": made.materials}
    for name, many in totals.items():
        yield ["合计", name, _number(many), ""]
    yield ["合计", "当场办结", "", _percent(made.at_once)]
    for start, many in made.over_time:
        yield ["按月" if made.by_month else "按天", start.isoformat(), _number(many), ""]
    yield from (["用时", TOOK[name], _number(many), ""] for name, many in made.took)
    yield from (["结果", OUTCOMES.get(state, state), _number(many), ""] for state, many in made.outcomes.items())
    yield from (["评价", LEVELS[level], _number(many), ""] for level, many in made.ratings.items())
    for page in made.pages:
        yield ["到达页面", _page_name(here, page.page), _number(page.reached), ""]
        yield ["在此离开", _page_name(here, page.page), _number(page.left), _percent(page.share)]
    for kind, parts in (("主题", made.themes), ("终端", made.terminals)):
        for part in parts:
            name = _theme_name(here, part.subject) if kind == "主题" else part.subject or "其他"
            yield [kind, name, _number(part.filed), _percent(part.at_once)]


def _safe(row: list[str]) -> list[str]:
    """Return a row that no spreadsheet takes for a formula (CWE-1236)."""
    return [f"'{each}" if each[:1] in "=+-@\t\r" and each else each for each in row]


def _asked(made: Report) -> dict[str, Any]:
    asked = {"first": made.period.first, "last": made.period.last, "theme": made.theme, "terminal": made.terminal}
    return {name: str(value) for name, value in asked.items() if value}


def _theme_name(here: Visit, theme: str) -> str:
    catalogue = here.house.catalogue
    if theme == "basket":
        return "自由组合"
    if not theme:
        return "其他（每个不足 10 件）"
    return catalogue.service(theme).name.zh_hans if catalogue.has_service(theme) else theme


def _page_name(here: Visit, page: str) -> str:
    kind, _, element = page.partition(":")
    if kind == "question" and element:
        known = here.house.catalogue.elements.get(element)
        return f"问题：{known.title.zh_hans if known else element}"
    return PAGES.get(page, page)


def _number(many: int | None) -> str:
    return f"少于 {FEW}" if many is None else str(many)


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"


def _short(start: date, *, by_month: bool) -> str:
    return f"{start:%Y-%m}" if by_month else f"{start.month}-{start.day}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
