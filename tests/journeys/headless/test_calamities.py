"""What goes wrong on a street corner, beside what ``test_calamity.py`` generates, and how each ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from headless.street import PATIENT, Backend, Street, eventually, expected, street
from kiosk.forms import PageRef
from kiosk.session import events
from kiosk.session.state import Delivery, Receipt, Session, Stage
from kiosk.submission import Outbox, Parcel
from kiosk.words import load_sentences

SENTENCES = load_sentences(Path(__file__).parents[3] / "assets" / "i18n" / "sentences.yaml")


def says(code: str) -> Callable[[Session], bool]:
    """Return whether a page says ``code``, which has a sentence."""
    assert code in SENTENCES
    return lambda state: state.advice is not None and state.advice.code == code


async def test_an_expired_document_is_told_and_another_goes_on(here: Street) -> None:
    await here.open("old-age")
    await here.lay("zhou")
    await here.until(says("document.expired"))
    await here.hand("idreader", "remove")
    await here.until(lambda state: not state.document_on)
    await here.identify()
    assert here.now.holder is not None
    assert here.now.holder.name == "陈样本"


async def test_another_card_laid_in_mid_session_changes_nothing_and_is_not_left_behind(here: Street) -> None:
    await here.open("old-age")
    await here.identify()
    await here.hand("idreader", "remove")
    await here.until(lambda state: not state.document_on)
    await here.hand("idreader", "insert", document="wu")
    await here.fill()
    assert here.now.holder is not None
    assert here.now.holder.name == "陈样本"


async def test_a_reader_unplugged_with_a_card_on_it_does_not_hold_up_the_goodbye(here: Street) -> None:
    await here.submit("old-age")
    await here.receipt()
    await here.hand("idreader", "unplug")
    await here.until(lambda state: not state.document_on)
    here.post(events.Home())
    await here.at(Stage.ATTRACT)


async def test_a_code_of_another_system_is_told_and_a_guide_opens(here: Street) -> None:
    here.post(events.Touched(session="8c5a7b1e-0000-4000-8000-000000000001"))
    await here.at(Stage.FIND)
    await here.ready("scanner")
    await here.hand("scanner", "show", text="https://example.com/pay?id=1")
    await here.until(says("code.foreign"))
    await here.hand("scanner", "show", text="onething:guide/no-such-thing")
    await here.until(says("code.unknown"))
    await here.hand("scanner", "show", text="onething:guide/newborn")
    await here.at(Stage.SITUATION)


async def test_a_wrong_code_tells_how_often_it_may_still_be_tried(here: Street) -> None:
    await here.open("old-age")
    await here.lay()
    await here.until(lambda state: state.verification is not None)
    for left in (2, 1):
        here.post(events.CodeEntered(code="000000"))
        await here.until(lambda state, left=left: state.verification and state.verification.attempts_left == left)  # type: ignore[misc] # a default that holds the number
        assert says("verification.wrong-code")(here.now)
    here.post(events.CodeEntered(code="000000"))
    await here.until(lambda state: state.verification is None and says("verification.spent")(state))
    here.post(events.CodeWanted())
    await here.verify()
    assert here.now.verified


async def test_a_slip_cut_in_half_by_the_paper_end_comes_again_marked_under_its_number(here: Street) -> None:
    await here.submit("old-age")
    await here.hand("printer", "paper-out", after_mm="40")
    assert (await here.receipt()).receipt is Receipt.FAILED
    assert says("printer.paper-out")(here.now)
    number = here.now.receipt_number
    assert number.startswith("T-TEST-")
    await here.hand("printer", "paper-ok")
    here.post(events.Retry())
    await here.until(lambda state: state.receipt is Receipt.PRINTED)
    assert here.now.receipt_number == number


async def test_out_of_paper_the_receipt_is_on_the_screen_until_there_is_paper(here: Street) -> None:
    await here.submit("old-age")
    await here.hand("printer", "paper-out")
    assert (await here.receipt()).receipt is Receipt.FAILED
    assert says("printer.paper-out")(here.now)
    assert here.printed() == []
    await here.hand("printer", "paper-ok")
    await here.until(lambda state: not state.unprintable and state.advice is None)
    here.post(events.Retry())
    await here.until(lambda state: state.receipt is Receipt.PRINTED)
    assert len(here.printed()) == 1
    await here.leave()


async def test_what_was_submitted_to_a_backend_that_is_down_arrives_once_when_it_is_back(here: Street) -> None:
    await here.open("newborn")
    await here.identify()
    await here.fill()
    await here.backend.kill()
    await here.sign()
    await here.until(lambda state: all(one.delivery is Delivery.DELAYED for one in state.submissions))
    assert here.now.settled
    assert len(here.waiting()) == 2
    assert (await here.receipt()).receipt is Receipt.PRINTED
    here.post(events.Back())
    await here.backend.start()
    await here.until(lambda state: all(one.delivery is Delivery.ANSWERED for one in state.submissions))
    state = await here.until(lambda state: state.settled)
    for submission in state.submissions:
        assert {case.item: str(case.state) for case in submission.cases} == expected("newborn")
    assert here.waiting() == []


async def test_what_an_earlier_run_left_is_delivered_at_the_start(tmp: Path, backend: Backend) -> None:
    async with street(tmp, backend) as here:
        await here.open("old-age")
        await here.identify()
        await here.fill()
        await backend.kill()
        await here.sign()
        await here.until(lambda state: state.submissions[0].delivery is Delivery.DELAYED)
        here.post(events.IdleOver())
        await here.at(Stage.GOODBYE)
    (parcel,) = Outbox(tmp / "outbox").waiting()
    (tmp / "outbox" / f"{parcel.key}.new").write_bytes(b"half of a")
    await backend.start()
    async with street(tmp, backend) as later:
        await eventually(lambda: later.waiting() == [])
        again = await later.client.submit(bytes(parcel.request), key=parcel.key, token=parcel.token)
    assert {case.item: str(case.state) for case in again.cases} == expected("old-age")


async def test_what_is_refused_after_its_citizen_left_is_set_aside_and_never_deleted(
    tmp: Path, backend: Backend
) -> None:
    key = "8c5a7b1e-0000-4000-8000-000000000001"
    outbox = Outbox(tmp / "outbox")
    outbox.put(Parcel(key=key, token="nobody", request=msgspec.Raw(b"{}")))
    async with street(tmp, backend) as here:
        await eventually(lambda: here.waiting() == [tmp / "outbox" / f"{key}.refused"])


async def test_a_full_disk_is_told_and_the_application_goes_when_there_is_room(here: Street) -> None:
    await here.open("old-age")
    await here.identify()
    await here.fill()
    here.outbox.write_bytes(b"a file where the folder should be")
    await here.sign()
    state = await here.until(lambda state: state.submissions[0].delivery is Delivery.FAILED)
    assert state.submissions[0].advice is not None
    assert state.submissions[0].advice.code in SENTENCES
    here.outbox.unlink()
    here.post(events.Retry())
    await here.until(lambda state: state.settled and state.submissions[0].delivery is Delivery.ANSWERED)


async def test_a_card_that_stays_after_home_is_asked_for_at_the_end(here: Street) -> None:
    await here.open("old-age")
    await here.lay("zhou")
    await here.until(says("document.expired"))
    here.post(events.Home())
    await here.at(Stage.FIND)
    here.post(events.Home())
    await here.at(Stage.GOODBYE)
    await here.hand("idreader", "remove")
    await here.at(Stage.ATTRACT)


async def test_a_touch_answers_the_warning(tmp: Path, backend: Backend) -> None:
    clocks = replace(PATIENT, idle_s=0.5, warning_s=60)
    async with street(tmp, backend, clocks=clocks) as here:
        here.post(events.Touched(session="8c5a7b1e-0000-4000-8000-000000000001"))
        await here.until(lambda state: state.idle is not None)
        here.post(events.Stay())
        await here.until(lambda state: state.idle is None)
        assert here.now.stage is Stage.FIND


async def test_a_session_ends_at_its_limit_whatever_is_touched(tmp: Path, backend: Backend) -> None:
    clocks = replace(PATIENT, idle_s=0.4, warning_s=60, session_limit_s=1.5)
    async with street(tmp, backend, clocks=clocks) as here:
        here.post(events.Touched(session="8c5a7b1e-0000-4000-8000-000000000001"))
        await here.at(Stage.FIND)
        while here.now.stage is Stage.FIND:
            await here.until(lambda state: state.idle is not None or state.stage is Stage.ATTRACT)
            here.post(events.Stay())
            await here.until(lambda state: state.idle is None)
        assert here.now.stage is Stage.ATTRACT


async def test_somebody_who_does_everything_in_the_wrong_order_still_gets_there(here: Street) -> None:
    for early in (events.Next(), events.Signed(strokes=()), events.Rated(level=5), events.CodeEntered(code="1")):
        here.post(early)
    await here.hand("idreader", "insert", document="zhao")
    await here.open("old-age")
    await here.until(lambda state: bool(state.document_on) or state.stage is not Stage.DOCUMENT)
    here.post(events.Back())
    await here.until(lambda state: state.stage in (Stage.DOCUMENT, Stage.NOTICE))
    await here.hand("idreader", "remove")
    await here.until(lambda state: not state.document_on)
    if here.now.stage is Stage.NOTICE:
        here.post(events.Next())
        await here.at(Stage.DOCUMENT)
    await here.identify()
    here.post(events.Answered(page=PageRef(id="situation.area_m2"), raw="-1"))
    await here.fill()
    await here.sign()
    await here.until(lambda state: state.settled)
