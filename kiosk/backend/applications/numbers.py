"""Numbers that are given out: short enough to read over a telephone, with a check digit against a slip of the pen."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection
from stdnum.iso7064 import mod_11_10

from kiosk.backend.storage import next_value

__all__ = ["application_number", "case_number", "next_value"]


def application_number(connection: Connection, day: date) -> str:
    """Return the next number of ``day``: ``OT20261122-000123-4``."""
    serial = next_value(connection, f"application-{day:%Y%m%d}")
    body = f"{day:%Y%m%d}{serial:06d}"
    return f"OT{body[:8]}-{body[8:]}-{mod_11_10.calc_check_digit(body)}"


def case_number(application: str, index: int) -> str:
    """Return the number of the ``index``-th case, counted from 0: ``OT20261122-000123-4-01``."""
    return f"{application}-{index + 1:02d}"
