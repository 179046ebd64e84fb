from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from headless.street import Backend, Street, street


@pytest.fixture
def tmp() -> Iterator[Path]:
    """A folder with a short path: sockets have at most 107 bytes for theirs."""
    with tempfile.TemporaryDirectory(prefix="k") as folder:
        yield Path(folder)


@pytest.fixture
async def backend(tmp: Path) -> AsyncIterator[Backend]:
    made = Backend(tmp / "backend")
    await made.start()
    yield made
    await made.kill()


@pytest.fixture
async def here(tmp: Path, backend: Backend) -> AsyncIterator[Street]:
    """A terminal with everything in order."""
    async with street(tmp, backend) as made:
        yield made
