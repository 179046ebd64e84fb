"""The memory a camera's child process and its parent share: a place for one picture each way.

It is a memfd: it has no name, nobody else can open it, and it is gone with the two processes, however they end. Whoever
takes a picture out gives its pages back to the kernel at once, so that no citizen's picture stays in it.
"""

from __future__ import annotations

import mmap
import os
from typing import Final

PLACE_BYTES: Final = 32 * 1024 * 1024
"""For one picture; pages that were never written to cost nothing. A JPEG of 50 megapixels has about 20 MB."""

FROM_CHILD, FROM_PARENT = 0, 1


class Shared:
    """The memory, as one of the two sees it.

    Args:
        descriptor: Of the memfd; taken over, ``close`` closes it.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._map = mmap.mmap(descriptor, 2 * PLACE_BYTES)

    @classmethod
    def create(cls) -> Shared:
        """Make the memory; for the parent, which passes ``descriptor`` on.

        Raises:
            OSError: the kernel has none to give.
        """
        descriptor = os.memfd_create("camera", os.MFD_CLOEXEC)
        try:
            os.truncate(descriptor, 2 * PLACE_BYTES)
            return cls(descriptor)
        except BaseException:
            os.close(descriptor)
            raise

    def put(self, place: int, data: bytes) -> None:
        """Lay a picture down.

        Raises:
            ValueError: it is too large; nothing was written.
        """
        if len(data) > PLACE_BYTES:
            raise ValueError(f"a picture of {len(data)} bytes")
        start = place * PLACE_BYTES
        self._map[start : start + len(data)] = data

    def take(self, place: int, length: int) -> bytes:
        """Return the picture that lies there, and leave nothing behind.

        Raises:
            ValueError: no picture is that long.
        """
        if not 0 <= length <= PLACE_BYTES:
            raise ValueError(f"a picture of {length} bytes")
        start = place * PLACE_BYTES
        data = self._map[start : start + length]
        self.wipe(place)
        return data

    def wipe(self, place: int) -> None:
        """Give the pages of a place back: whoever looks there next finds zeros."""
        self._map.madvise(mmap.MADV_REMOVE, place * PLACE_BYTES, PLACE_BYTES)

    def close(self) -> None:
        """Wipe all of it and let go. Safe more than once."""
        if not self._map.closed:
            self.wipe(FROM_CHILD)
            self.wipe(FROM_PARENT)
            self._map.close()
            os.close(self.descriptor)
