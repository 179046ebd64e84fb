"""The characters that can be read, and what each looks like; one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import msgspec
import numpy as np

from kiosk.handwriting.strokes import FEATURES, Floats

KEPT: Final = 128
"""Numbers kept of the ``FEATURES``: those that tell characters apart, and least writers of the same one."""
VERSION: Final = 1
LARGEST_BYTES: Final = 16 * 1024 * 1024
"""No file of ours is a tenth of that; another is not ours and is not read into memory."""


class ModelUnusable(Exception):
    """The file of characters is missing, damaged or of another version. Handwriting is not offered then."""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    notice: str
    characters: str
    projection: bytes
    templates: bytes


@dataclass(frozen=True, slots=True)
class Model:
    """Characters and their looks.

    Attributes:
        characters: One each, in the order of the rows of ``templates``.
        projection: From ``FEATURES`` to ``KEPT`` numbers, in which writers of one character differ little.
        templates: A row of length 1 for each character.
        notice: Where the shapes come from and under which licence, kept with them.
    """

    characters: tuple[str, ...]
    projection: Floats
    templates: Floats
    notice: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a model.

        Raises:
            ModelUnusable: There is no such file, or it is none of ours.
        """
        try:
            if path.stat().st_size > LARGEST_BYTES:
                raise ModelUnusable(f"{path.name}: larger than {LARGEST_BYTES} bytes")
            raw = path.read_bytes()
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            raise ModelUnusable(f"{path.name}: {type(error).__name__}") from error
        return cls.from_bytes(raw)

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """Return the model that ``raw`` is.

        Raises:
            ModelUnusable: It is none.
        """
        try:
            file = msgspec.msgpack.decode(raw, type=_File)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ModelUnusable(f"not a file of characters: {error}") from error
        characters = tuple(file.characters)
        if file.version != VERSION:
            raise ModelUnusable(f"version {file.version}, not {VERSION}")
        if not characters or len(set(characters)) != len(characters):
            raise ModelUnusable("no characters, or one of them twice")
        if len(file.projection) != 2 * FEATURES * KEPT or len(file.templates) != len(characters) * KEPT:
            raise ModelUnusable("cut off")
        projection = np.frombuffer(file.projection, "<f2").astype(np.float32).reshape(FEATURES, KEPT)
        templates = np.frombuffer(file.templates, np.int8).astype(np.float32).reshape(len(characters), KEPT)
        lengths = np.linalg.norm(templates, axis=1, keepdims=True)
        if not np.isfinite(projection).all() or not lengths.all():
            raise ModelUnusable("numbers that no character has")
        return cls(characters, projection, templates / lengths, file.notice)

    def to_bytes(self) -> bytes:
        """Return the file of this model: a byte for each number of a template."""
        templates = self.templates / np.abs(self.templates).max(axis=1, keepdims=True) * 127
        return msgspec.msgpack.encode(
            _File(
                version=VERSION,
                notice=self.notice,
                characters="".join(self.characters),
                projection=self.projection.astype("<f2").tobytes(),
                templates=np.rint(templates).astype(np.int8).tobytes(),
            )
        )
