"""What ``appears`` promises: it returns when a path is there, however it comes, and no sooner."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.presence import appears, leaves
from drivers.simulated.idreader import SimulatedIdReader

LIMIT_S = 30.0


def descriptors() -> list[str]:
    """What this process holds open."""
    return os.listdir("/proc/self/fd")  # noqa: PTH208 - as names, to be compared


async def waiting_for(path: Path) -> asyncio.Task[None]:
    """Return a task that waits for ``path`` and has begun to."""
    task = asyncio.create_task(appears(path))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not task.done()
    return task


async def undisturbed(task: asyncio.Task[None]) -> None:
    """Let everything that happened so far arrive at ``task``, and see it wait all the same."""
    marker = asyncio.create_task(appears(Path("/proc/self")))
    await marker
    for _ in range(20):
        await asyncio.sleep(0)
    assert not task.done()


async def arrives(task: asyncio.Task[None]) -> None:
    async with asyncio.timeout(LIMIT_S):
        await task


async def test_what_is_there_is_seen_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "port").touch()
    (tmp_path / "link").symlink_to("port")
    for path in (tmp_path, tmp_path / "port", tmp_path / "link", Path("/"), Path("port"), Path("../") / tmp_path.name):
        await arrives(asyncio.create_task(appears(path)))


async def test_folders_may_come_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "serial/by-path/usb/port"
    task = await waiting_for(path)
    for folder in reversed(path.parents[:3]):
        folder.mkdir()
        await undisturbed(task)
    path.touch()
    await arrives(task)


async def test_a_whole_tree_may_come_at_once(tmp_path: Path) -> None:
    task = await waiting_for(tmp_path / "serial/by-path/port")
    made = tmp_path / "made/by-path"
    made.mkdir(parents=True)
    (made / "port").touch()
    (tmp_path / "made").rename(tmp_path / "serial")
    await arrives(task)


async def test_what_has_another_name_changes_nothing(tmp_path: Path) -> None:
    task = await waiting_for(tmp_path / "port")
    (tmp_path / "other").touch()
    (tmp_path / "port.new").touch()
    await undisturbed(task)
    (tmp_path / "port.new").rename(tmp_path / "port")
    await arrives(task)


async def test_a_folder_may_go_and_come_again(tmp_path: Path) -> None:
    folder = tmp_path / "by-path"
    folder.mkdir()
    task = await waiting_for(folder / "port")
    folder.rmdir()
    await undisturbed(task)
    folder.mkdir()
    await undisturbed(task)
    (folder / "port").touch()
    await arrives(task)


async def test_a_folder_put_in_place_of_the_watched_one_counts(tmp_path: Path) -> None:
    (tmp_path / "by-path").mkdir()
    task = await waiting_for(tmp_path / "by-path/port")
    (tmp_path / "by-path").rename(tmp_path / "old")
    (tmp_path / "old/port").touch()
    await undisturbed(task)
    (tmp_path / "new").mkdir()
    (tmp_path / "new/port").touch()
    (tmp_path / "new").rename(tmp_path / "by-path")
    await arrives(task)


@pytest.mark.parametrize("absolute", [True, False])
async def test_a_link_to_what_comes_later_waits_for_it(tmp_path: Path, *, absolute: bool) -> None:
    (tmp_path / "serial/by-path").mkdir(parents=True)
    link = tmp_path / "serial/by-path/usb"
    link.symlink_to(tmp_path / "ttyUSB0" if absolute else "../../ttyUSB0")
    task = await waiting_for(link)
    (tmp_path / "ttyUSB1").touch()
    await undisturbed(task)
    (tmp_path / "ttyUSB0").touch()
    await arrives(task)


async def test_a_link_may_be_replaced_by_one_that_points_elsewhere(tmp_path: Path) -> None:
    link, fresh = tmp_path / "idreader", tmp_path / "fresh"
    link.symlink_to("nowhere")
    (tmp_path / "somewhere").touch()
    task = await waiting_for(link)
    fresh.symlink_to("somewhere")
    fresh.replace(link)
    await arrives(task)


async def test_links_that_go_round_in_circles_are_waited_for_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    task = await waiting_for(tmp_path / "a")
    (tmp_path / "b").unlink()
    (tmp_path / "b").touch()
    await arrives(task)


async def test_a_file_in_the_way_is_waited_away(tmp_path: Path) -> None:
    (tmp_path / "by-path").touch()
    task = await waiting_for(tmp_path / "by-path/port")
    (tmp_path / "by-path").unlink()
    (tmp_path / "by-path").mkdir()
    (tmp_path / "by-path/port").touch()
    await arrives(task)


async def test_nothing_can_come_between_looking_and_watching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = Path.readlink
    path = tmp_path / "by-path/port"
    arrivals: list[Callable[[], None]] = [path.touch, path.parent.mkdir]

    def after_a_look(entry: Path) -> Path:
        try:
            return look(entry)
        except FileNotFoundError:
            if arrivals:
                arrivals.pop()()  # the moment after it was not there
            raise

    monkeypatch.setattr(Path, "readlink", after_a_look)
    await arrives(asyncio.create_task(appears(path)))


async def test_who_gives_up_leaves_nothing_open(tmp_path: Path) -> None:
    before = descriptors()
    for _ in range(3):
        task = await waiting_for(tmp_path / "port")
        task.cancel()
        await asyncio.wait([task])
    assert descriptors() == before


async def test_without_watches_to_be_had_it_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left() -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("drivers.presence.Inotify", none_left)
    task = await waiting_for(tmp_path / "port")
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()


async def test_a_simulated_port_is_seen_when_it_is_plugged_in(tmp_path: Path) -> None:
    module = SimulatedIdReader(tmp_path / "dev/idreader", {}, pace=0)
    task = await waiting_for(tmp_path / "dev/idreader")
    await module.start()
    await arrives(task)
    await module.unplug()
    task = await waiting_for(tmp_path / "dev/idreader")
    await module.plug()
    await arrives(task)
    await module.stop()


async def test_what_goes_is_missed_however_it_goes(tmp_path: Path) -> None:
    def through_link() -> Path:
        (tmp_path / "node").touch()
        (tmp_path / "by-path").symlink_to("node")
        return tmp_path / "by-path"

    def in_folder() -> Path:
        (tmp_path / "bus/usb").mkdir(parents=True)
        (tmp_path / "bus/usb/port").touch()
        return tmp_path / "bus/usb/port"

    goings: tuple[tuple[Callable[[], Path], Callable[[], object]], ...] = (
        (through_link, lambda: (tmp_path / "by-path").unlink()),
        (through_link, lambda: (tmp_path / "node").unlink()),
        (through_link, lambda: (tmp_path / "node").rename(tmp_path / "other")),
        (in_folder, lambda: (tmp_path / "bus").rename(tmp_path / "away")),
    )
    for comes, goes in goings:
        for left in tmp_path.iterdir():  # noqa: ASYNC240 - a folder of this test, nothing slow
            left.unlink()
        task = asyncio.create_task(leaves(comes()))
        (tmp_path / "neighbour").touch()
        (tmp_path / "neighbour").unlink()
        await undisturbed(task)
        goes()
        await arrives(task)


async def test_what_is_not_there_is_missed_at_once(tmp_path: Path) -> None:
    before = descriptors()
    await arrives(asyncio.create_task(leaves(tmp_path / "nothing")))
    assert descriptors() == before
