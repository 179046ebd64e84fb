"""A draft of yesterday under the catalogue of today: what still fits is taken over, what does not is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec
from sqlalchemy import Connection

from kiosk.backend.attachments import belong
from kiosk.backend.problems import pointer
from kiosk.catalogue import BASKET, Catalogue, Matter, Obtained
from kiosk.contract import AskAgain, DraftRequest, SuppliedMaterial, WireAnswer, WireAnswers
from kiosk.forms import Answer, Answers, Element, Entry, Form, PageRef, Value, check, from_json
from kiosk.forms.rules import malformed
from kiosk.words import Text

_GONE = Text(
    zh_hans="这个事项现在不在这里办理了。",
    zh_hant="這個事項現在不在這裡辦理了。",
    en="This item is not offered here any more.",
)
_HAND_IN = Text(
    zh_hans="材料的要求有变化，请重新提供。",
    zh_hant="材料的要求有變化，請重新提供。",
    en="What is wanted has changed; please provide it again.",
)
_LOOK_UP = Text(
    zh_hans="这项信息的来源有变化，请重新确认。",
    zh_hant="這項資訊的來源有變化，請重新確認。",
    en="It is known from elsewhere now; please confirm it again.",
)
_CITIZEN = "citizen"


class Fitted(msgspec.Struct, frozen=True, kw_only=True):
    """What of a draft fits."""

    matter: Matter
    items: tuple[str, ...]
    answers: WireAnswers
    materials: tuple[SuppliedMaterial, ...]
    again: tuple[AskAgain, ...]


def fit(connection: Connection, catalogue: Catalogue, resident: int, kept: DraftRequest, today: date) -> Fitted | None:
    """Return what of ``kept`` fits ``catalogue``; ``None`` when nothing of its matter is left.

    Answers to elements that the chosen items do not ask stay, for they may be asked again; facts of registers and
    computed answers do not, for they are fetched and worked out anew.
    """
    again: list[AskAgain] = []
    matter = _matter(catalogue, kept, today, again)
    if matter is None:
        return None
    reader = _Reader(catalogue, matter.form, kept.answers, today, again)
    answers = reader.read()
    materials = []
    needs = {need.material.id: need for need in matter.materials}
    for index, supplied in enumerate(kept.materials):
        need = needs.get(supplied.material)
        if need is None:
            continue  # nobody wants it any more
        way = supplied.obtained in {way.value for way in need.material.obtained}
        scan = supplied.obtained != Obtained.SCAN or supplied.deferred
        there = scan or belong(connection, resident, [supplied.reference])
        if way and there and (need.deferrable or not supplied.deferred):
            materials.append(supplied)
        else:
            again.append(AskAgain(pointer=pointer("materials", index), name=need.material.name, says=_HAND_IN))
    mine = {item.id for item in (*matter.items, *matter.guided)}
    return Fitted(
        matter=matter,
        items=tuple(item for item in kept.items if item in mine),
        answers=answers,
        materials=tuple(materials),
        again=tuple(again),
    )


def _matter(catalogue: Catalogue, kept: DraftRequest, today: date, again: list[AskAgain]) -> Matter | None:
    theme = catalogue.one_things.get(kept.matter)
    if kept.matter == BASKET:
        belong = set(catalogue.items)
    elif theme is not None:
        belong = {used.item for used in theme.items}
    else:
        belong = {kept.matter} & set(catalogue.items)
    for index, item in enumerate(kept.items):
        if item not in belong:
            known = catalogue.items.get(item)
            name = Text(zh_hans=item, zh_hant=item, en=item) if known is None else known.name
            again.append(AskAgain(pointer=pointer("items", index), name=name, says=_GONE))
    left = tuple(item for item in kept.items if item in belong)
    return catalogue.merged(kept.matter, left, today) if left else None


class _Reader:
    """Reads the answers of a draft, one by one."""

    def __init__(self, catalogue: Catalogue, form: Form, wire: WireAnswers, today: date, again: list[AskAgain]) -> None:
        self._catalogue = catalogue
        self._form = form
        self._wire = wire
        self._today = today
        self._again = again

    def read(self) -> WireAnswers:
        single = self._typed(self._wire.single)
        repeats = {
            repeat: tuple(self._typed(row) for row in rows[: declared.maximum])
            for repeat, rows in self._wire.repeats.items()
            if (declared := self._catalogue.repeats.get(repeat)) is not None
        }
        answers = Answers(single=single, repeats=repeats)
        return WireAnswers(
            single=self._keeping(self._wire.single, single, answers, ("single",)),
            repeats={
                repeat: tuple(
                    self._keeping(raw, row, answers, ("repeats", repeat, index), repeat=repeat, entry=index)
                    for index, (raw, row) in enumerate(zip(self._wire.repeats[repeat], rows, strict=False))
                )
                for repeat, rows in repeats.items()
            },
        )

    def _typed(self, raw: Mapping[str, WireAnswer]) -> dict[str, Answer]:
        found = {}
        for name, answer in raw.items():
            element = self._element(name)
            value = None if element is None else from_json(element, answer.value)
            if value is not None:
                found[name] = Answer(value=value, origin=answer.origin)
        return found

    def _element(self, name: str) -> Element | None:
        """Return the element of that id if a citizen answers it."""
        element = self._catalogue.elements.get(name)
        return None if element is None or element.fact or element.computed is not None else element

    def _keeping(
        self,
        raw: Mapping[str, WireAnswer],
        typed: Entry,
        answers: Answers,
        steps: tuple[str | int, ...],
        *,
        repeat: str | None = None,
        entry: int | None = None,
    ) -> dict[str, WireAnswer]:
        kept = {}
        for name, answer in raw.items():
            element = self._element(name)
            if element is None:
                continue  # nobody asks for it
            page = PageRef(id=name, repeat=repeat, entry=entry)
            value = typed[name].value if name in typed else None
            says = self._says(element, page, answer, value, answers)
            if says is None:
                kept[name] = answer
            else:
                place = pointer("answers", *steps, name)
                self._again.append(AskAgain(pointer=place, name=element.title, says=says))
        return kept

    def _says(
        self, element: Element, page: PageRef, answer: WireAnswer, value: Value | None, answers: Answers
    ) -> Text | None:
        """Return why it has to be answered again; ``None``: it fits."""
        if value is None:
            return malformed(element)
        if answer.origin not in (_CITIZEN, *element.known_from):
            return _LOOK_UP
        return check(self._form, page, value, answers, self._today, self._catalogue.divisions)
