"""Applicants made for one example: a person of whom exactly the example's facts are known, and what they send."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import msgspec
from sqlalchemy import Connection, insert, select
from stdnum.cn import ric

from backend.city import START, TERMINAL, TODAY, Citizen, Clock, catalogue, running, settings_for
from kiosk.backend.registers.people import Person
from kiosk.backend.storage import Database, schema
from kiosk.catalogue import BASKET, MaterialNeed, Obtained
from kiosk.catalogue.examples import Filing, _answers, facts_of, is_held
from kiosk.contract import Application, Case
from kiosk.forms import Answer, Answers, Question, Value, holds, to_json, to_wire


@dataclass
class Applicant(Citizen):
    """Somebody made for one example."""

    made: Person | None = None

    @property
    def person(self) -> Person:
        assert self.made is not None
        return self.made


@dataclass(frozen=True, kw_only=True)
class Applied:
    """An example with its person in the city."""

    filed: Filing
    person: Person

    def verified(self, http: httpx.Client) -> Applicant:
        """Return the person, who has shown who they are: the code and its token stand in the database already."""
        return Applicant(http, self.person.key, made=self.person, token=token_of(self.person))


class Street:
    """The running backend, and people put into it one by one."""

    def __init__(self, http: httpx.Client, database: Database) -> None:
        self.http = http
        self._database = database
        self._made = 0

    def move_in(self, filed: Filing) -> Applied:
        """Put a person into the city of whom exactly these facts are known."""
        self._made += 1
        born = filed.facts.get("card.birth_date")
        sex = str(filed.facts.get("card.sex", "2"))
        number = id_number(born if isinstance(born, date) else date(1980, 1, 1), sex, self._made)
        filed = numbered(filed, number)
        person = Person(
            key=f"made-{self._made}",
            kind="resident-id",
            name=str(filed.facts.get("card.name", "示例人")),
            number=number,
            sex=sex,
            birth_date=born if isinstance(born, date) else date(1980, 1, 1),
            phone=f"139{self._made:08d}",
            social_security_card=None,
        )
        self._database.write_now(lambda connection: put(connection, person, filed.facts))
        return Applied(filed=filed, person=person)


def id_number(born: date, sex: str, serial: int) -> str:
    """Return a number of its own for everybody, as their card would have it; area codes 0009xx are nowhere."""
    order = (serial * 2 + (1 if sex == "1" else 0)) % 1000
    seventeen = f"{900 + serial * 2 // 1000:06d}{born:%Y%m%d}{order:03d}"
    return seventeen + str(ric.calc_check_digit(seventeen + "0"))


def numbered(filed: Filing, number: str) -> Filing:
    """Return the example with a number of its own: a city has no two people of one number."""
    same = {
        name
        for element in catalogue().elements.values()
        if "card.number" in element.known_from
        for name in element.known_from
    }
    facts = {name: number if name in same else value for name, value in filed.facts.items()}
    single = {
        name: Answer(value=number, origin=answer.origin) if answer.origin in same else answer
        for name, answer in filed.answers.single.items()
    }
    answers = Answers(single=single, repeats=filed.answers.repeats)
    return msgspec.structs.replace(filed, facts=facts, answers=answers)


def put(connection: Connection, person: Person, facts: Mapping[str, Value]) -> None:
    values = {
        "kind": person.kind,
        "number": person.number,
        "name": person.name,
        "english_name": "",
        "phone": person.phone,
        "social_security_card": None,
        "household": 0,
    }
    connection.execute(insert(schema.resident).values(values))
    resident = connection.execute(
        select(schema.resident.c.id).where(schema.resident.c.number == person.number)
    ).scalar()
    entries = [
        {
            "register": register,
            "resident": resident,
            "reference": f"R-{person.key}",
            "as_of": TODAY,
            "facts": msgspec.json.encode(under(facts, f"register.{register}.")).decode(),
        }
        for register in catalogue().registers
    ]
    licences = [
        {
            "type": kind,
            "number": f"L-{person.key}",
            "resident": resident,
            "issued_on": TODAY,
            "valid_until": None,
            "revoked": False,
            "fields": msgspec.json.encode(under(facts, f"licence.{kind}.")).decode(),
        }
        for kind in catalogue().licences
        if is_held(f"licence.{kind}.", catalogue().licences)
    ]
    connection.execute(insert(schema.register_entry), entries)
    connection.execute(insert(schema.licence), licences)
    verify_directly(connection, person, resident)


def token_of(person: Person) -> str:
    return f"token of {person.key}, long enough to be one"


def verify_directly(connection: Connection, person: Person, resident: Any) -> None:
    """Put in what a code and its check leave behind; three requests less for each of many hundred people."""
    sent = {
        "id": f"verification-{resident}",
        "document": b"",
        "resident": resident,
        "terminal": TERMINAL,
        "code": b"",
        "sent_at": START.timestamp(),
        "expires_at": START.timestamp(),
        "attempts_left": 0,
    }
    connection.execute(insert(schema.verification).values(sent))
    token = {
        "hash": hashlib.sha256(token_of(person).encode()).digest(),
        "resident": resident,
        "verification": sent["id"],
        "terminal": TERMINAL,
        "issued_at": START.timestamp(),
        "expires_at": START.timestamp() + 1200,
    }
    connection.execute(insert(schema.token).values(token))


def under(facts: Mapping[str, Value], prefix: str) -> dict[str, object]:
    return {name.removeprefix(prefix): to_json(value) for name, value in facts.items() if name.startswith(prefix)}


def supplied(applicant: Applicant, filed: Filing, need: MaterialNeed) -> dict[str, Any] | None:
    """Return how a material is handed in: nothing where it is made from the answers or surely not wanted."""
    matter, material = filed.matter, need.material
    if need.when is not None and holds(matter.form, need.when, filed.answers, TODAY) is False:
        return None
    for way in material.obtained:
        if way is Obtained.GENERATED:
            return None
        if way is Obtained.LICENCE and not is_held(f"licence.{material.licence}.", catalogue().licences):
            continue
        reference = applicant.attach() if way is Obtained.SCAN else ""
        return {"material": material.id, "obtained": way.value, "reference": reference}
    raise AssertionError(f"{material.id} cannot be handed in")


def request(applicant: Applicant, filed: Filing) -> dict[str, Any]:
    matter = filed.matter
    materials = (supplied(applicant, filed, need) for need in matter.materials)
    return {
        "matter": matter.id,
        "items": [item.id for item in (*matter.items, *matter.guided)],
        "catalogueVersion": catalogue().version,
        "answers": msgspec.json.decode(msgspec.json.encode(to_wire(filed.answers))),
        "entry": None if matter.per is None else 0,
        "session": f"session-{uuid4()}",
        "terminal": "T-TEST",
        "materials": [each for each in materials if each is not None],
        "notice": "1",
        "signature": [{"points": [[1, 2, 0], [300, 200, 40]]}],
        "language": "zh-Hans",
        "signedAt": START.isoformat(),
    }


def basket(items: Iterable[str], given: Mapping[str, object] | None = None) -> Filing:
    """Return a free combination, answered with the elements' examples and what is given."""
    matter = catalogue().merged(BASKET, tuple(items), TODAY)
    elements = [page.element for page in matter.form.pages if isinstance(page, Question)]
    facts = facts_of(catalogue(), given or {}, elements, TODAY)
    return Filing(matter=matter, facts=facts, answers=_answers(matter.form, given or {}, facts, TODAY))


@contextmanager
def street_of(folder: Path) -> Iterator[Street]:
    """Run a backend in ``folder``, into which people can move."""
    with running(settings_for(folder, Clock(), generated_people=0)) as http:
        database = Database(folder / "backend.sqlite")
        yield Street(http, database)
        database.close()


def finish(applicant: Applicant, body: dict[str, Any]) -> Application:
    answer = applicant.submit(body)
    assert answer.status_code == 201, answer.text
    number = msgspec.json.decode(answer.content, type=Application).number
    assert applicant.outcomes(number)[-1][1] == "end"
    return applicant.application(number)


def case_of(application: Application, item: str) -> Case:
    return next(case for case in application.cases if case.item == item)
