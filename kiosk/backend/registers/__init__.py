"""What other departments know of a person: the interface, and the simulated city behind it."""

from kiosk.backend.registers.availability import LICENCES, Switched
from kiosk.backend.registers.city import City, read_city
from kiosk.backend.registers.exchange import ExchangeRegisters
from kiosk.backend.registers.joined import Answers, AskFirst, JoinedRegisters, RegisterSilentError, told
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
from kiosk.backend.registers.switches import switch_off, switch_on, switched

__all__ = [
    "LICENCES",
    "Answered",
    "Answers",
    "AskFirst",
    "City",
    "ExchangeRegisters",
    "HeldEntry",
    "Holder",
    "JoinedRegisters",
    "Known",
    "Pull",
    "RegisterSilentError",
    "Registers",
    "StoredRegisters",
    "Switched",
    "fixed_people",
    "generated_people",
    "page",
    "read_city",
    "record",
    "seed",
    "seen",
    "switch_off",
    "switch_on",
    "switched",
    "told",
]
