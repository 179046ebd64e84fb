"""The application on its way: every entry under a key of its own, and only what is not on its way already."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from msgspec.structs import replace

from kiosk import forms
from kiosk.contract import ApplicationRequest
from kiosk.session import course, gathering, rights
from kiosk.session.effects import Effect, Submit
from kiosk.session.house import House, Step
from kiosk.session.identifying import notice_version
from kiosk.session.parts import Signature
from kiosk.session.state import UNSENT, Delivery, Session, Stage, Submission


def submit(house: House, state: Session, signature: Signature, at: datetime, *, payment: str = "") -> Step:
    """Put every application that is not yet on its way on its way, each under a key of its own."""
    matter, today = state.matter, state.today
    if matter is None or today is None:
        return state, ()
    sent = tuple(submission for submission in state.submissions if submission.delivery not in UNSENT)
    items = tuple(item.id for item in matter.items)
    on_their_way = {each.entry for each in sent if (each.matter, each.items) == (matter.id, items)}
    counting = forms.counting(matter.form, state.answers, today, walked=course.walked(state))
    answers = forms.to_wire(counting)
    every: list[int | None] = [None]
    if matter.per is not None:
        every = list(range(len(counting.repeats.get(matter.per, ()))))
    materials = tuple(gathering.supplied(state).values())
    submissions: list[Submission] = list(sent)
    effects: list[Effect] = []
    for entry in every:
        if entry in on_their_way:
            continue
        key = str(uuid5(NAMESPACE_URL, f"urn:onething:session:{state.id}:{state.attempt}:{entry}"))
        request = ApplicationRequest(
            matter=matter.id,
            items=items,
            catalogue_version=matter.form.version,
            answers=answers,
            entry=entry,
            session=state.id,
            terminal=house.terminal,
            materials=materials,
            notice=notice_version(matter),
            signature=signature.strokes,
            confirmed=signature.confirmed,
            language=state.language,
            signed_at=at,
            authority=rights.authority(state),
            payment=payment,
        )
        submissions.append(Submission(key=key, entry=entry, delivery=Delivery.STORING, matter=matter.id, items=items))
        effects.append(Submit(key=key, request=request))
    state = replace(
        state,
        stage=Stage.OUTCOMES,
        signature=signature,
        attempt=state.attempt + 1,
        submissions=tuple(sorted(submissions, key=lambda submission: submission.entry or 0)),
        advice=None,
    )
    return state, tuple(effects)
