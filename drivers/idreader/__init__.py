"""Readers of identity documents."""

from __future__ import annotations

from drivers.idreader.api import Document, DocumentKind, IdReader, ReaderProbe, SamIdentity, Sex
from drivers.idreader.multifunction import MultifunctionReader
from drivers.idreader.samv import SamVReader

__all__ = [
    "Document",
    "DocumentKind",
    "IdReader",
    "MultifunctionReader",
    "ReaderProbe",
    "SamIdentity",
    "SamVReader",
    "Sex",
]
