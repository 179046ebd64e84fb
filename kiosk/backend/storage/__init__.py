"""What the backend keeps: tables, migrations, and the way in and out."""

from kiosk.backend.storage import schema
from kiosk.backend.storage.database import Database, DatabaseUnusable
from kiosk.backend.storage.statements import hold, insert_if_new, insert_or_update, next_value, touch
from kiosk.backend.storage.word import Word

__all__ = [
    "Database",
    "DatabaseUnusable",
    "Word",
    "hold",
    "insert_if_new",
    "insert_or_update",
    "next_value",
    "schema",
    "touch",
]
