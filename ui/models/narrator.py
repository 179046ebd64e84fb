"""The narrator: says what is on the screen, shows the sentence that is said, and says nothing private aloud."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.session.preferences import Preferences
from kiosk.speech.script import Script
from kiosk.words import Language

if TYPE_CHECKING:
    # named, not used: Qt Multimedia is loaded when somebody is first spoken to
    from kiosk.speech.saying import Speech
    from ui.speaking import Loudspeaker

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


def _captions_only() -> Speech:
    from kiosk.speech.saying import Speech

    return Speech()


@QmlElement
class NarratorModel(QObject):
    """Speaks for every page. One of it; nothing is said unless the citizen wants to be spoken to.

    ``say`` is for words everybody may hear, for which whoever writes the call vouches. ``sayPrivately`` speaks only
    while headphones are plugged in. ``tell`` finds out by itself: aloud it says only words that ship with the kiosk.
    A sentence with anybody's value in it is not among them, whoever forgot to say so.

    Args:
        make: Makes what can be spoken; called on another thread, when it is first needed.
        parent: Owner.
    """

    changed = Signal()
    told = Signal(object)
    """A ``Script``: this is what is being said."""

    def __init__(self, make: Callable[[], Speech] = _captions_only, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._loudspeaker: Loudspeaker | None = None
        self._preferences = Preferences()
        self._language = Language.ZH_HANS
        self._headphones = False
        self._identified = False
        self._speaking = False
        self._caption = ""
        self._last: Script | None = None

    def prefer(self, language: Language, preferences: Preferences, *, headphones: bool, identified: bool) -> None:
        """Speak this way from now on; who pulled the headphones out is not told another private word.

        Args:
            language: Of what is said.
            preferences: Whether, how fast and how loud.
            headphones: Whether they are plugged in.
            identified: Whether it is known who is here.
        """
        if self._loudspeaker is not None and preferences.volume != self._preferences.volume:
            self._loudspeaker.set_volume(preferences.volume)
        other = language is not self._language
        self._language, self._preferences = language, preferences
        self._headphones, self._identified = headphones and preferences.guided, identified
        exposed = self._last is not None and self._last.headphones and not self._headphones
        if exposed or other:
            self._last = None
        if exposed or other or not preferences.spoken:
            self.hush()

    def close(self) -> None:
        """Say nothing more."""
        if self._loudspeaker is not None:
            self._loudspeaker.close()

    @Property(bool, notify=changed)
    def speaking(self) -> bool:
        """Whether something is being said, or shown as a caption."""
        return self._speaking

    @Property(str, notify=changed)
    def caption(self) -> str:
        """The sentence that is being said; empty for none."""
        return self._caption

    @Slot(str)
    def say(self, text: str) -> None:
        """Say ``text``, which everybody may hear, in place of what is being said."""
        self._say([text], vouched=True)

    @Slot(str)
    def sayPrivately(self, text: str) -> None:  # noqa: N802  # as QML writes it
        """Say ``text`` to the ears it belongs to; without headphones say that it stands on the screen."""
        if self._headphones:
            self._say([text])
        else:
            self.say(self.unsaid())

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say ``text`` aloud where it is one of the kiosk's own, as what is private otherwise."""
        self._say([text])

    @Slot("QStringList")
    def tellParts(self, parts: list[str]) -> None:  # noqa: N802  # as QML writes it
        """Say texts one after the other, each as ``tell`` does: what is private among them hides nothing else."""
        self._say(parts)

    @Slot()
    def hush(self) -> None:
        """Be silent at once."""
        if self._loudspeaker is not None:
            self._loudspeaker.hush()
        self._show("", speaking=False)

    @Slot()
    def repeat(self) -> None:
        """Say the last once more."""
        if self._last is not None:
            self._play(self._last)

    @Slot("QStringList", "QStringList")
    def arrive(self, first: list[str], place: list[str]) -> None:
        """A page has come: hush what was said of the last one, and say what it is about.

        Args:
            first: What is wrong or advised, which comes before everything.
            place: Step, title, why, what to do.
        """
        self.hush()
        self._last = None
        self._say([*first, *place])

    def unsaid(self) -> str:
        """Return what is said in place of what is private."""
        return self.tr("内容在屏幕上，不念出来。")

    def _say(self, parts: list[str], *, vouched: bool = False) -> None:
        said = tuple(part for part in parts if part.strip())
        if said and self._preferences.spoken:
            self._play(
                Script(
                    parts=said,
                    language=self._language,
                    pace=self._preferences.pace,
                    vouched=vouched,
                    headphones=self._headphones and not vouched,
                    identified=self._identified,
                    instead=self.unsaid(),
                )
            )

    def _play(self, script: Script) -> None:
        if self._loudspeaker is None:
            self._loudspeaker = self._speaker()
        self._last = script
        self._loudspeaker.set_volume(self._preferences.volume)
        self._show("", speaking=True)
        self._loudspeaker.say(script)
        self.told.emit(script)

    def _speaker(self) -> Loudspeaker:
        from ui.speaking import Loudspeaker

        made = Loudspeaker(self._make, self)
        made.began.connect(self._began)
        made.ended.connect(self.hush)
        return made

    def _began(self, caption: str) -> None:
        self._show(caption, speaking=True)

    def _show(self, caption: str, *, speaking: bool) -> None:
        if (caption, speaking) != (self._caption, self._speaking):
            self._caption, self._speaking = caption, speaking
            self.changed.emit()
