"""All four matters from first touch to an empty reader, over real wires, to the outcomes their catalogue declares."""

from __future__ import annotations

import pytest

from drivers.scanner.decode import decode
from headless.street import Street, expected, journey
from kiosk.session.state import Receipt, Stage


@pytest.mark.parametrize("name", ["certificate", "old-age", "newborn", "newborn-unmarried", "restaurant"])
async def test_a_journey_reaches_the_outcomes_its_catalogue_declares(here: Street, name: str) -> None:
    state = await here.submit(name)
    applications = max(1, len(journey(name).get("entries", {}).get("children", [])))
    assert len(state.submissions) == applications
    for submission in state.submissions:
        assert {case.item: str(case.state) for case in submission.cases} == expected(name)
    assert len({submission.application.number for submission in state.submissions if submission.application}) == len(
        state.submissions
    )
    assert (await here.receipt()).receipt is Receipt.PRINTED
    await here.leave()
    assert here.now.stage is Stage.ATTRACT
    assert here.waiting() == [], "what was answered is on the disk no more"
    (slip,) = here.printed()
    assert decode(slip.read_bytes()), "the slip carries a code that reads"
