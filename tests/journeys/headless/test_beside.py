"""What goes on beside a matter, over real wires."""

from __future__ import annotations

from uuid import uuid4

from headless.street import Street
from headless.test_own import comes_again, opens
from kiosk.contract import ComplaintKind
from kiosk.session import beside_events, events
from kiosk.session.state import Receipt, Stage


async def test_the_queues_are_told_and_a_number_comes_out_while_somebody_calls(here: Street) -> None:
    await here.at(Stage.ATTRACT)
    here.post(events.Touched(session=str(uuid4())))
    here.post(beside_events.QueueWanted())
    state = await here.until(lambda state: state.queue is not None and state.queue.halls is not None)
    assert state.queue is not None
    assert state.queue.halls
    (hall, *_) = state.queue.halls
    called = [each for each in hall.services if each.open]
    if not called:
        assert hall.opens_at is not None, "who comes at night is told when to come"
        return
    here.post(beside_events.TicketWanted(hall=hall.id, service=called[0].id))
    state = await here.until(lambda state: state.beside_paper in (Receipt.PRINTED, Receipt.UNPROVEN))
    assert state.stage is Stage.TICKET


async def test_a_complaint_of_nobody_is_taken_and_printed_and_opens_with_its_code(here: Street) -> None:
    await here.at(Stage.ATTRACT)
    here.post(events.Touched(session=str(uuid4())))
    here.post(beside_events.ComplainWanted())
    await here.at(Stage.COMPLAIN)
    said = beside_events.ComplaintMade(kind=ComplaintKind.TERMINAL, words="屏幕点不动", phone="00000000000")
    here.post(said)
    state = await here.until(lambda state: state.beside_paper in (Receipt.PRINTED, Receipt.UNPROVEN))
    assert state.plea is not None
    assert state.plea.complaint is not None
    assert state.plea.complaint.code
    here.post(events.Next())
    await here.at(Stage.FIND)


async def test_somebody_complains_about_their_case_and_finds_it_among_what_is_theirs(here: Street) -> None:
    await here.submit("my-space")
    await here.receipt()
    await here.leave()
    await comes_again(here, "zhao")
    opened = await opens(here, "newborn-social-card")
    assert opened.delivery is not None
    assert opened.delivery_tag
    here.post(beside_events.ComplainWanted())
    await here.at(Stage.COMPLAIN)
    here.post(beside_events.ComplaintMade(kind=ComplaintKind.WRONG_DATA))
    await here.until(lambda state: state.beside_paper in (Receipt.PRINTED, Receipt.UNPROVEN))
    here.post(events.Next())
    await here.at(Stage.CASE)
    here.post(events.Back())
    state = await here.until(lambda state: state.stage is Stage.MINE and not state.busy)
    assert state.mine is not None
    assert [each.about for each in state.mine.complaints] == [opened.detail.case.number]
