"""What people do with what is theirs, played as data."""

from __future__ import annotations

import own
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import HOLDER, INK, NOW, VERIFICATION, Story, application

from kiosk.contract import Attachment, CaseAction, CaseState, EntitlementState, PaymentState, RatingAxis
from kiosk.forms import PageRef
from kiosk.session import effects, events, own_effects, own_events
from kiosk.session.having import Errand, Mine
from kiosk.session.runner import Clocks, grace_s
from kiosk.session.state import Delivery, DocumentSource, Receipt, Session, Stage
from kiosk.session.tracing import spelled

ADDRESS = {"division": "000102002000", "detail": "示例秘密路8号"}


def comes(mine: Mine | None = None) -> Story:
    return Story().comes_for_their_own(own.mine() if mine is None else mine)


def opens(state: CaseState = CaseState.WAITING, *actions: CaseAction, **more: object) -> Story:
    detail = own.detail(state, own.AWAITED[:2], *actions)
    detail = replace(detail, **more)
    story = comes().happens(own_events.CaseChosen(number=own.CASE))
    return story.happens(own_events.CaseFound(detail=detail, tag="7"))


def mends(kind: type[own_events.SupplementWanted] | type[own_events.CorrectWanted]) -> Story:
    return opens().happens(kind(), own_events.ApplicationFound(application=own.filed()))


def photographs(story: Story) -> Story:
    story.happens(events.PictureWanted(), events.PictureTaken(reference="p"), events.PictureKept())
    stored = Attachment(id="secret-attachment", sha256="0", bytes=1)
    return story.happens(events.AttachmentStored(material=story.state.material, attachment=stored))


# --- who it is ---------------------------------------------------------------------------------------------------


def test_somebody_comes_for_what_is_theirs_and_sees_it_only_once_verified() -> None:
    story = Story().happens(events.Touched(session="s"), own_events.MineWanted())
    assert story.at(Stage.DOCUMENT)
    story.happens(events.DocumentRead(holder=HOLDER))
    assert story.at(Stage.VERIFY)
    assert not story.of(own_effects.LookAtMine)
    story.happens(events.CodeSent(verification=VERIFICATION), events.CodeEntered(code="123456"), events.CodeAccepted())
    assert story.at(Stage.MINE)
    assert story.state.busy == "mine"
    assert len(story.of(own_effects.LookAtMine)) == 1
    assert not story.of(effects.LookUp)


def test_back_from_the_document_leads_to_the_services_as_before() -> None:
    story = Story().happens(events.Touched(session="s"), own_events.MineWanted(), events.Back())
    assert story.at(Stage.FIND)
    story.happens(events.ServiceChosen(service="old-age-allowance"), events.Next(), events.Next())
    story.happens(events.DocumentRead(holder=HOLDER), events.CodeSent(verification=VERIFICATION))
    story.happens(events.CodeEntered(code="123456"), events.CodeAccepted())
    assert story.at(Stage.FETCH), "who came for a service is led to it, not to what is theirs"


@pytest.mark.parametrize("way", [events.Back(), events.Home(), events.Next(), events.IdleOver()])
def test_who_leaves_what_is_theirs_leaves_nothing(way: events.Event) -> None:
    story = comes().happens(way)
    assert story.at(Stage.GOODBYE), "their card still lies there"
    assert story.state.mine is None
    story.happens(events.DocumentRemoved(source=DocumentSource.ID_READER), events.GoodbyeOver())
    assert story.state == Session(language=story.state.language)


def test_a_verification_that_ran_out_is_made_anew_and_leads_back() -> None:
    story = comes().happens(own_events.UsesWanted(), events.BackendFailed(request="uses", code="token.invalid"))
    assert story.at(Stage.VERIFY)
    story.happens(events.CodeSent(verification=VERIFICATION), events.CodeEntered(code="123456"), events.CodeAccepted())
    assert story.at(Stage.MINE)


def test_what_could_not_be_told_can_be_asked_again() -> None:
    story = Story().comes_for_their_own(own.mine()).happens(events.Retry())
    assert len(story.of(own_effects.LookAtMine)) == 2
    story.happens(events.BackendFailed(request="mine", code="backend.slow"), events.Retry())
    assert len(story.of(own_effects.LookAtMine)) == 3


def test_a_look_from_the_outcomes_leads_back_to_them_and_to_the_receipt() -> None:
    story = Story().opens(own.MATTER).identifies().knows().until(Stage.SIGN).happens(events.Signed(strokes=INK))
    key = story.state.submissions[0].key
    made = application(key, None, CaseState.APPROVED)
    story.happens(events.ApplicationStored(key=key), events.ApplicationAnswered(key=key, application=made))
    assert len(story.of(own_effects.AskReminders)) == 1
    for way in (events.Back(), events.Next()):
        story.happens(own_events.MineWanted(), own_events.MineFound(mine=own.mine()))
        assert story.at(Stage.MINE)
        story.happens(way)
        assert story.at(Stage.OUTCOMES)
    story.happens(events.Next())
    assert story.at(Stage.RECEIPT)


# --- a case ------------------------------------------------------------------------------------------------------


def test_what_was_asked_for_is_answered_photographed_signed_and_handed_in() -> None:
    story = mends(own_events.SupplementWanted)
    assert story.at(Stage.QUESTION)
    assert story.page() == PageRef(id="person.phone")
    assert story.state.advice is not None
    assert story.state.advice.text == own.SECRET, "the department's words stand at the question"
    story.happens(events.Answered(page=story.page(), raw="13900139000"))
    assert story.at(Stage.MATERIALS)
    photographs(story.happens(events.Next()))
    story.happens(events.Next())
    assert story.at(Stage.REVIEW)
    story.happens(events.Next())
    assert story.at(Stage.SIGN)
    story.happens(events.Signed(strokes=INK))
    (sent,) = story.of(own_effects.SendSupplement)
    assert (sent.case, sent.tag) == (own.CASE, "7")
    assert set(sent.request.answers.single) == {"person.phone"}, "only what was asked for"
    assert [(given.material, given.reference) for given in sent.request.materials] == [
        ("bank-card-proof", "secret-attachment")
    ]
    assert sent.request.signature == INK
    story.happens(own_events.CaseFound(detail=own.detail(CaseState.ACCEPTED, ()), tag="8", done="supplement"))
    assert story.at(Stage.CASE)
    assert story.state.mending is None
    assert story.state.matter is None


def test_what_was_not_asked_for_cannot_be_changed_while_supplementing() -> None:
    story = mends(own_events.SupplementWanted)
    story.happens(events.Answered(page=story.page(), raw="13900139000"))
    photographs(story.happens(events.Next())).happens(events.Next())
    story.happens(events.ChangeWanted(page=PageRef(id="person.bank_card")))
    assert story.at(Stage.REVIEW)
    story.happens(events.ChangeWanted(page=PageRef(id="person.phone")))
    assert story.at(Stage.QUESTION)


def test_a_look_at_the_case_loses_nothing_of_what_was_begun() -> None:
    story = mends(own_events.SupplementWanted)
    story.happens(events.Answered(page=story.page(), raw="13900139000"), events.Back())
    assert story.at(Stage.CASE)
    story.happens(own_events.SupplementWanted())
    assert story.at(Stage.MATERIALS)
    assert len(story.of(own_effects.FetchApplication)) == 1


def test_photographs_alone_need_no_signature() -> None:
    detail = own.detail(CaseState.INSPECTION_BOOKED, own.AWAITED[1:])
    story = comes().happens(own_events.CaseChosen(number=own.CASE), own_events.CaseFound(detail=detail, tag="1"))
    story.happens(own_events.SupplementWanted(), own_events.ApplicationFound(application=own.filed()))
    for _ in range(2):
        photographs(story.happens(events.Next()))
    story.happens(events.Next(), events.Next())
    (sent,) = story.of(own_effects.SendSupplement)
    assert sent.request.answers is None
    assert {given.material for given in sent.request.materials} == {"bank-card-proof", own.PUT_RIGHT}


def test_a_fee_that_is_waited_for_is_paid_not_photographed() -> None:
    fee = replace(own.AWAITED[0], kind="payment", subject=own.FEE_ITEM)
    detail = own.detail(CaseState.WAITING, (fee,), CaseAction.WITHDRAW)
    story = comes().happens(own_events.CaseChosen(number=own.CASE), own_events.CaseFound(detail=detail, tag="1"))
    story.happens(own_events.PayWanted(application=own.NUMBER, items=(own.FEE_ITEM,)))
    (order,) = story.of(own_effects.MakeOrder)
    assert order.request.application == own.NUMBER
    story.happens(own_events.OrderMade(payment=own.payment()))
    story.happens(own_events.PaymentTold(payment=own.payment(PaymentState.PAID)))
    assert story.at(Stage.CASE)
    assert story.of(own_effects.FetchCase)[-1] == own_effects.FetchCase(number=own.CASE, done="pay")
    assert not story.of(effects.Submit)


def test_everything_may_be_corrected_but_what_chose_the_items() -> None:
    story = mends(own_events.CorrectWanted)
    assert story.at(Stage.REVIEW)
    story.happens(events.ChangeWanted(page=PageRef(id="person.phone")))
    story.happens(events.Answered(page=story.page(), raw="13900139000"))
    assert story.at(Stage.REVIEW)
    story.happens(events.Next(), events.Signed(strokes=INK))
    (sent,) = story.of(own_effects.SendCorrection)
    assert sent.request.answers.single["person.phone"].value == "13900139000"
    assert sent.request.revision == own.filed().revision
    assert sent.request.signed_at == NOW


def test_a_situation_that_chose_the_items_stays_as_it_was() -> None:
    filed = own.filed("restaurant")
    story = opens().happens(own_events.CorrectWanted(), own_events.ApplicationFound(application=filed))
    assert story.at(Stage.REVIEW)
    story.happens(events.ChangeWanted(page=PageRef(id="situation.area_m2")))
    assert story.at(Stage.REVIEW)
    assert story.state.matter is not None
    assert {item.id for item in story.state.matter.items} == {each.item for each in filed.cases}


def test_an_application_of_items_that_are_gone_is_told_and_nothing_begins() -> None:
    story = opens().happens(
        own_events.CorrectWanted(), own_events.ApplicationFound(application=replace(own.filed(), matter="gone"))
    )
    assert story.at(Stage.CASE)
    assert story.state.advice is not None
    assert story.state.advice.code == "case.older"


def test_who_came_too_late_sees_the_case_as_it_is_and_why() -> None:
    story = mends(own_events.CorrectWanted).happens(events.Next(), events.Signed(strokes=INK))
    decided = own.detail(CaseState.APPROVED, (), CaseAction.RATE)
    story.happens(own_events.CaseFound(detail=decided, tag="9", code="case.changed"))
    assert story.at(Stage.CASE)
    assert story.state.advice is not None
    assert story.state.advice.code == "case.changed"
    assert story.state.mending is None


def test_a_case_is_taken_back_only_after_it_was_said_what_that_does() -> None:
    story = opens().happens(own_events.WithdrawWanted())
    assert story.at(Stage.WITHDRAW)
    assert not story.of(own_effects.Withdraw)
    story.happens(events.Back())
    assert story.at(Stage.CASE)
    story.happens(own_events.WithdrawWanted(), events.Next(), events.Next())
    (sent,) = story.of(own_effects.Withdraw)
    assert (sent.case, sent.tag) == (own.CASE, "7")
    story.happens(own_events.CaseFound(detail=own.detail(CaseState.WITHDRAWN, ()), tag="8", done="withdraw"))
    story.happens(events.Back())
    assert len(story.of(own_effects.LookAtMine)) == 2, "the list shows it too"


def test_what_is_not_allowed_does_nothing() -> None:
    story = opens(CaseState.APPROVED, CaseAction.COLLECT)
    story.happens(own_events.WithdrawWanted(), own_events.SupplementWanted(), own_events.CorrectWanted())
    story.happens(own_events.RateWanted())
    assert story.at(Stage.CASE)
    assert not story.state.busy


def test_a_case_is_rated_and_seen_again() -> None:
    story = opens(CaseState.APPROVED, CaseAction.RATE).happens(
        own_events.RateWanted(), events.Rated(level=2, axes=(RatingAxis.GUIDE,))
    )
    (rating,) = story.of(effects.SendRating)
    assert (rating.applications, rating.level, rating.axes) == ((own.NUMBER,), 2, (RatingAxis.GUIDE,))
    assert story.at(Stage.CASE)


def test_leaving_asks_first_when_something_was_begun() -> None:
    story = mends(own_events.SupplementWanted).happens(events.Home())
    assert story.state.leaving
    assert not opens().happens(events.Home()).state.leaving


# --- documents, licences, uses ---------------------------------------------------------------------------------------


def test_a_document_is_shown_printed_once_and_closed() -> None:
    story = opens().happens(own_events.DocumentWanted(number="secret-document"))
    assert story.at(Stage.SHEET)
    story.happens(own_events.PrintWanted(), own_events.PrintWanted())
    assert len(story.of(own_effects.PrintSheet)) == 1
    story.happens(own_events.SheetFailed(code="printer.paper-out"), events.Retry())
    assert len(story.of(own_effects.PrintSheet)) == 2
    story.happens(own_events.SheetPrinted(proven=True))
    assert story.state.sheet_paper is Receipt.PRINTED
    story.happens(events.Back())
    assert story.at(Stage.CASE)


def test_a_licence_that_is_not_theirs_is_not_asked_for() -> None:
    story = comes().happens(own_events.LicencesWanted(), own_events.LicenceChosen(number="somebody's"))
    assert not story.of(own_effects.FetchLicence)
    story.happens(own_events.LicenceChosen(number="secret-licence"), own_events.LicenceFound(licence=own.LICENCE))
    assert story.at(Stage.SHEET)
    story.happens(events.Back(), events.Back())
    assert story.at(Stage.MINE)


def test_older_uses_come_below_newer_ones() -> None:
    story = comes().happens(own_events.UsesWanted(), own_events.UsesFound(page=own.uses()))
    story.happens(own_events.UsesWanted(), own_events.UsesFound(page=own.uses(last=True)), own_events.UsesWanted())
    assert [effect.before for effect in story.of(own_effects.FetchUses)] == ["", "more"]
    assert story.state.uses is not None
    assert len(story.state.uses.entries) == 6


# --- entitlements ------------------------------------------------------------------------------------------------


def test_what_they_are_entitled_to_is_taken_with_one_confirmation() -> None:
    policy = f"policy-{EntitlementState.ENTITLED}"
    story = comes().happens(own_events.BenefitChosen(policy=policy), events.Next(), events.Next())
    (taken,) = story.of(own_effects.TakeBenefit)
    assert taken.acceptance.account == "social-security-card"
    made = application("key", None, CaseState.APPROVED)
    story.happens(own_events.BenefitTaken(policy=policy, application=made))
    assert story.at(Stage.OUTCOMES)
    assert story.state.submissions[0].delivery is Delivery.ANSWERED
    story.happens(events.Next())
    assert story.at(Stage.RECEIPT)


def test_without_an_account_nothing_is_taken() -> None:
    mine = replace(own.mine(), entitlements=replace(own.mine().entitlements, accounts=()))
    policy = f"policy-{EntitlementState.ENTITLED}"
    story = comes(mine).happens(own_events.BenefitChosen(policy=policy), events.Next())
    assert not story.of(own_effects.TakeBenefit)


def test_what_is_not_sure_is_applied_for_as_the_same_person() -> None:
    story = comes().happens(own_events.BenefitChosen(policy=f"policy-{EntitlementState.PERHAPS}"), events.Next())
    assert story.at(Stage.GUIDE)
    assert story.state.verified
    errands = [story.state.errand]
    story.happens(events.Back())
    assert story.at(Stage.MINE), "back leads to what is theirs, not among the services as somebody unknown"
    assert [*errands, story.state.errand] == [Errand.SERVICE, Errand.MINE]


def test_what_was_kept_for_later_is_taken_up_from_what_is_theirs() -> None:
    story = comes().happens(own_events.DraftsWanted())
    assert story.at(Stage.RESUME)
    story.happens(events.Back())
    assert story.at(Stage.MINE)
    assert story.state.busy == "mine"


# --- by number -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("202611220000071", own.NUMBER),
        ("20261122000007101", own.CASE),
        ("ot20261122-000007-1", own.NUMBER),
        (own.CASE, own.CASE),
        ("2026112200000", None),
        ("", None),
        ("OT20261122-000007-1-0", None),
    ],
)
def test_a_number_is_spelled_as_on_the_slip(typed: str, number: str | None) -> None:
    assert spelled(typed) == number


@given(st.text(max_size=40))
def test_whatever_is_typed_or_scanned_is_a_number_or_nothing(text: str) -> None:
    number = spelled(text)
    assert number is None or spelled(number) == number
    story = Story().happens(events.Touched(session="s"), events.CodeScanned(text=f"onething:case/{text}"))
    assert story.at(Stage.NUMBER) == (number is not None)


def test_a_slip_held_to_the_scanner_is_looked_up_without_a_document() -> None:
    story = Story().happens(events.Touched(session="s"), events.CodeScanned(text=f"onething:case/{own.NUMBER}"))
    assert story.at(Stage.NUMBER)
    assert story.of(own_effects.LookUpNumber) == [own_effects.LookUpNumber(number=own.NUMBER)]
    story.happens(own_events.StatusFound(number="another", statuses=(own.STATUS,)))
    assert not story.state.statuses
    story.happens(own_events.StatusFound(number=own.NUMBER, statuses=(own.STATUS,)))
    assert [each.number for each in story.state.statuses] == [own.CASE]
    assert story.state.holder is None
    story.happens(own_events.MineWanted())
    assert story.at(Stage.DOCUMENT)


# --- paying ----------------------------------------------------------------------------------------------------------


def owes() -> Story:
    """Return a session that has signed for something with a fee."""
    story = Story().opens(own.FEE_ITEM).identifies().knows().until(Stage.SIGN)
    return story.happens(events.Signed(strokes=INK))


def test_a_fee_is_paid_between_signature_and_submission() -> None:
    story = owes()
    assert story.at(Stage.PAY)
    assert not story.of(effects.Submit)
    story.happens(own_events.OrderMade(payment=own.payment()))
    story.happens(own_events.PaymentTold(payment=own.payment(PaymentState.PAID)))
    (sent,) = story.of(effects.Submit)
    assert sent.request.payment == "secret-order"
    assert sent.request.signature == INK
    assert story.at(Stage.OUTCOMES)


def test_who_is_let_off_the_fee_pays_nothing() -> None:
    story = owes().happens(own_events.OrderMade(payment=None))
    (sent,) = story.of(effects.Submit)
    assert sent.request.payment == ""


def test_who_looks_at_their_phone_to_pay_is_given_more_time() -> None:
    clocks = Clocks(idle_s=90, warning_s=20, session_limit_s=1800, goodbye_s=5)
    story = owes()
    assert grace_s(story.state, clocks) == 0
    assert grace_s(story.happens(own_events.OrderMade(payment=own.payment())).state, clocks) == 90
    expired = own_events.PaymentTold(payment=own.payment(PaymentState.EXPIRED))
    assert grace_s(story.happens(expired).state, clocks) == 0


def test_an_expired_code_is_made_anew_under_a_key_of_its_own() -> None:
    story = owes().happens(own_events.OrderMade(payment=own.payment()))
    story.happens(own_events.PaymentTold(payment=own.payment(PaymentState.EXPIRED)), events.Next(), events.Next())
    keys = [order.key for order in story.of(own_effects.MakeOrder)]
    assert len(keys) == len(set(keys)) == 2


def test_leaving_without_paying_cancels_the_order_and_loses_nothing() -> None:
    story = owes().happens(own_events.OrderMade(payment=own.payment()))
    answers = story.state.answers
    story.happens(events.Back())
    assert story.at(Stage.REVIEW)
    assert story.of(own_effects.CancelOrder) == [own_effects.CancelOrder(payment="secret-order")]
    assert story.state.answers == answers
    story.happens(own_events.PaymentTold(payment=own.payment(PaymentState.PAID)))
    assert story.at(Stage.REVIEW), "late news of an order that was left changes nothing"


def test_a_time_out_cancels_the_order_before_the_person_is_forgotten() -> None:
    story = owes().happens(own_events.OrderMade(payment=own.payment()))
    known = len(story.wanted)
    story.happens(events.IdleOver())
    kinds = [type(effect) for effect in story.wanted[known:]]
    assert kinds.index(own_effects.CancelOrder) < kinds.index(effects.Wipe)


def test_what_was_paid_is_not_paid_again_when_it_has_to_be_corrected() -> None:
    story = owes().happens(own_events.OrderMade(payment=own.payment(PaymentState.PAID)))
    key = story.state.submissions[0].key
    story.happens(events.ApplicationStored(key=key), events.ApplicationRejected(key=key, code="application.invalid"))
    story.happens(events.Next(), events.Next(), events.Signed(strokes=INK))
    assert len(story.of(own_effects.MakeOrder)) == 1
    assert [sent.request.payment for sent in story.of(effects.Submit)] == ["secret-order", "secret-order"]


def test_without_news_of_the_money_it_may_be_submitted_and_waits_for_it() -> None:
    story = owes().happens(own_events.OrderMade(payment=own.payment()), events.Retry())
    assert not story.of(effects.Submit), "as long as there is news, it is waited for"
    story.happens(own_events.PaymentUnwatched(payment="secret-order", code="backend.unreachable"))
    assert story.state.advice is not None
    assert story.state.advice.code == "payment.unwatched"
    story.happens(events.Retry())
    (sent,) = story.of(effects.Submit)
    assert sent.request.payment == "secret-order"
    assert not story.of(own_effects.CancelOrder)


def test_news_that_comes_back_takes_the_warning_away() -> None:
    story = owes().happens(own_events.OrderMade(payment=own.payment()))
    story.happens(own_events.PaymentUnwatched(payment="secret-order", code="backend.slow"))
    story.happens(own_events.PaymentTold(payment=own.payment()))
    assert story.state.bill is not None
    assert not story.state.bill.unwatched
    assert story.state.advice is None


def test_what_costs_nothing_is_submitted_at_once() -> None:
    story = Story().opens(own.MATTER).identifies().knows().until(Stage.SIGN).happens(events.Signed(strokes=INK))
    assert not story.of(own_effects.MakeOrder)
    assert story.at(Stage.OUTCOMES)
