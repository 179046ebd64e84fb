"""Which states of a case lead to which, by what is done with it: the one table that every change is held to.

There is deliberately no way from rules to a refusal: only ``REFUSE``, ``NOT_ACCEPT`` and ``VISIT`` lead there, and they
are acts of a person (个人信息保护法 第二十四条).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kiosk.contract import CaseState as S

OPEN = frozenset({S.SUBMITTED, S.ACCEPTED, S.INSPECTION_BOOKED, S.BOOKED, S.REFERRED, S.WAITING})
"""Not decided yet."""
FINAL = frozenset(S) - OPEN
"""Decided, or withdrawn: nothing leads out of these."""
AT_DEPARTMENT = frozenset({S.ACCEPTED, S.INSPECTION_BOOKED, S.BOOKED, S.REFERRED})
"""A person has it."""


class Move(StrEnum):
    """What is done with a case."""

    SETTLE = "settle"
    """the rules, once"""
    RECONSIDER = "reconsider"
    """the rules again, after a correction"""
    ACCEPT = "accept"
    ASK = "ask"
    SUPPLEMENT = "supplement"
    APPROVE = "approve"
    REFUSE = "refuse"
    NOT_ACCEPT = "not-accept"
    WITHDRAW = "withdraw"
    BOOK = "book"
    VISIT = "visit"
    STEP = "step"
    """a special step begins or ends"""
    BILL = "bill"
    """its fee is not paid yet"""
    PAY = "pay"
    NOTE = "note"
    """something is written down; the state stays"""


_RULES = frozenset({S.APPROVED, S.ACCEPTED, S.INSPECTION_BOOKED, S.BOOKED, S.REFERRED})

MOVES: Mapping[Move, tuple[frozenset[S], frozenset[S] | None]] = {
    Move.SETTLE: (frozenset({S.SUBMITTED}), _RULES),
    Move.RECONSIDER: (AT_DEPARTMENT, _RULES),
    Move.ACCEPT: (frozenset({S.REFERRED}), frozenset({S.ACCEPTED})),
    Move.ASK: (AT_DEPARTMENT, frozenset({S.WAITING})),
    Move.SUPPLEMENT: (frozenset({S.WAITING}), AT_DEPARTMENT),
    Move.APPROVE: (frozenset({S.ACCEPTED, S.BOOKED, S.REFERRED}), frozenset({S.APPROVED})),
    Move.REFUSE: (AT_DEPARTMENT | {S.WAITING}, frozenset({S.REFUSED})),
    Move.NOT_ACCEPT: (frozenset({S.REFERRED, S.BOOKED, S.WAITING}), frozenset({S.NOT_ACCEPTED})),
    Move.WITHDRAW: (OPEN, frozenset({S.WITHDRAWN})),
    Move.BOOK: (frozenset({S.ACCEPTED, S.REFERRED, S.INSPECTION_BOOKED}), frozenset({S.INSPECTION_BOOKED})),
    Move.VISIT: (frozenset({S.INSPECTION_BOOKED}), frozenset({S.APPROVED, S.INSPECTION_BOOKED, S.REFUSED})),
    Move.STEP: (frozenset({S.ACCEPTED, S.REFERRED, S.INSPECTION_BOOKED}), None),
    Move.BILL: (frozenset({S.SUBMITTED}), frozenset({S.WAITING})),
    Move.PAY: (frozenset({S.WAITING}), frozenset({S.SUBMITTED})),
    Move.NOTE: (frozenset(S), None),
}
"""By move: from which states, and to which; None: the state stays."""


def may(move: Move, state: S) -> bool:
    """Return whether ``move`` can be made with a case in ``state``."""
    return state in MOVES[move][0]


def leads(move: Move, state: S, to: S) -> bool:
    """Return whether ``move`` leads from ``state`` to ``to``."""
    begins, ends = MOVES[move]
    return state in begins and (to is state if ends is None else to in ends)
