"""One case as a clerk sees it: the form, the materials, why the rules did not decide, the clock, what happened so far.

Reading it is a look at somebody's data: ``ledger.seen`` writes it down for the person, before anything is shown.
Of the form a clerk sees what the item of the case asks; the rest only where they work for all departments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.applications.acts import Clerk
from kiosk.backend.applications.desk import Folder
from kiosk.backend.applications.review import Review
from kiosk.backend.house import House
from kiosk.backend.mandates import Acting, acting
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.registers import Answered, Holder, Pull
from kiosk.backend.storage import schema
from kiosk.backend.transport import kept_route
from kiosk.backend.web.staff import Role, Staff
from kiosk.backend.web.window.claims import Claim, claim_of
from kiosk.backend.web.window.reasoning import elements_of
from kiosk.catalogue import Catalogue, Item, Obtained
from kiosk.catalogue.merging import section_of
from kiosk.contract import (
    Actor,
    ApplicationRequest,
    Case,
    IssuedDocument,
    Obligation,
    Route,
    SuppliedMaterial,
    WireAnswer,
)
from kiosk.forms import Element, from_json, shown
from kiosk.words import Language, Text

_ZH = Language.ZH_HANS
_BACKEND = ("register.", "licence.")
OBTAINED = {
    Obtained.GENERATED: "系统按填写内容生成",
    Obtained.LICENCE: "电子证照代替",
    Obtained.REGISTER: "登记信息代替",
    Obtained.COMMITMENT: "书面承诺代替",
    Obtained.SCAN: "拍照提交",
}
WHO = {Actor.RULES: "系统规则", Actor.PERSON: "工作人员", Actor.APPLICANT: "申请人"}


class AnswerLine(msgspec.Struct, frozen=True, kw_only=True):
    """One answer."""

    element: str
    label: str
    value: str
    origin: str
    """Where it came from, in words."""
    register: str = ""
    """What the register says, where that is something else."""
    decides: bool = False
    """The decision table looks at it."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A section of the form, or one entry of a list in it."""

    title: str
    lines: tuple[AnswerLine, ...]


class MaterialLine(msgspec.Struct, frozen=True, kw_only=True):
    """One material, as it was handed in or not."""

    id: str
    name: str
    how: str
    reference: str = ""
    photograph: str = ""
    """Id of the attachment."""
    later: bool = False
    """容缺: to be handed in later"""
    missing: bool = False
    generated: bool = False


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """Something that stays to be done, with what was handed in for it."""

    obligation: Obligation
    photograph: str = ""
    late: bool = False


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the timeline."""

    at: datetime
    what: str
    who: str
    staff: str
    says: str


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one case."""

    case: Case
    item: Item | None
    application: str
    matter_name: str
    received_at: datetime
    terminal: str
    resident: int
    applicant: str
    document: str
    """Number of the applicant's document."""
    agent: str
    helper: str
    letter: str
    """Attachment with a letter of authority that no register has."""
    mandate: str
    parts: tuple[Part, ...]
    others: tuple[Part, ...]
    """What other items of the application asked; only for who works for all departments."""
    silent: tuple[str, ...]
    """Registers that do not answer now."""
    materials: tuple[MaterialLine, ...]
    review: Review
    """What the rules said."""
    folder: Folder
    timeline: tuple[Happened, ...]
    owed: tuple[Owed, ...]
    documents: tuple[IssuedDocument, ...]
    claim: Claim | None
    route: Route | None
    """Of a permit for a heavy vehicle (大件运输)."""
    siblings: tuple[tuple[str, str, str], ...]
    """Number, item and state of the other cases of the application that they may see."""

    @property
    def differing(self) -> int:
        """How many answers are not as their register has them."""
        return sum(bool(line.register) for part in self.parts for line in part.lines)


class Looking(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked up before a case is shown, and what has to be written into the ledger for it."""

    row: Any
    request: ApplicationRequest
    item: Item | None
    pulls: tuple[Pull, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Values of registers that are shown."""
        return tuple(name for pull in self.pulls for name in pull.names)


def find(connection: Connection, catalogue: Catalogue, staff: Staff, number: str, today: date) -> Looking:
    """Return the case of a number, if it is this clerk's to see.

    Raises:
        RefusedRequestError: ``NOT_FOUND``.
    """
    table, application = schema.case.c, schema.application.c
    row = connection.execute(
        select(
            schema.case,
            application.number.label("application_number"),
            application.matter,
            application.matter_name,
            application.received_at,
            application.terminal,
            application.resident,
            application.applicant,
            application.agent,
            application.agent_name,
            application.helper,
            application.request,
            schema.resident.c.name,
            schema.resident.c.number.label("document_number"),
        )
        .join(schema.application, application.id == table.application)
        .join(schema.resident, schema.resident.c.id == application.resident)
        .where(table.number == number)
    ).one_or_none()
    if row is None or not staff.sees(row.department):
        raise RefusedRequestError(Code.NOT_FOUND)
    request = msgspec.json.decode(row.request, type=ApplicationRequest)
    item = catalogue.items.get(row.item)
    pulls = () if item is None else _pulls(connection, catalogue, row, request, item, today)
    return Looking(row=row, request=request, item=item, pulls=pulls)


def view(
    connection: Connection, house: House, staff: Staff, looking: Looking, told: Answered, now: datetime
) -> CaseView:
    """Return the case; ``told`` is what the registers answered."""
    catalogue = house.catalogue
    row, request, item = looking.row, looking.request, looking.item
    folder = house.desk.folder(connection, clerk_of(staff), row.number)
    mine, others = _parts(catalogue, request, item, told)
    authority = request.authority
    return CaseView(
        case=folder.case,
        item=item,
        application=row.application_number,
        matter_name=msgspec.json.decode(row.matter_name, type=Text).zh_hans,
        received_at=datetime.fromtimestamp(row.received_at, now.tzinfo),
        terminal=row.terminal,
        resident=row.resident,
        applicant=row.applicant or row.name,
        document=row.document_number,
        agent=row.agent_name,
        helper=row.helper,
        letter="" if authority is None else authority.letter,
        mandate="" if authority is None else authority.mandate,
        parts=mine,
        others=() if staff.departments else others,
        silent=told.unavailable,
        materials=tuple(_materials(catalogue, request, item)),
        review=folder.review,
        folder=folder,
        timeline=_timeline(connection, folder),
        owed=_owed(connection, row.id, folder, now),
        documents=folder.documents,
        route=kept_route(connection, row.number),
        claim=claim_of(connection, row.number, now),
        siblings=_siblings(connection, staff, row),
    )


def clerk_of(staff: Staff) -> Clerk:
    """Return a member of staff as the departments' side of cases knows them."""
    departments = frozenset(staff.departments)
    return Clerk(number=staff.number, departments=departments, supervisor=staff.may(Role.SUPERVISOR))


def attachments_of(case: CaseView) -> frozenset[str]:
    """Return the ids of the photographs that are shown with a case: nothing else is told under its number."""
    ids = {each.photograph for each in case.materials} | {each.photograph for each in case.owed} | {case.letter}
    return frozenset(ids - {""})


def _pulls(
    connection: Connection, catalogue: Catalogue, row: Any, request: ApplicationRequest, item: Item, today: date
) -> tuple[Pull, ...]:
    """Return what is asked of the registers: what the answers of this item can be held against."""
    if request.authority is not None and not request.authority.mandate:
        # with a letter that nobody has confirmed no register is asked
        return ()
    holder = Holder(resident=row.resident if row.agent is None else row.agent, terminal="")
    try:
        found: Acting = acting(connection, catalogue, holder, request.authority, [item.id], today)
    except RefusedRequestError:
        # the mandate has run out since
        return ()
    names: dict[Holder, list[str]] = {}
    for need in item.needs:
        for source in catalogue.elements[need.element].known_from:
            if source.startswith(_BACKEND):
                names.setdefault(found.owner(catalogue, source), []).append(source)
    return tuple(
        Pull(
            holder=owner,
            purpose=item.id,
            notice=request.notice,
            names=tuple(dict.fromkeys(wanted)),
            channel="window",
        )
        for owner, wanted in names.items()
    )


def _parts(
    catalogue: Catalogue, request: ApplicationRequest, item: Item | None, told: Answered
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the answers that the item asks, and the others, each by section."""
    wanted = None if item is None else {need.element for need in item.needs}
    looked_at = elements_of(catalogue, item)
    mine: list[Part] = []
    others: list[Part] = []
    for title, answers in _sections(catalogue, request):
        lines = {name: _line(catalogue, name, given, told, looked_at) for name, given in answers.items()}
        own = tuple(line for name, line in lines.items() if wanted is None or name in wanted)
        rest = tuple(line for name, line in lines.items() if wanted is not None and name not in wanted)
        if own:
            mine.append(Part(title=title, lines=own))
        if rest:
            others.append(Part(title=title, lines=rest))
    return tuple(mine), tuple(others)


def _sections(catalogue: Catalogue, request: ApplicationRequest) -> Iterator[tuple[str, dict[str, WireAnswer]]]:
    """Yield the answers by section of the form, in its order; entries of a list one by one."""
    titles = {section.id: section.title.zh_hans for section in catalogue.sections}
    order = {identity: place for place, identity in enumerate(titles)}
    by_section: dict[str, dict[str, WireAnswer]] = {}
    for name, given in request.answers.single.items():
        by_section.setdefault(section_of(name), {})[name] = given
    for section in sorted(by_section, key=lambda each: order.get(each, len(order))):
        yield titles.get(section, "其他"), by_section[section]
    for repeat, entries in request.answers.repeats.items():
        declared = catalogue.repeats.get(repeat)
        for index, entry in enumerate(entries):
            if request.entry is not None and index != request.entry:
                continue
            name = declared.one.zh_hans.replace("{n}", str(index + 1)) if declared else f"{repeat} {index + 1}"
            yield name, dict(entry)


def _line(catalogue: Catalogue, name: str, given: WireAnswer, told: Answered, looked_at: frozenset[str]) -> AnswerLine:
    element = catalogue.elements.get(name)
    if element is None:
        return AnswerLine(element=name, label=name, value=str(given.value), origin=_origin(catalogue, given.origin))
    value = _shown(catalogue, element, given.value)
    known = next((told.known[source] for source in element.known_from if source in told.known), None)
    register = "" if known is None else _shown(catalogue, element, known.value)
    return AnswerLine(
        element=name,
        label=element.title.zh_hans,
        value=value,
        origin=_origin(catalogue, given.origin),
        register=register if register != value else "",
        decides=name in looked_at,
    )


def _shown(catalogue: Catalogue, element: Element, raw: object) -> str:
    value = from_json(element, raw)
    return str(raw) if value is None else shown(element, value, _ZH, catalogue.divisions)


def _origin(catalogue: Catalogue, origin: str) -> str:
    """Return where an answer came from, in words."""
    kind, _, rest = origin.partition(".")
    which = rest.partition(".")[0]
    match kind:
        case "register":
            return catalogue.registers[which].name.zh_hans if which in catalogue.registers else "登记信息"
        case "licence":
            return catalogue.licences[which].name.zh_hans if which in catalogue.licences else "电子证照"
        case "card":
            return "证件读取"
        case _:
            return "本人填写" if origin == "citizen" else "按填写内容得出"


def _materials(catalogue: Catalogue, request: ApplicationRequest, item: Item | None) -> Iterator[MaterialLine]:
    supplied: Mapping[str, SuppliedMaterial] = {each.material: each for each in request.materials}
    ids = list(supplied) if item is None else [use.material for use in item.materials]
    for identity in dict.fromkeys(ids):
        material = catalogue.materials.get(identity)
        name = identity if material is None else material.name.zh_hans
        given = supplied.get(identity)
        if given is not None:
            is_photograph = given.obtained == Obtained.SCAN and not given.deferred
            yield MaterialLine(
                id=identity,
                name=name,
                how="以后补交（容缺）" if given.deferred else _how(given.obtained),
                reference="" if is_photograph or given.deferred else given.reference,
                photograph=given.reference if is_photograph else "",
                later=given.deferred,
                generated=given.obtained == Obtained.GENERATED,
            )
        elif material is not None and Obtained.GENERATED in material.obtained:
            yield MaterialLine(id=identity, name=name, how=OBTAINED[Obtained.GENERATED], generated=True)
        else:
            deferrable = item is not None and any(use.material == identity and use.deferrable for use in item.materials)
            how = "以后补交（容缺）" if deferrable else "没有提交（本次可能不需要）"
            yield MaterialLine(id=identity, name=name, how=how, later=deferrable, missing=True)


def _how(obtained: str) -> str:
    return OBTAINED[Obtained(obtained)] if obtained in set(Obtained) else obtained


def _timeline(connection: Connection, folder: Folder) -> tuple[Happened, ...]:
    """Return what happened, with the names of the staff."""
    table = schema.staff.c
    numbers = {line.staff for line in folder.timeline if line.staff}
    query = select(table.number, table.name).where(table.number.in_(numbers))
    names = {row.number: row.name for row in connection.execute(query)}
    return tuple(
        Happened(
            at=line.at,
            what=line.what,
            who=WHO[Actor(line.who)],
            staff=names.get(line.staff, line.staff),
            says=line.says.zh_hans,
        )
        for line in folder.timeline
    )


def _owed(connection: Connection, case: int, folder: Folder, now: datetime) -> tuple[Owed, ...]:
    table = schema.obligation.c
    query = select(table.kind, table.subject, table.reference).where(
        table.case_id == case, table.obtained == Obtained.SCAN.value
    )
    pictures = {(row.kind, row.subject): row.reference for row in connection.execute(query)}
    return tuple(
        Owed(
            obligation=each,
            photograph=pictures.get((each.kind.value, each.subject), ""),
            late=each.closed_at is None and each.due_on < now.date(),
        )
        for each in folder.obligations
    )


def _siblings(connection: Connection, staff: Staff, row: Any) -> tuple[tuple[str, str, str], ...]:
    table = schema.case.c
    query = (
        select(table.number, table.content, table.department)
        .where(table.application == row.application, table.number != row.number)
        .order_by(table.id)
    )
    return tuple(
        (each.number, case.item_name.zh_hans, case.state.value)
        for each in connection.execute(query)
        if staff.sees(each.department)
        for case in [msgspec.json.decode(each.content, type=Case)]
    )
