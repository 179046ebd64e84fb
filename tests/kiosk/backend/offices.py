"""People in departments: a second process on the same database that does what clerks do, and lets time do its work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx
import msgspec
from sqlalchemy import delete

from backend.city import TERMINAL, Citizen, Clock, catalogue
from kiosk.backend import BackendSettings
from kiosk.backend.applications.acts import Act, Acted, Clerk
from kiosk.backend.applications.desk import Folder, Row, Work
from kiosk.backend.house import House, build
from kiosk.backend.storage import schema
from kiosk.contract import Application, CaseDetail

CLERK = Clerk(number="S-0001")
SUPERVISOR = Clerk(number="S-0002", supervisor=True)


class Office:
    """The departments' side of a running backend."""

    def __init__(self, house: House, clock: Clock) -> None:
        self.house = house
        self.clock = clock

    def folder(self, case: str, clerk: Clerk = CLERK) -> Folder:
        return self.house.database.read_now(lambda connection: self.house.desk.folder(connection, clerk, case))

    def do(self, case: str, act: Act, *, clerk: Clerk = CLERK, version: int | None = None) -> Acted:
        seen = self.folder(case).case.version if version is None else version
        return self.house.database.write_now(
            lambda connection: self.house.desk.apply(connection, clerk, case, seen, act)
        )

    def rows(self, work: Work, clerk: Clerk = CLERK) -> tuple[Row, ...]:
        return self.house.database.read_now(lambda connection: self.house.desk.rows(connection, clerk, work, 50, 0))

    def numbers(self, work: Work) -> set[str]:
        return {row.number for row in self.rows(work)}

    def begin_anew(self) -> None:
        """Let every round of time be due, after the clock was set back."""
        self.house.database.write_now(lambda connection: connection.execute(delete(schema.sweep)))

    def let_time_pass(self, **by: float) -> None:
        """Advance the clock, and do what is due then."""
        self.clock.advance(**by)
        self.house.clockwork.run_due(self.clock.now)


@contextmanager
def office_of(settings: BackendSettings, clock: Clock) -> Iterator[Office]:
    """Open the departments' side of a backend that runs with ``settings``: a second process on its database."""
    house = build(settings, catalogue())
    try:
        yield Office(house, clock)
    finally:
        house.close()


def seen(citizen: Citizen, case: str) -> CaseDetail:
    """Return a case as its holder sees it."""
    answer = citizen.http.get(f"/v1/cases/{case}", headers=citizen.headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == f'"{answer.json()["case"]["version"]}"'
    return msgspec.json.decode(answer.content, type=CaseDetail)


def withdraw(citizen: Citizen, case: str, version: int | str, **body: Any) -> httpx.Response:
    headers = {**citizen.headers, "If-Match": f'"{version}"'}
    return citizen.http.post(f"/v1/cases/{case}/withdrawal", json=body, headers=headers)


def supplement(citizen: Citizen, case: str, version: int | str, **body: Any) -> httpx.Response:
    headers = {**citizen.headers, "If-Match": f'"{version}"'}
    return citizen.http.put(f"/v1/cases/{case}/supplement", json=body, headers=headers)


def correct(citizen: Citizen, number: str, key: str, body: dict[str, Any]) -> httpx.Response:
    headers = {**citizen.headers, "Idempotency-Key": key}
    return citizen.http.post(f"/v1/applications/{number}/corrections", json=body, headers=headers)


def order_for(citizen: Citizen, application: Application) -> Callable[[], None]:
    """Order what an application waits for to be paid; return what pays it from the simulated phone."""
    items = [each.subject for case in application.cases for each in case.waits_for if each.kind == "payment"]
    body = {
        "items": items,
        "notice": "1",
        "session": "session-1",
        "terminal": TERMINAL,
        "application": application.number,
    }
    headers = {**citizen.headers, "Idempotency-Key": str(uuid4())}
    made = citizen.http.post("/v1/payments", json=body, headers=headers)
    assert made.status_code == 201, made.text
    order = made.json()

    def pay() -> None:
        scan = citizen.http.post("/v1/simulated-phone/payments", json={"qr": order["qr"]})
        assert scan.status_code == 201, scan.text
        with citizen.http.stream("GET", f"/v1/payments/{order['id']}/events", headers=citizen.headers) as events:
            assert "event: end" in "".join(events.iter_text())

    return pay


def paid(citizen: Citizen, application: Application) -> Application:
    """Pay what an application waits for, if it does, and return it as it is then."""
    if not any(each.kind == "payment" for case in application.cases for each in case.waits_for):
        return application
    order_for(citizen, application)()
    return citizen.application(application.number)


def scanned(citizen: Citizen, material: str) -> dict[str, Any]:
    return {"material": material, "obtained": "scan", "reference": citizen.attach()}
