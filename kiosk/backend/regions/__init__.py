"""跨省通办: what is filed here and decided in another city, and the other way round."""

from kiosk.backend.regions.crossing import Crossings
from kiosk.backend.regions.exchange import Exchange, ExchangeDown
from kiosk.backend.regions.province import SimulatedProvince
from kiosk.backend.regions.routing import Routing

__all__ = ["Crossings", "Exchange", "ExchangeDown", "Routing", "SimulatedProvince"]
