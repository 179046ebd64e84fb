"""An X screen of the kiosk's size, drawn by software for the browser as for us."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from typing import Final

from .measuring import CannotMeasure

SIZE_PX: Final = (1080, 1920)


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """Run an X server and yield its ``DISPLAY``.

    Raises:
        CannotMeasure: Xtigervnc is not installed.
    """
    program = shutil.which("Xtigervnc")
    if program is None:
        raise CannotMeasure(
            "Xtigervnc is not installed: apt-get install --no-install-recommends tigervnc-standalone-server"
        )
    read, write = os.pipe()
    geometry = "x".join(map(str, SIZE_PX))
    argv = [program, "-displayfd", str(write), "-geometry", geometry, "-depth", "24", "-localhost", "yes"]
    argv += ["-rfbport", "-1", "-SecurityTypes", "None", "-nolisten", "tcp"]
    with subprocess.Popen(argv, pass_fds=(write,), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read) as number:
                yield f":{number.readline().strip()}"
        finally:
            server.terminate()


def pause(pause_s: float) -> None:
    """Leave the processor to what is measured."""
    select.select([], [], [], pause_s)
