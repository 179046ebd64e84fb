"""How figures are read on the technician's pages: zones and hands of gauges, ticks of plots. Pure."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.diagnostics.drift import drift
from kiosk.diagnostics.limits import LIMITS, measured
from kiosk.diagnostics.model import Measure, Verdict
from kiosk.diagnostics.visit import Trend
from kiosk.diagnostics.words import load
from kiosk.words import Language
from ui.gallery.visits import NOW, ZONE
from ui.models.technician.measuring import YES_OR_NO, figure, headline, scale
from ui.models.technician.plotting import PlotModel, days, ticks

WORDS = load(Language.EN)
FINITE = st.floats(-1e9, 1e9)


@settings(max_examples=60)
@given(name=st.sampled_from(sorted(LIMITS)), value=st.one_of(FINITE, st.just(math.inf), st.just(math.nan)))
def test_a_hand_stands_in_the_zone_of_its_verdict(name: str, value: float) -> None:
    measure = measured(name, value)
    found = scale(measure)
    shares = (found.pass_from, found.good_from, found.good_to, found.pass_to, found.marker)
    assert all(0 <= share <= 1 for share in shares)
    if not found.shown or not math.isfinite(value):
        return
    within = found.pass_from - 1e-9 <= found.marker <= found.pass_to + 1e-9
    assert within or measure.verdict is Verdict.FAIL
    if measure.verdict is Verdict.PASS:
        assert found.good_from - 1e-6 <= found.marker <= found.good_to + 1e-6


def test_a_measure_that_misses_its_limit_is_seen_to() -> None:
    found = scale(Measure(name="any", value=3_000, unit="ms", at_most=500))
    assert found.pass_to < found.marker < 1


def test_yes_or_no_has_no_gauge_and_is_a_measure() -> None:
    assert set(LIMITS) >= YES_OR_NO
    assert not any(scale(measured(name, 1)).shown for name in YES_OR_NO)


@pytest.mark.parametrize(
    ("value", "said"),
    [(38.2, "38.2"), (48_211.0, "48,211"), (0.0, "0"), (math.inf, "—"), (math.nan, "—"), (1e-4, "0.0001")],
)
def test_a_figure_has_the_digits_that_say_something(value: float, said: str) -> None:
    assert figure(value) == said


def test_the_line_of_a_list_tells_the_worst() -> None:
    measures = (measured("camera.brightness", 131), measured("camera.sharpness", 9.4))
    assert headline(measures, WORDS) == "sharpness 9.4"
    assert headline((), WORDS) == ""


@settings(max_examples=60)
@given(begin=st.floats(-100, 100), span=st.floats(1e-6, 1e9))
def test_ticks_lie_within_and_are_few(begin: float, span: float) -> None:
    # a plot begins less than a hundred times its height from zero: the band alone is as high as a sixth of its median
    low = begin * span
    high = low + span
    marks = list(ticks(low, high))
    assert len(marks) <= 6
    assert all(low - 1e-6 * span <= mark <= high + 1e-6 * span for mark in marks)
    assert marks == sorted(marks)


@pytest.mark.parametrize(
    ("span", "written"),
    [
        (timedelta(minutes=30), "%H:%M"),
        (timedelta(days=1), "%m-%d %H:%M"),
        (timedelta(days=40), "%m-%d"),
        (timedelta(days=900), "%Y-%m"),
    ],
)
def test_dates_are_written_as_far_as_they_differ(span: timedelta, written: str) -> None:
    moments, how = days(NOW - span, NOW)
    assert (len(moments), how) == (4, written)
    assert days(NOW, NOW) == ((NOW,), "%m-%d %H:%M")


@settings(max_examples=40, deadline=None)
@given(values=st.lists(st.floats(-1e6, 1e6), max_size=30))
def test_a_plot_stays_within_its_frame(values: list[float]) -> None:
    from PySide6.QtCore import QObject

    began = datetime(2026, 1, 1, tzinfo=UTC)
    found = drift([(began + timedelta(days=number), value) for number, value in enumerate(values)])
    parent = QObject()
    plot = PlotModel(ZONE, parent)
    plot.show(Trend(measure="idreader.answer", unit="ms", drift=found), WORDS)
    points = plot.shown
    assert len(points) == len(values)
    assert all(0 <= point.across <= 1 and 0 <= point.down <= 1 for point in points)
    assert sum(point.newest for point in points) == (1 if values else 0)
