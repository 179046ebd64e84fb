"""Compares pictures with the approved ones, for the tests of each kind."""

from __future__ import annotations

import platform
from collections.abc import Sequence

import pytest

from kiosk.catalogue import Catalogue
from ui.gallery.approved import FOLDER, Approved, surroundings
from ui.gallery.approving import differing, listed
from ui.gallery.differences import Differences
from ui.gallery.subjects import Shot


def compare(shots: Sequence[Shot], catalogue: Catalogue | None = None) -> None:
    """Fail, with a page that shows it, unless each of ``shots`` looks as it was approved."""
    approved = Approved(FOLDER)
    machine = approved.made_with.get("machine")
    if machine != platform.machine():
        pytest.skip(f"pictures were approved on {machine}: nobody has seen whether another processor rounds as it does")
    differences = Differences()
    differences.begin([shot.name for shot in shots])
    found = []
    for shot, picture in differing(shots, approved, catalogue):
        differences.add(shot, approved, picture.image)
        found.append(shot.name)
    if found:
        here, there = surroundings(), approved.made_with
        other = [
            f"{name} is {here[name]} here and was {there.get(name)}" for name in here if here[name] != there.get(name)
        ]
        pytest.fail(
            f"{len(found)} of {len(shots)} pictures look otherwise than approved:\n{listed(found)}\n"
            f"Look at {differences.page}. Where the new look is meant, packaging/pictures approve keeps it."
            + "".join(f"\nPerhaps that is why: {line}." for line in other),
            pytrace=False,
        )
