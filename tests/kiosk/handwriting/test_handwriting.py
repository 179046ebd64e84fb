"""Reading written characters: what must not matter does not, what was written is among the candidates."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.handwriting import Model, ModelUnusable, Recogniser, Stroke
from kiosk.handwriting.learning import drawings, learned, varied
from kiosk.handwriting.strokes import FEATURES, features
from kiosk.words import Language
from ui.pilot.written import WRITTEN

FILE = Path(__file__).parents[3] / "assets" / "handwriting" / "characters.msgpack"


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(Model.read(FILE))


@pytest.mark.parametrize("character", WRITTEN)
def test_what_was_written_is_among_the_first_two(recogniser: Recogniser, character: str) -> None:
    language = Language.ZH_HANT if character == "國" else Language.ZH_HANS
    assert character in recogniser.candidates(WRITTEN[character], language)[:2]


@pytest.mark.parametrize("character", ["王", "天", "中", "國"])
def test_neither_order_nor_lifting_the_finger_matters(recogniser: Recogniser, character: str) -> None:
    strokes = WRITTEN[character]
    backwards = recogniser.candidates(strokes[::-1], Language.ZH_HANS)
    assert backwards == recogniser.candidates(strokes, Language.ZH_HANS)
    joined = (strokes[0] + strokes[1], *strokes[2:])
    assert character in recogniser.candidates(joined, Language.ZH_HANS)


def test_a_poor_hand_is_read(recogniser: Recogniser) -> None:
    random = np.random.default_rng(11)
    hands = [(character, varied(strokes, random)) for character, strokes in WRITTEN.items() for _ in range(10)]
    found = [character in recogniser.candidates(strokes, Language.ZH_HANS) for character, strokes in hands]
    assert sum(found) >= 0.9 * len(found)


def test_nothing_written_is_no_character(recogniser: Recogniser) -> None:
    assert recogniser.candidates((), Language.ZH_HANS) == ()
    assert recogniser.candidates(((),), Language.ZH_HANS) == ()


def test_names_of_both_scripts_are_known() -> None:
    known = set(Model.read(FILE).characters)
    assert known.issuperset("赵钱孙李趙錢孫龍龙堃喆懿")
    for row in range(0xB0, 0xD8):  # GB 2312 level 1
        for cell in range(0xA1, 0xFF if row < 0xD7 else 0xFA):
            assert bytes((row, cell)).decode("gb2312") in known


_points = st.tuples(st.floats(0, 1000), st.floats(0, 1000))
_strokes = st.lists(st.lists(_points, min_size=1, max_size=12).map(tuple), min_size=1, max_size=8).map(tuple)


@settings(max_examples=60, deadline=None)
@given(strokes=_strokes, scale=st.floats(0.2, 5), right=st.floats(-500, 500), down=st.floats(-500, 500))
def test_where_and_how_large_it_is_written_does_not_matter(
    strokes: tuple[Stroke, ...], scale: float, right: float, down: float
) -> None:
    points = np.concatenate([np.asarray(stroke) for stroke in strokes])
    if np.ptp(points, axis=0).max() < 1:  # a speck: its shape is rounding
        return
    moved = tuple(tuple((x * scale + right, y * scale + down) for x, y in stroke) for stroke in strokes)
    # a step more or less along a line is a few hundredths of its ink
    assert float(features(strokes) @ features(moved)) > 0.97


@settings(max_examples=80, deadline=None)
@given(strokes=st.lists(st.lists(st.tuples(st.floats(), st.floats()), max_size=8).map(tuple), max_size=6).map(tuple))
def test_any_numbers_make_features(strokes: tuple[Stroke, ...]) -> None:
    made = features(strokes)
    assert made.shape == (FEATURES,)
    assert np.isfinite(made).all()


def test_scribbling_without_end_is_bounded() -> None:
    scribble = tuple(((float(turn % 97), float(turn % 89)),) * 500 for turn in range(400))
    assert np.isfinite(features(scribble)).all()


@pytest.fixture(scope="module")
def small() -> Model:
    return learned(WRITTEN, samples=200)


def test_a_model_comes_back_from_its_file(small: Model, tmp_path: Path) -> None:
    file = tmp_path / "characters.msgpack"
    file.write_bytes(small.to_bytes())
    again = Model.read(file)
    assert again.characters == small.characters
    assert again.notice == small.notice
    assert Recogniser(again).candidates(WRITTEN["王"], Language.ZH_HANS)[0] == "王"


def test_drawings_are_read_from_their_package(tmp_path: Path) -> None:
    (tmp_path / "十.json").write_text('{"strokes":[],"medians":[[[10,400],[900,410]],[[450,800],[450,0]]]}', "utf-8")
    (tmp_path / "package.json").write_text("{}", "utf-8")
    assert drawings(tmp_path) == {"十": (((10, 500), (900, 490)), ((450, 100), (450, 900)))}


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path, Path("a\0b")):
        with pytest.raises(ModelUnusable):
            Model.read(path)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_said(small: Model, data: st.DataObject) -> None:
    raw = bytearray(small.to_bytes())
    if data.draw(st.booleans()):
        raw = raw[: data.draw(st.integers(0, len(raw) - 1))]
    else:
        raw[data.draw(st.integers(0, 700))] = data.draw(st.integers(0, 255))
    try:
        read = Model.from_bytes(bytes(raw))
    except ModelUnusable:
        return
    assert len(Recogniser(read).candidates(WRITTEN["王"], Language.ZH_HANS)) == len(read.characters)


@settings(max_examples=100, deadline=None)
@given(raw=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        Model.from_bytes(raw)
    except ModelUnusable:
        return
