"""Telling citizens something: messages to their phones, what waits for them, and what they want to be told."""

from kiosk.backend.notices.gateway import SimulatedPhone, SmsGateway, SmsGatewayError, masked_phone
from kiosk.backend.notices.kinds import KINDS, NoticeKind
from kiosk.backend.notices.notices import NOTICE_PACE, GivenUp, Notices, Pace

__all__ = [
    "KINDS",
    "NOTICE_PACE",
    "GivenUp",
    "NoticeKind",
    "Notices",
    "Pace",
    "SimulatedPhone",
    "SmsGateway",
    "SmsGatewayError",
    "masked_phone",
]
