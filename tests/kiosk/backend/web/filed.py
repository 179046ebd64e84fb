"""Applications of the simulated city's citizens that give a window something to do."""

from __future__ import annotations

import io
from typing import Any

import httpx
from PIL import Image, ImageDraw

from backend.city import CHILD, NEWBORN_MATERIALS, NEWBORN_UNMARRIED, RESTAURANT, Citizen
from kiosk.contract import Application, Case


def photograph(words: str = "SPECIMEN") -> bytes:
    """Return a picture that a browser shows."""
    picture = Image.new("RGB", (640, 460), "#f7f4ea")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((30, 30, 610, 430), outline="#8a4b00", width=4)
    for line in range(6):
        draw.line((70, 150 + line * 40, 570 - (line % 3) * 60, 150 + line * 40), fill="#9aa6b0", width=6)
    draw.text((70, 80), words, fill="#b0231b")
    made = io.BytesIO()
    picture.save(made, "JPEG")
    return made.getvalue()


class Photographer(Citizen):
    """A citizen whose photographs are pictures."""

    def attach(self, content: bytes = b"") -> str:
        return super().attach(content or photograph())


def allowance(http: httpx.Client, key: str = "chen") -> tuple[Citizen, Case]:
    """An instant item that a person has to look at: the day of birth is not the register's."""
    citizen = Photographer(http, key).verify()
    citizen.fetch("old-age-allowance")
    body: dict[str, Any] = citizen.request("old-age-allowance", {})
    body["answers"]["single"]["person.birth_date"] = {"value": "1985-03-15", "origin": "citizen"}
    return citizen, citizen.file(body).cases[0]


def newborn(http: httpx.Client) -> tuple[Citizen, Application]:
    """Items that departments work on; one material is handed in later."""
    citizen = Photographer(http, "sun").verify()
    citizen.fetch("newborn")
    return citizen, citizen.file(
        citizen.request("newborn", NEWBORN_UNMARRIED, [CHILD], entry=0, materials=NEWBORN_MATERIALS)
    )


def restaurant(http: httpx.Client) -> tuple[Citizen, Application]:
    """A visit that is booked, and a promise that is checked."""
    citizen = Photographer(http, "li").verify()
    citizen.fetch("restaurant")
    return citizen, citizen.file(citizen.request("restaurant", RESTAURANT))


def case_of(application: Application, item: str) -> Case:
    return next(case for case in application.cases if case.item == item)
