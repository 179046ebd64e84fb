"""What the session machine promises, told as stories."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from stories import HOLDER, INK, NOW, VERIFICATION, Story, application, case

from kiosk.contract import CaseState
from kiosk.forms import PageRef
from kiosk.session import effects, events
from kiosk.session.effects import activities
from kiosk.session.state import Advice, Delivery, DocumentSource, Receipt, Stage

FAMILY = {"situation.has_birth_certificate": False}


def signed(matter: str = "newborn", *, twins: bool = False) -> Story:
    """Return a story at the outcomes page, nothing stored yet."""
    story = Story().opens(matter).identifies().knows()
    if twins:
        story.until(Stage.QUESTION)
        while story.state.page != PageRef(id="children"):
            story.forward(1)
        story.happens(events.EntryAdded(repeat="children"))
        assert story.page().entry == 1
    story.until(Stage.SIGN, variant=1)
    return story.happens(events.Signed(strokes=INK))


def test_whoever_cannot_write_on_glass_confirms_in_words() -> None:
    story = Story().opens("newborn").identifies().knows().until(Stage.SIGN)
    story.happens(events.Signed())
    assert story.state.advice == Advice(code="signature.empty")
    story.happens(events.Signed(confirmed=True))
    assert [(one.request.signature, one.request.confirmed) for one in story.of(effects.Submit)] == [((), True)]


def test_twins_are_two_applications_with_keys_of_their_own() -> None:
    story = signed(twins=True)
    first, second = story.of(effects.Submit)
    assert (first.request.entry, second.request.entry) == (0, 1)
    assert first.key != second.key
    assert len(first.request.answers.repeats["children"]) == 2
    again = signed(twins=True).of(effects.Submit)
    assert [one.key for one in again] == [first.key, second.key], "the same attempt has the same keys"


def test_only_the_twin_that_was_not_stored_is_submitted_again_under_a_new_key() -> None:
    story = signed(twins=True)
    first, second = story.of(effects.Submit)
    story.happens(events.ApplicationStored(key=first.key), events.ApplicationLost(key=second.key, code="disk.full"))
    story.happens(events.Retry())
    *_, again = story.of(effects.Submit)
    assert len(story.of(effects.Submit)) == 3
    assert again.request.entry == 1
    assert again.key not in (first.key, second.key)
    story.happens(events.Retry())
    assert len(story.of(effects.Submit)) == 3, "it is on its way: nothing to try again"


def test_a_full_disk_does_not_keep_the_other_twin_from_its_receipt() -> None:
    story = signed(twins=True)
    first, second = story.of(effects.Submit)
    story.happens(events.ApplicationStored(key=first.key), events.ApplicationLost(key=second.key, code="disk.full"))
    story.happens(events.Next())
    assert story.state.stage is Stage.RECEIPT


def test_a_child_whose_application_is_on_its_way_stays_in_the_list() -> None:
    story = signed(twins=True)
    first, second = story.of(effects.Submit)
    story.happens(events.ApplicationStored(key=first.key))
    story.happens(events.ApplicationRejected(key=second.key, code="application.invalid", pointers=()), events.Next())
    story.happens(events.ChangeWanted(page=PageRef(id="children")), events.EntryRemoved(repeat="children", entry=0))
    assert len(story.state.answers.repeats["children"]) == 2
    story.happens(events.EntryRemoved(repeat="children", entry=1))
    assert len(story.state.answers.repeats["children"]) == 1


@pytest.mark.parametrize("stage", [Stage.OUTCOMES, Stage.RECEIPT, Stage.RATING])
def test_a_rejected_application_leads_back_to_the_question_it_points_at(stage: Stage) -> None:
    story = signed()
    key = story.of(effects.Submit)[0].key
    story.happens(events.ApplicationStored(key=key), events.ApplicationDelayed(key=key, code="backend.slow"))
    if stage is not Stage.OUTCOMES:
        story.happens(events.Next())
        story.state = replace(story.state, stage=stage)
    pointer = "/answers/repeats/children/0/child.hospital/value"
    story.happens(events.ApplicationRejected(key=key, code="application.invalid", pointers=("/items", pointer)))
    assert story.state.stage is Stage.OUTCOMES
    story.happens(events.Next())
    assert story.state.page == PageRef(id="child.hospital", repeat="children", entry=0)
    assert story.state.advice is not None
    assert story.state.advice.code == "application.invalid"
    story.forward(1).forward().forward()
    assert story.state.stage is Stage.OUTCOMES
    assert len({submit.key for submit in story.of(effects.Submit)}) == 2


def test_an_attachment_the_backend_lost_is_photographed_again() -> None:
    story = signed()
    assert any(given.obtained == "scan" for given in story.state.supplied.values())
    key = story.of(effects.Submit)[0].key
    story.happens(events.ApplicationRejected(key=key, code="attachment.unknown", pointers=("/materials",)))
    story.happens(events.Next())
    assert story.state.stage is Stage.MATERIALS
    assert not any(given.obtained == "scan" for given in story.state.supplied.values())


def test_a_verification_that_ran_out_is_made_anew_and_no_answer_is_lost() -> None:
    story = signed()
    answers = story.state.answers
    key = story.of(effects.Submit)[0].key
    story.happens(events.ApplicationRejected(key=key, code="token.invalid"), events.Next())
    assert [story.state.stage, story.state.advice is None] == [Stage.VERIFY, False]
    story.happens(events.CodeSent(verification=VERIFICATION), events.CodeEntered(code="1"), events.CodeAccepted())
    story.happens(events.KnownArrived(facts=(), unavailable=(), found=()))
    assert [story.state.stage, story.state.answers] == [Stage.REVIEW, answers]
    story.forward().forward()
    assert story.state.stage is Stage.OUTCOMES


def test_a_late_message_never_takes_a_decision_back() -> None:
    story = signed()
    key = story.of(effects.Submit)[0].key
    made = application(key, 0, CaseState.APPROVED, CaseState.SUBMITTED)
    story.happens(events.ApplicationStored(key=key), events.ApplicationAnswered(key=key, application=made))
    number = made.cases[1].number
    story.happens(events.CaseDecided(application=made.number, case=case(number, CaseState.ACCEPTED, NOW)))
    story.happens(
        events.CaseDecided(application=made.number, case=case(number, CaseState.SUBMITTED)),
        events.CaseDecided(application=made.number, case=case(number, CaseState.REFERRED, NOW - timedelta(1))),
        events.ApplicationAnswered(key=key, application=made),
        events.ApplicationDelayed(key=key, code="backend.slow"),
        events.ApplicationStored(key=key),
    )
    assert [one.state for one in story.state.submissions[0].cases] == [CaseState.APPROVED, CaseState.ACCEPTED]
    assert story.state.submissions[0].delivery is Delivery.ANSWERED
    later = case(number, CaseState.APPROVED, NOW + timedelta(1))
    story.happens(events.CaseDecided(application=made.number, case=later))
    assert story.state.submissions[0].cases[1] == later


def test_a_slip_is_printed_once_and_again_only_for_news_or_after_a_failure() -> None:
    story = signed()
    key = story.of(effects.Submit)[0].key
    story.happens(events.ApplicationStored(key=key), events.ApplicationDelayed(key=key, code="backend.slow"))
    story.happens(events.Next(), events.Next(), events.ReceiptFailed(code="printer.paper-out"), events.Retry())
    assert len(story.of(effects.PrintReceipt)) == 2
    story.happens(events.Retry(), events.ReceiptPrinted(proven=True), events.Retry(), events.Back(), events.Next())
    assert story.state.stage is Stage.RECEIPT
    assert story.state.receipt is Receipt.PRINTED
    assert len(story.of(effects.PrintReceipt)) == 2
    made = application(key, 0, CaseState.APPROVED)
    story.happens(events.Back(), events.ApplicationAnswered(key=key, application=made), events.Next())
    assert len(story.of(effects.PrintReceipt)) == 3, "the first slip did not say what came of it"


def test_without_paper_for_a_receipt_its_code_is_shown_at_once_and_it_may_be_printed_once_there_is_paper() -> None:
    story = signed()
    key = story.of(effects.Submit)[0].key
    story.happens(events.PaperChanged(code="printer.paper-low"))
    story.happens(events.ApplicationStored(key=key), events.ApplicationDelayed(key=key, code="backend.slow"))
    story.happens(events.Next())
    assert (story.state.stage, story.state.receipt) == (Stage.RECEIPT, Receipt.FAILED)
    assert story.state.advice == Advice(code="printer.paper-low")
    assert not story.of(effects.PrintReceipt)
    story.happens(events.PaperChanged(code=""))
    assert story.state.advice is None
    story.happens(events.Retry())
    assert len(story.of(effects.PrintReceipt)) == 1


def test_a_slip_that_was_cut_short_is_the_same_slip_when_printed_again_and_another_one_when_there_is_news() -> None:
    story = signed()
    key = story.of(effects.Submit)[0].key
    story.happens(events.ApplicationStored(key=key), events.ApplicationDelayed(key=key, code="backend.slow"))
    story.happens(events.Next(), events.ReceiptFailed(code="printer.paper-out", number="T-1"), events.Retry())
    assert [effect.session.receipt_number for effect in story.of(effects.PrintReceipt)] == ["", "T-1"]
    story.happens(events.ReceiptFailed(code="printer.paper-out", number="T-1"))
    made = application(key, 0, CaseState.APPROVED)
    story.happens(events.Back(), events.ApplicationAnswered(key=key, application=made), events.Next())
    assert [effect.session.receipt_number for effect in story.of(effects.PrintReceipt)] == ["", "T-1", ""]


def test_the_next_citizen_is_told_too_that_no_receipt_can_be_printed() -> None:
    story = Story().happens(events.PaperChanged(code="printer.cover-open")).opens("newborn").happens(events.Home())
    story.happens(events.Leave())
    assert story.state.unprintable == "printer.cover-open"


@pytest.mark.parametrize("code", ["device.absent", "device.silent", "device.error"])
def test_a_printer_that_is_not_there_sends_nobody_to_the_next_machine(code: str) -> None:
    """What a device says elsewhere, "go to the next machine", is wrong once everything is submitted."""
    story = signed()
    key = story.of(effects.Submit)[0].key
    story.happens(events.ApplicationStored(key=key), events.ApplicationDelayed(key=key, code="backend.slow"))
    story.happens(events.Next(), events.ReceiptFailed(code=code))
    assert story.state.advice == Advice(code="printer.offline")


def test_going_back_from_a_verification_forgets_whose_document_it_was() -> None:
    """Else the code of the first document could be taken for one of a second."""
    story = Story().opens("newborn").happens(events.Next(), events.DocumentRead(holder=HOLDER), events.Back())
    assert story.state.stage is Stage.DOCUMENT
    assert story.of(effects.Wipe)
    assert HOLDER.name not in repr(story.state)
    story.happens(events.CodeSent(verification=VERIFICATION))
    assert story.state.verification is None


def test_a_request_whose_page_was_left_is_abandoned() -> None:
    story = Story().opens("newborn").identifies()
    assert story.state.busy == "known"
    story.happens(events.Back())
    assert story.state.stage is Stage.NOTICE
    assert len(story.of(effects.Abandon)) == 1


def test_a_situation_changed_in_the_review_changes_the_items_and_asks_what_is_then_open() -> None:
    story = Story().opens("newborn", {"situation.social_card": False}).identifies().knows()
    story.until(Stage.REVIEW, variant=1)
    assert story.state.matter is not None
    assert "newborn-social-card" not in {item.id for item in story.state.matter.items}
    known = len(story.of(effects.FetchKnown))
    story.happens(events.ChangeWanted(page=PageRef(id="situation.social_card")))
    before = story.state.answers
    story.happens(events.Answered(page=PageRef(id="situation.social_card"), raw=True))
    assert story.at(Stage.CHANGE), "what it does is said first"
    assert story.state.foreseen is not None
    assert story.state.foreseen.items_come == ("newborn-social-card",)
    assert story.state.answers == before, "and nothing is changed yet"
    story.happens(events.Next())
    assert story.state.stage is Stage.FETCH
    assert len(story.of(effects.FetchKnown)) == known + 1
    assert "newborn-social-card" in {item.id for item in story.state.matter.items}
    story.happens(events.KnownArrived(facts=(), unavailable=(), found=()))
    story.until(Stage.OUTCOMES, variant=1)
    request = story.of(effects.Submit)[0].request
    assert "newborn-social-card" in request.items
    assert request.answers.single["situation.social_card"].value is True


def test_an_expired_document_is_told_and_another_is_taken() -> None:
    story = Story().opens("newborn").happens(events.Next())
    old = replace(HOLDER, valid_until=NOW.date() - timedelta(1))
    story.happens(events.DocumentRead(holder=old))
    assert story.state.advice is not None
    assert story.state.advice.code == "document.expired"
    assert "watch" in activities(story.state).values()
    story.happens(events.DocumentRemoved(source=DocumentSource.ID_READER), events.DocumentRead(holder=HOLDER))
    assert story.state.stage is Stage.VERIFY


def test_what_was_submitted_for_one_matter_does_not_keep_another_from_being_submitted() -> None:
    story = signed("old-age-allowance")
    key = story.of(effects.Submit)[0].key
    story.happens(events.ApplicationStored(key=key))
    story.state = replace(story.state, stage=Stage.FIND)
    story.happens(events.ServiceChosen(service="insurance-certificate")).forward().forward()
    story.until(Stage.OUTCOMES)
    assert {submit.request.matter for submit in story.of(effects.Submit)} == {
        "old-age-allowance",
        "insurance-certificate",
    }


def test_leaving_asks_first_when_something_would_be_lost() -> None:
    story = Story().opens("newborn").identifies().knows().happens(events.Home())
    assert story.state.leaving
    story.happens(events.Next(), events.Back())
    assert not story.state.leaving
    story.happens(events.Home(), events.Leave())
    assert story.state.stage is Stage.GOODBYE
    assert len(story.of(effects.Wipe)) == 1


def test_an_answer_that_a_later_one_took_off_the_path_is_kept_but_never_sent() -> None:
    story = Story().opens("newborn").identifies().knows().until(Stage.REVIEW, variant=0)
    page = PageRef(id="person.marital_status")
    assert "family.other_name" in story.state.answers.single
    story.happens(events.ChangeWanted(page=page), events.Answered(page=page, raw="unmarried"))
    story.until(Stage.OUTCOMES, variant=1)
    assert "family.other_name" in story.state.answers.single, "going back brings it back"
    assert "family.other_name" not in story.of(effects.Submit)[0].request.answers.single


def test_a_code_is_sent_and_checked_once_however_often_it_is_asked_for() -> None:
    story = Story().opens("newborn").happens(events.Next(), events.DocumentRead(holder=HOLDER))
    story.happens(events.CodeWanted(), events.Retry(), events.CodeWanted())
    assert len(story.of(effects.SendCode)) == 1
    story.happens(events.CodeSent(verification=VERIFICATION))
    story.happens(*(events.CodeEntered(code="123456") for _ in range(3)))
    assert len(story.of(effects.CheckCode)) == 1
