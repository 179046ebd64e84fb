"""What a session does with somebody's own cases, against the real backend and a clerk: nothing between is simulated."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from msgspec.structs import replace

from backend.city import (
    CHILD,
    NEWBORN_MATERIALS,
    NEWBORN_UNMARRIED,
    START,
    Citizen,
    Clock,
    catalogue,
    running,
    settings_on,
    terminal_of,
)
from backend.offices import Office, office_of, scanned
from kiosk.backend.applications.acts import Ask, Refuse
from kiosk.contract import Attachment, Case, CaseAction, CaseState, Stroke
from kiosk.session import events, machine, own_events
from kiosk.session.belongings import Belongings
from kiosk.session.house import House
from kiosk.session.state import DocumentSource, Holder, Session, Stage
from kiosk.submission import BackendClient

INK = (Stroke(points=tuple((5 * place, 5 * place, place) for place in range(20))),)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[tuple[httpx.Client, Office]]:
    clock = Clock()
    clock.now = START
    with (
        settings_on(database, tmp_path_factory.mktemp("own"), clock) as settings,
        running(settings) as client,
        office_of(settings, clock) as office,
    ):
        yield client, office


class Visit:
    """A session of a verified person, stepped by the real machine; what it wants of their own is really asked."""

    def __init__(self, http: httpx.Client, citizen: Citizen) -> None:
        self._house = House(catalogue=catalogue(), terminal="T-TEST")
        self._citizen = citizen
        self._client = BackendClient(str(http.base_url), identity=terminal_of(http))
        self._belongings = Belongings(self._client)
        self.state = Session()

    async def __aenter__(self) -> Visit:
        holder = Holder(
            source=DocumentSource.ID_READER,
            kind="resident-id",
            number=self._citizen.person.number,
            name=self._citizen.person.name,
            sex="2",
            birth_date=START.date().replace(year=1990),
        )
        await self.happens(events.Touched(session="visit"), own_events.MineWanted(), events.DocumentRead(holder=holder))
        self.state = replace(self.state, busy="check")
        await self.happens(events.CodeAccepted())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    def at(self, stage: Stage) -> bool:
        return self.state.stage is stage

    async def happens(self, *what: events.Event) -> None:
        waiting = list(what)
        while waiting:
            event = waiting.pop(0)
            stamped = replace(event, at=START) if isinstance(event, events.Intent) else event
            self.state, wanted = machine.step(self._house, self.state, stamped)
            news: list[events.Event] = []
            for effect in wanted:
                await self._belongings.perform(effect, self._citizen.token, news.append)
            waiting = [*news, *waiting]

    async def photographs(self, attachment: str) -> None:
        await self.happens(events.Next(), events.PictureWanted(), events.PictureTaken(reference="1"))
        await self.happens(events.PictureKept())
        stored = Attachment(id=attachment, sha256="0", bytes=1)
        await self.happens(events.AttachmentStored(material=self.state.material, attachment=stored))


def born(http: httpx.Client) -> tuple[Citizen, Case]:
    sun = Citizen(http, "sun").verify()
    sun.fetch("newborn")
    made = sun.file(sun.request("newborn", NEWBORN_UNMARRIED, [CHILD], entry=0, materials=NEWBORN_MATERIALS))
    return sun, next(case for case in made.cases if case.item == "birth-registration")


async def test_what_a_clerk_asks_for_is_answered_photographed_and_taken(opened: tuple[httpx.Client, Office]) -> None:
    http, office = opened
    sun, case = born(http)
    material = office.house.catalogue.items[case.item].materials[0].material
    office.do(case.number, Ask(materials={material: "照片看不清。"}, answers={"child.name": "和证明不一致。"}))
    async with Visit(http, sun) as visit:
        mine = visit.state.mine
        assert mine is not None
        assert mine.untold == ()
        assert mine.cases.waiting == 2
        await visit.happens(own_events.CaseChosen(number=case.number), own_events.SupplementWanted())
        assert visit.at(Stage.QUESTION)
        page = visit.state.page
        assert page is not None
        assert (page.id, page.repeat, page.entry) == ("child.name", "children", 0)
        await visit.happens(events.Answered(page=page, raw="孙小样"))
        assert visit.at(Stage.MATERIALS)
        await visit.photographs(scanned(sun, material)["reference"])
        await visit.happens(events.Next(), events.Next(), events.Signed(strokes=INK))
        assert visit.state.advice is None
        assert visit.state.case is not None
        assert visit.state.case.done == "supplement"
        assert visit.state.case.detail.case.state is CaseState.ACCEPTED
    folder = office.folder(case.number)
    assert folder.application.answers.repeats["children"][0]["child.name"].value == "孙小样"


async def test_what_a_clerk_decided_meanwhile_is_shown_instead_of_done_over(
    opened: tuple[httpx.Client, Office],
) -> None:
    http, office = opened
    sun, case = born(http)
    async with Visit(http, sun) as visit:
        await visit.happens(own_events.CaseChosen(number=case.number), own_events.WithdrawWanted())
        assert visit.at(Stage.WITHDRAW)
        office.do(case.number, Refuse(reasons="信息不一致。", basis="《户口登记条例》第七条"))
        await visit.happens(events.Next())
        assert visit.at(Stage.CASE)
        assert visit.state.advice is not None
        assert visit.state.advice.code == "case.changed"
        assert visit.state.case is not None
        detail = visit.state.case.detail
        assert detail.case.state is CaseState.REFUSED
        assert {each.kind for each in detail.case.remedies} >= {"reconsideration", "litigation"}
        assert CaseAction.WITHDRAW not in detail.actions
        await visit.happens(own_events.DocumentWanted(number=detail.case.documents[0].number))
        assert visit.at(Stage.SHEET)
