"""What can go wrong with a travel document beyond what goes wrong with any card."""

from __future__ import annotations

from drivers.errors import MediaUnreadable


class KeyRefused(MediaUnreadable):
    """The chip did not open: number, date of birth or date of expiry are not those of this document. Try others."""

    code = "travel.key-refused"
