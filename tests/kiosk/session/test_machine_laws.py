"""Laws of the session machine: whatever happens, in whatever order, over the real catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import own
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import (
    COMPLAINT,
    DELIVERY,
    HALL,
    HELPER,
    HOLDER,
    INK,
    MANDATES,
    MATTERS,
    NAME,
    SECRETS,
    SESSION,
    TICKET,
    TODAY,
    TOGETHER,
    UNTIL,
    VERIFICATION,
    Story,
    application,
    case,
    catalogue,
    conflicting,
    draft,
    guide_only,
    summary,
    wanting,
    way_forward,
)

from kiosk import forms
from kiosk.catalogue.model import Audience
from kiosk.contract import (
    Attachment,
    Authority,
    CaseAction,
    CaseState,
    ComplaintKind,
    Fact,
    MaterialFound,
    Offer,
    OfferReason,
    PaymentState,
    RatingAxis,
    Verdict,
    Way,
    WhyKind,
)
from kiosk.forms import PageRef
from kiosk.session import basket, beside_effects, beside_events, effects, events, guiding, own_effects, own_events
from kiosk.session.effects import Activity, Slot, activities
from kiosk.session.preferences import Pace, Preferences
from kiosk.session.state import Browse, Delivery, DocumentSource, Prompt, Receipt, Session, Stage
from kiosk.words import Language, Text

KEPT = {"stage", "language", "preferences", "headphones", "devices", "causes", "unprintable", "document_on"}
"""What may differ from a new session after one has ended: nothing of a person."""
ACTIONS = st.lists(st.tuples(st.integers(0, 161), st.integers(0, 11)), max_size=40)
LAWS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PREFERENCES = (
    Preferences(),
    Preferences(elder=True),
    Preferences(elder=True, spoken=False, volume=9),
    Preferences(high_contrast=True, low_reach=True, pace=Pace.SLOW),
    Preferences(guided=True, volume=-1),
)

OWN = "own"
"""Begins with what is one's own instead of with a matter."""
STARTS = st.tuples(st.sampled_from((*MATTERS, "basket", OWN, OWN)), st.integers(0, 2), st.integers(-2, 60))


def started(start: tuple[str, int, int]) -> Story:
    """Return a session of some matter, some steps on its way."""
    matter, variant, steps = start
    if matter == OWN:
        return looked_after(variant, steps)
    story = Story().fills(*TOGETHER).happens(events.Next()) if matter == "basket" else Story().opens(matter)
    if steps < 0:
        story.happens(events.Next())
        return story if steps < -1 else story.happens(events.DocumentRead(holder=HOLDER))
    story.identifies(found=OPEN[variant])
    if story.at(Stage.RESUME):
        story.happens(events.Next())
    if story.at(Stage.BEHALF) and matter != "restaurant":
        story.happens(events.ActedFor(mandate=MANDATES[0].reference), events.Next())
    story.happens(events.ActedFor(), events.KnownArrived(facts=FACTS, unavailable=(), found=FOUND))
    for _ in range(steps):
        if story.state.stage in (Stage.GOODBYE, Stage.ATTRACT):
            break
        story.forward(variant)
    return story


def looked_after(variant: int, steps: int) -> Story:
    """Return a session of somebody who looks at what is theirs, or at a case that is put in order."""
    story = Story().comes_for_their_own(own.mine())
    if steps < 0:
        return story
    story.happens(own_events.CaseChosen(number=own.CASE), own_events.CaseFound(detail=own.detail(), tag="1"))
    ways = (own_events.SupplementWanted(), own_events.CorrectWanted(), own_events.WithdrawWanted())
    story.happens(ways[variant], own_events.ApplicationFound(application=own.filed()))
    for _ in range(steps % 12):
        if story.state.stage in (Stage.GOODBYE, Stage.ATTRACT, Stage.CASE):
            break
        story.forward(variant)
    return story


def _fact(name: str, value: Any) -> Fact:
    return Fact(name=name, value=value, as_of=TODAY, source=Text(zh_hans="登记", zh_hant="登記", en="register"))


FACTS = (
    _fact("register.population.phone", "13800138024"),
    _fact("register.social-insurance.months_pension", 12),
    _fact("register.marriage.status", "married"),
    _fact("licence.business-licence.name", "赵种子"),
)
FOUND = (
    MaterialFound(
        material="business-licence", obtained="licence", reference="L1", title=Text(zh_hans="证", zh_hant="證", en="it")
    ),
)


KEPT_FORMS = (draft(), draft(again=True), draft("insurance-certificate"))
OPEN = (
    events.OpenFound(),
    events.OpenFound(drafts=tuple(summary(each) for each in KEPT_FORMS[1:])),
    events.OpenFound(drafts=(summary(KEPT_FORMS[0]),), mandates=MANDATES),
)

OFFERS = (
    Offer(
        item="signboard-permit",
        name=NAME,
        summary=NAME,
        department_name=NAME,
        reasons=(OfferReason(kind=WhyKind.SHARED, says=NAME),),
    ),
)


SCANNED = ("onething:guide/newborn", "onething:guide/x", "https://example", "")


def pages(state: Session) -> tuple[PageRef, ...]:
    """Return pages an intent may name: of the form, and one of none."""
    nowhere = PageRef(id="no.such.page", repeat="nothing", entry=7)
    here = () if state.page is None else (state.page,)
    path = () if state.matter is None else forms.path(state.matter.form, state.answers, TODAY)
    return (*here, *path, nowhere)


def sections(state: Session) -> tuple[str, ...]:
    """Return sections an intent may name: of the form, and one of none."""
    return (*(() if state.matter is None else (each.id for each in state.matter.form.sections)), "nowhere")


def event(state: Session, kind: int, pick: int) -> events.Event:
    """Return one of all events there are; ``pick`` chooses what it says."""
    listed = pages(state)
    page = listed[pick % len(listed)]
    keys = [submission.key for submission in state.submissions] + ["another key"]
    key = keys[pick % len(keys)]
    numbers = [submission.application.number for submission in state.submissions if submission.application]
    number = ([*numbers, "A-none"])[pick % (len(numbers) + 1)]
    source = list(DocumentSource)[pick % 2]
    outcome = list(CaseState)[pick % len(CaseState)]
    repeat = "children" if pick % 3 else "nothing"
    materials = [need.material.id for need in state.matter.materials] if state.matter else []
    material = ([*materials, "no-material"])[pick % (len(materials) + 1)]
    picked = (*TOGETHER, guide_only(), *wanting(), "no-item")[pick % 7 :]
    raw: Any = (True, "x", 7, ("a",), {"division": "1", "detail": "?"}, "", "2026-11-20", "赵种子")[pick % 8]
    expired = msgspec.structs.replace(HOLDER, valid_until=TODAY.replace(year=2020), source=source)
    every: tuple[Callable[[], events.Event], ...] = (
        lambda: events.Touched(session=SESSION),
        lambda: events.LanguageChosen(language=list(Language)[pick % 3]),
        lambda: events.Preferred(preferences=PREFERENCES[pick % len(PREFERENCES)]),
        lambda: events.HeadphonesChanged(plugged=pick % 2 == 0),
        events.Home,
        events.Leave,
        events.Stay,
        events.Back,
        events.Back,
        events.Next,
        events.Next,
        lambda: events.Browsed(
            browse=list(Browse)[pick % 3],
            department=("", "health")[pick % 2],
            life=("", "birth")[pick // 6],
            audience=(None, *Audience)[pick % 3],
        ),
        lambda: events.BasketFilled(items=picked[: 1 + pick % 4]),
        lambda: events.BasketFilled(items=conflicting()),
        lambda: events.BasketTaken(item=(*state.basket, "no-item")[pick % (len(state.basket) + 1)]),
        events.BasketPutBack,
        events.BasketOpened,
        events.GuideWanted,
        lambda: events.GuidePrinted(proven=pick % 2 == 0),
        lambda: events.GuideFailed(code="printer.paper-out"),
        lambda: events.Offered(items=(guiding.looked_at(state), picked)[pick % 2], offers=OFFERS),
        lambda: events.Searched(query=("", "孩子", "赵种子" * 30)[pick % 3]),
        lambda: events.ServiceChosen(service=(*MATTERS, guide_only(), "no-service")[pick % 6]),
        lambda: events.Answered(page=page, raw=raw),
        lambda: events.Skipped(page=page),
        lambda: events.EntryAdded(repeat=repeat),
        lambda: events.EntryRemoved(repeat=repeat, entry=pick - 2),
        events.TypingWanted,
        lambda: events.IdentityTyped(name=("", HOLDER.name)[pick % 2], number=("", HOLDER.number)[pick // 2 % 2]),
        events.CodeWanted,
        lambda: events.CodeEntered(code="123456"),
        lambda: events.FactDisputed(page=page),
        events.Retry,
        lambda: events.ChangeWanted(page=page),
        events.ChangeDropped,
        events.SaveWanted,
        events.SaveWanted,
        lambda: events.DraftChosen(draft=KEPT_FORMS[pick % 3].id),
        lambda: events.DraftDropped(draft=KEPT_FORMS[pick % 3].id),
        events.BehalfWanted,
        lambda: events.ActedFor(mandate=("", "nobody", *(each.reference for each in MANDATES))[pick % 5]),
        events.HelperWanted,
        events.HelperWanted,
        lambda: events.HelperNumbered(staff=("secret-helper", "", "x" * 30)[pick % 3]),
        lambda: events.HelperCodeEntered(code="123456"),
        events.HelperLeft,
        lambda: OPEN[pick % 3],
        lambda: events.DraftKept(identity="secret-draft", tag="2", expires_at=(None, UNTIL)[pick % 2]),
        lambda: events.DraftElsewhere(code="draft.changed", draft=(None, summary(KEPT_FORMS[0]))[pick % 2]),
        lambda: events.DraftOpened(draft=KEPT_FORMS[pick % 3], tag="1"),
        lambda: events.DraftForgotten(identity=KEPT_FORMS[pick % 3].id),
        lambda: events.HelperCodeSent(verification=VERIFICATION),
        lambda: events.HelperRefused(code="verification.wrong-code", attempts_left=pick % 3),
        lambda: events.HelperArrived(assistance=HELPER),
        events.ListWanted,
        lambda: events.SectionChosen(section=sections(state)[pick % len(sections(state))]),
        lambda: events.MaterialChosen(material=material),
        lambda: events.MaterialDeferred(material=material),
        events.PictureWanted,
        events.PictureRejected,
        events.PictureKept,
        events.Promised,
        lambda: events.Signed(strokes=INK if pick % 2 else ()),
        lambda: events.Rated(level=pick - 2, axes=tuple(RatingAxis)[: pick % 6]),
        lambda: events.DocumentRead(holder=HOLDER if pick % 2 else expired),
        lambda: events.DocumentSeen(source=source, present=pick % 3 > 0),
        lambda: events.DocumentFailed(source=source, code="media.unreadable", lies=pick % 3 == 0),
        lambda: events.DocumentRemoved(source=source),
        lambda: events.RegistersTold(facts=(), unavailable=("population",)[: pick % 2]),
        lambda: events.CodeScanned(
            text=("onething:guide/newborn", "onething:guide/x", "https://example", "")[pick % 4]
        ),
        lambda: events.CodeSent(verification=VERIFICATION),
        events.CodeAccepted,
        lambda: events.CodeRefused(code="verification.wrong-code", attempts_left=pick % 3),
        lambda: events.BackendFailed(request=("code", "check", "known", "picture")[pick % 4], code="token.invalid"),
        lambda: events.BackendFailed(request=state.busy, code="backend.unreachable"),
        lambda: events.KnownArrived(facts=FACTS if pick % 2 else (), unavailable=(), found=FOUND if pick % 3 else ()),
        lambda: events.PictureTaken(reference="picture-1", sharp=pick % 2 == 0),
        lambda: events.PictureFailed(code="device.gone"),
        lambda: events.AttachmentStored(
            material=material, attachment=Attachment(id="secret-attachment", sha256="0", bytes=1)
        ),
        lambda: events.ApplicationStored(key=key),
        lambda: events.ApplicationLost(key=key, code="disk.full"),
        lambda: events.ApplicationDelayed(key=key, code="backend.unreachable"),
        lambda: events.ApplicationAnswered(key=key, application=application(key, None, CaseState.SUBMITTED, outcome)),
        lambda: events.ApplicationRejected(
            key=key,
            code=("application.invalid", "token.invalid", "attachment.unknown")[pick % 3],
            pointers=("/materials", "/items", "/answers" + forms.pointer_of(page))[pick % 3 :],
        ),
        lambda: events.CaseDecided(application=number, case=case(f"{number}-{pick % 2}", outcome)),
        lambda: events.ReceiptPrinted(proven=pick % 2 == 0),
        lambda: events.ReceiptFailed(code="printer.paper-out", number=("", "T-1")[pick % 2]),
        lambda: events.PaperChanged(code=("", "printer.paper-low")[pick % 2]),
        lambda: events.IdleWarned(remaining_s=pick),
        events.IdleOver,
        events.GoodbyeOver,
        lambda: events.DeviceChanged(
            device="camera", health=("ready", "absent")[pick % 2], cause=("", "device.gone")[pick % 2]
        ),
        *own_kinds(state, pick),
        *beside_kinds(pick),
    )
    told = way_forward(state, pick)
    return every[kind]() if kind < len(every) else told[pick % len(told)]


def own_kinds(state: Session, pick: int) -> tuple[Callable[[], events.Event], ...]:
    """Return the events about what is somebody's own."""
    bill = state.bill
    order = bill.payment.id if bill is not None and bill.payment is not None else "no-order"
    items = (own.FEE_ITEM,) if pick % 3 else ()
    some = tuple(CaseAction)[: pick % 6]
    return (
        own_events.MineWanted,
        own_events.MineWanted,
        own_events.NumberWanted,
        lambda: own_events.NumberEntered(number=("20261122-000007-1", own.CASE, "x", "")[pick % 4]),
        lambda: events.CodeScanned(text=f"onething:case/{own.NUMBER}"),
        lambda: own_events.StatusFound(number=(state.number, own.NUMBER)[pick % 2], statuses=(own.STATUS,)),
        lambda: own_events.CaseChosen(number=own.CASE),
        lambda: own_events.CaseChosen(number=own.CASE),
        lambda: own_events.CaseFound(
            detail=own.detail(list(CaseState)[pick % len(CaseState)], own.AWAITED[pick % 4 :], *some),
            tag=str(pick),
            done=("", "withdraw")[pick % 2],
            code=("", "case.changed")[pick % 2],
            delivery=(None, DELIVERY)[pick % 2],
        ),
        own_events.SupplementWanted,
        own_events.CorrectWanted,
        own_events.WithdrawWanted,
        own_events.RateWanted,
        lambda: own_events.ApplicationFound(application=own.filed()),
        lambda: own_events.ApplicationFound(application=msgspec.structs.replace(own.filed(), matter="gone")),
        lambda: own_events.PayWanted(application=own.NUMBER, items=items),
        lambda: own_events.DocumentWanted(number=("secret-document", "none")[pick % 2]),
        lambda: own_events.RemindersFound(reminders=own.REMINDERS),
        own_events.LicencesWanted,
        own_events.DraftsWanted,
        lambda: own_events.LicenceChosen(number=("secret-licence", "none")[pick % 2]),
        lambda: own_events.LicenceFound(licence=own.LICENCE),
        own_events.PrintWanted,
        lambda: own_events.SheetPrinted(proven=pick % 2 == 0),
        lambda: own_events.SheetFailed(code="printer.paper-out"),
        own_events.UsesWanted,
        lambda: own_events.UsesFound(page=own.uses(last=pick % 2 == 0)),
        lambda: own_events.BenefitChosen(policy=(*(each.policy for each in own.BENEFITS), "none")[pick % 4]),
        lambda: own_events.AccountChosen(account=("social-security-card", "none")[pick % 2]),
        lambda: own_events.BenefitTaken(
            policy=state.benefit, application=application("secret", None, CaseState.APPROVED)
        ),
        lambda: own_events.MineFound(mine=own.mine()),
        lambda: own_events.MineFound(mine=own.mine()),
        lambda: own_events.OrderMade(payment=(None, own.payment(), own.payment(PaymentState.PAID))[pick % 3]),
        lambda: own_events.PaymentTold(payment=own.payment(list(PaymentState)[pick % 6], order)),
        lambda: own_events.PaymentClock(payment=order, remaining_s=pick - 3),
        lambda: own_events.PaymentUnwatched(payment=order, code="backend.unreachable"),
    )


def beside_kinds(pick: int) -> tuple[Callable[[], events.Event], ...]:
    """Return the events about what goes on beside a matter."""
    of = (TICKET.id, COMPLAINT.number, "another")[pick % 3]
    kind = list(ComplaintKind)[pick % len(ComplaintKind)]
    words, phone = ("", "赵种子", "赵种子" * 300)[pick % 3], ("", "13800138024", "12")[pick // 3 % 3]
    return (
        beside_events.QueueWanted,
        beside_events.QueueWanted,
        lambda: beside_events.HallsFound(halls=(HALL,) if pick % 3 else ()),
        lambda: beside_events.TicketWanted(hall=HALL.id, service=("general", "shut", "none")[pick % 3]),
        lambda: beside_events.TicketTaken(ticket=TICKET),
        lambda: beside_events.BesidePrinted(of=of, proven=pick % 3 == 0),
        lambda: beside_events.BesideFailed(of=of, code="printer.paper-out"),
        beside_events.ComplainWanted,
        beside_events.ComplainWanted,
        lambda: beside_events.ComplaintMade(kind=kind, words=words, phone=phone),
        lambda: beside_events.ComplaintTaken(complaint=COMPLAINT),
        lambda: beside_events.ComplaintChosen(number=(COMPLAINT.number, "none")[pick % 2]),
        lambda: beside_events.Judged(verdict=list(Verdict)[pick % 3]),
        lambda: beside_events.ComplaintJudged(complaint=msgspec.structs.replace(COMPLAINT, may_judge=pick % 2 == 0)),
        beside_events.DeliveryWanted,
        lambda: beside_events.DeliveryChosen(
            way=list(Way)[pick % len(Way)],
            point=("hubin", "")[pick % 2],
            division=("000102", "")[pick // 2 % 2],
            detail="示例秘密路1号",
            phone="13800138024",
        ),
        lambda: beside_events.DeliveryKept(delivery=DELIVERY, tag="2", code=("", "delivery.changed")[pick % 2]),
        lambda: events.BackendFailed(request=("complain", "verdict")[pick % 2], code="token.invalid"),
    )


def check(story: Story, before: Session, fresh_effects: list[effects.Effect]) -> None:
    """Hold one step to every law that one step can break."""
    state = story.state
    _keeps_nothing(state)
    _activities_fit(state)
    assert state.holder is not None or not state.verified
    assert state.stage is not Stage.QUESTION or state.page is not None
    assert (state.stage is Stage.CHANGE) == (state.foreseen is not None)
    assert state.stage is not Stage.TASKS or state.listed
    _of_this_person(state)
    _walk_fits(state)
    if before.stage is Stage.CHANGE and state.stage in (Stage.CHANGE, Stage.REVIEW) and state.foreseen is None:
        _unchanged_unless_confirmed(story, before)
    assert state.stage not in (Stage.CAMERA, Stage.PROMISE) or state.material
    _is_their_own(state)
    _basket_fits(before, state)
    for effect in fresh_effects:
        _own_effect_fits(before, state, effect)
        match effect:
            case effects.SendCode():
                assert state.busy == "code"
                assert before.busy in ("", "known", "picture", "complain", "verdict")
            case effects.CheckCode() | effects.SendHelperCode() | effects.CheckHelper():
                assert (before.busy, state.busy in ("check", "staff", "assist")) == ("", True)
                assert isinstance(effect, effects.CheckCode) or state.verified
            case effects.FetchKnown():
                assert state.verified
                assert state.busy == "known"
                _within_the_mandate(state, effect.authority)
            case effects.KeepDraft():
                assert before.verified, "nothing is kept for nobody"
                assert not effect.lasting or (before.kept is not None and before.kept.said), "they never said so"
                _within_the_mandate(before, effect.request.authority)
            case effects.PrintReceipt():
                assert before.receipt is not Receipt.PRINTING
            case effects.Submit():
                _counts(state, effect)
            case effects.PrintGuide():
                assert before.guide_paper is not Receipt.PRINTING
                assert effect.items
            case _:
                pass
    keys = [effect.key for effect in story.of(effects.Submit)]
    assert len(keys) == len(set(keys)), "every attempt of every entry has a key of its own"
    _never_taken_back(before, state)


def _own_effect_fits(before: Session, state: Session, effect: effects.Effect) -> None:
    match effect:
        case own_effects.MakeOrder():
            assert state.verified
            assert (before.busy, state.busy, state.stage) == ("", "order", Stage.PAY)
        case own_effects.CancelOrder():
            assert before.stage is Stage.PAY
            assert state.stage is not Stage.OUTCOMES, "what was submitted is not taken its payment away"
        case own_effects.SendSupplement() | own_effects.SendCorrection() | own_effects.Withdraw():
            assert before.verified
            assert state.busy in ("mend", "withdraw")
            assert before.busy == ""
        case beside_effects.TakeTicket():
            assert (before.busy, state.busy) == ("", "ticket")
            assert effect.request.service == "general", "nobody queues where nobody calls"
        case beside_effects.SendComplaint():
            assert (before.busy, state.busy) == ("", "complain")
            assert effect.request.words or effect.request.about
            assert before.verified or effect.request.phone, "nobody could be called back"
        case beside_effects.ChooseDelivery():
            assert (before.busy, state.busy) == ("", "delivery")
            assert state.verified
            assert effect.request.way in DELIVERY.ways
            assert (effect.request.recipient is not None) == (effect.request.way is Way.MAIL)
            assert bool(effect.request.point) == (effect.request.way is Way.COLLECTION_POINT)
        case beside_effects.Judge():
            assert (before.busy, state.busy) == ("", "verdict")
        case beside_effects.PrintBeside():
            assert before.beside_paper is not Receipt.PRINTING
        case own_effects.TakeBenefit() | own_effects.LookAtMine() | own_effects.FetchUses():
            assert state.verified
        case _:
            pass


def _of_this_person(state: Session) -> None:
    """Rights, forms kept and whoever helps belong to the person who was verified, and go with them."""
    if state.holder is None:
        assert (state.drafts, state.kept, state.mandates, state.mandate, state.helper) == ((), None, (), None, None)
    assert state.stage not in (Stage.BEHALF, Stage.RESUME) or state.verified
    assert state.stage is not Stage.HELPER or state.helped_from is not Stage.HELPER


def _is_their_own(state: Session) -> None:
    """What is somebody's own is shown to the verified person alone, and its pages have what they show."""
    if state.holder is None:
        shown = (state.mine, state.case, state.mending, state.uses, state.sheet, state.bill, state.benefit)
        assert shown == (None, None, None, None, None, None, "")
        assert state.reminders == ()
    own_stages = (Stage.MINE, Stage.CASE, Stage.WITHDRAW, Stage.LICENCES, Stage.USES, Stage.BENEFIT, Stage.SHEET)
    assert state.stage not in own_stages or state.verified
    assert state.stage not in (Stage.CASE, Stage.WITHDRAW) or state.case is not None
    assert (state.stage is Stage.SHEET) == (state.sheet is not None)
    assert state.stage is not Stage.DELIVERY or (state.case is not None and state.case.delivery is not None)
    assert (state.stage in (Stage.COMPLAIN, Stage.COMPLAINT)) == (state.plea is not None)
    assert state.stage is not Stage.COMPLAINT or (state.plea is not None and state.plea.complaint is not None)
    assert (state.stage in (Stage.HALLS, Stage.TICKET)) == (state.queue is not None)
    assert state.stage is not Stage.PAY or (state.bill is not None and state.verified)
    if state.mending is not None:
        assert state.case is not None
        assert state.matter is not None
        assert {item.id for item in state.matter.items} == {each.item for each in state.mending.application.cases}


def _walk_fits(state: Session) -> None:
    """The walk is of these answers, and none is kept without a matter."""
    assert (state.walked is None) == (state.matter is None)
    if state.matter is not None and state.walked is not None:
        assert state.walked.answers is state.answers
        assert state.walked.form == state.matter.form


def _unchanged_unless_confirmed(story: Story, before: Session) -> None:
    if isinstance(story.last, events.ChangeDropped):
        assert story.state.answers == before.answers
        assert story.state.matter == before.matter


def _basket_fits(before: Session, state: Session) -> None:
    assert len(set(state.basket)) == len(state.basket) <= basket.MOST
    assert set(state.basket) <= catalogue().items.keys()
    if before.stage is Stage.BASKET and state.stage is Stage.NOTICE:
        assert before.told_conflicts or not catalogue().conflicts(before.basket), "nobody was told"
        assert state.matter is not None
        assert {item.id for item in guiding.everything(state.matter)} == set(before.basket)


def _keeps_nothing(state: Session) -> None:
    if state.stage not in (Stage.ATTRACT, Stage.GOODBYE):
        return
    new = Session()
    left = {name for name in Session.__struct_fields__ if getattr(state, name) != getattr(new, name)}
    assert left <= KEPT
    assert not any(secret in repr(state) for secret in SECRETS)


def _activities_fit(state: Session) -> None:
    wanted = activities(state)
    readers = {DocumentSource.ID_READER: Slot.ID_READER, DocumentSource.CARD_READER: Slot.CARD_READER}
    for source, slot in readers.items():
        if source in state.document_on:
            assert wanted[slot] is Activity.WATCH
        elif state.stage is Stage.DOCUMENT:
            assert wanted[slot] is Activity.READ
        else:
            assert slot not in wanted
    assert (wanted.get(Slot.SCANNER) is Activity.SCAN) == (state.stage in (Stage.FIND, Stage.NUMBER))
    can_pay = state.stage is Stage.PAY and state.bill is not None and state.bill.open
    assert (wanted.get(Slot.TILL) is Activity.PAY) == can_pay
    assert (Slot.CAMERA in wanted) == (state.stage is Stage.CAMERA and state.picture is None)
    stays = state.stage is Stage.TICKET and state.beside_paper is Receipt.FAILED and state.holder is None
    if state.stage is Stage.ATTRACT and state.preferences != Preferences():
        assert wanted[Slot.CLOCK] is Activity.FORGOTTEN
    elif state.stage is Stage.ATTRACT or stays:
        assert Slot.CLOCK not in wanted
    elif state.stage is Stage.GOODBYE:
        assert wanted[Slot.CLOCK] is (Activity.FORGOTTEN if state.document_on else Activity.GOODBYE)
    else:
        assert wanted[Slot.CLOCK] is Activity.IDLE


def _within_the_mandate(state: Session, authority: Authority | None) -> None:
    """Somebody else's matter is done by their mandate, for what is done and no more; one's own by none."""
    assert (authority is None) == (state.mandate is None)
    if authority is None or state.mandate is None or state.matter is None:
        return
    assert authority.principal == state.mandate.principal
    assert authority.items == tuple(item.id for item in state.matter.items)
    assert authority.valid_until <= state.mandate.valid_until


def _counts(state: Session, effect: effects.Submit) -> None:
    assert state.matter is not None
    _within_the_mandate(state, effect.request.authority)
    sent = effect.request.answers
    counts = [line.page for line in forms.said(state.matter.form, state.answers, TODAY)]
    assert set(sent.single) <= {page.id for page in counts if page.repeat is None}
    for name, rows in sent.repeats.items():
        for index, row in enumerate(rows):
            assert set(row) <= {page.id for page in counts if (page.repeat, page.entry) == (name, index)}
    assert effect.request.items == tuple(item.id for item in state.matter.items)
    wire = forms.from_wire(state.matter.form, sent)
    assert forms.validate(state.matter.form, wire, TODAY) == ()


def _never_taken_back(before: Session, state: Session) -> None:
    decided = {one.number: one for submission in before.submissions for one in submission.cases}
    for submission in state.submissions:
        for one in submission.cases:
            if one.number in decided and decided[one.number].state is not CaseState.SUBMITTED:
                assert one == decided[one.number]
    answered = {one.key for one in before.submissions if one.delivery is Delivery.ANSWERED}
    assert all(one.delivery is Delivery.ANSWERED for one in state.submissions if one.key in answered)


def play(story: Story, actions: list[tuple[int, int]]) -> Story:
    for kind, pick in actions:
        before, known = story.state, len(story.wanted)
        story.happens(event(before, kind, pick))
        check(story, before, story.wanted[known:])
    return story


@LAWS
@given(start=STARTS, actions=ACTIONS)
def test_nothing_that_happens_in_any_order_breaks_a_session(
    start: tuple[str, int, int], actions: list[tuple[int, int]]
) -> None:
    play(started(start), actions)


@LAWS
@given(start=STARTS, actions=ACTIONS, variant=st.integers(0, 1))
def test_from_everywhere_a_way_leads_on_to_the_end(
    start: tuple[str, int, int], actions: list[tuple[int, int]], variant: int
) -> None:
    story = play(started(start), actions)
    if story.state.stage is not Stage.ATTRACT:
        story.until(Stage.ATTRACT, variant=variant)


@LAWS
@given(start=STARTS, actions=ACTIONS)
def test_from_everywhere_home_and_leave_lead_out_and_so_does_waiting(
    start: tuple[str, int, int], actions: list[tuple[int, int]]
) -> None:
    here = play(started(start), actions).state
    for way in ((events.Home(), events.Home(), events.Leave(), events.Home()), (events.IdleOver(),)):
        out = Story(state=here)
        if here.leaving and way[0] == events.Home():
            out.happens(events.Stay())
        for intent in way:
            if out.state.stage not in (Stage.ATTRACT, Stage.GOODBYE):
                out.happens(events.Leave() if out.state.leaving else intent)
        assert out.state.stage in (Stage.ATTRACT, Stage.GOODBYE)
        out.happens(*(events.DocumentRemoved(source=source) for source in DocumentSource), events.GoodbyeOver())
        assert out.state.stage is Stage.ATTRACT
        _keeps_nothing(out.state)


@LAWS
@given(start=STARTS, actions=ACTIONS)
def test_back_leads_out_from_everywhere(start: tuple[str, int, int], actions: list[tuple[int, int]]) -> None:
    story = play(started(start), actions)
    submitted = (Stage.OUTCOMES, Stage.RECEIPT, Stage.RATING)
    for _ in range(200):
        if story.state.stage in (Stage.ATTRACT, Stage.GOODBYE, *submitted):
            break
        # with something in the basket the last step back asks first
        story.happens(events.Leave() if story.state.leaving else events.Back())
    assert story.state.stage in (Stage.ATTRACT, Stage.GOODBYE, *submitted)


@LAWS
@given(start=STARTS, actions=ACTIONS)
def test_the_same_event_twice_asks_the_world_once(start: tuple[str, int, int], actions: list[tuple[int, int]]) -> None:
    """A double tap: the second of two equal intents has no effect that the first had."""
    story = play(started(start), actions)
    story.happens(events.Stay())
    for intent in way_forward(story.state):
        here = story.happens(intent).state.stage
        if isinstance(intent, events.Next) and here in (Stage.SIGN, Stage.OUTCOMES, Stage.RECEIPT):
            return  # the page that is open now has ``Next`` as its own action: that is a second wish, not an echo
        known = len(story.wanted)
        story.happens(intent)
        once = (effects.SendCode, effects.CheckCode, effects.Submit, effects.PrintReceipt, effects.StorePicture)
        assert not [effect for effect in story.wanted[known:] if isinstance(effect, once)]


def test_a_new_session_prompts_for_nothing() -> None:
    assert Session().prompt is Prompt.WAITING
    assert activities(Session()) == {}
