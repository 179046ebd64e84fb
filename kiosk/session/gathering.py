"""Materials: found, generated, promised, photographed or handed in later."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk import forms
from kiosk.catalogue.model import MaterialNeed, Obtained
from kiosk.contract import SuppliedMaterial
from kiosk.session import course
from kiosk.session.effects import StorePicture, TakePicture
from kiosk.session.events import (
    AttachmentStored,
    MaterialChosen,
    MaterialDeferred,
    PictureFailed,
    PictureKept,
    PictureRejected,
    PictureTaken,
    PictureWanted,
    Promised,
)
from kiosk.session.having import Mend
from kiosk.session.house import House, Step
from kiosk.session.parts import Picture
from kiosk.session.state import LOST, Advice, Session, Stage

AUTOMATIC = (Obtained.GENERATED, Obtained.LICENCE, Obtained.REGISTER)
"""Ways that ask nothing of the citizen."""


_LOST, _LOST_DEFERRABLE = "camera.lost", "camera.lost-deferrable"
"""What the page says when there is no picture: with a way on without it where the material may come later."""


def needed(state: Session) -> tuple[MaterialNeed, ...]:
    """Return the materials that these answers call for; an unknown condition calls for its material."""
    if state.mending is not None and state.mending.kind is Mend.SUPPLEMENT:
        return state.mending.needs
    walk = course.walked(state)
    if state.matter is None or walk is None:
        return ()
    return tuple(
        need
        for need in state.matter.materials
        if need.when is None or forms.holds(walk.form, need.when, walk.answers, walk.today, walked=walk) is not False
    )


def way(state: Session, need: MaterialNeed) -> Obtained:
    """Return how this material is obtained: the first way that works here."""
    for obtained in need.material.obtained:
        if obtained is Obtained.GENERATED or obtained not in AUTOMATIC:
            return obtained
        if any(found.material == need.material.id and found.obtained == obtained for found in state.found):
            return obtained
    return Obtained.SCAN


def supplied(state: Session) -> dict[str, SuppliedMaterial]:
    """Return every needed material that is there, by id: what needs nothing of the citizen, and what was given."""
    there: dict[str, SuppliedMaterial] = {}
    for need in needed(state):
        material = need.material.id
        if material in state.supplied:
            there[material] = state.supplied[material]
            continue
        obtained = way(state, need)
        if obtained is Obtained.GENERATED:
            there[material] = SuppliedMaterial(material=material, obtained=obtained)
        elif obtained in AUTOMATIC:
            reference = next(
                found.reference for found in state.found if found.material == material and found.obtained == obtained
            )
            there[material] = SuppliedMaterial(material=material, obtained=obtained, reference=reference)
    return there


def missing(state: Session) -> tuple[MaterialNeed, ...]:
    """Return the materials still to be photographed, promised or deferred."""
    there = supplied(state)
    return tuple(need for need in needed(state) if need.material.id not in there)


def begin(house: House, state: Session, *, review: bool = False) -> Step:
    """Show the materials, or the review when there is nothing to show or nothing left to give.

    Args:
        house: The terminal.
        state: A session whose questions are answered.
        review: Coming back from a change: the list is shown only when that change calls for another material.
    """
    del house
    state = replace(state, page=None, from_review=False, advice=None)
    if not needed(state) or (review and not missing(state)):
        return replace(state, stage=Stage.REVIEW), ()
    return replace(state, stage=Stage.MATERIALS), ()


def materials_next(_: House, state: Session) -> Step:
    """Open the first material still missing, or the review."""
    for need in missing(state):
        return _open(state, need)
    return replace(state, stage=Stage.REVIEW, advice=None), ()


def material_chosen(_: House, state: Session, event: MaterialChosen) -> Step:
    """Open one material; one that was photographed or promised may be done again."""
    if state.stage is not Stage.MATERIALS:
        return state, ()
    for need in needed(state):
        if need.material.id == event.material and way(state, need) not in AUTOMATIC:
            return _open(state, need)
    return state, ()


def _open(state: Session, need: MaterialNeed) -> Step:
    stage = Stage.PROMISE if way(state, need) is Obtained.COMMITMENT else Stage.CAMERA
    return camera_seen(replace(state, stage=stage, material=need.material.id, picture=None, advice=None, busy="")), ()


def camera_seen(state: Session) -> Session:
    """Say on the page of the camera that it is lost and what can be done without it; no longer when it works again."""
    if state.stage is not Stage.CAMERA or state.picture is not None:
        return state
    if state.works("camera"):
        said = state.advice is not None and state.advice.code in (_LOST, _LOST_DEFERRABLE)
        return replace(state, advice=None) if said else state
    return _camera_lost(state) if state.devices.get("camera") in LOST else state


def _camera_lost(state: Session) -> Session:
    deferrable = any(need.material.id == state.material and need.deferrable for need in needed(state))
    return replace(state, busy="", advice=Advice(code=_LOST_DEFERRABLE if deferrable else _LOST))


def material_deferred(_: House, state: Session, event: MaterialDeferred) -> Step:
    """Note that a lesser material is handed in later (容缺)."""
    if state.stage not in (Stage.MATERIALS, Stage.CAMERA):
        return state, ()
    for need in needed(state):
        obtained = way(state, need)
        if need.material.id == event.material and need.deferrable and obtained not in AUTOMATIC:
            given = SuppliedMaterial(material=event.material, obtained=obtained, deferred=True)
            return _give(state, given), ()
    return state, ()


def promised(_: House, state: Session, event: Promised) -> Step:
    """Take the promise instead of the material (告知承诺)."""
    del event
    if state.stage is not Stage.PROMISE:
        return state, ()
    return _give(state, SuppliedMaterial(material=state.material, obtained=Obtained.COMMITMENT)), ()


def picture_wanted(_: House, state: Session, event: PictureWanted) -> Step:
    """Take a photograph, unless one is being taken."""
    del event
    if state.stage is not Stage.CAMERA or state.busy or state.picture is not None:
        return state, ()
    return replace(state, busy="shot", advice=None), (TakePicture(),)


def picture_taken(_: House, state: Session, event: PictureTaken) -> Step:
    """Show the photograph; a blurred one is shown with advice, the citizen decides."""
    if state.stage is not Stage.CAMERA or state.busy != "shot":
        return state, ()
    advice = None if event.sharp else Advice(code="camera.blurred")
    return replace(
        state, busy="", picture=Picture(reference=event.reference, material=state.material), advice=advice
    ), ()


def picture_failed(_: House, state: Session, event: PictureFailed) -> Step:
    """Say why there is no photograph."""
    if state.stage is not Stage.CAMERA or state.busy not in ("", "shot"):
        return state, ()
    if event.code.startswith("device."):
        return _camera_lost(state), ()
    return replace(state, busy="", advice=Advice(code=event.code)), ()


def picture_rejected(_: House, state: Session, event: PictureRejected) -> Step:
    """Back to the live picture."""
    del event
    if state.stage is not Stage.CAMERA or state.busy:
        return state, ()
    return camera_seen(replace(state, picture=None, advice=None)), ()


def picture_kept(_: House, state: Session, event: PictureKept) -> Step:
    """Send the photograph to the backend, unless it is on its way."""
    del event
    if state.stage is not Stage.CAMERA or state.busy or state.picture is None:
        return state, ()
    effect = StorePicture(reference=state.picture.reference, material=state.picture.material)
    return replace(state, busy="picture", advice=None), (effect,)


def attachment_stored(_: House, state: Session, event: AttachmentStored) -> Step:
    """Take the photograph as the material."""
    if state.stage is not Stage.CAMERA or state.busy != "picture" or event.material != state.material:
        return state, ()
    given = SuppliedMaterial(material=event.material, obtained=Obtained.SCAN, reference=event.attachment.id)
    return _give(state, given), ()


def _give(state: Session, given: SuppliedMaterial) -> Session:
    return replace(
        state,
        stage=Stage.MATERIALS,
        supplied={**state.supplied, given.material: given},
        material="",
        picture=None,
        busy="",
        advice=None,
    )
