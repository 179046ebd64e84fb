"""A folder of pictures with an index page, which needs no server and no network to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Final

import PIL.Image

from ui.gallery.approved import encoded, shown
from ui.gallery.differences import templates
from ui.gallery.modes import Mode
from ui.gallery.studio import Studio
from ui.gallery.subjects import MODES, Kind, Shot, Subject, compared, in_mode

QUARTER: Final = 4
"""The index shows the screen at a quarter of its size: what cannot be told apart there is not told apart from afar."""
THUMB_COLOURS: Final = 32
SECONDS_EACH: Final = 0.16
"""Of a picture, drawn and written, on one core of 2020 or so."""
WRITERS: Final = 2
TITLES: Final = {
    Kind.PAGE: "Pages of citizens",
    Kind.TECHNICIAN: "Pages of technicians",
    Kind.BENCH: "Tests of the screen",
    Kind.CONTROL: "Controls",
}


def shots_in(subjects: Sequence[Subject], modes: Sequence[Mode]) -> list[Shot]:
    """Return ``subjects`` in each of ``modes``, as far as they look different there."""
    return [
        Shot(subject=subject, mode=mode)
        for subject in subjects
        for mode in dict.fromkeys(in_mode(subject.kind, mode) for mode in modes)
    ]


def shots_in_all(subjects: Sequence[Subject]) -> list[Shot]:
    """Return ``subjects`` in every combination there is."""
    return [Shot(subject=subject, mode=mode) for subject in subjects for mode in MODES[subject.kind]]


def key_shots(subjects: Sequence[Subject]) -> list[Shot]:
    """Return those pictures of ``subjects`` that are compared with approved ones."""
    parts = dict.fromkeys((each.part, each.kind) for each in subjects)
    wanted = set(subjects)
    return [shot for part, kind in parts for shot in compared(part, kind) if shot.subject in wanted]


def draw(out: Path, shots: Sequence[Shot], *, accent: str, tell: Callable[[int], None] = lambda _: None) -> Path:
    """Draw ``shots`` into ``out``, made where it is missing, and return the index page.

    Args:
        out: A folder.
        shots: What, in which mode.
        accent: The city's colour for controls, ``#rrggbb``.
        tell: Called with the number of pictures drawn so far.
    """
    sizes: dict[str, tuple[int, int]] = {}
    writing: list[Future[None]] = []
    by_mode = sorted(shots, key=lambda shot: shot.mode.name)
    with ThreadPoolExecutor(WRITERS) as writers:
        for mode, some in groupby(by_mode, key=lambda shot: shot.mode):
            studio = Studio(mode, accent=accent)
            for shot in some:
                picture = shown(studio.picture(shot.subject))
                sizes[shot.name] = picture.size
                if len(writing) >= 2 * WRITERS:
                    writing.pop(0).result()  # what waits to be written takes memory
                writing.append(writers.submit(_write, out, shot.name, picture))
                tell(len(sizes))
            studio.close()
    for each in writing:
        each.result()
    groups = [
        (kind, TITLES[kind], part, list(these))
        for (kind, part), these in groupby(shots, key=lambda shot: (shot.subject.kind, shot.subject.part))
    ]
    page = out / "index.html"
    modes = list(dict.fromkeys(shot.mode for shot in shots))
    text = templates().get_template("index.html").render(groups=groups, sizes=sizes, modes=modes, quarter=QUARTER)
    page.write_text(text, encoding="utf-8")
    return page


def _write(out: Path, name: str, picture: PIL.Image.Image) -> None:
    small = picture.reduce(QUARTER).quantize(THUMB_COLOURS, dither=PIL.Image.Dither.NONE).convert("RGB")
    for folder, each in (("pictures", picture), ("quarter", small)):
        file = out / folder / f"{name}.webp"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(encoded(each))
