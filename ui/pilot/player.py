"""Plays a journey: does on every page what a person would do there, until the terminal is at rest again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

from PySide6.QtCore import QPointF

from kiosk.contract import Application
from kiosk.forms.model import Kind
from kiosk.forms.rules import day
from kiosk.session.finding import GUIDE_CODE
from kiosk.session.state import Session, Stage
from kiosk.submission import BackendError
from ui.app import Terminal
from ui.pilot.hand import Hand, Lost, Watch
from ui.pilot.journeys import Find, Given, Journey
from ui.pilot.keyhand import KeyHand, KeyTypist
from ui.pilot.typing import Typist
from ui.pilot.visitor import Visitor

PAGE_S: Final = 30.0
"""A page, a device or the backend may take this long before the citizen gives up."""
DIGITS: Final = re.compile(r"\d{6}")
LATER: Final = "later"

WAITS: Final = {
    Stage.DOCUMENT: "document",
    Stage.VERIFY: "backend",
    Stage.FETCH: "backend",
    Stage.CAMERA: "camera",
    Stage.PAY: "backend",
    Stage.MINE: "backend",
    Stage.CASE: "backend",
    Stage.WITHDRAW: "backend",
}
"""What the page after these waits for besides the screen."""
SUBMITTING: Final = (Stage.REVIEW, Stage.SIGN)
"""The last of them on the way submits: what needs no signature goes from the review."""


class Surroundings(Protocol):
    """What a citizen handles besides the screen: their card, their phone, their papers."""

    def do(self, device: str, action: str, **arguments: str) -> Mapping[str, str]:
        """Do something with a device."""

    def newest_message(self, after: int) -> tuple[int, str] | None:
        """Return how many messages the phone has and the newest, once there are more than ``after``."""

    def pay(self, code: str) -> None:
        """Scan a payment code with the phone, and pay it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing the citizen did, and how long the screen took to follow."""

    page: str
    what: str
    tapped: str
    """Name of what was touched last; empty when the page changed by itself."""
    painted_ms: float | None
    """From the finger coming up to the first frame of the next page; None when something else was waited for."""
    picture: str
    waited_for: str = ""
    """``document``: from laying it down to its data on the screen; ``outcome``: from the finger coming up to
    submit to the first department's answer on the screen; ``camera`` and ``backend``: to the page after theirs"""
    waited_ms: float | None = None
    """How long that took."""


@dataclass(kw_only=True, slots=True)
class Played:
    """What came of a journey."""

    steps: list[Step] = field(default_factory=list)
    applications: tuple[Application, ...] = ()
    """As the backend stored them."""
    took_guide: bool = False
    """A printed guide was taken out of the slot."""


def play(terminal: Terminal, journey: Journey, around: Surroundings, out: Path) -> Played:
    """Play a journey to its end and leave a picture of every page passed.

    Args:
        terminal: Open, at the attract page.
        journey: What to do.
        around: Card, phone and papers.
        out: Folder for the pictures.

    Raises:
        Lost: the citizen did not find the way on; the pictures so far are there.
    """
    return _Player(terminal, journey, around, out).play()


class _Player:
    """One citizen on the way through one journey."""

    def __init__(self, terminal: Terminal, journey: Journey, around: Surroundings, out: Path) -> None:
        self._terminal = terminal
        self._journey = journey
        self._around = around
        self._out = out
        window, screen = terminal.window, terminal.screen
        self._hand: Hand
        self._typist: Typist | KeyTypist
        if journey.by_ear:
            self._hand = keys = KeyHand(window, screen.engine, screen.narrator)
            self._typist = KeyTypist(keys)
        else:
            self._hand = Hand(window, screen.engine)
            self._typist = Typist(self._hand)
        self._played = Played()
        self._messages = 0
        self._tapped = ""
        self._acted_at: float | None = None
        self._outcome: Watch | None = None
        self._submitted_at: float | None = None
        self._acts: Mapping[Stage, Callable[[], str]] = {
            Stage.ATTRACT: self._attract,
            Stage.FIND: self._find,
            Stage.BASKET: self._go_on,
            Stage.SITUATION: self._question,
            Stage.GUIDE: self._guide,
            Stage.NOTICE: self._go_on,
            Stage.DOCUMENT: self._document,
            Stage.VERIFY: self._verify,
            Stage.FETCH: self._wait,
            Stage.CONFIRM: self._confirm,
            Stage.RESUME: self._go_on,
            Stage.BEHALF: self._for_oneself,
            Stage.KEPT: self._go_on,
            Stage.TASKS: self._go_on,
            Stage.QUESTION: self._question,
            Stage.CHANGE: self._go_on,
            Stage.MATERIALS: self._materials,
            Stage.CAMERA: self._camera,
            Stage.PROMISE: self._go_on,
            Stage.REVIEW: self._go_on,
            Stage.SIGN: self._sign,
            Stage.PAY: self._pay,
            Stage.OUTCOMES: self._outcomes,
            Stage.RECEIPT: self._receipt,
            Stage.RATING: self._rate,
            Stage.GOODBYE: self._goodbye,
        }
        self._visitor = Visitor(terminal, self._hand, journey.afterwards, self._picture)

    @property
    def _session(self) -> Session:
        return self._terminal.screen.session

    def play(self) -> Played:
        """Go from the attract page back to it."""
        started = False
        try:
            while not (started and self._session.stage is Stage.ATTRACT and self._visitor.done):
                started = True
                before = self._place()
                next_page = self._hand.watch(partial(self._shows_other_than, before))
                if self._session.stage in SUBMITTING:
                    self._outcome = self._hand.watch(self._shows_outcome)
                what = self._act()
                self._follow(before, what, next_page)
        except Lost:
            self._hand.picture().save(str(self._out / "lost.png"))
            raise
        return self._played

    def _act(self) -> str:
        """Do what the page asks for: in the matter they came for, or with what is theirs when they come again."""
        again = bool(self._played.applications) and not self._visitor.done
        name = self._visitor.act() if again else ""
        if name:
            self._tap(name)
            return f"touch {name}"
        return self._acts[self._session.stage]()

    def _place(self) -> tuple[object, ...]:
        """Return what tells one page from the next."""
        session = self._session
        done = "" if session.case is None else session.case.done
        return (session.stage, session.page, session.picture is None, session.guide_paper, session.sheet_paper, done)

    def _shows_other_than(self, before: tuple[object, ...]) -> bool:
        return self._place() != before and self._terminal.screen.shown_is_current

    def _follow(self, before: tuple[object, ...], what: str, next_page: Watch) -> None:
        """Wait until the next page is painted, and write the step down."""
        session = self._session
        if session.advice is not None and self._place() == before and before[0] is not Stage.DOCUMENT:
            self._picture("advice")
        painted_at = self._hand.until(
            lambda: next_page.at, f"the page after {before[0]} ({what})", limit_s=PAGE_S, told=self._told
        )
        took_ms = None if self._acted_at is None else round((painted_at - self._acted_at) * 1000, 1)
        page = Stage(str(before[0]))
        if page in SUBMITTING:
            self._submitted_at = self._acted_at
        waited_for = WAITS.get(page, "")
        painted_ms, waited_ms = (None, took_ms) if waited_for or not self._tapped else (took_ms, None)
        if page is Stage.OUTCOMES and self._outcome is not None:
            waited_for, waited_ms = "outcome", self._outcome_ms(self._outcome)
        step = Step(
            page=page,
            what=what,
            tapped=self._tapped,
            painted_ms=painted_ms,
            picture=self._picture(),
            waited_for=waited_for,
            waited_ms=waited_ms,
        )
        self._played.steps.append(step)
        self._tapped, self._acted_at = "", None

    def _outcome_ms(self, outcome: Watch) -> float | None:
        """Return how long after submitting the first department's answer was on the screen."""
        if outcome.at is None or self._submitted_at is None:
            return None
        return round((outcome.at - self._submitted_at) * 1000, 1)

    def _told(self) -> str:
        """Return what the page tells the citizen, for the message when they are lost."""
        advice = self._session.advice
        return "" if advice is None else f"; the page says {advice.code or (advice.text and advice.text.en)}"

    def _picture(self, name: str = "") -> str:
        """Leave a picture of the page once it stands still, and return its name: the page's, or the one given."""
        self._hand.rest()
        file = f"{len(self._played.steps) + 1:02d}-{name or self._session.stage}.png"
        picture = self._hand.picture()
        if not picture.save(str(self._out / file)):
            raise Lost(f"the picture {self._out / file} could not be written")
        return file

    def _tap(self, name: str) -> None:
        self._acted_at = self._hand.tap(name, limit_s=PAGE_S)
        self._tapped = name

    # --- pages -------------------------------------------------------------------------------------------------

    def _attract(self) -> str:
        self._picture("attract")
        if self._journey.by_ear:
            self._around.do("headphones", "headphones-in")
            self._hand.until(lambda: self._session.preferences.guided or None, "the guidance by sound", limit_s=PAGE_S)
        self._tap("start")
        return "touch to start"

    def _find(self) -> str:
        if self._journey.elder and not self._session.preferences.elder:
            self._hand.tap("elder", limit_s=PAGE_S)
            self._hand.until(lambda: self._session.preferences.elder or None, "the elder mode", limit_s=PAGE_S)
            self._hand.rest()
        find, service = self._journey.find, self._journey.service
        if find.scan:
            self._until_ready("scanner")
            self._around.do("scanner", "show", text=f"{GUIDE_CODE}{service}")
            return "hold the guide's QR to the scanner"
        if self._journey.together:
            return self._put_together()
        self._look_for(service, find)
        self._tap(f"service-{service}")
        return "choose the service"

    def _put_together(self) -> str:
        """Find each item its own way, put it into the basket, and look at that."""
        for item, find in self._journey.together.items():
            self._look_for(item, find)
            self._tap(f"join-{item}")
            self._hand.until(partial(self._holds, item), f"{item} in the basket", limit_s=PAGE_S)
        self._picture("find-together")
        self._tap("basket")
        return "look at what was put together"

    def _holds(self, item: str) -> bool | None:
        return True if item in self._session.basket else None

    def _look_for(self, service: str, find: Find) -> None:
        """Open the list that ``service`` stands in, and bring it on the screen."""
        if find.search:
            self._tap("browse-search")
            self._typist.begin("field")
            self._typist.type(find.search)
            self._hand.until(
                lambda: True if any(hit.id == service for hit in self._session.hits) else None,
                f"{service} among what was found",
                limit_s=PAGE_S,
            )
            self._picture("find-search")
        elif find.department:
            self._tap("browse-departments")
            self._tap(f"department-{find.department}")
            self._picture("find-department")
        elif find.life:
            self._tap("browse-themes")
            self._tap(f"audience-{find.audience}")
            self._tap(f"life-{find.life}")
            self._picture("find-life")
        self._hand.bring(f"service-{service}", limit_s=PAGE_S)

    def _go_on(self) -> str:
        self._tap("primary")
        return "go on"

    def _for_oneself(self) -> str:
        self._tap("act-own")
        return "for oneself"

    def _guide(self) -> str:
        """Begin; of what is never filed, have the guide printed and take it."""
        matter = self._session.matter
        if self._session.guide_paper == "none":
            if self._journey.takes_guide and matter is not None and matter.items and matter.guided:
                self._tap("print-guide")
                return "print the guide of what is done at a counter"
            return self._go_on()
        self._hand.until(lambda: None if self._session.guide_paper == "printing" else True, "the guide", limit_s=PAGE_S)
        self._picture("guide-printed")
        self._played.took_guide = self._session.guide_paper == "printed"
        self._around.do("printer", "tear")
        self._tap("primary")
        return "take the guide"

    def _wait(self) -> str:
        return "wait"

    def _until_ready(self, device: str) -> None:
        self._hand.until(
            lambda: True if self._session.devices.get(device) == "ready" else None, f"{device} ready", limit_s=PAGE_S
        )

    def _document(self) -> str:
        journey = self._journey
        self._until_ready("id-reader" if journey.reader == "idreader" else "card-reader")
        what = "card" if journey.reader == "card" else "document"
        self._acted_at = time.perf_counter()
        self._around.do(journey.reader, "insert", **{what: journey.document})
        return f"lay the document of {journey.document} down"

    def _verify(self) -> str:
        self._hand.until(lambda: self._session.verification, "the code being sent", limit_s=PAGE_S)
        count, text = self._hand.until(
            lambda: self._around.newest_message(self._messages), "the code on the phone", limit_s=PAGE_S
        )
        self._messages = count
        code = DIGITS.search(text)
        if code is None:
            raise Lost("the message on the phone has no code")
        self._keys(code[0])
        return "enter the code from the phone"

    def _keys(self, digits: str) -> None:
        for digit in digits:
            self._tap(f"key-{digit}")

    def _confirm(self) -> str:
        for element in self._journey.disputed:
            self._tap(f"dispute-{element}")
        self._tap("primary")
        return "confirm what is known"

    def _materials(self) -> str:
        self._tap("primary")
        return "go on with the materials"

    def _camera(self) -> str:
        session = self._session
        if session.picture is not None:
            self._tap("primary")
            return "use the photograph"
        paper = (self._visitor.papers or self._journey.papers).get(session.material)
        if paper is None:
            raise Lost(f"the journey has no paper for the material {session.material}")
        if paper == LATER:
            self._tap("defer")
            return "hand it in later"
        self._around.do("camera", "put", paper=paper)
        self._until_ready("camera")
        seen = self._terminal.frames.counter.count
        self._hand.until(
            lambda: True if self._terminal.frames.counter.count > seen + 2 else None, "the paper", limit_s=PAGE_S
        )
        self._tap("primary")
        return f"photograph {paper}"

    def _sign(self) -> str:
        if self._journey.by_ear:
            self._tap("primary")
            return "confirm and submit"
        pad = self._hand.until(lambda: self._hand.find("pad"), "the signature pad", limit_s=PAGE_S)
        strokes = [
            [(0.25, 0.35), (0.40, 0.33), (0.55, 0.31)],
            [(0.42, 0.20), (0.40, 0.45), (0.33, 0.62), (0.24, 0.75)],
            [(0.41, 0.48), (0.50, 0.62), (0.60, 0.76)],
            [(0.66, 0.30), (0.72, 0.40), (0.70, 0.60), (0.66, 0.72)],
        ]
        self._hand.drag(
            [[QPointF(pad.x + x * pad.width, pad.y + y * pad.height) for x, y in stroke] for stroke in strokes]
        )
        self._picture("signed")
        self._tap("primary")
        return "sign and submit"

    def _pay(self) -> str:
        """Pay with the phone; the page goes on by itself."""
        bill = self._hand.until(
            lambda: self._session.bill if self._session.bill is not None and self._session.bill.open else None,
            "a code to pay",
            limit_s=PAGE_S,
        )
        self._picture("pay")
        if bill.payment is not None:
            self._around.pay(bill.payment.qr)
        return "pay with the phone"

    def _shows_outcome(self) -> bool:
        decided = any(case.state != "submitted" for each in self._session.submissions for case in each.cases)
        return decided and self._session.stage is Stage.OUTCOMES and self._terminal.screen.shown_is_current

    def _outcomes(self) -> str:
        self._hand.until(lambda: True if self._session.settled else None, "every department's answer", limit_s=PAGE_S)
        self._picture("outcomes-settled")
        stored = self._terminal.core.stored_applications()
        self._hand.until(lambda: stored.done() or None, "the applications as they are stored", limit_s=PAGE_S)
        try:
            self._played.applications = stored.result()
        except BackendError as error:
            raise Lost(f"the backend does not tell what it stored: {error}") from error
        self._tap("primary")
        return "print the receipt"

    def _receipt(self) -> str:
        self._hand.until(lambda: None if self._session.receipt == "printing" else True, "the receipt", limit_s=PAGE_S)
        self._picture("receipt-printed")
        self._around.do("printer", "tear")
        self._tap("primary")
        return "take the receipt"

    def _rate(self) -> str:
        self._tap(f"rating-{self._journey.rating}")
        return "rate"

    def _goodbye(self) -> str:
        if self._session.document_on:
            self._picture("goodbye-take-card")
            self._around.do(self._journey.reader, "remove")
            self._hand.until(
                lambda: True if not self._session.document_on else None, "the card being seen to go", limit_s=PAGE_S
            )
        self._tap("primary")
        return "leave"

    # --- questions ---------------------------------------------------------------------------------------------

    def _question(self) -> str:
        page = self._session.page
        if page is None:
            raise Lost("a question page without a question")
        view = self._terminal.screen.question
        kind = view.kind_now
        if kind == "list":
            wanted = len(self._journey.entries.get(page.id, ()))
            if view.entry_count < wanted:
                self._tap("add-entry")
                return f"add to {page.id}"
            self._tap("primary")
            return f"{page.id} is complete"
        given = self._given(page.id, page.repeat, page.entry)
        if given is None:
            if view.required_now:
                raise Lost(f"the journey has no answer to {page.id}")
            self._tap("secondary")
            return f"leave {page.id} open"
        self._answer(Kind(kind), given)
        return f"answer {page.id}"

    def _given(self, element: str, repeat: str | None, entry: int | None) -> Given | None:
        if repeat is not None and entry is not None:
            entries = self._journey.entries.get(repeat, ())
            return entries[entry].get(element) if entry < len(entries) else None
        return self._journey.answers.get(element)

    def _answer(self, kind: Kind, given: Given) -> None:
        match kind, given:
            case Kind.YES_NO, bool():
                self._tap("yes" if given else "no")
                return
            case Kind.CHOICE, str():
                self._tap(f"choice-{given}")
                return
            case Kind.CHOICES, list():
                for value in given:
                    self._tap(f"choice-{value}")
            case Kind.DATE, _:
                self._date(day(str(given), self._today()))
            case Kind.ADDRESS, dict():
                self._address(given)
            case Kind.TEXT | Kind.CREDIT_CODE, str():
                self._type(given)
            case _, str() | int():
                self._keys(str(given))
            case _:
                raise Lost(f"the journey's answer {given!r} is no {kind}")
        self._tap("primary")

    def _today(self) -> date:
        if self._session.today is None:
            raise Lost("a session without a day")
        return self._session.today

    def _date(self, when: date) -> None:
        self._keys(f"{when:%Y%m%d}")

    def _address(self, given: Mapping[str, Any]) -> None:
        for division in str(given["division"]).split("/"):
            self._tap(f"division-{division}")
        self._type(str(given["detail"]))

    def _type(self, text: str) -> None:
        self._typist.begin("field")
        self._typist.type(text)
        field = self._hand.find("field")
        if field is None or field.text.casefold() != text.casefold():  # the keyboard begins with a capital
            raise Lost(f"{text!r} was typed, and {field.text if field else 'nothing'!r} came of it")
