"""Stories that do not go straight on: a long form, a changed answer, a form kept, somebody else's matter, a helper."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from stories import HELPER, MANDATES, NAME, PRINCIPAL, TODAY, UNTIL, VERIFICATION, Story, catalogue, draft, summary

from kiosk import forms
from kiosk.contract import Fact
from kiosk.forms import Answer, Answers, Element, Form, Kind, PageRef, Question, Repeat, Section
from kiosk.session import course, effects, events, keeping, knowing, rights
from kiosk.session.state import Session, Stage

ALLOWANCE = "old-age-allowance"


def begun(matter: str = "restaurant") -> Story:
    return Story().opens(matter).identifies().knows()


def enters(matter: str, found: events.OpenFound) -> Story:
    return Story().opens(matter).identifies(found=found)


# --- the task list -------------------------------------------------------------------------------------------------


def test_a_long_form_begins_with_its_sections_and_each_leads_back_to_them() -> None:
    story = begun()
    assert story.at(Stage.TASKS)
    parts = course.parts(catalogue(), story.state)
    assert sum(len(part.pages) for part in parts) == len(course.asked(story.state)) > course.LONG
    last = next(part for part in reversed(parts) if part.stand is not course.Stand.WAITING)
    story.happens(events.SectionChosen(section=last.section.id))
    assert story.page() == last.first
    story.happens(events.ListWanted())
    assert story.at(Stage.TASKS)
    story.happens(events.SectionChosen(section=last.section.id)).until(Stage.TASKS)
    done = {part.section.id: part.stand for part in course.parts(catalogue(), story.state)}
    assert done[last.section.id] is course.Stand.DONE
    assert story.happens(events.SectionChosen(section="nowhere")).at(Stage.TASKS)


def test_a_short_form_is_asked_straight_through() -> None:
    story = begun("insurance-certificate")
    assert not story.state.listed
    assert not story.at(Stage.TASKS)


def test_the_last_section_leads_to_the_materials_and_back_to_the_list() -> None:
    story = begun().until(Stage.MATERIALS)
    assert story.happens(events.Back()).at(Stage.TASKS)
    assert course.goes_on(catalogue(), story.state) is None
    assert story.happens(events.Next()).at(Stage.MATERIALS)


# --- a changed answer ----------------------------------------------------------------------------------------------


def changed(raw: events.Raw = "120") -> Story:
    story = begun().until(Stage.REVIEW)
    page = PageRef(id="situation.area_m2")
    return story.happens(events.ChangeWanted(page=page), events.Answered(page=page, raw=raw))


def test_what_a_change_does_is_said_and_dropping_it_leaves_everything_as_it_was() -> None:
    story = begun().until(Stage.REVIEW)
    before = story.state
    page = PageRef(id="situation.area_m2")
    story.happens(events.ChangeWanted(page=page), events.Answered(page=page, raw="120"))
    foreseen = story.state.foreseen
    assert foreseen is not None
    assert foreseen.items_go == ("fire-safety-commitment",)
    assert foreseen.dropped
    assert story.happens(events.ChangeDropped()).at(Stage.REVIEW)
    assert story.state == before


def test_a_change_that_is_confirmed_is_made_and_only_what_is_open_is_asked() -> None:
    story = changed().happens(events.Next())
    assert story.at(Stage.FETCH)
    story.happens(events.KnownArrived(facts=(), unavailable=(), found=()))
    assert story.state.answers.single["situation.area_m2"].value == 120
    assert story.state.matter is not None
    assert "fire-safety-commitment" not in {item.id for item in story.state.matter.items}
    assert story.until(Stage.REVIEW).at(Stage.REVIEW)


def test_back_from_what_a_change_does_asks_the_question_again() -> None:
    story = changed().happens(events.Back())
    assert story.at(Stage.QUESTION)
    assert story.state.foreseen is None
    assert story.happens(events.Back()).at(Stage.REVIEW)


def test_a_change_that_touches_nothing_else_is_made_at_once() -> None:
    story = begun().until(Stage.REVIEW)
    page = PageRef(id="shop.name")
    story.happens(events.ChangeWanted(page=page), events.Answered(page=page, raw="另一家"))
    assert story.at(Stage.REVIEW)
    assert story.state.answers.single["shop.name"].value == "另一家"


# --- what is known of the entries of a list --------------------------------------------------------------------------

NUMBER = Element(id="child.number", kind=Kind.TEXT, title=NAME, known_from=("register.family.number",), source="test")
CALLED = Element(id="child.name", kind=Kind.TEXT, title=NAME, known_from=("register.family.name",), source="test")
LIST = Repeat(
    id="family",
    prefix="child",
    section="s",
    title=NAME,
    one=NAME,
    add=NAME,
    questions=tuple(Question(element=each, section="s", asked_by=()) for each in (CALLED, NUMBER)),
    minimum=0,
    asked_by=(),
)
FAMILY = Form(version="1", sections=(Section(id="s", title=NAME),), pages=(LIST,))


def with_family() -> Session:
    matter = catalogue().matter(ALLOWANCE, Answers(), TODAY)
    state = Session(today=TODAY, stage=Stage.CONFIRM, matter=replace(matter, form=FAMILY, materials=()))
    facts = (
        Fact(name="register.family.name", value=["甲", "乙"], as_of=TODAY, source=NAME),
        Fact(name="register.family.number", value=["1", None], as_of=TODAY, source=NAME),
    )
    assert state.matter is not None
    return replace(state, known=knowing.candidates(state.matter, {}, facts))


def test_a_register_fills_a_list_and_each_of_its_entries_is_confirmed() -> None:
    state = with_family()
    places = [known.page for known in knowing.to_confirm(state)]
    assert places == [
        PageRef(id="child.name", repeat="family", entry=0),
        PageRef(id="child.number", repeat="family", entry=0),
        PageRef(id="child.name", repeat="family", entry=1),
    ]
    taken = replace(state, answers=knowing.with_known(state))
    assert course.asked(taken) == (PageRef(id="child.number", repeat="family", entry=1), PageRef(id="family"))


def test_what_is_disputed_of_an_entry_is_asked_and_may_be_right_after_all() -> None:
    state = with_family()
    wrong = PageRef(id="child.name", repeat="family", entry=0)
    disputed = replace(state, disputed=frozenset({wrong}), answers=knowing.with_known(state))
    assert wrong in [known.page for known in knowing.to_confirm(disputed)]
    taken = replace(disputed, answers=knowing.with_known(disputed))
    assert wrong in course.asked(taken)
    after_all = replace(taken, disputed=frozenset())
    assert forms.answer_of(knowing.with_known(after_all), wrong) == Answer(value="甲", origin="register.family.name")


# --- kept for later --------------------------------------------------------------------------------------------------


def kept() -> Story:
    story = begun().happens(events.Next(), events.SaveWanted())
    (effect,) = story.of(effects.KeepDraft)
    assert story.state.busy == "keep"
    return story.happens(events.DraftKept(identity=effect.identity, tag="1", expires_at=UNTIL))


def test_a_form_is_kept_under_the_person_and_they_leave_or_go_on() -> None:
    story = kept()
    (effect,) = story.of(effects.KeepDraft)
    assert effect.tag is None
    assert {answer.origin for answer in effect.request.answers.single.values()} == {"citizen"}
    assert story.at(Stage.KEPT)
    assert Story(state=story.state).happens(events.Back()).at(Stage.QUESTION)
    story.happens(events.Next())
    assert story.at(Stage.GOODBYE)


def test_a_form_is_kept_on_every_page_that_offers_it_and_the_page_says_so() -> None:
    seen = set()
    for matter in ("newborn", "restaurant"):
        story = Story().opens(matter).identifies()
        for _ in range(200):
            if story.state.stage not in (*keeping.KEEPS_AT, Stage.FETCH, Stage.BEHALF, Stage.RESUME):
                break
            if keeping.can_keep(story.state) and not story.state.busy:
                seen.add(story.state.stage)
                aside = Story(state=story.state).happens(
                    events.SaveWanted(), events.DraftKept(identity="secret-draft", tag="1", expires_at=UNTIL)
                )
                assert aside.at(Stage.KEPT), story.state.stage
                assert aside.happens(events.Back()).at(story.state.stage)
            story.forward()
    assert seen >= {Stage.QUESTION, Stage.MATERIALS, Stage.CAMERA, Stage.PROMISE, Stage.REVIEW, Stage.SIGN}


def test_who_goes_on_after_keeping_is_told_again_that_the_camera_is_lost() -> None:
    story = Story().opens("newborn").identifies().until(Stage.CAMERA)
    story.happens(events.DeviceChanged(device="camera", health="absent", cause="device.gone"))
    story.happens(events.SaveWanted(), events.DraftKept(identity="secret-draft", tag="1", expires_at=UNTIL))
    story.happens(events.Back())
    assert story.state.advice is not None
    assert story.state.advice.code.startswith("camera.lost")


def test_who_keeps_it_again_replaces_what_they_kept() -> None:
    story = kept().happens(events.Back(), events.SaveWanted())
    first, second = story.of(effects.KeepDraft)
    assert (second.identity, second.tag) == (first.identity, "1")


def test_a_time_out_keeps_only_what_the_citizen_had_kept() -> None:
    silent = begun().happens(events.Next(), events.IdleOver())
    assert silent.of(effects.KeepDraft) == []
    story = kept().happens(events.Back(), events.IdleOver())
    *_, last = story.of(effects.KeepDraft)
    assert last.lasting
    assert isinstance(story.wanted[-1], effects.Wipe)


def test_nothing_is_kept_of_somebody_who_was_not_verified() -> None:
    story = Story().opens("restaurant").happens(events.SaveWanted())
    assert story.of(effects.KeepDraft) == []


def test_it_is_kept_while_asked_whether_to_leave() -> None:
    story = begun().happens(events.Next(), events.Home(), events.SaveWanted())
    assert not story.state.leaving
    assert len(story.of(effects.KeepDraft)) == 1


def test_what_was_kept_elsewhere_is_replaced_only_by_who_was_told() -> None:
    story = begun().happens(events.Next(), events.SaveWanted())
    story.happens(events.DraftElsewhere(code="draft.exists", draft=summary(draft())))
    assert story.state.advice is not None
    story.happens(events.SaveWanted())
    *_, second = story.of(effects.KeepDraft)
    assert (second.identity, second.tag) == (draft().id, "1")


def test_what_was_kept_is_taken_up_where_it_was_left() -> None:
    story = enters("restaurant", events.OpenFound(drafts=(summary(draft()),)))
    assert story.at(Stage.RESUME)
    story.happens(events.DraftChosen(draft=draft().id), events.DraftOpened(draft=draft(), tag="7"))
    assert story.at(Stage.FETCH)
    assert story.state.service == ALLOWANCE
    assert story.state.answers.single["person.phone"].value == "13800138024"
    assert story.state.kept is not None
    assert story.state.kept.tag == "7"
    story.knows().until(Stage.REVIEW)


def test_what_no_longer_fits_is_said_and_a_new_notice_is_read_before_going_on() -> None:
    old = draft(again=True)
    story = enters(ALLOWANCE, events.OpenFound(drafts=(summary(old),)))
    story.happens(events.DraftChosen(draft=old.id), events.DraftOpened(draft=old, tag="1"))
    assert story.at(Stage.RESUME)
    assert story.state.again == old.again
    assert story.happens(events.Next()).at(Stage.NOTICE)
    assert story.happens(events.Next()).at(Stage.FETCH)


def test_who_starts_again_replaces_the_old_form_only_when_they_save() -> None:
    story = enters(ALLOWANCE, events.OpenFound(drafts=(summary(draft()),)))
    story.happens(events.Next())
    assert story.at(Stage.FETCH)
    assert story.state.kept is not None
    assert not story.state.kept.said


def test_what_was_kept_is_deleted_and_then_it_goes_on() -> None:
    story = enters(ALLOWANCE, events.OpenFound(drafts=(summary(draft()),)))
    story.happens(events.DraftDropped(draft=draft().id))
    assert len(story.of(effects.ForgetDraft)) == 1
    assert story.happens(events.DraftForgotten(identity=draft().id)).at(Stage.FETCH)


# --- for somebody else -----------------------------------------------------------------------------------------------


def acting(matter: str = ALLOWANCE, mandate: int = 0) -> Story:
    story = enters(matter, events.OpenFound(mandates=MANDATES))
    assert story.at(Stage.BEHALF)
    return story.happens(events.ActedFor(mandate=MANDATES[mandate].reference))


def test_the_principals_facts_are_fetched_within_the_mandate_after_a_notice_of_both() -> None:
    story = acting()
    assert story.at(Stage.NOTICE)
    story.happens(events.Next())
    (fetch,) = story.of(effects.FetchKnown)
    assert fetch.authority == rights.authority(story.state)
    assert fetch.authority is not None
    assert (fetch.authority.principal, fetch.authority.items) == (PRINCIPAL, (ALLOWANCE,))
    story.knows()
    assert story.state.answers.single["person.name"] == Answer(value=PRINCIPAL.name, origin="card.name")
    assert str(story.state.answers.single["person.birth_date"].value) == "1941-02-18"
    story.until(Stage.SIGN).forward()
    (submit,) = story.of(effects.Submit)
    assert submit.request.authority == fetch.authority


@pytest.mark.parametrize(("matter", "mandate"), [("insurance-certificate", 1), (ALLOWANCE, 2)])
def test_a_mandate_that_does_not_cover_it_is_not_taken(matter: str, mandate: int) -> None:
    story = acting(matter, mandate)
    assert story.at(Stage.BEHALF)
    assert story.state.mandate is None
    assert story.state.advice is not None


def test_for_oneself_nothing_is_said_of_anybody_else() -> None:
    story = enters(ALLOWANCE, events.OpenFound(mandates=MANDATES)).happens(events.ActedFor())
    (fetch,) = story.of(effects.FetchKnown)
    assert fetch.authority is None


def test_who_said_it_is_for_somebody_else_is_asked_even_without_a_mandate() -> None:
    story = Story().opens(ALLOWANCE).happens(events.BehalfWanted()).identifies()
    assert story.at(Stage.BEHALF)
    assert story.happens(events.ActedFor()).at(Stage.FETCH)


def test_another_person_at_the_reader_has_none_of_the_rights_of_the_first() -> None:
    story = acting().happens(events.Back(), events.ActedFor(mandate=MANDATES[0].reference), events.Next())
    story.happens(events.BackendFailed(request="known", code="token.invalid"), events.Back())
    assert story.at(Stage.DOCUMENT)
    assert (story.state.mandate, story.state.mandates, story.state.helper) == (None, (), None)


# --- a helper --------------------------------------------------------------------------------------------------------


def helped() -> Story:
    story = begun().happens(events.HelperWanted(), events.HelperNumbered(staff=HELPER.staff))
    story.happens(events.HelperCodeSent(verification=VERIFICATION), events.HelperCodeEntered(code="123456"))
    return story.happens(events.HelperArrived(assistance=HELPER))


def test_a_helper_is_named_until_they_leave_and_the_citizen_is_where_they_were() -> None:
    story = helped()
    assert story.at(Stage.TASKS)
    assert story.state.helper == HELPER
    assert story.until(Stage.REVIEW).state.helper == HELPER
    assert story.happens(events.HelperLeft()).state.helper is None
    assert len(story.of(effects.EndHelp)) == 1
    assert len(story.happens(events.HelperLeft()).of(effects.EndHelp)) == 1


def test_nobody_helps_before_it_is_known_whom() -> None:
    assert not Story().opens(ALLOWANCE).happens(events.HelperWanted()).at(Stage.HELPER)


def test_a_wrong_code_is_said_and_going_back_calls_it_off() -> None:
    story = begun().happens(events.HelperWanted(), events.HelperNumbered(staff=HELPER.staff))
    story.happens(events.HelperCodeSent(verification=VERIFICATION), events.HelperCodeEntered(code="000000"))
    story.happens(events.HelperRefused(code="verification.wrong-code", attempts_left=0))
    assert story.state.helping is None
    assert story.happens(events.Back()).at(Stage.TASKS)
    assert story.state.helper is None
