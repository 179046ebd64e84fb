"""Speaks into the sound server of its environment, a process of its own: Qt looks for loudspeakers once.

    python tests/ui/speaks.py SOUND.wav [HUSH_MS]    play SOUND twice as two sentences, or hush after so long

What happens is told line by line: began, ended, hushed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from kiosk.session.preferences import LOUDEST, Pace
from kiosk.speech.pcm import Pcm, from_wav
from kiosk.speech.saying import Said, Speech
from kiosk.speech.script import Script
from kiosk.words import Language
from ui.speaking import Loudspeaker


class Recorded(Speech):
    """Says one sound for every part."""

    def __init__(self, sound: Pcm) -> None:
        super().__init__()
        self._recorded = sound

    def perform(self, script: Script) -> Iterator[Said]:
        """Yield it."""
        for part in script.parts:
            yield Said(caption=part, sound=self._recorded, duration_s=self._recorded.duration_s)


def main() -> int:
    """Speak."""
    sound = from_wav(Path(sys.argv[1]).read_bytes())
    hush_ms = int(sys.argv[2]) if len(sys.argv) > 2 else None
    application = QCoreApplication([])
    speaker = Loudspeaker(lambda: Recorded(sound), application)
    speaker.set_volume(LOUDEST)

    def tell(what: str) -> None:
        sys.stdout.write(f"{what}\n")
        sys.stdout.flush()

    def hush() -> None:
        speaker.hush()
        tell("hushed")
        application.quit()

    def began(caption: str) -> None:
        tell(f"began {caption}")
        if hush_ms is not None:
            QTimer.singleShot(hush_ms, hush)

    speaker.began.connect(began)

    def ended() -> None:
        tell("ended")
        application.quit()

    speaker.ended.connect(ended)
    speaker.say(Script(parts=("one", "two"), language=Language.EN, pace=Pace.USUAL, vouched=True))
    application.exec()
    speaker.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
