"""By what right somebody else's matter is done: a mandate of the register (委托授权), and what it covers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.catalogue.model import Audience, Item
from kiosk.contract import Authority, Draft, Mandate
from kiosk.session.state import Session

ENTERPRISE: Final = "enterprise"
"""Kind of a mandate for a company."""
RESIDENT_DIGITS: Final = 18


def covers(mandate: Mandate, item: Item) -> bool:
    """Return whether a mandate is for this item; one without a list is for every item of its audience."""
    if mandate.items:
        return item.id in mandate.items
    return (item.audience is Audience.ENTERPRISE) == (mandate.kind == ENTERPRISE)


def fits(state: Session, mandate: Mandate) -> bool:
    """Return whether a mandate covers everything that is to be done."""
    return state.matter is not None and all(covers(mandate, item) for item in state.matter.items)


def authority(state: Session) -> Authority | None:
    """Return by what right somebody else's matter is done, for what is done now; ``None``: for oneself."""
    mandate = state.mandate
    if mandate is None or state.matter is None:
        return None
    return Authority(
        principal=mandate.principal,
        items=tuple(item.id for item in state.matter.items),
        valid_until=mandate.valid_until,
        mandate=mandate.reference,
    )


def mandate_of(state: Session, draft: Draft) -> Mandate | None:
    """Return the mandate under which a form was kept, as the register knows it now."""
    if draft.authority is None:
        return None
    return next((each for each in state.mandates if each.reference == draft.authority.mandate), None)


def printed(state: Session) -> Mapping[str, str]:
    """Return what the document says of whom it is about: of a principal the register's entry has name and number.

    Of a company, who applies is the employee: what is said of a person is said of them.
    """
    mandate, holder = state.mandate, state.holder
    if mandate is not None and mandate.kind != ENTERPRISE:
        number = mandate.principal.number
        said = {"name": mandate.principal.name, "number": number}
        if len(number) == RESIDENT_DIGITS and number[:-1].isdecimal():
            # GB 11643: eight digits of the day of birth, and an odd number for a man
            said["birth_date"] = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
            said["sex"] = "1" if int(number[16]) % 2 else "2"
        return said
    if holder is None:
        return {}
    return {
        "name": holder.name,
        "number": holder.number,
        "sex": holder.sex,
        "birth_date": holder.birth_date.isoformat(),
        "ethnicity": holder.ethnicity,
        "address": holder.address,
    }
