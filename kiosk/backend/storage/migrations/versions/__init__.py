"""One module a migration; their order is in ``down_revision``."""
