"""The simulated module against the frames of the standard, byte by byte, without the driver."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import reduce
from operator import xor
from pathlib import Path

import pytest

from drivers.links import SerialLink
from drivers.simulated.idreader import SimulatedIdReader
from drivers.simulated.people import load_people

ASSETS = Path(__file__).parents[3] / "assets/simulated/people.yaml"
LIMIT_S = 20.0
FIND, SELECT, READ, NEWEST = "0003 2001 22", "0003 2002 21", "0003 3001 32", "0003 3003 30"
FOUND, SELECTED, NO_CARD = "0008 00009F 00000000 97", "000C 000090 0000000000000000 9C", "0004 000080 84"


@pytest.fixture
async def module(tmp_path: Path) -> AsyncIterator[SimulatedIdReader]:
    module = SimulatedIdReader(tmp_path / "port", load_people(ASSETS), pace=0)
    await module.start()
    yield module
    await module.stop()


@pytest.fixture
async def link(module: SimulatedIdReader, tmp_path: Path) -> AsyncIterator[SerialLink]:
    link = SerialLink(str(tmp_path / "port"), 115200)
    await link.open()
    yield link
    await link.close()


async def ask(link: SerialLink, frame: str) -> bytes:
    """Send what comes after the preamble; return what comes after the preamble of the answer."""
    await link.write(bytes.fromhex("AAAAAA9669" + frame))
    answer = b""
    while len(answer) < 7 or len(answer) < 7 + int.from_bytes(answer[5:7], "big"):
        answer += await link.read(LIMIT_S)
    assert answer[:5].hex() == "aaaaaa9669"
    assert reduce(xor, answer[5:]) == 0
    return answer[5:]


@pytest.mark.parametrize(
    ("frame", "answer"),
    [
        ("0003 10FF EC", "0004 000090 94"),
        ("0003 11FF ED", "0004 000090 94"),
        ("0004 61FF50 CA", "0004 000090 94"),
        (FIND, NO_CARD),
        (SELECT, "0004 000081 85"),
        (READ, "0004 000041 45"),
        ("0003 2001 23", "0004 000010 14"),
        ("0003 2077 54", "0004 000021 25"),
        ("0004 200100 25", "0004 000011 15"),
        ("0001 01", "0004 000011 15"),
        ("FFFF 00", "0004 000011 15"),
    ],
)
async def test_answers_on_an_empty_field(link: SerialLink, frame: str, answer: str) -> None:
    assert (await ask(link, frame)).hex() == bytes.fromhex(answer).hex()


async def test_the_life_of_a_chip_in_the_field(module: SimulatedIdReader, link: SerialLink) -> None:
    await module.insert("wang")
    assert await ask(link, FIND) == bytes.fromhex(FOUND)
    assert (await ask(link, READ))[4] == 0x41  # not selected
    assert await ask(link, SELECT) == bytes.fromhex(SELECTED)
    read = await ask(link, READ)
    assert 5 + len(read) == 1295
    assert read[5:9] == b"\x01\x00\x04\x00"
    assert await ask(link, FIND) == bytes.fromhex(NO_CARD)  # until it has left and come back
    assert (await ask(link, NEWEST))[4] == 0x91  # still there
    assert (await ask(link, READ))[4] == 0x41
    await module.remove()
    assert (await ask(link, NEWEST))[4] == 0x41
    await module.insert("wang")
    assert await ask(link, FIND) == bytes.fromhex(FOUND)


async def test_text_photo_and_no_fingerprint(module: SimulatedIdReader, link: SerialLink) -> None:
    await module.insert("wang")
    await ask(link, FIND)
    await ask(link, SELECT)
    assert 5 + len(await ask(link, "0003 3010 23")) == 1297


async def test_noise_between_commands_is_skipped(link: SerialLink) -> None:
    await link.write(b"\x00\xaa\xaanoise\x96\x69")
    assert await ask(link, FIND) == bytes.fromhex(NO_CARD)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("people: 3", "Expected `array`"),
        ("people:\n  - key: a", "missing required field"),
        ("people: [", "people.yaml"),
    ],
)
def test_a_file_of_people_that_is_wrong_says_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "people.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        load_people(path)


def test_a_key_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "people.yaml"
    people = ASSETS.read_text(encoding="utf-8")
    path.write_text(people + people[people.index("  - key: wang") : people.index("  - key: chen")], encoding="utf-8")
    with pytest.raises(ValueError, match="wang is there twice"):
        load_people(path)
