"""A citizen who goes on by what the page offers, whatever happens, and tells when a page leaves them standing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import uuid4

from headless.driven import driven
from headless.street import INK, Street, eventual_raw, journey
from kiosk.forms import PageRef
from kiosk.session import events, gathering
from kiosk.session.state import Delivery, Receipt, Session, Stage

PATIENCE_S: Final = 8.0
"""So long somebody looks at a page on which nothing happens, before they try otherwise."""
CAMERA_PATIENCE_S: Final = 3.0
"""Its process goes by real time."""
SILENCE_S: Final = 45.0
"""A page that only says "one moment" for longer than this leaves people standing."""
DELAY_S: Final = 10.0
"""So long they wait for departments that were told to answer later."""
TRIES: Final = 3
"""So often they try the same on one page."""
MOST_DEEDS: Final = 500
APPLIED, KEPT, LEFT, WIPED = "applied", "kept", "left", "wiped"

Deed = Callable[[], Awaitable[None]]


class Stuck(AssertionError):
    """There was no way on, or nothing was said for too long."""


class Citizen:
    """One person before the terminal, from the first touch to the invitation for the next.

    Args:
        here: The terminal.
        name: The journey.
        uses_scanner: They hold up the code of a guide instead of looking for the service.
    """

    def __init__(self, here: Street, name: str, *, uses_scanner: bool = False) -> None:
        self.here = here
        self.told = journey(name)
        self.steps: list[str] = []
        """Pages, in the order they came."""
        self.struck = False
        self._uses_scanner = uses_scanner
        self._step = ""
        self._strike: Deed | None = None
        self._heal: Deed | None = None
        self._gone = False
        self._changes = 0
        """Of the page, since it was struck."""
        self._seen: set[str] = set()
        """What the screen said when it was struck."""
        self._tries = 0
        self._filed = False
        self._leaves = False
        self._keeps = False
        self.kept_without_camera = False
        """They had the form kept while the house said that no camera works."""
        self._reprinted = False

    def at(self, step: str, strike: Deed, heal: Deed | None, *, gone: bool) -> None:
        """Plan that something is struck when they first come to a page.

        Args:
            step: Name of the page.
            strike: Does it.
            heal: Makes it well, once they were told or are two pages on; None: nobody does.
            gone: They walk away then, without a word.
        """
        self._step, self._strike, self._heal, self._gone = step, strike, heal, gone

    async def walk(self) -> str:
        """Go through it all; return how it ended.

        Raises:
            Stuck: the terminal left them standing.
        """
        self.here.told = self.told
        await self.here.at(Stage.ATTRACT)
        busy_since_s: float | None = None
        for _ in range(MOST_DEEDS):
            state = self.here.now
            if self.steps and state.stage is Stage.ATTRACT:
                return APPLIED if self._filed else KEPT if self._keeps else LEFT if self._leaves else WIPED
            await self._minds(state)
            if self._gone and self.struck:
                return await self._walks_away()
            state = self.here.now
            if not waits(state):
                busy_since_s = None
                await self._act(state)
                continue
            if state.idle is not None:
                self.here.post(events.Stay())
            now_s = driven().time()
            busy_since_s = now_s if busy_since_s is None else busy_since_s
            if now_s - busy_since_s > SILENCE_S:
                raise Stuck(f"nothing is said for {SILENCE_S:g} s: {_place(state)}")
            await self._changed(state, 1.0)
        raise Stuck(f"goes round in circles: {_place(self.here.now)}, {self.steps[-8:]}")

    async def dragged_away(self) -> None:
        """Bring the terminal back to its invitation, whatever it takes: for who is stuck."""
        for _ in range(40):
            state = self.here.now
            if state.stage is Stage.ATTRACT:
                return
            await self.here.hand("idreader", "remove")
            self.here.post(events.Leave() if state.leaving else events.Home())
            await self._changed(state, 5.0)
        raise Stuck(f"never comes back to its invitation: {_place(self.here.now)}")

    # --- the plan ------------------------------------------------------------------------------------------------

    async def _minds(self, state: Session) -> None:
        """Note the page; strike when it is the one, heal when it is time."""
        step = str(state.stage)
        if not self.steps or self.steps[-1] != step:
            self.steps.append(step)
            self._tries = 0
            self._changes += self.struck
        if self._strike is not None and not self.struck and step == self._step:
            self._seen = said(state)
            self.struck = True
            await self._strike()
        elif self._heal is not None and self.struck and self._knows(state):
            heal, self._heal = self._heal, None
            await heal()

    def _knows(self, state: Session) -> bool:
        """Return whether they were told, were not hindered, or are at a loss."""
        return bool(said(state) - self._seen) or self._changes >= 2 or self._tries >= 2

    async def _walks_away(self) -> str:
        """Do one last thing and go; whoever comes next takes the card that was left."""
        state = self.here.now
        if state.stage is not Stage.ATTRACT and not waits(state):
            await self._act(state)
        self._filed = self._filed or bool(self.here.now.submissions)
        if self.steps == [str(Stage.ATTRACT)] and self.here.now.stage is Stage.ATTRACT:
            self.here.post(events.Touched(session=str(uuid4())))
            await self.here.at(Stage.FIND)
        await self.here.until(lambda now: now.stage in (Stage.GOODBYE, Stage.ATTRACT), 1200.0)
        self._filed = self._filed or any(each.submissions for each in self.here.states)
        await self.here.hand("idreader", "remove")
        await self.here.until(lambda now: now.stage is Stage.ATTRACT, 120.0)
        return APPLIED if self._filed else WIPED

    # --- the pages -----------------------------------------------------------------------------------------------

    async def _act(self, state: Session) -> None:  # noqa: C901  # a row per page
        """Do what the page asks for, or the next best thing it offers."""
        self._filed = self._filed or bool(state.submissions)
        if state.idle is not None:
            await self._do(state, events.Stay())
            return
        if state.leaving:
            await self._do(state, events.Leave())
            return
        if self._leaves and state.stage not in (Stage.ATTRACT, Stage.GOODBYE):
            await self._do(state, events.Home())
            return
        match state.stage:
            case Stage.ATTRACT:
                await self._do(state, events.Touched(session=str(uuid4())))
            case Stage.FIND:
                await self._find(state)
            case Stage.DOCUMENT:
                await self._identify(state)
            case Stage.VERIFY:
                await self._verify(state)
            case Stage.FETCH:
                await self._try(state, events.Retry(), events.Next())
            case Stage.RESUME if state.drafts:
                await self._do(state, events.DraftDropped(draft=state.drafts[0].id))
            case Stage.KEPT:
                self._keeps = True
                await self._do(state, events.Next())
            case Stage.BEHALF:
                await self._do(state, events.ActedFor())
            case Stage.SITUATION | Stage.QUESTION:
                await self._answer(state)
            case Stage.MATERIALS:
                await self._supply(state)
            case Stage.CAMERA:
                await self._photograph(state)
            case Stage.PROMISE:
                await self._do(state, events.Promised())
            case Stage.SIGN:
                await self._do(state, events.Signed(strokes=INK))
            case Stage.OUTCOMES:
                await self._outcomes(state)
            case Stage.RECEIPT:
                await self._receipt(state)
            case Stage.RATING:
                await self._do(state, events.Rated(level=self.told["rating"]))
            case Stage.GOODBYE:
                await self.here.hand("idreader", "remove")
                await self._changed(state, 60.0)
            case _:
                await self._do(state, events.Next())

    async def _find(self, state: Session) -> None:
        if self._uses_scanner and not self._tries and state.works("scanner"):
            await self.here.hand("scanner", "show", text=f"onething:guide/{self.told['service']}")
            if not await self._changed(state, PATIENCE_S) or self.here.now.stage is Stage.FIND:
                self._tries += 1
            await self.here.hand("scanner", "hide")
        else:
            await self._do(state, events.ServiceChosen(service=self.told["service"]))

    async def _identify(self, state: Session) -> None:
        if state.document_on:
            await self.here.hand("idreader", "remove")
            if not await self._changed(state, PATIENCE_S):
                self._gives_up_after(TRIES)
            self._gives_up_after(2 * TRIES)
            return
        if not state.works("id-reader"):
            if not await self._changed(state, PATIENCE_S):
                self._gives_up_after(TRIES)
            return
        await self.here.hand("idreader", "insert", document=self.told["document"])
        try:
            await self.here.until(
                lambda now: (
                    now.stage is not Stage.DOCUMENT or now.document_on or not now.works("id-reader") or now.idle
                ),
                PATIENCE_S,
            )
        except AssertionError:
            await self.here.hand("idreader", "remove")
            self._gives_up_after(TRIES)

    async def _verify(self, state: Session) -> None:
        if state.advice is not None:
            self._gives_up_after(2 * TRIES)
        if state.verification is None:
            await self._do(state, events.CodeWanted())
            return
        await self._do(state, events.CodeEntered(code=await self.here.code()))

    async def _answer(self, state: Session) -> None:
        page = state.page
        assert page is not None
        children = self.told.get("entries", {}).get("children", [])
        if page == PageRef(id="children"):
            made = len(state.answers.repeats.get("children", ()))
            await self._do(state, events.EntryAdded(repeat="children") if made < len(children) else events.Next())
            return
        source = self.told["answers"] if page.entry is None else children[page.entry]
        if page.id not in source:  # asked only because no register answered
            self._leaves = True
            return
        await self._do(state, events.Answered(page=page, raw=eventual_raw(source[page.id])))

    async def _supply(self, state: Session) -> None:
        papers = self.told.get("papers", {})
        later = [need.material.id for need in gathering.missing(state) if papers.get(need.material.id) == "later"]
        await self._do(state, events.MaterialDeferred(material=later[0]) if later else events.Next())

    async def _photograph(self, state: Session) -> None:
        if state.picture is not None:
            blurred = state.advice is not None and state.advice.code == "camera.blurred"
            if blurred and not self._gives_up_after(TRIES, otherwise=True):
                await self._do(state, events.PictureRejected())
                return
            if state.advice is not None and not blurred:
                self._gives_up_after(TRIES)
                await self._do(state, events.Retry())
                return
            await self._do(state, events.PictureKept())
            return
        if not state.works("camera") or state.advice is not None:
            if self._tries and self._heal is None:
                # what the page offers instead: hand it in later, or come again and go on
                later = state.advice is not None and state.advice.code == "camera.lost-deferrable"
                if later:
                    await self._do(state, events.MaterialDeferred(material=state.material))
                    return
                self.kept_without_camera = not state.works("camera")
                await self._do(state, events.SaveWanted())
                return
            self._tries += 1
            if not await self._changed(state, CAMERA_PATIENCE_S) and state.works("camera"):
                await self._do(state, events.PictureWanted())
            return
        await self.here.hand("camera", "put", paper=self.told["papers"][state.material])
        await self._do(state, events.PictureWanted())

    async def _outcomes(self, state: Session) -> None:
        deliveries = {each.delivery for each in state.submissions}
        if not state.settled and Delivery.DELAYED not in deliveries and await self._changed(state, DELAY_S):
            return
        if Delivery.DELAYED in deliveries and self._heal is not None and await self._changed(state, DELAY_S):
            return
        await self._do(state, events.Next())

    async def _receipt(self, state: Session) -> None:
        if state.receipt is Receipt.FAILED and not self._reprinted:
            self._reprinted = True
            if await self._changed(state, PATIENCE_S):  # the page tells when there is paper again
                return
            await self._do(state, events.Retry())
            return
        await self._do(state, events.Next())

    # --- what they share -----------------------------------------------------------------------------------------

    def _gives_up_after(self, tries: int, *, otherwise: bool = False) -> bool:
        """Count a try; after so many leave by home, or just say so."""
        self._tries += 1
        if self._tries >= tries and not otherwise:
            self._leaves = True
        return self._tries >= tries

    async def _try(self, state: Session, first: events.Intent, then: events.Intent) -> None:
        self._tries += 1
        await self._do(state, first if self._tries <= TRIES else then)

    async def _do(self, state: Session, intent: events.Intent) -> None:
        """Touch something, and wait for what it does."""
        self.here.post(intent)
        if not await self._changed(state, PATIENCE_S):
            raise Stuck(f"{type(intent).__name__} does nothing: {_place(state)}")

    async def _changed(self, state: Session, limit_s: float) -> bool:
        """Wait for another state; return whether one came."""
        try:
            await self.here.until(lambda now: now is not state, limit_s)
        except AssertionError:
            return False
        return True


def said(state: Session) -> set[str]:
    """Return every code that the screen or the house knows of now, that of a device after its name."""
    told = {each.advice.code for each in state.submissions if each.advice is not None}
    told |= {f"{device}: {cause}" for device, cause in state.causes.items()} | {state.unprintable}
    if state.advice is not None:
        told.add(state.advice.code or "words of its own")
    return told - {""}


def waits(state: Session) -> bool:
    """Return whether the page only asks for patience."""
    storing = {Delivery.STORING, Delivery.SENDING} & {each.delivery for each in state.submissions}
    printing = state.stage is Stage.RECEIPT and state.receipt is Receipt.PRINTING
    return bool(state.busy) or printing or (state.stage is Stage.OUTCOMES and bool(storing))


def _place(state: Session) -> str:
    advice = state.advice.code if state.advice is not None else "no advice"
    page = state.page.id if state.page is not None else ""
    causes = dict(state.causes)
    return f"at {state.stage} {page}, busy {state.busy!r}, {advice}, receipt {state.receipt}, {causes}"
