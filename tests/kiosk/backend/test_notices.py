"""Telling citizens: in the transaction it tells of, at a decent hour, in their language, again when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, insert, select, update

from backend.city import Clock, settings_for
from kiosk.backend.notices import KINDS, NOTICE_PACE, Notices, SimulatedPhone, SmsGatewayError
from kiosk.backend.notices.notices import after_quiet
from kiosk.backend.settings import CHINA
from kiosk.backend.storage import Database, schema
from kiosk.words import Text

SAYS = Text(zh_hans="您的事项办好了。", zh_hant="您的事項辦好了。", en="It is done.")
RESIDENT, NO_PHONE = 1, 2


class Gateway:
    """Takes messages, or not, as the test says."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.down = False

    async def send(self, phone: str, text: str, at: datetime) -> None:
        if self.down:
            raise SmsGatewayError
        self.sent.append((phone, text))


class Town:
    """A database with two residents, and what tells them."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.database = Database(folder / "a.sqlite")
        self.gateway = Gateway()
        self.notices = self.another()

        def people(connection: Connection) -> None:
            for identity, phone in ((RESIDENT, "13800138000"), (NO_PHONE, None)):
                values = {
                    "id": identity,
                    "kind": "resident-id",
                    "number": f"N{identity}",
                    "name": "测试",
                    "english_name": "",
                    "phone": phone,
                    "household": 1,
                }
                connection.execute(insert(schema.resident).values(values))

        self.database.write_now(people)

    def another(self) -> Notices:
        return Notices(settings_for(Path("unused"), self.clock), self.database, self.gateway)

    def tell(self, resident: int = RESIDENT, kind: str = "decision", *, urgent: bool = False, once: str = "") -> bool:
        return self.database.write_now(
            lambda connection: self.notices.tell(
                connection, resident, kind, SAYS, about="OT-1", now=self.clock(), urgent=urgent, once=once
            )
        )

    def send(self) -> int:
        return asyncio.run(self.notices.send_due())

    def states(self) -> list[str]:
        query = select(schema.notice.c.state).order_by(schema.notice.c.id)
        return list(self.database.read_now(lambda connection: connection.execute(query).scalars().all()))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    yield made
    made.database.close()


def test_a_message_is_sent_once_with_the_name_of_the_city(town: Town) -> None:
    assert town.tell()
    assert town.send() == 1
    assert town.send() == 0
    assert town.gateway.sent == [("13800138000", "【示例市政务服务】您的事项办好了。")]
    assert town.states() == ["sent"]


def test_what_is_rolled_back_is_never_told(town: Town) -> None:
    def half(connection: Connection) -> None:
        town.notices.tell(connection, RESIDENT, "decision", SAYS, now=town.clock())
        raise LookupError

    with pytest.raises(LookupError):
        town.database.write_now(half)
    assert town.send() == 0


def test_what_is_told_once_is_told_once(town: Town) -> None:
    assert town.tell(once="licence-1-60")
    assert not town.tell(once="licence-1-60")
    assert town.tell(once="licence-1-30")
    assert town.send() == 2


def test_nobody_is_woken_for_what_can_wait(town: Town) -> None:
    town.clock.now = datetime(2026, 11, 23, 23, 30, tzinfo=CHINA)
    town.tell()
    town.tell(urgent=True)
    assert town.send() == 1
    town.clock.now = datetime(2026, 11, 24, 7, 59, tzinfo=CHINA)
    assert town.send() == 0
    town.clock.now = datetime(2026, 11, 24, 8, 0, tzinfo=CHINA)
    assert town.send() == 1


def test_a_retry_that_falls_into_the_night_waits_for_the_morning(town: Town) -> None:
    town.clock.now = datetime(2026, 11, 23, 20, 59, 50, tzinfo=CHINA)
    town.gateway.down = True
    town.tell()
    assert town.send() == 0
    town.gateway.down = False
    town.clock.advance(minutes=5)
    assert town.send() == 0
    town.clock.now = datetime(2026, 11, 24, 8, 0, tzinfo=CHINA)
    assert town.send() == 1


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))  # noqa: DTZ001 - the zone is put on below
def test_a_decent_hour_is_found_within_the_night(moment: datetime) -> None:
    now = moment.replace(tzinfo=CHINA)
    then = after_quiet(now)
    assert 8 <= then.hour < 21
    assert now <= then <= now + timedelta(hours=11)
    assert after_quiet(then) == then


def test_a_gateway_that_is_down_is_tried_later_each_time_then_given_up(town: Town) -> None:
    town.gateway.down = True
    town.tell(urgent=True)
    waits = []
    for _ in range(NOTICE_PACE.attempts):
        before = town.clock()
        assert town.send() == 0
        waits.append(town.database.read_now(lambda c: c.execute(select(schema.notice.c.not_before)).scalar_one()))
        town.clock.now = max(before, datetime.fromtimestamp(waits[-1], CHINA))
    steps = [round(after - before) for before, after in pairwise(waits[:-1])]
    assert steps == sorted(steps)
    assert town.states() == ["given-up"]
    (lost,) = town.database.read_now(town.notices.given_up)
    assert (lost.kind, lost.about, lost.phone) == ("decision", "OT-1", "138****8000")
    town.gateway.down = False
    assert town.database.write_now(lambda connection: town.notices.send_again(connection, lost.id))
    assert town.send() == 1
    assert not town.database.write_now(lambda connection: town.notices.send_again(connection, lost.id))


def test_who_has_no_phone_is_shown_to_the_operator(town: Town) -> None:
    town.tell(NO_PHONE)
    assert town.send() == 0
    (lost,) = town.database.read_now(town.notices.given_up)
    assert lost.phone == ""


def test_a_process_that_dies_while_sending_leaves_the_message_to_another(town: Town) -> None:
    town.tell()
    assert len(town.database.write_now(town.notices._claim)) == 1
    other = town.another()
    assert asyncio.run(other.send_due()) == 0, "it is being sent"
    town.clock.advance(seconds=NOTICE_PACE.lease_s)
    assert asyncio.run(other.send_due()) == 1


def test_a_kind_that_is_not_wanted_is_not_sent_and_a_decision_always_is(town: Town) -> None:
    def refuse(connection: Connection) -> None:
        for kind in KINDS:
            values = {"resident": RESIDENT, "kind": kind, "wanted": False, "notice": "", "at": 0.0}
            connection.execute(insert(schema.notice_choice).values(values))

    town.database.write_now(refuse)
    assert not town.tell(kind="licence-expiring")
    assert town.tell(kind="decision")
    assert town.tell(kind="a-kind-of-another-package")
    assert town.send() == 2


def test_nobody_is_looked_for_without_consent(town: Town) -> None:
    assert not town.tell(kind="entitlement")

    def agree(connection: Connection) -> None:
        values = {"resident": RESIDENT, "kind": "entitlement", "wanted": True, "notice": "1", "at": 0.0}
        connection.execute(insert(schema.notice_choice).values(values))

    town.database.write_now(agree)
    assert town.tell(kind="entitlement")


def test_the_message_is_in_the_language_somebody_applied_in(town: Town) -> None:
    def apply(connection: Connection) -> None:
        values = {
            "number": "OT-1",
            "resident": RESIDENT,
            "matter": "basket",
            "session": "s",
            "terminal": "t",
            "received_at": 0.0,
            "request": '{"language": "en"}',
            "matter_name": "{}",
        }
        connection.execute(insert(schema.application).values(values))

    town.database.write_now(apply)
    town.tell()
    town.send()
    assert town.gateway.sent[0][1].endswith("It is done.")
    town.database.write_now(lambda c: c.execute(update(schema.application).values(request='{"language": "tlh"}')))
    town.tell()
    town.send()
    assert town.gateway.sent[1][1].endswith("办好了。")


def test_a_running_post_sends_what_is_told_and_ends_when_it_is_told_to(town: Town) -> None:
    async def told() -> None:
        work = asyncio.create_task(town.notices.work())
        arrived = asyncio.Event()
        send = town.gateway.send

        async def sent(phone: str, text: str, at: datetime) -> None:
            await send(phone, text, at)
            arrived.set()

        town.gateway.send = sent  # type: ignore[method-assign]  # the test listens in
        await asyncio.to_thread(town.tell)
        async with asyncio.timeout(10):
            await arrived.wait()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)

    asyncio.run(told())


def test_the_simulated_phone_keeps_the_newest_for_all_processes(town: Town) -> None:
    phone, other = SimulatedPhone(town.database), SimulatedPhone(town.database)
    for index in range(205):
        asyncio.run(phone.send("13800138000", f"message {index}", town.clock()))
    messages = town.database.read_now(lambda connection: other.messages(connection, town.clock()))
    assert messages[0].text == "message 204"
    assert messages[0].to == "138****8000"
    count = select(func.count()).select_from(schema.phone_message)
    assert town.database.read_now(lambda connection: connection.execute(count).scalar_one()) == 200
