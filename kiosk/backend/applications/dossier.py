"""One application as it came: read by the form engine, complete, or refused with a pointer to every mistake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from kiosk.backend.facts import ITEMS_MOST
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.catalogue import BASKET, Catalogue, Matter, Obtained
from kiosk.contract import ApplicationRequest, ProblemError, SuppliedMaterial
from kiosk.forms import (
    Answer,
    Answers,
    InvalidAnswers,
    Question,
    counting,
    from_json,
    from_wire,
    holds,
    validate,
)
from kiosk.words import Language

BACKEND_SOURCES = ("register.", "licence.")
"""What the backend asks itself."""


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """One application, read and complete; for one entry where a matter is applied for entry by entry."""

    matter: Matter
    answers: Answers
    """What counts, of every entry: what is kept."""
    own: Answers
    """The same with only the entry this application is for: what is decided."""
    materials: Mapping[str, SuppliedMaterial]
    current: bool
    """It was answered under the catalogue that decides now."""
    unproven: bool = False
    """An agent applies with a letter that nobody has confirmed: no register is asked before."""


def read(catalogue: Catalogue, request: ApplicationRequest, today: date, *, confirmed: bool = False) -> Dossier:
    """Return the application that ``request`` makes; one that was only ``confirmed`` is not signed.

    Raises:
        RefusedRequestError: ``PURPOSE_UNKNOWN``, ``APPLICATION_VERSION`` or ``APPLICATION_INVALID`` with a pointer to
            every mistake.
    """
    current = request.catalogue_version == catalogue.version
    language = _language(request.language)
    matter = _matter(catalogue, request, today)
    errors: list[ProblemError] = []
    if matter is None:
        raise _invalid(current, [ProblemError(detail="Not the items of this matter", pointer="/items")])
    try:
        answers = from_wire(matter.form, request.answers, language=language)
    except InvalidAnswers as invalid:
        raise _invalid(current, list(invalid.errors)) from invalid
    errors.extend(validate(matter.form, answers, today, catalogue.divisions, language=language))
    if not matter.items or not _are_the_items(matter, request.items):
        errors.append(ProblemError(detail="Not the items of this matter in this situation", pointer="/items"))
    answers = counting(matter.form, answers, today)
    entries = answers.repeats.get(matter.per, ()) if matter.per else ()
    if matter.per is None and request.entry is not None:
        errors.append(ProblemError(detail="This matter has no entries", pointer="/entry"))
    if matter.per is not None and not (request.entry is not None and 0 <= request.entry < len(entries)):
        errors.append(ProblemError(detail="Which entry is this application for?", pointer="/entry"))
    signed = confirmed or request.confirmed or any(stroke.points for stroke in request.signature)
    if not signed and any(item.kind != "query-and-print" for item in matter.items):
        errors.append(ProblemError(detail="An application is signed", pointer="/signature"))
    materials, found = _materials(matter, request, answers, today)
    errors.extend(found)
    if errors:
        raise _invalid(current, errors)
    own = answers
    if matter.per is not None and request.entry is not None:
        own = msgspec.structs.replace(answers, repeats={**answers.repeats, matter.per: (entries[request.entry],)})
    return Dossier(matter=matter, answers=answers, own=own, materials=materials, current=current)


def _are_the_items(matter: Matter, named: tuple[str, ...]) -> bool:
    """Return whether ``named`` are the items filed, each once; guided ones, which make no case, may be named too."""
    filed = set(named) - {item.id for item in matter.guided}
    return filed == {item.id for item in matter.items} and len(named) == len(set(named))


def wanted_names(dossier: Dossier) -> tuple[str, ...]:
    """Return what the backend asks of registers itself, to compare with what came."""
    return tuple(
        dict.fromkeys(
            name
            for page in dossier.matter.form.pages
            if isinstance(page, Question)
            for name in page.element.known_from
            if name.startswith(BACKEND_SOURCES)
        )
    )


def _matter(catalogue: Catalogue, request: ApplicationRequest, today: date) -> Matter | None:
    if request.matter == BASKET:
        return _basket(catalogue, request, today)
    theme = catalogue.one_things.get(request.matter)
    if theme is None and request.matter not in catalogue.items:
        raise RefusedRequestError(Code.PURPOSE_UNKNOWN)
    situation: dict[str, Answer] = {}
    for name in theme.situation if theme else ():
        given = request.answers.single.get(name)
        value = None if given is None else from_json(catalogue.elements[name], given.value)
        if value is not None:
            situation[name] = Answer(value=value)
    try:
        return catalogue.matter(request.matter, Answers(single=situation), today)
    except (KeyError, ValueError):
        return None


def _basket(catalogue: Catalogue, request: ApplicationRequest, today: date) -> Matter | None:
    """Return the free combination of exactly the items that are named."""
    if not 0 < len(request.items) <= ITEMS_MOST:
        return None
    try:
        return catalogue.merged(BASKET, request.items, today)
    except (KeyError, ValueError):
        return None


def _materials(
    matter: Matter, request: ApplicationRequest, answers: Answers, today: date
) -> tuple[dict[str, SuppliedMaterial], list[ProblemError]]:
    """Return the materials that count, and what is wrong with them: nothing missing, nothing handed in wrongly."""
    supplied: dict[str, SuppliedMaterial] = {}
    errors: list[ProblemError] = []
    needs = {need.material.id: need for need in matter.materials}
    for index, material in enumerate(request.materials):
        need = needs.get(material.material)
        if need is None or material.material in supplied:
            errors.append(ProblemError(detail="Not a material of this matter", pointer=pointer("materials", index)))
            continue
        supplied[material.material] = material
        if material.deferred:
            if not need.deferrable:
                errors.append(
                    ProblemError(detail="It cannot be handed in later", pointer=pointer("materials", index, "deferred"))
                )
        elif material.obtained not in {way.value for way in need.material.obtained}:
            errors.append(
                ProblemError(detail="It is not obtained that way", pointer=pointer("materials", index, "obtained"))
            )
        elif material.obtained == Obtained.SCAN and not material.reference:
            errors.append(
                ProblemError(detail="Which attachment is it?", pointer=pointer("materials", index, "reference"))
            )
    for need in matter.materials:
        wanted = True if need.when is None else holds(matter.form, need.when, answers, today)
        if need.material.id in supplied:
            continue
        # made by us from the answers: nobody has to hand it in
        generated = Obtained.GENERATED in need.material.obtained
        if wanted is True and not need.deferrable and not generated:
            errors.append(ProblemError(detail=need.material.name.zh_hans, pointer="/materials"))
    return supplied, errors


def _language(tag: str) -> Language:
    return Language(tag) if tag in set(Language) else Language.ZH_HANS


def _invalid(current: bool, errors: Iterable[ProblemError]) -> RefusedRequestError:
    code = Code.APPLICATION_INVALID if current else Code.APPLICATION_VERSION
    return RefusedRequestError(code, errors=tuple(errors))
