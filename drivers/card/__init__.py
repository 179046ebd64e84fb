"""Readers of smart cards."""

from __future__ import annotations

from drivers.card.api import CardReader, SocialSecurityCard
from drivers.card.pcsc import PcscReader
from drivers.card.socialsecurity import NATIONAL_LAYOUT, CardLayout, Place

__all__ = ["NATIONAL_LAYOUT", "CardLayout", "CardReader", "PcscReader", "Place", "SocialSecurityCard"]
