"""What a form is made of: data elements, questions, repeats, answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from kiosk.words import Text


class Kind(StrEnum):
    """What an answer is, and so how it is asked and checked."""

    TEXT = "text"
    """str"""
    CHOICE = "choice"
    """str: the value of one choice; up to six on cards, more as a list"""
    CHOICES = "choices"
    """tuple[str, ...]: the values of any number of choices"""
    YES_NO = "yes-no"
    """bool"""
    DATE = "date"
    """datetime.date"""
    TIME = "time"
    """str: hours and minutes by the 24-hour clock, ``08:06``"""
    INTEGER = "integer"
    """int, in the element's unit"""
    AMOUNT = "amount"
    """int, in fen (分)"""
    PHONE = "phone"
    """str: mobile number of the mainland, 11 digits"""
    ID_NUMBER = "id-number"
    """str: GB 11643, 18 characters"""
    CREDIT_CODE = "credit-code"
    """str: GB 32100-2015, 18 characters"""
    BANK_CARD = "bank-card"
    """str: digits with a Luhn check digit (ISO/IEC 7812-1)"""
    ADDRESS = "address"
    """Address"""


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A place: an administrative division and what comes below it."""

    division: str
    """GB/T 2260 code, longer for streets; see ``Catalogue.divisions``."""
    detail: str


Value = str | bool | int | date | tuple[str, ...] | Address
"""One answer, typed by the kind of its element."""

Example = str | int | bool | tuple[str, ...] | Address
"""An answer as a catalogue file writes it: a date is text, ``2026-01-31`` or relative to the day, ``today-30d``."""

NO_WORDS = Text(zh_hans="", zh_hant="", en="")
"""Stands where a catalogue file may leave out words; loading puts the default there."""


class Mask(StrEnum):
    """How a personal value is shown where it need not be read."""

    NONE = "none"
    NAME = "name"
    """张*"""
    NUMBER = "number"
    """0001**********123X"""
    PHONE = "phone"
    """138****1234"""


class RuleKind(StrEnum):
    """What can be demanded of an answer."""

    REQUIRED = "required"
    """an answer is given; every element that may be required has this sentence"""
    MAX_LENGTH = "max-length"
    """characters <= value"""
    MIN_LENGTH = "min-length"
    """characters >= value"""
    PATTERN = "pattern"
    """the whole answer matches the regular expression ``value``"""
    MINIMUM = "minimum"
    """number >= value"""
    MAXIMUM = "maximum"
    """number <= value"""
    EARLIEST = "earliest"
    """date >= value: an ISO date, ``today``, or ``today-6m`` / ``today+90d`` / ``today-1y``"""
    LATEST = "latest"
    """date <= value, as above"""
    CHECK = "check"
    """the check of the element's kind holds (check digits, number plan, known division)"""
    WHEN = "when"
    """the condition ``value`` over all answers is not false"""


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing demanded of an answer, and the sentence that says what to enter."""

    rule: RuleKind
    value: str | int | None = None
    says: Text = NO_WORDS
    """Left out in a file where ``sentences.yaml`` has the words; a loaded catalogue has it always."""


class Choice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One possible answer."""

    value: str
    title: Text
    hint: Text | None = None


class Element(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A data element (数据元): asked once, whatever number of items need it."""

    id: str
    """Dotted, lower case: ``person.name``, ``child.birth_date``."""
    kind: Kind
    title: Text
    """The noun, for lists and the review: 出生日期."""
    question: Text = NO_WORDS
    """The question, the heading of its page: 孩子是哪一天出生的？ Of what is never asked, the title."""
    hint: Text | None = None
    """What an answer looks like, where to find it."""
    why: Text = NO_WORDS
    """Why it is asked or looked up, in one sentence."""
    rules: tuple[Rule, ...] = ()
    choices: tuple[Choice, ...] = ()
    unit: Text | None = None
    known_from: tuple[str, ...] = ()
    """Best first: ``card.name``, ``register.population.phone``, ``licence.business-licence.name``."""
    confirm: bool = True
    """A known value is shown for confirmation; false: used without asking (a fact a person cannot correct here)."""
    mask: Mask = Mask.NONE
    fact: bool = False
    """Known from registers or licences only and never asked; unknown refers. Loaded with ``confirm`` false."""
    computed: str | None = None
    """Expression of the condition language its value follows from; never asked."""
    example: Example | None = None
    """A valid, visibly fictitious answer: tests file it and the registers of the simulated city hold it."""
    source: str
    """The standard or the form it comes from."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """An element as one form asks it."""

    element: Element
    section: str
    """Id of the section it stands in; sections give the progress line."""
    asked_by: tuple[str, ...]
    """Ids of the items that need it."""
    when: str | None = None
    """Condition (three-valued); false takes it off the path, unknown leaves it on."""
    required: bool = True


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """A list of like things (children, partners), each with its own small path."""

    id: str
    """Name of the list in answers and conditions: ``children``."""
    prefix: str
    """First part of the ids of its elements: ``child``; in a macro, ``children.exists(c, c.birth_date > …)``."""
    section: str
    title: Text
    """双胞胎或多胞胎，请逐个填写"""
    one: Text
    """第 {n} 个孩子"""
    add: Text
    """再添加一个孩子"""
    questions: tuple[Question, ...]
    minimum: int = 1
    maximum: int = 6
    when: str | None = None
    asked_by: tuple[str, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a form with a name of its own, for the progress line."""

    id: str
    title: Text


class Form(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """Everything asked for a set of items, each element once.

    Its hash is kept, so that looking up what was compiled for a form costs nothing.
    """

    version: str
    """Version of the catalogue it was made from; an application names it."""
    sections: tuple[Section, ...]
    pages: tuple[Question | Repeat, ...]
    mentioned: tuple[Question | Repeat, ...] = ()
    """What conditions mention although this form does not ask it: declared, and always unanswered."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A value and where it came from."""

    value: Value
    origin: str = "citizen"
    """``citizen``, or the ``known_from`` it was taken from and confirmed."""


Entry = Mapping[str, Answer]
"""The answers of one entry of a repeat, by element id (``child.birth_date``)."""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """All answers of one citizen to one form; those off the path are kept (back brings them back) but do not count."""

    single: Mapping[str, Answer] = msgspec.field(default_factory=dict)
    """By element id."""
    repeats: Mapping[str, tuple[Entry, ...]] = msgspec.field(default_factory=dict)
    """By repeat id."""


class PageRef(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the path: a question, a question inside an entry of a repeat, or a repeat's list page."""

    id: str
    """Element id, or repeat id for the list page."""
    repeat: str | None = None
    """Repeat id when this is a question inside an entry."""
    entry: int | None = None
    """Index of the entry, from 0."""
