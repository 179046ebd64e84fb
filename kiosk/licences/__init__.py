"""Signed documents, and how anybody checks them without a network."""

from kiosk.licences.errors import Forged, IssuersUnreadable, IssuerUnknown, LicenceError, NotALicence
from kiosk.licences.keys import Issuers, by_id, parse_issuers, public_key, read_issuers
from kiosk.licences.signed import Licence, Verified, seal, verify

__all__ = [
    "Forged",
    "IssuerUnknown",
    "Issuers",
    "IssuersUnreadable",
    "Licence",
    "LicenceError",
    "NotALicence",
    "Verified",
    "by_id",
    "parse_issuers",
    "public_key",
    "read_issuers",
    "seal",
    "verify",
]
