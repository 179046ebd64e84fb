"""Divisions level by level: what follows of itself, and finding one by its name, its Pinyin or its initials."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from kiosk.catalogue.model import Division
from kiosk.words import Language, Text
from ui.models.places import Places, path_to, sounds_like


def _division(code: str, name: str, *children: Division) -> Division:
    return Division(code=code, name=Text(zh_hans=name, zh_hant=name, en=name), children=children)


TREE = (
    _division(
        "10",
        "示例市",
        _division("1001", "临江区", _division("100101", "河滨街道")),
        _division("1002", "山南区", _division("100201", "云台街道"), _division("100202", "石桥街道")),
    ),
)


@pytest.fixture
def places(qapp: object) -> Iterator[Places]:
    owner = QObject()
    made = Places(TREE, owner)
    made.speak(Language.ZH_HANS)
    made.begin("")
    yield made
    owner.deleteLater()


def _names(places: Places, level: int) -> list[str]:
    return [row.title for row in places.levels[level].rows()]


def test_what_is_alone_is_picked_with_what_is_above(places: Places) -> None:
    assert places.open_count == 2  # the only city is passed over
    places.pick("1001")
    assert places.picked == "100101"
    assert places.placed
    places.pick("1002")
    assert not places.placed
    assert places.open_count == 2


@pytest.mark.parametrize("words", ["临", "临江", "lin", "LINJ", "ljq", "l"])
def test_one_is_found(places: Places, words: str) -> None:
    places.narrow(words)
    assert _names(places, 1) == ["临江区"]
    assert _names(places, 0) == ["示例市"]  # what is picked stays


def test_picking_ends_the_search(places: Places) -> None:
    places.narrow("snq")
    places.pick("1002")
    assert _names(places, 2) == ["云台街道", "石桥街道"]
    places.narrow("zz")
    assert _names(places, 2) == []
    places.narrow("")
    assert len(_names(places, 2)) == 2


def test_sounds_and_paths() -> None:
    assert sounds_like("石桥街道", "sqjd")
    assert not sounds_like("石桥街道", "石")
    assert not sounds_like("石桥街道", "qj")
    assert [division.code for division in path_to(TREE, "100202")] == ["10", "1002", "100202"]
    assert path_to(TREE, "99") == []
