"""A citizen's picture lies in the shared memory from its laying down to its taking out, and no longer."""

from __future__ import annotations

import mmap
import os

import pytest

from drivers.camera.shared import FROM_CHILD, FROM_PARENT, PLACE_BYTES, Shared


def test_what_one_lays_down_the_other_takes_and_nothing_is_left() -> None:
    ours = Shared.create()
    theirs = Shared(os.dup(ours.descriptor))
    for place in (FROM_CHILD, FROM_PARENT):
        picture = bytes([place + 1]) * 100_000
        theirs.put(place, picture)
        assert ours.take(place, len(picture)) == picture
        assert theirs.take(place, len(picture)) == bytes(100_000)
    ours.close()
    theirs.close()


def test_closing_leaves_nothing() -> None:
    shared = Shared.create()
    onlooker = mmap.mmap(os.dup(shared.descriptor), 2 * PLACE_BYTES)
    shared.put(FROM_PARENT, b"citizen")
    assert onlooker[PLACE_BYTES : PLACE_BYTES + 7] == b"citizen"
    shared.close()
    shared.close()
    assert onlooker[PLACE_BYTES : PLACE_BYTES + 7] == bytes(7)
    onlooker.close()


def test_what_does_not_fit_is_refused() -> None:
    shared = Shared.create()
    with pytest.raises(ValueError, match="bytes"):
        shared.put(FROM_PARENT, bytes(PLACE_BYTES + 1))
    for length in (-1, PLACE_BYTES + 1):
        with pytest.raises(ValueError, match="bytes"):
            shared.take(FROM_CHILD, length)
    shared.close()
