"""Codes in pictures: in a still one with all we have, in a live stream with what the time of a picture allows.

zxing-cpp looks at every picture. Where it sees nothing, further looks follow (``looks.py``), zbar among them. On a live
stream one further look is taken at a picture, in turn, and only while the time saved so far pays for it; a code is held
before a camera for many pictures, so each look gets its turn within a fraction of a second.

Light to import, and without Qt: a camera's child process runs a ``FrameDecoder``.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from drivers.camera.api import SeenCode
from drivers.errors import MediaUnreadable
from drivers.scanner import looks
from drivers.scanner.api import Code
from drivers.scanner.framing import code_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    Grey = NDArray[np.uint8]
    Picture = bytes | Image.Image | Grey

_LARGEST_PIXELS = 50_000_000

_MOST_SAVED: Final = 8
"""Pictures whose time may be saved up, or owed: a quarter of a second."""
_SURELY_EVERY: Final = 10
_SEVERAL: Final = 2
"""Where so many codes lie side by side they are small, and the first of the further looks finds more of them."""


class FrameDecoder:
    """Finds codes in the pictures of a live stream, keeping up with it. One thread at a time.

    A code that was told is not told again within ``repeat_s``, another one is, at once.

    Args:
        budget_s: Time of one core that a picture may take on the average; of the 33 ms that one of 30 a second has, the
            rest is for unpacking it. The first look is always taken, and every tenth picture without a code gets a
            further one whatever it costs.
        repeat_s: A code in sight for longer is told again after this time.
        clock: Monotonic seconds.
    """

    def __init__(
        self, *, budget_s: float = 0.022, repeat_s: float = 1.0, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._budget_s = budget_s
        self._repeat_s = repeat_s
        self._clock = clock
        self._saved_s = 0.0
        self._without = 0
        self._looks = looks.further()
        self._cost_s = [0.0] * len(self._looks)
        self._next = 0
        self._told: dict[tuple[str, bytes], float] = {}

    def look(self, grey: Grey) -> list[SeenCode]:
        """Return the codes that this picture brings, in reading order; an empty list when there are none.

        Args:
            grey: Rows × columns of bytes.
        """
        if not looks.can_be(grey):
            return []
        begun_s = self._clock()
        seen = looks.first(grey)
        spent_s = self._clock() - begun_s
        self._saved_s = min(self._saved_s + self._budget_s - spent_s, _MOST_SAVED * self._budget_s)
        self._saved_s = max(self._saved_s, -_MOST_SAVED * self._budget_s)
        if not seen:
            seen = self._look_further(grey)
        else:
            self._without = 0
            if len(seen) >= _SEVERAL and self._saved_s >= self._cost_s[0]:
                seen = _together(seen, self._timed(0, grey))
        return self._news(in_reading_order(seen), begun_s)

    def forget(self) -> None:
        """Tell every code again: whoever listens now has heard of none."""
        self._told.clear()

    def _look_further(self, grey: Grey) -> list[SeenCode]:
        self._without += 1
        turn = self._next
        if self._saved_s < self._cost_s[turn] and self._without % _SURELY_EVERY:
            return []
        self._next = (turn + 1) % len(self._looks)
        return self._timed(turn, grey)

    def _timed(self, turn: int, grey: Grey) -> list[SeenCode]:
        begun_s = self._clock()
        seen = self._looks[turn](grey)
        spent_s = self._clock() - begun_s
        self._cost_s[turn] = spent_s if not self._cost_s[turn] else 0.8 * self._cost_s[turn] + 0.2 * spent_s
        self._saved_s -= spent_s
        return seen

    def _news(self, seen: list[SeenCode], now_s: float) -> list[SeenCode]:
        self._told = {key: at for key, at in self._told.items() if now_s - at < self._repeat_s}
        news = []
        for code in seen:
            key = (code.symbology, code.raw)
            if key not in self._told:
                self._told[key] = now_s
                news.append(code)
        return news


def decode(picture: Picture, *, thorough: bool = True, limit_s: float = 5.0) -> list[Code]:
    """Return the codes in a still picture, in reading order; an empty list when there are none.

    Args:
        picture: JPEG or PNG as bytes, a Pillow picture, or rows × columns (× channels) of bytes.
        thorough: Take the further looks when the first sees nothing, until one sees something.
        limit_s: No further look is begun after this time: all of them at 40 million pixels of noise take a minute.

    Raises:
        MediaUnreadable: the bytes are no picture.
    """
    grey = _grey(picture)
    if not looks.can_be(grey):
        return []
    ends_s = time.perf_counter() + limit_s
    seen = looks.first(grey)
    if thorough:
        further = looks.further()
        if len(seen) >= _SEVERAL:
            seen = _together(seen, further[0](grey))
        for look in further:
            if seen or time.perf_counter() > ends_s:
                break
            seen = look(grey)
    return [code_of(code.raw, code.text) for code in in_reading_order(seen)]


def in_reading_order(seen: list[SeenCode]) -> list[SeenCode]:
    """Return the codes line by line, each from left to right; those side by side are one line, even if one is lower."""
    lines: list[list[SeenCode]] = []
    for code in sorted(seen, key=_top):
        if lines and _middle(code) < max(y for _, y in lines[-1][0].corners):
            lines[-1].append(code)
        else:
            lines.append([code])
    return [code for line in lines for code in sorted(line, key=_left)]


def _together(seen: list[SeenCode], more: list[SeenCode]) -> list[SeenCode]:
    known = {code.raw for code in seen}
    return [*seen, *(code for code in more if code.raw not in known)]


def _top(code: SeenCode) -> int:
    return min(y for _, y in code.corners)


def _left(code: SeenCode) -> int:
    return min(x for x, _ in code.corners)


def _middle(code: SeenCode) -> float:
    return sum(y for _, y in code.corners) / len(code.corners)


def _grey(picture: Picture) -> Grey:
    # Imported here: whoever looks at a live stream has arrays and needs no files.
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    if isinstance(picture, Image.Image):
        return np.asarray(_on_white(picture).convert("L"))
    if isinstance(picture, bytes):
        try:
            opened = Image.open(io.BytesIO(picture))
            if opened.width * opened.height > _LARGEST_PIXELS:
                raise MediaUnreadable(f"a picture of {opened.width} × {opened.height}", code="scanner.no-picture")
            return np.asarray(_on_white(opened).convert("L"))
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise MediaUnreadable("no picture", code="scanner.no-picture") from error
    return np.asarray(_on_white(Image.fromarray(picture)).convert("L"))


def _on_white(picture: Image.Image) -> Image.Image:
    """Lay a picture with a see-through ground on white paper: under it the pixels are often black, as the code is."""
    from PIL import Image

    if not picture.has_transparency_data:
        return picture
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
