"""A citizen who comes again for what is theirs: supplements, withdraws, looks at licences and uses of their data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kiosk.session.state import Receipt, Session, Stage
from ui.app import Terminal
from ui.pilot.hand import Hand, Lost
from ui.pilot.journeys import Deed

WAIT_S: Final = 30.0
"""The backend may take this long."""


class Visitor:
    """Says what to touch on the pages of what is one's own.

    Args:
        terminal: The terminal.
        hand: Sees and touches its screen.
        deeds: What is to be done.
        picture: Leaves a picture of a page.
    """

    def __init__(self, terminal: Terminal, hand: Hand, deeds: tuple[Deed, ...], picture: Callable[[str], str]) -> None:
        self._terminal = terminal
        self._hand = hand
        self._deeds = list(deeds)
        self._picture = picture
        self._came = False
        self._left = not deeds

    @property
    def done(self) -> bool:
        """Whether they have done everything and left."""
        return self._left

    @property
    def papers(self) -> Mapping[str, str]:
        """What is put under the camera for what is being done."""
        return self._deeds[0].papers if self._deeds and self._session.mending is not None else {}

    @property
    def _session(self) -> Session:
        return self._terminal.screen.session

    def act(self) -> str:
        """Return what to touch on this page; empty where it is as in any matter."""
        match self._session.stage:
            case Stage.ATTRACT:
                self._came = True
                return "attract-mine"
            case Stage.MINE:
                return self._mine()
            case Stage.CASE:
                return self._case()
            case Stage.WITHDRAW:
                return "primary"
            case Stage.LICENCES:
                return self._licence()
            case Stage.SHEET:
                return self._sheet()
            case Stage.USES:
                self._until(lambda: self._session.uses is not None, "who used the data")
                self._picture("uses")
                self._deeds.pop(0)
                return "back"
            case Stage.GOODBYE:
                self._left = self._came
                return ""
            case _:
                return ""

    def _until(self, holds: Callable[[], bool], what: str) -> None:
        self._hand.until(lambda: True if holds() else None, what, limit_s=WAIT_S)

    def _mine(self) -> str:
        self._until(lambda: self._session.mine is not None and not self._session.busy, "what is theirs")
        self._picture("mine")
        if not self._deeds:
            return "primary"
        deed = self._deeds[0]
        if deed.licence:
            return "licences"
        if deed.uses:
            return "uses"
        return f"own-case-{self._number(deed.supplement or deed.withdraw)}"

    def _number(self, item: str) -> str:
        """Return the number of the case of an item."""
        mine = self._session.mine
        for summary in () if mine is None else mine.cases.applications:
            for case in summary.cases:
                if case.item == item:
                    return case.number
        raise Lost(f"there is no case of {item}")

    def _case(self) -> str:
        opened = self._session.case
        if opened is None or not self._deeds:
            return "back"
        if opened.done:
            self._picture(f"case-{opened.done}")
            self._deeds.pop(0)
            return "back"
        self._picture("case")
        return "withdraw" if self._deeds[0].withdraw else "primary"

    def _licence(self) -> str:
        mine = self._session.mine
        wanted = self._deeds[0].licence if self._deeds else ""
        for held in () if mine is None else mine.licences:
            if held.type == wanted:
                return f"own-licence-{held.number}"
        if not wanted:
            return "back"
        raise Lost(f"there is no licence of type {wanted}")

    def _sheet(self) -> str:
        if self._session.sheet_paper is Receipt.NONE:
            self._picture("sheet")
            return "primary"
        self._until(lambda: self._session.sheet_paper is not Receipt.PRINTING, "the printed document")
        self._picture("sheet-printed")
        self._deeds.pop(0)
        return "back"
