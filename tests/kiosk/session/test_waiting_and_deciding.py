"""Who waits sees how far it is and can go on; who was told an outcome can open it, and apply again."""

from __future__ import annotations

import own
from stories import INK, NAME, Story, application, case

from kiosk.catalogue.model import Assurance
from kiosk.contract import CaseDetail, CaseState
from kiosk.session import effects, events, own_effects, own_events
from kiosk.session.having import Errand
from kiosk.session.state import Session, Stage


def _asks() -> Story:
    story = Story().opens("newborn").identifies()
    assert story.at(Stage.FETCH)
    assert story.state.busy == "known"
    return story


def _decided() -> Story:
    story = Story().opens(own.MATTER).identifies().knows().until(Stage.SIGN).happens(events.Signed(strokes=INK))
    key = story.state.submissions[0].key
    made = application(key, None, CaseState.REFUSED)
    return story.happens(events.ApplicationStored(key=key), events.ApplicationAnswered(key=key, application=made))


def _number(state: Session) -> str:
    return state.submissions[0].cases[0].number


def _found(story: Story, state: CaseState = CaseState.REFUSED) -> events.Event:
    detail = CaseDetail(
        application="A", matter="newborn", matter_name=NAME, case=case(_number(story.state), state), timeline=()
    )
    return own_events.CaseFound(detail=detail, tag="1")


def test_what_registers_told_is_seen_while_licences_are_looked_for() -> None:
    story = _asks().happens(events.RegistersTold(facts=(), unavailable=("population",)))
    assert story.at(Stage.FETCH)
    assert story.state.registers_told
    assert story.state.unavailable == ("population",)


def test_nobody_has_to_wait_for_registers() -> None:
    story = _asks().happens(events.Next())
    assert story.state.unavailable == ("all",)
    assert not story.at(Stage.FETCH)
    assert story.of(effects.Abandon)
    later = _asks().happens(events.RegistersTold(facts=(), unavailable=("population",)), events.Next())
    assert later.state.unavailable == ("population",), "what was told by then counts"


def test_what_is_told_too_late_changes_nothing() -> None:
    story = _asks().happens(events.Next())
    before = story.state
    assert story.happens(events.RegistersTold(facts=(), unavailable=())).state == before


def test_a_case_is_opened_from_its_outcome_and_back_leads_to_the_outcomes() -> None:
    story = _decided()
    assert story.state.assurance is Assurance.B
    story.happens(own_events.CaseChosen(number=_number(story.state)))
    assert [each.number for each in story.of(own_effects.FetchCase)] == [_number(story.state)]
    story.happens(_found(story, CaseState.WITHDRAWN))
    assert story.at(Stage.CASE)
    story.happens(events.Back())
    assert story.at(Stage.OUTCOMES)
    assert story.state.errand is Errand.SERVICE
    assert story.state.submissions[0].cases[0].state is CaseState.WITHDRAWN, "the outcomes say the same as the case"


def test_a_case_that_is_not_theirs_is_not_opened_from_the_outcomes() -> None:
    story = _decided().happens(own_events.CaseChosen(number="another"))
    assert story.at(Stage.OUTCOMES)
    assert not story.of(own_effects.FetchCase)


def test_a_case_that_cannot_be_fetched_leaves_everything_that_is_theirs_to_look_at() -> None:
    story = _decided()
    story.happens(own_events.CaseChosen(number=_number(story.state)))
    story.happens(events.BackendFailed(request="case", code="backend.unreachable"))
    assert story.at(Stage.MINE)
    story.happens(events.Back())
    assert story.at(Stage.OUTCOMES)


def test_what_was_refused_can_be_applied_for_again() -> None:
    story = Story().comes_for_their_own(own.mine())
    number = own.mine().cases.applications[0].cases[0].number
    story.happens(own_events.CaseChosen(number=number))
    detail = CaseDetail(
        application="A", matter="newborn", matter_name=NAME, case=case(number, CaseState.REFUSED), timeline=()
    )
    story.happens(own_events.CaseFound(detail=detail, tag="1"))
    assert story.at(Stage.CASE)
    story.happens(events.ServiceChosen(service="newborn"))
    assert story.state.case is None
    assert story.state.service == "newborn"
    assert story.state.verified
