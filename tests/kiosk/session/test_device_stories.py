"""What a page says when its device is lost, what can be done without it, and that it goes on by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from stories import HOLDER, Story

from kiosk.session import effects, events, gathering
from kiosk.session.effects import Activity, Slot, activities
from kiosk.session.state import Advice, Prompt, Stage
from kiosk.words import load_sentences

SENTENCES = load_sentences(Path(__file__).parents[3] / "assets" / "i18n" / "sentences.yaml")
LOST, LATER = Advice(code="camera.lost"), Advice(code="camera.lost-deferrable")


def camera(health: str, cause: str = "") -> events.DeviceChanged:
    return events.DeviceChanged(device="camera", health=health, cause=cause)


def materials() -> Story:
    story = Story().happens(camera("ready")).opens("newborn").identifies().knows().until(Stage.MATERIALS)
    scanned = [need for need in gathering.missing(story.state) if gathering.way(story.state, need) == "scan"]
    assert {need.deferrable for need in scanned} == {True, False}
    return story


def at_camera(story: Story, *, deferrable: bool) -> Story:
    need = next(
        need
        for need in gathering.missing(story.state)
        if need.deferrable is deferrable and gathering.way(story.state, need) == "scan"
    )
    story.happens(events.MaterialChosen(material=need.material.id))
    assert story.state.stage is Stage.CAMERA
    return story


@pytest.mark.parametrize(("deferrable", "said"), [(False, LOST), (True, LATER)])
def test_a_camera_that_is_lost_is_told_with_what_can_be_done_without_it(deferrable: bool, said: Advice) -> None:
    story = at_camera(materials(), deferrable=deferrable)
    assert story.state.advice is None
    story.happens(camera("absent", "device.gone"))
    assert story.state.advice == said
    assert said.code in SENTENCES
    assert story.state.causes == {"camera": "device.gone"}
    assert activities(story.state)[Slot.CAMERA] is Activity.SHOW, "it is waited for"
    story.happens(camera("ready"))
    assert story.state.advice is None
    assert story.state.causes == {}
    story.happens(events.PictureWanted())
    assert story.of(effects.TakePicture)


def test_a_camera_that_was_lost_before_is_told_when_its_page_opens() -> None:
    story = materials().happens(camera("failed", "device.flapping"))
    assert story.state.advice is None, "no other page speaks of it"
    assert at_camera(story, deferrable=True).state.advice == LATER


def test_a_picture_that_fails_with_its_camera_is_told_in_the_words_of_the_page() -> None:
    story = at_camera(materials(), deferrable=False).happens(events.PictureWanted())
    story.happens(events.PictureFailed(code="device.gone"), camera("absent", "device.gone"))
    assert (story.state.busy, story.state.advice) == ("", LOST)


def test_a_photograph_that_was_taken_needs_no_camera_until_it_is_taken_again() -> None:
    story = at_camera(materials(), deferrable=False).happens(events.PictureWanted())
    story.happens(events.PictureTaken(reference="p", sharp=True), camera("absent", "device.gone"))
    assert story.state.advice is None
    story.happens(events.PictureRejected())
    assert story.state.advice == LOST


def test_advice_of_another_kind_stays_when_the_camera_says_that_it_is_well() -> None:
    story = at_camera(materials(), deferrable=False).happens(events.PictureFailed(code="media.error"), camera("ready"))
    assert story.state.advice == Advice(code="media.error")


def test_a_device_that_works_with_a_limit_is_counted_on_and_its_cause_is_known() -> None:
    story = Story().happens(events.DeviceChanged(device="id-reader", health="degraded", cause="device.silent"))
    assert story.state.works("id-reader")
    assert story.state.causes == {"id-reader": "device.silent"}
    assert not story.state.works("card-reader")
    story.happens(events.DeviceChanged(device="id-reader", health="starting"))
    assert not story.state.works("id-reader")


def test_a_reader_that_is_lost_while_it_is_waited_for_keeps_the_session_and_reads_when_it_is_back() -> None:
    story = Story().opens("newborn").happens(events.Next())
    assert story.at(Stage.DOCUMENT)
    before = story.state
    story.happens(events.DeviceChanged(device="id-reader", health="absent", cause="device.gone"))
    assert (story.state.stage, story.state.answers, story.state.holder) == (Stage.DOCUMENT, before.answers, None)
    assert activities(story.state)[Slot.ID_READER] is Activity.READ
    assert activities(story.state)[Slot.CARD_READER] is Activity.READ, "the way that still works"
    story.happens(events.DeviceChanged(device="id-reader", health="ready"), events.DocumentRead(holder=HOLDER))
    assert (story.state.stage, story.state.prompt) == (Stage.VERIFY, Prompt.READ)


def test_the_next_citizen_finds_the_devices_as_they_are() -> None:
    story = Story().happens(camera("absent", "device.gone")).opens("newborn").happens(events.Home(), events.Leave())
    assert story.state.devices == {"camera": "absent"}
    assert story.state.causes == {"camera": "device.gone"}


def test_a_document_that_nobody_takes_holds_up_nobody_and_is_not_taken_for_the_next_ones() -> None:
    story = Story().opens("newborn").happens(events.Next(), events.DocumentRead(holder=HOLDER))
    story.happens(events.Home(), events.Leave())
    assert story.at(Stage.GOODBYE)
    assert activities(story.state)[Slot.CLOCK] is Activity.FORGOTTEN
    assert story.happens(events.GoodbyeOver()).at(Stage.GOODBYE)
    assert story.happens(events.GoodbyeOver(forgotten=True)).at(Stage.ATTRACT)
    assert story.state.holder is None
    story.opens("newborn").happens(events.Next())
    assert story.at(Stage.DOCUMENT)
    assert activities(story.state)[Slot.ID_READER] is Activity.WATCH
    story.happens(events.DocumentRemoved(source=HOLDER.source))
    assert activities(story.state)[Slot.ID_READER] is Activity.READ
