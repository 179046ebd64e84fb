"""What is somebody's own, and paying: over real wires, with a real backend that is killed and brought back."""

from __future__ import annotations

from uuid import uuid4

from headless.street import INK, Backend, Street, eventually
from kiosk.contract import CaseAction, CaseState, PaymentState
from kiosk.forms import PageRef
from kiosk.session import casework, events, own_events
from kiosk.session.having import Opened
from kiosk.session.state import Receipt, Session, Stage


async def comes_again(here: Street, document: str) -> Session:
    """Be verified, and see everything that is theirs."""
    await here.at(Stage.ATTRACT)
    here.post(events.Touched(session=str(uuid4())))
    here.post(own_events.MineWanted())
    await here.at(Stage.DOCUMENT)
    await here.lay(document)
    await here.verify()
    return await here.until(lambda state: state.mine is not None and not state.busy)


async def opens(here: Street, item: str) -> Opened:
    mine = here.now.mine
    assert mine is not None
    numbers = [case.number for each in mine.cases.applications for case in each.cases if case.item == item]
    here.post(own_events.CaseChosen(number=numbers[0]))
    state = await here.at(Stage.CASE)
    assert state.case is not None
    return state.case


async def owes(here: Street) -> str:
    """Go all the way to the payment code, and return what it says."""
    await here.open("id-card")
    await here.identify()
    await here.fill()
    here.post(events.Next())
    await here.at(Stage.SIGN)
    here.post(events.Signed(strokes=INK))
    state = await here.until(lambda state: state.bill is not None and state.bill.open)
    assert state.stage is Stage.PAY
    assert state.bill is not None
    assert state.bill.payment is not None
    return state.bill.payment.qr


async def test_a_fee_is_paid_and_it_goes_on_by_itself(here: Street) -> None:
    code = await owes(here)
    state = await here.until(lambda state: state.bill is not None and state.bill.remaining_s > 0)
    assert state.stage is Stage.PAY
    await here.client.pay_simulated(code)
    state = await here.until(lambda state: state.settled)
    assert [case.state for submission in state.submissions for case in submission.cases] == [CaseState.APPROVED]

    here.post(own_events.MineWanted())
    await here.until(lambda state: state.mine is not None and not state.busy)
    opened = await opens(here, "id-card-renewal")
    assert opened.payment is not None
    assert opened.payment.state is PaymentState.PAID
    assert opened.payment.receipt in casework.documents(opened), "the fiscal receipt is shown and printed with the case"


async def test_a_backend_that_falls_while_somebody_pays_loses_no_money(here: Street, backend: Backend) -> None:
    code = await owes(here)
    await backend.kill()
    state = await here.until(lambda state: state.bill is not None and state.bill.unwatched)
    assert state.advice is not None
    assert state.advice.code == "payment.unwatched"
    await backend.start()
    await here.until(lambda state: state.bill is not None and not state.bill.unwatched)
    await here.client.pay_simulated(code)
    state = await here.until(lambda state: state.settled)
    assert len(state.submissions) == 1


async def test_who_goes_without_paying_owes_nothing(here: Street) -> None:
    await owes(here)
    here.post(events.Back())
    await here.at(Stage.REVIEW)
    assert here.now.answers.single
    here.post(events.Next())
    await here.at(Stage.SIGN)
    here.post(events.Signed(strokes=INK))
    state = await here.until(lambda state: state.bill is not None and state.bill.open)
    assert state.bill is not None
    assert state.bill.orders == 2


async def test_somebody_comes_again_supplements_looks_and_withdraws(here: Street) -> None:
    await here.submit("my-space")
    await here.receipt()
    await here.leave()

    state = await comes_again(here, "zhao")
    assert state.mine is not None
    assert not state.mine.untold
    assert state.mine.licences
    opened = await opens(here, "maternity-benefit")
    assert CaseAction.SUPPLEMENT in opened.detail.actions
    here.told = {**here.told, "papers": {"maternity-invoice": "medical-invoice", "diagnosis": "medical-invoice"}}
    here.post(own_events.SupplementWanted())
    await here.at(Stage.MATERIALS)
    while here.now.stage is not Stage.REVIEW:
        await here.supply()
    here.post(events.Next())
    state = await here.until(lambda state: state.case is not None and state.case.done == "supplement")
    assert state.case is not None
    assert not state.case.detail.case.waits_for

    here.post(events.Back())
    await here.until(lambda state: state.stage is Stage.MINE and not state.busy)
    await opens(here, "newborn-social-card")
    here.post(own_events.WithdrawWanted())
    await here.at(Stage.WITHDRAW)
    here.post(events.Next())
    state = await here.until(lambda state: state.case is not None and state.case.done == "withdraw")
    assert state.case is not None
    assert state.case.detail.case.state is CaseState.WITHDRAWN

    here.post(events.Back())
    await here.until(lambda state: state.stage is Stage.MINE and not state.busy)
    here.post(own_events.UsesWanted())
    state = await here.until(lambda state: state.uses is not None)
    assert state.uses is not None
    assert state.uses.entries
    here.post(events.Back())
    here.post(own_events.LicencesWanted())
    await here.at(Stage.LICENCES)
    assert here.now.mine is not None
    before = len(here.printed())
    here.post(own_events.LicenceChosen(number=here.now.mine.licences[0].number))
    await here.at(Stage.SHEET)
    here.post(own_events.PrintWanted())
    await here.until(lambda state: state.sheet_paper is Receipt.PRINTED)
    await eventually(lambda: len(here.printed()) == before + 1)


async def test_a_number_shows_a_state_and_nobody(here: Street) -> None:
    await here.submit("old-age")
    (submission,) = here.now.submissions
    assert submission.application is not None
    number = submission.application.number
    await here.receipt()
    await here.leave()

    here.post(events.Touched(session=str(uuid4())))
    here.post(own_events.NumberWanted())
    await here.at(Stage.NUMBER)
    here.post(own_events.NumberEntered(number=number))
    state = await here.until(lambda state: state.statuses)
    assert [each.state for each in state.statuses] == [CaseState.APPROVED]
    assert state.holder is None
    here.post(own_events.NumberEntered(number="OT20260101-999999-9"))
    await here.until(lambda state: not state.busy and state.number.endswith("999999-9"))
    assert not here.now.statuses


async def test_what_was_said_is_corrected_while_nobody_has_decided(here: Street) -> None:
    await here.submit("my-space")
    here.post(own_events.MineWanted())
    await here.until(lambda state: state.mine is not None and not state.busy)
    opened = await opens(here, "birth-registration")
    assert CaseAction.CORRECT in opened.detail.actions
    here.post(own_events.CorrectWanted())
    await here.at(Stage.REVIEW)
    here.post(events.ChangeWanted(page=PageRef(id="person.phone")))
    await here.at(Stage.QUESTION)
    here.post(events.Answered(page=PageRef(id="person.phone"), raw="13900139000"))
    state = await here.at(Stage.REVIEW, Stage.CHANGE)
    if state.stage is Stage.CHANGE:
        here.post(events.Next())
        await here.at(Stage.REVIEW)
    here.post(events.Next())
    await here.at(Stage.SIGN)
    here.post(events.Signed(strokes=INK))
    state = await here.until(lambda state: state.case is not None and state.case.done == "correct")
    assert state.case is not None
    assert state.case.detail.case.revision == 2
