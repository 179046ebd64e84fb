"""Touch, display and sound: what is well passes, each thing that can be wrong is found, by itself."""

from __future__ import annotations

import asyncio
import math
from pathlib import Path
from random import Random
from typing import Any

import pytest
from benches import PANEL, Answers, Fingers, Room, bench, no_news
from hypothesis import given
from hypothesis import strategies as st

from kiosk.diagnostics import sounding, touching
from kiosk.diagnostics.bench import Panel, Phase, Recording, Spot, Touch
from kiosk.diagnostics.checks import sound, touch
from kiosk.diagnostics.figures import percentile, scatter
from kiosk.diagnostics.model import TestResult, Verdict
from kiosk.diagnostics.running import run

TOUCH = ("touch.grid", "touch.edges", "touch.drag", "touch.points", "touch.ghosts", "touch.latency")


async def tried(test: str, tmp_path: Path, screen: Any, **more: Any) -> TestResult:
    technician = more.pop("technician", Answers())
    return await run(test, bench(tmp_path, screen=screen, technician=technician, **more), no_news)


def broken(found: TestResult) -> set[str]:
    return {measure.name for measure in found.measures if measure.verdict is Verdict.FAIL}


@pytest.mark.parametrize("test", TOUCH)
async def test_a_good_panel_passes(tmp_path: Path, test: str) -> None:
    found = await tried(test, tmp_path, Fingers())
    assert (found.verdict, found.reason) == (Verdict.PASS, "")


def shifted(by_mm: float) -> Any:
    return lambda spot: Spot(x_mm=spot.x_mm + by_mm, y_mm=spot.y_mm)


def dead_strip(spot: Spot) -> Spot | None:
    return None if 100 < spot.x_mm < 140 else spot


async def test_a_panel_that_is_off_is_found_by_how_far(tmp_path: Path) -> None:
    found = await tried("touch.grid", tmp_path, Fingers(shifted(8)))
    assert broken(found) == {"touch.error"}
    assert next(m.value for m in found.measures if m.name == "touch.error") == pytest.approx(8)
    assert (await tried("touch.grid", tmp_path, Fingers(shifted(4)))).verdict is Verdict.WARN


async def test_a_dead_corner_is_a_place_that_is_not_reached(tmp_path: Path) -> None:
    found = await tried("touch.grid", tmp_path, Fingers(lambda spot: None if spot.x_mm + spot.y_mm < 40 else spot))
    assert broken(found) == {"touch.reached"}


async def test_a_mirrored_panel_reaches_hardly_anything(tmp_path: Path) -> None:
    mirrored = Fingers(lambda spot: Spot(x_mm=267.7 - spot.x_mm, y_mm=spot.y_mm))
    assert broken(await tried("touch.grid", tmp_path, mirrored)) == {"touch.reached"}


async def test_a_dead_strip_is_a_gap_in_a_lane(tmp_path: Path) -> None:
    found = await tried("touch.drag", tmp_path, Fingers(dead_strip))
    assert "touch.gap" in broken(found)


async def test_a_panel_that_trembles_is_crooked(tmp_path: Path) -> None:
    rough = Random(5)
    found = await tried(
        "touch.drag",
        tmp_path,
        Fingers(lambda s: Spot(x_mm=s.x_mm + rough.gauss(0, 5), y_mm=s.y_mm + rough.gauss(0, 5))),
    )
    assert "touch.crooked" in broken(found)


async def test_a_finger_that_is_lost_midway_is_reported_as_lifted(tmp_path: Path) -> None:
    found = await tried("touch.drag", tmp_path, Fingers(lambda spot: spot if spot.y_mm < 300 else None))
    assert "touch.lifted" in broken(found)


async def test_an_edge_that_feels_nothing_is_measured(tmp_path: Path) -> None:
    found = await tried("touch.edges", tmp_path, Fingers(lambda spot: spot if spot.x_mm > 9 else None))
    assert broken(found) == {"touch.edge"}
    assert found.measures[0].value == pytest.approx(9, abs=1)


async def test_nothing_felt_is_said_instead_of_a_number(tmp_path: Path) -> None:
    for test in ("touch.edges", "touch.drag"):
        assert (await tried(test, tmp_path, Fingers(lambda _: None))).reason == "touch.not-felt"


async def test_a_cross_nobody_touches_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Nobody(Fingers):
        async def hit(self, target: Spot, size_mm: float) -> tuple[Touch, ...]:
            await asyncio.Event().wait()
            return ()

    monkeypatch.setattr(touch, "_EACH_S", 0.001)
    assert broken(await tried("touch.grid", tmp_path, Nobody())) == {"touch.reached"}


async def test_ghosts_and_one_finger_only_are_found(tmp_path: Path) -> None:
    assert broken(await tried("touch.ghosts", tmp_path, Fingers(ghosts=1))) == {"touch.ghosts"}
    assert (await tried("touch.points", tmp_path, Fingers(fingers=1))).verdict is Verdict.WARN


@pytest.mark.parametrize("test", ["display.pixels", "display.light"])
async def test_a_display_is_believed_only_of_who_finds_every_difference(tmp_path: Path, test: str) -> None:
    assert (await tried(test, tmp_path, Fingers())).verdict is Verdict.PASS
    blind = await tried(test, tmp_path, Fingers(eyes=lambda _: -1))
    assert broken(blind) == {"display.missed"}
    sees_more = await tried(test, tmp_path, Fingers(eyes=lambda pattern: (pattern.odd + 1) % 24))
    assert broken(sees_more) == {"display.missed", "display.false"}


async def test_saying_always_the_same_cell_finds_nothing(tmp_path: Path) -> None:
    wrong = [await tried("display.pixels", tmp_path, Fingers(eyes=lambda _: 7)) for _ in range(5)]
    assert any(found.verdict is Verdict.FAIL for found in wrong)


async def test_a_diagonal_that_was_set_wrong_is_found(tmp_path: Path) -> None:
    assert (await tried("display.size", tmp_path, Fingers())).verdict is Verdict.PASS
    wrong = Panel(width_px=1080, height_px=1920, width_mm=300, height_mm=533, pixels_per_mm=PANEL.pixels_per_mm)
    assert broken(await tried("display.size", tmp_path, Fingers(panel=wrong))) == {"display.size"}
    silent = Panel(width_px=1080, height_px=1920, pixels_per_mm=4)
    assert (await tried("display.size", tmp_path, Fingers(panel=silent))).reason == "display.no-size"


# --- sound


async def test_who_counts_the_beeps_is_believed_and_who_guesses_is_not(tmp_path: Path) -> None:
    room = Room()
    heard = Answers(lambda _: str(room.beeps))
    assert (await tried("sound.tone", tmp_path, None, sound=room, technician=heard)).verdict is Verdict.PASS
    guesses = [
        await tried("sound.tone", tmp_path, None, sound=Room(), technician=Answers(lambda _: "3")) for _ in range(12)
    ]
    assert {found.verdict for found in guesses} == {Verdict.PASS, Verdict.FAIL}
    mute = Answers(lambda _: "")
    assert (await tried("sound.tone", tmp_path, None, sound=Room(), technician=mute)).verdict is Verdict.FAIL


async def test_a_microphone_needs_nobody_to_count(tmp_path: Path) -> None:
    nobody = Answers(lambda _: "0")
    found = await tried("sound.tone", tmp_path, None, sound=Room(microphone=True), technician=nobody)
    assert (found.verdict, nobody.asked) == (Verdict.PASS, [])
    broken_speaker = Room(microphone=True, broken=True)
    assert broken(await tried("sound.tone", tmp_path, None, sound=broken_speaker)) == {"sound.level"}


@given(st.floats(0.05, 1.0), st.sampled_from((500.0, 1000.0, 2000.0)))
def test_the_power_of_a_tone_is_its_amplitude_squared(loud: float, hertz: float) -> None:
    import array

    samples = array.array("h", (int(32767 * loud * math.sin(2 * math.pi * hertz * at / 16000)) for at in range(1600)))
    heard = Recording(rate=16_000, samples=samples.tobytes())
    assert sound.power(heard, hertz) == pytest.approx(loud * loud, rel=0.02)
    assert sound.power(heard, hertz * 1.5) < loud * loud / 1000


@given(st.binary(max_size=200))
def test_any_recording_has_a_power(samples: bytes) -> None:
    assert sound.power(Recording(rate=16_000, samples=samples), 1000) >= -1e-9


def test_beeps_can_be_counted_in_their_samples() -> None:
    made = sounding.beeps(3, 1000)
    loud = [any(made[at : at + 320]) for at in range(0, len(made), 320)]
    assert sum(now and not before for before, now in zip([False, *loud], loud, strict=False)) == 3


# --- laws


spots = st.builds(Spot, x_mm=st.floats(0, 500), y_mm=st.floats(0, 500))


@given(spots, spots, st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_what_lies_on_the_line_is_straight(begin: Spot, end: Spot, shares: list[float]) -> None:
    if math.hypot(end.x_mm - begin.x_mm, end.y_mm - begin.y_mm) < 1:
        return
    on = [
        Touch(
            at_s=0,
            point=0,
            phase=Phase.MOVE,
            x_mm=begin.x_mm + (end.x_mm - begin.x_mm) * share,
            y_mm=begin.y_mm + (end.y_mm - begin.y_mm) * share,
        )
        for share in shares
    ]
    assert touching.crooked_mm(begin, end, on) < 1e-6 * 500
    length = math.hypot(end.x_mm - begin.x_mm, end.y_mm - begin.y_mm)
    assert touching.short_mm(begin, end, on) == pytest.approx(length * (1 - max(shares)), abs=1e-6)


reports = st.lists(
    st.builds(
        Touch,
        at_s=st.just(0.0),
        point=st.integers(0, 3),
        phase=st.sampled_from(Phase),
        x_mm=st.floats(0, 500),
        y_mm=st.floats(0, 500),
    ),
    max_size=30,
)


@given(reports)
def test_any_reports_are_counted(touches: list[Touch]) -> None:
    assert 0 <= touching.most_at_once(touches) <= len({touch.point for touch in touches})
    assert 0 <= touching.ghosts(touches) <= len(touches)
    assert 0 <= touching.gap_mm(touches) < 1000


@given(st.integers(2, 9), st.integers(2, 9))
def test_a_grid_keeps_its_distance_from_the_edges(columns: int, rows: int) -> None:
    spots_of = touching.grid(PANEL, columns, rows, 12.7)
    assert len({(spot.x_mm, spot.y_mm) for spot in spots_of}) == columns * rows
    assert all(12.6 < spot.x_mm < 267.7 - 12.6 and 12.6 < spot.y_mm < 475.9 - 12.6 for spot in spots_of)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50), st.floats(0, 1))
def test_a_percentile_is_one_of_the_values_and_has_its_share_below(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9
    assert scatter(values) >= 0
