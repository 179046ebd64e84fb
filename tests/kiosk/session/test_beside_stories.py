"""Stories of what goes on beside a matter: a number for the counter."""

from __future__ import annotations

import own
import pytest
from stories import HALL, SESSION, TICKET, TOGETHER, Story

from kiosk.session import beside_effects, beside_events, events
from kiosk.session.effects import Activity, Slot, activities
from kiosk.session.state import Receipt, Stage

PRINTED = beside_events.BesidePrinted(of=TICKET.id, proven=True)
UNPRINTED = beside_events.BesideFailed(of=TICKET.id, code="printer.paper-out")


def asks() -> Story:
    story = Story().happens(events.Touched(session=SESSION), beside_events.QueueWanted())
    return story.happens(beside_events.HallsFound(halls=(HALL,)))


def takes() -> Story:
    story = asks().happens(beside_events.TicketWanted(hall="centre", service="general"))
    return story.happens(beside_events.TicketTaken(ticket=TICKET))


def test_one_touch_gives_a_number_without_any_card_and_prints_it() -> None:
    story = takes()
    (taken,) = story.of(beside_effects.TakeTicket)
    assert (taken.request.session, taken.request.service, taken.request.starts_at) == (SESSION, "general", None)
    assert len(story.of(beside_effects.PrintBeside)) == 1
    assert story.at(Stage.TICKET)
    assert story.happens(PRINTED).state.beside_paper is Receipt.PRINTED
    assert story.happens(events.Next()).at(Stage.ATTRACT)


def test_two_touches_are_one_place() -> None:
    again = beside_events.TicketWanted(hall="centre", service="general")
    assert len(asks().happens(again, again).of(beside_effects.TakeTicket)) == 1


def test_where_nobody_calls_nobody_queues() -> None:
    assert not asks().happens(beside_events.TicketWanted(hall="centre", service="shut")).of(beside_effects.TakeTicket)


def test_without_paper_the_number_stays_until_it_is_touched() -> None:
    story = takes()
    assert activities(story.state)[Slot.CLOCK] is Activity.IDLE
    story.happens(UNPRINTED)
    assert Slot.CLOCK not in activities(story.state)
    assert story.state.advice is not None
    story.happens(events.Retry())
    assert len(story.of(beside_effects.PrintBeside)) == 2
    assert story.happens(UNPRINTED, events.Next()).at(Stage.ATTRACT)


def test_what_was_put_together_is_not_lost_for_a_number() -> None:
    story = Story().happens(events.Touched(session=SESSION), events.BasketFilled(items=TOGETHER))
    story.happens(beside_events.QueueWanted(), events.Home())
    assert story.at(Stage.FIND)
    assert story.state.basket == TOGETHER
    story.happens(beside_events.QueueWanted(), beside_events.HallsFound(halls=(HALL,)))
    story.happens(beside_events.TicketWanted(hall="centre", service="general"))
    story.happens(beside_events.TicketTaken(ticket=TICKET), PRINTED, events.Next())
    assert story.at(Stage.FIND)
    assert story.state.basket == TOGETHER


def test_who_looks_at_what_is_theirs_comes_back_to_it_and_is_timed_out() -> None:
    story = Story().comes_for_their_own(own.mine()).happens(beside_events.QueueWanted())
    story.happens(beside_events.HallsFound(halls=(HALL,)))
    assert story.happens(events.Back()).at(Stage.MINE)
    story.happens(beside_events.QueueWanted(), beside_events.HallsFound(halls=(HALL,)))
    story.happens(beside_events.TicketWanted(hall="centre", service="general"))
    story.happens(beside_events.TicketTaken(ticket=TICKET), UNPRINTED)
    assert activities(story.state)[Slot.CLOCK] is Activity.IDLE
    assert story.happens(events.Home()).at(Stage.GOODBYE) or story.at(Stage.ATTRACT)


@pytest.mark.parametrize("news", [beside_events.BesideFailed(of="another", code="x"), UNPRINTED])
def test_news_of_another_slip_says_nothing(news: events.Event) -> None:
    story = takes().happens(PRINTED, news)
    assert story.state.beside_paper is Receipt.PRINTED


def test_queues_that_are_not_told_are_asked_for_again() -> None:
    story = Story().happens(events.Touched(session=SESSION), beside_events.QueueWanted())
    story.happens(events.BackendFailed(request="halls", code="backend.slow"), events.Retry())
    assert len(story.of(beside_effects.FetchHalls)) == 2
