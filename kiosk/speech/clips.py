"""Clips: what was rendered beforehand, in one file that is written in one go and never changed while it is read.

    clips   words, language, pace  →  the sound they are said with
    sounds  what a voice was given →  Ogg Vorbis
    digests the same               →  its SHA-256, apart: the seal is checked without reading the sounds

A clip is found by the hash of its words, a sound by the hash of what the voice was given: so Traditional and Simplified
Chinese, which are read alike, are one sound, and rendering again renders only what is new. The seal is a hash over all
of it; a file with another one, or a sound with another hash, is not played.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import soundfile

from kiosk.session.preferences import Pace
from kiosk.speech.pcm import Pcm
from kiosk.words import Language

log = logging.getLogger(__name__)

FORM: Final = "2"
"""Of the file; another one is rendered afresh."""
_QUALITY: Final = 0.9
"""Of libsndfile's compression: 5 kB a second for a voice at 22 kHz, and no hiss that anybody could point out."""
_BLOCK: Final = 16_384
"""Frames handed to the encoder at once: Vorbis of libsndfile keeps a block on its stack."""

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS clips (key BLOB PRIMARY KEY, sound BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sounds (id BLOB PRIMARY KEY, ogg BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS digests (id BLOB PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class ClipsError(RuntimeError):
    """A file of clips cannot be used; the message says why."""


class ClipsFull(ClipsError):
    """No more fits in."""


class Clips:
    """Clips to be read; a ``Shelf``. Of one thread.

    Args:
        file: Written by ``Workshop``.

    Raises:
        ClipsError: there is none, or it is not as it was sealed.
    """

    def __init__(self, file: Path) -> None:
        try:
            self._base = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            with contextlib.suppress(sqlite3.DatabaseError):
                if _seal(self._base) == _meta(self._base, "seal"):
                    return
            self._base.close()
        except sqlite3.OperationalError as error:
            raise ClipsError(f"there are no clips in {file}") from error
        raise ClipsError(f"{file} is damaged or was never finished: render the clips again")

    @property
    def voice(self) -> str:
        """Who speaks."""
        return _meta(self._base, "voice")

    def find(self, words: str, language: Language, pace: Pace) -> Pcm | None:
        """See ``Shelf.find``."""
        try:
            row = self._base.execute(
                "SELECT ogg, digest FROM clips JOIN sounds ON sound = sounds.id JOIN digests ON sound = digests.id"
                " WHERE key = ?",
                (_key(words, language, pace),),
            ).fetchone()
            if row is None:
                return None
            ogg, digest = row
            if hashlib.sha256(ogg).digest() != digest:
                log.warning("a clip is damaged: render the clips again")
                return None
            return decoded(ogg)
        except (sqlite3.DatabaseError, soundfile.LibsndfileError) as error:
            log.warning("a clip cannot be read: %s", error)
            return None

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


class Workshop:
    """Makes a file of clips; what was there before is taken over where it still fits, and stays until it is replaced.

    Args:
        file: Where it goes; it appears whole, when ``seal`` is called, or not at all.
        voice: Who speaks.
        most_mb: Sounds beyond that are refused.
    """

    def __init__(self, file: Path, voice: str, most_mb: int) -> None:
        self._file = file
        self._most = most_mb * 1_000_000
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        os.close(handle)
        self._draft = Path(name)
        self._base = sqlite3.connect(self._draft, isolation_level=None)
        self._base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA} BEGIN;")
        self._base.executemany("INSERT INTO meta VALUES (?, ?)", [("form", FORM), ("voice", voice)])
        self._before = self._open_before(voice)
        self._held = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Leave nothing half made behind."""
        self._base.close()
        if self._before is not None:
            self._before.close()
        self._draft.unlink(missing_ok=True)

    @property
    def held_bytes(self) -> int:
        """Size of the sounds so far."""
        return self._held

    def has(self, given: str) -> bool:
        """Return whether the sound of what a voice was given is there, or could be taken over from before."""
        identity = _hash(given)
        if self._base.execute("SELECT 1 FROM sounds WHERE id = ?", (identity,)).fetchone():
            return True
        if self._before is None:
            return False
        row = self._before.execute(
            "SELECT digest, ogg FROM sounds JOIN digests ON sounds.id = digests.id WHERE sounds.id = ?", (identity,)
        ).fetchone()
        if row is None or hashlib.sha256(row[1]).digest() != row[0]:
            return False
        self._insert(identity, row[1])
        return True

    def add(self, given: str, ogg: bytes) -> None:
        """Put in a sound, of what a voice was given.

        Raises:
            ClipsFull: it does not fit; what is in stays.
        """
        self._insert(_hash(given), ogg)

    def name(self, words: str, language: Language, pace: Pace, given: str) -> None:
        """Let ``words`` be said with the sound of ``given``, which is there."""
        self._base.execute("INSERT OR REPLACE INTO clips VALUES (?, ?)", (_key(words, language, pace), _hash(given)))

    def seal(self) -> None:
        """Put the file in its place, whole.

        Raises:
            OSError: it cannot be; what was there before stays.
        """
        self._base.execute("INSERT INTO meta VALUES ('seal', ?)", (_seal(self._base),))
        self._base.execute("COMMIT")
        self._base.close()
        with self._draft.open("rb") as written:
            os.fsync(written.fileno())
        self._draft.chmod(0o644)
        self._draft.replace(self._file)

    def _insert(self, identity: bytes, ogg: bytes) -> None:
        if self._held + len(ogg) > self._most:
            raise ClipsFull(f"{self._most // 1_000_000} MB of clips are full")
        self._held += len(ogg)
        self._base.execute("INSERT OR REPLACE INTO sounds VALUES (?, ?)", (identity, ogg))
        self._base.execute("INSERT OR REPLACE INTO digests VALUES (?, ?)", (identity, hashlib.sha256(ogg).digest()))

    def _open_before(self, voice: str) -> sqlite3.Connection | None:
        try:
            before = Clips(self._file)
        except ClipsError:
            return None
        if before.voice == voice and _meta(before._base, "form") == FORM:
            return before._base
        before.close()
        return None


def encoded(sound: Pcm) -> bytes:
    """Return a sound as Ogg Vorbis."""
    data = io.BytesIO()
    with soundfile.SoundFile(
        data, "w", samplerate=sound.rate_hz, channels=1, format="OGG", subtype="VORBIS", compression_level=_QUALITY
    ) as file:
        for part in _blocks(sound.samples):
            file.buffer_write(part, "int16")
    return data.getvalue()


def decoded(ogg: bytes) -> Pcm:
    """Return the sound of Ogg Vorbis.

    Raises:
        soundfile.LibsndfileError: it is none.
    """
    with soundfile.SoundFile(io.BytesIO(ogg)) as file:
        return Pcm(rate_hz=file.samplerate, samples=bytes(file.buffer_read(dtype="int16")))


def _blocks(samples: bytes) -> Iterator[bytes]:
    for at in range(0, len(samples), 2 * _BLOCK):
        yield samples[at : at + 2 * _BLOCK]


def _key(words: str, language: Language, pace: Pace) -> bytes:
    return _hash(f"{language}\n{pace}\n{words}")


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _seal(base: sqlite3.Connection) -> str:
    digest = hashlib.sha256()
    for row in base.execute("SELECT key, sound FROM clips ORDER BY key"):
        digest.update(row[0] + row[1])
    for row in base.execute("SELECT id, digest FROM digests ORDER BY id"):
        digest.update(row[0] + row[1])
    for name, value in base.execute("SELECT name, value FROM meta WHERE name <> 'seal' ORDER BY name"):
        digest.update(f"{name}\n{value}\n".encode())
    return digest.hexdigest()


def _meta(base: sqlite3.Connection, name: str) -> str:
    row = base.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return "" if row is None else str(row[0])
