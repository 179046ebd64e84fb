"""One target in a process of its own, with the parsers instrumented: the part that atheris drives."""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from pathlib import Path
from typing import Final

import atheris

SLOWEST: Final = "slowest"
"""A file with the processor seconds of the slowest input so far."""
_PARSERS: Final = ("drivers", "kiosk")
_OURS_MB: Final = 640
"""Interpreter, libraries and corpus; twice what an input may take comes on top: the allocator gives back late."""


def main() -> None:
    """Fuzz until the time is over or something is found; ends the process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="seeds, corpus and findings are kept in it")
    given = parser.parse_args()
    logging.disable()
    with atheris.instrument_imports(include=list(_PARSERS)):
        target = importlib.import_module("tests.fuzz.targets").TARGETS[given.name]
    seeds, corpus = given.folder / "seeds", given.folder / "corpus"
    for folder in (seeds, corpus):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.beginnings()):
        (seeds / f"{number:03}").write_bytes(seed)
    slowest = 0.0

    def one(data: bytes) -> None:
        nonlocal slowest
        took_s = target.run(data)
        if took_s > slowest:
            slowest = took_s
            (given.folder / SLOWEST).write_text(f"{took_s:.6f}", encoding="ascii")

    options = [
        f"-max_total_time={given.seconds}",
        f"-max_len={target.longest_bytes}",
        f"-timeout={max(10, round(3 * target.longest_s))}",
        f"-rss_limit_mb={_OURS_MB + 2 * target.most_mb}",
        f"-artifact_prefix={given.folder}/finding-",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus), str(seeds)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
