"""Fees: what is due, orders and their codes, the money that came and went back, receipts, the day's statement."""

from kiosk.backend.payments.fees import LetOff, NoReliefs, Reliefs, has_fee
from kiosk.backend.payments.payments import PAYMENT_PACE, PaymentPace, Payments
from kiosk.backend.payments.provider import (
    Money,
    NotificationRefusedError,
    PaymentProvider,
    ProviderSilentError,
    RefundRefusedError,
    Standing,
    StatementLine,
)
from kiosk.backend.payments.receipts import Receipts
from kiosk.backend.payments.settling import Difference, Settled, differences, end_difference
from kiosk.backend.payments.simulated import SimulatedProvider
from kiosk.backend.payments.upkeep import Upkeep

__all__ = [
    "PAYMENT_PACE",
    "Difference",
    "LetOff",
    "Money",
    "NoReliefs",
    "NotificationRefusedError",
    "PaymentPace",
    "PaymentProvider",
    "Payments",
    "ProviderSilentError",
    "Receipts",
    "RefundRefusedError",
    "Reliefs",
    "Settled",
    "SimulatedProvider",
    "Standing",
    "StatementLine",
    "Upkeep",
    "differences",
    "end_difference",
    "has_fee",
]
