"""What stands around every page: where we are, back, home, language, the time-out, what to tell the citizen."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.glossary import explained, glossary
from kiosk.session import basket, beside_events, complaining, events, helping, keeping
from kiosk.session.preferences import LOUDEST, Pace
from kiosk.session.state import Delivery, Session, Stage
from kiosk.words import Language
from ui.models.onward import onward
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

STEPS: dict[Stage, int] = {
    Stage.FIND: 0,
    Stage.BASKET: 0,
    Stage.SITUATION: 0,
    Stage.GUIDE: 0,
    Stage.NOTICE: 1,
    Stage.DOCUMENT: 1,
    Stage.VERIFY: 1,
    Stage.FETCH: 1,
    Stage.RESUME: 1,
    Stage.BEHALF: 1,
    Stage.KEPT: 2,
    Stage.HELPER: 2,
    Stage.CONFIRM: 2,
    Stage.TASKS: 2,
    Stage.QUESTION: 2,
    Stage.MATERIALS: 3,
    Stage.CAMERA: 3,
    Stage.PROMISE: 3,
    Stage.REVIEW: 4,
    Stage.CHANGE: 4,
    Stage.SIGN: 4,
    Stage.PAY: 4,
    Stage.OUTCOMES: 5,
    Stage.RECEIPT: 5,
    Stage.RATING: 5,
}
"""Which step of the progress line a page belongs to; attract and goodbye belong to none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StepRow:
    """One step of the progress line."""

    title: str
    done: bool
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageRow:
    """One language that may be chosen, in its own words."""

    tag: str
    title: str
    current: bool


OWN = (Stage.MINE, Stage.CASE, Stage.WITHDRAW, Stage.LICENCES, Stage.SHEET, Stage.USES, Stage.BENEFIT)
"""Pages of what is somebody's own."""

LANGUAGE_NAMES = {Language.ZH_HANS: "简体中文", Language.ZH_HANT: "繁體中文", Language.EN: "English"}


@QmlElement
class ShellModel(PageModel):
    """View model of the frame around the pages."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._file = self._takes = ""
        self._model: PageModel | None = None
        self._steps = Rows(StepRow, self)
        self._languages = Rows(LanguageRow, self)

    def turn_to(self, file: str, takes: str, model: PageModel) -> None:
        """Let another page be up when the next session is shown.

        Args:
            file: In which it is written.
            takes: The property it takes its view model by.
            model: That view model.
        """
        self._file, self._takes, self._model = file, takes, model

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        current = STEPS.get(session.stage, -1)
        titles = (
            self.tr("选事项"),
            self.tr("验身份"),
            self.tr("填信息"),
            self.tr("交材料"),
            self.tr("核对提交"),
            self.tr("取结果"),
        )
        self._steps.show(
            [StepRow(title=title, done=step < current, current=step == current) for step, title in enumerate(titles)]
        )
        self._languages.show(
            [
                LanguageRow(tag=tag, title=LANGUAGE_NAMES[tag], current=tag is session.language)
                for tag in self.desk.settings.languages.offered
            ]
        )
        self.changed.emit()

    @Property(str, notify=changed)
    def page(self) -> str:
        """Stage of the page that is up."""
        return str(self._session.stage)

    @Property(str, notify=changed)
    def pageFile(self) -> str:  # noqa: N802  # as QML writes it
        """In which file the page that is up is written."""
        return self._file

    @Property(str, notify=changed)
    def pageTakes(self) -> str:  # noqa: N802
        """The property it takes its view model by."""
        return self._takes

    @Property(QObject, notify=changed)
    def pageModel(self) -> QObject | None:  # noqa: N802
        """Its view model."""
        return self._model

    @Property(str, notify=changed)
    def language(self) -> str:
        """BCP 47 tag."""
        return str(self._session.language)

    @Property(QObject, constant=True)
    def languages(self) -> QObject:
        """``LanguageRow``s."""
        return self._languages

    @Property(QObject, constant=True)
    def steps(self) -> QObject:
        """``StepRow``s."""
        return self._steps

    @Slot(str, str, "QStringList", result="QStringList")
    def explained(self, title: str, why: str, said: list[str]) -> list[str]:
        """Return a sentence for each word of offices in what a page says."""
        return explained(glossary(), (title, why, *said), self._session.language)

    @Property(int, notify=changed)
    def step(self) -> int:
        """Index of the current step, -1 for none."""
        return STEPS.get(self._session.stage, -1)

    @Property(str, notify=changed)
    def stepTitle(self) -> str:  # noqa: N802  # as QML writes it
        """Title of the current step, empty for none."""
        return next((row.title for row in self._steps.rows() if row.current), "")

    @Property(str, notify=changed)
    def next(self) -> str:
        """What happens after this page; empty where nothing does."""
        return onward(self._session)

    @Property(str, notify=changed)
    def cityName(self) -> str:  # noqa: N802
        """Name of the city."""
        return self.desk.settings.city.name.in_(self._session.language)

    @Property(str, constant=True)
    def crest(self) -> str:
        """Address of the city's crest, empty for none."""
        crest = self.desk.settings.city.crest
        return "" if crest is None else crest.resolve().as_uri()

    @Property(str, constant=True)
    def hotline(self) -> str:
        """Telephone number."""
        return self.desk.settings.city.hotline

    @Property(str, notify=changed)
    def matterName(self) -> str:  # noqa: N802
        """What is being done, empty before it is chosen."""
        session = self._session
        if session.matter is not None and session.stage is not Stage.BASKET:
            return session.matter.name.in_(session.language)
        if session.stage in OWN:
            return self.tr("我的办件和证照")
        if session.stage is Stage.SITUATION:
            return self.desk.catalogue.service(session.service).name.in_(session.language)
        return ""

    @Property(int, notify=changed)
    def basketCount(self) -> int:  # noqa: N802
        """How many items are in the basket, where it can be opened; 0 elsewhere."""
        return len(self._session.basket) if self._session.stage in basket.OPENS_FROM else 0

    @Property(bool, notify=changed)
    def canBack(self) -> bool:  # noqa: N802
        """Whether back leads anywhere."""
        if self._session.stage is Stage.OUTCOMES:
            return any(s.delivery in (Delivery.REJECTED, Delivery.FAILED) for s in self._session.submissions)
        return self._session.stage not in (Stage.ATTRACT, Stage.GOODBYE)

    @Property(bool, notify=changed)
    def canHome(self) -> bool:  # noqa: N802
        """Whether home leads anywhere."""
        return self._session.stage not in (Stage.ATTRACT, Stage.GOODBYE)

    @Property(bool, notify=changed)
    def elder(self) -> bool:
        """Whether the elder mode (长辈版) is on: larger text, one action a page, more time."""
        return self._session.preferences.elder

    @Property(bool, notify=changed)
    def highContrast(self) -> bool:  # noqa: N802
        """Whether every colour keeps 7:1."""
        return self._session.preferences.high_contrast

    @Property(bool, notify=changed)
    def lowReach(self) -> bool:  # noqa: N802
        """Whether everything that can be touched is in the lower half."""
        return self._session.preferences.low_reach

    @Property(bool, notify=changed)
    def spoken(self) -> bool:
        """Whether prompts are spoken aloud."""
        return self._session.preferences.spoken

    @Property(int, notify=changed)
    def volume(self) -> int:
        """How loud, from 0 to ``loudest``."""
        return self._session.preferences.volume

    @Property(int, constant=True)
    def loudest(self) -> int:
        """The highest volume."""
        return LOUDEST

    @Property(str, notify=changed)
    def pace(self) -> str:
        """How fast: ``slow``, ``usual`` or ``quick``."""
        return str(self._session.preferences.pace)

    @Property(bool, notify=changed)
    def guided(self) -> bool:
        """Whether somebody is guided by sound, privately."""
        return self._session.preferences.guided

    @Property(str, notify=changed)
    def adviceText(self) -> str:  # noqa: N802
        """What to tell the citizen on this page; empty for nothing."""
        return self.advice(self._session, self._session.advice)

    @Property(bool, notify=changed)
    def adviceCritical(self) -> bool:  # noqa: N802
        """Whether it stops the way on."""
        advice = self._session.advice
        return advice is not None and advice.critical

    @Property(int, notify=changed)
    def idleRemaining(self) -> int:  # noqa: N802
        """Seconds until the session ends by itself; 0: no warning."""
        return 0 if self._session.idle is None else self._session.idle.remaining_s

    @Property(int, notify=changed)
    def idleTotal(self) -> int:  # noqa: N802
        """Seconds the warning stands before the session ends."""
        return self.desk.settings.timings.warning_s * self._session.preferences.patience

    @Property(bool, notify=changed)
    def leaving(self) -> bool:
        """Whether to ask if the citizen really wants to leave."""
        return self._session.leaving

    @Property(bool, notify=changed)
    def canKeep(self) -> bool:  # noqa: N802
        """Whether the form can be kept for later."""
        return keeping.can_keep(self._session)

    @Property(bool, notify=changed)
    def keepsUnasked(self) -> bool:  # noqa: N802
        """Whether the form is kept when the time is up, because they kept it before."""
        return bool(keeping.saved_unasked(self._session))

    @Property(str, notify=changed)
    def helper(self) -> str:
        """Name and number of the member of staff who helps; empty for nobody."""
        helper = self._session.helper
        return "" if helper is None else self.tr("{name}（{staff}）").format(name=helper.name, staff=helper.staff)

    @Property(bool, notify=changed)
    def canBeHelped(self) -> bool:  # noqa: N802
        """Whether a member of staff can say now that they help."""
        return helping.can_come(self._session)

    @Property(bool, notify=changed)
    def documentOn(self) -> bool:  # noqa: N802
        """Whether a document still lies on a reader."""
        return bool(self._session.document_on)

    @Slot()
    def back(self) -> None:
        """One page back."""
        self.post(events.Back())

    @Slot()
    def openBasket(self) -> None:  # noqa: N802
        """Look at the basket."""
        self.post(events.BasketOpened())

    @Slot()
    def home(self) -> None:
        """To the start."""
        self.post(events.Home())

    @Slot()
    def knock(self) -> None:
        """A technician wants in: whoever holds the crest, or knows the keys."""
        if self._session.stage is Stage.ATTRACT:
            self.desk.knock()

    @Slot()
    def stay(self) -> None:
        """I am still here; do not leave."""
        self.post(events.Stay())

    @Slot()
    def attend(self) -> None:
        """A finger is on the screen, wherever; it answers no warning and no question."""
        session = self._session
        if session.stage is not Stage.ATTRACT and session.idle is None and not session.leaving:
            self.post(events.Stay())

    @Slot()
    def keep(self) -> None:
        """Keep the form for later."""
        self.post(events.SaveWanted())

    @Slot()
    def callHelp(self) -> None:  # noqa: N802
        """A member of staff is here."""
        self.post(events.HelperWanted())

    @Property(bool, notify=changed)
    def canComplain(self) -> bool:  # noqa: N802
        """Whether somebody can say now that something is wrong."""
        return complaining.can(self._session)

    @Slot()
    def complain(self) -> None:
        """Something is wrong, or could not be done."""
        self.post(beside_events.ComplainWanted())

    @Slot()
    def endHelp(self) -> None:  # noqa: N802
        """They help no more."""
        self.post(events.HelperLeft())

    @Slot()
    def leave(self) -> None:
        """Leave, and lose what was entered."""
        self.post(events.Leave())

    @Slot(str)
    def setLanguage(self, tag: str) -> None:  # noqa: N802
        """Speak another language."""
        self.post(events.LanguageChosen(language=Language(tag)))

    @Slot(bool)
    def setElder(self, on: bool) -> None:  # noqa: N802  # Qt hands over a plain bool
        """The elder mode on or off."""
        self._prefer(elder=on)

    @Slot(bool)
    def setHighContrast(self, on: bool) -> None:  # noqa: N802
        """High contrast on or off."""
        self._prefer(high_contrast=on)

    @Slot(bool)
    def setLowReach(self, on: bool) -> None:  # noqa: N802
        """Everything in the lower half, or not."""
        self._prefer(low_reach=on)

    @Slot(bool)
    def setSpoken(self, on: bool) -> None:  # noqa: N802
        """Speak, or be silent."""
        self._prefer(spoken=on)

    @Slot(int)
    def setVolume(self, volume: int) -> None:  # noqa: N802
        """Speak louder or lower."""
        self._prefer(volume=volume)

    @Slot(str)
    def setPace(self, pace: str) -> None:  # noqa: N802
        """Speak slower or faster."""
        self._prefer(pace=Pace(pace))

    @Slot(bool)
    def setGuided(self, on: bool) -> None:  # noqa: N802
        """Guide by sound, or no longer."""
        self._prefer(guided=on)

    def _prefer(self, **wanted: object) -> None:
        self.post(events.Preferred(preferences=replace(self._session.preferences, **wanted)))
