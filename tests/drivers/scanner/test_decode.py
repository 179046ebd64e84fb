from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
import qrcode
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pictures import kinds, samples
from PIL import Image, ImageOps

from drivers.camera.api import SeenCode
from drivers.errors import MediaUnreadable
from drivers.scanner import looks
from drivers.scanner.decode import FrameDecoder, decode, in_reading_order
from drivers.scanner.zbar import Zbar


def picture_of(text: bytes) -> Image.Image:
    code = qrcode.QRCode(box_size=5)
    code.add_data(text)
    return code.make_image().get_image().convert("L")


def jpeg_of(picture: Image.Image) -> bytes:
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=90)
    return held.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_is_read_from_jpeg_picture_and_array(encoding: str) -> None:
    raw = "新生儿出生一件事：龚䶮".encode(encoding)
    picture = picture_of(raw)
    for form in (jpeg_of(picture), picture, np.asarray(picture), np.asarray(picture.convert("RGB"))):
        [code] = decode(form)
        assert code.raw == raw
        assert code.text == "新生儿出生一件事：龚䶮"


def test_a_phone_in_dark_mode_is_read() -> None:
    [code] = decode(ImageOps.invert(picture_of(b"https://example.gov.test/1")))
    assert code.text == "https://example.gov.test/1"


def test_two_codes_come_from_top_to_bottom() -> None:
    page = Image.new("L", (400, 800), 255)
    page.paste(picture_of(b"below"), (40, 500))
    page.paste(picture_of(b"above"), (40, 40))
    assert [code.text for code in decode(page)] == ["above", "below"]


def test_zbar_is_asked_when_zxing_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zxingcpp, "read_barcodes", lambda _picture, **_options: [])
    assert [code.text for code in decode(picture_of(b"second opinion"))] == ["second opinion"]
    assert decode(picture_of(b"second opinion"), thorough=False) == []


def test_no_code_is_an_empty_list() -> None:
    assert decode(Image.new("L", (200, 200), 255)) == []


def on_a_desk(*pictures: Image.Image) -> NDArray[np.uint8]:
    page = Image.new("L", (1280, 720), 200)
    for at, picture in enumerate(pictures):
        page.paste(picture, (100 + 400 * at, 100 + 7 * at))
    return np.asarray(page)


class Clock:
    """Moves by as much as each look is said to take."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def costing(monkeypatch: pytest.MonkeyPatch, clock: Clock, first_s: float, further_s: float) -> list[str]:
    """Have every look see nothing, at this cost; return the list they write their names to."""
    taken: list[str] = []

    def look(name: str, cost_s: float) -> Callable[[object], list[SeenCode]]:
        def see(_grey: object) -> list[SeenCode]:
            clock.now_s += cost_s
            taken.append(name)
            return []

        return see

    monkeypatch.setattr(looks, "first", look("first", first_s))
    monkeypatch.setattr(looks, "further", lambda: tuple(look(f"further {at}", further_s) for at in range(3)))
    return taken


def test_a_code_is_told_once_a_second_and_others_at_once() -> None:
    clock = Clock()
    decoder = FrameDecoder(clock=clock)
    one, both = on_a_desk(picture_of(b"one")), on_a_desk(picture_of(b"one"), picture_of(b"two"))
    assert [code.raw for code in decoder.look(one)] == [b"one"]
    clock.now_s += 0.5
    assert decoder.look(one) == []
    assert [code.raw for code in decoder.look(both)] == [b"two"]
    clock.now_s += 0.6
    assert [code.raw for code in decoder.look(both)] == [b"one"]
    decoder.forget()
    assert [code.raw for code in decoder.look(both)] == [b"one", b"two"]


def test_side_by_side_is_one_line_however_crooked() -> None:
    def at(name: str, x: int, y: int) -> SeenCode:
        corners = ((x, y), (x + 100, y), (x + 100, y + 100), (x, y + 100))
        return SeenCode(raw=name.encode(), symbology="QRCode", corners=corners)

    seen = [at("d", 10, 220), at("b", 300, 20), at("a", 20, 50), at("c", 600, 5)]
    assert [code.raw for code in in_reading_order(seen)] == [b"a", b"b", b"c", b"d"]


def test_further_looks_are_taken_in_turn_and_paid_for_by_what_was_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    taken = costing(monkeypatch, clock, first_s=0.005, further_s=0.06)
    decoder = FrameDecoder(budget_s=0.025, clock=clock)
    begun_s = clock.now_s
    for _ in range(300):
        decoder.look(np.zeros((4, 4), np.uint8))
    assert (clock.now_s - begun_s) / 300 <= 0.0255
    further = [name for name in taken if name != "first"]
    assert len(further) >= 80
    assert further[:4] == ["further 0", "further 1", "further 2", "further 0"]


def test_a_slow_machine_still_gets_a_further_look_every_tenth_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    taken = costing(monkeypatch, clock, first_s=0.05, further_s=0.2)
    decoder = FrameDecoder(budget_s=0.025, clock=clock)
    for _ in range(100):
        decoder.look(np.zeros((4, 4), np.uint8))
    assert 10 <= len(taken) - 100 <= 15


def test_a_live_code_that_only_a_further_look_reads_is_read_within_a_second() -> None:
    [sample] = samples("curved", 1, seed=5, size=(640, 480))
    assert not looks.first(sample.grey)
    decoder = FrameDecoder()
    told = [code.raw for _ in range(30) for code in decoder.look(sample.grey)]
    assert told[:1] == list(sample.codes)


def test_zbar_returns_the_bytes_that_the_code_holds() -> None:
    for raw in ("新生儿：龚䶮".encode("gb18030"), "新生儿".encode(), bytes(range(256)), b"0123456789"):
        for picture in (picture_of(raw), ImageOps.invert(picture_of(raw))):
            [code] = Zbar().look(np.asarray(picture))
            assert (code.raw, code.symbology) == (raw, "QRCode")


@pytest.mark.parametrize("turns", range(4))
def test_corners_go_clockwise_from_the_code_s_own_top_left_whoever_finds_it(turns: int) -> None:
    grey = np.ascontiguousarray(np.rot90(np.asarray(picture_of(b"corners")), -turns))
    [one], [other] = looks.first(grey), Zbar().look(grey)
    assert np.abs(np.array(one.corners) - np.array(other.corners)).max() <= 5
    [larger] = looks.enlarged(grey)
    assert np.abs(np.array(one.corners) - np.array(larger.corners)).max() <= 2


FLOORS = {
    **dict.fromkeys(("plain", "GB18030", "turned", "close", "dark mode", "many modules"), 4.0),
    **dict.fromkeys(("dim", "low contrast", "small modules", "tilted", "curved", "screen grid", "Code 128"), 3.0),
    **dict.fromkeys(("overexposed", "shadow", "noise", "dirty", "EAN-13", "fifteen at once"), 2.5),
    **dict.fromkeys(("blurred", "moving", "Code 128 blurred", "Code 128 turned"), 2.0),
    "glare": 1.0,
}
"""Of four pictures; the bench draws twenty of each."""


@pytest.mark.parametrize(
    ("look", "kind", "seed"),
    [
        ("enlarged", "noise", 17),
        ("unrolled", "curved", 3),
        ("fixed", "moving", 3),
        ("sharpened", "blurred", 3),
        ("second_opinion", "dirty", 3),
        ("refocused_far", "blurred", 9),
        ("slanted", "Code 128 turned", 1),
        ("refocused", "Code 128 blurred", 11),
        ("evened", "overexposed", 8),
    ],
)
def test_a_further_look_reads_what_no_other_does(look: str, kind: str, seed: int) -> None:
    [sample] = samples(kind, 1, seed, (640, 480))
    readers = {
        each.__name__
        for each in (looks.first, *looks.further())
        if {code.raw for code in each(sample.grey)} & {*sample.codes}
    }
    assert readers == {look}


def test_every_kind_of_picture_has_a_floor() -> None:
    assert set(FLOORS) == set(kinds())


@pytest.mark.parametrize("kind", kinds())
def test_codes_are_read_in_every_kind_of_picture_and_no_other_codes(kind: str) -> None:
    read = 0.0
    for sample in samples(kind, 4, size=(640, 480)):
        found = {code.raw for code in decode(sample.grey)}
        assert found <= set(sample.codes)
        read += len(found) / len(sample.codes)
    assert read >= FLOORS[kind]


def test_the_same_seed_draws_the_same_picture() -> None:
    one, other, another = (next(samples("noise", 1, seed, (320, 240))) for seed in (1, 1, 2))
    assert np.array_equal(one.grey, other.grey)
    assert not np.array_equal(one.grey, another.grey)


@given(
    st.integers(1, 70),
    st.integers(1, 70),
    st.sampled_from(["noise", "even", "bars"]),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=50, deadline=None)
def test_any_small_picture_is_looked_at_in_every_way(high: int, wide: int, kind: str, seed: int) -> None:
    chance = np.random.default_rng(seed)
    grey = chance.integers(0, 256, (high, wide) if kind == "noise" else (1, wide), np.uint8)
    if kind != "noise":
        grey = np.repeat(grey if kind == "bars" else grey[:, :1].repeat(wide, axis=1), high, axis=0)
    decode(grey)
    decoder = FrameDecoder(budget_s=1)
    for _ in range(len(looks.further())):
        decoder.look(grey)


def test_a_still_picture_has_a_limit_of_time() -> None:
    [sample] = samples("curved", 1, seed=5, size=(640, 480))
    assert decode(sample.grey)
    assert decode(sample.grey, limit_s=-1) == []


@pytest.mark.parametrize("shape", [(1, 300_000), (33_000, 2), (32_766, 2), (2, 32_766)])
def test_a_strip_is_looked_at_in_every_way(shape: tuple[int, int]) -> None:
    assert decode(np.full(shape, 128, np.uint8)) == []


def test_a_picture_without_pixels_has_no_codes() -> None:
    assert decode(np.zeros((0, 5), np.uint8)) == []
    assert FrameDecoder().look(np.zeros((5, 0), np.uint8)) == []


@given(st.binary(max_size=200))
def test_any_bytes_are_codes_or_unreadable(data: bytes) -> None:
    for start in (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(MediaUnreadable):
            decode(start + data)
