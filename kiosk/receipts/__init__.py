"""What is printed, as layout, before any printer is known."""

from kiosk.receipts.beside import Slips
from kiosk.receipts.compose import Letterhead, Receipts
from kiosk.session.tracing import CASE_CODE

__all__ = ["CASE_CODE", "Letterhead", "Receipts", "Slips"]
