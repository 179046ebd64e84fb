"""What an embedded backend needs to be told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec

from kiosk.words import Text

CHINA = timezone(timedelta(hours=8))
"""Beijing time, the only legal time of the mainland; it has had no summer time since 1991."""

CITY = Text(zh_hans="示例市", zh_hant="示例市", en="Example City")


def china_now() -> datetime:
    """Return the present moment in Beijing time."""
    return datetime.now(tz=CHINA)


class BackendSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one backend process is told; nothing else is read from its surroundings."""

    data_dir: Path
    """The database, the attachments and the private keys; made when it is not there, readable by its owner alone."""
    catalogue_dir: Path
    people_path: Path
    """The people of the simulated city. ``city.yaml`` and ``map.yaml`` beside it say what else there is, if there."""
    database_url: str = ""
    """``postgresql://…``: a database that several processes may serve at once; empty: a SQLite file in ``data_dir``."""
    city: Text = CITY
    telemetry_endpoint: str = ""
    """Of an OpenTelemetry collector, ``http://…:4318``; empty: nothing is told, and nothing of it is imported."""
    telemetry_every_s: float = 60.0
    """Between the metrics."""
    public_url: str = ""
    """Address under which phones reach this backend, ``https://…``; empty: no pages for phones are offered."""
    simulated: bool = False
    """The phones of the simulated city can be read over the wire."""
    department_pace_s: float = 0.0
    """For demonstrations: each department takes this much longer than the one before it."""
    clock: Callable[[], datetime] = china_now
    """Present moment, with a time zone."""
    registers_off: frozenset[str] = frozenset()
    """Registers that do not answer: ``population``, ``marriage``, ``licence`` …"""
    exchange_url: str = ""
    """Of the city's data exchange (数据共享交换平台), without a slash at its end; empty: there is none."""
    exchange_registers: frozenset[str] = frozenset()
    """Registers that are asked there, ``licence`` among them for the licence library."""
    register_limit_s: float = 3.0
    """How long a register behind the exchange is waited for; after that the citizen is asked instead."""
    generated_people: int = 300
    """Made-up residents beside those of ``people_path``."""
    code_valid_s: int = 300
    code_attempts: int = 3
    codes_an_hour: int = 10
    """For one document."""
    token_valid_s: int = 1200
    staff_idle_s: int = 1800
    """A browser of staff that asks for nothing for so long is signed out."""
    staff_session_s: int = 36_000
    """And in any case after a working day."""
    delivery_grace_s: int = 7 * 86_400
    """How long after the token's end an application that was signed before it is still taken: the network was down."""
    lease_s: float = 30.0
    """How long a department worker may be silent before its job is given to another."""
    job_attempts: int = 5
    exchange_poll_s: float = 5.0
    """How often other cities are asked for their answers, and for what they send."""
    exchange_pace_s: float = 60.0
    """How long the other cities of the simulated province take."""
    draft_valid_s: int = 30 * 86_400
    """How long a form that was not filed is kept after it was last saved."""
    drafts_each: int = 20
    """Forms that one person may keep."""
    reminders: bool = True
    """People are told by message of what is due; off: it only stands in their list."""
    together_days: int = 180
    """How far back the counts of what is filed together go; older ones are deleted."""
    together_least: int = 10
    """Fewer people than this are never told of: what few did could point at them."""
