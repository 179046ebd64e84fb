"""Messages of the operators: for whom, how long, and the queues that are told beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from backend.city import Clock, settings_for
from backend.stores import empty
from kiosk.backend.service import Queue, read_halls
from kiosk.backend.storage import Database
from kiosk.backend.terminals import Fleet, Known, Messages, Scope, WrongMessage
from kiosk.backend.terminals.boards import Boards
from kiosk.words import Text

ON_BOTH_DATABASES = True
Hours = tuple[float, float]
WORDS = Text(zh_hans="周六上午停电检修", zh_hant="週六上午停電檢修", en="No power on Saturday morning")
EAST, WEST = "示例市城东区政务服务中心", "示例市城西区 100%_\\ 大厅"


@pytest.fixture
def store(tmp_path: Path, database: str, clock: Clock) -> Iterator[Database]:
    with empty(database, tmp_path / "store") as made:
        fleet = Fleet(clock, b"key")

        def enrol(connection: Connection) -> None:
            for name, place in (("T-1", EAST), ("T-2", WEST)):
                fleet.admit(connection, name, name.encode().ljust(32), place, how="code")

        made.write_now(enrol)
        yield made


@pytest.fixture
def messages(clock: Clock) -> Messages:
    return Messages(clock)


def known(name: str, place: str) -> Known:
    return Known(id=name, key=b"", standing="in-service", words=None, since=0, place=place)


def tell(
    store: Database,
    messages: Messages,
    clock: Clock,
    scope: Scope,
    subject: str = "",
    hours: Hours = (0, 1),
) -> None:
    first, last = (clock() + timedelta(hours=each) for each in hours)
    store.write_now(
        lambda connection: messages.write(
            connection, WORDS, scope, subject, starts_at=first, ends_at=last, staff="YW-0001"
        )
    )


@pytest.mark.parametrize(("part", "meant"), [("城东", ("T-1",)), ("示例市", ("T-1", "T-2")), ("%_\\", ("T-2",))])
def test_a_message_is_for_the_terminals_whose_place_has_its_words(
    store: Database, messages: Messages, clock: Clock, part: str, meant: tuple[str, ...]
) -> None:
    tell(store, messages, clock, Scope.PLACE, part)
    (held,) = store.read_now(messages.holding)
    assert tuple(each.id for each in (known("T-1", EAST), known("T-2", WEST)) if held.is_for(each)) == meant


def test_the_nearest_message_stands_first_and_each_holds_for_its_time(
    store: Database, messages: Messages, clock: Clock
) -> None:
    tell(store, messages, clock, Scope.TERMINAL, "T-1", (0, 3))
    tell(store, messages, clock, Scope.ALL)
    tell(store, messages, clock, Scope.ALL, hours=(2, 4))
    assert [each.scope for each in store.read_now(messages.holding)] == [Scope.TERMINAL, Scope.ALL]
    clock.advance(hours=2)
    assert [each.scope for each in store.read_now(messages.holding)] == [Scope.TERMINAL, Scope.ALL]
    first = store.read_now(messages.holding)[0]
    assert store.write_now(lambda connection: messages.withdraw(connection, first.id, staff="YW-0001"))
    assert not store.write_now(lambda connection: messages.withdraw(connection, first.id, staff="YW-0001"))
    assert [each.scope for each in store.read_now(messages.holding)] == [Scope.ALL]
    assert len(store.read_now(messages.listed)) == 3


@pytest.mark.parametrize(
    ("scope", "subject", "hours", "field"),
    [
        (Scope.TERMINAL, "T-3", (0, 1), "subject"),
        (Scope.PLACE, "城南", (0, 1), "subject"),
        (Scope.PLACE, "", (0, 1), "subject"),
        (Scope.ALL, "", (2, 1), "until"),
        (Scope.ALL, "", (-2, -1), "until"),
        (Scope.ALL, "", (0, 24 * 63), "until"),
    ],
)
def test_a_message_that_nobody_would_see_is_not_taken(
    store: Database,
    messages: Messages,
    clock: Clock,
    scope: Scope,
    subject: str,
    hours: tuple[float, float],
    field: str,
) -> None:
    with pytest.raises(WrongMessage) as refused:
        tell(store, messages, clock, scope, subject, hours)
    assert refused.value.field == field
    assert store.read_now(messages.listed) == ()


async def test_a_board_tells_the_queues_of_open_halls_read_once_for_all(
    store: Database, messages: Messages, clock: Clock, tmp_path: Path
) -> None:
    plans = read_halls(settings_for(tmp_path, clock).people_path.with_name("halls.yaml"))
    boards = Boards(store, messages, Queue(plans), clock)
    tell(store, messages, clock, Scope.ALL)
    board = await boards.of(known("T-1", EAST))
    assert [each.words for each in board.announcements] == [WORDS]
    assert [hall.name for hall in board.halls] == [plan.name for plan in plans if plan.is_open(clock())]
    assert board.halls
    tell(store, messages, clock, Scope.ALL)
    assert len((await boards.of(known("T-2", WEST))).announcements) == 1
    boards.forget()
    assert len((await boards.of(known("T-2", WEST))).announcements) == 2
