"""The compiled catalogue says what the files say, or the files are read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue import BASKET, Catalogue, CatalogueError, load, loading, opening
from kiosk.catalogue.compiled import FORMAT, Header, NotCompiled, header_of, packed, unpacked
from kiosk.catalogue.loading import read
from kiosk.catalogue.tables import decide_seen
from kiosk.forms import Answers

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 3, 31)
LATER_NS = 10_000_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "catalogue"))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the folders whose files were read."""
    seen: list[Path] = []

    def noted(root: Path) -> Any:
        seen.append(root)
        return read(root)

    monkeypatch.setattr(loading, "read", noted)
    return seen


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be some time after the last change of any file."""
    now_ns = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now_ns() + LATER_NS)


def compiled_of(root: Path) -> tuple[Catalogue, Catalogue]:
    from_files, found = read(root)
    content = packed(from_files.contents, digest=found.digest, made_with="test", stamp="")
    return from_files, Catalogue(unpacked(content))


def assert_same(compiled: Catalogue, from_files: Catalogue) -> None:
    for name in ("elements", "items", "one_things", "materials", "departments", "licences", "registers", "repeats"):
        ours, theirs = getattr(compiled, name), getattr(from_files, name)
        assert list(ours) == list(theirs)
        assert dict(ours) == dict(theirs)
        assert repr(dict(ours)) == repr(dict(theirs))  # a list is no tuple, 1 is not true
    assert compiled.version == from_files.version
    assert compiled.sections == from_files.sections
    assert compiled.stages == from_files.stages
    assert compiled.divisions.roots == from_files.divisions.roots
    assert compiled.types == from_files.types
    assert compiled.services() == from_files.services()
    for name, table in from_files.tables.items():
        assert compiled.tables[name].table == table.table
        sources = [(column.source, column.names) for column in compiled.tables[name].inputs]
        assert sources == [(column.source, column.names) for column in table.inputs]
        assert all(compiled.tables[name]._titles[each] == title for each, title in table._titles.items())
        for example in table.table.examples:
            assert decide_seen(compiled.tables[name], example.given) == decide_seen(table, example.given)


@pytest.mark.parametrize("root", [DATA, DATA.parents[3] / "assets" / "catalogue"], ids=["small", "delivered"])
def test_it_says_what_the_files_say(root: Path) -> None:
    from_files, compiled = compiled_of(root)
    assert_same(compiled, from_files)
    for identity in from_files.one_things:
        assert compiled.situation_form(identity) == from_files.situation_form(identity)
        assert compiled.matter(identity, Answers(), TODAY) == from_files.matter(identity, Answers(), TODAY)
    everything = list(from_files.items)
    assert compiled.merged(BASKET, everything, TODAY) == from_files.merged(BASKET, everything, TODAY)
    for service in from_files.services()[::7]:
        for query in (service.name.zh_hans, service.name.en, service.everyday[0], "shebao", "sb"):
            assert compiled.search(query) == from_files.search(query)


def test_records_are_made_once() -> None:
    _, compiled = compiled_of(DATA)
    assert compiled.items["old-age"] is compiled.items["old-age"]
    assert compiled.tables["old-age"] is compiled.tables["old-age"]
    assert "nothing" not in compiled.items
    with pytest.raises(KeyError):
        compiled.items["nothing"]


def test_the_files_are_read_once(folder: Path, cache: Path, reads: list[Path]) -> None:
    first = load(folder, cache=cache)
    second = load(folder, cache=cache)
    assert reads == [folder]
    assert_same(second, first)


@pytest.mark.usefixtures("settled")
def test_what_has_settled_is_not_even_opened(
    folder: Path, cache: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder, cache=cache)
    monkeypatch.setattr(opening, "digest_of", lambda _: pytest.fail("the files were opened"))
    assert set(load(folder, cache=cache).items) == {"birth", "housing", "old-age"}
    assert reads == [folder]


def test_what_changed_a_moment_ago_is_hashed_and_later_stamped(
    folder: Path, cache: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder, cache=cache)
    (place,) = cache.iterdir()
    assert header_of(place.read_bytes()).stamp == ""
    now_ns = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now_ns() + LATER_NS)
    load(folder, cache=cache)
    assert header_of(place.read_bytes()).stamp != ""
    assert reads == [folder]


@pytest.mark.usefixtures("settled")
def test_a_change_of_equal_length_and_time_is_seen(folder: Path, cache: Path) -> None:
    before = load(folder, cache=cache)
    file = folder / "departments.yaml"
    times = file.stat()
    file.write_text(file.read_text().replace("0000-1", "0000-3", 1))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    after = load(folder, cache=cache)
    assert after.version != before.version
    assert "0000-3" in {each.phone for each in after.departments.values()}


@pytest.mark.usefixtures("settled")
def test_files_that_come_and_go_are_seen(folder: Path, cache: Path, reads: list[Path]) -> None:
    load(folder, cache=cache)
    kept = folder / "materials" / "more.yaml"
    kept.write_text("# nothing yet\n")
    load(folder, cache=cache)
    kept.unlink()
    load(folder, cache=cache)
    assert len(reads) == 3


@pytest.mark.usefixtures("settled")
def test_files_that_were_only_touched_are_not_read_again(folder: Path, cache: Path, reads: list[Path]) -> None:
    load(folder, cache=cache)
    for file in folder.rglob("*.yaml"):
        os.utime(file)
    load(folder, cache=cache)
    assert reads == [folder]


def test_another_program_reads_the_files_itself(
    folder: Path, cache: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder, cache=cache)
    monkeypatch.setattr(opening, "_program", lambda: "another")
    load(folder, cache=cache)
    assert len(reads) == 2


def test_mistakes_are_told_every_time(folder: Path, cache: Path) -> None:
    file = folder / "departments.yaml"
    whole = file.read_text()
    file.write_text(whole.replace("phone", "phnoe", 1))
    for _ in range(2):
        with pytest.raises(CatalogueError, match="unknown key phnoe"):
            load(folder, cache=cache)
    file.write_text(whole)
    assert load(folder, cache=cache).departments


CONTENT = packed(read(DATA)[0].contents, digest="0" * 64, made_with="test", stamp="s")


@given(st.integers(0, len(CONTENT) - 1), st.integers(1, 255))
def test_no_damaged_byte_passes(place: int, change: int) -> None:
    damaged = bytearray(CONTENT)
    damaged[place] ^= change
    with pytest.raises(NotCompiled):
        unpacked(bytes(damaged))


@given(st.integers(0, len(CONTENT) - 1))
def test_no_half_file_passes(length: int) -> None:
    with pytest.raises(NotCompiled):
        unpacked(CONTENT[:length])


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda rest: CONTENT[:20] + rest))
def test_no_other_bytes_pass(content: bytes) -> None:
    with pytest.raises(NotCompiled):
        unpacked(content)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: content + b"more",
        lambda content: b"not at all",
    ],
    ids=["empty", "half", "a bit", "longer", "other"],
)
def test_a_damaged_file_is_silently_made_again(
    folder: Path, cache: Path, reads: list[Path], caplog: pytest.LogCaptureFixture, damage: Any
) -> None:
    whole = load(folder, cache=cache)
    (place,) = cache.iterdir()
    place.write_bytes(damage(place.read_bytes()))
    assert_same(load(folder, cache=cache), whole)
    assert_same(load(folder, cache=cache), whole)
    assert len(reads) == 2
    assert [record for record in caplog.records if record.levelname != "DEBUG"] == []


def test_another_format_is_not_read() -> None:
    with pytest.raises(NotCompiled, match="format"):
        header_of(CONTENT.replace(b"\xa6format" + bytes([FORMAT]), b"\xa6format" + bytes([FORMAT + 1]), 1))
    assert Header(digest="", made_with="").format == FORMAT


def test_a_folder_others_may_write_is_not_used(folder: Path, cache: Path, reads: list[Path]) -> None:
    cache.mkdir()
    cache.chmod(0o777)
    for _ in range(2):
        load(folder, cache=cache)
    assert len(reads) == 2
    assert list(cache.iterdir()) == []


def test_a_file_others_may_write_is_not_used(folder: Path, cache: Path, reads: list[Path]) -> None:
    load(folder, cache=cache)
    (place,) = cache.iterdir()
    place.chmod(0o666)
    load(folder, cache=cache)
    assert len(reads) == 2


def test_a_link_in_its_place_is_not_followed(folder: Path, cache: Path, tmp_path: Path, reads: list[Path]) -> None:
    load(folder, cache=cache)
    (place,) = cache.iterdir()
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    load(folder, cache=cache)
    assert len(reads) == 2
    assert not place.is_symlink()


def test_without_room_the_files_are_read(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    assert load(folder, cache=cache).items
    assert list(cache.iterdir()) == []


def test_without_a_home_the_files_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "cache_dir", lambda: None)
    assert load(folder).items


def test_a_cache_that_cannot_be_a_folder_is_none(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert load(folder, cache=tmp_path / "file" / "cache").items


def test_the_cache_is_below_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert opening.cache_dir() == tmp_path / "onething-kiosk" / "catalogue"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert opening.cache_dir() == tmp_path / ".cache" / "onething-kiosk" / "catalogue"


def test_old_ones_and_what_a_killed_process_left_are_removed(folder: Path, cache: Path) -> None:
    cache.mkdir(mode=0o700)
    for index in range(20):
        old = cache / f"{index:02}.compiled"
        old.write_bytes(b"")
        os.utime(old, (index, index))
    (cache / "left.tmp").write_bytes(b"")
    os.utime(cache / "left.tmp", (0, 0))
    (cache / "under-way.tmp").write_bytes(b"")
    load(folder, cache=cache)
    names = {each.name for each in cache.iterdir()}
    assert {"19.compiled", "under-way.tmp"} <= names
    assert len(names) == 9
    assert "left.tmp" not in names


def test_a_catalogue_that_changes_while_it_is_read_is_not_kept(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(root: Path) -> Any:
        found = read(root)
        with (root / "departments.yaml").open("a") as file:
            file.write("# one more line\n")
        return found

    monkeypatch.setattr(loading, "read", changing)
    load(folder, cache=cache)
    assert list(cache.iterdir()) == []


def test_opening_a_compiled_one_imports_no_yaml(folder: Path, cache: Path) -> None:
    load(folder, cache=cache)
    code = (
        "import sys; from pathlib import Path; from kiosk.catalogue import load; "
        f"found = load(Path({str(folder)!r}), cache=Path({str(cache)!r})); found.services(); "
        "found.merged('basket', list(found.items), __import__('datetime').date(2026, 3, 31)); "
        "print([m for m in ('yaml', 'opencc', 'pypinyin', 'kiosk.catalogue.reading', 'kiosk.catalogue.checking') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "[]"


def test_a_compiled_one_spells_no_pinyin(folder: Path, cache: Path) -> None:
    load(folder, cache=cache)
    code = (
        "import sys; from pathlib import Path; from kiosk.catalogue import load; "
        f"found = load(Path({str(folder)!r}), cache=Path({str(cache)!r})).search('laonian'); "
        "print('pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "False"
