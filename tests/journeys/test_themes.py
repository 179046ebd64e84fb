"""One-things chosen at random are filed by hand on the screen; ``tests/journeys/themes.py`` files all of them."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from themes import LIMIT_S, chosen, played

from kiosk.catalogue import load
from kiosk.settings.model import ASSETS

SEED = int(os.environ.get("KIOSK_THEMES_SEED") or random.SystemRandom().randrange(1_000_000))
"""Another one each time; the variable plays one again."""


@pytest.mark.timeout(LIMIT_S + 60)
@pytest.mark.parametrize("number", [0, 1])
def test_a_one_thing_chosen_at_random_comes_to_what_its_example_says(number: int, tmp_path: Path) -> None:
    run = chosen(load(ASSETS / "catalogue"), SEED, 2)[number]
    result = played(run, tmp_path / "out")
    assert not result.failed, f"KIOSK_THEMES_SEED={SEED} plays it again: {result.row()}"
    assert result.pages > 0


def test_a_seed_chooses_the_same_again_and_all_looks_are_taken() -> None:
    catalogue = load(ASSETS / "catalogue")
    assert chosen(catalogue, 7, 2) == chosen(catalogue, 7, 2)
    looks = {(run.language, run.layout, run.way) for seed in range(60) for run in chosen(catalogue, seed, 2)}
    assert len(looks) > 18
