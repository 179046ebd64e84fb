"""A form kept and taken up again, somebody else's matter, a helper: over real wires, with a real backend."""

from __future__ import annotations

from headless.street import Street
from kiosk.session import events
from kiosk.session.state import Stage


async def test_a_form_is_kept_and_taken_up_after_identifying_again_and_gone_once_filed(here: Street) -> None:
    await here.open("restaurant")
    await here.identify()
    assert here.now.stage is Stage.TASKS
    here.post(events.Next())
    await here.at(Stage.QUESTION)
    await here.answer()
    said = dict(here.now.answers.single)
    here.post(events.SaveWanted())
    state = await here.at(Stage.KEPT)
    assert state.kept is not None
    assert state.kept.expires_at is not None
    here.post(events.Next())
    await here.at(Stage.GOODBYE)
    await here.hand("idreader", "remove")
    await here.at(Stage.ATTRACT)

    await here.open("restaurant")
    await here.lay()
    await here.verify()
    state = await here.at(Stage.RESUME)
    (draft,) = state.drafts
    here.post(events.DraftChosen(draft=draft.id))
    await here.until(lambda state: state.stage not in (Stage.RESUME, Stage.FETCH))
    await here.confirm()
    assert dict(here.now.answers.single) == said
    await here.fill()
    await here.sign()
    await here.until(lambda state: state.settled)
    await here.receipt()
    await here.leave()

    await here.open("restaurant")
    await here.lay()
    await here.verify()
    await here.at(Stage.CONFIRM)
    assert here.now.drafts == ()


async def test_an_agent_applies_with_a_helper_beside_them_and_all_are_named(here: Street) -> None:
    await here.open("old-age")
    await here.lay("wu")
    await here.verify()
    state = await here.at(Stage.BEHALF)
    (mandate,) = state.mandates
    here.post(events.ActedFor(mandate=mandate.reference))
    await here.at(Stage.NOTICE)

    here.post(events.HelperWanted())
    await here.at(Stage.HELPER)
    here.post(events.HelperNumbered(staff="BB-0001"))
    await here.until(lambda state: state.helping is not None)
    here.post(events.HelperCodeEntered(code=await here.code()))
    await here.at(Stage.NOTICE)
    assert here.now.helper is not None

    here.post(events.Next())
    await here.until(lambda state: state.stage not in (Stage.NOTICE, Stage.FETCH))
    await here.confirm()
    assert here.now.answers.single["person.name"].value == mandate.principal.name
    await here.fill()
    await here.sign()
    state = await here.until(lambda state: state.settled)
    (submission,) = state.submissions
    application = submission.application
    assert application is not None
    assert (application.applicant, application.agent) == (mandate.principal.name, "吴样例")
    assert application.helper == "BB-0001"
    await here.receipt()
    await here.leave()
    assert here.now.helper is None
