"""What a request's body must be: its type, its size, its shape, each with its own problem."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from litestar.connection import ASGIConnection
from litestar.exceptions import ValidationException
from litestar.handlers import BaseRouteHandler

from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.contract import ProblemError

JSON_LIMIT_BYTES = 1024 * 1024

_PATH = re.compile(r" - at `(?:key in )?\$(?P<path>[^`]*)`$")
# guards are coroutines though they wait for nothing: Litestar hands a plain function to a thread, at every request
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


async def takes_json(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Guard of every path that takes JSON.

    Raises:
        RefusedRequestError: ``REQUEST_MEDIA_TYPE``.
    """
    _demand(connection, "application/json")


async def takes_jpeg(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Guard of the path that takes a picture.

    Raises:
        RefusedRequestError: ``REQUEST_MEDIA_TYPE``.
    """
    _demand(connection, "image/jpeg")


def malformed(failure: ValidationException) -> RefusedRequestError:
    """Return the refusal for a body of another shape, pointing at what is wrong."""
    cause = failure.__cause__
    errors = (_error(str(cause)),) if isinstance(cause, msgspec.ValidationError) else ()
    return RefusedRequestError(Code.REQUEST_MALFORMED, errors=errors)


def _demand(connection: ASGIConnection[Any, Any, Any, Any], media: str) -> None:
    sent = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != media:
        raise RefusedRequestError(Code.REQUEST_MEDIA_TYPE, f"{media} is needed")


def _error(message: str) -> ProblemError:
    """Return what msgspec said, with its path as a JSON Pointer.

    The message is about types and names of the contract; msgspec never repeats the value itself, except for the member
    of an enumeration, which is cut off.
    """
    found = _PATH.search(message)
    steps = [name or index for name, index in _STEP.findall(found["path"])] if found else []
    if steps[:1] == ["data"]:
        steps = steps[1:]  # the parameter of the handler, not a part of the body
    detail = _PATH.sub("", message)
    if detail.startswith("Invalid enum value"):
        detail = "Invalid value"
    return ProblemError(detail=detail, pointer=pointer(*steps))
