"""What several paths share: who asks, and how the contract names it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import PathParameter, SkipValidation

from kiosk.backend.house import House
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.verification import Session
from kiosk.contract import Problem

BEARER = [{"terminal": list[str](), "bearer": list[str]()}]
"""The path needs a verified person (assurance B) at a terminal."""
TERMINAL = [{"terminal": list[str]()}]
"""The path needs a terminal; so do all that say nothing else."""
OPEN = [dict[str, list[str]]()]
"""The path is open to everybody."""

FromHouse = NamedDependency[SkipValidation[House]]
Name = Annotated[str, PathParameter(max_length=64)]

_OF_TERMINALS = (401, 403, 503)

Asked = Request[Any, Any, State]


async def holder_of(request: Asked, house: House) -> Session:
    """Return the verified person behind ``request``.

    Raises:
        RefusedRequestError: ``TOKEN_MISSING`` or ``TOKEN_INVALID``.
    """
    return await house.session(request.headers.get("authorization"))


def described(kind: Any, example: object, text: str) -> ResponseSpec:
    """Return the description of a good answer with an example."""
    return ResponseSpec(kind, description=text, examples=[Example(value=example)], generate_examples=False)


def is_open(handler: BaseRouteHandler) -> bool:
    """Whether a path is open to everybody."""
    return isinstance(handler, HTTPRouteHandler) and handler.security == OPEN


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """Return the description of the problem documents a path may answer with.

    Those about terminals, and 400 for a parameter of another shape, come by themselves.
    """
    return {
        status: ResponseSpec(
            Problem, description="Problem document", media_type="application/problem+json", generate_examples=False
        )
        for status in sorted({400, *statuses, *_OF_TERMINALS})
    }


def key_of(header: str | None) -> UUID:
    """Return the idempotency key; the structured-field string in quotes is taken as well as the bare UUID.

    Raises:
        RefusedRequestError: ``IDEMPOTENCY_MISSING``.
    """
    try:
        return UUID((header or "").strip().strip('"'))
    except ValueError as error:
        raise RefusedRequestError(Code.IDEMPOTENCY_MISSING) from error
