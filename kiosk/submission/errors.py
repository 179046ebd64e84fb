"""What can go wrong on the way to the backend.

    BackendError
    ├── BackendUnreachable   no connection, or it broke; nothing is known of the request
    ├── BackendSlow          no answer in time; nothing is known of the request
    ├── BackendBroken        an answer that the contract does not allow, or an error of its own (5xx)
    └── BackendRefused       a problem document (RFC 9457): the request was understood and not done

    OutboxFull               the application could not be written to disk; nothing was sent

Each has the ``code`` of the sentence shown to the citizen (``assets/i18n/sentences.yaml``).
"""

from __future__ import annotations

from kiosk.contract import Problem

PROBLEM = "urn:onething:problem:"
"""Before the code, in the type of a problem document."""


class BackendError(Exception):
    """The backend did not do what it was asked."""

    code: str = "backend.broken"


class BackendUnreachable(BackendError):
    """No connection, or it broke; nothing is known of the request."""

    code = "backend.unreachable"


class BackendSlow(BackendError):
    """No answer in time; nothing is known of the request."""

    code = "backend.slow"


class BackendBroken(BackendError):
    """An answer that the contract does not allow, or an error of its own.

    Args:
        detail: For the log.
        code: What the backend itself calls it, when it said so.
    """

    def __init__(self, detail: str, *, code: str | None = None) -> None:
        super().__init__(detail)
        if code is not None:
            self.code = code


class BackendRefused(BackendError):
    """The request was understood and not done."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.status} {problem.type}")
        self.problem = problem
        self.code = problem.type.removeprefix(PROBLEM)


class OutboxFull(Exception):
    """The application could not be written to disk; nothing was sent."""

    code = "disk.full"
