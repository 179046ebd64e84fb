"""The examples in a control's YAML, as QML that shows them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CONTROLS = Path(__file__).parents[1] / "controls"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")

_ENUM = re.compile(r"[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One picture of one control.

    Attributes:
        control: Name of the QML type.
        name: Name of the example in the control's YAML.
        size_mm: Width and height; a height of 0 asks the control.
        values: Property to value; a mapping of languages where the words differ.
    """

    control: str
    name: str
    size_mm: tuple[float, float]
    values: dict[str, Any]

    def in_language(self, language: str) -> dict[str, Any]:
        """Return the values with the words of ``language``."""
        return {
            name: value[language] if isinstance(value, dict) and set(value) == set(LANGUAGES) else value
            for name, value in self.values.items()
        }

    def as_qml(self, language: str) -> str:
        """Return a QML document showing the example on the surface of the theme, with a margin around it."""
        width, height = self.size_mm
        lines = [f"width: {width} * Theme.mm"]
        if height:
            lines.append(f"height: {height} * Theme.mm")
        lines += [f"{name}: {_literal(value)}" for name, value in self.in_language(language).items()]
        body = "\n        ".join(lines)
        margin = 0 if self.control == "PageFrame" else 4
        control = f"{self.control} {{\n        id: shown\n        {body}\n    }}"
        if self.control == "FocusRing":
            # it lays itself around what it stands in
            values = "\n".join(lines[1 + bool(height) :])
            control = f"Item {{\n id: shown\n{lines[0]}\n{lines[1]}\nFocusRing {{\n{values}\n}}\n}}"
        return (
            "import QtQuick\nimport ui.theme\nimport ui.controls\n"
            "Rectangle {\n    color: Theme.surface\n"
            f"    width: shown.width + {2 * margin} * Theme.mm\n    height: shown.height + {2 * margin} * Theme.mm\n"
            f"    Item {{ x: {margin} * Theme.mm; y: {margin} * Theme.mm\n    {control}\n    }}\n}}\n"
        )


def _literal(value: object) -> str:
    if isinstance(value, str) and _ENUM.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def contract(control: str) -> dict[str, Any]:
    """Return the YAML of ``control``."""
    loaded: dict[str, Any] = yaml.safe_load((CONTROLS / control / f"{control}.yaml").read_text(encoding="utf-8"))
    return loaded


def control_names() -> list[str]:
    """Return every control that has a folder."""
    return sorted(folder.name for folder in CONTROLS.iterdir() if (folder / f"{folder.name}.qml").is_file())


def examples(control: str) -> list[Example]:
    """Return the examples of ``control``."""
    described = contract(control)
    found = []
    for name, values in described["examples"].items():
        width, height = values.get("size_mm", described.get("size_mm", [120, 0]))
        rest = {key: value for key, value in values.items() if key != "size_mm"}
        found.append(Example(control=control, name=name, size_mm=(width, height), values=rest))
    return found
