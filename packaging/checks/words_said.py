"""What the screen says, gathered from its sources: each string with its file, its line and the part it plays."""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
ENGLISH = ROOT / "ui" / "i18n" / "kiosk_en.ts"

BUTTONS = frozenset({"ActionButton", "UtilityButton", "JoinButton", "BasketButton"})
BUTTON_WORDS = frozenset({"primaryText", "secondaryText", "saveText", "firstText", "secondText", "thirdText"})
TITLES = frozenset({"title", "emptyTitle"})

_QML = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)"
    r'|qsTr\(\s*"(?P<said>(?:[^"\\]|\\.)*)"'
    r'|(?P<string>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<opened>(?:\b(?P<type>[A-Z]\w*)\s*)?\{)"
    r"|(?P<closed>\})"
    r"|^[ \t]*(?:readonly |required |default )*(?:property [\w<>.]+ )?(?P<property>[a-z]\w*(?:\.\w+)*)\s*:",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A string people read."""

    path: Path
    line: int
    words: str
    """In Simplified Chinese."""
    english: str
    part: str
    """``button``, ``title`` or ``sentence``."""
    context: str
    """Who says it: the page, the view model, the code."""
    looked_through: bool = False
    """Whether the page explains words of offices in it: title, reason and advice of every page are looked through."""

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def translations() -> dict[tuple[str, str], str]:
    """Return the English by context and source."""
    found = {}
    for context in ET.parse(ENGLISH).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            words = message.find("translation")
            found[context.findtext("name", ""), message.findtext("source", "")] = (
                "" if words is None else "".join(words.itertext())
            )
    return found


def from_qml(path: Path, english: dict[tuple[str, str], str]) -> Iterator[Said]:
    """Yield what a QML file says. The part a string plays is told by the property and the type it stands in."""
    text = path.read_text(encoding="utf-8")
    types: list[str] = []
    properties: list[str] = [""]
    for token in _QML.finditer(text):
        if token["opened"]:
            # a brace without a type belongs to an expression: it stays with its property
            types.append(token["type"] or (types[-1] if types else ""))
            properties.append("" if token["type"] else properties[-1])
        elif token["closed"] and types:
            types.pop()
            properties.pop()
        elif token["property"]:
            properties[-1] = token["property"]
        elif token["said"] is not None:
            words = ast.literal_eval(f'"{token["said"]}"')
            name = properties[-1]
            inside = types[-1] if types else ""
            if name in BUTTON_WORDS or (inside in BUTTONS and name in {"text", "spokenName"}):
                part = "button"
            elif name in TITLES:
                part = "title"
            else:
                part = "sentence"
            yield Said(
                path=path,
                line=text.count("\n", 0, token.start()) + 1,
                words=words,
                english=english.get((path.stem, words), ""),
                part=part,
                context=path.stem,
                looked_through=inside == "Page" and name in {"title", "why"},
            )


def from_python(path: Path, english: dict[tuple[str, str], str]) -> Iterator[Said]:
    """Yield what a module of view models says with ``tr``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    by_source: dict[str, list[tuple[str, str]]] = {}
    for (context, source), words in english.items():
        by_source.setdefault(source, []).append((context, words))
    inside = {
        id(inner): node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    classes = {
        id(inner): node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        constants = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if called == "translate" and len(constants) > 1:
            context, words = constants[:2]
        elif called == "tr" and constants:
            context, words = classes.get(id(node), ""), constants[0]
        else:
            continue
        known = dict(by_source.get(words, ()))
        name = inside.get(id(node), "")
        yield Said(
            path=path,
            line=node.lineno,
            words=words,
            english=known.get(context) or next(iter(known.values()), ""),
            part="button" if name in BUTTON_WORDS | {"addText"} else "title" if name in TITLES else "sentence",
            context=context or path.stem,
        )


def from_texts(path: Path) -> Iterator[Said]:
    """Yield the texts of a YAML file that are in three languages; a technician's are not, and are left out."""
    yield from _texts(path, yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), ())


def _texts(path: Path, node: yaml.Node | None, keys: tuple[str, ...]) -> Iterator[Said]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _texts(path, item, keys)
    if not isinstance(node, yaml.MappingNode):
        return
    values = {key.value: value for key, value in node.value}
    if {"zh-Hans", "zh-Hant", "en"} <= values.keys():
        yield Said(
            path=path,
            line=values["zh-Hans"].start_mark.line + 1,
            words=values["zh-Hans"].value,
            english=values["en"].value,
            part="title" if keys and keys[-1] == "title" else "sentence",
            context=".".join(keys) or path.stem,
            looked_through=path.name == "sentences.yaml",
        )
    for key, value in values.items():
        yield from _texts(path, value, (*keys, str(key)))


def screen() -> list[Said]:
    """Return what the screen says to citizens."""
    english = translations()
    found = [said for path in sorted((ROOT / "ui" / "pages").glob("*.qml")) for said in from_qml(path, english)]
    found += [
        said
        for path in sorted((ROOT / "ui" / "controls").glob("*/*.qml"))
        if not path.name.startswith("tst_")
        for said in from_qml(path, english)
    ]
    found += [said for path in sorted((ROOT / "ui" / "models").glob("*.py")) for said in from_python(path, english)]
    return found + list(from_texts(ROOT / "assets" / "i18n" / "sentences.yaml"))


def technicians() -> list[Said]:
    """Return what the screen says to technicians."""
    english = translations()
    found = [said for path in sorted((ROOT / "ui" / "technician").glob("*.qml")) for said in from_qml(path, english)]
    models = (ROOT / "ui" / "models" / "technician").glob("*.py")
    return found + [said for path in sorted(models) for said in from_python(path, english)]


def catalogue() -> list[Said]:
    """Return what the catalogue says."""
    return [said for path in sorted((ROOT / "assets" / "catalogue").rglob("*.yaml")) for said in from_texts(path)]


def explaining() -> frozenset[str]:
    """Return the pages that hand over what else they ``said``, and their view models."""
    files = (ROOT / "ui" / "pages").glob("*.qml")
    pages = [path for path in files if re.search(r"^    said:", path.read_text("utf-8"), re.MULTILINE)]
    return frozenset(path.stem for path in pages) | {path.stem.replace("Page", "Model") for path in pages}
