"""``assets/i18n/voice.yaml``: verbs, exceptions and limits of the voice."""

from __future__ import annotations

from pathlib import Path

import msgspec

VOICE = Path(__file__).parents[2] / "assets" / "i18n" / "voice.yaml"


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long is too long."""

    title_characters: int
    sentence_characters: int
    button_characters: int
    english_words: int
    english_grade: float


class Excepted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Strings a rule does not hold for, and why."""

    why: str
    are: tuple[str, ...]


class Voice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the machine speaks."""

    verbs: tuple[str, ...]
    adverbs: tuple[str, ...]
    buttons: tuple[Excepted, ...]
    blame: tuple[str, ...]
    long_keys: tuple[Excepted, ...]
    """Keys of the catalogue whose sentences may be longer than the limit."""
    explained: tuple[Excepted, ...]
    """Who says words of offices that are explained all the same."""
    british: dict[str, str]
    names: tuple[str, ...]
    """Words with a capital letter inside a sentence."""
    hard: tuple[Excepted, ...]
    """English that is harder than the limit."""
    limits: Limits

    @property
    def excepted(self) -> frozenset[str]:
        """Buttons that are no verb and noun."""
        return frozenset(label for group in self.buttons for label in group.are)

    @property
    def reserved(self) -> frozenset[str]:
        """Signs that are the same on every machine of this kind, also while no page has them."""
        return frozenset(self.buttons[0].are)

    @property
    def explained_elsewhere(self) -> frozenset[str]:
        """See ``explained``."""
        return frozenset(context for group in self.explained for context in group.are)

    @property
    def long_named(self) -> frozenset[str]:
        """See ``long_keys``."""
        return frozenset(key for group in self.long_keys for key in group.are)

    @property
    def hard_words(self) -> frozenset[str]:
        """See ``hard``."""
        return frozenset(words for group in self.hard for words in group.are)


def load_voice(path: Path = VOICE) -> Voice:
    """Load the voice.

    Raises:
        msgspec.ValidationError: a key is missing or unknown; names where.
    """
    return msgspec.yaml.decode(path.read_bytes(), type=Voice)
