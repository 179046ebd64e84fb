"""What a reader of identity documents sends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, reduce
from operator import xor
from pathlib import Path
from typing import Any, Final

from drivers.errors import MediaUnreadable, WrongMedia
from drivers.idreader import frames, multifunction, textblock
from drivers.simulated.idreader_common import photo, text_block
from drivers.simulated.people import Person, load_people

from .registry import Target, joined, pieces

_LONGEST_HELD: Final = 2400


@cache
def people() -> dict[str, Person]:
    """Return the fictitious people."""
    return load_people(Path(__file__).parents[2] / "assets" / "simulated" / "people.yaml")


def _taken(take: Callable[[bytes], tuple[Any, bytes]], data: bytes) -> Iterator[Any]:
    """Take replies as ``Exchange`` does, off bytes that come in pieces."""
    held = b""
    for piece in pieces(data):
        reply, held = take(held + piece)
        while reply is not None:
            yield reply
            reply, held = take(held)
        assert len(held) <= _LONGEST_HELD


def _sam(body: bytes) -> bytes:
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return frames.PREAMBLE + counted + bytes([frames.checksum(counted)])


def _sam_frames(data: bytes) -> None:
    framed, rest = data[:1] > b"\x7f", data[1:]
    for reply in _taken(frames.take, joined(_sam(rest[:2314])) if framed else rest):
        for content in (frames.text_and_photo, frames.identity):
            try:
                content(reply.data)
            except frames.FrameError:
                continue


def _sam_seeds() -> Iterator[bytes]:
    person = people()["wang"]
    data = bytes.fromhex("01000400") + text_block(person) + photo(person)
    yield b"\0" + joined(_sam(b"\0\0\x9f"), _sam(b"\0\0\x90" + data))
    yield b"\x80\0\0\x90" + data
    yield b"\x80\0\0\x90" + bytes.fromhex("05000100D0DC320101000000FFFFFFFF")


def _packet(data: bytes) -> bytes:
    return b"\x02" + len(data).to_bytes(2, "big") + data + bytes([reduce(xor, data, 0), 3])


def _multifunction(data: bytes) -> None:
    framed, rest = data[:1] > b"\x7f", data[1:]
    for reply in _taken(multifunction.take, joined(_packet(rest[:1400])) if framed else rest):
        for content in (frames.text_and_photo, multifunction.version):
            try:
                content(reply.data)
            except frames.FrameError:
                continue


def _multifunction_seeds() -> Iterator[bytes]:
    person = people()["li"] if "li" in people() else people()["wang"]
    data = bytes.fromhex("01000400") + text_block(person) + photo(person)
    version = bytes(16) + b"\xcc\x04" + b"AB-1".ljust(16, b"\0") + b"\x01\x02\x00\x03" + b"7" * 16
    yield b"\0" + joined(_packet(b"\x80\0"), _packet(b"\x90\0" + data))
    yield b"\x80\x90\0" + data
    yield b"\x80\0\0" + version


def _text_block(data: bytes) -> None:
    document = textblock.decode((data + b" \0" * 128)[:256])
    assert document.number
    assert not repr(document).count(document.number)


TARGETS: Final = (
    Target(name="idreader.sam-frames", parse=_sam_frames, allowed=(frames.FrameError,), seeds=_sam_seeds),
    Target(
        name="idreader.multifunction",
        parse=_multifunction,
        allowed=(frames.FrameError,),
        seeds=_multifunction_seeds,
    ),
    Target(
        name="idreader.text-block",
        parse=_text_block,
        allowed=(MediaUnreadable, WrongMedia),
        seeds=lambda: map(text_block, people().values()),
        longest_bytes=256,
    ),
)
