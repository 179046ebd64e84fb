"""A display for a window of this process: the machine's own, or one served over VNC on the loopback."""

from __future__ import annotations

import os
from contextlib import ExitStack

import msgspec

from kiosk import supervision
from kiosk.commands.console import Wrong, tell
from kiosk.supervision import display


def take(held: ExitStack, size_px: tuple[int, int], port: int | None) -> None:
    """Set the variables Qt reads at its start; what was started for it ends with ``held``.

    Args:
        held: Of the command.
        size_px: Of the display, where one is made.
        port: Serve the display over VNC on this port, whatever the machine has.

    Raises:
        Wrong: There is no display, or none can be served.
    """
    from kiosk.commands import demo
    from ui import app

    hidden = () if port is None else ("DISPLAY", "WAYLAND_DISPLAY")
    try:
        runtime = held.enter_context(supervision.run_dir())
        shown = display.find(
            {name: value for name, value in os.environ.items() if name not in hidden}, runtime, size_px
        )
    except (supervision.PlaceError, supervision.NoDisplay) as error:
        raise Wrong(str(error)) from error
    os.environ.update({**app.environment(runtime), **shown.environ})
    if shown.server is None:
        return
    chosen = port or shown.vnc_port
    argv = tuple(str(chosen) if word == str(shown.vnc_port) else word for word in shown.server.argv)
    try:
        held.enter_context(demo._running((msgspec.structs.replace(shown.server, argv=argv),)))
    except demo.DemoFailed as error:
        raise Wrong(f"the screen cannot be served: {error}") from error
    tell(f"look at it with a VNC viewer: 127.0.0.1:{chosen}")
