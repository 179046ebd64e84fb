"""The HTTP face of the backend."""

from kiosk.backend.http.app import make_app

__all__ = ["make_app"]
