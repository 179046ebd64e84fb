"""From a folder of YAML to a catalogue, or to every mistake in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml

from kiosk.catalogue.catalogue import Catalogue, Contents
from kiosk.catalogue.checking import Checks, whole
from kiosk.catalogue.defaults import Defaults
from kiosk.catalogue.divisions import Divisions
from kiosk.catalogue.mistakes import CatalogueError, Mistake
from kiosk.catalogue.model import (
    City,
    DecisionTable,
    Department,
    Division,
    Item,
    LicenceType,
    Material,
    NeedGroup,
    OneThing,
    Register,
    RepeatDeclaration,
    Sentences,
    Stage,
)
from kiosk.catalogue.policies import FOLDER as POLICIES
from kiosk.catalogue.policies import RELIEFS_FILE
from kiosk.catalogue.reading import Reader, compose, wrapped
from kiosk.catalogue.recommending import RULES_FILE
from kiosk.catalogue.records import Everything, Records
from kiosk.catalogue.sources import digest_of, files_of, version_of
from kiosk.forms import Element, Section

_T = TypeVar("_T")


def read(root: Path) -> tuple[Catalogue, Everything]:
    """Return the catalogue below ``root`` with the records it is made of, whose lines the further checks tell.

    Raises:
        CatalogueError: It has mistakes; as ``opening.load`` says.
    """
    folder = _Folder(root)
    try:
        digest = digest_of(folder.files)
    except OSError:
        digest = ""  # the reader tells which file it is, with everything else
    found = Everything(
        root=root,
        digest=digest,
        departments=folder.keyed("departments.yaml", Department, "department"),
        licences=folder.keyed("licences/*.yaml", LicenceType, "licence type"),
        registers=folder.keyed("registers/*.yaml", Register, "register"),
        sections=folder.keyed("sections.yaml", Section, "section"),
        repeats=folder.keyed("repeats.yaml", RepeatDeclaration, "repeat"),
        stages=folder.keyed("stages.yaml", Stage, "stage"),
        cities=folder.keyed("cities/*.yaml", City, "city"),
        groups=folder.keyed("groups.yaml", NeedGroup, "group", within="needs"),
        materials=folder.keyed("materials/*.yaml", Material, "material"),
        divisions=folder.keyed("divisions.yaml", Division, "division", key="code"),
        elements=folder.keyed("elements/*.yaml", Element, "element"),
        items=folder.single(
            "items/*/*.yaml", Item, "item", lambda path: {"id": path.stem, "department": path.parent.name}
        ),
        one_things=folder.single("one-things/*.yaml", OneThing, "one-thing", lambda path: {"id": path.stem}),
        tables=folder.single("tables/*.yaml", DecisionTable, "table", lambda path: {"id": path.stem}),
    )
    sentences = folder.single("sentences.yaml", Sentences, "sentences", lambda _: {})
    folder.strangers()
    if folder.mistakes:
        raise CatalogueError(folder.mistakes)
    divisions = Divisions(tuple(found.divisions.by_id.values()))
    (words, source), *_ = sentences
    defaults = Defaults(words, source, divisions, found.repeats.by_id.values())
    defaults.complete_elements(found.elements)
    defaults.complete_items(found.items, found.groups.by_id)
    defaults.complete_tables(found.tables, found.items.by_id.values())
    if defaults.mistakes:
        raise CatalogueError(defaults.mistakes)
    checks = Checks(found)
    compiled_tables = checks.run()
    if checks.mistakes:
        raise CatalogueError(checks.mistakes)
    contents = Contents(
        version=version_of(digest),
        elements=found.elements.by_id,
        items=found.items.by_id,
        one_things=found.one_things.by_id,
        materials=found.materials.by_id,
        departments=found.departments.by_id,
        divisions=divisions,
        licences=found.licences.by_id,
        registers=found.registers.by_id,
        sections=tuple(found.sections.by_id.values()),
        repeats=found.repeats.by_id,
        stages=found.stages.by_id,
        cities=found.cities.by_id,
        tables=compiled_tables,
        lexicon=checks.lexicon,
    )
    catalogue = Catalogue(contents)
    mistakes = whole(catalogue, found.one_things, found.items)
    if mistakes:
        raise CatalogueError(mistakes)
    return catalogue, found


class _Folder:
    """The files below a catalogue's folder."""

    def __init__(self, root: Path) -> None:
        self.mistakes: list[Mistake] = []
        self.files: Mapping[str, Path] = {}
        try:
            self.files = files_of(root)
        except OSError as error:
            says = f"this cannot be read: {error.strerror}"
            cure = "Put the file there and make it readable."
            self.mistakes.append(Mistake(file=str(error.filename), line=0, says=says, cure=cure))
        self._read: set[str] = set()

    def keyed(self, pattern: str, kind: type[_T], what: str, key: str = "id", within: str = "") -> Records[_T]:
        """Read records that stand many in a file: a mapping from the id, or a list whose records have one.

        Args:
            pattern: The files, below the folder.
            kind: The record's class.
            what: What one is called in a message.
            key: The field that holds the id.
            within: The one field that the value below an id holds, instead of a record.
        """
        records: Records[_T] = Records(what)
        for name, path in self._matching(pattern):
            node = compose(path, name, self.mistakes, may_be_empty="*" in pattern)
            reader = Reader(name, self.mistakes)
            if isinstance(node, yaml.SequenceNode):
                for inner in node.value:
                    self._add(records, reader, inner, kind, {}, key)
            elif node is not None:
                for identity, inner in reader.pairs(node):
                    value = wrapped(within, inner) if within else inner
                    self._add(records, reader, value, kind, {key: identity}, key)
        return records

    def single(
        self, pattern: str, kind: type[_T], what: str, given: Callable[[Path], Mapping[str, str]]
    ) -> Records[_T]:
        """Read records that stand alone in their file; what the path says must not be said otherwise inside."""
        records: Records[_T] = Records(what)
        for name, path in self._matching(pattern):
            node = compose(path, name, self.mistakes)
            if node is None:
                continue
            record = self._add(records, Reader(name, self.mistakes), node, kind, given(path), "id", path.stem)
            for key, value in given(path).items():
                if record is not None and getattr(record, key) != value:
                    says = f"{key} is {getattr(record, key)}, but the path says {value}"
                    self.mistakes.append(
                        Mistake(file=name, line=1, says=says, cure=f"Move the file, or write {key}: {value}.")
                    )
        return records

    def strangers(self) -> None:
        """Note the files that nothing reads: a file in the wrong folder would silently be left out."""
        for name in self.files.keys() - self._read - {RULES_FILE, RELIEFS_FILE}:
            if name.startswith(POLICIES):
                continue
            cure = "Move it to its folder: elements/, materials/, items/<department>/, one-things/, tables/ …"
            self.mistakes.append(
                Mistake(file=name, line=0, says="no part of the catalogue is read from here", cure=cure)
            )

    def _matching(self, pattern: str) -> list[tuple[str, Path]]:
        depth = pattern.count("/")
        found = [
            (name, path) for name, path in self.files.items() if name.count("/") == depth and Path(name).match(pattern)
        ]
        if not found and "*" not in pattern:
            self.mistakes.append(Mistake(file=pattern, line=0, says="the file is missing", cure=f"Write {pattern}."))
        self._read.update(name for name, _ in found)
        return found

    def _add(
        self,
        records: Records[_T],
        reader: Reader,
        node: yaml.Node,
        kind: type[Any],
        given: Mapping[str, str],
        key: str,
        otherwise: str = "",
    ) -> _T | None:
        read = reader.record(node, kind, given)
        if read is None:
            return None
        record: _T = read[0]
        source = read[1]
        identity: str = getattr(record, key, otherwise)
        if identity in records.by_id:
            before = records.sources[identity]
            says = f"{records.what} {identity} stands twice, also in {before.file}"
            self.mistakes.append(source.mistake(says, "Give one of the two another id, or delete it."))
            return None
        records.by_id[identity] = record
        records.sources[identity] = source
        return record
