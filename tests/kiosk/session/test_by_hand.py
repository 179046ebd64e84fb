"""Somebody without a document, or before a machine whose readers are broken, types who they are and gets a code."""

from __future__ import annotations

from stories import HOLDER, SECRETS, VERIFICATION, Story

from kiosk.session import effects, events
from kiosk.session.effects import Activity, Slot, activities
from kiosk.session.state import DocumentSource, Prompt, Stage

TYPED = events.IdentityTyped(name=f" {HOLDER.name} ", number=HOLDER.number.lower())


def _asked() -> Story:
    story = Story().opens("newborn").happens(events.Next(), events.Next())
    assert story.at(Stage.DOCUMENT)
    return story


def test_a_code_is_sent_to_who_was_typed_and_nothing_is_assured_before_it_is_entered() -> None:
    story = _asked().happens(events.TypingWanted(), TYPED)
    assert story.at(Stage.VERIFY)
    (sent,) = story.of(effects.SendCode)
    assert (sent.document.name, sent.document.number, sent.document.kind) == (HOLDER.name, HOLDER.number, "resident-id")
    assert story.state.assurance is None
    assert story.state.holder is not None
    assert (story.state.holder.birth_date, story.state.holder.sex) == (HOLDER.birth_date, HOLDER.sex)
    story.happens(events.CodeSent(verification=VERIFICATION), events.CodeEntered(code="123456"), events.CodeAccepted())
    assert story.state.verified


def test_a_number_that_cannot_be_right_is_said_to_be_so_and_nothing_is_sent() -> None:
    story = _asked().happens(events.TypingWanted(), events.IdentityTyped(name="赵种子", number="000102199508092429"))
    assert story.state.advice is not None
    assert story.state.advice.code == "identity.number"
    story.happens(events.IdentityTyped(name=" ", number=HOLDER.number))
    assert story.state.advice is not None
    assert story.state.advice.code == "identity.no-name"
    assert not story.of(effects.SendCode)


def test_a_document_that_is_laid_down_while_somebody_types_is_read() -> None:
    story = _asked().happens(events.TypingWanted())
    assert activities(story.state)[Slot.ID_READER] is Activity.READ
    story.happens(events.DocumentRead(holder=HOLDER))
    assert story.state.prompt is Prompt.READ


def test_back_leads_from_the_code_to_what_was_typed_and_on_to_the_document() -> None:
    story = _asked().happens(events.TypingWanted(), TYPED, events.Back())
    assert (story.state.stage, story.state.prompt) == (Stage.DOCUMENT, Prompt.TYPING)
    assert story.state.holder is None
    story.happens(events.Back())
    assert (story.state.stage, story.state.prompt) == (Stage.DOCUMENT, Prompt.WAITING)
    story.happens(events.Back())
    assert story.at(Stage.NOTICE)


def test_nobody_types_who_was_not_asked() -> None:
    story = Story().opens("newborn").happens(TYPED, events.TypingWanted())
    assert story.state.holder is None
    assert not story.of(effects.SendCode)


def test_nothing_typed_is_left_after_goodbye() -> None:
    story = _asked().happens(events.TypingWanted(), TYPED, events.Home(), events.Leave())
    assert story.at(Stage.GOODBYE)
    assert not any(secret in repr(story.state) for secret in SECRETS)
    assert not story.state.document_on & {DocumentSource.TYPED}


def test_of_a_card_in_the_slot_is_said_what_is_done_with_a_slot() -> None:
    for code, said in (("media.unreadable", "card.unreadable"), ("media.removed", "card.removed")):
        story = _asked().happens(events.DocumentFailed(source=DocumentSource.CARD_READER, code=code))
        assert story.state.advice is not None
        assert story.state.advice.code == said
        plate = _asked().happens(events.DocumentFailed(source=DocumentSource.ID_READER, code=code))
        assert plate.state.advice is not None
        assert plate.state.advice.code == code


def test_a_document_that_is_being_read_is_said_to_be_so_until_it_is_read_or_gone() -> None:
    seen = events.DocumentSeen(source=DocumentSource.ID_READER, present=True)
    gone = events.DocumentSeen(source=DocumentSource.ID_READER, present=False)
    story = _asked().happens(seen)
    assert story.state.reading is DocumentSource.ID_READER
    assert activities(story.state)[Slot.ID_READER] is Activity.READ
    assert story.happens(gone).state.reading is None
    story.happens(seen, events.DocumentFailed(source=DocumentSource.ID_READER, code="media.removed"))
    assert story.state.reading is None
    story.happens(seen, events.Back(), events.Next())
    assert story.at(Stage.DOCUMENT)
    assert story.state.reading is None
    assert story.happens(seen, events.DocumentRead(holder=HOLDER)).state.reading is None
