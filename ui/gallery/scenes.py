"""Sessions to look at: each made by stepping the real session machine over the real catalogue, nothing on a wire."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from kiosk.catalogue import Audience, Catalogue
from kiosk.contract import Fact, Offer, Verification
from kiosk.forms import PageRef
from kiosk.session import course, events, guiding, machine
from kiosk.session.house import House
from kiosk.session.preferences import Preferences
from kiosk.session.state import Browse, DocumentSource, Holder, Session, Stage
from kiosk.settings.model import AttractLook
from kiosk.words import Language, Text
from ui.models.page import Desk

MORNING = datetime(2026, 4, 15, 9, 30, tzinfo=UTC)
NIGHT = datetime(2026, 4, 15, 2, 30, tzinfo=UTC)
READY = ("id-reader", "card-reader", "scanner", "camera", "printer")

ZHAO = Holder(
    source=DocumentSource.ID_READER,
    kind="resident-id",
    number="000102199508092428",
    name="赵测试",
    sex="2",
    birth_date=date(1995, 8, 9),
    ethnicity="01",
    address="示例市湖滨区虚构街66号2栋1803室",
)


def facts_of(known: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Return what a register says, by name."""
    source = Text(zh_hans="登记", zh_hant="登記", en="register")
    return tuple(Fact(name=name, value=value, as_of=MORNING.date(), source=source) for name, value in known.items())


class Story:
    """One citizen on the way: ``happens`` steps the machine, ``session`` is where it came to."""

    def __init__(self, catalogue: Catalogue, language: Language, preferences: Preferences | None = None) -> None:
        self.catalogue = catalogue
        self._house = House(catalogue=catalogue, terminal="SIM-0001", language=language)
        self.session = Session(language=language, preferences=preferences or Preferences())
        self.happens(*(events.DeviceChanged(device=device, health="ready") for device in READY))

    def happens(self, *news: events.Event) -> Story:
        """Let this happen, one after the other."""
        for event in news:
            stamped = replace(event, at=MORNING) if isinstance(event, events.Intent) else event
            self.session, _ = machine.step(self._house, self.session, stamped)
        return self

    def starts(self) -> Story:
        """The first touch."""
        return self.happens(events.Touched(session="00000000-0000-4000-8000-000000000000"))

    def opens(self, service: str, **situation: events.Raw) -> Story:
        """Choose a service and answer its situation questions; those not given are answered yes."""
        self.starts().happens(events.ServiceChosen(service=service))
        while self.session.stage is Stage.SITUATION and self.session.page is not None:
            name = self.session.page.id.removeprefix("situation.")
            self.happens(events.Answered(page=self.session.page, raw=situation.get(name, True)))
        return self

    def lays_down_a_card(self, service: str, **situation: events.Raw) -> Story:
        """Come to the code from the phone."""
        self.opens(service, **situation).happens(events.Next(), events.Next())
        return self.happens(events.DocumentRead(holder=ZHAO), events.DocumentRemoved(source=DocumentSource.ID_READER))

    def is_sent_a_code(self, service: str, **situation: events.Raw) -> Story:
        """Come to the six boxes."""
        self.opens(service, **situation).happens(events.Next(), events.Next())
        return self.reads_a_card()

    def reads_a_card(self) -> Story:
        """Lay down a card where one is asked for, and come to the six boxes."""
        verification = Verification(
            id="verification", phone="138****8024", digits=6, expires_at=MORNING, attempts_left=3
        )
        self.happens(events.DocumentRead(holder=ZHAO), events.DocumentRemoved(source=DocumentSource.ID_READER))
        return self.happens(events.CodeSent(verification=verification))

    def is_verified(self, service: str, **situation: events.Raw) -> Story:
        """Come to the wait for registers and licences."""
        return self.is_sent_a_code(service, **situation).happens(
            events.CodeEntered(code="123456"), events.CodeAccepted(), events.OpenFound()
        )

    def is_known(self, service: str, known: Mapping[str, Any], *unavailable: str, **situation: events.Raw) -> Story:
        """Come to the facts to confirm."""
        facts = facts_of(known)
        return self.is_verified(service, **situation).happens(
            events.KnownArrived(facts=facts, unavailable=unavailable, found=())
        )

    def fills(self, *items: str) -> Story:
        """Put items into the basket and look at it."""
        return self.happens(events.BasketFilled(items=items), events.BasketOpened())

    def is_offered(self, offers: tuple[Offer, ...]) -> Story:
        """Be told what is worth doing with what the page is about."""
        return self.happens(events.Offered(items=guiding.looked_at(self.session), offers=offers))

    def asks(self, element: str) -> Story:
        """Go to the question for ``element`` as if everything before it had been passed."""
        session = self.session
        pages = course.asked(session)
        page = next((page for page in pages if page.id == element), None)
        if page is None:
            page = PageRef(id=element, repeat="children", entry=0)
        self.session = replace(session, stage=Stage.QUESTION, page=page, advice=None)
        return self

    def answers(self, raw: events.Raw) -> Story:
        """Answer the question that is up."""
        if self.session.page is None:
            return self
        return self.happens(events.Answered(page=self.session.page, raw=raw))


KNOWN_OF_ZHAO: dict[str, Any] = {
    "register.population.phone": "13800138024",
    "register.population.hukou_division": "000102",
    "register.population.marital_status": "20",
    "register.population.hukou_address": {"division": "000102003000", "detail": "虚构街66号2栋1803室"},
    "register.marriage.spouse_name": "钱仿真",
    "register.marriage.spouse_number": "000102199311303113",
    "register.marriage.spouse_ethnicity": "01",
    "register.marriage.certificate_number": "J000102-2021-000123",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """A page in one state."""

    page: str
    """QML type in ``ui.pages``."""
    story: Callable[[Story], Story]
    over: str = ""
    """What the citizen opened over it: ``languages``, ``see-hear`` or ``help``."""
    desk: Callable[[Desk], Desk] = lambda desk: desk
    """Where the terminal is set up otherwise, or it is another time of day."""


def _by_night(desk: Desk) -> Desk:
    attract = replace(desk.settings.attract, night_from="22:00", night_until="06:00")
    return dataclasses.replace(desk, settings=replace(desk.settings, attract=attract), now=lambda: NIGHT)


def _dark(desk: Desk) -> Desk:
    attract = replace(desk.settings.attract, look=AttractLook.DARK)
    return dataclasses.replace(desk, settings=replace(desk.settings, attract=attract))


def _question(element: str, service: str = "newborn", **situation: events.Raw) -> Scene:
    return Scene(
        page="QuestionPage",
        story=lambda story: (
            story.is_verified(service, **situation)
            .happens(events.BackendFailed(request="known", code="backend.unreachable"), events.Next())
            .asks(element)
        ),
    )


def _restaurant(element: str) -> Scene:
    return _question(element, "restaurant", area_m2="120", fire_route="commitment")


SCENES: dict[str, Scene] = {
    "attract": Scene(page="AttractPage", story=lambda story: story),
    "attract-dark": Scene(page="AttractPage", story=lambda story: story, desk=_dark),
    "attract-night": Scene(page="AttractPage", story=lambda story: story, desk=_by_night),
    "find": Scene(page="FindPage", story=Story.starts),
    "find-departments": Scene(
        page="FindPage", story=lambda story: story.starts().happens(events.Browsed(browse=Browse.DEPARTMENTS))
    ),
    "find-department": Scene(
        page="FindPage",
        story=lambda story: story.starts().happens(
            events.Browsed(browse=Browse.DEPARTMENTS, department="market-regulation")
        ),
    ),
    "find-search": Scene(
        page="FindPage", story=lambda story: story.starts().happens(events.Browsed(browse=Browse.SEARCH))
    ),
    "find-found": Scene(page="FindPage", story=lambda story: story.starts().happens(events.Searched(query="开饭店"))),
    "find-nothing": Scene(
        page="FindPage", story=lambda story: story.starts().happens(events.Searched(query="qqqqqqq"))
    ),
    "find-foreign-code": Scene(
        page="FindPage", story=lambda story: story.starts().happens(events.CodeScanned(text="https://example.com"))
    ),
    "find-enterprise": Scene(
        page="FindPage",
        story=lambda story: story.starts().happens(events.Browsed(browse=Browse.THEMES, audience=Audience.ENTERPRISE)),
    ),
    "find-life": Scene(
        page="FindPage",
        story=lambda story: story.starts().happens(
            events.BasketFilled(items=("old-age-allowance",)), events.Browsed(browse=Browse.THEMES, life="retirement")
        ),
    ),
    "notice": Scene(page="NoticePage", story=lambda story: story.opens("newborn").happens(events.Next())),
    "document": Scene(
        page="DocumentPage", story=lambda story: story.opens("newborn").happens(events.Next(), events.Next())
    ),
    "document-unread": Scene(
        page="DocumentPage",
        story=lambda story: story.opens("newborn").happens(
            events.Next(),
            events.Next(),
            events.DocumentFailed(source=DocumentSource.ID_READER, code="media.unreadable", lies=True),
        ),
    ),
    "document-expired": Scene(
        page="DocumentPage",
        story=lambda story: story.opens("newborn").happens(
            events.Next(), events.Next(), events.DocumentRead(holder=replace(ZHAO, valid_until=date(2020, 1, 1)))
        ),
    ),
    "document-one-reader": Scene(
        page="DocumentPage",
        story=lambda story: story.opens("newborn").happens(
            events.Next(), events.Next(), events.DeviceChanged(device="id-reader", health="failed")
        ),
    ),
    "document-no-reader": Scene(
        page="DocumentPage",
        story=lambda story: story.opens("newborn").happens(
            events.Next(),
            events.Next(),
            events.DeviceChanged(device="id-reader", health="failed"),
            events.DeviceChanged(device="card-reader", health="absent"),
        ),
    ),
    "document-recovering": Scene(
        page="DocumentPage",
        story=lambda story: story.opens("newborn").happens(
            events.Next(),
            events.Next(),
            events.DeviceChanged(device="id-reader", health="starting"),
            events.DeviceChanged(device="card-reader", health="absent", cause="device.absent"),
        ),
    ),
    "document-reading": Scene(
        page="DocumentPage",
        story=lambda story: story.opens("newborn").happens(
            events.Next(), events.Next(), events.DocumentSeen(source=DocumentSource.ID_READER, present=True)
        ),
    ),
    "document-moved": Scene(
        page="DocumentPage",
        story=lambda story: story.opens("newborn").happens(
            events.Next(), events.Next(), events.DocumentFailed(source=DocumentSource.ID_READER, code="media.removed")
        ),
    ),
    "document-sticks": Scene(
        page="DocumentPage",
        story=lambda story: story.opens("newborn").happens(
            events.Next(),
            events.Next(),
            events.DeviceChanged(device="id-reader", health="failed", cause="device.silent"),
            events.DocumentFailed(source=DocumentSource.CARD_READER, code="media.wrong", lies=True),
        ),
    ),
    "document-typed": Scene(
        page="DocumentPage",
        story=lambda story: story.opens("newborn").happens(events.Next(), events.Next(), events.TypingWanted()),
    ),
    "document-typed-wrong": Scene(
        page="DocumentPage",
        story=lambda story: story.opens("newborn").happens(
            events.Next(),
            events.Next(),
            events.TypingWanted(),
            events.IdentityTyped(name="赵测试", number="000102199508092429"),
        ),
    ),
    "verify": Scene(page="VerifyPage", story=lambda story: story.is_sent_a_code("newborn")),
    "verify-sending": Scene(page="VerifyPage", story=lambda story: story.lays_down_a_card("newborn")),
    "verify-wrong": Scene(
        page="VerifyPage",
        story=lambda story: story.is_sent_a_code("newborn").happens(
            events.CodeEntered(code="000000"), events.CodeRefused(code="verification.wrong-code", attempts_left=2)
        ),
    ),
    "verify-no-phone": Scene(
        page="VerifyPage",
        story=lambda story: story.lays_down_a_card("newborn").happens(
            events.BackendFailed(request="code", code="verification.no-phone")
        ),
    ),
    "fetch": Scene(page="FetchPage", story=lambda story: story.is_verified("newborn")),
    "fetch-told": Scene(
        page="FetchPage",
        story=lambda story: story.is_verified("newborn").happens(
            events.RegistersTold(facts=facts_of(KNOWN_OF_ZHAO), unavailable=("marriage",))
        ),
    ),
    "fetch-failed": Scene(
        page="FetchPage",
        story=lambda story: story.is_verified("newborn").happens(
            events.BackendFailed(request="known", code="backend.unreachable")
        ),
    ),
    "confirm": Scene(page="ConfirmPage", story=lambda story: story.is_known("newborn", KNOWN_OF_ZHAO)),
    "confirm-disputed": Scene(
        page="ConfirmPage",
        story=lambda story: story.is_known("newborn", KNOWN_OF_ZHAO, "social-insurance", "marriage").happens(
            events.FactDisputed(page=PageRef(id="person.phone"))
        ),
    ),
    "tasks": Scene(
        page="TasksPage",
        story=lambda story: story.is_verified("restaurant", area_m2="120").happens(
            events.BackendFailed(request="known", code="backend.unreachable"), events.Next(), events.Next()
        ),
    ),
    "tasks-begun": Scene(
        page="TasksPage",
        story=lambda story: _restaurant("food.separate_room").story(story).answers(True).happens(events.ListWanted()),
    ),
    "situation": Scene(
        page="QuestionPage", story=lambda story: story.starts().happens(events.ServiceChosen(service="newborn"))
    ),
    "question-text": _question("child.name"),
    "question-text-wrong": Scene(
        page="QuestionPage",
        story=lambda story: _question("child.name").story(story).answers(""),
    ),
    "question-choice": _question("child.health"),
    "question-choice-many": _question("person.ethnicity"),
    "question-choices": _restaurant("food.categories"),
    "question-yes-no": _restaurant("food.separate_room"),
    "question-date": _question("child.birth_date"),
    "question-integer": _question("child.weight_g"),
    "question-phone": _question("person.phone"),
    "question-id-number": _question("family.other_number"),
    "question-credit-code": _restaurant("enterprise.credit_code"),
    "question-bank-card": _question("person.bank_card", "old-age-allowance"),
    "question-address": _restaurant("shop.address"),
    "question-list": _question("children"),
}
