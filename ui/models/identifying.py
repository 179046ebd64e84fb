"""View models of document, verify, fetch and confirm."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.forms.model import Mask
from kiosk.session import answering, events
from kiosk.session.state import DocumentSource, Prompt, Session
from kiosk.words import Language
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

NO_PHONE = "verification.no-phone"
"""Code of the refusal after which sending again is no help."""

translate = QCoreApplication.translate


def origin_named(desk: Desk, origin: str, language: Language) -> str:
    """Return where an answer came from, in plain words; nothing for one the citizen gave."""
    source, _, rest = origin.partition(".")
    match source:
        case "card":
            return translate("Origin", "身份证件")
        case "licence":
            licence = desk.catalogue.licences.get(rest.partition(".")[0])
            return licence.name.in_(language) if licence else translate("Origin", "电子证照")
        case "register":
            register = desk.catalogue.registers.get(rest.partition(".")[0])
            return register.name.in_(language) if register else translate("Origin", "部门登记信息")
        case _:
            return ""


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
    def idReaderReady(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether an identity card can be read."""
        return self._session.devices.get("id-reader") == "ready"

    @Property(bool, notify=changed)
    def cardReaderReady(self) -> bool:  # noqa: N802
        """Whether a social security card can be read."""
        return self._session.devices.get("card-reader") == "ready"

    @Property(bool, notify=changed)
    def read(self) -> bool:
        """Whether a document was read."""
        return self._session.prompt is Prompt.READ and self._session.holder is not None

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


@QmlElement
class FetchModel(PageModel):
    """View model of the page that waits for registers and licences."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._busy = True

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._busy = bool(session.busy)
        self.changed.emit()

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

    element: str
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
        self._disputed = 0
        self._unavailable = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        language = session.language
        self._facts.show(
            [
                FactRow(
                    element=element.id,
                    label=element.title.in_(language),
                    value=forms.masked(
                        forms.shown(element, answer.value, language, self.desk.catalogue.divisions), element.mask
                    ),
                    origin=origin_named(self.desk, answer.origin, language),
                    disputed=element.id in session.disputed,
                )
                for element, answer in answering.to_confirm(session)
            ]
        )
        self._disputed = len(session.disputed)
        registers = self.desk.catalogue.registers
        names = [registers[name].name.in_(language) for name in session.unavailable if name in registers]
        self._unavailable = "、".join(names) if language is not Language.EN else ", ".join(names)
        self.changed.emit()

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

    @Slot(str)
    def dispute(self, element: str) -> None:
        """This is not right; or after all it is."""
        self.post(events.FactDisputed(element=element))

    @Slot()
    def confirm(self) -> None:
        """The rest is right."""
        self.post(events.Next())
