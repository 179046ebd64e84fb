"""What the form of an act asks a clerk, and reading what they wrote: complete, or a sentence at every gap."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from kiosk.backend.applications.acts import WORDS_MOST
from kiosk.backend.web.common import Posted


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One of several to choose."""

    value: str
    says: str
    more: str = ""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One question of a form."""

    name: str
    label: str
    kind: str = "area"
    """``area``, ``text``, ``date``, ``number``, ``radio``, ``checks``, ``wants``: a check box with words for each"""
    hint: str = ""
    options: tuple[Option, ...] = ()
    value: str = ""
    """What stands there from the beginning."""
    required: bool = True
    most: int = WORDS_MOST
    when: str = ""
    """Only asked when the choice of this value was made; ``window.css`` hides it otherwise."""


class Given:
    """What was written into a form; ``errors`` says what is missing, by name of the field."""

    def __init__(self, form: Posted) -> None:
        self._form = form
        self.errors: dict[str, str] = {}

    def words(self, name: str, says: str = "", most: int = WORDS_MOST) -> str:
        """Return what was written; ``says`` is the sentence when nothing was, empty where it may be left out."""
        text = self._form.text(name, most + 1)
        if not text and says:
            self.errors[name] = says
        if len(text) > most:
            self.errors[name] = f"最多 {most} 个字，现在是 {len(self._form.text(name, 20_000))} 个。请写得简短一些。"
        return text

    def one_of(self, name: str, allowed: Iterable[str], says: str = "") -> str:
        """Return what was chosen, when it is one of ``allowed``."""
        chosen = self._form.text(name, 200)
        if chosen in set(allowed):
            return chosen
        if says:
            self.errors[name] = says
        return ""

    def day(self, name: str, *, after: date, says: str = "") -> date | None:
        """Return a day later than ``after``."""
        text = self._form.text(name, 20)
        if not text and not says:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self.errors[name] = says or "请选一个日期。"
            return None
        if day <= after:
            self.errors[name] = "请选今天以后的日期。"
            return None
        return day

    def number(self, name: str, least: int, most: int) -> int:
        """Return a whole number within bounds; the least where it is none."""
        text = self._form.text(name, 10)
        if text.isascii() and text.isdecimal() and least <= int(text) <= most:
            return int(text)
        self.errors[name] = f"请填 {least} 到 {most} 之间的数。"
        return least

    def ticked(self, name: str, value: str, says: str = "") -> bool:
        """Return whether a box was ticked."""
        if value in self._form.all(name):
            return True
        if says:
            self.errors[name] = says
        return False

    def wanted(self, name: str, options: Iterable[Option]) -> dict[str, str]:
        """Return the words for each box that was ticked, by its value."""
        known = {option.value: option.says for option in options}
        return {
            value: self.words(f"{name}-{value}", f"请写明“{known[value]}”缺什么、哪里不对，申请人会原样看到。")
            for value in self._form.all(name)
            if value in known
        }


def values_of(fields: Iterable[Field], form: Posted | None) -> dict[str, tuple[str, ...]]:
    """Return what stands in each field: what was written, else what stands there from the beginning."""
    found: dict[str, tuple[str, ...]] = {}
    for field in fields:
        if form is None:
            found[field.name] = (field.value,) if field.value else ()
            continue
        found[field.name] = form.all(field.name)
        for option in field.options if field.kind == "wants" else ():
            key = f"{field.name}-{option.value}"
            found[key] = form.all(key)
    return found
