"""Electronic licences (电子证照): the library of a holder, revocation, and the sealed file of each."""

from kiosk.backend.licences.library import Expiring, Licences
from kiosk.backend.licences.revocation import (
    AlreadyRevokedError,
    LicenceUnknownError,
    ReasonMissingError,
    RevocationError,
    Revoked,
)

__all__ = [
    "AlreadyRevokedError",
    "Expiring",
    "LicenceUnknownError",
    "Licences",
    "ReasonMissingError",
    "RevocationError",
    "Revoked",
]
