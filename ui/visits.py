"""Puts together what a technician's visit stands on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.diagnostics.audit import Audit
from kiosk.diagnostics.bench import Technician
from kiosk.diagnostics.carding import TechnicianCards
from kiosk.diagnostics.entrance import Entrance
from kiosk.diagnostics.inspection import Inspection
from kiosk.diagnostics.visit import Visit
from kiosk.diagnostics.visiting import Surroundings, Visiting
from kiosk.session.runner import Runner
from kiosk.settings import Settings

if TYPE_CHECKING:
    from kiosk.devices.equipment import Equipment

SIMULATED_ISSUERS: Final = "technicians/ca.pem"
"""In the folder of a run with simulated devices, where their technicians' cards have their authority."""


def visiting(
    settings: Settings,
    runner: Runner,
    *,
    state_dir: Path,
    runtime_dir: Path,
    door: Entrance,
    make: Callable[[str, Technician], Inspection],
    now: Callable[[], datetime],
    changed: Callable[[Visit], None],
) -> Visiting:
    """Return what runs the visits of a terminal; on the core thread.

    Args:
        settings: Of the terminal.
        runner: Of its sessions; has the devices.
        state_dir: Holds the audit.
        runtime_dir: Where simulated technicians' cards have their authority.
        door: Checks codes.
        make: Makes an inspection for a technician.
        now: Time of the terminal.
        changed: Told every new state of a visit.
    """
    equipment = runner.equipment
    around = Surroundings(
        make=make,
        statuses=equipment.statuses,
        release=lambda kind: _release(equipment, kind),
        hold=runner.maintain,
        door=door,
        cards=_cards(settings, equipment, runtime_dir),
        audit=Audit(state_dir),
        now=now,
        prefix=settings.diagnostics.technician_prefix,
    )
    return Visiting(around, changed)


def _cards(settings: Settings, equipment: Equipment, runtime_dir: Path) -> TechnicianCards | None:
    """Return what reads technicians' cards; None where none can be read."""
    issuers = settings.diagnostics.technicians_ca
    if issuers is None and settings.simulated.devices:
        issuers = runtime_dir / SIMULATED_ISSUERS
    if equipment.card_reader is None or issuers is None:
        return None
    return TechnicianCards(equipment.card_reader, issuers)


def _release(equipment: Equipment, kind: str) -> None:
    device = equipment.of(kind)
    if device is not None:
        device.release()
