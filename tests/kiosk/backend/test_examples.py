"""Every example of every item and one-thing is filed, by a person of whom exactly the example's facts are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import pytest

from backend.city import TODAY, catalogue, problem_code
from backend.filing import Street, request, street_of
from backend.offices import paid
from kiosk.catalogue import ItemExample, Outcome, ThemeExample
from kiosk.catalogue.examples import Filing, filing
from kiosk.contract import Application

Example = ItemExample | ThemeExample


@dataclass(frozen=True, kw_only=True)
class Told:
    """One example and what it should come to."""

    id: str
    identity: str
    example: Example

    def expected(self, filed: Filing) -> dict[str, str]:
        """Return the outcome of each item that is filed."""
        if isinstance(self.example, ItemExample):
            return {item.id: self.example.outcome.value for item in filed.matter.items}
        return {item.id: self.example.outcomes.get(item.id, item.outcome).value for item in filed.matter.items}


def examples() -> list[Told]:
    filed: list[tuple[str, int, Example]] = []
    for item in catalogue().items.values():
        filed += [(item.id, number, each) for number, each in enumerate(item.examples)]
    for theme in catalogue().one_things.values():
        filed += [(theme.id, number, each) for number, each in enumerate(theme.examples)]
    return [Told(id=f"{identity}-{number}", identity=identity, example=each) for identity, number, each in filed]


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    with street_of(tmp_path_factory.mktemp("street")) as made:
        yield made


@pytest.mark.parametrize("told", examples(), ids=lambda told: told.id)
def test_the_example_comes_to_what_it_says(street: Street, told: Told) -> None:
    applied = street.move_in(filing(catalogue(), told.identity, told.example, TODAY))
    applicant = applied.verified(street.http)
    body = request(applicant, applied.filed)
    answer = applicant.submit(body)
    if not applied.filed.matter.items:
        # only explained: nobody files it
        assert problem_code(answer) == "application.invalid"
        assert isinstance(told.example, ThemeExample) or told.example.outcome is Outcome.GUIDED
        return
    assert answer.status_code == 201, answer.text
    application = msgspec.json.decode(answer.content, type=Application)
    if any(case.state == "submitted" for case in application.cases):
        assert applicant.outcomes(application.number)[-1][1] == "end"
        application = applicant.application(application.number)
    application = paid(applicant, application)
    came_to = {case.item: case.state.value for case in application.cases}
    reasons = {case.item: case.reason.zh_hans for case in application.cases}
    assert came_to == told.expected(applied.filed), reasons
