"""What the catalogue says: departments, items, materials, one-things, decision tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

import msgspec

from kiosk.forms.model import NO_WORDS, Form
from kiosk.words import Text


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a catalogue file; a key nobody knows is a mistake."""


class Audience(StrEnum):
    """Whom an item serves."""

    PERSON = "person"
    ENTERPRISE = "enterprise"


class ItemKind(StrEnum):
    """What an item is at a terminal."""

    APPLY = "apply"
    QUERY_AND_PRINT = "query-and-print"
    BOOK = "book"
    GUIDE = "guide"


class Carries(StrEnum):
    """How far a terminal can carry an item."""

    FULL = "full"
    """全程办"""
    PREFILL_AND_BOOK = "prefill-and-book"
    """预填 + 预约到场"""
    GUIDE = "guide"
    """查询引导"""


class Assurance(StrEnum):
    """How sure we are who stands there (design §7)."""

    A = "A"
    """a document is present"""
    B = "B"
    """the person is verified"""
    C = "C"
    """a clerk confirms"""


class DecisionKind(StrEnum):
    """How an item is decided."""

    INSTANT = "instant"
    """秒批: by its table, inside the submission"""
    COMMITMENT = "commitment"
    """告知承诺: at once on a promise, checked afterwards"""
    INSPECTION = "inspection"
    """现勘现审: pre-reviewed by its table, decided at a booked visit"""
    STANDARD = "standard"
    """by a person, within the committed days"""
    ON_SITE = "on-site"
    """at the department's counter: filled in here with an appointment (``booked``), or only explained (``guided``)"""


class Outcome(StrEnum):
    """What a submission can make of an item; only a person refuses, so refusal is not here."""

    APPROVED = "approved"
    ACCEPTED = "accepted"
    """受理: a number, a 受理通知书, a deadline"""
    INSPECTION_BOOKED = "inspection-booked"
    BOOKED = "booked"
    """预约到场: everything is filled in, and an appointment at the department's office is made"""
    GUIDED = "guided"
    """查询引导: never filed; where to go and what to bring, on the screen and on paper"""
    REFERRED = "referred"
    """to a person, with the reason"""


class Obtained(StrEnum):
    """How a material is obtained."""

    GENERATED = "generated"
    """made from the answers (application forms)"""
    LICENCE = "licence"
    """an electronic licence of the holder replaces it"""
    REGISTER = "register"
    """a register is asked instead"""
    COMMITMENT = "commitment"
    """the citizen promises instead of proving"""
    SCAN = "scan"
    """photographed with the document camera"""


class Holder(StrEnum):
    """Whom an entry of a register, or a licence, belongs to."""

    PERSON = "person"
    ENTERPRISE = "enterprise"


class Region(StrEnum):
    """Who drew up the list a one-thing is on."""

    NATIONAL = "national"
    LOCAL = "local"


class Reach(StrEnum):
    """Where an item can be filed (通办范围)."""

    CITY = "city"
    """全市通办: anywhere in the city"""
    PROVINCE = "province"
    """全省通办"""
    BAY_AREA = "bay-area"
    """粤港澳大湾区通办"""
    NATION = "nation"
    """跨省通办: anywhere in the country (国办发〔2020〕35号)"""


class DecidedAt(StrEnum):
    """Which city decides an item that is filed away from it."""

    HERE = "here"
    """whichever it is filed in"""
    RESIDENCE = "residence"
    """户籍地: where the applicant is registered as a resident"""
    INSURED = "insured"
    """参保地: where the applicant is insured, or pays into the housing fund"""
    REGISTRATION = "registration"
    """登记地: where the business, the vehicle or the document was registered"""
    PLACE = "place"
    """事项发生地: where it happens, or where the property lies"""


class Service(StrEnum):
    """What stands beside a decision table and finds out what only it can."""

    ROUTE = "route"
    """a way for a heavy vehicle (大件运输)"""


class StepKind(StrEnum):
    """A step that stops the statutory clock (行政许可法 第四十五条)."""

    TEST = "test"
    """检测"""
    INSPECTION = "inspection"
    """现场核查"""
    HEARING = "hearing"
    """听证"""
    EXPERT_REVIEW = "expert-review"
    """专家评审"""
    PUBLICATION = "publication"
    """公示公告"""
    TENDER = "tender"
    """招标拍卖"""
    EXAMINATION = "examination"
    """考试"""
    QUARANTINE = "quarantine"
    """检疫"""


class Department(_Record, frozen=True, kw_only=True):
    """A department that decides items."""

    id: str
    name: Text
    phone: str
    office: Text
    """Address of its counter, where booked and guided items end."""
    hours: Text | None = None
    """When the counter is open."""


class Division(_Record, frozen=True, kw_only=True):
    """An administrative division; children cascade."""

    code: str
    name: Text
    children: tuple[Division, ...] = ()


class City(_Record, frozen=True, kw_only=True):
    """Another city, which decides what is filed here for it and sends here what is filed there (通办城市)."""

    id: str
    """Code of the division."""
    name: Text
    reach: Reach
    """How near it is: of the same province, of the bay area, or of the nation."""
    office: Text
    """Window of its service centre that takes what comes from other cities (跨省通办窗口)."""
    phone: str
    adds_days: int = 0
    """Working days that it promises beyond those of the item: for sending there and back."""


class Stage(_Record, frozen=True, kw_only=True):
    """A stage of a life, or of an enterprise's life (生命周期), for browsing."""

    id: str
    name: Text
    audience: Audience


class Need(_Record, frozen=True, kw_only=True):
    """An element that an item needs; in a file, the name of a group stands for all its elements."""

    element: str
    when: str | None = None
    required: bool = True
    repeat: str | None = None
    """Id of the repeat it is asked in; loading fills it in for an element with a repeat's prefix."""


class NeedGroup(_Record, frozen=True, kw_only=True):
    """Elements that many items need together, under one name."""

    id: str
    needs: tuple[Need, ...]


TimeOfDay = Annotated[str, msgspec.Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
"""``06:00``; ``24:00`` is the end of a day."""


class RegisterHours(_Record, frozen=True, kw_only=True):
    """When a register answers; the rest of the day it does not."""

    opens: TimeOfDay
    closes: TimeOfDay
    """Later than ``opens``."""
    days: tuple[Annotated[int, msgspec.Meta(ge=1, le=7)], ...] = (1, 2, 3, 4, 5, 6, 7)
    """Of the week, Monday is 1."""


class PlannedOutage(_Record, frozen=True, kw_only=True):
    """When a register is announced not to answer."""

    begins: datetime
    ends: datetime
    """Both with a time zone."""
    says: Text
    """Why, as the citizen reads it after the register's name: 正在升级系统."""


class Register(_Record, frozen=True, kw_only=True):
    """A register of a department that is asked for facts and instead of materials."""

    id: str
    name: Text
    holder: Holder = Holder.PERSON
    """Whose entries it has."""
    department: str | None = None
    """Department that keeps it."""
    assurance: Assurance = Assurance.B
    """How sure we must be who asks."""
    hours: RegisterHours | None = None
    """None: at any time."""
    outages: tuple[PlannedOutage, ...] = ()


class RepeatDeclaration(_Record, frozen=True, kw_only=True):
    """A list of like things that items may ask about."""

    id: str
    prefix: str
    section: str
    title: Text
    one: Text
    add: Text
    minimum: int = 1
    maximum: int = 6


class MaterialUse(_Record, frozen=True, kw_only=True):
    """A material that an item needs."""

    material: str
    when: str | None = None
    deferrable: bool = False
    """容缺: may be handed in later"""


class Material(_Record, frozen=True, kw_only=True):
    """Something a department wants to see (材料); each is asked for once."""

    id: str
    name: Text
    obtained: tuple[Obtained, ...]
    """In this order; the first that works is used. ``scan`` last is the way out that always works."""
    licence: str | None = None
    """Licence type that replaces it."""
    register: str | None = None
    """Register that is asked instead."""
    promise: Text | None = None
    """The words the citizen promises, for ``commitment``."""
    hint: Text | None = None
    """How it looks and where people have it."""
    origin: str = "government"
    """government, applicant or other"""


class Guide(_Record, frozen=True, kw_only=True):
    """The published guide of an item (办事指南), the baseline of the saving."""

    url: str = ""
    fields: tuple[str, ...]
    """Names of the fields of its own form, as published (Chinese)."""
    materials: tuple[str, ...]
    """Names of the materials of its own list, as published (Chinese)."""
    confirmed: bool = False
    """Checked by the department; false: to be confirmed by the department."""


class Result(_Record, frozen=True, kw_only=True):
    """What an approved item gives."""

    name: Text
    licence: str | None = None
    """Licence type that is issued as a signed document."""
    delivery: tuple[str, ...] = ("screen", "slip")


class SpecialStep(_Record, frozen=True, kw_only=True):
    """A step whose days do not count towards the statutory limit (特殊环节)."""

    step: StepKind
    days: int
    """Working days it takes at most."""
    says: Text | None = None
    """What happens in it."""


class Related(_Record, frozen=True, kw_only=True):
    """Another item that comes before this one, or that cannot be applied for together with it."""

    item: str
    says: Text
    """Why, and what to do."""


class ItemExample(_Record, frozen=True, kw_only=True):
    """An application as a citizen may file it; a test files it. What it does not give are the elements' examples."""

    given: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """By element, as in its ``example``; ``None``: unknown. A repeat's entries by its id: a list of such mappings."""
    outcome: Outcome


class ThemeExample(_Record, frozen=True, kw_only=True):
    """A resident with a one-thing; the first one is the typical resident of the report."""

    given: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """As in an item's example; the situation answers first of all."""
    outcomes: Mapping[str, Outcome] = msgspec.field(default_factory=dict)
    """Of the items whose outcome is not the one they declare."""


class Item(_Record, frozen=True, kw_only=True):
    """One government service item (政务服务事项)."""

    id: str
    code: str
    """Catalogue code, 12 digits (GB/T 39554.1)."""
    name: Text
    everyday: tuple[str, ...]
    """What people call it (口语), any language."""
    summary: Text
    """What it does for the citizen, in one sentence."""
    department: str
    kind: ItemKind
    carries: Carries = Carries.FULL
    audience: Audience
    assurance: Assurance = Assurance.B
    decision: DecisionKind
    table: str | None = None
    """Decision table; for ``inspection`` the pre-review."""
    outcome: Outcome
    """What an ordinary, complete application comes to."""
    statutory_days: int
    """Working days the law allows; 0: at once."""
    committed_days: int
    """Working days the department promises."""
    decided_with: Service | None = None
    """What finds out for its table what neither registers nor the citizen know."""
    filed: Reach = Reach.CITY
    """Where it can be filed."""
    decided_at: DecidedAt = DecidedAt.HERE
    """Which city decides it."""
    fee_fen: int = 0
    legal_basis: tuple[str, ...]
    needs: tuple[Need, ...]
    materials: tuple[MaterialUse, ...] = ()
    guide: Guide
    result: Result
    promise: Text | None = None
    """What is promised, for ``commitment`` items."""
    alone: bool = True
    """Offered by itself; false: only as a part of its one-things."""
    stage: str
    """Stage of a life that it belongs to."""
    special_steps: tuple[SpecialStep, ...] = ()
    after: tuple[Related, ...] = ()
    """What has to be done before it, or together with it."""
    conflicts: tuple[Related, ...] = ()
    """What cannot be applied for together with it."""
    defer_days: int | None = None
    """Working days within which a deferred material (容缺) is handed in; none: the backend's usual."""
    promise_check_days: int | None = None
    """Working days within which a promise is checked afterwards (事后核查); none: the backend's usual."""
    examples: tuple[ItemExample, ...]
    """At least one."""


class ThemeItem(_Record, frozen=True, kw_only=True):
    """An item as a one-thing uses it."""

    item: str
    when: str | None = None
    """Condition over the situation answers."""


class OneThing(_Record, frozen=True, kw_only=True):
    """A one-thing (一件事): several departments' items as one matter."""

    id: str
    name: Text
    everyday: tuple[str, ...]
    summary: Text
    icon: str
    """Name of an icon in ``assets/icons``."""
    audience: Audience
    lead: str
    """Department that answers for the whole."""
    list: str
    """National or local list, year and batch it belongs to: ``national-2024-1``."""
    stage: str
    """Stage of a life that it belongs to."""
    year: int
    """Year of its list."""
    region: Region
    uncertain: bool = False
    """Its name in the official list could not be confirmed."""
    situation: tuple[str, ...] = ()
    """Elements asked before the guide, none of them personal."""
    items: tuple[ThemeItem, ...]
    per: str | None = None
    """Repeat whose every entry makes an application of its own (twins: one session, two applications)."""
    notice: Text
    """告知: what is fetched, why, how long it is kept."""
    everyday_questions: tuple[Text, ...] = ()
    companions: tuple[str, ...] = ()
    """Items worth doing with it."""
    examples: tuple[ThemeExample, ...]
    """At least one."""


class TableInput(_Record, frozen=True, kw_only=True):
    """A column that a decision table looks at."""

    name: str
    expression: str
    """Condition-language expression over answers and facts."""
    type: str = ""
    """``bool``, ``int``, ``string``, ``date`` or ``double``; left out in a file, loading takes the expression's."""


class TableRule(_Record, frozen=True, kw_only=True):
    """A row."""

    when: tuple[str, ...]
    """One unary test a column (DMN 1.3 §7.3.3 shape)."""
    decide: str
    """``approve`` or ``refer``: a table never refuses."""
    reason: Text = NO_WORDS
    """An ``approve`` row may leave it out in a file; ``sentences.yaml`` has the words."""
    basis: str = ""
    """Legal basis."""
    output: Mapping[str, str | int] = msgspec.field(default_factory=dict)
    """Values of the result, e.g. ``amount_fen``."""
    rules_out: bool = False
    """The citizen is told before submitting that a person will decide, and why."""


class TableExample(_Record, frozen=True, kw_only=True):
    """A case beside the table that runs as a test."""

    given: Mapping[str, str | int | bool | None]
    """By column name; null: unknown."""
    decide: str
    output: Mapping[str, str | int] = msgspec.field(default_factory=dict)


class DecisionTable(_Record, frozen=True, kw_only=True):
    """Rules as data: approve or refer. An unknown input in a row that could match refers to a person."""

    id: str
    hit: str = "UNIQUE"
    """``UNIQUE`` or ``FIRST``"""
    inputs: tuple[TableInput, ...]
    rules: tuple[TableRule, ...]
    examples: tuple[TableExample, ...]


class LicenceType(_Record, frozen=True, kw_only=True):
    """A kind of electronic licence or certificate (电子证照)."""

    id: str
    name: Text
    issuer: str
    """Department."""
    fields: Mapping[str, Text]
    """Names of what stands on it, in order, with their labels."""
    valid_months: int | None = None
    """None: without end."""
    held_by: Holder | None = None
    """An ordinary person or enterprise holds it: in the simulated city, and the typical resident of the report."""
    listed: bool = False
    """In the directory of electronic licences (电子证照目录) without being issued or asked for by a service here: its
    department issues it, the library shows it."""


class Sentences(_Record, frozen=True, kw_only=True):
    """Words where a file leaves them out; ``{title}``, ``{example}`` and ``{value}`` stand for the element's own."""

    required: Mapping[str, Text]
    """By kind of element; ``date-ahead`` for a day in the future."""
    check: Mapping[str, Text]
    """By kind of element."""
    bounds: Mapping[str, Text]
    """By rule, or by rule and kind: ``minimum``, ``minimum.amount``."""
    why: Mapping[str, Text]
    """Why something that is never asked is looked at: ``fact``, ``computed``."""
    approve: Mapping[str, Text]
    """Reason of an approving row by the way its item is decided, or ``query-and-print``."""


class MaterialNeed(msgspec.Struct, frozen=True, kw_only=True):
    """A material as one matter needs it."""

    material: Material
    when: str | None
    deferrable: bool
    asked_by: tuple[str, ...]


class Saving(msgspec.Struct, frozen=True, kw_only=True):
    """What the merge spares the citizen against filing the items one by one by their published guides."""

    fields_before: int
    """Fields of the guides; what two items both ask for counts twice."""
    fields_asked: int
    """Questions that the citizen answers."""
    fields_known: int = 0
    """Questions answered from known facts, only to be confirmed."""
    materials_before: int
    """Materials of the guides; what two items both want counts twice."""
    materials_asked: int
    """Materials that the citizen gives."""
    materials_replaced: int = 0
    """Materials made from the answers, or replaced by a licence, a register or a promise."""
    materials_shared: int = 0
    """How often a material serves one more item, instead of being given again."""


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Two items that cannot be applied for together."""

    item: str
    other: str
    says: Text
    """Why, and what to do."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An item that another one wants done before it, or together with it."""

    item: str
    before: str
    """The one that is wanted."""
    says: Text


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """What one citizen came for: the items chosen, merged into one form and one list of materials."""

    id: str
    """Id of the one-thing, of the single item, or ``basket``."""
    name: Text
    theme: OneThing | None
    items: tuple[Item, ...]
    """What is filed; a one-thing may have none."""
    guided: tuple[Item, ...] = ()
    """What is only explained: never in the form, never filed."""
    form: Form
    materials: tuple[MaterialNeed, ...]
    assurance: Assurance
    notice: Text
    per: str | None = None
    today: date
    """The day it was made for; relative conditions of its saving mean this day."""


class RuledOut(msgspec.Struct, frozen=True, kw_only=True):
    """What known facts say before submitting: this item goes to a person. The citizen may still submit."""

    item: str
    reason: Text
    entry: int | None = None
    """Which entry of the matter's repeat, when every entry makes an application of its own."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A search result."""

    id: str
    """Of a one-thing or an item that can be done alone."""
    name: Text
    summary: Text
    score: float
