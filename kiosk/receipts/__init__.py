"""What is printed, as layout, before any printer is known."""

from kiosk.receipts.compose import CASE_CODE, Letterhead, Receipts

__all__ = ["CASE_CODE", "Letterhead", "Receipts"]
