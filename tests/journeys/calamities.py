"""Plays calamities and prints a row, or a line of JSON, for each; see ``headless.calamity``.

.venv/bin/python -P tests/journeys/calamities.py --list
.venv/bin/python -P tests/journeys/calamities.py printer/mute@receipt               # all that contain it
.venv/bin/python -P tests/journeys/calamities.py --shard 1/2 --json                 # half of all
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from headless.calamity import JOURNEYS, Cell, Verdict, play, row, sample
from headless.driven import drive


def main() -> int:
    """Play what is named; return 1 when something failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", help="only those that contain one of these")
    parser.add_argument("--list", action="store_true", help="name them and play none")
    parser.add_argument("--shard", default="1/1", metavar="N/OF")
    parser.add_argument("--sample", type=int, metavar="NUMBER")
    parser.add_argument("--seed", type=int, default=time.time_ns())
    parser.add_argument("--journey", action="append", help="only this one")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each; the table goes to standard error")
    given = parser.parse_args()
    # what a client says that is cancelled at the end of all is no news
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    number, of = map(int, given.shard.split("/"))

    def choose(every: Iterable[Cell]) -> list[Cell]:
        chosen = [cell for cell in every if not given.names or any(name in str(cell) for name in given.names)]
        if given.sample:
            chosen = sample(chosen, given.sample, given.seed)
        chosen = chosen[number - 1 :: of]
        if given.list:
            sys.stdout.writelines(f"{cell}\n" for cell in chosen)
        return [] if given.list else chosen

    def tell(verdict: Verdict) -> None:
        table = sys.stderr if given.json else sys.stdout
        table.writelines([f"{row(verdict)}\n", *(f"    ! {failure}\n" for failure in verdict.failures)])
        table.flush()
        if given.json:
            sys.stdout.write(f"{msgspec.json.encode(verdict).decode()}\n")
            sys.stdout.flush()

    verdicts = drive(play(choose, tell, given.journey or JOURNEYS))
    return 1 if any(verdict.failures for verdict in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
