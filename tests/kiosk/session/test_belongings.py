"""What is asked of the backend about what is somebody's own, and what is told when it does not answer, or half."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import own
import pytest
from msgspec.structs import replace

from kiosk.contract import Fees, Payment, PaymentState, Problem, Reminders
from kiosk.session import events, own_effects, own_events
from kiosk.session.belongings import Belongings
from kiosk.session.effects import Effect
from kiosk.session.having import Told
from kiosk.submission import BackendClient, BackendRefused, BackendUnreachable

MINE = own_effects.LookAtMine(notice="mine@1")
UNREACHABLE = BackendUnreachable("no connection")


def refused(code: str) -> BackendRefused:
    return BackendRefused(Problem(type=f"urn:onething:problem:{code}", title=code, status=422))


class Answers:
    """A backend that answers as it is told; what it is not told it does not know."""

    def __init__(self, **answers: Any) -> None:
        whole = own.mine()
        self.asked: list[str] = []
        self._answers: dict[str, Any] = {
            "applications": whole.cases,
            "licences": whole.licences,
            "entitlements": whole.entitlements,
            "reminders": Reminders(reminders=own.REMINDERS, choices=()),
            "drafts": whole.drafts,
            "mandates": whole.mandates,
            "complaints": whole.complaints,
            **answers,
        }

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def answer(*arguments: Any, **_: Any) -> Any:
            self.asked.append(name)
            given = self._answers.get(name, refused("not-found"))
            told = given(*arguments) if callable(given) else given
            if isinstance(told, Exception):
                raise told
            return told

        return answer


async def told(effect: Effect, **answers: Any) -> list[events.Event]:
    news: list[events.Event] = []
    belongings = Belongings(cast("BackendClient", Answers(**answers)))
    assert await belongings.perform(effect, "token", news.append)
    return news


async def test_everything_is_told_at_once() -> None:
    (news,) = await told(MINE)
    assert isinstance(news, own_events.MineFound)
    assert news.mine == replace(own.mine(), reminders=own.REMINDERS)


@pytest.mark.parametrize(
    ("silent", "untold"),
    [
        ("applications", Told.CASES),
        ("licences", Told.LICENCES),
        ("entitlements", Told.ENTITLEMENTS),
        ("reminders", Told.REMINDERS),
        ("mandates", Told.DRAFTS),
    ],
)
async def test_what_does_not_come_is_named_and_the_rest_is_shown(silent: str, untold: Told) -> None:
    (news,) = await told(MINE, **{silent: UNREACHABLE})
    assert isinstance(news, own_events.MineFound)
    assert news.mine.untold == (untold,)


async def test_a_verification_that_ran_out_is_told_as_that() -> None:
    news = await told(MINE, licences=refused("token.invalid"))
    assert news == [events.BackendFailed(request="mine", code="token.invalid")]


async def test_an_application_number_shows_each_of_its_cases() -> None:
    def status(number: str) -> Any:
        return own.STATUS if number in (own.CASE, f"{own.NUMBER}-02") else refused("not-found")

    (news,) = await told(own_effects.LookUpNumber(number=own.NUMBER), status=status)
    assert isinstance(news, own_events.StatusFound)
    assert len(news.statuses) == 2
    (news,) = await told(own_effects.LookUpNumber(number=own.CASE), status=status)
    assert isinstance(news, own_events.StatusFound)
    assert len(news.statuses) == 1
    (news,) = await told(own_effects.LookUpNumber(number="OT20260101-000001-1"))
    assert isinstance(news, own_events.StatusFound)
    assert news.statuses == ()


async def test_who_comes_too_late_is_shown_the_case_as_it_is() -> None:
    withdraw = own_effects.Withdraw(case=own.CASE, tag="1", request=cast("Any", None))
    (news,) = await told(withdraw, withdraw=refused("case.changed"), case=(own.detail(), "2"))
    assert news == own_events.CaseFound(detail=own.detail(), tag="2", code="case.changed")
    (news,) = await told(withdraw, withdraw=refused("case.changed"), case=UNREACHABLE)
    assert news == events.BackendFailed(request="withdraw", code="case.changed")


async def test_a_case_brings_what_was_paid_for_it_and_stands_without_it() -> None:
    fetch = own_effects.FetchCase(number=own.CASE)
    detail = replace(own.detail(), payment="secret-order")
    paid = own.payment(PaymentState.PAID)
    (news,) = await told(fetch, case=(detail, "1"), payment=paid)
    assert news == own_events.CaseFound(detail=detail, tag="1", payment=paid)
    (news,) = await told(fetch, case=(detail, "1"), payment=UNREACHABLE)
    assert news == own_events.CaseFound(detail=detail, tag="1")


async def test_nothing_is_ordered_where_nothing_is_due() -> None:
    request = cast("Any", type("Request", (), {"items": ("x",), "notice": "1", "authority": None}))
    order = own_effects.MakeOrder(key="key", request=request)
    news = await told(order, fees=Fees(lines=(), amount_fen=0))
    assert news == [own_events.OrderMade(payment=None)]
    news = await told(order, fees=Fees(lines=(), amount_fen=2000), order=own.payment())
    assert news == [own_events.OrderMade(payment=own.payment())]
    news = await told(order, fees=refused("payment.provider"))
    assert news == [events.BackendFailed(request="order", code="payment.provider")]


class Till(Answers):
    """A backend whose stream of an order breaks, comes back, and says at last that it is paid."""

    def __init__(self, *streams: tuple[Payment | Exception, ...]) -> None:
        super().__init__()
        self._streams = list(streams)

    async def payments(self, payment: str, *, token: str) -> AsyncIterator[Payment]:
        del payment, token
        for each in self._streams.pop(0):
            if isinstance(each, Exception):
                raise each
            yield each


async def test_money_is_waited_for_through_silence_until_it_came() -> None:
    order = replace(own.payment(), expires_at=datetime.now(UTC) + timedelta(seconds=90))
    paid = replace(order, state=PaymentState.PAID)
    news: list[events.Event] = []
    belongings = Belongings(cast("BackendClient", Till((order, UNREACHABLE), (order, paid))))
    async with asyncio.timeout(10):
        await belongings.await_payment(order, "token", news.append)
    followed = [each for each in news if not isinstance(each, own_events.PaymentClock)]
    assert followed == [
        own_events.PaymentTold(payment=order),
        own_events.PaymentUnwatched(payment=order.id, code="backend.unreachable"),
        own_events.PaymentTold(payment=order),
        own_events.PaymentTold(payment=paid),
    ]
    counted = [each.remaining_s for each in news if isinstance(each, own_events.PaymentClock)]
    assert counted[0] in (89, 90)
