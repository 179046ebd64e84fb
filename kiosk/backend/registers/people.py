"""The people of the simulated city: those of the people file, and some hundreds made up by rule.

Everything here is visibly fictitious: area codes 0001xx belong to no place, names are made of words for samples.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import msgspec
from stdnum.cn import ric

DIVISIONS = {
    "样本路": "000101002000",
    "银杏巷": "000101001000",
    "青年路": "000101003000",
    "旧证弄": "000101004000",
    "虚构街": "000102001000",
    "试验大道": "000102002000",
    "对岸路": "000102003000",
    "生僻字胡同": "000102100000",
}
"""Streets of the simulated city and the subdistrict each lies in."""

_PREFIXES = {"000101": "示例市城东区", "000102": "示例市湖滨区"}
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
_GIVEN = ("样", "例", "仿", "拟", "虚", "构", "模", "范", "假", "测")
_COUNTED = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_SEED = 20_261_001
_NEWEST_BIRTH = date(2026, 6, 30)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A resident of the simulated city, as the people file names one."""

    key: str
    kind: str
    name: str
    english_name: str = ""
    number: str
    sex: str
    ethnicity: str = ""
    nationality: str = ""
    birth_date: date
    address: str = ""
    phone: str | None
    social_security_card: str | None
    valid_from: date | None = None
    """Of the document."""
    valid_until: date | None = None
    """Of the document; ``None``: without end."""
    household: int = 0
    """Those who share it live together; couples share it, too."""
    spouse: str | None = None
    """Key of the spouse."""


class _PeopleFile(msgspec.Struct, frozen=True):
    people: tuple[Person, ...]


def fixed_people(path: Path) -> tuple[Person, ...]:
    """Return the people of the people file; those at one address are a household.

    Raises:
        OSError: the file cannot be read.
        msgspec.ValidationError: the file is not a people file; the message names the place.
    """
    people = msgspec.yaml.decode(path.read_bytes(), type=_PeopleFile).people
    homes: dict[str, int] = {}
    return tuple(
        msgspec.structs.replace(person, household=homes.setdefault(person.address or person.key, len(homes) + 1))
        for person in people
    )


def generated_people(count: int) -> tuple[Person, ...]:
    """Return ``count`` made-up residents, the same ones on every machine."""
    chance = random.Random(_SEED)  # noqa: S311 - made-up people, no secrets; every machine must make the same ones
    people: list[Person] = []
    for household in _households(chance, count):
        people.extend(household)
    return tuple(people[:count])


def split_address(address: str) -> Mapping[str, str] | None:
    """Return ``{division, detail}`` of an address as printed on a card, or None when it is not of this city."""
    for street, division in DIVISIONS.items():
        prefix = _PREFIXES[division[:6]]
        if address.startswith(prefix + street):
            return {"division": division, "detail": address.removeprefix(prefix)}
    return None


def _households(chance: random.Random, count: int) -> Iterator[list[Person]]:
    made = 0
    number = 10_000
    while made < count:
        number += 1
        street, division = chance.choice(sorted(DIVISIONS.items()))
        door = f"{chance.randrange(1, 200)}号{chance.randrange(1, 30)}0{chance.randrange(1, 5)}室"
        place = f"{_PREFIXES[division[:6]]}{street}{door}"
        first = _person(chance, made, division, place, number, oldest=1935, newest=2004)
        members = [first]
        if chance.random() < 0.55:
            second = _person(
                chance,
                made + 1,
                division,
                place,
                number,
                oldest=1935,
                newest=2004,
                sex="1" if first.sex == "2" else "2",
            )
            members = [
                msgspec.structs.replace(first, spouse=second.key),
                msgspec.structs.replace(second, spouse=first.key),
            ]
        adults = len(members)
        members += [
            _person(chance, made + adults + child, division, place, number, oldest=2009, newest=2026)
            for child in range(chance.choice((0, 0, 1, 1, 2)))
        ]
        made += len(members)
        yield members


def _person(
    chance: random.Random,
    index: int,
    division: str,
    place: str,
    household: int,
    *,
    oldest: int,
    newest: int,
    sex: str | None = None,
) -> Person:
    born = date(oldest, 1, 1) + timedelta(days=chance.randrange((date(newest, 1, 1) - date(oldest, 1, 1)).days))
    born = min(born, _NEWEST_BIRTH)
    sex = sex or chance.choice(("1", "2"))
    name = chance.choice(_SURNAMES) + chance.choice(_GIVEN) + _COUNTED[index % len(_COUNTED)]
    adult = born.year < 2008
    return Person(
        key=f"generated-{index:04d}",
        kind="resident-id",
        name=name,
        number=_number(division[:6], born, index, sex),
        sex=sex,
        ethnicity="01",
        birth_date=born,
        address=place,
        phone=f"1380014{index:04d}" if adult else None,
        social_security_card=f"C2{index:07d}",
        household=household,
    )


def _number(area: str, born: date, index: int, sex: str) -> str:
    """Return an ID number (GB 11643); the order code is odd for men, even for women."""
    order = (index * 2 + (1 if sex == "1" else 0)) % 1000
    seventeen = f"{area}{born:%Y%m%d}{order:03d}"
    return seventeen + str(ric.calc_check_digit(seventeen + "0"))
