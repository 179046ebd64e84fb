"""What can be done against a decision (救济途径), as every refusal has to say (行政许可法 第三十八条).

An enterprise that serves the public (a bank, the power company) makes no administrative act: against its answer there
is a complaint, not a court of administrative law.

Source: 行政复议法 (2023) 第二十条 (60 days), 第二十四条, 第二十七条; 行政诉讼法 第四十六条 (six months).
"""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.backend.applications import sentences
from kiosk.backend.applications.documents import day_text, months_after
from kiosk.contract import Remedy
from kiosk.words import Text

_VERTICAL = frozenset({"customs", "taxation", "tobacco", "maritime", "post", "meteorology"})
"""Led from above (垂直领导): the authority above them reconsiders. The law names customs and taxation; for the others
the city confirms it."""
_SERVICES = frozenset({"bank", "power", "water-supply", "gas", "telecom"})
_NO_ADMINISTRATION = frozenset({"court"})
"""A court's answer is met by its own rules; the paper says whom to ask."""
RECONSIDERATION_DAYS = 60
LITIGATION_MONTHS = 6


def remedies(department: str, city: Text, told_on: date) -> tuple[Remedy, ...]:
    """Return what can be done against a decision of ``department`` that was told on a day."""
    if department in _SERVICES | _NO_ADMINISTRATION:
        return (Remedy(kind="complaint", says=sentences.COMPLAIN),)
    above = sentences.ABOVE if department in _VERTICAL else sentences.put(sentences.GOVERNMENT, city=city)
    reconsidered = told_on + timedelta(days=RECONSIDERATION_DAYS)
    sued = months_after(told_on, LITIGATION_MONTHS)
    return (
        Remedy(
            kind="reconsideration",
            says=sentences.put(sentences.RECONSIDERATION, where=above, until=day_text(reconsidered)),
            until=reconsidered,
            basis="《中华人民共和国行政复议法》第二十条",
        ),
        Remedy(
            kind="litigation",
            says=sentences.put(sentences.LITIGATION, until=day_text(sued)),
            until=sued,
            basis="《中华人民共和国行政诉讼法》第四十六条",
        ),
    )
