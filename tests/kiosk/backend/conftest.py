"""Backends to test against."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from backend.city import Clock, running, settings_for


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def http(tmp_path: Path, clock: Clock) -> Iterator[httpx.Client]:
    """A client of a fresh backend whose clock the test sets."""
    with running(settings_for(tmp_path, clock)) as client:
        yield client


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a backend that the tests of one module share; for what leaves no trace."""
    with running(settings_for(tmp_path_factory.mktemp("backend"), Clock())) as client:
        yield client
