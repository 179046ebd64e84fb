"""A finger that rests on the pad is no signature; a short name is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.contract import Stroke
from kiosk.session.finishing import LEAST_INK, LEAST_WIDTH, is_signature


def test_nothing_and_a_few_points_are_none() -> None:
    assert not is_signature(())
    assert not is_signature((Stroke(points=((0, 0, 0), (900, 0, 9))),))


@given(points=st.lists(st.tuples(st.integers(500, 500 + LEAST_WIDTH - 1), st.integers(0, 9)), max_size=400))
def test_a_resting_finger_is_none_however_long(points: list[tuple[int, int]]) -> None:
    assert not is_signature((Stroke(points=tuple((x, y, 8 * at) for at, (x, y) in enumerate(points))),))


def test_several_strokes_are_one_signature() -> None:
    line = tuple((100 + 30 * step, 200, 8 * step) for step in range(LEAST_INK // 2))
    other = tuple((100 + 30 * step, 260, 80 + 8 * step) for step in range(LEAST_INK // 2))
    assert is_signature((Stroke(points=line), Stroke(points=other)))
