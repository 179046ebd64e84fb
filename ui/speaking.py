"""The loudspeaker: sentences one after the other through Qt Multimedia; imported when somebody is first spoken to.

Sound is prepared on a thread of its own and played on the Qt thread. A caption changes when its sentence begins. Where
nothing can be played, captions alone go on, at the pace of reading.
"""

from __future__ import annotations

import array
import logging
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from PySide6.QtCore import QIODevice, QObject, QTimer, Signal, Slot
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from kiosk.session.preferences import LOUDEST
from kiosk.speech.pcm import Pcm, silence
from kiosk.speech.saying import Said, Speech
from kiosk.speech.script import Script

log = logging.getLogger(__name__)

_GAINS: Final = (0.0, 0.16, 0.25, 0.4, 0.63, 1.0)
"""By step of the volume: 4 dB from one to the next, which everybody hears."""
_LAG_S: Final = 0.25
"""Held by the sink: enough for a page that takes long to paint. Hushing throws it away."""
_DRY_S: Final = 0.02
"""So much silence is played while the next sentence is still being spoken by a slow voice."""

_EDGE_S: Final = 0.1
"""Silence before the first sentence and after the last: amplifiers wake late, and what is played last is cut off when
the stream ends (16 ms of it, heard at the monitor of PulseAudio 16)."""


class Loudspeaker(QObject):
    """Speaks one text at a time; a new one ends the one before.

    Args:
        make: Makes what can be spoken here; called once, on the thread that prepares sound.
        parent: Owner.
    """

    began = Signal(str)
    """A sentence begins; its caption."""
    ended = Signal()
    """All was said, or shown."""
    _prepared = Signal(int, object)
    _complete = Signal(int)

    def __init__(self, make: Callable[[], Speech], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._speech: Speech | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="speech")
        self._hushed = threading.Event()
        self._number = 0
        self._volume = 0
        self._playing: _Playing | None = None
        # emitted on the worker's thread: they arrive queued, and the number tells those that come too late
        self._prepared.connect(self._take)
        self._complete.connect(self._over)

    def set_volume(self, step: int) -> None:
        """Speak this loud, at once; 0 is silent, and captions go on."""
        self._volume = max(0, min(LOUDEST, step))
        if self._playing is not None:
            self._playing.set_gain(_GAINS[self._volume])

    def say(self, script: Script) -> None:
        """Say ``script`` in place of what is being said."""
        self.hush()
        number, hushed = self._number, self._hushed
        self._playing = _Playing(_GAINS[self._volume], self)
        self._playing.began.connect(self.began)
        self._playing.ended.connect(self._ended)
        self._worker.submit(self._prepare, number, hushed, script)

    def hush(self) -> None:
        """Be silent at once."""
        self._number += 1
        self._hushed.set()
        self._hushed = threading.Event()
        if self._speech is not None:
            self._speech.stop()  # the next sentence need not wait for it
        if self._playing is not None:
            self._playing.stop()
            self._playing = None

    def close(self) -> None:
        """Be silent, and let go of the thread: it must not tell what is no more."""
        self.hush()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _prepare(self, number: int, hushed: threading.Event, script: Script) -> None:
        try:
            if self._speech is None:
                self._speech = self._make()
            for said in self._speech.perform(script):
                if hushed.is_set():
                    return
                self._prepared.emit(number, said)
        except Exception:  # the last resort of a thread: whoever listens must not wait for ever
            log.exception("nothing can be spoken")
        self._complete.emit(number)

    def _take(self, number: int, said: Said) -> None:
        if number == self._number and self._playing is not None:
            self._playing.add(said)

    def _over(self, number: int) -> None:
        if number == self._number and self._playing is not None:
            self._playing.finish()

    def _ended(self) -> None:
        if self._playing is not None:
            self._playing.stop()
            self._playing = None
        self.ended.emit()


class _Playing(QObject):
    """One text under way."""

    began = Signal(str)
    ended = Signal()

    def __init__(self, gain: float, parent: QObject) -> None:
        super().__init__(parent)
        self._gain = gain
        self._reel: _Reel | None = None
        self._sink: QAudioSink | None = None
        self._shown: deque[Said] = deque()
        self._finished = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    def set_gain(self, gain: float) -> None:
        """Play this loud."""
        self._gain = gain
        if self._sink is not None:
            self._sink.setVolume(gain)

    def add(self, said: Said) -> None:
        """Say a sentence after those before it."""
        if self._reel is None and not self._shown and not self._timer.isActive():
            self._open(said.sound)
        if self._reel is None:
            self._shown.append(said)
            if not self._timer.isActive():
                self._next()
        else:
            self._reel.add(said.caption, said.sound or silence(said.duration_s, self._reel.rate_hz))

    def finish(self) -> None:
        """Nothing more comes."""
        self._finished = True
        if self._reel is not None:
            self._reel.finish()
        elif not self._timer.isActive():
            self._next()

    def stop(self) -> None:
        """Be silent at once: what the sink still holds is thrown away."""
        self._timer.stop()
        if self._sink is not None:
            self._sink.stateChanged.disconnect(self._changed)
            self._sink.reset()
            self._sink = None
        self.deleteLater()

    def _open(self, sound: Pcm | None) -> None:
        if sound is None or self._gain == 0:
            return
        device = QMediaDevices.defaultAudioOutput()
        form = fitting(device, sound.rate_hz)
        if form is None:
            log.warning("there is nothing to speak on: captions only")
            return
        self._reel = _Reel(form, self)
        self._reel.began.connect(self.began)
        self._reel.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(device, form, self)
        self._sink.setBufferSize(form.bytesForDuration(round(1e6 * _LAG_S)))
        self._sink.setVolume(self._gain)
        self._sink.stateChanged.connect(self._changed)
        QTimer.singleShot(0, self, self._start)  # with the sentence in it

    def _start(self) -> None:
        if self._sink is not None and self._reel is not None:
            self._sink.start(self._reel)

    @Slot()
    def _changed(self) -> None:
        # asked, not given: PySide 6.11 cannot hand over the state before something has imported QAudio by name
        if self._sink is None or self._reel is None:
            return
        state = self._sink.state()
        if state == QtAudio.State.IdleState and self._reel.atEnd():
            self.ended.emit()
        elif state == QtAudio.State.StoppedState and self._sink.error() != QtAudio.Error.NoError:
            log.warning("the loudspeaker failed: %s", self._sink.error().name)
            self.ended.emit()

    def _next(self) -> None:
        """Show the next caption for as long as reading it takes."""
        if self._shown:
            said = self._shown.popleft()
            self.began.emit(said.caption)
            self._timer.start(round(1000 * said.duration_s))
        elif self._finished:
            self.ended.emit()


class _Reel(QIODevice):
    """Sentences as one stream of samples; the sink reads it on the Qt thread."""

    began = Signal(str)

    def __init__(self, form: QAudioFormat, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._waiting: deque[tuple[str, bytes]] = deque()
        self._edge = bytes(form.bytesForDuration(round(1e6 * _EDGE_S)))
        self._now = self._edge
        self._at = 0
        self._finished = False

    @property
    def rate_hz(self) -> int:
        """Samples a second."""
        return self._form.sampleRate()

    def add(self, caption: str, sound: Pcm) -> None:
        """Put a sentence at the end."""
        self._waiting.append((caption, fitted(sound, self._form)))

    def finish(self) -> None:
        """Nothing more is added."""
        if not self._finished:
            self._waiting.append(("", self._edge))
        self._finished = True

    def isSequential(self) -> bool:  # noqa: N802  # Qt's name
        """It is."""
        return True

    def atEnd(self) -> bool:  # noqa: N802  # Qt's name
        """Whether all was read."""
        return self._finished and not self._waiting and self._at >= len(self._now)

    def bytesAvailable(self) -> int:  # noqa: N802  # Qt's name
        """How much can be read; there is always something before the end."""
        held = len(self._now) - self._at + sum(len(samples) for _, samples in self._waiting)
        return super().bytesAvailable() + (held or (0 if self._finished else self._dry()))

    def readData(self, most: int) -> bytes:  # noqa: N802  # Qt's name
        """Return what comes next; silence while the next sentence is still being made."""
        if self._at >= len(self._now):
            if not self._waiting:
                return b"" if self._finished else bytes(min(most, self._dry()))
            caption, self._now = self._waiting.popleft()
            self._at = 0
            if caption:
                self.began.emit(caption)
        part = self._now[self._at : self._at + most]
        self._at += len(part)
        return part

    def writeData(self, data: bytes | bytearray | memoryview, most: int) -> int:  # noqa: ARG002, N802  # Qt's name
        """Nobody writes to it."""
        return -1

    def _dry(self) -> int:
        return self._form.bytesForDuration(round(1e6 * _DRY_S))


def fitting(device: QAudioDevice, rate_hz: int) -> QAudioFormat | None:
    """Return a format of 16 bits that ``device`` plays, that of the voice if it does; None: it plays none."""
    if device.isNull():
        return None
    preferred = device.preferredFormat()
    for rate, channels in ((rate_hz, 1), (preferred.sampleRate(), preferred.channelCount())):
        form = QAudioFormat()
        form.setSampleRate(rate)
        form.setChannelCount(channels)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if device.isFormatSupported(form):
            return form
    return None


def fitted(sound: Pcm, form: QAudioFormat) -> bytes:
    """Return samples as a device takes them: at its rate, on the line between two given ones."""
    rate, channels = form.sampleRate(), form.channelCount()
    if (rate, channels) == (sound.rate_hz, 1) and sys.byteorder == "little":
        return sound.samples
    given = array.array("h", sound.samples)
    if sys.byteorder == "big":
        given.byteswap()
    if not given:
        return b""
    last = len(given) - 1
    made = array.array("h")
    for at in range(len(given) * rate // sound.rate_hz):
        place, rest = divmod(at * sound.rate_hz, rate)
        here, there = given[place], given[min(place + 1, last)]
        made.extend([here + (there - here) * rest // rate] * channels)
    return made.tobytes()
