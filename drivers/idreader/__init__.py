"""Readers of identity documents."""

from __future__ import annotations

from drivers.idreader.api import Document, DocumentKind, IdReader, SamIdentity, Sex
from drivers.idreader.samv import SamVReader

__all__ = ["Document", "DocumentKind", "IdReader", "SamIdentity", "SamVReader", "Sex"]
