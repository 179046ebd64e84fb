"""A stream that flows may still flow badly."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from drivers.camera.health import SLOW, Flow
from drivers.status import WELL, Condition


def after(beats: Iterable[tuple[int, int]], flow: Flow | None = None, every_s: float = 0.25) -> list[Condition]:
    """Return the condition after each beat with so many pictures and so many broken ones."""
    flow = flow or Flow()
    now, arrived, lost, told = 100.0, 0, 0, []
    for came, broken in beats:
        now, arrived, lost = now + every_s, arrived + came, lost + broken
        told.append(flow.note(now, arrived, lost))
    return told


def test_ten_pictures_a_second_are_well() -> None:
    assert set(after([(2, 0), (3, 0)] * 20)) == {WELL}


def test_one_a_second_is_slow_once_a_window_is_full() -> None:
    told = after([(1, 0), (0, 0), (0, 0), (0, 0)] * 10)
    assert told[0] is WELL
    assert told[-1].cause == SLOW
    assert told[-1].usable


def test_every_third_broken_is_told() -> None:
    assert after([(4, 2)] * 20)[-1].cause == SLOW


def test_it_must_be_clearly_better_to_be_well_again() -> None:
    flow = Flow()
    assert after([(1, 0)] * 20, flow)[-1].cause == SLOW
    hardly = Flow()
    hardly.condition = flow.condition
    assert after([(6, 0)] * 20, hardly, every_s=1)[-1].cause == SLOW
    clearly = Flow()
    clearly.condition = flow.condition
    assert after([(8, 0)] * 20, clearly, every_s=1)[-1] is WELL


def test_what_is_told_stays_the_same_while_it_lasts() -> None:
    told = after([(1, 0), (0, 0), (0, 0), (0, 0), (0, 0)] * 10)
    assert len({id(condition) for condition in told if condition.cause}) == 1


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=60))
def test_whatever_the_counts_it_is_well_or_slow(beats: list[tuple[int, int]]) -> None:
    assert {condition.cause for condition in after(beats)} <= {"", SLOW}
