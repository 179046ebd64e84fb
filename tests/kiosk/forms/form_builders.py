"""Forms for tests: a family that shows every feature, and random ones with conditions that look everywhere."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from hypothesis import strategies as st

from kiosk.forms import (
    Address,
    Answer,
    Answers,
    Choice,
    Element,
    Entry,
    Form,
    Kind,
    PageRef,
    Question,
    Repeat,
    Rule,
    RuleKind,
    Section,
    Value,
    question_of,
    with_answer,
    with_entry_added,
    with_entry_removed,
    without_answer,
)
from kiosk.words import Text

TODAY = date(2026, 3, 31)


def text(words: str) -> Text:
    return Text(zh_hans=words, zh_hant=words, en=words)


def rule(kind: RuleKind, value: str | int | None = None, says: str = "") -> Rule:
    return Rule(rule=kind, value=value, says=text(says or str(kind)))


def element(identity: str, kind: Kind = Kind.TEXT, *rules: Rule, **more: Any) -> Element:
    every = (rule(RuleKind.REQUIRED, says=f"say {identity}"), *rules)
    title, question = text(identity), text(f"{identity}?")
    return Element(
        id=identity, kind=kind, title=title, question=question, why=text("why"), source="test", rules=every, **more
    )


def question(asked: Element, when: str | None = None, *, required: bool = True) -> Question:
    return Question(element=asked, section="s", asked_by=("item",), when=when, required=required)


def choices(*values: str) -> dict[str, Any]:
    return {"choices": tuple(Choice(value=value, title=text(value.upper())) for value in values)}


def repeat(*questions: Question, **more: Any) -> Repeat:
    words: dict[str, Any] = {"title": text("children"), "one": text("child {n}"), "add": text("add")}
    return Repeat(id="children", prefix="child", section="s", questions=questions, asked_by=("item",), **words, **more)


def form(*pages: Question | Repeat, **more: Any) -> Form:
    return Form(version="v", sections=(Section(id="s", title=text("s")),), pages=pages, **more)


def answers(single: dict[str, Value], children: list[dict[str, Value]] | None = None) -> Answers:
    rows = tuple({name: Answer(value=value) for name, value in row.items()} for row in children or ())
    return Answers(
        single={name: Answer(value=value) for name, value in single.items()},
        repeats={} if children is None else {"children": rows},
    )


def ids(pages: tuple[PageRef, ...]) -> list[str]:
    return [page.id if page.entry is None else f"{page.id}[{page.entry}]" for page in pages]


FAMILY = form(
    question(element("person.married", Kind.YES_NO)),
    question(element("person.spouse"), "person.married"),
    question(element("house.address", Kind.ADDRESS)),
    repeat(
        question(element("child.name", Kind.TEXT, rule(RuleKind.MAX_LENGTH, 4, "short"))),
        question(
            element(
                "child.birth_date",
                Kind.DATE,
                rule(RuleKind.LATEST, "today", "not born"),
                rule(RuleKind.EARLIEST, "today-6m", "too old"),
            )
        ),
        question(element("child.school"), "age(child.birth_date) >= 6 && person.married", required=False),
        minimum=1,
        maximum=3,
    ),
    question(element("family.card", Kind.BANK_CARD), "size(children) > 1"),
)

NAMES = tuple(f"q.n{index}" for index in range(6))
FACTS = {"known.age": Kind.INTEGER, "known.insured": Kind.YES_NO}
REGISTER = "register.test.value"
COMPUTED = {"total.size": Kind.INTEGER, "total.both": Kind.YES_NO}
_KINDS = (Kind.YES_NO, Kind.INTEGER, Kind.DATE, Kind.TEXT, Kind.CHOICE, Kind.ADDRESS)
_TESTS = {
    Kind.YES_NO: ("{0}", "!{0}"),
    Kind.INTEGER: ("{0} > 3", "{0} == 0"),
    Kind.DATE: ('{0} < date("2020-01-01")', "age({0}) >= 18"),
    Kind.TEXT: ('{0} == "a"', "size({0}) > 2"),
    Kind.CHOICE: ('{0} in ["a", "b"]', '{0} != "a"'),
    Kind.ADDRESS: ('{0}.division == "000101"', '{0}.detail != ""'),
}


def fact(name: str, kind: Kind, **more: Any) -> Element:
    return element(name, kind, fact=True, confirm=False, known_from=(REGISTER,), **more)


def computed(name: str, expression: str, kind: Kind = Kind.INTEGER) -> Element:
    return element(name, kind, computed=expression)


def forms() -> st.SearchStrategy[Form]:
    """Forms whose conditions look at any page, before, after or in a ring, at facts and at computed answers.

    Each is made from one drawn seed: drawing every part from hypothesis takes longer than all the rest of a test.
    """
    return st.integers(0, 2**32).map(a_form)


def a_form(seed: int) -> Form:
    """Return the form of a seed."""
    random = Random(seed)
    kinds = {name: random.choice(_KINDS) for name in NAMES}
    inner = {name: random.choice(_KINDS) for name in ("child.a", "child.b", "child.c")}
    everywhere = kinds | FACTS | COMPUTED

    def test(name: str, kind: Kind) -> str:
        return random.choice(_TESTS[kind]).format(name)

    def condition(names: dict[str, Kind], *, rows: bool = True) -> str | None:
        parts = [test(name, names[name]) for name in random.choices(sorted(names), k=random.randint(0, 2))]
        over_rows = random.randint(0, 7) if rows else 0
        parts += ["size(children) > 1"] if over_rows == 6 else []
        parts += [f"children.exists(c, {test('c.a', inner['child.a'])})"] if over_rows == 7 else []
        return random.choice((" && ", " || ")).join(f"({part})" for part in parts) or None

    def asked(name: str, kind: Kind) -> Element:
        return element(name, kind, **(choices("a", "b", "c") if kind is Kind.CHOICE else {}))

    # what is computed looks at the base, and the base at no computed answer, so that nothing is computed from itself
    base = {name: kinds[name] for name in NAMES[:2]}

    def when(name: str) -> str | None:
        return condition(base | FACTS, rows=False) if name in base else condition(everywhere)

    def number() -> str:
        name = random.choice(NAMES[:2])
        return f"{test(name, kinds[name])} ? known.age : {random.randint(0, 9)}"

    pages: list[Question | Repeat] = [
        question(asked(name, kind), when(name), required=random.random() < 0.5) for name, kind in kinds.items()
    ]
    pages += [question(fact(name, kind), condition(base, rows=False)) for name, kind in FACTS.items()]
    pages.append(question(computed("total.size", number()), condition(base, rows=False)))
    pages.append(question(computed("total.both", f"known.insured && {test('total.size', Kind.INTEGER)}", Kind.YES_NO)))
    pages.append(question(computed("total.children", "size(children) + 1")))
    first = {name: inner[name] for name in ("child.a", "child.b")} | {"child.known": Kind.INTEGER}
    names = dict.fromkeys(first, everywhere | first) | {"child.c": everywhere | inner | {"child.sum": Kind.INTEGER}}
    questions = [
        question(asked(name, kind), condition(names[name]), required=random.random() < 0.5)
        for name, kind in inner.items()
    ]
    questions.append(question(fact("child.known", Kind.INTEGER), condition(first)))
    grounds = random.choice(["child.known", "known.age", "size(children)"])
    questions.append(question(computed("child.sum", f"{test('child.b', inner['child.b'])} ? {grounds} : 1")))
    minimum = random.randint(0, 2)
    group = repeat(*questions, minimum=minimum, maximum=max(1, minimum + 1), when=condition(everywhere))
    pages.insert(random.randint(0, len(pages)), group)
    return form(*pages)


def values(kind: Kind) -> st.SearchStrategy[Value]:
    """Good values of a kind."""
    match kind:
        case Kind.YES_NO:
            return st.booleans()
        case Kind.INTEGER:
            return st.integers(0, 6)
        case Kind.DATE:
            return st.dates(date(1930, 1, 1), TODAY)
        case Kind.CHOICE:
            return st.sampled_from(("a", "b", "c"))
        case Kind.ADDRESS:
            return st.builds(Address, division=st.sampled_from(("000101", "000102")), detail=st.just("1号"))
        case _:
            return st.sampled_from(("a", "abc", "x"))


def an_answer(asked: Element) -> st.SearchStrategy[Answer]:
    """Answers to a question; what only a register knows comes from it, or pretends to come from a citizen."""
    origins = (REGISTER, REGISTER, "citizen") if asked.fact else ("citizen",)
    return st.builds(Answer, value=values(asked.kind), origin=st.sampled_from(origins))


@st.composite
def given_answers(draw: st.DrawFn, asked: Form) -> Answers:
    """Answers to any pages of a form, on the path or not, and to what is computed."""
    single: dict[str, Answer] = {}
    repeats: dict[str, tuple[Entry, ...]] = {}
    for page in asked.pages:
        if isinstance(page, Question):
            if draw(st.integers(0, 3)):
                single[page.element.id] = draw(an_answer(page.element))
        elif draw(st.booleans()):
            repeats[page.id] = tuple(
                {
                    inner.element.id: draw(an_answer(inner.element))
                    for inner in page.questions
                    if draw(st.integers(0, 3))
                }
                for _ in range(draw(st.integers(0, page.maximum)))
            )
    return Answers(single=single, repeats=repeats)


def every_page(asked: Form) -> list[PageRef]:
    """All pages of a form, on the path or not, of facts and computed answers as well."""
    found: list[PageRef] = []
    for page in asked.pages:
        if isinstance(page, Question):
            found.append(PageRef(id=page.element.id))
        else:
            found += [
                PageRef(id=inner.element.id, repeat=page.id, entry=entry)
                for entry in range(page.maximum)
                for inner in page.questions
            ]
    return found


@st.composite
def edited(draw: st.DrawFn, asked: Form, before: Answers) -> Answers:
    """Answers after one change: an answer given or taken away, an entry added or removed."""
    change = draw(st.integers(0, 9))
    if change == 0:
        return with_entry_added(asked, before, "children")
    if change == 1:
        return with_entry_removed(before, "children", draw(st.integers(0, 2)))
    page = draw(st.sampled_from(every_page(asked)))
    element = question_of(asked, page)
    if change == 2 or element is None:
        return without_answer(before, page)
    return with_answer(before, page, draw(an_answer(element.element)))


@st.composite
def answered_forms(draw: st.DrawFn) -> tuple[Form, Answers]:
    asked = draw(forms())
    return asked, draw(given_answers(asked))
