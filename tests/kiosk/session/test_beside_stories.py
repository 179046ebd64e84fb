"""Stories of what goes on beside a matter: a number for the counter, a complaint."""

from __future__ import annotations

import own
import pytest
from msgspec.structs import replace
from stories import COMPLAINT, DELIVERY, HALL, SESSION, TICKET, TOGETHER, Story

from kiosk.contract import ComplaintKind, Verdict, Way
from kiosk.session import beside_effects, beside_events, events, own_events
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


SLOW = beside_events.ComplaintMade(kind=ComplaintKind.TOO_SLOW, words="等了很久", phone="00000000000")


def complains() -> Story:
    return Story().happens(events.Touched(session=SESSION), beside_events.ComplainWanted())


def test_who_says_not_who_they_are_leaves_a_phone_and_is_given_a_code() -> None:
    story = complains().happens(beside_events.ComplaintMade(kind=ComplaintKind.TOO_SLOW, words="等了很久"))
    assert not story.of(beside_effects.SendComplaint)
    assert story.state.advice is not None
    story.happens(SLOW, SLOW)
    (sent,) = story.of(beside_effects.SendComplaint)
    assert (sent.request.phone, sent.request.about) == ("00000000000", "")
    story.happens(beside_events.ComplaintTaken(complaint=COMPLAINT))
    assert len(story.of(beside_effects.PrintBeside)) == 1
    assert story.state.plea is not None
    assert story.state.plea.complaint == COMPLAINT
    story.happens(beside_events.BesidePrinted(of=COMPLAINT.number, proven=True), events.Next())
    assert story.at(Stage.FIND)
    assert story.state.plea is None


def test_sent_again_it_is_the_same_complaint_and_other_words_are_another() -> None:
    lost = events.BackendFailed(request="complain", code="backend.slow")
    other = beside_events.ComplaintMade(kind=ComplaintKind.TOO_SLOW, words="还有一件", phone="00000000000")
    story = complains().happens(SLOW, lost, SLOW, lost, other)
    first, again, another = (effect.key for effect in story.of(beside_effects.SendComplaint))
    assert first == again != another


def test_inside_a_case_it_is_about_the_case_and_needs_neither_words_nor_phone() -> None:
    story = Story().comes_for_their_own(own.mine()).happens(own_events.CaseChosen(number=own.CASE))
    story.happens(own_events.CaseFound(detail=own.detail(), tag="1"), beside_events.ComplainWanted())
    story.happens(beside_events.ComplaintMade(kind=ComplaintKind.WRONG_DATA, phone="00000000000"))
    (sent,) = story.of(beside_effects.SendComplaint)
    assert (sent.request.about, sent.request.phone, sent.request.words) == (own.CASE, "", "")
    story.happens(beside_events.ComplaintTaken(complaint=COMPLAINT))
    assert story.state.mine is not None
    assert [each.code for each in story.state.mine.complaints] == [""], "it stands once among what is theirs"
    assert story.happens(events.Next()).at(Stage.CASE)


def test_in_the_middle_of_a_form_nothing_of_it_is_lost() -> None:
    story = Story().opens("old-age-allowance").identifies().knows()
    before = story.state
    story.happens(beside_events.ComplainWanted())
    assert story.at(Stage.COMPLAIN)
    story.happens(events.Home())
    assert story.state.leaving, "home would lose the form"
    story.happens(events.Stay(), events.Back())
    assert story.state == before


def test_an_answer_is_judged_once_while_it_may_be() -> None:
    story = Story().comes_for_their_own(own.mine())
    story.happens(beside_events.ComplaintChosen(number=COMPLAINT.number))
    verdict = beside_events.Judged(verdict=Verdict.UNSOLVED)
    story.happens(verdict, verdict)
    (judged,) = story.of(beside_effects.Judge)
    assert judged.request.verdict is Verdict.UNSOLVED
    story.happens(beside_events.ComplaintJudged(complaint=replace(COMPLAINT, may_judge=False)), verdict)
    assert len(story.of(beside_effects.Judge)) == 1
    assert story.happens(events.Back()).at(Stage.MINE)


def test_a_verification_that_ran_out_is_made_anew() -> None:
    story = Story().comes_for_their_own(own.mine()).happens(beside_events.ComplainWanted(), SLOW)
    story.happens(events.BackendFailed(request="complain", code="token.invalid"))
    assert story.at(Stage.VERIFY)
    assert story.state.plea is None


def chooses() -> Story:
    story = Story().comes_for_their_own(own.mine()).happens(own_events.CaseChosen(number=own.CASE))
    found = own_events.CaseFound(detail=own.detail(), tag="1", delivery=DELIVERY, delivery_tag="7")
    return story.happens(found, beside_events.DeliveryWanted())


def test_a_way_is_chosen_with_the_version_that_was_seen_and_shown_in_the_case() -> None:
    story = chooses().happens(beside_events.DeliveryChosen(way=Way.COLLECTION_POINT, point="hubin"))
    (chosen,) = story.of(beside_effects.ChooseDelivery)
    assert (chosen.case, chosen.tag, chosen.request.point) == (own.CASE, "7", "hubin")
    now = replace(DELIVERY, way=Way.COLLECTION_POINT)
    story.happens(beside_events.DeliveryKept(delivery=now, tag="8"))
    assert story.at(Stage.CASE)
    assert story.state.case is not None
    assert (story.state.case.delivery, story.state.case.delivery_tag, story.state.case.done) == (now, "8", "delivery")


def test_the_post_needs_a_whole_address_and_takes_it_to_its_owner() -> None:
    story = chooses().happens(beside_events.DeliveryChosen(way=Way.MAIL, division="000102", detail=" ", phone="1"))
    assert not story.of(beside_effects.ChooseDelivery)
    story.happens(
        beside_events.DeliveryChosen(way=Way.MAIL, division="000102", detail="样本路1号", phone="00000000000")
    )
    (chosen,) = story.of(beside_effects.ChooseDelivery)
    assert chosen.request.recipient is not None
    assert chosen.request.recipient.name == "赵种子"


def test_what_was_chosen_elsewhere_meanwhile_is_shown_to_be_chosen_again() -> None:
    story = chooses().happens(beside_events.DeliveryChosen(way=Way.COLLECTION_POINT, point="hubin"))
    story.happens(beside_events.DeliveryKept(delivery=DELIVERY, tag="9", code="delivery.changed"))
    assert story.at(Stage.DELIVERY)
    assert story.state.advice is not None
    story.happens(beside_events.DeliveryChosen(way=Way.COLLECTION_POINT, point="hubin"))
    assert [effect.tag for effect in story.of(beside_effects.ChooseDelivery)] == ["7", "9"]


def test_what_was_posted_is_not_chosen_again() -> None:
    story = Story().comes_for_their_own(own.mine()).happens(own_events.CaseChosen(number=own.CASE))
    posted = replace(DELIVERY, may_change=False)
    story.happens(own_events.CaseFound(detail=own.detail(), tag="1", delivery=posted), beside_events.DeliveryWanted())
    assert story.at(Stage.CASE)
