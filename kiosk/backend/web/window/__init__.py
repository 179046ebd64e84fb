"""The comprehensive window (综窗): clerks decide what rules referred, and hand over results."""

from kiosk.backend.web.window.handlers import HANDLERS

__all__ = ["HANDLERS"]
