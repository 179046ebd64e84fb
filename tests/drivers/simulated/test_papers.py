from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import ImageChops

from drivers.simulated.papers import SCENE_HEIGHT, SCENE_WIDTH, dated, load_papers, page, scene

FILE = Path(__file__).parents[3] / "assets" / "simulated" / "papers.yaml"
PAPERS = load_papers(FILE)


@pytest.mark.parametrize("key", PAPERS)
def test_every_paper_lies_on_the_desk(key: str) -> None:
    picture = scene(PAPERS[key])
    assert picture.size == (SCENE_WIDTH, SCENE_HEIGHT)
    assert ImageChops.difference(picture, scene(None)).getbbox() is not None


def test_every_paper_with_words_says_that_it_is_a_specimen() -> None:
    for paper in PAPERS.values():
        if not paper.title:
            continue
        assert paper.number.startswith("样本")
        foot = page(paper).crop((0, page(paper).height - 120, page(paper).width, page(paper).height))
        assert any(colour == (200, 30, 30) for _, colour in foot.getcolors(1 << 24) or [])


def test_a_paper_counts_its_days_from_today() -> None:
    rows = dict(dated(PAPERS["birth-record-first"], date(2026, 3, 5)).rows)
    assert rows["出生时间"] == "2026年2月23日 8时06分"


def test_no_day_of_a_paper_is_left_unwritten() -> None:
    for paper in PAPERS.values():
        written = dated(paper, date(2026, 3, 5))
        assert not [text for text in (*written.text, *(value for _, value in written.rows)) if "{" in text]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("papers: [{key: a, title: x, look: poem}]", "look"),
        ("papers: [{key: a, title: x, look: plan}, {key: a, title: y, look: plan}]", "twice"),
        ("papers: [{key: a, title: x, look: plan, colr: red}]", "colr"),
        ("papers: ][", "papers.yaml"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, names: str) -> None:
    file = tmp_path / "papers.yaml"
    file.write_text(text)
    with pytest.raises(ValueError, match=names):
        load_papers(file)
