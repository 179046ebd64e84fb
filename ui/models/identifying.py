"""View models of document, verify, fetch and confirm."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.catalogue.model import Obtained
from kiosk.forms.model import Mask, PageRef
from kiosk.session import events, identifying, knowing
from kiosk.session.having import Errand
from kiosk.session.state import LOST, WORKING, Advice, DocumentSource, Prompt, Session
from ui.models.about import answer_shown, joined, origin_named
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

NO_PHONE = "verification.no-phone"
"""Code of the refusal after which sending again is no help."""


@QmlElement
class DocumentModel(PageModel):
    """View model of the page that asks for a document."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        self.changed.emit()

    @Property(bool, notify=changed)
    def own(self) -> bool:
        """Whether they came for what is theirs."""
        return self._session.errand is Errand.MINE

    @Property(bool, notify=changed)
    def idReaderReady(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether an identity card can be read."""
        return self._session.works("id-reader")

    @Property(bool, notify=changed)
    def cardReaderReady(self) -> bool:  # noqa: N802
        """Whether a social security card can be read."""
        return self._session.works("card-reader")

    @Property(str, notify=changed)
    def idReader(self) -> str:  # noqa: N802
        """How the reader of identity documents is: ``ready``, ``recovering``, ``lost``; empty: there is none."""
        return self._stand("id-reader")

    @Property(str, notify=changed)
    def cardReader(self) -> str:  # noqa: N802
        """How the reader of social security cards is, in the same words."""
        return self._stand("card-reader")

    @Property(str, notify=changed)
    def idReaderWhy(self) -> str:  # noqa: N802
        """What is wrong with the reader of identity documents, in a sentence; empty for nothing."""
        return self._why("id-reader")

    @Property(str, notify=changed)
    def cardReaderWhy(self) -> str:  # noqa: N802
        """What is wrong with the reader of social security cards."""
        return self._why("card-reader")

    def _stand(self, device: str) -> str:
        health = self._session.devices.get(device, "")
        return "ready" if health in WORKING else "lost" if health in LOST else "recovering" if health else ""

    def _why(self, device: str) -> str:
        code = "" if self._session.works(device) else self._session.causes.get(device, "")
        return self.advice(self._session, Advice(code=code)) if code else ""

    @Property(bool, notify=changed)
    def typing(self) -> bool:
        """Whether name and number are typed."""
        return self._session.prompt is Prompt.TYPING and self._session.holder is None

    @Property(str, notify=changed)
    def nameProblem(self) -> str:  # noqa: N802
        """What is wrong with the name that was typed; empty for nothing."""
        return self._problem("identity.no-name")

    @Property(str, notify=changed)
    def numberProblem(self) -> str:  # noqa: N802
        """What is wrong with the number that was typed; empty for nothing."""
        return self._problem("identity.number")

    def _problem(self, code: str) -> str:
        advice = self._session.advice
        return self.advice(self._session, advice) if advice is not None and advice.code == code else ""

    @Slot()
    def typeInstead(self) -> None:  # noqa: N802
        """I have no document here; or no reader works."""
        self.post(events.TypingWanted())

    @Slot(str, str)
    def enter(self, name: str, number: str) -> None:
        """This is who I am."""
        self.post(events.IdentityTyped(name=name, number=number))

    @Property(bool, notify=changed)
    def read(self) -> bool:
        """Whether a document was read."""
        return self._session.prompt is Prompt.READ and self._session.holder is not None

    @Property(str, notify=changed)
    def reading(self) -> str:
        """Which reader is reading a document now: ``id-reader``, ``card-reader``, or none."""
        return str(self._session.reading or "")

    @Property(bool, notify=changed)
    def lies(self) -> bool:
        """Whether a document lies on the identity card reader that must be lifted first."""
        return DocumentSource.ID_READER in self._session.document_on and self._session.holder is None

    @Property(bool, notify=changed)
    def sticks(self) -> bool:
        """Whether a card sticks in the slot that must be pulled out first."""
        return DocumentSource.CARD_READER in self._session.document_on and self._session.holder is None


@QmlElement
class VerifyModel(PageModel):
    """View model of the page that asks for the code from the phone."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        self.changed.emit()

    @Property(str, notify=changed)
    def holder(self) -> str:
        """Masked name of the holder."""
        holder = self._session.holder
        return "" if holder is None else forms.masked(holder.name, Mask.NAME)

    @Property(str, notify=changed)
    def phone(self) -> str:
        """Masked number the code was sent to; empty before it was sent."""
        verification = self._session.verification
        return "" if verification is None else verification.phone

    @Property(int, notify=changed)
    def digits(self) -> int:
        """Digits of the code."""
        verification = self._session.verification
        return 6 if verification is None else verification.digits

    @Property(int, notify=changed)
    def attemptsLeft(self) -> int:  # noqa: N802
        """How often the code may still be entered."""
        verification = self._session.verification
        return 0 if verification is None else verification.attempts_left

    @Property(bool, notify=changed)
    def sent(self) -> bool:
        """Whether a code that may be entered is on its way."""
        return self._session.verification is not None

    @Property(bool, notify=changed)
    def sending(self) -> bool:
        """Whether a code is being sent."""
        return self._session.busy == "code"

    @Property(bool, notify=changed)
    def checking(self) -> bool:
        """Whether the code is being checked."""
        return self._session.busy == "check"

    @Property(bool, notify=changed)
    def noPhone(self) -> bool:  # noqa: N802
        """Whether no phone is registered: no code can be sent, now or later."""
        advice = self._session.advice
        return advice is not None and advice.code == NO_PHONE

    @Slot(str)
    def enter(self, code: str) -> None:
        """Check this code."""
        self.post(events.CodeEntered(code=code))

    @Slot()
    def resend(self) -> None:
        """Send a new code."""
        self.post(events.CodeWanted())


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRow:
    """Somebody who is asked what they know."""

    title: str
    stand: str
    """``waiting``, ``asking``, ``found``, ``nothing`` or ``silent``."""
    stand_text: str


@QmlElement
class FetchModel(PageModel):
    """View model of the page that waits for registers and licences."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._busy = True
        self._skippable = False
        self._sources = Rows(SourceRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._busy = bool(session.busy)
        self._skippable = session.busy == "known"
        self._sources.show(self._rows(session))
        self.changed.emit()

    def _rows(self, session: Session) -> list[SourceRow]:
        """Return whom this matter asks, and how far each is."""
        matter = session.matter
        if matter is None:
            return []
        found: dict[str, int] = {}
        for fact in session.facts if session.registers_told else ():
            found[_holder_of(fact.name)] = found.get(_holder_of(fact.name), 0) + 1
        asked = dict.fromkeys(_holder_of(name) for name in sorted(identifying.asked_of_registers(matter)))
        rows = [
            self._row(session, self._named(session, each), found.get(each, 0), silent=self._is_silent(session, each))
            for each in asked
            if self._named(session, each)
        ]
        if any({Obtained.LICENCE, Obtained.REGISTER} & set(need.material.obtained) for need in matter.materials):
            asking = session.busy == "known" and session.registers_told
            stand = "asking" if asking else "waiting" if session.busy else "silent"
            rows.append(SourceRow(title=self.tr("能代替纸质件的证照"), stand=stand, stand_text=self._said(stand, 0)))
        return rows

    def _row(self, session: Session, title: str, count: int, *, silent: bool) -> SourceRow:
        if session.registers_told:
            stand = "silent" if silent else "found" if count else "nothing"
        else:
            stand = "asking" if session.busy == "known" else "waiting" if session.busy else "silent"
        return SourceRow(title=title, stand=stand, stand_text=self._said(stand, count))

    def _said(self, stand: str, count: int) -> str:
        match stand:
            case "asking":
                return self.tr("正在查")
            case "found":
                return self.tr("查到 {n} 项").format(n=count)
            case "nothing":
                return self.tr("没有查到")
            case "silent":
                return self.tr("没有回音")
            case _:
                return self.tr("等着查")

    def _is_silent(self, session: Session, holder: str) -> bool:
        return holder.partition(".")[2] in session.unavailable

    def _named(self, session: Session, holder: str) -> str:
        kind, _, name = holder.partition(".")
        held = self.desk.catalogue.registers if kind == "register" else self.desk.catalogue.licences
        return held[name].name.in_(session.language) if name in held else ""

    @Property(QObject, constant=True)
    def sources(self) -> QObject:
        """``SourceRow``s: whom this matter asks."""
        return self._sources

    @Property(bool, notify=changed)
    def skippable(self) -> bool:
        """Whether one may go on without waiting any longer."""
        return self._skippable

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether an answer is waited for; otherwise it failed."""
        return self._busy

    @Slot()
    def retry(self) -> None:
        """Ask again."""
        self.post(events.Retry())

    @Slot()
    def goOn(self) -> None:  # noqa: N802
        """Go on without: everything is asked."""
        self.post(events.Next())


@dataclass(frozen=True, kw_only=True, slots=True)
class FactRow:
    """A known fact to confirm."""

    name: str
    """Of its button: ``person.phone``, ``children-0-child.name``."""
    place: int
    """For ``ConfirmModel.dispute``."""
    label: str
    value: str
    origin: str
    disputed: bool


@QmlElement
class ConfirmModel(PageModel):
    """View model of the page that shows known facts for confirmation."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._facts = Rows(FactRow, self)
        self._pages: list[PageRef] = []
        self._disputed = 0
        self._unavailable = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        language = session.language
        known = knowing.to_confirm(session)
        self._pages = [each.page for each in known]
        self._facts.show(
            [
                FactRow(
                    name=each.page.id
                    if each.page.repeat is None
                    else f"{each.page.repeat}-{each.page.entry}-{each.page.id}",
                    place=place,
                    label=self._label(session, each),
                    value=answer_shown(self.desk, each.element, each.answer, language),
                    origin=origin_named(self.desk, each.answer.origin, language),
                    disputed=each.page in session.disputed,
                )
                for place, each in enumerate(known)
            ]
        )
        self._disputed = len(session.disputed)
        registers = self.desk.catalogue.registers
        names = [registers[name].name.in_(language) for name in session.unavailable if name in registers]
        self._unavailable = joined(names, language)
        self.changed.emit()

    def _label(self, session: Session, known: knowing.Known) -> str:
        """Return what it is; inside a list with the entry it belongs to."""
        title = known.element.title.in_(session.language)
        repeat = self.desk.catalogue.repeats.get(known.page.repeat or "")
        if repeat is None or known.page.entry is None:
            return title
        return f"{repeat.one.filled(n=str(known.page.entry + 1)).in_(session.language)} · {title}"

    @Property(QObject, constant=True)
    def facts(self) -> QObject:
        """``FactRow``s."""
        return self._facts

    @Property(int, notify=changed)
    def disputed(self) -> int:
        """How many facts the citizen says are wrong."""
        return self._disputed

    @Property(str, notify=changed)
    def unavailable(self) -> str:
        """Registers that did not answer, by name."""
        return self._unavailable

    @Slot(int)
    def dispute(self, place: int) -> None:
        """This is not right; or after all it is."""
        if 0 <= place < len(self._pages):
            self.post(events.FactDisputed(page=self._pages[place]))

    @Slot()
    def confirm(self) -> None:
        """The rest is right."""
        self.post(events.Next())


def _holder_of(name: str) -> str:
    """Return whom a fact is asked of: ``register.population`` of ``register.population.phone``."""
    return ".".join(name.split(".")[:2])
