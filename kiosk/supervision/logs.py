"""What is written down: JSON lines in a file that cannot grow for ever, and a few plain lines on the console."""

from __future__ import annotations

import json
import logging
import logging.handlers
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

_FILES: Final = 4
"""One that is written and three older ones: together they stay below the limit."""
CHATTY: Final = ("httpx", "httpcore", "sqlalchemy", "asyncio", "PIL", "smartcard", "python_multipart")
"""Libraries that tell of every request, with addresses and contents, or of every packet: none of it is for a log."""


class JsonLine(logging.Formatter):
    """A line of JSON with these fields and no others: at, level, of, says, and of a failure its places and types.

    The message of an exception may hold what a citizen typed; where it was raised, and what it was, never does.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of ``record``."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "of": record.name,
            "says": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = _places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _places(error: BaseException | None) -> str:
    """Return where a failure was raised, and what led to it, without the words of any of them."""
    told: list[str] = []
    while error is not None:
        told.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nwhile handling\n".join(told)


def to_file(name: str, state: Path, *, level: str, keep_mb: int) -> None:
    """Write what this process logs into ``state/logs/name.jsonl``.

    Args:
        name: Of the process, for example "terminal".
        state: The state folder.
        level: The least that is written: "debug", "info" or "warning".
        keep_mb: How much is kept, older files included.
    """
    root = logging.getLogger()
    root.setLevel(level.upper())
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # a disk that is full is no reason to stop serving, nor to write tracebacks to a console that nobody reads
    logging.raiseExceptions = False
    folder = state / "logs"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        root.warning("no log is written: %s: %s", folder, error.strerror)
        return
    size = keep_mb * 1_000_000 // _FILES
    handler = logging.handlers.RotatingFileHandler(
        folder / f"{name}.jsonl", maxBytes=size, backupCount=_FILES - 1, encoding="utf-8", delay=True
    )
    handler.setFormatter(JsonLine())
    root.addHandler(handler)


def to_console(level: int) -> None:
    """Also tell the person who started this process what is at least ``level``."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    logging.getLogger().addHandler(handler)
