"""Signed documents, and how anybody checks them without a network."""

from kiosk.licences.errors import (
    Forged,
    IssuersUnreadable,
    IssuerUnknown,
    LicenceError,
    NotALicence,
    RevocationsUnreadable,
)
from kiosk.licences.keys import Issuers, by_id, parse_issuers, public_key, read_issuers
from kiosk.licences.signed import Licence, Verified, seal, verify
from kiosk.licences.status import (
    FRESH_FOR,
    Revocations,
    Standing,
    StatusList,
    parse_revocations,
    read_revocations,
    read_status_list,
    seal_status_list,
    standing,
)

__all__ = [
    "FRESH_FOR",
    "Forged",
    "IssuerUnknown",
    "Issuers",
    "IssuersUnreadable",
    "Licence",
    "LicenceError",
    "NotALicence",
    "Revocations",
    "RevocationsUnreadable",
    "Standing",
    "StatusList",
    "Verified",
    "by_id",
    "parse_issuers",
    "parse_revocations",
    "public_key",
    "read_issuers",
    "read_revocations",
    "read_status_list",
    "seal",
    "seal_status_list",
    "standing",
    "verify",
]
