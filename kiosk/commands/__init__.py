"""Commands that put several parts together; with ``kiosk.__main__`` the composition root."""
