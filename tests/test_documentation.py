"""What is written down is true: commands exist, links lead somewhere, every package tells its story."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.__main__ import main

ROOT = Path(__file__).parents[1]
LISTED = subprocess.run(["git", "ls-files", "-z", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
DOCUMENTS = [Path(name) for name in LISTED.split("\0") if name and (ROOT / name).exists()]
COMMANDS = ("run", "device", "catalogue", "licence", "backend", "devices", "terminal", "version")


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
    assert set(shown) <= {*COMMANDS, "demo"}, document
    scripts = re.findall(r"(?:^|[`\s])packaging/([a-z]+)(?![\w/.-])", _code(text(document)), re.MULTILINE)
    assert all((ROOT / "packaging" / name).exists() for name in scripts), document


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
