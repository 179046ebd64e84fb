"""What the backend keeps: tables, migrations, and the way in and out."""

from kiosk.backend.storage import schema
from kiosk.backend.storage.database import Database, DatabaseUnusable

__all__ = ["Database", "DatabaseUnusable", "schema"]
