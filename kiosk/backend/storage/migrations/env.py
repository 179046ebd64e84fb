"""Alembic's entry: run the migrations on the connection the caller has opened."""

from __future__ import annotations

from alembic import context

from kiosk.backend.storage.schema import metadata

# the caller's transaction covers everything, so that a failed migration leaves the database as it was
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
