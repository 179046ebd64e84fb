"""The ledger (谁用了我的数据): every look at a person's data is written down, and the person can read it.

Rows are written before anybody is asked, and never changed: the database refuses (migration 0004).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from kiosk.backend.registers.registers import Pull
from kiosk.backend.storage import schema
from kiosk.catalogue import BASKET, Catalogue, Material
from kiosk.contract import LedgerEntry, LedgerPage, LedgerSource, Looked, LookerKind
from kiosk.words import Text

LOOK_AGAIN_S = 600
"""A clerk who looks at the same case again within this time has not looked twice."""

CASE_PARTS = ("case.form", "case.materials", "case.reasoning")
"""What a clerk sees of a case at the window."""

_CASE = Text(zh_hans="您提交的申请", zh_hant="您提交的申請", en="The application you filed")
_PARTS = {
    "case.form": Text(zh_hans="填写的内容", zh_hant="填寫的內容", en="What you filled in"),
    "case.materials": Text(zh_hans="提交的材料", zh_hant="提交的材料", en="The materials you handed in"),
    "case.reasoning": Text(
        zh_hans="系统核对的结果", zh_hant="系統核對的結果", en="What the rules found when they checked it"
    ),
}
LICENCES_SHOWN = "licences"
"""Purpose of showing a person a licence of theirs; no matter of the catalogue."""
_MATTERS = {
    BASKET: Text(zh_hans="自由组合办理", zh_hant="自由組合辦理", en="Services put together freely"),
    LICENCES_SHOWN: Text(zh_hans="查看我的证照", zh_hant="查看我的證照", en="Looking at my licences"),
    "fees": Text(zh_hans="核对收费减免", zh_hant="核對收費減免", en="Looking whether a fee is less"),
    "entitlements": Text(
        zh_hans="查找能享受的政策", zh_hant="查找能享受的政策", en="Looking for what you are entitled to"
    ),
}
_SELF = Text(
    zh_hans="您本人，在终端 {terminal} 上", zh_hant="您本人，在終端 {terminal} 上", en="You, at terminal {terminal}"
)
_HELPED = Text(
    zh_hans="您本人，在终端 {terminal} 上，帮办人员 {helper} 在旁",
    zh_hant="您本人，在終端 {terminal} 上，幫辦人員 {helper} 在旁",
    en="You, at terminal {terminal}, with helper {helper} beside you",
)
_AGENT = Text(
    zh_hans="为您代办的 {name}，在终端 {terminal} 上",
    zh_hant="為您代辦的 {name}，在終端 {terminal} 上",
    en="{name}, who acts for you, at terminal {terminal}",
)
_CLERK = Text(
    zh_hans="窗口工作人员 {clerk}（{department}）",
    zh_hant="窗口工作人員 {clerk}（{department}）",
    en="Clerk {clerk} at the window ({department})",
)
_RULES = Text(
    zh_hans="政务服务系统自动核对，没有人查看",
    zh_hant="政務服務系統自動核對，沒有人查看",
    en="The rules checked it by themselves; no person looked",
)
_WHOLE = Text(zh_hans="整张证照", zh_hant="整張證照", en="The whole licence")
_BY_RULES = frozenset({"submission", "entitlements"})


def record(connection: Connection, pull: Pull, at: datetime) -> None:
    """Write ``pull`` into the ledger that its holder can read."""
    _write(
        connection,
        resident=pull.holder.resident,
        at=at.timestamp(),
        purpose=pull.purpose,
        notice=pull.notice,
        names=pull.names,
        terminal=pull.holder.terminal,
        channel=pull.channel,
        items=pull.items,
        agent=pull.holder.agent,
        helper=pull.holder.helper,
    )


def seen(
    connection: Connection,
    resident: int,
    clerk: str,
    case: str,
    *,
    department: str,
    matter: str,
    now: datetime,
    names: tuple[str, ...] = CASE_PARTS,
    notice: str = "",
) -> bool:
    """Write down that a clerk looks at a case; in the caller's transaction, before anything is shown.

    Args:
        connection: A transaction that writes.
        resident: Whose case it is.
        clerk: Staff number.
        case: Number of the case or the application.
        department: The clerk's.
        matter: Id of the item or one-thing.
        now: When.
        names: What is shown: of ``CASE_PARTS``, and ``register.…`` or ``licence.…`` where such values are shown, too.
        notice: Version of the notice it was filed under.

    Returns:
        Whether a row was written: a page that is loaded again is no second look.
    """
    table = schema.ledger.c
    last = connection.execute(
        select(table.at, table.names)
        .where(table.resident == resident, table.clerk == clerk, table.case_number == case)
        .order_by(table.id.desc())
        .limit(1)
    ).one_or_none()
    kept = set() if last is None else set(msgspec.json.decode(last.names, type=list[str]))
    if last is not None and now.timestamp() - last.at < LOOK_AGAIN_S and kept >= set(names):
        return False
    _write(
        connection,
        resident=resident,
        at=now.timestamp(),
        purpose=matter,
        notice=notice,
        names=names,
        terminal="",
        channel=Looked.WINDOW.value,
        items=(),
        clerk=clerk,
        department=department,
        case_number=case,
    )
    return True


def page(
    connection: Connection, catalogue: Catalogue, resident: int, zone: tzinfo | None, *, before: int | None, limit: int
) -> LedgerPage:
    """Return who looked at what ``resident`` is concerned by, newest first.

    Args:
        connection: To look with.
        catalogue: Has the words.
        resident: The person it concerns; of an enterprise, its legal representative.
        zone: Of the moments.
        before: Only rows older than this one.
        limit: At most as many.
    """
    table, agent = schema.ledger, schema.resident.alias("agent")
    query = select(table, agent.c.name.label("agent_name")).outerjoin(agent, agent.c.id == table.c.agent)
    query = query.where(table.c.resident == resident)
    if before is not None:
        query = query.where(table.c.id < before)
    rows = connection.execute(query.order_by(table.c.id.desc()).limit(limit + 1)).all()
    entries = tuple(_Told(catalogue, row, zone).entry() for row in rows[:limit])
    return LedgerPage(entries=entries, next=entries[-1].id if len(rows) > limit else "")


class _Told:
    """One row in words."""

    def __init__(self, catalogue: Catalogue, row: Any, zone: tzinfo | None) -> None:
        self._catalogue = catalogue
        self._row = row
        self._zone = zone

    def entry(self) -> LedgerEntry:
        row = self._row
        names: list[str] = msgspec.json.decode(row.names, type=list[str])
        items: list[str] = msgspec.json.decode(row.items, type=list[str])
        department = self._catalogue.departments.get(row.department)
        looked = Looked(row.channel) if row.channel in set(Looked) else Looked.OTHER
        by, who = self._who(department.name if department else None)
        return LedgerEntry(
            id=str(row.id),
            at=datetime.fromtimestamp(row.at, self._zone),
            looked=looked,
            by=by,
            who=who,
            department_name=department.name if department else None,
            terminal=row.terminal,
            helper=row.helper,
            matter=row.purpose,
            matter_name=self._matter(row.purpose),
            item_names=tuple(self._matter(item) for item in items),
            case=row.case_number,
            sources=tuple(self._sources(names)),
            notice=row.notice,
        )

    def _who(self, department: Text | None) -> tuple[LookerKind, Text]:
        row = self._row
        if row.clerk:
            unknown = _same(row.department or "—")
            return LookerKind.CLERK, _each(_CLERK, {"clerk": _same(row.clerk), "department": department or unknown})
        if row.channel in _BY_RULES:
            return LookerKind.DEPARTMENT, _RULES
        if row.agent is not None:
            name = row.agent_name[:1] + "*" * (len(row.agent_name) - 1)
            return LookerKind.AGENT, _AGENT.filled(name=name, terminal=row.terminal)
        if row.helper:
            return LookerKind.SELF, _HELPED.filled(terminal=row.terminal, helper=row.helper)
        return LookerKind.SELF, _SELF.filled(terminal=row.terminal)

    def _matter(self, matter: str) -> Text:
        """Return the name of a one-thing or an item; what has left the catalogue by its id."""
        if matter in _MATTERS:
            return _MATTERS[matter]
        found = self._catalogue.one_things.get(matter) or self._catalogue.items.get(matter)
        return _same(matter) if found is None else found.name

    def _sources(self, names: Iterable[str]) -> Iterable[LedgerSource]:
        by_source: dict[str, list[Text]] = {}
        for name in names:
            for source, title in self._named(name):
                titles = by_source.setdefault(source, [])
                if title not in titles:
                    titles.append(title)
        for source, titles in by_source.items():
            words, keeper = self._source(source)
            department = self._catalogue.departments.get(keeper)
            yield LedgerSource(
                source=source,
                name=words,
                department_name=department.name if department else None,
                elements=tuple(titles),
            )

    def _named(self, name: str) -> Iterable[tuple[str, Text]]:
        """Yield source and words of a name: of a value, of a material that something replaces, of a part of a case."""
        if name in _PARTS:
            yield "case", _PARTS[name]
        elif name.startswith(("register.", "licence.")) and name.count(".") > 1:
            source, _, field = name.rpartition(".")
            yield source, self._element(name, source, field)
        elif (material := self._catalogue.materials.get(name)) is not None:
            yield from ((source, material.name) for source in _of(material))
        elif name.startswith("licence."):
            yield name, _WHOLE
        else:
            yield name, _same(name)

    def _element(self, name: str, source: str, field: str) -> Text:
        found = next((each for each in self._catalogue.elements.values() if name in each.known_from), None)
        if found is not None:
            return found.title
        licence = self._catalogue.licences.get(source.removeprefix("licence."))
        return licence.fields.get(field, _same(field)) if licence is not None else _same(field)

    def _source(self, source: str) -> tuple[Text, str]:
        """Return the words of a source, and the id of the department that keeps it."""
        kind, _, which = source.partition(".")
        if source == "case":
            return _CASE, self._row.department
        if kind == "register" and (register := self._catalogue.registers.get(which)) is not None:
            return register.name, register.department or ""
        if kind == "licence" and (licence := self._catalogue.licences.get(which)) is not None:
            return licence.name, licence.issuer
        return _same(source), ""


def _of(material: Material) -> Iterable[str]:
    """Yield the sources that may replace a material."""
    if material.licence:
        yield f"licence.{material.licence}"
    if material.register:
        yield f"register.{material.register}"


_ROW = insert(schema.ledger)


def _write(connection: Connection, *, names: tuple[str, ...], items: tuple[str, ...], **values: Any) -> None:
    lists = {"names": msgspec.json.encode(names).decode(), "items": msgspec.json.encode(items).decode()}
    connection.execute(_ROW, {**values, **lists})


def _each(text: Text, values: dict[str, Text]) -> Text:
    """Return ``text`` with texts filled in, each in its own language."""
    return Text(
        zh_hans=text.zh_hans.format_map({name: value.zh_hans for name, value in values.items()}),
        zh_hant=text.zh_hant.format_map({name: value.zh_hant for name, value in values.items()}),
        en=text.en.format_map({name: value.en for name, value in values.items()}),
    )


def _same(text: str) -> Text:
    return Text(zh_hans=text, zh_hant=text, en=text)
