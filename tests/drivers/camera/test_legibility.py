"""A photograph is good when a paper lies there and its print can be read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from drivers.camera.legibility import is_legible
from drivers.camera.stream import StreamCamera
from drivers.simulated.camera import SimulatedCamera
from drivers.simulated.papers import load_papers

PAPERS = load_papers(Path("assets/simulated/papers.yaml"))


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[SimulatedCamera]:
    device = SimulatedCamera(PAPERS)
    await device.start()
    yield device
    await device.stop()


async def seen(desk: SimulatedCamera, paper: str | None) -> bytes:
    if paper is not None:
        await desk.do("put", {"paper": paper})
    camera = StreamCamera(desk.url)
    await camera.open()
    try:
        return (await camera.frame()).jpeg
    finally:
        await camera.close()


@pytest.mark.parametrize("paper", sorted(set(PAPERS) - {"blank"}))
async def test_every_printed_paper_is_legible(desk: SimulatedCamera, paper: str) -> None:
    assert is_legible(await seen(desk, paper))


@pytest.mark.parametrize("paper", [None, "blank"])
async def test_an_empty_table_and_a_blank_sheet_are_not(desk: SimulatedCamera, paper: str | None) -> None:
    assert not is_legible(await seen(desk, paper))


async def test_a_blurred_paper_is_not(desk: SimulatedCamera) -> None:
    picture = Image.open(BytesIO(await seen(desk, "lease"))).filter(ImageFilter.GaussianBlur(5))
    blurred = BytesIO()
    picture.save(blurred, "JPEG")
    assert not is_legible(blurred.getvalue())


@given(st.binary(max_size=300))
def test_bytes_that_are_no_picture_are_not(jpeg: bytes) -> None:
    assert not is_legible(jpeg)
