"""The application on its way: on disk before it is sent, delivered once."""

from kiosk.submission.client import BackendClient
from kiosk.submission.courier import Backoff, Courier
from kiosk.submission.errors import (
    BackendBroken,
    BackendError,
    BackendRefused,
    BackendSlow,
    BackendUnreachable,
    OutboxFull,
)
from kiosk.submission.identity import Identity
from kiosk.submission.outbox import Outbox, Parcel

__all__ = [
    "BackendBroken",
    "BackendClient",
    "BackendError",
    "BackendRefused",
    "BackendSlow",
    "BackendUnreachable",
    "Backoff",
    "Courier",
    "Identity",
    "Outbox",
    "OutboxFull",
    "Parcel",
]
