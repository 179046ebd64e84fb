"""The simulated province: the other end of the exchange, as a folder of files that all processes of a backend share.

    sent/<parcel>.json       what this city sent; its answer follows after the pace
    decided/<parcel>.json    what its people decided there instead: put there by a test or a demonstration
    arriving/<parcel>.json   what another city sends: put there by a test or a demonstration
    replied/<parcel>.json    what this city answered
    down                     while this file is there, nothing is carried

The other cities approve after ``pace_s``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.backend.regions.exchange import ExchangeDown
from kiosk.backend.secrets_file import whole_file
from kiosk.contract import CaseState, Parcel, ParcelAnswer
from kiosk.words import Text

_T = TypeVar("_T")
_NAME = re.compile(r"[0-9a-f-]{36}")
_APPROVED = Text(
    zh_hans="审核通过，结果已经送达。",
    zh_hant="審核通過，結果已經送達。",
    en="Approved; the result has been delivered.",
)
_UNDER_WAY = Text(
    zh_hans="已经收到，正在办理。",
    zh_hant="已經收到，正在辦理。",
    en="Received and under way.",
)


class _Sent(msgspec.Struct, frozen=True, kw_only=True):
    parcel: Parcel
    at: datetime


class SimulatedProvince:
    """Cities that exist nowhere."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], pace_s: float) -> None:
        """Keep everything in ``folder``, made when it is needed; decide ``pace_s`` after something was sent."""
        self._folder = folder
        self._clock = clock
        self._pace = timedelta(seconds=pace_s)

    def send(self, parcel: Parcel) -> None:
        """Take a parcel; one that was taken before stays as it was."""
        file = self._file("sent", parcel.id)
        if not file.exists():
            self._write(file, _Sent(parcel=parcel, at=self._clock()))

    def answer(self, parcel: str) -> ParcelAnswer | None:
        """Return what the other city says by now."""
        sent = self._read(self._file("sent", parcel), _Sent)
        if sent is None:
            return None
        decided = self._read(self._file("decided", parcel), ParcelAnswer)
        if decided is not None:
            return decided
        decided_at = sent.at + self._pace
        if self._clock() < decided_at:
            return ParcelAnswer(parcel=parcel, state=CaseState.ACCEPTED, reason=_UNDER_WAY, final=False)
        return ParcelAnswer(
            parcel=parcel, state=CaseState.APPROVED, reason=_APPROVED, final=True, decided_at=decided_at
        )

    def arrived(self) -> Sequence[Parcel]:
        """Return what lies there and has no final answer yet."""
        self._carries()
        found = (self._read(file, Parcel) for file in sorted((self._folder / "arriving").glob("*.json")))
        return tuple(each for each in found if each is not None and not self._is_closed(each.id))

    def reply(self, answer: ParcelAnswer) -> None:
        """Take an answer; a final one stays."""
        if not self._is_closed(answer.parcel):
            self._write(self._file("replied", answer.parcel), answer)

    def put(self, parcel: Parcel) -> None:
        """Let another city send ``parcel`` to this one."""
        self._write(self._file("arriving", parcel.id), parcel)

    def decide(self, answer: ParcelAnswer) -> None:
        """Let the other city answer this instead."""
        self._write(self._file("decided", answer.parcel), answer)

    def replied(self, parcel: str) -> ParcelAnswer | None:
        """Return what this city answered."""
        return self._read(self._file("replied", parcel), ParcelAnswer)

    def fail(self, *, down: bool) -> None:
        """Stop carrying anything, or go on."""
        mark = self._folder / "down"
        if down:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            whole_file(mark, b"")
        else:
            mark.unlink(missing_ok=True)

    def _is_closed(self, parcel: str) -> bool:
        answer = self.replied(parcel)
        return answer is not None and answer.final

    def _file(self, kind: str, parcel: str) -> Path:
        self._carries()
        if not _NAME.fullmatch(parcel):
            raise ValueError("a parcel is named by a UUID")
        return self._folder / kind / f"{parcel}.json"

    def _carries(self) -> None:
        if (self._folder / "down").exists():
            raise ExchangeDown("the exchange is down")

    def _write(self, file: Path, what: msgspec.Struct) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole_file(file, msgspec.json.encode(what))

    @staticmethod
    def _read(file: Path, kind: type[_T]) -> _T | None:
        try:
            return msgspec.json.decode(file.read_bytes(), type=kind)
        except FileNotFoundError:
            return None
