"""Laws of the merge, for any items of the delivered catalogue that somebody puts together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import forms
from kiosk.catalogue import BASKET, Catalogue, Matter, Outcome, load
from kiosk.catalogue.examples import facts_of, filing
from kiosk.catalogue.model import ItemExample
from kiosk.forms import Answers, Element, Question

DELIVERED = Path(__file__).parents[3] / "assets" / "catalogue"
TODAY = date(2026, 3, 2)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load(DELIVERED)


@st.composite
def baskets(draw: st.DrawFn) -> list[str]:
    """Draw some items in some order."""
    return draw(st.lists(st.sampled_from(sorted(catalogue().items)), min_size=1, max_size=8, unique=True))


def elements(matter: Matter) -> Iterator[Element]:
    for page in matter.form.pages:
        if isinstance(page, Question):
            yield page.element
        else:
            yield from (question.element for question in page.questions)


@settings(max_examples=60, deadline=None)
@given(baskets())
def test_everything_is_asked_once_and_nothing_that_an_item_needs_is_lost(items: list[str]) -> None:
    matter = catalogue().merged(BASKET, items, TODAY)
    asked = [element.id for element in elements(matter)]
    assert len(asked) == len(set(asked))
    filed = [item for item in items if catalogue().items[item].outcome is not Outcome.GUIDED]
    assert [item.id for item in matter.items] == filed
    assert set(asked) == {need.element for item in filed for need in catalogue().items[item].needs}
    wanted = [need.material.id for need in matter.materials]
    assert len(wanted) == len(set(wanted))
    assert set(wanted) == {use.material for item in filed for use in catalogue().items[item].materials}


@settings(max_examples=60, deadline=None)
@given(baskets())
def test_the_order_changes_neither_what_is_asked_nor_when(items: list[str]) -> None:
    one = catalogue().merged(BASKET, items, TODAY)
    other = catalogue().merged(BASKET, items[::-1], TODAY)
    assert {element.id for element in elements(one)} == {element.id for element in elements(other)}
    assert set(forms.path(one.form, Answers(), TODAY)) == set(forms.path(other.form, Answers(), TODAY))


@settings(max_examples=40, deadline=None)
@given(baskets())
def test_what_an_item_alone_asks_is_asked_in_any_basket_with_it(items: list[str]) -> None:
    """With the same facts and answers a page on the path of one item is on the path of the basket."""
    found = catalogue()
    together = found.merged(BASKET, items, TODAY)
    known = facts_of(found, {}, elements(together), TODAY)
    answers = Answers(single={}, repeats={})
    pages = set(forms.path(together.form, answers, TODAY))
    for item in together.items:
        alone = filing(found, item.id, ItemExample(outcome=item.outcome), TODAY)
        assert set(alone.facts) <= set(known)
        assert set(forms.path(alone.matter.form, answers, TODAY)) <= pages
