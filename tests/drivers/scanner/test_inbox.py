from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.errors import DeviceGone, MediaUnreadable
from drivers.scanner.api import Code
from drivers.scanner.inbox import FOLLOWS_S, MOST, Inbox
from drivers.scanner.makers import TRIGGERS, belated, identity_in


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def code(text: str) -> Code:
    return Code(raw=text.encode(), text=text)


def test_different_codes_within_a_second_are_all_told_in_order() -> None:
    clock = Clock()
    inbox = Inbox(clock)
    with inbox.expecting():
        for text in ("front", "front", "back", "front"):
            inbox.put(code(text))
            clock.now_s += 0.2
        told = [inbox.take().text]
    while not inbox.empty:
        with inbox.expecting():
            told.append(inbox.take().text)
    assert told == ["front", "back", "front"]


def test_a_scanner_that_babbles_where_nobody_scans_is_not_hoarded() -> None:
    clock = Clock()
    inbox = Inbox(clock)
    with inbox.expecting():
        inbox.put(code("poster"))
        inbox.take()
    for number in range(1_000):
        clock.now_s += 0.05
        inbox.put(code(f"poster {number % 2}"))
    assert len(inbox._arrived) <= MOST
    inbox.put(DeviceGone())
    with inbox.expecting(), pytest.raises(DeviceGone):
        inbox.take()


@pytest.mark.parametrize(("later_s", "kept"), [(0.9, True), (1.1, False)])
def test_what_followed_is_kept_for_a_second(later_s: float, kept: bool) -> None:
    clock = Clock()
    inbox = Inbox(clock)
    with inbox.expecting():
        inbox.put(code("front"))
        inbox.put(code("back"))
        inbox.take()
    clock.now_s += later_s
    with inbox.expecting():
        assert inbox.empty is not kept


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "?", "gone", "wait"]), st.floats(0, 3 * FOLLOWS_S, allow_subnormal=False))
    )
)
@settings(max_examples=50)
def test_nobody_is_ever_given_a_code_older_than_a_second_before_he_asked(story: list[tuple[str, float]]) -> None:
    clock = Clock()
    inbox = Inbox(clock)
    put_at: dict[int, float] = {}
    for what, pause_s in story:
        clock.now_s += pause_s
        if what == "wait":
            with inbox.expecting():
                while not inbox.empty:
                    try:
                        taken = inbox.take()
                    except (DeviceGone, MediaUnreadable):
                        continue
                    assert clock.now_s - put_at[id(taken)] <= FOLLOWS_S
        elif what == "gone":
            inbox.put(DeviceGone())
        elif what == "?":
            inbox.put(MediaUnreadable())
        else:
            fresh = code(what)
            put_at[id(fresh)] = clock.now_s
            inbox.put(fresh)


@given(st.binary(max_size=300), st.sampled_from(sorted(TRIGGERS)))
@settings(max_examples=100)
def test_any_answer_to_who_it_is_is_an_identity(answer: bytes, maker: str) -> None:
    identity = identity_in(answer + b"Product Name: " + answer, TRIGGERS[maker], "serial")
    assert len(identity.model) <= 64
    assert identity.model.isprintable()
    belated(answer)
