"""Where the program ``kiosk`` begins: with the terminal, when there will be one.

What a start waits for is the first page. So ``kiosk run`` forks its terminal off before it imports anything itself.
"""

from __future__ import annotations

import sys
from typing import Final

from kiosk.supervision.begun import Begun, begin

_ASKED: Final = {"-h", "--help"}


def main() -> int:
    """Run ``kiosk`` with the arguments of this process; return its exit code."""
    begun = _begin() if sys.argv[1:2] == ["run"] and _ASKED.isdisjoint(sys.argv) else None
    try:
        from kiosk.__main__ import main as run

        return run(begun=begun)
    finally:
        if begun is not None:
            begun.end()


def _begin() -> Begun | None:
    try:
        return begin("terminal", _terminal)
    except OSError:  # none ahead, then: the supervisor starts one, and says what is wrong when it cannot
        return None


def _terminal(told: int, ready_fd: int) -> int:
    from kiosk.commands import processes

    return processes.begun_terminal(told, ready_fd)


if __name__ == "__main__":
    sys.exit(main())
