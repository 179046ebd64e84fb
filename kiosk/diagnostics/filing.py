"""Keeps a readiness report beside the records: as PDF in both languages, and as JSON for whoever verifies it."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Final

import msgspec

from kiosk.diagnostics import words
from kiosk.diagnostics.report import Signed
from kiosk.diagnostics.words import Words
from kiosk.words import Language

FOLDER: Final = "diagnostics/reports"
"""In the state folder."""
LANGUAGES: Final = (Language.ZH_HANS, Language.EN)


def words_in(language: Language) -> Words:
    """Return a technician's words. Blocks. Raises ``OSError``, ``msgspec.ValidationError``: see ``words.load``."""
    return words.load(language)


def keep(state_dir: Path, signed: Signed) -> tuple[str, ...]:
    """Keep a report; return its files as they are named under the state folder. Blocks for some tenths of a second.

    One that is there is never overwritten: of two that were made in the same second, as a clock that was set back makes
    them, the second has a number behind its name.

    Raises:
        OSError: there is no room; what was written of it is taken away.
    """
    from kiosk.diagnostics import paper

    folder = state_dir / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = _free(folder, f"{signed.statement.report.made:%Y%m%d-%H%M%S}")
    files = {f"{stem}.json": msgspec.json.format(msgspec.json.encode(signed), indent=2)}
    for language in LANGUAGES:
        files[f"{stem}.{language}.pdf"] = paper.page(signed, words_in(language))
    try:
        for name, content in files.items():
            with (folder / name).open("xb") as file:
                (folder / name).chmod(0o600)
                file.write(content)
    except OSError:
        for name in files:
            (folder / name).unlink(missing_ok=True)
        raise
    return tuple(f"{FOLDER}/{name}" for name in files)


def _free(folder: Path, stem: str) -> str:
    """Return a name that no report has yet."""
    names = (stem if number == 1 else f"{stem}-{number}" for number in itertools.count(1))
    return next(name for name in names if not (folder / f"{name}.json").exists())
