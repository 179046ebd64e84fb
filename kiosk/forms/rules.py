"""What is demanded of an answer, and the sentence of the first rule it breaks."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Container, Mapping
from datetime import date, timedelta
from functools import lru_cache

from kiosk.forms.compiled import Step, compiled
from kiosk.forms.kinds import is_of_kind
from kiosk.forms.model import Address, Answers, Element, Form, Kind, PageRef, Rule, RuleKind, Value
from kiosk.forms.numbers import is_bank_card, is_credit_code, is_id_number, is_mobile
from kiosk.forms.walking import Walk, named, walk
from kiosk.words import Text

_NUMBERS: Mapping[Kind, Callable[[str], bool]] = {
    Kind.PHONE: is_mobile,
    Kind.ID_NUMBER: is_id_number,
    Kind.CREDIT_CODE: is_credit_code,
    Kind.BANK_CARD: is_bank_card,
}

_RELATIVE = re.compile(r"today(?:(?P<sign>[+-])(?P<count>[0-9]{1,4})(?P<unit>[dmy]))?")


def sentence(element: Element, *wanted: RuleKind) -> Text:
    """Return the sentence of the first of ``wanted`` that the element has; without any, its question."""
    for kind in wanted:
        for rule in element.rules:
            if rule.rule is kind:
                return rule.says
    return element.question


def malformed(element: Element) -> Text:
    """Return the sentence for an answer that is none of the element's kind."""
    return sentence(element, RuleKind.CHECK, RuleKind.REQUIRED)


def check(
    form: Form,
    page: PageRef,
    value: Value,
    answers: Answers,
    today: date,
    divisions: Container[object] | None = None,
    *,
    walked: Walk | None = None,
) -> Text | None:
    """Return the sentence of the first rule that ``value`` breaks as the answer to ``page``; ``None`` when it is good.

    Args:
        form: The form.
        page: A question of it; a list page has no rules.
        value: The answer to judge; ``answers`` may hold another one.
        answers: All answers, for rules that compare.
        today: The day.
        divisions: Known division codes; without them addresses are not looked up.
        walked: An earlier walk, to be faster; see ``walk``.
    """
    step = compiled(form).step(page)
    if step is None:
        return None
    values: Mapping[str, object] = {}
    if step.rules:
        values = {**walk(form, answers, today, walked).seen_from(page), **named(page.id, value)}
    return broken(step, value, values, today, divisions)


def broken(
    step: Step, value: Value, values: Mapping[str, object], today: date, divisions: Container[object] | None
) -> Text | None:
    """Return the sentence of the first rule ``value`` breaks; ``values`` is what conditions see."""
    element = step.question.element
    if not is_of_kind(element, value):
        return malformed(element)
    good = check_of_kind(element, value, divisions)
    for rule in element.rules:
        if rule.rule is RuleKind.CHECK:
            if not good:
                return rule.says
        elif rule.rule is RuleKind.WHEN:
            if step.rules[str(rule.value)].test(values, today) is False:
                return rule.says
        elif not _keeps(rule, value, today):
            return rule.says
    return None if good else malformed(element)


def check_of_kind(element: Element, value: Value, divisions: Container[object] | None) -> bool:
    """Say whether the check of the element's kind holds: check digits, number plan, known division."""
    if isinstance(value, Address):
        return divisions is None or value.division in divisions
    is_good = _NUMBERS.get(element.kind)
    return is_good is None or (isinstance(value, str) and is_good(value))


def _keeps(rule: Rule, value: Value, today: date) -> bool:
    match rule.rule:
        case RuleKind.REQUIRED:
            return value.detail.strip() != "" if isinstance(value, Address) else value not in ("", ())
        case RuleKind.MAX_LENGTH | RuleKind.MIN_LENGTH:
            size = len(value.detail) if isinstance(value, Address) else len(value) if isinstance(value, str) else None
            bound = int(rule.value or 0)
            return size is None or (size <= bound if rule.rule is RuleKind.MAX_LENGTH else size >= bound)
        case RuleKind.PATTERN:
            text = value.detail if isinstance(value, Address) else value
            return not isinstance(text, str) or _pattern(str(rule.value)).fullmatch(text) is not None
        case RuleKind.MINIMUM:
            return type(value) is not int or value >= int(rule.value or 0)
        case RuleKind.MAXIMUM:
            return type(value) is not int or value <= int(rule.value or 0)
        case RuleKind.EARLIEST:
            return not isinstance(value, date) or value >= day(str(rule.value), today)
        case RuleKind.LATEST:
            return not isinstance(value, date) or value <= day(str(rule.value), today)
        case _:
            return True


@lru_cache(maxsize=512)
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def day(source: str, today: date) -> date:
    """Return the day that the value of an ``earliest`` or ``latest`` rule means.

    Months and years go to the same day of the month, or to the last day of a shorter month.

    Args:
        source: An ISO date, ``today``, or ``today-6m`` / ``today+90d`` / ``today-1y``.
        today: The day.

    Raises:
        ValueError: ``source`` is none of these; a loaded catalogue has none such.
    """
    relative = _RELATIVE.fullmatch(source)
    if relative is None:
        return date.fromisoformat(source)
    if relative["count"] is None:
        return today
    count = int(relative["count"]) * (1 if relative["sign"] == "+" else -1)
    try:
        if relative["unit"] == "d":
            return today + timedelta(days=count)
        months = today.year * 12 + today.month - 1 + count * (12 if relative["unit"] == "y" else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return date.min if count < 0 else date.max
