"""Terminals: who they are, whether they serve, how they fare."""

from kiosk.backend.terminals.fleet import EnrolmentCode, Fleet, NoSuchTerminal, WrongTerminal
from kiosk.backend.terminals.gate import Gate, asking, demand_service
from kiosk.backend.terminals.known import IN_SERVICE, OUT_OF_SERVICE, REVOKED, Known
from kiosk.backend.terminals.messages import Messages, Scope, WrongMessage
from kiosk.backend.terminals.reports import REPORT_S, Reports, find_silent
from kiosk.backend.terminals.technicians import DoorCode, NoDoor, NoSuchTechnician

__all__ = [
    "IN_SERVICE",
    "OUT_OF_SERVICE",
    "REPORT_S",
    "REVOKED",
    "DoorCode",
    "EnrolmentCode",
    "Fleet",
    "Gate",
    "Known",
    "Messages",
    "NoDoor",
    "NoSuchTechnician",
    "NoSuchTerminal",
    "Reports",
    "Scope",
    "WrongMessage",
    "WrongTerminal",
    "asking",
    "demand_service",
    "find_silent",
]
