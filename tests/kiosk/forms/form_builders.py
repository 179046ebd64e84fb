"""Forms for tests: a family that shows every feature, and random ones with conditions that look everywhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from kiosk.forms import (
    Address,
    Answer,
    Answers,
    Choice,
    Element,
    Form,
    Kind,
    PageRef,
    Question,
    Repeat,
    Rule,
    RuleKind,
    Section,
    Value,
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
_KINDS = (Kind.YES_NO, Kind.INTEGER, Kind.DATE, Kind.TEXT, Kind.CHOICE, Kind.ADDRESS)
_TESTS = {
    Kind.YES_NO: ("{0}", "!{0}"),
    Kind.INTEGER: ("{0} > 3", "{0} == 0"),
    Kind.DATE: ('{0} < date("2020-01-01")', "age({0}) >= 18"),
    Kind.TEXT: ('{0} == "a"', "size({0}) > 2"),
    Kind.CHOICE: ('{0} in ["a", "b"]', '{0} != "a"'),
    Kind.ADDRESS: ('{0}.division == "000101"', '{0}.detail != ""'),
}


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Forms whose conditions look at any page, before, after or in a ring."""
    kinds = {name: draw(st.sampled_from(_KINDS)) for name in NAMES}
    inner = {name: draw(st.sampled_from(_KINDS)) for name in ("child.a", "child.b", "child.c")}

    def condition(names: dict[str, Kind]) -> str | None:
        parts = [
            draw(st.sampled_from(_TESTS[kind])).format(name)
            for name, kind in names.items()
            if draw(st.integers(0, 4)) == 0
        ]
        parts += ["size(children) > 1"] if draw(st.integers(0, 6)) == 0 else []
        parts += ["children.exists(c, " + draw(st.sampled_from(_TESTS[inner["child.a"]])).format("c.a") + ")"] * (
            draw(st.integers(0, 6)) == 0
        )
        return draw(st.sampled_from((" && ", " || "))).join(f"({part})" for part in parts) or None

    pages: list[Question | Repeat] = [
        question(element(name, kind, **(choices("a", "b", "c") if kind is Kind.CHOICE else {})), condition(kinds))
        for name, kind in kinds.items()
    ]
    questions = [
        question(
            element(name, kind, **(choices("a", "b", "c") if kind is Kind.CHOICE else {})),
            condition({**kinds, **inner}),
            required=draw(st.booleans()),
        )
        for name, kind in inner.items()
    ]
    minimum = draw(st.integers(0, 2))
    group = repeat(*questions, minimum=minimum, maximum=max(1, minimum + 1), when=condition(kinds))
    pages.insert(draw(st.integers(0, len(pages))), group)
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


@st.composite
def given_answers(draw: st.DrawFn, asked: Form) -> Answers:
    """Answers to any pages of a form, on the path or not."""
    single: dict[str, Value] = {}
    rows: list[dict[str, Value]] | None = None
    for page in asked.pages:
        if isinstance(page, Question):
            if draw(st.integers(0, 3)):
                single[page.element.id] = draw(values(page.element.kind))
        elif draw(st.booleans()):
            rows = [
                {
                    inner.element.id: draw(values(inner.element.kind))
                    for inner in page.questions
                    if draw(st.integers(0, 3))
                }
                for _ in range(draw(st.integers(0, page.maximum)))
            ]
    return answers(single, rows)


@st.composite
def answered_forms(draw: st.DrawFn) -> tuple[Form, Answers]:
    asked = draw(forms())
    return asked, draw(given_answers(asked))
