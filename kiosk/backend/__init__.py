"""The embedded backend. Its story stands in README.md."""

from kiosk.backend.server import serve, serve_on
from kiosk.backend.settings import BackendSettings

__all__ = ["BackendSettings", "serve", "serve_on"]
