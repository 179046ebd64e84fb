"""How much paper is said to be left, never more than there is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.printer.api import Paper
from kiosk.printing.roll import CAUTION, SHORTEST_TAIL_MM, TAIL_MM, Roll

MM = st.floats(0, 5_000)


def test_a_new_roll_has_what_its_label_says_less_what_was_fed() -> None:
    assert Roll(length_mm=50_000).fed(250).fed(750).left_mm == 49_000


def test_from_near_end_on_the_tail_counts_and_not_the_label() -> None:
    roll = Roll(length_mm=50_000).fed(20_000).sensed(Paper.NEAR_END)
    assert roll.left_mm == TAIL_MM * CAUTION
    assert roll.fed(500).left_mm == TAIL_MM * CAUTION - 500


def test_a_roll_that_ended_shows_how_long_its_tail_was() -> None:
    ended = Roll().fed(40_000).sensed(Paper.NEAR_END).fed(3_000).sensed(Paper.OUT)
    assert ended.left_mm == 0
    fresh = ended.sensed(Paper.OK)
    assert fresh.left_mm == fresh.length_mm
    assert fresh.fed(1).sensed(Paper.NEAR_END).left_mm == 3_000 * CAUTION


def test_of_several_tails_the_shortest_counts_but_not_one_of_a_sensor_out_of_place() -> None:
    roll = Roll()
    for tail_mm in (3_000, 2_500, 2_800, SHORTEST_TAIL_MM / 2):
        roll = roll.fed(30_000).sensed(Paper.NEAR_END).fed(tail_mm).sensed(Paper.OUT).sensed(Paper.OK)
    assert roll.tail_mm == 2_500


def test_a_silent_sensor_that_is_known_to_speak_means_that_the_tail_is_there() -> None:
    roll = Roll(length_mm=1_000).fed(900).sensed(Paper.NEAR_END).changed().fed(5_000)
    assert roll.left_mm == TAIL_MM * CAUTION
    assert Roll(length_mm=1_000).fed(5_000).left_mm == 0


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(MM, st.sampled_from(Paper)), max_size=40))
def test_never_below_nothing_and_never_more_after_feeding(history: list[float | Paper]) -> None:
    roll = Roll()
    for what in history:
        before = roll
        roll = roll.sensed(what) if isinstance(what, Paper) else roll.fed(what)
        assert roll.left_mm >= 0
        if not isinstance(what, Paper):
            assert roll.left_mm <= before.left_mm
            continue
        assert roll.sensed(what) == roll
        if what is Paper.OUT:
            assert roll.left_mm == 0
