"""What the registers and the licence library of the simulated city say of each resident, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
from stdnum import luhn
from stdnum.cn import uscc

from kiosk.backend.registers.people import Person, split_address

Facts = dict[str, Any]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What one register says of one person."""

    register: str
    reference: str
    facts: Facts


class HeldLicence(msgspec.Struct, frozen=True, kw_only=True):
    """An electronic licence a person holds."""

    type: str
    number: str
    issued_on: date
    valid_until: date | None
    fields: Facts


class _Work(msgspec.Struct, frozen=True, kw_only=True):
    status: str
    months: int
    employer: str | None
    since: date | None


_WORK = {
    "wang": _Work(status="insured", months=219, employer="示例市样板制造有限公司", since=date(2008, 8, 1)),
    "chen": _Work(status="none", months=0, employer=None, since=None),
    "zhao": _Work(status="insured", months=96, employer="示例市虚构软件有限公司", since=date(2018, 9, 1)),
    "qian": _Work(status="insured", months=118, employer="示例市仿真物流有限公司", since=date(2017, 1, 1)),
    "sun": _Work(status="insured", months=75, employer=None, since=date(2020, 8, 1)),
    "li": _Work(status="insured", months=241, employer="示例小馆餐饮管理有限公司", since=date(2006, 3, 1)),
    "zhou": _Work(status="paused", months=120, employer=None, since=date(1998, 5, 1)),
    "wu": _Work(status="insured", months=27, employer="示例市样板制造有限公司", since=date(2024, 7, 1)),
    "zheng": _Work(status="insured", months=180, employer=None, since=date(1993, 1, 1)),
    "feng": _Work(status="paused", months=150, employer="示例市欠例建筑工程有限公司", since=date(2008, 2, 1)),
    "jiang": _Work(status="insured", months=98, employer="示例小馆餐饮管理有限公司", since=date(2018, 7, 1)),
    "liu": _Work(status="insured", months=372, employer="示例市试验机械厂", since=date(1990, 1, 1)),
}
_MARITAL = {"wang": "divorced", "chen": "widowed", "liu": "divorced"}
_COUPLES = {"zhao": "qian", "qian": "zhao"}
_MARRIED_ON = date(2021, 5, 20)
_ISSUED_ON = date(2020, 1, 1)
_SENIOR = date(1946, 12, 31)


class _Business(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    serial: str
    division: str
    detail: str
    established: date
    scope: str


_BUSINESSES = {
    "li": _Business(
        name="示例小馆餐饮管理有限公司",
        serial="91000102MA0LY0001",
        division="000102002000",
        detail="试验大道18号1层",
        established=date(2026, 9, 8),
        scope="餐饮管理；餐饮服务；食品销售",
    ),
    "feng": _Business(
        name="示例市欠例建筑工程有限公司",
        serial="91000102MA0FQ0002",
        division="000102003000",
        detail="对岸路30号2层",
        established=date(2017, 3, 14),
        scope="房屋建筑工程；室内装饰",
    ),
}


def entries_of(person: Person, people: Mapping[str, Person]) -> Iterator[Entry]:
    """Yield what each register says of ``person``; a register that knows nothing yields nothing."""
    tail = person.number[-8:]
    spouse = people.get(person.spouse or _COUPLES.get(person.key, ""))
    yield Entry(register="population", reference=f"RK-{tail}", facts=_population(person, married=spouse is not None))
    if spouse:
        first, second = sorted((person, spouse), key=lambda one: one.number)
        certificate = f"J{first.number[:6]}-{_MARRIED_ON.year}-{first.number[-5:-1]}{second.number[-3:-1]}"
        yield Entry(register="marriage", reference=certificate, facts=_marriage(spouse, certificate))
    if insurance := _insurance(person):
        yield Entry(register="social-insurance", reference=f"SB-{tail}", facts=insurance)
    if person.kind == "resident-id":
        # the elderly among the generated already receive it, so that both answers exist in the city
        receiving = person.birth_date <= _SENIOR and person.key.startswith("generated")
        yield Entry(register="allowance", reference=f"FL-{tail}", facts={"receiving": receiving})
    if business := _business_of(person):
        facts = {"status": "open", "is_legal_representative": True, "established": business.established.isoformat()}
        yield Entry(register="business", reference=_credit_code(business), facts=facts)
        yield Entry(register="food-health", reference=f"JK-{tail}", facts={"valid_certificates": 3})


def licences_of(person: Person, people: Mapping[str, Person]) -> Iterator[HeldLicence]:
    """Yield the electronic licences ``person`` holds."""
    if business := _business_of(person):
        code = _credit_code(business)
        fields: Facts = {
            "name": business.name,
            "credit_code": code,
            "address": {"division": business.division, "detail": business.detail},
            "legal_representative": person.name,
            "scope": business.scope,
            "established": business.established.isoformat(),
        }
        yield _licence("business-licence", code, business.established, fields)
    if person.kind == "resident-id":
        yield _licence("resident-id", person.number, _ISSUED_ON, {"name": person.name, "number": person.number})
        head = min((each for each in people.values() if each.household == person.household), key=lambda one: one.number)
        number = f"HK{person.number[:6]}{person.household:06d}"
        register: Facts = {"name": person.name, "head": head.name, "address": person.address}
        yield _licence("household-register", number, _ISSUED_ON, register)
    for entry in entries_of(person, people):
        if entry.register == "marriage":
            certificate: Facts = {
                "name": person.name,
                "spouse_name": entry.facts["spouse_name"],
                "certificate_number": entry.reference,
                "registered_on": _MARRIED_ON.isoformat(),
            }
            yield _licence("marriage-certificate", entry.reference, _MARRIED_ON, certificate)


def bank_card(serial: int) -> str:
    """Return the number of a made-up bank card with its Luhn check digit (ISO/IEC 7812-1)."""
    body = f"620000{serial:012d}"
    return body + str(luhn.calc_check_digit(body))


def _licence(kind: str, number: str, issued_on: date, fields: Facts) -> HeldLicence:
    return HeldLicence(type=kind, number=number, issued_on=issued_on, valid_until=None, fields=fields)


def _population(person: Person, *, married: bool) -> Facts:
    facts: Facts = {"name": person.name, "sex": person.sex, "birth_date": person.birth_date.isoformat()}
    if person.phone:
        facts["phone"] = person.phone
    if person.ethnicity:
        facts["ethnicity"] = person.ethnicity
    if person.kind == "resident-id":
        division = person.number[:6]
        facts["hukou_division"] = division if division in {"000101", "000102"} else "other"
        facts["marital_status"] = "married" if married else _MARITAL.get(person.key, "unmarried")
        if address := split_address(person.address):
            facts["hukou_address"] = dict(address)
    return facts


def _marriage(spouse: Person, certificate: str) -> Facts:
    return {
        "spouse_name": spouse.name,
        "spouse_number": spouse.number,
        "spouse_ethnicity": spouse.ethnicity,
        "spouse_hukou_division": spouse.number[:6],
        "certificate_number": certificate,
    }


def _insurance(person: Person) -> Facts | None:
    work = _WORK.get(person.key) or _generated_work(person)
    if work is None or person.social_security_card is None:
        return None
    facts: Facts = {
        "status": work.status,
        "months_pension": work.months,
        "months_medical": work.months,
        "bank_card": bank_card(int(person.social_security_card.removeprefix("C"))),
    }
    if work.employer:
        facts["employer"] = work.employer
    if work.since:
        facts["since"] = work.since.isoformat()
    return facts


def _generated_work(person: Person) -> _Work | None:
    if not person.key.startswith("generated"):
        return None
    serial = int(person.number[-4:-1])
    age = 2026 - person.birth_date.year
    if age < 22 or serial % 7 == 0:
        return _Work(status="none", months=0, employer=None, since=None)
    since = date(person.birth_date.year + 22, 1 + serial % 12, 1)
    months = max(0, min((2026 - since.year) * 12 - serial % 12, 420))
    employer = None if serial % 3 == 0 else f"示例市虚构{'甲乙丙丁'[serial % 4]}号有限公司"
    return _Work(status="paused" if serial % 5 == 0 else "insured", months=months, employer=employer, since=since)


def _business_of(person: Person) -> _Business | None:
    if person.key in _BUSINESSES:
        return _BUSINESSES[person.key]
    if person.key.startswith("generated") and person.phone and int(person.number[-4:-1]) % 25 == 1:
        serial = int(person.key.removeprefix("generated-"))
        return _Business(
            name=f"示例市虚构{serial:04d}号商贸有限公司",
            serial=f"91{person.number[:6]}MA0G{serial:05d}",
            division="000101002000",
            detail=f"样本路{serial}号",
            established=date(2015 + serial % 10, 1 + serial % 12, 1),
            scope="食品销售；日用品零售",
        )
    return None


def _credit_code(business: _Business) -> str:
    """Return the 18-character code (GB 32100-2015) with its check character."""
    return business.serial + str(uscc.calc_check_digit(business.serial))
