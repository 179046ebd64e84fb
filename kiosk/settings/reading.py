"""From TOML files to ``Settings``: profiles below a file of one's own, and mistakes told with place and cure."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Meta

from kiosk.settings.model import ASSETS, Settings, disagreements
from kiosk.words import Language

PROFILES: Final = ASSETS / "settings"
VARIABLE: Final = "KIOSK_SETTINGS"
_DEFAULT_PROFILE: Final = "simulated"


class SettingsError(Exception):
    """The settings cannot be used; nothing was started.

    Args:
        problems: One sentence each: file, line, key, value, what is allowed.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class _Value(msgspec.Struct, frozen=True):
    """A value that is no table, and the file it stands in."""

    value: Any
    file: Path


_Table = typing.TypeVar("_Table", bound=msgspec.Struct)
_Tree = dict[str, typing.Union["_Tree", _Value]]


def profiles() -> tuple[str, ...]:
    """Return the names of the profiles that ship with the kiosk."""
    return tuple(sorted(each.stem for each in PROFILES.glob("*.toml")))


def load(file: Path | None = None) -> Settings:
    """Read the settings.

    Args:
        file: The settings file; None takes the one ``KIOSK_SETTINGS`` names, or else the simulated profile alone.

    Raises:
        SettingsError: Every mistake that was found, not only the first.
    """
    if file is None and (named := os.environ.get(VARIABLE)):
        file = Path(named)
    if file is None:
        file = PROFILES / f"{_DEFAULT_PROFILE}.toml"
    return _Reader().settings(file)


class _Reader:
    """One reading: the texts that were read, and what is wrong with them."""

    def __init__(self) -> None:
        self._texts: dict[Path, str] = {}
        self._problems: list[str] = []

    def settings(self, file: Path) -> Settings:
        table = self._parse(file)
        tree = _tree(table, file)
        profile = table.pop("profile", None)
        tree.pop("profile", None)
        if profile is not None:
            if profile not in profiles():
                allowed = ", ".join(f'"{name}"' for name in profiles())
                self._wrong(file, ("profile",), profile, f"one of {allowed}", _near(str(profile), profiles()))
                raise SettingsError(self._problems)
            base = PROFILES / f"{profile}.toml"
            tree = _merge(_tree(self._parse(base), base), tree)
        settings = self._struct(Settings, tree, (), file)
        if settings is None:
            raise SettingsError(self._problems)
        for key, value, allowed in disagreements(settings):
            path = tuple(key.split("."))
            self._wrong(_file_of(tree, path) or file, path, value, allowed)
        if self._problems:
            raise SettingsError(self._problems)
        return settings

    def _parse(self, file: Path) -> dict[str, Any]:
        try:
            text = file.read_text(encoding="utf-8")
            self._texts[file] = text
            return tomllib.loads(text)
        except FileNotFoundError:
            problem = f"{file}: there is no such settings file. Name another with --settings or {VARIABLE}."
        except (OSError, UnicodeDecodeError) as error:
            problem = f"{file}: cannot be read: {error}."
        except (ValueError, RecursionError) as error:
            # more than TOMLDecodeError: tomllib neither bounds how deep lists go nor how many digits a number has
            problem = f"{file}: is not TOML: {error}. Text stands in quotes, tables start with [name]."
        raise SettingsError([problem])

    def _struct(self, kind: type[_Table], tree: _Tree, path: tuple[str, ...], file: Path) -> _Table | None:
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        for name in tree.keys() - fields.keys():
            self._unknown(tree, name, path, tuple(fields), file)
        values: dict[str, Any] = {}
        before = len(self._problems)
        for name, field in fields.items():
            if name in tree:
                values[field.name] = self._field(field.type, tree[name], (*path, name), file)
            elif field.required:
                self._wrong(file, (*path, name), None, _allowed(field.type))
        return kind(**values) if len(self._problems) == before else None

    def _field(self, wanted: Any, node: _Tree | _Value, path: tuple[str, ...], file: Path) -> Any:
        struct = _struct_of(wanted)
        if struct is not None and isinstance(node, dict):
            return self._struct(struct, node, path, file)
        if isinstance(node, dict):
            self._wrong(_file_of(node, ()) or file, path, "a table", _allowed(wanted))
            return None
        try:
            return _convert(wanted, node.value, node.file)
        except ValueError:
            choices = _choices(wanted)
            near = _near(node.value, choices) if isinstance(node.value, str) else None
            self._wrong(node.file, path, node.value, _allowed(wanted), near)
            return None

    def _unknown(self, tree: _Tree, name: str, path: tuple[str, ...], known: tuple[str, ...], file: Path) -> None:
        node = tree[name]
        stands_in = node.file if isinstance(node, _Value) else _file_of(node, ()) or file
        near = _near(name, known)
        where = f"[{'.'.join(path)}]" if path else "the file"
        hint = f' Did you mean "{near}"?' if near else f" Known in {where}: {', '.join(sorted(known))}."
        self._problems.append(
            f"{self._place(stands_in, (*path, name))}: there is no setting {'.'.join((*path, name))}.{hint}"
        )

    def _wrong(self, file: Path, path: tuple[str, ...], value: object, allowed: str, near: str | None = None) -> None:
        key = ".".join(path)
        if value is None:
            self._problems.append(f"{self._place(file, path[:-1])}: {key} is missing: it must be {allowed}.")
            return
        shown = msgspec.json.encode(value, enc_hook=str).decode() if not isinstance(value, str) else f'"{value}"'
        hint = f' Did you mean "{near}"?' if near else ""
        self._problems.append(f"{self._place(file, path)}: {key} is {shown}: it must be {allowed}.{hint}")

    def _place(self, file: Path, path: tuple[str, ...]) -> str:
        line = _line_of(self._texts.get(file, ""), path)
        return f"{file}:{line}" if line else str(file)


def _tree(table: Mapping[str, Any], file: Path) -> _Tree:
    return {
        name: _tree(value, file) if isinstance(value, dict) else _Value(value, file) for name, value in table.items()
    }


def _merge(below: _Tree, above: _Tree) -> _Tree:
    merged = dict(below)
    for name, value in above.items():
        merged[name] = value
        under = below.get(name)
        # words in three languages are one value: half of another city's name would be worse than none
        if isinstance(under, dict) and isinstance(value, dict) and not value.keys() & set(Language):
            merged[name] = _merge(under, value)
    return merged


def _file_of(tree: _Tree, path: tuple[str, ...]) -> Path | None:
    """Return the file that ``path`` comes from; of a table, that of any value in it."""
    node: _Tree | _Value | None = tree
    for name in path:
        node = node.get(name) if isinstance(node, dict) else None
    while isinstance(node, dict):
        node = next(iter(node.values()), None)
    return node.file if isinstance(node, _Value) else None


def _bare(wanted: Any) -> tuple[Any, Meta | None]:
    """Take ``Annotated`` and ``| None`` off a type."""
    meta = None
    if typing.get_origin(wanted) is typing.Annotated:
        wanted, meta = typing.get_args(wanted)[:2]
    if typing.get_origin(wanted) in (types.UnionType, typing.Union):
        wanted = next(each for each in typing.get_args(wanted) if each is not types.NoneType)
    return wanted, meta


def _struct_of(wanted: Any) -> type[msgspec.Struct] | None:
    bare, _ = _bare(wanted)
    return bare if isinstance(bare, type) and issubclass(bare, msgspec.Struct) else None


def _choices(wanted: Any) -> tuple[str, ...]:
    bare, _ = _bare(wanted)
    if typing.get_origin(bare) is tuple:
        return _choices(typing.get_args(bare)[0])
    return tuple(str(each) for each in bare) if isinstance(bare, type) and issubclass(bare, StrEnum) else ()


def _convert(wanted: Any, value: Any, file: Path) -> Any:
    """Return ``value`` as ``wanted``. Raises ValueError when it is not one."""
    bare, _ = _bare(wanted)
    if bare is Path:
        if not isinstance(value, str) or not value:
            raise ValueError(value)
        return (file.parent / Path(value).expanduser()).resolve()
    # TOML knows true from 1 and 1 from "1"; so do we
    return msgspec.convert(value, wanted, strict=True)


def _allowed(wanted: Any) -> str:
    """Say in words what a setting of this type may be."""
    bare, meta = _bare(wanted)
    if meta is not None and meta.description:
        return meta.description
    if choices := _choices(wanted):
        listed = ", ".join(f'"{each}"' for each in choices)
        return f"a list of one or more of {listed}" if typing.get_origin(bare) is tuple else f"one of {listed}"
    struct = _struct_of(wanted)
    if struct is not None:
        names = ", ".join(f"{field.encode_name} = …" for field in msgspec.structs.fields(struct) if field.required)
        return f"a table {{ {names} }}" if names else "a table"
    if typing.get_origin(bare) is tuple:
        return f"a list, in [ ], each {_allowed(typing.get_args(bare)[0])}"
    words = {
        str: "some text, in quotes",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        Path: "a path",
    }
    said = words[bare]
    if meta is not None and meta.ge is not None:
        said += f" from {meta.ge:g} to {meta.le:g}" if meta.le is not None else f" of {meta.ge:g} or more"
    return said


def _near(word: str, known: tuple[str, ...]) -> str | None:
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.6)), None)


_HEADER: Final = re.compile(r"^\s*\[\s*([^\[\]]+?)\s*\]")
_KEY: Final = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def _line_of(text: str, path: tuple[str, ...]) -> int | None:
    """Return the line ``path`` is set at, or that of the innermost table around it; None when it stands nowhere."""
    table: tuple[str, ...] = ()
    best: tuple[int, int] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _parts(header[1])
            here = table
        elif key := _KEY.match(line):
            here = (*table, *_parts(key[1]))
        else:
            continue
        if here and here == path[: len(here)] and (best is None or len(here) > best[0]):
            best = (len(here), number)
    return best[1] if best else None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
