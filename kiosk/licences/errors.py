"""What can be wrong with a signed document.

LicenceError
├── NotALicence         not a compact signed document at all
├── IssuerUnknown       signed with a key that is not in the issuer file
├── Forged              the signature does not fit: something was changed, or another key signed
├── IssuersUnreadable   the issuer file itself
└── RevocationsUnreadable   the file of status lists, or one list in it
"""

from __future__ import annotations


class LicenceError(Exception):
    """The document is not proven."""

    code = "licence.broken"


class NotALicence(LicenceError):
    """Not a compact signed document."""

    code = "licence.unreadable"


class IssuerUnknown(LicenceError):
    """The issuer file does not have this key."""

    code = "licence.issuer-unknown"


class Forged(LicenceError):
    """The signature does not fit the content."""

    code = "licence.forged"


class IssuersUnreadable(LicenceError):
    """The issuer file cannot be used."""

    code = "licence.issuers-unreadable"


class RevocationsUnreadable(LicenceError):
    """The file of status lists cannot be used."""

    code = "licence.revocations-unreadable"
