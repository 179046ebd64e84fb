"""A photograph from a phone, turned upright, made smaller, and written anew as a JPEG with nothing but its pixels.

Phones send JPEG, PNG or WebP with places and names of owners in them. Decoders of outside bytes are where holes are
found, so they run in a process of their own with little memory and little time: ``python -m`` this module, the bytes on
its standard input, the picture on its standard output.
"""

from __future__ import annotations

import asyncio
import io
import resource
import sys

from kiosk.backend.problems import Code, RefusedRequestError

TAKEN_BYTES = 20 * 1024 * 1024
"""A phone's photograph before it is made smaller."""
_FORMATS = ("JPEG", "PNG", "WEBP", "MPO")
_PIXELS = 100_000_000
_SIDE = 3000
"""Pixels of the longer side that is kept: A4 at 250 dots an inch."""
_QUALITY = 85
_MEMORY_BYTES = 1_500_000_000
_CPU_S = 10
_LIMIT_S = 20.0


async def as_jpeg(content: bytes) -> bytes:
    """Return the picture in ``content`` as a JPEG without anything but its pixels.

    Raises:
        RefusedRequestError: ``REQUEST_TOO_LARGE``: more bytes than any phone's; ``ATTACHMENT_TYPE``: it is no picture,
            a broken one, or one that takes too long.
    """
    if len(content) > TAKEN_BYTES:
        raise RefusedRequestError(Code.REQUEST_TOO_LARGE)
    if not content:
        raise RefusedRequestError(Code.ATTACHMENT_TYPE)
    apart = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_LIMIT_S):
            picture, _ = await apart.communicate(content)
    except TimeoutError as error:
        raise RefusedRequestError(Code.ATTACHMENT_TYPE) from error
    finally:
        if apart.returncode is None:
            apart.kill()
            await apart.wait()
    if apart.returncode != 0 or not picture:
        raise RefusedRequestError(Code.ATTACHMENT_TYPE)
    return picture


def redrawn(content: bytes) -> bytes:
    """Return the picture anew, in this process.

    Raises:
        Exception: whatever a decoder says of bytes that are no picture.
        ValueError: it has more pixels than any phone's.
    """
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        if picture.width * picture.height > _PIXELS:
            raise ValueError("too many pixels")
        # a photograph of 50 megapixels is decoded at a fraction of its size
        picture.draft("RGB", (_SIDE, _SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((_SIDE, _SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def main() -> None:
    """Read a picture, write it anew; end with another status than 0 when it is none."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    sys.stdout.buffer.write(redrawn(sys.stdin.buffer.read(TAKEN_BYTES + 1)))


if __name__ == "__main__":
    main()
