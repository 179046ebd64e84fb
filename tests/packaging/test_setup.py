"""The scripts around the kiosk do what they say, and what they install is written down with its reason."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"


def packages() -> list[list[str]]:
    lines = (PACKAGING / "system-packages.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(maxsplit=2) for line in lines if line.strip() and not line.startswith("#")]


def pins(name: str) -> dict[str, str]:
    text = (PACKAGING / "requirements" / name).read_text(encoding="ascii")
    return {package: rest.strip(" \\") for package, rest in re.findall(r"^([a-z0-9-]+)==(.*)$", text, re.MULTILINE)}


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A tree with the real setup script, on a machine whose packages are all missing and whose apt-get fails."""
    (tmp_path / "tree" / "packaging" / "requirements").mkdir(parents=True)
    for name in ("setup", "system-packages.txt", "requirements/run.txt"):
        shutil.copy(PACKAGING / name, tmp_path / "tree" / "packaging" / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "tree")
    programs = tmp_path / "bin"
    programs.mkdir()
    apt = f'#!/bin/sh\necho "$@" >> {tmp_path}/apt\necho "E: no network today"\nexit 100\n'
    for name, text in (("apt-get", apt), ("dpkg-query", "#!/bin/sh\nexit 1\n"), ("sudo", '#!/bin/sh\nexec "$@"\n')):
        (programs / name).write_text(text, encoding="ascii")
        (programs / name).chmod(0o755)
    return tmp_path


def setup(machine: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / "tree" / "packaging" / "setup", *arguments],
        env=os.environ | {"PATH": f"{machine / 'bin'}:{os.environ['PATH']}"} | environ,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_each_system_package_has_a_moment_and_a_reason() -> None:
    assert len(packages()) > 20
    for package, when, reason in packages():
        assert re.fullmatch(r"[a-z0-9.+-]+", package)
        assert when in {"always", "debian-python", "test"}
        assert len(reason) > 3


def test_no_system_package_is_named_twice() -> None:
    names = [package for package, *_ in packages()]
    assert len(names) == len(set(names))


def test_the_checks_run_on_what_the_kiosk_runs_on() -> None:
    run, dev = pins("run.txt"), pins("dev.txt")
    assert len(run) > 40
    assert {name: dev.get(name) for name in run} == run


def test_every_requirement_is_pinned_with_a_hash() -> None:
    for name in ("run.txt", "dev.txt"):
        text = (PACKAGING / "requirements" / name).read_text(encoding="ascii")
        blocks = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
        assert all("==" in block and "--hash=sha256:" in block for block in blocks)


def test_no_registry_is_written_down() -> None:
    for file in (*PACKAGING.rglob("*"), ROOT / "pyproject.toml"):
        if file.is_file():
            assert not re.search(r"--(extra-)?index-url|--find-links", file.read_text(encoding="utf-8")), file


def test_a_failing_installation_shows_why_and_what_to_do(machine: Path) -> None:
    done = setup(machine, "run")
    assert done.returncode == 1
    assert "E: no network today" in done.stderr
    assert "start again: it goes on where it stopped" in done.stderr
    assert not (machine / "tree" / ".venv").exists()
    assert (machine / "apt").read_text().strip() == "-q -y update"


def test_setup_says_what_it_installs(machine: Path) -> None:
    (machine / "bin" / "apt-get").write_text(f'#!/bin/sh\necho "$@" >> {machine}/apt\ntest "$3" = update\n', "ascii")
    assert setup(machine, "run").returncode == 1
    update, install = (machine / "apt").read_text().splitlines()
    assert update == "-q -y update"
    assert install.startswith("-q -y install --no-install-recommends ")
    wanted = {package for package, when, _ in packages() if when == "always"}
    assert wanted <= set(install.split())
    assert "shellcheck" not in install


def test_a_python_too_old_is_named_with_the_cure(machine: Path) -> None:
    old = machine / "bin" / "oldpython"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    old.chmod(0o755)
    done = setup(machine, "run", KIOSK_PYTHON=str(old))
    assert done.returncode == 1
    assert "is no Python 3.11 or later" in done.stderr


def test_setup_without_a_purpose_says_which_there_are(machine: Path) -> None:
    done = setup(machine)
    assert done.returncode == 1
    assert "packaging/setup run, or packaging/setup test" in done.stderr


def test_what_is_ready_already_takes_no_time(machine: Path) -> None:
    tree = machine / "tree"
    (tree / ".venv" / "bin").mkdir(parents=True)
    for name in ("kiosk", "python"):
        (tree / ".venv" / "bin" / name).write_text("#!/bin/sh\n", encoding="ascii")
        (tree / ".venv" / "bin" / name).chmod(0o755)
    files = ["packaging/setup", "packaging/system-packages.txt", "packaging/requirements/run.txt", "pyproject.toml"]
    sums = subprocess.run(["sha256sum", *files], cwd=tree, capture_output=True, text=True, check=True).stdout
    (tree / ".venv" / ".setup-run").write_text(f"{sums}{tree}\n", encoding="utf-8")
    done = setup(machine, "run")
    assert (done.returncode, done.stderr) == (0, "")
    assert not (machine / "apt").exists()
    with (tree / "pyproject.toml").open("a", encoding="utf-8") as changed:
        changed.write("# changed\n")
    assert setup(machine, "run").returncode == 1
    assert (machine / "apt").exists()
