"""The document camera: what it measures of its own pictures."""

from __future__ import annotations

from typing import Final

from drivers.camera.api import Camera
from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.reaching import driver
from kiosk.diagnostics.running import Check, Found

_PICTURES: Final = 20


async def picture(bench: Workbench, say: Say) -> Found:
    """Measure focus, exposure, rate and losses over twenty pictures."""
    camera: Camera = await driver(bench, "camera")
    say(0.1)
    probe = await camera.probe(_PICTURES)
    came = probe.pictures + probe.repeated
    announced = came + probe.lost
    found = (
        measured("camera.sharpness", probe.sharpness),
        measured("camera.brightness", probe.brightness),
        measured("camera.clipped", 100 * probe.clipped),
        measured("camera.rate", came / probe.took_s if probe.took_s > 0 else 0.0),
        measured("camera.lost", 100 * probe.lost / announced if announced else 100.0),
        measured("camera.repeated", 100 * probe.repeated / came if came else 100.0),
    )
    return Found(measures=found, detail=f"{probe.width}×{probe.height} px")


CHECKS: Final[dict[str, Check]] = {"camera.picture": picture}
