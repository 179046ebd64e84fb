"""Looking at one application before anything is decided: is it true, and what do the rules say.

Nothing here can refuse: the rules approve, accept, book or refer to a person. What the terminal claims to know is
compared with what the registers tell the backend itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from kiosk.backend.applications import checks, sentences
from kiosk.backend.applications.dossier import BACKEND_SOURCES, Dossier
from kiosk.backend.registers import Answered
from kiosk.catalogue import Catalogue, DecisionKind, Item, MaterialNeed, Obtained, Outcome, decide
from kiosk.catalogue.merging import elements_in
from kiosk.catalogue.tables import APPROVE
from kiosk.contract import Check
from kiosk.forms import (
    Address,
    Answer,
    Answers,
    Element,
    Value,
    environment,
    from_json,
    holds,
)
from kiosk.words import Language, Text

IDENTITY = "card."
"""Names under which the backend knows the verified person itself: ``card.name``, ``card.number``."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """What is to become of one item. Kept with the case, so that a clerk sees why."""

    outcome: Outcome
    reason: Text
    basis: str = ""
    output: Mapping[str, str | int] = msgspec.field(default_factory=dict)
    explanation: tuple[tuple[str, str], ...] = ()
    """Columns of the table and what each saw."""
    promises: tuple[Text, ...] = ()
    """What the citizen promised instead of proving."""
    deferred: tuple[Text, ...] = ()
    """Names of the materials that are handed in later."""
    deferred_materials: tuple[str, ...] = ()
    """Their ids."""
    place: Text | None = None
    """Where a visit goes."""
    bring: tuple[Text, ...] = ()
    """What to bring to an appointment: the materials that nothing could replace."""
    wished_on: date | None = None
    wished_half: str = ""
    """``morning`` or ``afternoon``"""
    checks: tuple[Check, ...] = ()
    """What was looked at, and how it came out."""


def review(
    catalogue: Catalogue, dossier: Dossier, item: Item, facts: Answered, unconfirmed: Mapping[str, Text], today: date
) -> Review:
    """Return what becomes of ``item``, and what was looked at for it.

    Args:
        catalogue: The catalogue that decides.
        dossier: The application.
        item: One of its items.
        facts: What the registers told the backend.
        unconfirmed: Materials said to be in a register or licence and not found there, by id, with their names.
        today: The day.
    """
    elements = {need.element: catalogue.elements[need.element] for need in item.needs}
    table = catalogue.tables.get(item.table) if item.table else None
    names: set[str] = set()
    if table is not None:
        for column in table.inputs:
            names |= elements_in(column.names, catalogue.types)
    compared = _compare(elements, dossier.own, facts, names)
    found = _reviewed(catalogue, dossier, item, elements, compared, unconfirmed, today)
    _, differing, missing = compared
    told = checks.looked_at(catalogue, dossier, elements, names, facts) + checks.of_materials(dossier, item)
    doubtful = {*differing, *missing, *(name for material, name in unconfirmed.items() if _uses(item, material))}
    decided = found.outcome in (Outcome.APPROVED, Outcome.INSPECTION_BOOKED)
    return msgspec.structs.replace(found, checks=checks.come_out(told, doubtful, decided=decided))


def _reviewed(
    catalogue: Catalogue,
    dossier: Dossier,
    item: Item,
    elements: Mapping[str, Element],
    compared: tuple[Answers, list[Text], list[Text]],
    unconfirmed: Mapping[str, Text],
    today: date,
) -> Review:
    trusted, differing, missing = compared
    table = catalogue.tables.get(item.table) if item.table else None
    deferred = _deferred(dossier, item)
    base = Review(
        outcome=Outcome.ACCEPTED,
        reason=sentences.NO_TABLE,
        promises=_promises(dossier, item),
        deferred=tuple(need.material.name for need in deferred),
        deferred_materials=tuple(need.material.id for need in deferred),
        place=_place(catalogue, elements, dossier.own),
        bring=_bring(dossier, item, unconfirmed, today),
        wished_on=_date_answer(dossier.own, f"{_wishes(item)}.date"),
        wished_half=_text_answer(dossier.own, f"{_wishes(item)}.half_day"),
    )
    at_counter = item.decision is DecisionKind.ON_SITE
    conflict = _conflict(dossier, item)
    if conflict is not None:
        return msgspec.structs.replace(base, outcome=Outcome.REFERRED, reason=conflict)
    if dossier.unproven:
        if at_counter:
            return msgspec.structs.replace(base, outcome=Outcome.BOOKED, reason=sentences.AT_COUNTER)
        return msgspec.structs.replace(base, outcome=Outcome.REFERRED, reason=sentences.LETTER)
    if _is_one_licence_for_several(catalogue, dossier, item):
        return msgspec.structs.replace(base, outcome=Outcome.REFERRED, reason=sentences.SEVERAL)
    lacking = [name for material, name in unconfirmed.items() if _uses(item, material)]
    lacking += _perhaps_needed(dossier, item, today)
    doubt = _doubt(dossier, differing, [*missing, *lacking])
    if doubt is not None and at_counter and dossier.current:
        # the counter sees the papers and the person anyway: a time there helps more than a wait before it
        return msgspec.structs.replace(base, outcome=Outcome.BOOKED, reason=doubt)
    if doubt is not None:
        return msgspec.structs.replace(base, outcome=Outcome.REFERRED, reason=doubt)
    if table is not None:
        per = dossier.matter.per
        values = environment(dossier.matter.form, trusted, today, repeat=per, entry=None if per is None else 0)
        decision = decide(table, values, today)
        approved = decision.decide == APPROVE
        return msgspec.structs.replace(
            base,
            outcome=_approved(item) if approved else Outcome.REFERRED,
            reason=decision.reason,
            basis=decision.basis,
            output=decision.output if approved else {},
            explanation=decision.explanation,
        )
    return _without_table(base, item)


def _without_table(base: Review, item: Item) -> Review:
    match item.decision:
        case DecisionKind.COMMITMENT:
            reason, outcome, basis = sentences.PROMISED, Outcome.APPROVED, "；".join(item.legal_basis)
        case DecisionKind.INSPECTION:
            reason, outcome, basis = sentences.PRE_REVIEWED, Outcome.INSPECTION_BOOKED, ""
        case DecisionKind.STANDARD:
            reason, outcome, basis = sentences.NO_TABLE, Outcome.ACCEPTED, ""
        case DecisionKind.ON_SITE:
            reason, outcome, basis = sentences.AT_COUNTER, item.outcome, ""
        case DecisionKind.INSTANT:
            # nothing says yes: a person does
            reason, outcome, basis = sentences.NO_TABLE, Outcome.REFERRED, ""
    return msgspec.structs.replace(base, outcome=outcome, reason=reason, basis=basis)


def _approved(item: Item) -> Outcome:
    """Return what the approval of its table makes of an item."""
    match item.decision:
        case DecisionKind.INSTANT | DecisionKind.COMMITMENT:
            return Outcome.APPROVED
        case DecisionKind.INSPECTION:
            return Outcome.INSPECTION_BOOKED
        case DecisionKind.STANDARD:
            return Outcome.ACCEPTED
        case DecisionKind.ON_SITE:
            return item.outcome


def _wishes(item: Item) -> str:
    """Return the first part of the elements that say when it suits: of a visit here, or of going there."""
    return "appointment" if item.decision is DecisionKind.ON_SITE else "visit"


def _conflict(dossier: Dossier, item: Item) -> Text | None:
    """Return why ``item`` cannot go with another of the application: the citizen was told, a person sorts it out."""
    for other in dossier.matter.items:
        for related in item.conflicts:
            if related.item == other.id:
                return related.says
        for related in other.conflicts:
            if related.item == item.id:
                return related.says
    return None


def _is_one_licence_for_several(catalogue: Catalogue, dossier: Dossier, item: Item) -> bool:
    """Return whether the licence would speak of one entry where there are several: it would name none of them."""
    kind = catalogue.licences.get(item.result.licence or "")
    several = {repeat for repeat, rows in dossier.own.repeats.items() if len(rows) > 1}
    return kind is not None and any(need.repeat in several and need.element in kind.fields for need in item.needs)


def _doubt(dossier: Dossier, differing: list[Text], missing: list[Text]) -> Text | None:
    if not dossier.current:
        return sentences.OTHER_VERSION
    if differing:
        return sentences.put(sentences.DIFFERS, names=sentences.listed(differing))
    if missing:
        return sentences.put(sentences.UNCONFIRMED, names=sentences.listed(missing))
    return None


def _compare(
    elements: Mapping[str, Element], answers: Answers, facts: Answered, looked_at: set[str]
) -> tuple[Answers, list[Text], list[Text]]:
    """Compare answers with what the registers say.

    A citizen may correct what a register says (a new telephone, a flat they moved to). It goes to a person where the
    answer claims to be the register's, where a person cannot correct it here, or where a rule would decide by it.

    Returns:
        The answers to decide by (facts that nobody can correct here are the register's own), the titles of those that
        differ, and of those that claim a register which does not confirm them.
    """
    single = dict(answers.single)
    differing: list[Text] = []
    missing: list[Text] = []
    for name, element in elements.items():
        answer = single.get(name)
        known = _known(element, facts, answer)
        if answer is None:
            if known is not None and not element.confirm:
                value, source = known
                single[name] = Answer(value=value, origin=source)
            continue
        claimed = answer.origin.startswith(BACKEND_SOURCES)
        if known is None:
            # what a rule decides by and a register could say is unknown while no register says it, whoever claims it
            decides = name in looked_at and any(source.startswith(BACKEND_SOURCES) for source in element.known_from)
            if claimed or decides or (not element.confirm and _only_registers(element)):
                missing.append(element.title)
            continue
        value, source = known
        printed = source.startswith(IDENTITY)  # nobody applies under another number than that of their document
        if value != answer.value and (claimed or printed or not element.confirm or name in looked_at):
            differing.append(element.title)
    # nothing is asked of registers for one entry of a repeat: an entry that claims a register is not confirmed
    for rows in answers.repeats.values():
        missing += [
            elements[name].title
            for row in rows
            for name, answer in row.items()
            if name in elements and answer.origin.startswith(BACKEND_SOURCES)
        ]
    return msgspec.structs.replace(answers, single=single), differing, missing


def _known(element: Element, facts: Answered, answer: Answer | None) -> tuple[Value, str] | None:
    """Return what the backend knows itself, best source first; of a claimed source, that one."""
    claimed = () if answer is None or answer.origin not in facts.known else (answer.origin,)
    for source in (*claimed, *element.known_from):
        known = facts.known.get(source)
        value = None if known is None else from_json(element, known.value)
        if value is not None:
            return value, source
    return None


def _only_registers(element: Element) -> bool:
    """Return whether a citizen is never asked for it: a claimed value that no register confirms proves nothing."""
    return bool(element.known_from) and all(name.startswith(BACKEND_SOURCES) for name in element.known_from)


def _perhaps_needed(dossier: Dossier, item: Item, today: date) -> list[Text]:
    """Return the materials of ``item`` that were not handed in and of which nobody knows whether they are needed."""
    return [
        need.material.name
        for need in dossier.matter.materials
        if need.when is not None
        and not need.deferrable
        and Obtained.GENERATED not in need.material.obtained
        and need.material.id not in dossier.materials
        and _uses(item, need.material.id)
        and holds(dossier.matter.form, need.when, dossier.answers, today) is None
    ]


def _promises(dossier: Dossier, item: Item) -> tuple[Text, ...]:
    promises = [item.promise] if item.decision is DecisionKind.COMMITMENT and item.promise else []
    for need in dossier.matter.materials:
        supplied = dossier.materials.get(need.material.id)
        promised = supplied is not None and supplied.obtained == Obtained.COMMITMENT
        if promised and need.material.promise and _uses(item, need.material.id):
            promises.append(need.material.promise)
    return tuple(dict.fromkeys(promises))


def _deferred(dossier: Dossier, item: Item) -> tuple[MaterialNeed, ...]:
    return tuple(
        need
        for need in dossier.matter.materials
        if need.deferrable
        and _uses(item, need.material.id)
        and (need.material.id not in dossier.materials or dossier.materials[need.material.id].deferred)
    )


def _bring(dossier: Dossier, item: Item, unconfirmed: Mapping[str, Text], today: date) -> tuple[Text, ...]:
    """Return what is to be brought to the counter: what nothing replaced for sure, and is perhaps needed."""
    found = []
    for need in dossier.matter.materials:
        if not _uses(item, need.material.id) or Obtained.GENERATED in need.material.obtained:
            continue
        if need.material.id not in unconfirmed and _is_replaced(dossier, need.material.id):
            continue
        if need.when is None or holds(dossier.matter.form, need.when, dossier.answers, today) is not False:
            found.append(need.material.name)
    return tuple(found)


def _is_replaced(dossier: Dossier, material: str) -> bool:
    """Return whether a promise, a licence or a register stands for ``material``; with a mere letter none was asked."""
    supplied = dossier.materials.get(material)
    if supplied is None or supplied.deferred or supplied.obtained == Obtained.SCAN:
        return False
    return supplied.obtained == Obtained.COMMITMENT or not dossier.unproven


def _uses(item: Item, material: str) -> bool:
    return any(use.material == material for use in item.materials)


def _place(catalogue: Catalogue, elements: Mapping[str, Element], answers: Answers) -> Text | None:
    """Return the address that belongs to the item itself, not to the person or the company's registration."""
    found = [
        answers.single[name].value
        for name in sorted(elements, key=lambda name: name.startswith(("person.", "enterprise.")))
        if name in answers.single and isinstance(answers.single[name].value, Address)
    ]
    for value in found:
        if isinstance(value, Address):
            names = {
                language: "".join((*catalogue.divisions.names(value.division, language), value.detail))
                for language in (Language.ZH_HANS, Language.ZH_HANT)
            }
            english = ", ".join((value.detail, *reversed(catalogue.divisions.names(value.division, Language.EN))))
            return Text(zh_hans=names[Language.ZH_HANS], zh_hant=names[Language.ZH_HANT], en=english)
    return None


def _date_answer(answers: Answers, name: str) -> date | None:
    answer = answers.single.get(name)
    return answer.value if answer is not None and isinstance(answer.value, date) else None


def _text_answer(answers: Answers, name: str) -> str:
    answer = answers.single.get(name)
    return answer.value if answer is not None and isinstance(answer.value, str) else ""
