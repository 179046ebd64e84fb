"""What the backend keeps: tables, migrations, and the way in and out."""

from kiosk.backend.storage import schema
from kiosk.backend.storage.database import Database

__all__ = ["Database", "schema"]
