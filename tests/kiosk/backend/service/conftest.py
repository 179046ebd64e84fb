"""A second process beside the one that is tested: the hall's clerks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from backend.city import Clock, settings_for
from kiosk.backend.house import House, build


@pytest.fixture
def backend(http: httpx.Client, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """The parts of a backend on the same database as ``http``."""
    house = build(settings_for(tmp_path, clock))
    yield house
    house.close()


@pytest.fixture
def house(tmp_path: Path, clock: Clock) -> Iterator[House]:
    """The parts of a backend alone."""
    made = build(settings_for(tmp_path, clock))
    yield made
    made.close()
