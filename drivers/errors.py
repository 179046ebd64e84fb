"""What can go wrong with a device.

    DeviceError
    ├── DeviceAbsent      nothing is there to open: not plugged in, no such port, connection refused
    ├── DeviceGone        it was there and left in mid-use: cable pulled, socket closed
    ├── DeviceSilent      it did not answer in time
    ├── DeviceGarbled     it answered what its specification does not allow
    ├── DeviceRefused     it answered with an error status of its own
    └── MediaError        the device is well, what it was given is not
        ├── MediaUnreadable   a card, document or code that cannot be read
        ├── MediaRemoved      taken away in mid-read
        ├── WrongMedia        readable, but not of a kind this device serves
        └── OutOfPaper        nothing left to print on

Every error has a ``code``. The sentence for the citizen and the remedy for the technician stand in
``assets/i18n/sentences.yaml`` under that code, in every language; ``detail`` is for the log and holds no personal data.
"""

from __future__ import annotations


class DeviceError(Exception):
    """A device did not do what it was asked.

    Args:
        detail: For the log: what was expected and what came, never personal data.
        code: Key of the sentence shown; the class has a sensible one.
    """

    code = "device.error"

    def __init__(self, detail: str = "", *, code: str | None = None) -> None:
        super().__init__(detail or type(self).code)
        self.detail = detail
        if code is not None:
            self.code = code

    def again(self) -> DeviceError:
        """Return it for one more caller: raised twice, one object would gather the tracebacks of both."""
        return type(self)(self.detail, code=self.code)


class DeviceAbsent(DeviceError):
    """Nothing is there to open."""

    code = "device.absent"


class DeviceGone(DeviceError):
    """The device was there and left in mid-use."""

    code = "device.gone"


class DeviceSilent(DeviceError):
    """The device did not answer in time."""

    code = "device.silent"


class DeviceGarbled(DeviceError):
    """The device answered what its specification does not allow."""

    code = "device.garbled"


class DeviceRefused(DeviceError):
    """The device answered with an error status of its own."""

    code = "device.refused"


class MediaError(DeviceError):
    """The device is well, what it was given is not."""

    code = "media.error"


class MediaUnreadable(MediaError):
    """A card, document or code that cannot be read."""

    code = "media.unreadable"


class MediaRemoved(MediaError):
    """Taken away in mid-read."""

    code = "media.removed"


class WrongMedia(MediaError):
    """Readable, but not of a kind this device serves."""

    code = "media.wrong"


class OutOfPaper(MediaError):
    """Nothing left to print on; nothing was printed."""

    code = "printer.paper-out"
