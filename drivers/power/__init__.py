"""Power supplies with a battery: what is promised, and the driver."""

from __future__ import annotations

from drivers.power.api import PowerStatus, PowerSupply, Supply
from drivers.power.nut import NutSupply

__all__ = ["NutSupply", "PowerStatus", "PowerSupply", "Supply"]
