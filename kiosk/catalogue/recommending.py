"""What else is worth doing (推荐), and why, in words. Pure: what it needs to know it is given.

An offer has at least one of four reasons: most of what it would ask is answered already, others filed it together, what
lies near the place speaks for it (``recommendations.yaml``), or the catalogue names it beside what is chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.model import Item, Obtained, Outcome
from kiosk.words import Text

RULES_FILE = "recommendations.yaml"
"""Beside the catalogue's other files."""

SHARED_LEAST = 2
"""Answers and materials an item shares at least, to be offered for that."""
SHARED_HALF = 0.5
"""Share of what an item would ask that is there already, at least."""


class Why(StrEnum):
    """Why something is offered."""

    SHARED = "shared"
    FILED_TOGETHER = "filed-together"
    PLACE = "place"
    COMPANION = "companion"


class PlaceRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What lies near the place speaks for other items."""

    items: tuple[str, ...] = ()
    """It applies when one of these is chosen …"""
    one_things: tuple[str, ...] = ()
    """… or one of these one-things."""
    near: str
    """A kind of place on the map: ``school``, ``residential-area``, ``factory`` …"""
    within_m: int
    offer: tuple[str, ...]
    """Items; one the catalogue does not have is not offered."""
    because: Text
    """``{metres}`` stands for the distance, ``{place}`` for the name of the place."""


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """The nearest place of a kind."""

    metres: int
    name: Text


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One reason, in a sentence."""

    why: Why
    says: Text


class Asks(msgspec.Struct, frozen=True, kw_only=True):
    """What an item shares with what is chosen, and what it would ask besides."""

    shared_elements: int = 0
    more_elements: int = 0
    shared_materials: int = 0
    more_materials: int = 0

    @property
    def share(self) -> float:
        """Return which part of what it would ask is there already."""
        shared = self.shared_elements + self.shared_materials
        asked = shared + self.more_elements + self.more_materials
        return shared / asked if asked else 0.0


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """An item worth adding."""

    item: Item
    reasons: tuple[Reason, ...]
    asks: Asks
    score: float


_SHARED = Text(
    zh_hans="{shared} 项内容已经有了，再填 {more} 项就能一起办。",
    zh_hant="{shared} 項內容已經有了，再填 {more} 項就能一起辦。",
    en="{shared} things it asks for are there already; {more} more and it is done as well.",
)
_NOTHING_MORE = Text(
    zh_hans="要填的 {shared} 项内容都已经有了，不用再填。",
    zh_hant="要填的 {shared} 項內容都已經有了，不用再填。",
    en="All {shared} things it asks for are there already; nothing more to fill in.",
)
_TOGETHER = Text(
    zh_hans="最近有 {people} 人以上把它们一起办了。",
    zh_hant="最近有 {people} 人以上把它們一起辦了。",
    en="At least {people} people did them together lately.",
)
_COMPANION = Text(
    zh_hans="办“{name}”的人一般也需要它。",
    zh_hant="辦「{name}」的人一般也需要它。",
    en="Whoever does “{name}” mostly needs it, too.",
)
_WEIGHTS = {Why.COMPANION: 1.0, Why.PLACE: 1.0, Why.FILED_TOGETHER: 0.8, Why.SHARED: 0.6}


def read_rules(path: Path) -> tuple[PlaceRule, ...]:
    """Return the rules of the file at ``path``; none when there is no file.

    Raises:
        OSError: it cannot be read.
        msgspec.ValidationError: it is no file of rules; the message names the place.
    """
    return msgspec.yaml.decode(path.read_bytes(), type=tuple[PlaceRule, ...]) if path.exists() else ()


def recommend(
    catalogue: Catalogue,
    chosen: Collection[str],
    *,
    theme: str = "",
    together: Mapping[str, int] | None = None,
    near: Mapping[str, Near] | None = None,
    rules: Iterable[PlaceRule] = (),
    limit: int = 6,
) -> tuple[Offer, ...]:
    """Return what is worth adding to ``chosen``, best first.

    Args:
        catalogue: What can be done.
        chosen: Ids of items; unknown ones are passed over.
        theme: Id of the one-thing they belong to, if any.
        together: How many people filed an item beside the chosen ones; few are left out by whoever counts.
        near: The nearest place of each kind to the premises; empty when nobody knows where they are.
        rules: What a place speaks for.
        limit: At most so many.
    """
    have = [catalogue.items[item] for item in dict.fromkeys(chosen) if item in catalogue.items]
    if not have:
        return ()
    by_item: dict[str, list[Reason]] = {}
    for added, reason in (
        *_companions(catalogue, have, theme),
        *_places(have, theme, near or {}, rules),
        *_filed(together or {}),
    ):
        by_item.setdefault(added, []).append(reason)
    asked = _Asked(catalogue, have)
    offers = []
    for item in catalogue.items.values():
        reasons = by_item.get(item.id, [])
        if not _may_be_offered(catalogue, item, have, declared=bool(reasons)):
            continue
        asks = asked.of(item)
        if asks.shared_elements + asks.shared_materials >= SHARED_LEAST and asks.share >= SHARED_HALF:
            reasons = [*reasons, Reason(why=Why.SHARED, says=_shared_words(asks))]
        if reasons:
            score = sum(_WEIGHTS[why] for why in {reason.why for reason in reasons}) + asks.share / 2
            offers.append(Offer(item=item, reasons=tuple(reasons), asks=asks, score=score))
    offers.sort(key=lambda offer: (-offer.score, offer.asks.more_elements + offer.asks.more_materials, offer.item.id))
    return tuple(offers[: max(0, limit)])


def _may_be_offered(catalogue: Catalogue, item: Item, have: list[Item], *, declared: bool) -> bool:
    """Return whether ``item`` can be added: it is not there, stands alone, is for the same people, and fits the rest.

    What is only explained, and what is for somebody else, is offered where somebody declared it, never by counting.
    """
    ids = [one.id for one in have]
    if item.id in ids or not item.alone or catalogue.conflicts([*ids, item.id]) != catalogue.conflicts(ids):
        return False
    return declared or (item.outcome is not Outcome.GUIDED and any(one.audience is item.audience for one in have))


def _companions(catalogue: Catalogue, have: list[Item], theme: str) -> Iterable[tuple[str, Reason]]:
    """Yield what the catalogue names: companions of the one-thing, what has to be done before, what comes after."""
    one_thing = catalogue.one_things.get(theme)
    if one_thing is not None:
        for companion in one_thing.companions:
            yield companion, Reason(why=Why.COMPANION, says=_with_name(one_thing.name))
    ids = {item.id for item in have}
    for wanted in catalogue.wanted_before([item.id for item in have]):
        yield wanted.before, Reason(why=Why.COMPANION, says=wanted.says)
    for item in catalogue.items.values():
        for related in item.after:
            if related.item in ids and item.id not in ids:
                yield item.id, Reason(why=Why.COMPANION, says=related.says)


def _places(
    have: list[Item], theme: str, near: Mapping[str, Near], rules: Iterable[PlaceRule]
) -> Iterable[tuple[str, Reason]]:
    ids = {item.id for item in have}
    told: set[tuple[str, str]] = set()
    for rule in rules:
        place = near.get(rule.near)
        applies = not ids.isdisjoint(rule.items) or (theme != "" and theme in rule.one_things)
        if not applies or place is None or place.metres > rule.within_m:
            continue
        for item in rule.offer:
            if (item, rule.near) not in told:
                told.add((item, rule.near))
                yield item, Reason(why=Why.PLACE, says=_placed(rule.because, place))


def _filed(together: Mapping[str, int]) -> Iterable[tuple[str, Reason]]:
    for item, people in together.items():
        # a round number: the exact one would change with a single person
        rounded = people // 10 * 10
        if rounded:
            yield item, Reason(why=Why.FILED_TOGETHER, says=_TOGETHER.filled(people=str(rounded)))


class _Asked:
    """What the chosen items ask a person for: what nothing else knows."""

    def __init__(self, catalogue: Catalogue, have: list[Item]) -> None:
        self._catalogue = catalogue
        self._elements = {name for item in have for name in self._to_answer(item)}
        self._materials = {name for item in have for name in self._to_hand_in(item)}

    def of(self, item: Item) -> Asks:
        """Return what ``item`` shares, and what it would ask besides; what is only perhaps asked counts as asked."""
        elements, materials = self._to_answer(item), self._to_hand_in(item)
        return Asks(
            shared_elements=len(elements & self._elements),
            more_elements=len(elements - self._elements),
            shared_materials=len(materials & self._materials),
            more_materials=len(materials - self._materials),
        )

    def _to_answer(self, item: Item) -> set[str]:
        """Return the elements a person has to answer: what is known from somewhere saves nobody anything."""
        found = set()
        for need in item.needs:
            element = self._catalogue.elements[need.element]
            if not element.fact and element.computed is None and not element.known_from:
                found.add(need.element)
        return found

    def _to_hand_in(self, item: Item) -> set[str]:
        """Return the materials a person has to hand in: photographed, with nothing to replace them."""
        return {
            use.material
            for use in item.materials
            if set(self._catalogue.materials[use.material].obtained) == {Obtained.SCAN}
        }


def _shared_words(asks: Asks) -> Text:
    shared, more = asks.shared_elements + asks.shared_materials, asks.more_elements + asks.more_materials
    return (_SHARED if more else _NOTHING_MORE).filled(shared=str(shared), more=str(more))


def _with_name(name: Text) -> Text:
    return Text(
        zh_hans=_COMPANION.zh_hans.format(name=name.zh_hans),
        zh_hant=_COMPANION.zh_hant.format(name=name.zh_hant),
        en=_COMPANION.en.format(name=name.en),
    )


def _placed(because: Text, place: Near) -> Text:
    metres = str(max(10, round(place.metres, -1)))
    return Text(
        zh_hans=because.zh_hans.format(metres=metres, place=place.name.zh_hans),
        zh_hant=because.zh_hant.format(metres=metres, place=place.name.zh_hant),
        en=because.en.format(metres=metres, place=place.name.en),
    )
