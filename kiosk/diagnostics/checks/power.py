"""The uninterruptible power supply, where the settings name one."""

from __future__ import annotations

from typing import Final

from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.running import Check, Found


async def power(bench: Workbench, say: Say) -> Found:
    """Ask the supply that ``diagnostics.ups`` names."""
    say(0.5)
    if not bench.settings.diagnostics.ups:
        return Found(reason="ups.none", skipped=True)
    return Found(reason="ups.no-driver", skipped=True)


CHECKS: Final[dict[str, Check]] = {"system.power": power}
