"""What is written down is true: commands exist, links lead somewhere, every package tells its story."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.__main__ import _parser, main
from kiosk.settings import load

ROOT = Path(__file__).parents[1]
LISTED = subprocess.run(["git", "ls-files", "-z", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
DOCUMENTS = [Path(name) for name in LISTED.split("\0") if name and (ROOT / name).exists()]
COMMANDS = (
    "run",
    "device",
    "diagnose",
    "catalogue",
    "licence",
    "speech",
    "backend",
    "devices",
    "terminal",
    "demo",
    "gallery",
    "version",
)
READMES = (Path("README.md"), Path("README.zh-CN.md"))
PICTURES = ROOT / "assets" / "pictures"


def text(document: Path) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def anchors(document: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", text(document), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_links_lead_somewhere(document: Path) -> None:
    without_code = re.sub(r"```.*?```|`[^`\n]*`", "", text(document), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (ROOT / document).parent / path if path else ROOT / document
        assert there.exists(), f"{document}: {target}"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there.resolve().relative_to(ROOT)), f"{document}: {target}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_commands_that_are_shown_exist(document: Path) -> None:
    shown = re.findall(r"(?:^|[`\s])(?:\.venv/bin/)?kiosk ([a-z]+)\b", _code(text(document)), re.MULTILINE)
    assert set(shown) <= set(COMMANDS), document
    scripts = re.findall(r"(?:^|[`\s])packaging/([a-z]+)(?![\w/.-])", _code(text(document)), re.MULTILINE)
    assert all((ROOT / "packaging" / name).exists() for name in scripts), document


def commands(document: Path) -> set[str]:
    """What the fenced blocks of a document say to type, without what explains it."""
    blocks = re.findall(r"^( *)```sh\n(.*?)^\1```", text(document), re.MULTILINE | re.DOTALL)
    lines = (line.partition("#")[0].split() for _, block in blocks for line in block.splitlines())
    return {" ".join(line) for line in lines if line}


def test_both_readmes_say_to_type_the_same() -> None:
    english, chinese = map(commands, READMES)
    assert {"packaging/run", "packaging/test", ".venv/bin/kiosk catalogue check"} <= english
    assert english <= chinese, english - chinese
    assert {line.split()[0] for line in chinese - english} <= {"packaging/run"}, "settings are the deployers' own"


@pytest.mark.parametrize("document", READMES, ids=str)
def test_commands_of_a_readme_are_understood(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    understood: list[str] = []
    monkeypatch.setattr(argparse.ArgumentParser, "error", lambda _, message: pytest.fail(message))
    for line in sorted(commands(document)):
        program, *arguments = line.split()
        assert (ROOT / program).exists() or program == ".venv/bin/kiosk", line
        if program == ".venv/bin/kiosk":
            given = _parser(arguments[0]).parse_args(arguments)
        elif program == "packaging/run":
            given = _parser("run").parse_args(["run", *arguments])
        else:
            continue
        understood.append(line)
        journey = getattr(given, "journey", None)
        assert journey is None or (ROOT / "assets" / "demo" / f"{journey}.yaml").exists(), line
    assert understood


@pytest.mark.parametrize("document", READMES, ids=str)
def test_a_readme_names_every_folder(document: Path) -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    folders = {name.split("/")[0] for name in tracked.split("\0") if "/" in name and not name.startswith(".")}
    missing = {folder for folder in folders if f"[{folder}/]({folder}/" not in text(document)}
    assert not missing


@pytest.mark.parametrize("document", [Path("README.zh-CN.md"), Path("assets/settings/README.md")], ids=str)
def test_settings_shown_as_an_example_are_good(document: Path, tmp_path: Path) -> None:
    (tmp_path / "crest.svg").write_text("<svg/>", encoding="utf-8")
    examples = re.findall(r"```toml\n(.*?)```", text(document), re.DOTALL)
    assert examples
    for number, example in enumerate(examples):
        file = tmp_path / f"{number}.toml"
        file.write_text(example, encoding="utf-8")
        assert load(file).terminal.id == "CITY-0042"


def test_both_readmes_link_the_same_places() -> None:
    def places(document: Path) -> set[str]:
        targets = re.findall(r"\]\(([^)\s#]+)[^)]*\)", text(document))
        return {re.sub(r"-(en|zh-Hans)\.png$", ".png", target) for target in targets if target.startswith("assets/")}

    english, chinese = map(places, READMES)
    assert {target for target in english if target.endswith(".png")} <= chinese
    assert chinese <= english


def test_pictures_are_small_and_shown() -> None:
    pictures = sorted(PICTURES.iterdir())
    shown = "".join(map(text, READMES))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 120_000] == []
    assert sum(picture.stat().st_size for picture in pictures) < 1_500_000
    assert [picture.name for picture in pictures if f"assets/pictures/{picture.name}" not in shown] == []


def test_versions_in_the_table_of_licences_are_the_locked_ones() -> None:
    locked = re.findall(r"^([\w.-]+)==([\w.]+)", text(Path("packaging/requirements/run.txt")), re.MULTILINE)
    told = re.findall(r"^\| ([\w-]+) \| (\d[\w.]*)", text(Path("README.md")), re.MULTILINE)
    assert len(told) > 20
    assert [pair for pair in told if pair not in locked] == []
    direct = re.findall(
        r'^    "([\w-]+)(?:\[\w+\])?[=>]', text(Path("pyproject.toml")).partition("[project.optional")[0], re.MULTILINE
    )
    assert {name.lower() for name in direct} <= {name for name, _ in told}


def _code(document: str) -> str:
    """The parts of a document that are shown as code."""
    return "\n".join(
        block or inline for block, inline in re.findall(r"```sh\n(.*?)```|(`[^`\n]+`)", document, re.DOTALL)
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) >= 4


def test_the_list_of_commands_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = re.findall(r"^    ([a-z]+)\b", capsys.readouterr().out, re.MULTILINE)
    assert set(COMMANDS) <= set(listed)


def test_help_is_quick_to_come() -> None:
    code = "import sys, kiosk.__main__\ntry: kiosk.__main__.main(['--help'])\nfinally: print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    heavy = {"PySide6", "litestar", "sqlalchemy", "cv2", "yaml", "msgspec", "asyncio"}
    assert heavy.isdisjoint(ended.stdout.splitlines()[-1].split())


WALK = Path("drivers/README.md")


def excerpts() -> list[tuple[str, list[str]]]:
    """The code that drivers/README.md shows to teach a new driver: of which file, and its pieces between the gaps."""
    walk = text(WALK).partition("## A new device in an afternoon")[2]
    shown = re.findall(r"```(?:python|yaml)\n# ([\w/.-]+)\n(.*?)```", walk, re.DOTALL)
    assert len(shown) == len(re.findall(r"^```\w", walk, re.MULTILINE)), "an excerpt does not say of which file it is"
    return [(file, re.split(r"^…\n", code, flags=re.MULTILINE)) for file, code in shown]


def test_the_driver_that_is_taught_is_the_driver_there_is() -> None:
    taught = excerpts()
    files = {file for file, _ in taught}
    for part in ("api.py", "drivers/simulated/", "tests/drivers/", "installed.py", "model.py", "sentences.yaml"):
        assert any(part in file for file in files), part
    for file, pieces in taught:
        rest = text(Path(file))
        for piece in pieces:
            _, found, rest = rest.partition(piece)
            assert piece.strip(), file
            assert found, f"{file} does not say, or not in this order: {piece}"


DRIVERS = sorted(path.parent for path in (ROOT / "drivers").glob("*/__init__.py"))
SECTIONS = ("Facts", "Wiring", "[Ss]ettings", "Faults", "Quality", "Try")
NO_WIRE_OF_ITS_OWN = {"simulated", "traffic"}
"""Packages that are no device: their facts, wiring and settings are those of the drivers whose wires they stand at."""


@pytest.mark.parametrize("package", DRIVERS, ids=lambda package: package.name)
def test_the_readme_of_a_driver_has_what_whoever_comes_next_needs(package: Path) -> None:
    readme = text((package / "README.md").relative_to(ROOT))
    titles = re.findall(r"^## (.+)$", readme, re.MULTILINE)
    wanted = SECTIONS if package.name not in NO_WIRE_OF_ITS_OWN else SECTIONS[-2:]
    assert [section for section in wanted if not any(re.search(section, title) for title in titles)] == []
    quality = re.split(r"^## ", readme.partition("\n## Quality")[2], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\|.*\|$", quality, re.MULTILINE)
    ]
    assert len(rows) > 5
    for rule, state, *reason in rows[2:]:
        assert re.match(r"(\*\*)?(done|todo|exempt)\b", state), f"{package.name}: {rule}: {state}"
        assert state == "done" or any(reason), f"{package.name}: {rule} is {state} without a reason"
