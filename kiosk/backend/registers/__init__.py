"""What other departments know of a person: the interface, and the simulated city behind it."""

from kiosk.backend.registers.city import City, read_city
from kiosk.backend.registers.ledger import page, record, seen
from kiosk.backend.registers.people import fixed_people, generated_people
from kiosk.backend.registers.registers import (
    Answered,
    HeldEntry,
    Holder,
    Known,
    Pull,
    Registers,
    StoredRegisters,
)
from kiosk.backend.registers.seed import seed

__all__ = [
    "Answered",
    "City",
    "HeldEntry",
    "Holder",
    "Known",
    "Pull",
    "Registers",
    "StoredRegisters",
    "fixed_people",
    "generated_people",
    "page",
    "read_city",
    "record",
    "seed",
    "seen",
]
