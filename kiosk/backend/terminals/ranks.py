"""How urgent a terminal is: what the fleet is sorted by, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kiosk.contract import DeviceReport, DeviceState, Paper, TerminalState

SILENT: Final = 10
"""It was heard of, and is not any more."""
FAILED: Final = 20
"""A device is lost, or there is no paper: citizens are turned away or go without a slip."""
DEGRADED: Final = 30
"""A device does less than it should, or the paper is about to end."""
MAINTAINED: Final = 35
"""A technician is at it."""
OUT: Final = 40
"""Put out of service by an operator: known, and somebody sees to it."""
NEVER_SEEN: Final = 50
"""Taken in, and not heard of yet."""
GONE: Final = 60
"""Revoked."""
WELL: Final = 90


def rank_of(state: TerminalState, devices: Sequence[DeviceReport], paper: Paper) -> int:
    """Return the rank of a terminal that is heard of."""
    if state is TerminalState.OUT_OF_SERVICE:
        return OUT
    if state is TerminalState.MAINTENANCE:
        return MAINTAINED
    states = {device.state for device in devices}
    if states & {DeviceState.FAILED, DeviceState.ABSENT} or paper is Paper.OUT:
        return FAILED
    if DeviceState.DEGRADED in states or paper is Paper.NEAR_END:
        return DEGRADED
    return WELL
