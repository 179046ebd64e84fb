"""Numbers while they are typed: grouping loses nothing, a slip is told once it is one and never before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.forms.groups import LENGTHS, Slip, SlipKind, birth_date, groups, slip
from kiosk.forms.model import Kind
from kiosk.forms.numbers import is_bank_card, is_credit_code, is_id_number

TODAY = date(2026, 3, 15)
ID = "110101195803150018"


def _checked(body: str) -> str:
    """Return an identity number with its check character."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (Kind.ID_NUMBER, "11010119580315", ("110101", "1958", "0315")),
        (Kind.ID_NUMBER, ID, ("110101", "1958", "0315", "0018")),
        (Kind.BANK_CARD, "6222020000000000009", ("6222", "0200", "0000", "0000", "009")),
        (Kind.PHONE, "1380013", ("138", "0013")),
        (Kind.TIME, "0930", ("09:30",)),
        (Kind.INTEGER, "1234567", ("1234567",)),
    ],
)
def test_groups(kind: Kind, typed: str, expected: tuple[str, ...]) -> None:
    assert groups(kind, typed) == expected


@given(kind=st.sampled_from(sorted(Kind)), typed=st.text("0123456789X", max_size=25))
def test_grouping_loses_nothing(kind: Kind, typed: str) -> None:
    assert "".join(groups(kind, typed)).replace(":", "") == typed


def test_the_day_of_birth_is_read_back_as_soon_as_it_is_typed() -> None:
    assert birth_date("1101011958031") is None
    assert birth_date("11010119580315") == date(1958, 3, 15)
    assert birth_date("11010119580230") is None


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (Kind.ID_NUMBER, "11010119580230", Slip(SlipKind.DAY, 2)),
        (Kind.ID_NUMBER, "11010120270101", Slip(SlipKind.FUTURE, 1)),
        (Kind.ID_NUMBER, "11010120260401", Slip(SlipKind.FUTURE, 2)),
        (Kind.ID_NUMBER, "110101195803150X", Slip(SlipKind.LETTER, 3)),
        (Kind.PHONE, "12", Slip(SlipKind.START, 0)),
        (Kind.PHONE, "23", Slip(SlipKind.START, 0)),
        (Kind.CREDIT_CODE, "91O", Slip(SlipKind.LETTER, 1)),
        (Kind.BANK_CARD, "6222020000000000001", Slip(SlipKind.CHECK)),
    ],
)
def test_a_slip_is_told_at_once(kind: Kind, typed: str, expected: Slip) -> None:
    assert slip(kind, typed[:-1], TODAY) is None
    assert slip(kind, typed, TODAY) == expected


@settings(max_examples=60)
@given(
    area=st.integers(110000, 829999),
    born=st.dates(date(1900, 1, 1), TODAY),
    serial=st.integers(0, 999),
    place=st.integers(0, 16),
    shift=st.integers(1, 9),
)
def test_a_good_number_is_never_called_wrong_and_one_other_digit_always(
    area: int, born: date, serial: int, place: int, shift: int
) -> None:
    good = _checked(f"{area}{born:%Y%m%d}{serial:03d}")
    assert is_id_number(good)
    assert all(slip(Kind.ID_NUMBER, good[:end], TODAY) is None for end in range(19))
    wrong = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
    assert slip(Kind.ID_NUMBER, wrong, TODAY) is not None


@settings(max_examples=150)
@given(kind=st.sampled_from(sorted(LENGTHS)), typed=st.text("0123456789XAOIé", max_size=20))
def test_anything_can_be_typed(kind: Kind, typed: str) -> None:
    found = slip(kind, typed, TODAY)
    check = {Kind.ID_NUMBER: is_id_number, Kind.CREDIT_CODE: is_credit_code, Kind.BANK_CARD: is_bank_card}.get(kind)
    if check is not None and check(typed) and kind is not Kind.ID_NUMBER:
        assert found is None
