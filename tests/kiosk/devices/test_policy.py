"""The policy of a device on a virtual clock: back in use soon, never tried too often, told on change only."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.status import WELL, Condition, State
from kiosk.devices.policy import (
    ABSENT,
    FLAPPING,
    MINUTE_S,
    Appeared,
    Changed,
    Due,
    Event,
    Health,
    Limits,
    Lost,
    Opened,
    OpenFailed,
    Phase,
    Released,
    begin,
    step,
)

LIMITS = Limits()
CODES = ("device.absent", "device.gone", "device.silent", "device.garbled", "device.refused", "device.error")
CONDITIONS = (
    WELL,
    Condition(cause="printer.paper-near-end"),
    Condition(cause="printer.cover-open", usable=False),
    Condition(usable=False),
)
NEVER_S = math.inf


def opened(now_s: float = 0.0) -> Health:
    return step(step(begin(now_s, LIMITS), Due(), now_s, LIMITS), Opened(), now_s, LIMITS)


events = st.one_of(
    st.just(Appeared()),
    st.just(Due()),
    st.just(Released()),
    st.sampled_from(CONDITIONS).map(Opened),
    st.sampled_from(CONDITIONS).map(Changed),
    st.sampled_from(CODES).map(OpenFailed),
    st.sampled_from(CODES).map(Lost),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 30), events), max_size=60))
def test_any_story_is_taken_and_stays_consistent(story: list[tuple[float, Event]]) -> None:
    now_s, health = 100.0, begin(100.0, LIMITS)
    for pause_s, event in story:
        now_s += pause_s
        before, health = health, step(health, event, now_s, LIMITS)
        assert before.since_s <= health.since_s <= now_s
        assert health.state is before.state or health.since_s == now_s
        assert (health.phase is Phase.LEFT_ALONE) == (health.cause == FLAPPING and health.phase is not Phase.OPENING)
        if health.phase is Phase.WAITING:
            assert health.due_s <= now_s + LIMITS.longest_wait_s
        if health.phase is Phase.LEFT_ALONE:
            assert health.due_s <= now_s + LIMITS.longest_alone_s
        if health.state.usable:
            assert health.phase is Phase.IN_USE
        assert len(health.tries) <= LIMITS.most_tries + 1
        assert len(health.short_lives) <= LIMITS.flaps


@dataclass
class Street:
    """A device that comes and goes, driven by the policy as a supervisor drives it; nothing of it really waits."""

    comings: list[tuple[float, float]]
    """From when to when it is there."""
    open_s: float
    vain_s: float
    """How long opening takes when it succeeds, and when it does not."""
    seen: bool
    """Its return is told by an event, at once."""
    tries: list[float] = field(default_factory=list)
    in_use: list[tuple[float, float]] = field(default_factory=list)
    alone: list[tuple[float, float]] = field(default_factory=list)
    told: list[tuple[State, str]] = field(default_factory=list)

    def there(self, at_s: float) -> tuple[float, float] | None:
        return next(((since, until) for since, until in self.comings if since <= at_s < until), None)

    def returns_after(self, at_s: float) -> float:
        return min((since for since, _ in self.comings if since > at_s), default=NEVER_S)

    def tell(self, health: Health) -> Health:
        if not self.told or self.told[-1] != health.told:
            self.told.append(health.told)
        return health

    def walk(self, until_s: float) -> None:
        now_s = 0.0
        health = self.tell(begin(now_s, LIMITS))
        while now_s < until_s:
            if health.phase is Phase.LEFT_ALONE:
                self.alone.append((now_s, health.due_s))
                now_s = health.due_s
                health = self.tell(step(health, Due(), now_s, LIMITS))
            elif health.phase is Phase.WAITING:
                sign_s = self.returns_after(now_s) if self.seen else NEVER_S
                if sign_s < health.due_s:
                    now_s = sign_s
                    health = self.tell(step(health, Appeared(), now_s, LIMITS))
                else:
                    now_s = max(now_s, health.due_s)
                    health = self.tell(step(health, Due(), now_s, LIMITS))
            else:
                now_s, health = self.open(now_s, health)

    def open(self, now_s: float, health: Health) -> tuple[float, Health]:
        assert health.phase is Phase.OPENING
        self.tries.append(now_s)
        coming = self.there(now_s)
        if coming is None or coming[1] < now_s + self.open_s:
            now_s += self.vain_s
            return now_s, self.tell(step(health, OpenFailed("device.absent"), now_s, LIMITS))
        now_s += self.open_s
        health = self.tell(step(health, Opened(), now_s, LIMITS))
        self.in_use.append((now_s, coming[1]))
        return coming[1], self.tell(step(health, Lost("device.gone"), coming[1], LIMITS))


@st.composite
def streets(draw: st.DrawFn) -> Street:
    lengths = draw(
        st.lists(st.tuples(st.floats(0.01, 8), st.one_of(st.floats(0.01, 8), st.floats(0.01, 0.5))), max_size=80)
    )
    comings, now_s = [], 0.0
    for away_s, there_s in lengths:
        comings.append((now_s + away_s, now_s + away_s + there_s))
        now_s += away_s + there_s
    return Street(
        comings=comings, open_s=draw(st.floats(0.0, 0.8)), vain_s=draw(st.floats(0.0, 0.2)), seen=draw(st.booleans())
    )


@settings(max_examples=100, deadline=None)
@given(streets())
def test_who_stays_back_for_three_seconds_is_in_use_within_them(street: Street) -> None:
    end_s = street.comings[-1][1] if street.comings else 1.0
    street.walk(end_s)
    for since, until in street.comings:
        if until - since < 3.0 or any(begun < since + 3.0 and over > since for begun, over in street.alone):
            continue
        assert any(begun <= since + 3.0 and over == until for begun, over in street.in_use), (since, until)
    in_any_minute = max(
        (sum(first <= each < first + MINUTE_S for each in street.tries) for first in street.tries), default=0
    )
    assert in_any_minute <= LIMITS.most_tries
    assert all(told != after for told, after in zip(street.told, street.told[1:], strict=False))


def test_a_device_that_is_said_to_appear_again_and_again_is_not_tried_more_often_than_the_budget_says() -> None:
    tries, now_s, health = [], 0.0, begin(0.0, LIMITS)
    while now_s < 3 * MINUTE_S:
        health = step(health, Appeared(), now_s, LIMITS)
        health = step(health, Due(), now_s, LIMITS)
        if health.phase is Phase.OPENING:
            tries.append(now_s)
            health = step(health, OpenFailed("device.absent"), now_s, LIMITS)
        now_s += 0.01
    assert max(sum(first <= each < first + MINUTE_S for each in tries) for first in tries) <= LIMITS.most_tries
    assert len(tries) > LIMITS.early_tries


def test_it_is_tried_later_each_time_and_two_seconds_at_most() -> None:
    now_s, health, waits = 0.0, begin(0.0, LIMITS), []
    for _ in range(7):
        health = step(health, Due(), now_s, LIMITS)
        health = step(health, OpenFailed("device.absent"), now_s, LIMITS)
        waits.append(round(health.due_s - now_s, 3))
        now_s = health.due_s
    assert waits == [0.2, 0.4, 0.8, 1.6, 2.0, 2.0, 2.0]


def test_a_try_that_took_long_has_waited_already() -> None:
    health = step(begin(0.0, LIMITS), Due(), 0.0, LIMITS)
    assert step(health, OpenFailed("device.silent"), 5.0, LIMITS).due_s == 5.0


def flap(health: Health, now_s: float, times: int, *, lived_s: float = 0.1) -> tuple[Health, float]:
    for _ in range(times):
        now_s = max(now_s, health.due_s) if health.phase is Phase.WAITING else now_s
        health = step(step(health, Due(), now_s, LIMITS), Opened(), now_s, LIMITS)
        now_s += lived_s
        health = step(health, Lost("device.gone"), now_s, LIMITS)
    return health, now_s


def test_a_loose_contact_is_left_alone_and_tried_again_later_each_time() -> None:
    health, now_s = flap(begin(0.0, LIMITS), 0.0, LIMITS.flaps - 1)
    assert health.phase is Phase.WAITING
    health, now_s = flap(health, now_s, 1)
    alone_s = []
    for _ in range(8):
        assert (health.phase, health.state, health.cause) == (Phase.LEFT_ALONE, State.FAILED, FLAPPING)
        alone_s.append(round(health.due_s - now_s, 3))
        assert step(health, Appeared(), now_s, LIMITS) == health
        assert step(health, Due(), health.due_s - 0.01, LIMITS) == health
        now_s = health.due_s
        health, now_s = flap(health, now_s, 1)
    assert alone_s == [10, 20, 40, 80, 160, 300, 300, 300]


def test_who_lived_steadily_after_all_is_forgiven() -> None:
    health, now_s = flap(begin(0.0, LIMITS), 0.0, LIMITS.flaps)
    now_s = health.due_s
    health, now_s = flap(health, now_s, 1, lived_s=LIMITS.steady_s)
    assert health.phase is Phase.WAITING
    health, now_s = flap(health, now_s, 1)
    assert health.phase is Phase.WAITING


@pytest.mark.parametrize("phase", [Phase.WAITING, Phase.LEFT_ALONE])
def test_a_technician_has_it_tried_at_once(phase: Phase) -> None:
    health, now_s = flap(begin(0.0, LIMITS), 0.0, LIMITS.flaps if phase is Phase.LEFT_ALONE else 1)
    assert health.phase is phase
    now_s += 1.0
    health = step(health, Released(), now_s, LIMITS)
    assert (health.state, health.phase, health.due_s) == (State.STARTING, Phase.WAITING, now_s)
    assert (health.left_alone, health.short_lives) == (0, ())


@pytest.mark.parametrize("lived_s", [2.0, 5.0, 100.0])
def test_who_is_pulled_by_hand_is_never_left_alone(lived_s: float) -> None:
    health, _ = flap(begin(0.0, LIMITS), 0.0, 100, lived_s=lived_s)
    assert health.phase is Phase.WAITING


@pytest.mark.parametrize(
    ("condition", "state", "cause"),
    [
        (WELL, State.READY, ""),
        (Condition(cause="printer.paper-near-end"), State.DEGRADED, "printer.paper-near-end"),
        (Condition(cause="printer.cover-open", usable=False), State.FAILED, "printer.cover-open"),
        (Condition(usable=False), State.FAILED, "device.error"),
    ],
)
def test_a_condition_means_a_state(condition: Condition, state: State, cause: str) -> None:
    assert step(opened(), Changed(condition), 1.0, LIMITS).told == (state, cause)
    opening = step(begin(0.0, LIMITS), Due(), 0.0, LIMITS)
    assert step(opening, Opened(condition), 1.0, LIMITS).told == (state, cause)


@pytest.mark.parametrize("code", CODES)
def test_what_fails_is_absent_or_failed(code: str) -> None:
    state = State.ABSENT if code in ABSENT else State.FAILED
    assert step(opened(), Lost(code), 5.0, LIMITS).told == (state, code)
    opening = step(begin(0.0, LIMITS), Due(), 0.0, LIMITS)
    assert step(opening, OpenFailed(code), 5.0, LIMITS).told == (state, code)


def test_that_it_is_still_not_there_is_no_news() -> None:
    gone = step(opened(), Lost("device.gone"), 5.0, LIMITS)
    later = step(step(gone, Due(), gone.due_s, LIMITS), OpenFailed("device.absent"), 6.0, LIMITS)
    assert later.told == (State.ABSENT, "device.gone")
    assert later.since_s == 5.0
