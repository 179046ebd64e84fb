"""A monkey at the screen: touches anything in any order, handles every device, watches what must always hold."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec
from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, QMetaObject, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtTest import QTest

from kiosk.session.state import Session, Stage
from ui.app import Terminal
from ui.pilot.hand import Hand, Lost
from ui.pilot.player import DIGITS

WATCH: Final = Path(__file__).with_name("Watch.qml")
SETTLE_S: Final = 8.0
"""A page that is due is up within this, on a machine with much else to do."""

BEFORE_PERSON: Final = frozenset(
    {
        Stage.ATTRACT,
        Stage.FIND,
        Stage.NUMBER,
        Stage.HALLS,
        Stage.TICKET,
        Stage.COMPLAIN,
        Stage.COMPLAINT,
        Stage.BASKET,
        Stage.SITUATION,
        Stage.GUIDE,
        Stage.NOTICE,
        Stage.DOCUMENT,
        Stage.GOODBYE,
    }
)
"""Stages at which nobody has to be known yet."""
VERIFIED: Final = frozenset(Stage) - BEFORE_PERSON - {Stage.VERIFY}
WAYS: Final = ("primary", "secondary", "back", "home", "start", "stay", "close-", "attract-")
STRANGE: Final = (
    "家住幸福里",
    "a" * 10_000,
    "字" * 10_000,
    "👨‍👩‍👧‍👦🏳️‍🌈🧑🏽‍🦽",
    "\u202eevil\u202c שלום مرحبا",
    "\x00\x01\x07\x1b[2J\r\n\t",
    "<b>粗</b><img src='file:///etc/passwd'>&amp;",
    "%1 %n {n} ${runtime}",
    "' OR 1=1; --",
    "䶮𠮷㐂",
    "e\u0301" * 40,
    " ",
)
"""What nobody should type and somebody will."""


PLAIN: Final = ("示例路一号", "赵测试", "ZHAO CESHI")

CREDIT_CODE: Final = "91000101MA0000012X"
DIGITS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("19960307", "20260520", "20261130"),
    "phone": ("13800138000",),
    "id-number": ("000102199311303113",),
    "bank-card": ("6200000000000000003",),
    "time": ("0900",),
    "integer": ("1", "2", "30", "88"),
    "amount": ("1", "500"),
}


class Around(Protocol):
    """What a citizen handles besides the screen."""

    def do(self, device: str, action: str, **arguments: str) -> Mapping[str, Any]:
        """Do something with a device."""

    def newest_message(self, after: int) -> tuple[int, str] | None:
        """Return how many messages the phone has and the newest, once there are more than ``after``."""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Something to touch, in pixels of the window."""

    name: str
    kind: str
    """``button``, ``field``, ``key`` or ``pad``"""
    text: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> QPointF:
        """Where a finger goes."""
        return QPointF(self.x + self.width / 2, self.y + self.height / 2)


class Complaints(logging.Handler):
    """Collects what must never be said: errors in the log, and anything on standard error, Qt's warnings included.

    Args:
        errors: The file standard error goes to.
        allowed: Whether a line there is no complaint.
    """

    def __init__(self, errors: Path, allowed: Callable[[str], bool] = lambda _: False) -> None:
        super().__init__(logging.ERROR)
        self._errors = errors
        self._read = errors.stat().st_size
        self._allowed = allowed
        self._said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note an error."""
        self._said.append(f"{record.name}: {self.format(record)}")

    def new(self) -> list[str]:
        """Return what was said since the last time."""
        with self._errors.open("rb") as file:
            file.seek(self._read)
            lines = file.read()
        self._read += len(lines)
        wrong = [line for line in lines.decode(errors="replace").splitlines() if line and not self._allowed(line)]
        said, self._said = self._said, []
        return said + (["\n".join(wrong)] if wrong else [])

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear the log."""
        logging.getLogger().addHandler(self)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(self)


class Watcher:
    """Looks at the window through ``Watch.qml``.

    Args:
        terminal: Open.
    """

    def __init__(self, terminal: Terminal) -> None:
        component = QQmlComponent(terminal.screen.engine, QUrl.fromLocalFile(str(WATCH)))
        watch = component.createWithInitialProperties({"root": terminal.window.contentItem()})
        if not isinstance(watch, QObject):
            raise Lost(f"no watch: {component.errorString()}")
        watch.setParent(terminal.screen.engine)  # or QML, which made it, would collect it
        self._watch = watch

    def targets(self) -> list[Target]:
        """Return what can be touched."""
        return msgspec.json.decode(self._ask("targets"), type=list[Target])

    def cut_off(self) -> list[str]:
        """Return words that are grossly cut off."""
        return msgspec.json.decode(self._ask("cutOff"), type=list[str])

    def remembered(self) -> list[str]:
        """Return every word that any item holds, seen or not."""
        self._ask("gone")
        return msgspec.json.decode(self._ask("remembered"), type=list[str])

    def write(self, words: str) -> bool:
        """Put words into the topmost field; return whether there is one."""
        return bool(self._ask("write", words))

    def _ask(self, function: str, *arguments: str) -> str:
        answer = QMetaObject.invokeMethod(
            self._watch,
            function,
            Qt.ConnectionType.DirectConnection,
            Q_RETURN_ARG("QString"),
            *(Q_ARG("QString", argument) for argument in arguments),
        )
        return str(answer)


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Something that must never be, and what the monkey had done."""

    what: str
    stage: str
    after: tuple[str, ...]
    """The last deeds, the newest last."""


class Monkey:
    """One monkey at one terminal.

    Args:
        terminal: Open.
        around: Devices and phone.
        seed: The same seed does the same, as far as clocks and threads allow.
        complaints: Is listening.
        out: Where a picture of every fault is left.
    """

    def __init__(self, terminal: Terminal, around: Around, *, seed: int, complaints: Complaints, out: Path) -> None:
        self._terminal = terminal
        self._around = around
        self._random = random.Random(seed)  # noqa: S311  # not a secret: a run that can be repeated
        self._complaints = complaints
        self._out = out
        self._hand = Hand(terminal.window, terminal.screen.engine)
        self._watcher = Watcher(terminal)
        self._finger = QTest.createTouchDevice()
        self._deeds: list[str] = []
        self.steps = 0
        self.visited: dict[str, int] = {}
        """How often each stage was seen."""
        self.faults: list[Fault] = []

    @property
    def _session(self) -> Session:
        return self._terminal.screen.session

    # --- deeds -------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Do something, and look at what came of it."""
        self.steps += 1
        deed = self._random.choices(
            (self._sensible, self._anything, self._point, self._twice, self._two_fingers, self._drag, self._device),
            (40, 30, 4, 6, 2, 4, 14),
        )[0]
        try:
            what = deed()
        except Lost:
            raise
        except RuntimeError as refused:  # the devices say what they cannot do now
            what = f"refused: {refused}"
        page = self._session.page
        self._deeds.append(f"{self._session.stage}{f' {page.id}' if page else ''}: {what}")
        self._look()

    def leave_alone(self, *, limit_s: float) -> None:
        """Take away what lies there, plug everything in, touch nothing; the terminal comes to rest by itself.

        Raises:
            Lost: it did not.
        """
        self._tidy()
        self._hand.until(
            lambda: True if self._session.stage is Stage.ATTRACT and self._terminal.screen.shown_is_current else None,
            "the invitation",
            limit_s=limit_s,
        )
        self._deeds.append("left alone")
        self._look()

    def _tidy(self) -> None:
        for device in ("idreader", "card", "scanner", "camera", "printer"):
            for action in ("plug", "remove", "clear", "hide", "paper-ok", "cover-closed", "cutter-ok", "thaw", "tear"):
                menu = self._around.do("*", "menu")["menu"][device]
                if any(entry["action"] == action for entry in menu):
                    self._around.do(device, action)

    def _anything(self) -> str:
        targets = self._watcher.targets()
        if self._random.random() < 0.8:  # the keyboard has many keys, and is rarely the way on
            targets = [target for target in targets if target.kind != "key"]
        return self._touch(self._random.choice(targets)) if targets else "nothing to touch"

    def _touch(self, target: Target) -> str:
        self._hand.touch(target.middle)
        if target.kind == "field" and self._random.random() < 0.7:
            words = self._random.choice(STRANGE)
            self._watcher.write(words)
            return f"write {words[:20]!r}"
        return f"touch {target.name or target.text or target.kind}"

    def _sensible(self) -> str:
        """Do what somebody would do who wants to get on: else the monkey would see only the first pages."""
        session, stage = self._session, self._session.stage
        if session.leaving or session.idle is not None:
            return self._tap("stay")
        match stage:
            case Stage.DOCUMENT if not session.document_on:
                self._around.do("idreader", "insert", document=self._random.choice(("chen", "zhao", "sun", "li")))
                return "lay a good document"
            case Stage.VERIFY if session.verification is not None:
                newest = self._around.newest_message(0)
                code = DIGITS.search(newest[1]) if newest else None
                return self._keys(code[0]) if code else "no code"
            case Stage.QUESTION | Stage.SITUATION:
                return self._answer()
            case Stage.CAMERA if session.picture is None and session.devices.get("camera") == "ready":
                self._around.do("camera", "put", paper=self._random.choice(self._choices("camera", "put")))
                return self._tap("primary")
            case Stage.SIGN:
                self._sign()
                return self._tap("primary")
            case Stage.GOODBYE | Stage.FIND if session.document_on:
                self._around.do("idreader", "remove")
                return "take the document"
            case Stage.RATING:
                return self._tap("rating-4")
            case _:
                return self._tap("primary", "start", "service-", "material-", "close-", "choice-")

    def _answer(self) -> str:
        """Answer a question the way its kind is answered, with anything that may pass."""
        kind = self._terminal.screen.question.kind_now
        if kind in DIGITS_OF:
            return f"{self._keys(self._random.choice(DIGITS_OF[kind]))}, {self._tap('primary')}"
        match kind:
            case "text" | "credit-code" | "address":
                if all(target.kind != "field" for target in self._watcher.targets()):
                    return self._tap("division-")
                words = CREDIT_CODE if kind == "credit-code" else self._random.choice(PLAIN)
                self._watcher.write(words)
                return f"write {words}, {self._tap('primary')}"
            case "yes-no":
                return self._tap("yes", "no", "choice-")
            case "choices":
                return f"{self._tap('choice-')}, {self._tap('primary')}"
            case "choice":
                return self._tap("choice-")
            case _:
                return self._tap("primary", "add-entry", "secondary")

    def _tap(self, *names: str) -> str:
        """Touch one of the targets whose names begin so."""
        fitting = [target for target in self._watcher.targets() if target.name.startswith(names)]
        if not fitting:
            return self._anything()
        target = self._random.choice(fitting)
        self._hand.touch(target.middle)
        return f"touch {target.name}"

    def _keys(self, digits: str) -> str:
        keys = {target.name: target for target in self._watcher.targets()}
        for digit in digits:
            key = keys.get(f"key-{digit}")
            if key is not None:
                self._hand.touch(key.middle)
                self._hand.settle()
        return f"type {digits}"

    def _somewhere(self) -> QPoint:
        window = self._terminal.window
        return QPoint(self._random.randrange(window.width()), self._random.randrange(window.height()))

    def _point(self) -> str:
        where = self._somewhere()
        self._hand.touch(QPointF(where))
        return f"touch at {where.x()}, {where.y()}"

    def _twice(self) -> str:
        targets = self._watcher.targets()
        if not targets:
            return "nothing to touch"
        target = self._random.choice([each for each in targets if each.name == "primary"] or targets)
        self._hand.touch(target.middle)
        self._hand.touch(target.middle)
        return f"touch {target.name or target.text} twice"

    def _two_fingers(self) -> str:
        one, other = (self._somewhere() for _ in range(2))
        targets = self._watcher.targets()
        if len(targets) > 1:
            one, other = (target.middle.toPoint() for target in self._random.sample(targets, 2))
        window = self._terminal.window
        QTest.touchEvent(window, self._finger).press(0, one, window).press(1, other, window)
        QTest.touchEvent(window, self._finger).release(0, one, window).stationary(1)
        QTest.touchEvent(window, self._finger).release(1, other, window)
        return f"touch {one.toTuple()} and {other.toTuple()} at once"

    def _drag(self) -> str:
        points = [QPointF(self._somewhere()) for _ in range(self._random.randint(2, 5))]
        self._hand.drag([points])
        return f"drag from {points[0].toTuple()} to {points[-1].toTuple()}"

    def _sign(self) -> None:
        pad = next((target for target in self._watcher.targets() if target.kind == "pad"), None)
        if pad is not None:
            steps = [(0.2, 0.2), (0.4, 0.5), (0.6, 0.3), (0.8, 0.8), (0.5, 0.6), (0.3, 0.7)]
            self._hand.drag([[QPointF(pad.x + x * pad.width, pad.y + y * pad.height) for x, y in steps]] * 2)

    def _device(self) -> str:
        menu = self._around.do("*", "menu")["menu"]
        device = self._random.choice(sorted(menu))
        if not menu[device]:
            return f"nothing to do with {device}"
        entry = self._random.choice(menu[device])
        arguments = {}
        if entry.get("argument"):
            choices = [choice["value"] for choice in entry.get("choices", ())]
            codes = (
                "onething:guide/newborn",
                "onething:guide/nothing",
                "https://example.com/pay?id=1",
                "\u0001",
                "x" * 900,
            )
            arguments[entry["argument"]] = self._random.choice(choices or codes)
        self._around.do(device, entry["action"], **arguments)
        return f"{device} {entry['action']} {' '.join(arguments.values())[:40]}"

    def _choices(self, device: str, action: str) -> list[str]:
        for entry in self._around.do("*", "menu")["menu"][device]:
            if entry["action"] == action:
                return [choice["value"] for choice in entry["choices"]]
        raise RuntimeError(f"{device} cannot {action} now")

    # --- what must hold ----------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Wait until the page stands, and look whether all is well."""
        try:
            self._hand.until(
                lambda: True if self._terminal.screen.shown_is_current else None, "the page shown", limit_s=SETTLE_S
            )
        except Lost as lost:
            self.fault(f"the screen does not follow: {lost}")
            return
        self._hand.rest(quiet_ms=30, limit_s=0.5)
        for complaint in self._complaints.new():
            self.fault(f"said: {complaint}")
        session = self._session
        self.visited[session.stage] = self.visited.get(session.stage, 0) + 1
        for wrong in inconsistencies(session):
            self.fault(wrong)
        if not self._terminal.screen.shown_is_current:
            return  # it went on by itself meanwhile: the next look is for that page
        self._look_for_a_way(session)
        for words in self._watcher.cut_off():
            if self._session is session:
                self.fault(f"cut off: {words[:60]}")

    def _look_for_a_way(self, session: Session) -> None:
        def way() -> bool | None:
            now = self._session
            if now is not session:
                return True
            ways = [target for target in self._watcher.targets() if target.name.startswith(WAYS)]
            waits = now.stage is Stage.GOODBYE and bool(now.document_on)
            return True if waits or ways else None

        try:
            self._hand.until(way, "a way on", limit_s=2.0)
        except Lost as lost:
            self.fault(f"no way on: {lost}")

    def fault(self, what: str) -> None:
        """Note what must never be, once, with a picture."""
        if any(fault.what == what and fault.stage == self._session.stage for fault in self.faults):
            return
        self.faults.append(Fault(what=what, stage=str(self._session.stage), after=tuple(self._deeds[-8:])))
        self._hand.picture().save(str(self._out / f"fault-{len(self.faults):02d}.png"))


def inconsistencies(session: Session) -> Iterator[str]:
    """Yield what cannot be true of a session."""
    stage = session.stage
    if stage in VERIFIED and not (session.holder is not None and session.verified):
        yield f"at {stage} without a verified holder"
    if stage is Stage.VERIFY and session.holder is None:
        yield f"at {stage} without a holder"
    if stage in (Stage.QUESTION, Stage.SITUATION) and session.page is None:
        yield f"at {stage} without a page"
    if stage in VERIFIED and session.matter is None:
        yield f"at {stage} without a matter"
    if stage in (Stage.CAMERA, Stage.PROMISE) and not session.material:
        yield f"at {stage} without a material"
    if stage in (Stage.OUTCOMES, Stage.RECEIPT, Stage.RATING) and not session.submissions:
        yield f"at {stage} without a submission"
    if stage in (Stage.ATTRACT, Stage.GOODBYE):
        if (
            session.holder is not None
            or session.facts
            or session.submissions
            or session.answers.single
            or session.answers.repeats
        ):
            yield f"somebody is still known at {stage}"
        if session.idle is not None or session.leaving or session.busy:
            yield f"something is still waited for at {stage}"
