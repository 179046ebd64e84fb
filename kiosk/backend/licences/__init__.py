"""Electronic licences (电子证照): the library of a holder, revocation, and the sealed file of each."""

from kiosk.backend.licences.authority import AUTHORITY_FILE, Authority
from kiosk.backend.licences.library import Expiring, Licences
from kiosk.backend.licences.revocation import (
    AlreadyRevokedError,
    LicenceUnknownError,
    ReasonMissingError,
    RevocationError,
    Revoked,
)
from kiosk.backend.licences.sealing import PdfSealer, SealedFile, Sealer
from kiosk.backend.licences.sheet import Lines, Sheet
from kiosk.backend.licences.typesetting import Typesetter

__all__ = [
    "AUTHORITY_FILE",
    "AlreadyRevokedError",
    "Authority",
    "Expiring",
    "LicenceUnknownError",
    "Licences",
    "Lines",
    "PdfSealer",
    "ReasonMissingError",
    "RevocationError",
    "Revoked",
    "SealedFile",
    "Sealer",
    "Sheet",
    "Typesetter",
]
