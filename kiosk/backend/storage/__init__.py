"""What the backend keeps: tables, migrations, and the way in and out."""

from kiosk.backend.storage import schema
from kiosk.backend.storage.database import Database, DatabaseUnusable
from kiosk.backend.storage.statements import insert_if_new, insert_or_update, next_value

__all__ = ["Database", "DatabaseUnusable", "insert_if_new", "insert_or_update", "next_value", "schema"]
