"""Loudspeaker and microphone through Qt Multimedia, on the Qt thread; imported when a test first wants to be heard."""

from __future__ import annotations

import array
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QTimer, Slot
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QAudioSource, QMediaDevices, QtAudio

from drivers.errors import DeviceAbsent
from kiosk.diagnostics.bench import Recording
from kiosk.diagnostics.sounding import RATE, beeps
from ui.bench.border import Order

LATE_MS: Final = 2000
"""A device that has not played or heard everything so long after it should have does not work."""


class _Work(QObject):
    """One order under way: ends by being answered, refused or dropped."""

    def __init__(self, order: Order, parent: QObject) -> None:
        super().__init__(parent)
        self.order = order
        self._buffer = QBuffer(self)
        self._late = QTimer(self)
        self._late.setSingleShot(True)

    def stop(self) -> None:
        """Let go of the device."""
        self._late.stop()
        self._buffer.close()
        self.deleteLater()


class _Playing(_Work):
    """Plays samples to their end."""

    def __init__(self, order: Order, device: QAudioDevice, samples: bytes, form: QAudioFormat, parent: QObject) -> None:
        super().__init__(order, parent)
        self._sink = QAudioSink(device, form, self)
        self._sink.stateChanged.connect(self._changed)
        self._late.timeout.connect(lambda: order.refuse("what should be played does not come to its end"))
        self._buffer.setData(QByteArray(samples))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._late.start(form.durationForBytes(len(samples)) // 1000 + LATE_MS)
        self._sink.start(self._buffer)

    @Slot()
    def _changed(self) -> None:
        # asked, not given: what PySide 6.11 hands over is of a type of its own, and only once that was imported
        state = self._sink.state()
        if state == QtAudio.State.IdleState and self._buffer.atEnd():
            self.order.answer(None)
        elif state == QtAudio.State.StoppedState and self._sink.error() != QtAudio.Error.NoError:
            self.order.refuse(f"nothing can be played: {self._sink.error().name}")

    def stop(self) -> None:
        """Be silent."""
        self._sink.stateChanged.disconnect(self._changed)
        self._sink.stop()
        super().stop()


class _Hearing(_Work):
    """Records for so many seconds; answers None when the device gives nothing."""

    def __init__(self, order: Order, device: QAudioDevice, seconds: float, form: QAudioFormat, parent: QObject) -> None:
        super().__init__(order, parent)
        self._form = form
        self._wanted = round(seconds * form.sampleRate()) * form.bytesPerFrame()
        self._source = QAudioSource(device, form, self)
        self._buffer.open(QIODevice.OpenModeFlag.ReadWrite)
        self._buffer.bytesWritten.connect(self._heard)
        self._late.timeout.connect(lambda: order.answer(None))
        self._late.start(round(1000 * seconds) + LATE_MS)
        self._source.start(self._buffer)

    def _heard(self, _: int) -> None:
        if self._buffer.size() >= self._wanted:
            heard = bytes(self._buffer.data().data())[: self._wanted]
            self.order.answer(Recording(rate=self._form.sampleRate(), samples=first_channel(heard, self._form)))

    def stop(self) -> None:
        """Listen no more."""
        self._buffer.bytesWritten.disconnect(self._heard)
        self._source.stop()
        super().stop()


class Speaker(QObject):
    """Carries out orders to beep and to listen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._works: dict[int, _Work] = {}

    def take(self, order: Order) -> None:
        """Carry out an order.

        Raises:
            DeviceAbsent: there is nothing to play on.
        """
        ended = _ending(order, self.drop)
        work = self._beep(ended, *order.given) if order.call == "beep" else self._listen(ended, *order.given)
        if work is not None:
            self._works[order.number] = work

    def drop(self, number: int) -> None:
        """Nobody waits for that order any more."""
        work = self._works.pop(number, None)
        if work is not None:
            work.stop()

    def close(self) -> None:
        """Be silent."""
        for number in list(self._works):
            self.drop(number)

    def _beep(self, order: Order, count: int, hertz: float) -> _Work:
        device = QMediaDevices.defaultAudioOutput()
        form = _form(device)
        if form is None:
            raise DeviceAbsent("there is nothing to play on")
        return _Playing(order, device, fitted(beeps(count, hertz), form), form, self)

    def _listen(self, order: Order, seconds: float) -> _Work | None:
        device = QMediaDevices.defaultAudioInput()
        form = _form(device)
        if form is None:
            order.answer(None)
            return None
        return _Hearing(order, device, seconds, form, self)


def _ending(order: Order, drop: Callable[[int], None]) -> Order:
    """Return the order with an end: whoever answers it lets go of the device, once Qt is out of its signal."""

    def end() -> None:
        QTimer.singleShot(0, lambda: drop(order.number))

    def answer(value: object) -> None:
        order.answer(value)
        end()

    def refuse(detail: str) -> None:
        order.refuse(detail)
        end()

    return replace(order, answer=answer, refuse=refuse)


def _form(device: QAudioDevice) -> QAudioFormat | None:
    """Return a format of 16 bits that a device speaks, ours if it does; None: there is no device, or none it speaks."""
    if device.isNull():
        return None
    preferred = device.preferredFormat()
    for rate, channels in ((RATE, 1), (preferred.sampleRate(), preferred.channelCount())):
        form = QAudioFormat()
        form.setSampleRate(rate)
        form.setChannelCount(channels)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if device.isFormatSupported(form):
            return form
    return None


def fitted(samples: bytes, form: QAudioFormat) -> bytes:
    """Return samples of ``RATE`` on one channel as a device takes them: the nearest one, the same on each channel."""
    given = array.array("h", samples)
    rate, channels = form.sampleRate(), form.channelCount()
    if (rate, channels) == (RATE, 1):
        return samples
    length = len(given) * rate // RATE
    made = array.array("h", (given[at * RATE // rate] for at in range(length) for _ in range(channels)))
    return made.tobytes()


def first_channel(samples: bytes, form: QAudioFormat) -> bytes:
    """Return the first channel of what was heard, little endian."""
    heard = array.array("h", samples)[:: form.channelCount()]
    if sys.byteorder == "big":
        heard.byteswap()
    return heard.tobytes()
