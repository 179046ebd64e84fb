"""Numbers with a check: identity, organisation, bank card, mobile phone.

python-stdnum is imported with the first number: it brings pydoc and ssl along, and no first page waits for those.
"""

from __future__ import annotations

import re
from datetime import date

_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_BANK_CARD = re.compile(r"[1-9][0-9]{11,18}")


def is_id_number(text: str) -> bool:
    """Say whether ``text`` is an identity number: six digits, a real birth date, a serial number, a check character.

    The area is never judged: areas change, residents of Hong Kong, Macao and Taiwan have 81, 82 and 83, and foreign
    permanent residents have numbers of the same shape that begin with 9.

    Source: GB 11643-1999; check character by ISO 7064 MOD 11-2 (python-stdnum).
    """
    if not _ID_NUMBER.fullmatch(text):
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    from stdnum.iso7064 import mod_11_2

    return mod_11_2.is_valid(text)


def is_credit_code(text: str) -> bool:
    """Say whether ``text`` is a unified social credit code (统一社会信用代码).

    python-stdnum computes the check character. Its own check of the form wants digits in the first two places, but
    GB 32100 has letters there too (A, Y; N for rural collectives), so the form is checked here.

    Source: GB 32100-2015.
    """
    from stdnum.cn import uscc

    return bool(_CREDIT_CODE.fullmatch(text)) and uscc.calc_check_digit(text[:17]) == text[17]


def is_bank_card(text: str) -> bool:
    """Say whether ``text`` is a card number: 12 to 19 digits with a Luhn check digit.

    Source: ISO/IEC 7812-1, annex B.
    """
    if not _BANK_CARD.fullmatch(text):
        return False
    from stdnum import luhn
    from stdnum.exceptions import ValidationError

    try:
        luhn.validate(text)
    except ValidationError:
        return False
    return True


def is_mobile(text: str) -> bool:
    """Say whether ``text`` is a mobile number of the mainland: 11 digits from 13 to 19."""
    return bool(_MOBILE.fullmatch(text))


def is_time_of_day(text: str) -> bool:
    """Say whether this is a time of the 24-hour clock, ``HH:MM`` (ISO 8601-1:2019, 5.3)."""
    return re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text, re.ASCII) is not None
