"""Writes the types Python defines for QML, so that qmllint knows them: ``<package>/<module>.qmltypes`` beside a qmldir.

The chain is PySide's own: metaobjectdump reads the Python source, qmltyperegistrar writes the types. Its traps
(6.11.3): a base class must come before its subclass, ``inputFile`` must be relative, annotated signals and
``constant=True`` vanish, and ``Property(list[str])`` or ``from . import x`` end the dumper.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import PySide6

ROOT = Path(__file__).parents[2]
METATYPES = Path(PySide6.__path__[0]) / "Qt" / "metatypes"
FOREIGN = ("core", "qml", "gui", "quick")

_IMPORT_NAME = re.compile(r'^QML_IMPORT_NAME = "([\w.]+)"', re.MULTILINE)
_CLASS = re.compile(r"^class (\w+)\(([^)]*)\):", re.MULTILINE)
_ANNOTATED_SIGNAL = re.compile(r"^\s+\w+: [\w\[\]]*Signal\w*[^=\n]*= Signal\(", re.MULTILINE)


def fail(message: str) -> None:
    """Say what is wrong and end."""
    sys.exit(f"build-qml-types: {message}")


def modules() -> dict[str, list[Path]]:
    """Return the Python files of each QML module: those that name it and those with its base classes."""
    named: dict[str, list[Path]] = {}
    for path in sorted((ROOT / "ui").rglob("*.py")):
        found = _IMPORT_NAME.search(path.read_text(encoding="utf-8"))
        if found:
            named.setdefault(found[1], []).append(path)
    for module, paths in named.items():
        wanted = {base for path in paths for _, base in _classes(path)}
        for path in sorted(folder(module).glob("*.py")):
            if path not in paths and wanted & {name for name, _ in _classes(path)}:
                paths.append(path)
    return named


def folder(module: str) -> Path:
    """Return the folder of the QML module ``module``."""
    return ROOT.joinpath(*module.split("."))


def _classes(path: Path) -> list[tuple[str, str]]:
    source = path.read_text(encoding="utf-8")
    annotated = _ANNOTATED_SIGNAL.search(source)
    if annotated:
        line = source.count("\n", 0, annotated.end()) + 1
        fail(f"{path.relative_to(ROOT)}:{line}: an annotated signal is invisible to QML; take the annotation away")
    return [(name, base.strip()) for name, bases in _CLASS.findall(source) for base in bases.split(",")]


def constants(path: Path) -> set[tuple[str, str]]:
    """Return class and name of each ``@Property(…, constant=True)``: the dumper leaves that word out."""
    return {
        (one.name, function.name)
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(one, ast.ClassDef)
        for function in one.body
        if isinstance(function, ast.FunctionDef)
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        and any(word.arg == "constant" and ast.unparse(word.value) == "True" for word in decorator.keywords)
    }


def dump(paths: list[Path]) -> list[dict[str, Any]]:
    """Return what the dumper says of ``paths``, as one entry a class, bases first, QObjects only."""
    tool = Path(sys.executable).with_name("pyside6-metaobjectdump")
    command = [str(tool), "-q", *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own files
    if run.returncode:
        fail(
            f"metaobjectdump ended on one of {', '.join(str(path.relative_to(ROOT)) for path in paths)}:\n{run.stderr}"
        )
    loaded = json.loads(run.stdout)
    entries: list[dict[str, Any]] = loaded if isinstance(loaded, list) else [loaded]
    waiting = [
        {**entry, "inputFile": str(Path(entry["inputFile"]).relative_to(ROOT)), "classes": [one]}
        for entry in entries
        for one in entry["classes"]
        if one.get("superClasses")
    ]
    constant = set().union(*(constants(path) for path in paths))
    for entry in waiting:
        for one in entry["classes"][0].get("properties", ()):
            one["constant"] = (entry["classes"][0]["className"], one["name"]) in constant
    own = {entry["classes"][0]["className"] for entry in waiting}
    ordered: list[dict[str, Any]] = []
    placed: set[str] = set()
    while waiting:
        ready = [
            entry
            for entry in waiting
            if all(base["name"] in placed or base["name"] not in own for base in entry["classes"][0]["superClasses"])
        ]
        if not ready:
            fail("classes inherit in a circle: " + ", ".join(entry["classes"][0]["className"] for entry in waiting))
        for entry in ready:
            # the dumper does not know a base class of another file for a QObject
            entry["classes"][0]["object"] = True
        ordered += ready
        placed |= {entry["classes"][0]["className"] for entry in ready}
        waiting = [entry for entry in waiting if entry not in ready]
    return ordered


def build(module: str, paths: list[Path]) -> Path:
    """Write the types of ``module`` and return the file."""
    target = folder(module)
    qmldir = target / "qmldir"
    wanted = f"typeinfo {target.name}.qmltypes"
    if not qmldir.is_file() or wanted not in qmldir.read_text(encoding="utf-8").splitlines():
        fail(f"{qmldir.relative_to(ROOT)}: write the lines 'module {module}' and '{wanted}' there")
    types = target / f"{target.name}.qmltypes"
    with tempfile.TemporaryDirectory() as temporary:
        merged = Path(temporary) / "types.json"
        merged.write_text(json.dumps(dump(paths)), encoding="utf-8")
        command = [
            str(Path(sys.executable).with_name("pyside6-qmltyperegistrar")),
            f"--generate-qmltypes={types}",
            f"--import-name={module}",
            "--major-version=1",
            "--minor-version=0",
            "--foreign-types=" + ",".join(str(METATYPES / f"qt6{name}_metatypes.json") for name in FOREIGN),
            "-o",
            str(Path(temporary) / "registration.cpp"),
            str(merged),
        ]
        run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own files
    if run.returncode or not types.is_file():
        fail(f"qmltyperegistrar could not write {types.relative_to(ROOT)}:\n{run.stderr}")
    return types


def main() -> int:
    """Write the types of every module Python defines types for."""
    for module, paths in modules().items():
        sys.stdout.write(f"{build(module, paths).relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
