"""Every failure leaves as a problem document (RFC 9457), and never with a traceback."""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from sqlalchemy.exc import DataError, OperationalError

from kiosk.backend.http.bodies import malformed
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.contract import Problem

log = logging.getLogger(__name__)

_ASKING = {"GET", "HEAD", "DELETE"}
_MEDIA = "application/problem+json"
_BY_STATUS = {
    400: Code.REQUEST_MALFORMED,
    404: Code.NOT_FOUND,
    405: Code.METHOD_NOT_ALLOWED,
    413: Code.REQUEST_TOO_LARGE,
    415: Code.REQUEST_MEDIA_TYPE,
}


def on_failure(request: Request[Any, Any, Any], failure: Exception) -> Response[bytes]:
    """Return the problem document for whatever was raised."""
    match failure:
        case RefusedRequestError():
            # the one trace a refused request leaves: what it asked for and why not, never whose it was
            log.info("%s %s refused: %s", request.method, _route(request), failure.code.code)
            return answer(failure.problem(), retry_s=failure.retry_s)
        case ValidationException():
            return answer(malformed(failure).problem())
        case RecursionError():
            # only a body nested a thousand deep gets here; what we walk ourselves is bounded by the forms
            return answer(RefusedRequestError(Code.REQUEST_MALFORMED).problem())
        case HTTPException() if failure.status_code in _BY_STATUS:
            code = _BY_STATUS[failure.status_code]
            return answer(RefusedRequestError(code).problem(), headers=failure.headers)
        case DataError():
            # PostgreSQL takes no text with a NUL in it, or longer than its column: nothing there has such a name
            log.warning("%s %s does not fit at %s", request.method, _route(request), _where(failure))
            code = Code.NOT_FOUND if request.method in _ASKING else Code.REQUEST_MALFORMED
            return answer(RefusedRequestError(code).problem())
        case OperationalError():
            # a full or locked disk passes; the statement and its parameters stay out of the log: they are personal
            log.error("the database could not do it: %s", type(failure.orig).__name__)
            return answer(RefusedRequestError(Code.UNAVAILABLE).problem(), retry_s=1)
        case HTTPException() if failure.status_code < 500:
            return answer(RefusedRequestError(Code.REQUEST_MALFORMED).problem())
        case _:
            where = _where(failure)
            log.error("%s %s failed: %s at %s", request.method, _route(request), type(failure).__name__, where)
            return answer(RefusedRequestError(Code.INTERNAL).problem())


def answer(problem: Problem, *, retry_s: int = 0, headers: dict[str, str] | None = None) -> Response[bytes]:
    """Return a problem document as it leaves."""
    sent = dict(headers or {})
    if retry_s:
        sent["Retry-After"] = str(retry_s)
    if problem.status == Code.TOKEN_MISSING.status:
        sent["WWW-Authenticate"] = "Bearer"
    return Response(msgspec.json.encode(problem), status_code=problem.status, media_type=_MEDIA, headers=sent)


def _where(failure: BaseException) -> str:
    """Return file and line of the failure: messages of exceptions may carry a person's data, places do not."""
    trace = failure.__traceback__
    if trace is None:
        return "an unknown place"
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


def _route(request: Request[Any, Any, Any]) -> str:
    """Return the path as it was declared: numbers of applications stay out of the log."""
    template = request.scope.get("path_template", "")
    return str(template) or "an unknown path"
