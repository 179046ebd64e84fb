"""Backends to test against."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from backend.city import Clock, running, settings_on

DATABASES = ("sqlite", "postgresql")
VARIABLE = "KIOSK_TEST_DATABASE"
"""Names the database of all tests that do not choose for themselves; see kiosk/backend/storage/README.md."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test of a module that says ``ON_BOTH_DATABASES = True`` on both."""
    if "database" in metafunc.fixturenames and getattr(metafunc.module, "ON_BOTH_DATABASES", False):
        metafunc.parametrize("database", DATABASES, indirect=True, scope="module")


@pytest.fixture(scope="module")
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database: one of ``DATABASES``."""
    return str(getattr(request, "param", os.environ.get(VARIABLE, DATABASES[0])))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def http(tmp_path: Path, clock: Clock, database: str) -> Iterator[httpx.Client]:
    """A client of a fresh backend whose clock the test sets."""
    with settings_on(database, tmp_path, clock) as settings, running(settings) as client:
        yield client


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[httpx.Client]:
    """A client of a backend that the tests of one module share; for what leaves no trace."""
    folder = tmp_path_factory.mktemp("backend")
    with settings_on(database, folder, Clock()) as settings, running(settings) as client:
        yield client
