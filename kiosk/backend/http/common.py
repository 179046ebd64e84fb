"""What several paths share: who asks, and how the contract names it."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import PathParameter, SkipValidation

from kiosk.backend.house import House
from kiosk.backend.verification import Session
from kiosk.contract import Problem

BEARER = [{"bearer": list[str]()}]
"""The path needs a verified person (assurance B)."""

FromHouse = NamedDependency[SkipValidation[House]]
Name = Annotated[str, PathParameter(max_length=64)]

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


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """Return the description of the problem documents a path may answer with."""
    return {
        status: ResponseSpec(
            Problem, description="Problem document", media_type="application/problem+json", generate_examples=False
        )
        for status in sorted(statuses)
    }
