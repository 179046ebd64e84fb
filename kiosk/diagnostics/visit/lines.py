"""What the audit says of each effect, before it is performed."""

from __future__ import annotations

from typing import Final

import msgspec

from kiosk.diagnostics.visit import effects

UNWRITTEN: Final = (effects.Hold, effects.Release, effects.Drop, effects.Look)
"""What changes nothing and shows nothing of the past: the citizen's page steps aside or comes back, what was begun ends
(and writes how itself), the devices are looked at."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What goes into an ``Action``."""

    what: str
    about: str = ""
    result: str = ""
    operator: str = ""
    """Who says they are there, before somebody is let in."""


def line(effect: effects.Effect) -> Line | None:  # noqa: C901  # a table with a row per effect
    """Return what is written down before an effect is performed; None for those of ``UNWRITTEN``.

    Raises:
        TypeError: nobody thought of what to write.
    """
    match effect:
        case effects.CheckCode(number=number):
            return Line(what="code.tried", operator=number)
        case effects.Enter(operator=operator, by_card=by_card):
            return Line(what="entered", result="card" if by_card else "code", operator=operator)
        case effects.Leave(why=why):
            return Line(what="left", result=why)
        case effects.ReleaseDevice(device=device):
            return Line(what="released", about=device)
        case effects.Reply():
            return Line(what="answered")
        case effects.RunTests(tests=tests):
            return Line(what="tests.begun", result=str(len(tests)))
        case effects.Mend(kind=kind, device=device):
            return Line(what="repair.begun", about=f"{kind}.{device}")
        case effects.MakeReport():
            return Line(what="report.begun")
        case effects.PrintReport(language=language):
            return Line(what="slip.begun", about="printer", result=language)
        case effects.SaveReport():
            return Line(what="report.saving")
        case effects.ReadHistory(test=test):
            return Line(what="history.read", about=test)
        case effects.ReadAudit():
            return Line(what="audit.read")
        case effects.Listen(device=device):
            return Line(what="traffic.begun", about=device)
        case effects.Hold() | effects.Release() | effects.Drop() | effects.Look():
            return None
        case _:
            raise TypeError(f"nothing is written of {type(effect).__name__}")
