"""The catalogue: opening it compiled, as it is delivered and with ten thousand items; checking it; merging a theme.

Beside it, in the same run, PyYAML's C loader reads the same files and Python's json the same records: what a program
without a compiled catalogue would spend at every start before it has checked anything.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
import yaml

from kiosk.catalogue import Catalogue, CatalogueError, load, opening
from kiosk.catalogue.auditing import audit
from kiosk.catalogue.catalogue import Contents
from kiosk.catalogue.compiled import packed
from kiosk.catalogue.loading import read
from kiosk.catalogue.sources import digest_of, files_of, stamp_of
from kiosk.settings import ASSETS

from .measuring import CannotMeasure, Figure, Samples

ROOT: Final = ASSETS / "catalogue"
MANY: Final = 10_000
TODAY: Final = date(2026, 3, 31)
OPEN: Final = "open the delivered catalogue, compiled"
START: Final = "start a process and open it"
OPEN_MANY: Final = f"open {MANY:,} items, compiled"
CHECK: Final = "the whole check of the delivered catalogue"
MERGE: Final = "merge the largest one-thing"
SEARCH: Final = "the first search"
YAML: Final = "PyYAML (C): read the same files"
JSON: Final = "json: read the same records"
OVER_YAML: Final = "open compiled, over PyYAML"
OVER_JSON: Final = "open compiled, over json"

_START = "from pathlib import Path; from kiosk.catalogue import load; load(Path({root!r}), cache=Path({cache!r}))"


def measure(runs: int) -> list[Figure]:
    """Return what opening, checking and merging cost; every run a value."""
    samples = Samples()
    with tempfile.TemporaryDirectory(prefix="bench-catalogue-") as folder:
        cache = Path(folder) / "cache"
        try:
            catalogue = load(ROOT, cache=cache)
        except CatalogueError as error:
            raise CannotMeasure(f"the catalogue has {len(error.mistakes)} mistakes") from error
        load(ROOT, cache=cache)
        many = _many(catalogue, Path(folder) / "many" / "catalogue", cache)
        records = msgspec.json.encode([list(catalogue.items.values()), list(catalogue.elements.values())])
        for _ in range(runs):
            _time(samples, OPEN, lambda: load(ROOT, cache=cache))
            _time(samples, OPEN_MANY, lambda: load(many, cache=cache))
            _time(samples, YAML, _read_yaml)
            _time(samples, JSON, lambda: json.loads(records))
            _time(samples, CHECK, _check)
            code = _START.format(root=str(ROOT), cache=str(cache))
            _time(samples, START, partial(subprocess.run, [sys.executable, "-c", code], check=True))
            _time(samples, SEARCH, partial(load(ROOT, cache=cache).search, "开饭店"))
        _merges(samples, catalogue, runs)
    medians = {name: sorted(values)[len(values) // 2] for (name, _), values in samples.values.items()}
    samples.add(OVER_YAML, "×", medians[OPEN] / medians[YAML])
    samples.add(OVER_JSON, "×", medians[OPEN] / medians[JSON])
    return samples.figures(
        {
            OPEN: ("at most 150 ms", 150.0),
            OPEN_MANY: ("at most 1 s", 1000.0),
            CHECK: ("at most 15 s", 15_000.0),
            MERGE: ("at most 20 ms", 20.0),
            YAML: ("a peer", None),
            JSON: ("a peer", None),
            OVER_YAML: ("a tenth", 0.1),
        }
    )


def _time(samples: Samples, name: str, work: Callable[[], object]) -> None:
    begun_s = time.perf_counter()
    work()
    samples.add(name, "ms", (time.perf_counter() - begun_s) * 1000)


def _read_yaml() -> None:
    for path in files_of(ROOT).values():
        yaml.load(path.read_bytes(), yaml.CSafeLoader)


def _check() -> None:
    audit(*read(ROOT))


def _merges(samples: Samples, catalogue: Catalogue, runs: int) -> None:
    """Merge the one-thing with the most items, each time for another day: a matter is kept for its day."""
    largest = max(catalogue.one_things.values(), key=lambda theme: len(theme.items))
    items = [used.item for used in largest.items]
    for day in range(runs * 20):
        _time(samples, MERGE, partial(catalogue.merged, largest.id, items, TODAY + timedelta(days=day)))


def _many(catalogue: Catalogue, root: Path, cache: Path) -> Path:
    """Make a folder of many items, and its compiled file; return the folder.

    The compiled file is made directly, as checking ten thousand items takes minutes; the folder holds a file an item,
    so that opening has as many to compare.
    """
    contents = catalogue.contents
    kinds = list(contents.items.values())
    items = dict(contents.items)
    tables = dict(contents.tables)
    for number in range(MANY - len(items)):
        kind = kinds[number % len(kinds)]
        name = f"{kind.id}-{number}"
        if kind.table is not None:
            tables[name] = contents.tables[kind.table]
        code = f"9{number:011}"
        items[name] = msgspec.structs.replace(kind, id=name, code=code, table=kind.table and name)
    for item in items.values():
        file = root / "items" / item.department / f"{item.id}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"code: '{item.code}'\n", encoding="utf-8")
    stamp = stamp_of(root)
    place = opening._place(root, cache)
    if place is None:
        raise CannotMeasure("no folder for compiled catalogues can be had here")
    fields = {name: getattr(contents, name) for name in Contents.__struct_fields__} | {"items": items, "tables": tables}
    place.write_bytes(
        packed(
            Contents(**fields),
            digest=digest_of(files_of(root)),
            made_with=opening._made_with(root),
            stamp=stamp.text,
        )
    )
    place.chmod(0o600)
    if len(load(root, cache=cache).items) != MANY:
        raise CannotMeasure("the compiled file is not taken")
    return root
