"""What the kernel is asked for a process: that it ends with the one that started it, and how it is listed."""

from __future__ import annotations

import ctypes
import os
import signal
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NAME: Final = 15
_LIBC: Final = ctypes.CDLL(None, use_errno=True)  # loaded here: nothing may be loaded between fork and exec


def die_with(parent: int) -> None:
    """Be killed by the kernel the moment ``parent``, which started this process, is gone."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before the line above
        os._exit(1)


def be_called(name: str) -> None:
    """Be listed as ``name`` by ps and top; of a longer one the first 15 bytes are shown."""
    _LIBC.prctl(_PR_SET_NAME, name.encode())
