"""One answer in a merged form of 800 questions: our path beside SurveyJS, the same form and the same answers.

Both are asked the same thing: after an answer, which questions are visible? SurveyJS works that out as an answer is
set; we walk the form on from the walk before. Its version is pinned, and it runs without a page around it.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

from kiosk import forms
from kiosk.forms import Answer, Answers, Element, Form, Kind, PageRef, Question, Section
from kiosk.words import Text

from .measuring import CannotMeasure, Figure, Samples

QUESTIONS: Final = 800
EDITS: Final = 400
TODAY: Final = date(2026, 3, 31)
SURVEY: Final = "survey-core@3.1.1"
LIMIT_S: Final = 300.0
OURS: Final = f"one answer in a form of {QUESTIONS} questions"
PEER: Final = f"SurveyJS: one answer in the same form of {QUESTIONS} questions"
RATIO: Final = "one answer, ours over SurveyJS's"
WHOLE: Final = f"a whole walk over {QUESTIONS} answers"

_PEER = """
const { Model } = require("survey-core");
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const elements = given.questions.map(each => each.number
  ? { type: "text", inputType: "number", name: each.name, visibleIf: each.when }
  : { type: "boolean", name: each.name, visibleIf: each.when });
const survey = new Model({ pages: [{ elements }] });
for (const [name, value] of given.first) survey.setValue(name, value);
const times = [], counts = [];
for (const [name, value] of given.edits) {
  const begun = process.hrtime.bigint();
  survey.setValue(name, value);
  const visible = survey.getAllQuestions(true).length;
  times.push(Number(process.hrtime.bigint() - begun) / 1e6);
  counts.push(visible);
}
console.log(JSON.stringify({ times, counts }));
"""


def measure(runs: int) -> list[Figure]:
    """Return what one answer costs, every answer of every run a value; both sides must see as many questions."""
    samples = Samples()
    with tempfile.TemporaryDirectory(prefix="bench-forms-") as folder:
        peer = _installed(Path(folder))
        for run in range(runs):
            asked = random.Random(run)
            tests = [_tests(asked, index) for index in range(QUESTIONS)]
            first = [_value(asked, index) for index in range(QUESTIONS)]
            changed = [asked.randrange(QUESTIONS) for _ in range(EDITS)]
            edits = [(index, _value(asked, index)) for index in changed]
            counts = _ours(tests, first, edits, samples)
            if peer is not None:
                theirs = _theirs(peer, tests, first, edits, samples)
                if theirs != counts:
                    raise CannotMeasure("SurveyJS sees other questions than we do: the two forms are not the same")
    medians = {name: sorted(values)[len(values) // 2] for (name, _), values in samples.values.items()}
    if PEER in medians:
        samples.add(RATIO, "×", medians[OURS] / medians[PEER])
    return samples.figures({OURS: ("at most 1 ms", 1.0), PEER: ("the peer", None)})


def _is_number(index: int) -> bool:
    return index % 3 == 0


def _value(asked: random.Random, index: int) -> int | bool:
    return asked.randint(0, 6) if _is_number(index) else asked.random() < 0.5


def _tests(asked: random.Random, index: int) -> tuple[int, int] | None:
    """Return the two earlier questions the condition of this one looks at: half of them have one.

    They look at questions that are always asked. Where one looks at a hidden one the two differ on purpose: what is
    hidden still counts in SurveyJS, and does not here.
    """
    if index < 10 or index % 2 == 0:
        return None
    first, second = asked.sample(range(max(0, index - 59) // 2 * 2, index, 2), 2)
    return first, second


def _ours(
    tests: list[tuple[int, int] | None], first: list[int | bool], edits: list[tuple[int, int | bool]], samples: Samples
) -> list[int]:
    def test(index: int) -> str:
        return f"q.n{index} > 3" if _is_number(index) else f"q.n{index}"

    questions = [
        Question(
            element=_element(index),
            section="s",
            asked_by=(f"item-{index % 40}",),
            when=None if looks is None else f"{test(looks[0])} || {test(looks[1])}",
        )
        for index, looks in enumerate(tests)
    ]
    form = Form(version="bench", sections=(Section(id="s", title=_text("s")),), pages=tuple(questions))
    forms.compiled(form)
    answers = Answers(single={f"q.n{index}": Answer(value=value) for index, value in enumerate(first)})
    begun_s = time.perf_counter()
    walked = forms.walk(form, answers, TODAY)
    samples.add(WHOLE, "ms", (time.perf_counter() - begun_s) * 1000)
    counts = []
    for index, value in edits:
        begun_s = time.perf_counter()
        answers = forms.with_answer(answers, PageRef(id=f"q.n{index}"), Answer(value=value))
        walked = forms.walk(form, answers, TODAY, walked)
        visible = len(walked.pages)
        samples.add(OURS, "ms", (time.perf_counter() - begun_s) * 1000)
        counts.append(visible)
    return counts


def _element(index: int) -> Element:
    kind = Kind.INTEGER if _is_number(index) else Kind.YES_NO
    words = _text(f"question {index}")
    return Element(id=f"q.n{index}", kind=kind, title=words, question=words, why=words, source="bench")


def _text(words: str) -> Text:
    return Text(zh_hans=words, zh_hant=words, en=words)


def _installed(folder: Path) -> Path | None:
    """Install SurveyJS into ``folder``; ``None`` when node or npm is not here, or the package cannot be fetched."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return None
    argv = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), SURVEY]
    done = subprocess.run(argv, cwd=folder, capture_output=True, check=False, timeout=LIMIT_S)
    return folder if done.returncode == 0 else None


def _theirs(
    folder: Path,
    tests: list[tuple[int, int] | None],
    first: list[int | bool],
    edits: list[tuple[int, int | bool]],
    samples: Samples,
) -> list[int]:
    def test(index: int) -> str:
        return f"{{n{index}}} > 3" if _is_number(index) else f"{{n{index}}} = true"

    given = {
        "questions": [
            {
                "name": f"n{index}",
                "number": _is_number(index),
                "when": "" if looks is None else f"{test(looks[0])} or {test(looks[1])}",
            }
            for index, looks in enumerate(tests)
        ],
        "first": [(f"n{index}", value) for index, value in enumerate(first)],
        "edits": [(f"n{index}", value) for index, value in edits],
    }
    script = folder / "peer.cjs"
    script.write_text(_PEER, encoding="utf-8")
    argv = ["node", str(script)]
    done = subprocess.run(
        argv, cwd=folder, input=json.dumps(given), text=True, capture_output=True, check=False, timeout=LIMIT_S
    )
    if done.returncode != 0:
        raise CannotMeasure(f"SurveyJS did not run: {done.stderr[-600:]}")
    found = json.loads(done.stdout)
    for each_ms in found["times"]:
        samples.add(PEER, "ms", each_ms)
    counts: list[int] = found["counts"]
    return counts
