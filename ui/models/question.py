"""View model of the page that asks one question, of the situation or of the form, and of the list page of a repeat."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.catalogue.examples import value_of
from kiosk.forms import About, Address, Answers, Element, Form, PageRef, Repeat, Value
from kiosk.forms.groups import LENGTHS, Slip, birth_date, groups, slip
from kiosk.forms.model import Kind, RuleKind
from kiosk.saying import whole_day
from kiosk.session import course, events
from kiosk.session.state import Session, Stage
from ui.models.about import where_from, why_asked
from ui.models.choosing import ChoiceRow, EntryRow, choice_rows, entry_rows
from ui.models.page import Desk, PageModel
from ui.models.places import Places
from ui.models.rows import Rows
from ui.models.typed import YUAN, as_typed, sum_in_words

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

LIST = "list"
"""Kind of the list page of a repeat."""

LIMIT = 60
"""Characters of a text that says nothing of its length."""


@QmlElement
class QuestionModel(PageModel):
    """View model of a question."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._page: PageRef | None = None
        self._element: Element | None = None
        self._repeat: Repeat | None = None
        self._value: Value | None = None
        self._required = True
        self._choices = Rows(ChoiceRow, self)
        self._entries = Rows(EntryRow, self)
        self._places = Places(desk.catalogue.divisions, self)
        self._filter = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        before = self._session
        moved = (session.id, session.stage, session.page) != (before.id, before.stage, self._page)
        self._session = session
        form, answers = self._form(session)
        self._page = session.page
        if form is None or session.page is None:
            self._forget()
            return
        self._repeat = forms.repeat_of(form, session.page) if session.page.entry is None else None
        self._element = forms.element_of(form, session.page)
        answer = forms.answer_of(answers, session.page)
        self._value = None if answer is None else answer.value
        self._required = self._element is None or forms.is_required(form, session.page)
        if moved:
            self._filter = ""
        self._show_choices()
        self._entries.show(self._entry_rows(form, answers) if self._repeat else [])
        self._places.speak(session.language)
        if moved:
            self._places.begin(self._value.division if isinstance(self._value, Address) else "")
        self.changed.emit()

    def _forget(self) -> None:
        """Keep nothing of a question that is no longer asked."""
        self._element = self._repeat = self._value = None
        self._filter = ""
        self._places.begin("")
        for rows in (self._choices, self._entries):
            rows.show([])
        self.changed.emit()

    def _form(self, session: Session) -> tuple[Form | None, Answers]:
        if session.stage is Stage.SITUATION:
            return self.desk.catalogue.situation_form(session.service), session.situation
        return (session.matter.form if session.matter else None), session.answers

    def _show_choices(self) -> None:
        """Show the choices that hold the words filtered by."""
        self._choices.show(choice_rows(self._element, self._value, self._session.language, self._filter))

    def _entry_rows(self, form: Form, answers: Answers) -> list[EntryRow]:
        if self._repeat is None:
            return []
        return entry_rows(self._repeat, form, answers, self._session.language, self.desk.catalogue.divisions)

    # --- what is asked -----------------------------------------------------------------------------------------

    @Property(str, notify=changed)
    def pageKey(self) -> str:  # noqa: N802  # as QML writes it
        """Changes whenever another question is up."""
        page = self._page
        return "" if page is None else f"{self._session.stage}:{page.repeat or ''}:{page.entry}:{page.id}"

    @Property(str, notify=changed)
    def elementId(self) -> str:  # noqa: N802
        """Id of the element or of the repeat."""
        return "" if self._page is None else self._page.id

    @Property(str, notify=changed)
    def kind(self) -> str:
        """``kiosk.forms.Kind``, or ``list`` for the list page of a repeat."""
        return self.kind_now

    @Property(str, notify=changed)
    def heading(self) -> str:
        """The question."""
        if self._repeat is not None:
            return self._repeat.title.in_(self._session.language)
        return self.says(self._session, self._element.question if self._element else None)

    @Property(str, notify=changed)
    def above(self) -> str:
        """Which entry of a repeat this is about; empty otherwise."""
        form, _ = self._form(self._session)
        if form is None or self._page is None or self._page.entry is None:
            return ""
        repeat = forms.repeat_of(form, self._page)
        return "" if repeat is None else repeat.one.filled(n=str(self._page.entry + 1)).in_(self._session.language)

    @Property(str, notify=changed)
    def hint(self) -> str:
        """What an answer looks like."""
        return self.says(self._session, self._element.hint if self._element else None)

    def _about(self) -> About | None:
        form, answers = self._form(self._session)
        if form is None or self._page is None or self._session.today is None:
            return None
        return forms.about(form, answers, self._session.today, self._page, walked=self._session.walked)

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt takes the name of a type as well
    def reasons(self) -> list[str]:
        """Why it is asked, sentence by sentence."""
        about = self._about()
        return [] if about is None else why_asked(self.desk, self._session, about)

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt takes the name of a type as well
    def sources(self) -> list[str]:
        """Where its answer comes from, sentence by sentence."""
        about = self._about()
        return [] if about is None else where_from(self.desk, self._session, about)

    @Property(bool, notify=changed)
    def listed(self) -> bool:
        """Whether there is a task list to go back to."""
        return self.lists

    @Property(str, notify=changed)
    def section(self) -> str:
        """Title of the section of a form with a task list; empty otherwise."""
        session = self._session
        if session.matter is None or self._page is None or not self.lists:
            return ""
        here = course.section_of(session.matter.form, self._page)
        titles = (section.title for section in session.matter.form.sections if section.id == here)
        return self.says(session, next(titles, None))

    @property
    def lists(self) -> bool:
        """``listed``, for Python."""
        return self._session.listed and self._session.stage is Stage.QUESTION and not self._session.from_review

    @Property(str, notify=changed)
    def unit(self) -> str:
        """Unit behind a number."""
        if self._element is None:
            return ""
        return self.says(self._session, YUAN if self._element.kind is Kind.AMOUNT else self._element.unit)

    @Property(bool, notify=changed)
    def required(self) -> bool:
        """Whether it must be answered."""
        return self._required

    @Property(int, notify=changed)
    def maxLength(self) -> int:  # noqa: N802
        """Characters an answer may have."""
        for rule in self._element.rules if self._element else ():
            if rule.rule is RuleKind.MAX_LENGTH and isinstance(rule.value, int):
                return rule.value
        return LIMIT

    def _asked(self) -> tuple[PageRef, ...]:
        """Return the pages that ask something, as far as is known now."""
        session = self._session
        if session.stage is not Stage.SITUATION and session.matter is not None and self._page is not None:
            pages = course.asked(session)
            if not self.lists:
                return pages
            asking = session.matter.form
            here = course.section_of(asking, self._page)
            return tuple(page for page in pages if course.section_of(asking, page) == here)
        form, answers = self._form(session)
        return () if form is None or session.today is None else forms.path(form, answers, session.today)

    @Property(int, notify=changed)
    def maxDigits(self) -> int:  # noqa: N802
        """Digits an answer may have."""
        return LENGTHS.get(self._element.kind, 9) if self._element else 9

    @Property(int, notify=changed)
    def number(self) -> int:
        """Which question this is, from 1; 0 for none of those on the path."""
        pages = self._asked()
        return pages.index(self._page) + 1 if self._page in pages else 0

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many questions there are, as far as is known now."""
        return len(self._asked())

    @Property(int, notify=changed)
    def choiceCount(self) -> int:  # noqa: N802
        """How many choices there are, whatever is filtered."""
        return len(self._element.choices) if self._element else 0

    # --- what was answered before ------------------------------------------------------------------------------

    @Property(str, notify=changed)
    def text(self) -> str:
        """The answer so far, as it is typed."""
        return "" if self._element is None else as_typed(self._element.kind, self._value)

    @Property(bool, notify=changed)
    def answered(self) -> bool:
        """Whether there is an answer already."""
        return self._value is not None

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt takes the name of a type as well
    def picked(self) -> list[str]:
        """The choices taken, of any number."""
        return list(self._value) if isinstance(self._value, tuple) else []

    @Property(bool, notify=changed)
    def yes(self) -> bool:
        """Whether yes was answered."""
        return self._value is True

    @Property(bool, notify=changed)
    def no(self) -> bool:
        """Whether no was answered."""
        return self._value is False

    @Property(int, notify=changed)
    def year(self) -> int:
        """Of the date answered, or of today."""
        return self._date().year

    @Property(int, notify=changed)
    def month(self) -> int:
        """Of the date answered, or of today; 1 to 12."""
        return self._date().month

    @Property(int, notify=changed)
    def day(self) -> int:
        """Of the date answered, or of today."""
        return self._date().day

    @Property(str, notify=changed)
    def example(self) -> str:
        """What may be answered, as it is typed: a day in eight digits, one to come where only such a day fits."""
        element, today = self._element, self._session.today
        if element is None or today is None:
            return ""
        value = value_of(element, element.example, today)
        return f"{value:%Y%m%d}" if isinstance(value, date) else as_typed(element.kind, value)

    def _date(self) -> date:
        if isinstance(self._value, date):
            return self._value
        return self._session.today or date(2000, 1, 1)

    @Property(QObject, constant=True)
    def choices(self) -> QObject:
        """``ChoiceRow``s."""
        return self._choices

    @Property(QObject, constant=True)
    def entries(self) -> QObject:
        """``EntryRow``s of the list page."""
        return self._entries

    @Property(QObject, constant=True)
    def cities(self) -> QObject:
        """``DivisionRow``s of the first level."""
        return self._places.levels[0]

    @Property(QObject, constant=True)
    def districts(self) -> QObject:
        """``DivisionRow``s of the second level."""
        return self._places.levels[1]

    @Property(QObject, constant=True)
    def streets(self) -> QObject:
        """``DivisionRow``s of the third level."""
        return self._places.levels[2]

    @Property(int, notify=changed)
    def divisionCount(self) -> int:  # noqa: N802
        """How many divisions can be picked next, whatever is filtered."""
        return self._places.open_count

    @Property(bool, notify=changed)
    def placed(self) -> bool:
        """Whether the last level of divisions is picked, so that the rest of the address can be typed."""
        return self._places.placed

    @Property(str, notify=changed)
    def addText(self) -> str:  # noqa: N802
        """What the button that adds an entry says."""
        return self.says(self._session, self._repeat.add if self._repeat else None)

    @Property(bool, notify=changed)
    def canAdd(self) -> bool:  # noqa: N802
        """Whether one more entry is allowed."""
        return self._repeat is not None and len(self._entries.rows()) < self._repeat.maximum

    @Property(bool, notify=changed)
    def canRemove(self) -> bool:  # noqa: N802
        """Whether one entry fewer is allowed."""
        return self._repeat is not None and len(self._entries.rows()) > self._repeat.minimum

    # --- intents -----------------------------------------------------------------------------------------------

    @property
    def kind_now(self) -> str:
        """``kind``, for Python: a ``Property`` is none to a type checker."""
        if self._repeat is not None:
            return LIST
        return "" if self._element is None else str(self._element.kind)

    @property
    def required_now(self) -> bool:
        """``required``, for Python."""
        return self._required

    @property
    def entry_count(self) -> int:
        """Entries on the list page."""
        return len(self._entries.rows())

    def _answer(self, raw: events.Raw) -> None:
        if self._page is not None:
            self.post(events.Answered(page=self._page, raw=raw))

    # --- while it is typed -------------------------------------------------------------------------------------

    @Slot(str, result="QStringList")
    def groups(self, digits: str) -> list[str]:
        """Return digits in groups that people read them in: a phone number, a bank card, an identity number."""
        return list(groups(self._element.kind, digits)) if self._element else [digits]

    def _slip(self, typed: str) -> Slip | None:
        today = self._session.today
        return None if self._element is None or today is None else slip(self._element.kind, typed, today)

    @Slot(str, result=str)
    def slip(self, typed: str) -> str:
        """Return what is wrong with what was typed so far: ``kiosk.forms.groups.SlipKind``, empty for nothing."""
        found = self._slip(typed)
        return "" if found is None else str(found.kind)

    @Slot(str, result=int)
    def wrongGroup(self, typed: str) -> int:  # noqa: N802
        """Return which group is wrong, from 0; -1 for none, or where that cannot be known."""
        found = self._slip(typed)
        return -1 if found is None else found.group

    @Slot(str, result=str)
    def readBack(self, typed: str) -> str:  # noqa: N802
        """Return what follows from what was typed: the day of birth in an identity number, a sum in words."""
        kind, language = (None if self._element is None else self._element.kind), self._session.language
        if kind is Kind.ID_NUMBER and self._slip(typed) is None:
            born = birth_date(typed)
            return "" if born is None else whole_day(born, language)
        return sum_in_words(typed, language) if kind is Kind.AMOUNT else ""

    @Slot(str)
    def answerText(self, text: str) -> None:  # noqa: N802
        """Answer with what was typed or chosen: text, number, amount, phone, one choice, ISO date."""
        self._answer(text)

    @Slot(bool)
    def answerYesNo(self, yes: bool) -> None:  # noqa: N802  # Qt hands over a plain bool
        """Answer yes or no."""
        self._answer(yes)

    @Slot("QStringList")
    def answerChoices(self, values: list[str]) -> None:  # noqa: N802
        """Answer with any number of choices."""
        self._answer(tuple(values))

    @Slot(int, int, int)
    def answerDate(self, year: int, month: int, day: int) -> None:  # noqa: N802
        """Answer with a date, real or not."""
        self._answer(f"{year:04d}-{month:02d}-{day:02d}")

    @Slot(str)
    def pickDivision(self, code: str) -> None:  # noqa: N802
        """Pick a division; its children are shown next, or picked as well where there is only one."""
        self._places.pick(code)
        self.changed.emit()

    @Slot(str)
    def filterDivisions(self, words: str) -> None:  # noqa: N802
        """Show only the divisions of the open level that hold ``words``, or whose Pinyin begins with them."""
        self._places.narrow(words)

    @Slot(str)
    def filterChoices(self, words: str) -> None:  # noqa: N802
        """Show only the choices that hold ``words``."""
        self._filter = words
        self._show_choices()

    @Slot(str)
    def answerAddress(self, detail: str) -> None:  # noqa: N802
        """Answer with the division picked and what comes below it."""
        self._answer({"division": self._places.picked, "detail": detail})

    @Slot()
    def toList(self) -> None:  # noqa: N802
        """Back to the task list."""
        self.post(events.ListWanted())

    @Slot()
    def skip(self) -> None:
        """Leave it without an answer."""
        if self._page is not None:
            self.post(events.Skipped(page=self._page))

    @Slot()
    def addEntry(self) -> None:  # noqa: N802
        """One more entry."""
        if self._repeat is not None:
            self.post(events.EntryAdded(repeat=self._repeat.id))

    @Slot(int)
    def removeEntry(self, entry: int) -> None:  # noqa: N802
        """One entry fewer."""
        if self._repeat is not None:
            self.post(events.EntryRemoved(repeat=self._repeat.id, entry=entry))

    @Slot()
    def done(self) -> None:
        """The list is complete."""
        self.post(events.Next())
