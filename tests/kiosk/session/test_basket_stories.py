"""Free combination (自由组合), guides and offers, told as stories."""

from __future__ import annotations

from stories import (
    INK,
    NAME,
    SESSION,
    TOGETHER,
    Story,
    application,
    catalogue,
    conflicting,
    guide_only,
    wanting,
)

from kiosk.catalogue import BASKET
from kiosk.contract import CaseState, Offer, OfferReason, WhyKind
from kiosk.session import basket, effects, events
from kiosk.session.state import Browse, Receipt, Stage


def offer(item: str) -> Offer:
    reason = OfferReason(kind=WhyKind.COMPANION, says=NAME)
    return Offer(item=item, name=NAME, summary=NAME, department_name=NAME, reasons=(reason,))


def test_what_was_put_together_is_asked_once_and_submitted_as_one_application() -> None:
    story = Story().fills(*TOGETHER).happens(events.Next())
    assert story.state.stage is Stage.NOTICE
    assert story.state.matter is not None
    elements = [page.element.id for page in story.state.matter.form.pages if hasattr(page, "element")]
    assert len(elements) == len(set(elements))
    story.identifies().knows().until(Stage.SIGN)
    assert {effect.items for effect in story.of(effects.FetchKnown)} == {TOGETHER}
    (sent,) = story.happens(events.Signed(strokes=INK)).of(effects.Submit)
    assert (sent.request.matter, sent.request.items) == (BASKET, TOGETHER)


def test_an_item_taken_out_can_be_put_back_where_it_stood() -> None:
    story = Story().fills(*TOGETHER).happens(events.BasketTaken(item=TOGETHER[1]))
    assert story.state.basket == (TOGETHER[0], TOGETHER[2])
    assert story.happens(events.BasketPutBack()).state.basket == TOGETHER
    assert story.state.taken_out is None
    assert story.happens(events.BasketPutBack()).state.basket == TOGETHER


def test_what_cannot_go_together_is_said_before_it_starts_and_one_touch_mends_it() -> None:
    one, other = conflicting()
    story = Story().fills(one, other).happens(events.Next())
    assert story.state.stage is Stage.BASKET
    assert story.state.advice is not None
    assert story.state.advice.code == "basket.conflict"
    told = Story(state=story.state).happens(events.Next())
    assert told.state.stage is Stage.NOTICE, "who was told may go on: a person decides"
    story.happens(events.BasketTaken(item=other))
    assert story.state.advice is None
    assert not story.state.told_conflicts
    assert story.happens(events.Next()).state.stage is Stage.NOTICE


def test_another_pair_is_told_anew() -> None:
    one, other = conflicting()
    story = Story().fills(one, other).happens(events.Next(), events.BasketFilled(items=TOGETHER))
    assert not story.state.told_conflicts


def test_what_comes_before_is_added_by_one_touch() -> None:
    item, before = wanting()
    story = Story().fills(item)
    assert before in {wanted.before for wanted in catalogue().wanted_before(story.state.basket)}
    story.happens(events.BasketFilled(items=(before,)))
    assert before not in {wanted.before for wanted in catalogue().wanted_before(story.state.basket)}


def test_a_full_basket_says_so_and_an_empty_one_leads_to_the_services() -> None:
    items = tuple(catalogue().items)[: basket.MOST]
    story = Story().fills(*items)
    more = next(item for item in catalogue().items if item not in items)
    story.happens(events.BasketFilled(items=(more,)))
    assert story.state.basket == items
    assert story.state.advice is not None
    assert story.state.advice.code == "basket.full"
    empty = Story().fills(TOGETHER[0]).happens(events.BasketTaken(item=TOGETHER[0]), events.Next())
    assert empty.state.stage is Stage.FIND


def test_the_basket_goes_back_to_where_it_was_opened_and_lasts_until_home_is_left() -> None:
    story = Story().happens(events.Touched(session=SESSION), events.ServiceChosen(service=TOGETHER[0]))
    story.happens(events.BasketFilled(items=TOGETHER[:1]), events.BasketOpened(), events.Back())
    assert story.at(Stage.GUIDE)
    story.happens(events.Home())
    assert (story.state.stage, story.state.basket) == (Stage.FIND, TOGETHER[:1])
    story.happens(events.Back())
    assert story.state.leaving, "a basket is not thrown away unasked"
    story.happens(events.Leave())
    assert story.at(Stage.GOODBYE)
    assert story.state.basket == ()


def test_back_from_a_list_shows_all_stages_again_and_the_list_is_there_when_the_guide_is_left() -> None:
    story = Story().happens(events.Touched(session=SESSION), events.Browsed(browse=Browse.THEMES, life="retirement"))
    story.happens(events.ServiceChosen(service="old-age-allowance"), events.Back())
    assert (story.state.stage, story.state.life) == (Stage.FIND, "retirement")
    story.happens(events.Back())
    assert (story.state.stage, story.state.life) == (Stage.FIND, "")
    assert story.happens(events.Back()).state.stage is Stage.ATTRACT


def test_a_service_that_is_never_filed_ends_with_its_printed_guide() -> None:
    story = Story().happens(events.Touched(session=SESSION), events.ServiceChosen(service=guide_only()))
    story.happens(events.Next())
    assert story.at(Stage.GUIDE)
    (printed,) = story.of(effects.PrintGuide)
    assert [item.id for item in printed.items] == [guide_only()]
    story.happens(events.Next())
    assert story.state.guide_paper is Receipt.PRINTING, "a second touch does not print another"
    story.happens(events.GuidePrinted(proven=True), events.Next())
    assert story.at(Stage.ATTRACT)


def test_without_paper_the_guide_stays_to_be_photographed() -> None:
    story = Story().happens(events.Touched(session=SESSION), events.ServiceChosen(service=guide_only()), events.Next())
    story.happens(events.GuideFailed(code="printer.paper-out"))
    assert (story.state.stage, story.state.guide_paper) == (Stage.GUIDE, Receipt.FAILED)
    assert story.happens(events.Next()).state.stage is Stage.ATTRACT


def test_a_basket_of_guides_alone_is_printed_not_filed() -> None:
    story = Story().fills(guide_only()).happens(events.Next())
    assert len(story.of(effects.PrintGuide)) == 1
    assert story.state.stage is Stage.BASKET


def test_an_offer_counts_only_for_what_is_looked_at_and_never_for_what_is_there() -> None:
    story = Story().fills(*TOGETHER[:2])
    asked = story.of(effects.Recommend)[-1]
    assert asked.items == TOGETHER[:2]
    story.happens(events.Offered(items=("something", "else"), offers=(offer(TOGETHER[2]),)))
    assert not story.state.offers
    story.happens(events.Offered(items=TOGETHER[:2], offers=(offer(TOGETHER[2]), offer(TOGETHER[0]), offer("gone"))))
    assert [each.item for each in story.state.offers] == [TOGETHER[2]]


def test_what_cannot_go_with_what_is_there_is_not_offered() -> None:
    one, other = conflicting()
    story = Story().fills(one).happens(events.Offered(items=(one,), offers=(offer(other), offer(TOGETHER[0]))))
    assert [each.item for each in story.state.offers] == [TOGETHER[0]]


def test_after_submitting_what_is_offered_is_done_in_the_same_session_without_identifying_again() -> None:
    story = Story().opens("old-age-allowance").identifies().knows().until(Stage.SIGN)
    story.happens(events.Signed(strokes=INK))
    (sent,) = story.of(effects.Submit)
    story.happens(events.ApplicationStored(key=sent.key))
    assert story.happens(events.ServiceChosen(service="insurance-certificate")).state.stage is Stage.OUTCOMES
    answered = application(sent.key, None, CaseState.APPROVED)
    story.happens(events.ApplicationAnswered(key=sent.key, application=answered))
    assert story.of(effects.Recommend)[-1].items == ("old-age-allowance",)
    assert story.of(effects.Recommend)[-1].matter == "", "an item is no one-thing"
    story.happens(events.ServiceChosen(service="insurance-certificate"), events.Back())
    assert story.at(Stage.OUTCOMES)
    story.happens(events.ServiceChosen(service="insurance-certificate"), events.Next(), events.Next())
    assert story.at(Stage.FETCH)
    story.knows().until(Stage.OUTCOMES)
    first, second = story.of(effects.Submit)
    assert (first.request.items, second.request.items) == (("old-age-allowance",), ("insurance-certificate",))
    assert first.key != second.key
    assert len(story.state.submissions) == 2


def test_the_place_of_a_business_goes_with_the_question_and_where_somebody_lives_does_not() -> None:
    story = Story().opens("restaurant").identifies().knows().until(Stage.OUTCOMES)
    for sent in story.of(effects.Submit):
        made = application(sent.key, sent.request.entry, CaseState.APPROVED)
        story.happens(
            events.ApplicationStored(key=sent.key), events.ApplicationAnswered(key=sent.key, application=made)
        )
    assert {asked.matter for asked in story.of(effects.Recommend)} == {"restaurant"}
    place = story.of(effects.Recommend)[-1].place
    assert place is not None
    assert place["division"] == "000102002000"
    home = Story().opens("newborn").identifies().knows().until(Stage.OUTCOMES, variant=1)
    for sent in home.of(effects.Submit):
        made = application(sent.key, sent.request.entry, CaseState.APPROVED)
        home.happens(events.ApplicationStored(key=sent.key), events.ApplicationAnswered(key=sent.key, application=made))
    assert all(asked.place is None for asked in home.of(effects.Recommend))
