"""Browsers and desks for the tests of pages."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from backend.browser import chromium
from backend.web.desk import Desk


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def desk(http: httpx.Client) -> Iterator[Desk]:
    """A desk at a fresh backend."""
    made = Desk(http)
    yield made
    made.close()


@pytest.fixture
def shared_desk(shared: httpx.Client) -> Iterator[Desk]:
    """A desk at a backend that the tests of one module share."""
    made = Desk(shared)
    yield made
    made.close()
