"""Which city decides an item, and handing it over: accepted here, with office and day of the city that decides."""

from __future__ import annotations

import dataclasses
import uuid

import msgspec
from sqlalchemy import insert, select, update

from kiosk.backend.applications import documents
from kiosk.backend.applications.clock import CaseClock
from kiosk.backend.applications.documents import day_text
from kiosk.backend.applications.life import Life, Line, change, with_clock
from kiosk.backend.applications.papers import Papers
from kiosk.backend.applications.sentences import put
from kiosk.backend.applications.states import Move
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.regions import sentences
from kiosk.backend.storage import schema
from kiosk.catalogue import Catalogue, City, Item
from kiosk.contract import (
    Actor,
    ApplicationRequest,
    Case,
    CaseState,
    DecidingOffice,
    DocumentRef,
    Parcel,
    ProblemError,
    WireAnswers,
)
from kiosk.forms import Question

QUEUED, SENT, ANSWERED = "queued", "sent", "answered"


class Routing:
    """Sends cases to the cities that decide them."""

    def __init__(self, catalogue: Catalogue, papers: Papers) -> None:
        self._catalogue = catalogue
        self._papers = papers
        self.home = next((root.code for root in catalogue.divisions.roots), "")
        """Code of the division of this city."""

    def check(self, request: ApplicationRequest, items: tuple[Item, ...]) -> None:
        """See that the city named can decide something of this application.

        Raises:
            RefusedRequestError: ``APPLICATION_INVALID`` with a pointer.
        """
        if request.decided_in in ("", self.home) or any(self.city(request, item) for item in items):
            return
        error = ProblemError(detail="That city decides none of these items", pointer="/decidedIn")
        raise RefusedRequestError(Code.APPLICATION_INVALID, errors=(error,))

    def city(self, request: ApplicationRequest, item: Item) -> City | None:
        """Return the other city that decides ``item`` of this application; none: it is decided here."""
        cities = self._catalogue.deciding_cities(item.id)
        return next((city for city in cities if city.id == request.decided_in), None)

    def hand_over(self, one: Life, request: ApplicationRequest, item: Item, city: City) -> Case:
        """Accept a case for ``city``, and put its parcel where it is fetched from; in the transaction that makes it."""
        days = (item.committed_days or item.statutory_days) + city.adds_days
        one = with_clock(one, CaseClock(start=one.received_at.date(), days=days))
        due = one.clock.due(one.today)
        reason = put(sentences.SENT, city=city.name, due=day_text(due.on), office=city.office, phone=city.phone)
        office = DecidingOffice(city=city.id, city_name=city.name, name=city.office, phone=city.phone)
        case = msgspec.structs.replace(
            one.case,
            state=CaseState.ACCEPTED,
            reason=reason,
            due_on=due.on,
            contact=city.phone,
            decided_by_office=office,
        )
        notice = self._papers.notice(dataclasses.replace(one, case=case), documents.ACCEPTANCE, due_on=day_text(due.on))
        case = change(
            one,
            msgspec.structs.replace(case, documents=(notice,)),
            Move.SETTLE,
            Line(what="sent", who=Actor.RULES, says=reason),
        ).case
        connection, table = one.connection, schema.case
        # no department here decides it: it is in none of their lists
        connection.execute(update(table).where(table.c.id == one.id).values(department=""))
        parcel = self._parcel(one, request, item, city)
        connection.execute(
            insert(schema.parcel_out).values(
                id=parcel.id,
                application=one.application,
                case_number=case.number,
                city=city.id,
                content=msgspec.json.encode(parcel).decode(),
                state=QUEUED,
                not_before=one.now.timestamp(),
                attempts=0,
            )
        )
        return case

    def _parcel(self, one: Life, request: ApplicationRequest, item: Item, city: City) -> Parcel:
        """Return what the other city needs to decide: of this item alone, and nothing else that was answered."""
        form = self._catalogue.merged(item.id, (item.id,), one.today).form
        single = {page.element.id for page in form.pages if isinstance(page, Question)}
        repeats = {page.id for page in form.pages if not isinstance(page, Question)}
        used = {use.material for use in item.materials}
        person = schema.resident.c
        verified = one.resident if one.agent is None else one.agent
        query = select(person.kind, person.number, person.name).where(person.id == verified)
        holder = one.connection.execute(query).one()
        return Parcel(
            id=str(uuid.uuid4()),
            from_city=self.home,
            to_city=city.id,
            case_number=one.case.number,
            holder=DocumentRef(kind=holder.kind, number=holder.number, name=holder.name),
            verified_at=one.now,
            request=msgspec.structs.replace(
                request,
                matter=item.id,
                items=(item.id,),
                answers=WireAnswers(
                    single={name: answer for name, answer in request.answers.single.items() if name in single},
                    repeats={name: rows for name, rows in request.answers.repeats.items() if name in repeats},
                ),
                entry=None,
                materials=tuple(each for each in request.materials if each.material in used),
                payment="",
            ),
        )
