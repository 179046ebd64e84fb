"""Terminals: who they are, whether they serve, how they fare."""

from kiosk.backend.terminals.fleet import EnrolmentCode, Fleet, NoSuchTerminal, WrongTerminal
from kiosk.backend.terminals.gate import Gate, asking, demand_service
from kiosk.backend.terminals.known import IN_SERVICE, OUT_OF_SERVICE, REVOKED, Known

__all__ = [
    "IN_SERVICE",
    "OUT_OF_SERVICE",
    "REVOKED",
    "EnrolmentCode",
    "Fleet",
    "Gate",
    "Known",
    "NoSuchTerminal",
    "WrongTerminal",
    "asking",
    "demand_service",
]
