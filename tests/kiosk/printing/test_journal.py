"""A number exists once, whatever happens."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drivers.printer.api import Proof
from kiosk.printing.journal import Journal, JournalFailed
from kiosk.printing.roll import Roll

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "state" / "printing.sqlite3", "ZD-0001")


def test_numbers_count_up_and_begin_anew_with_the_day(journal: Journal) -> None:
    assert journal.begin("receipt", NOW).number == "ZD-0001-20261122-0001"
    assert journal.begin("guide", NOW).number == "ZD-0001-20261122-0002"
    assert journal.begin("receipt", NOW + timedelta(days=1)).number == "ZD-0001-20261123-0001"
    assert journal.begin("receipt", NOW).number == "ZD-0001-20261122-0003"


def test_a_slip_that_may_be_on_paper_is_a_copy_the_next_time(journal: Journal) -> None:
    first = journal.begin("receipt", NOW)
    journal.end(first, NOW, Proof.SENT, 400, "printer.paper-out")
    again = journal.begin("receipt", NOW, first.number)
    assert (again.number, again.copy, again.again) == (first.number, 2, True)


def test_a_slip_of_which_nothing_came_out_is_printed_as_if_it_were_the_first(journal: Journal) -> None:
    first = journal.begin("receipt", NOW)
    journal.end(first, NOW, None, 0, "printer.paper-out")
    again = journal.begin("receipt", NOW, first.number)
    assert (again.number, again.copy, again.again) == (first.number, 2, False)


def test_a_slip_nobody_knows_the_end_of_may_be_on_paper(journal: Journal) -> None:
    first = journal.begin("receipt", NOW)
    assert journal.begin("receipt", NOW, first.number).again
    other = journal.begin("receipt", NOW)
    journal.end(other, NOW, None, None, "device.gone")
    assert journal.begin("receipt", NOW, other.number).again


def test_a_number_that_never_was_is_not_taken_up(journal: Journal) -> None:
    assert journal.begin("receipt", NOW, "ZD-0001-20261122-0777").number == "ZD-0001-20261122-0001"


def test_what_was_written_stays(journal: Journal, tmp_path: Path) -> None:
    journal.end(journal.begin("receipt", NOW), NOW, Proof.DRAINED, 800)
    with sqlite3.connect(tmp_path / "state" / "printing.sqlite3") as other:
        for table, change in (("slip", "kind = ''"), ("attempt", "dots = 1")):
            with pytest.raises(sqlite3.IntegrityError):
                other.execute(f"update {table} set {change}")
            with pytest.raises(sqlite3.IntegrityError):
                other.execute(f"delete from {table}")
    other.close()


def test_several_hands_at_once_get_different_numbers(journal: Journal) -> None:
    with ThreadPoolExecutor(8) as hands:
        numbers = list(hands.map(lambda _: journal.begin("receipt", NOW).number, range(40)))
    assert len(set(numbers)) == 40


def test_killed_after_any_number_it_never_gives_that_number_again(tmp_path: Path) -> None:
    path = tmp_path / "printing.sqlite3"
    child = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from kiosk.printing.journal import Journal\n"
        f"journal = Journal(Path({str(path)!r}), 'ZD-0001')\n"
        "while True: print(journal.begin('receipt', datetime(2026, 11, 22)).number, flush=True)\n"
    )
    given: list[str] = []
    for seen in (1, 3, 7):
        with subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            given += [process.stdout.readline().strip() for _ in range(seen)]
            os.kill(process.pid, signal.SIGKILL)
            given += process.stdout.read().split()
    given.append(Journal(path, "ZD-0001").begin("receipt", NOW).number)
    whole = [number for number in given if len(number) == len("ZD-0001-20261122-0001")]
    assert len(whole) == len(set(whole)) >= 11


def test_the_longest_of_the_newest_whole_slips_is_told(journal: Journal) -> None:
    assert journal.longest_dots("receipt") == 0
    for dots, proof in ((900, Proof.DRAINED), (2_000, Proof.SENT), (700, Proof.TAKEN)):
        journal.end(journal.begin("receipt", NOW), NOW, proof, dots)
    journal.end(journal.begin("guide", NOW), NOW, Proof.DRAINED, 5_000)
    assert journal.longest_dots("receipt") == 900


def test_the_roll_is_kept(journal: Journal, tmp_path: Path) -> None:
    journal.keep_roll(Roll().fed(1_234))
    journal.close()
    assert Journal(tmp_path / "state" / "printing.sqlite3", "ZD-0001").roll() == Roll().fed(1_234)


def test_a_broken_file_is_told_and_nothing_is_numbered(tmp_path: Path) -> None:
    path = tmp_path / "printing.sqlite3"
    path.write_bytes(b"not a database at all, not even nearly" * 200)
    with pytest.raises(JournalFailed):
        Journal(path, "ZD-0001").begin("receipt", NOW)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(JournalFailed):
        Journal(tmp_path / "state" / "printing.sqlite3", "ZD-0001").roll()
