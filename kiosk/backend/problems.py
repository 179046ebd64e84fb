"""Why a request was not done, as the caller reads it (RFC 9457).

Every code is stable and stands in ``kiosk/contract/README.md`` (a test compares the two). What the caller is told never
contains a traceback, a path, or another person's data.
"""

from __future__ import annotations

from enum import Enum

from kiosk.contract import Problem, ProblemError

PREFIX = "urn:onething:problem:"


class Code(Enum):
    """Code, HTTP status, title. The code ends the problem's ``type``."""

    REQUEST_MALFORMED = ("request.malformed", 400, "The body is not what this path takes")
    REQUEST_TOO_LARGE = ("request.too-large", 413, "The body is larger than this path takes")
    REQUEST_MEDIA_TYPE = ("request.media-type", 415, "The body is of another type than this path takes")
    NOT_FOUND = ("not-found", 404, "There is nothing here that you may see")
    METHOD_NOT_ALLOWED = ("method-not-allowed", 405, "This path does not do that")
    INTERNAL = ("internal", 500, "The backend failed; nothing was changed")
    UNAVAILABLE = ("unavailable", 503, "The backend cannot do this now; try again")
    TOKEN_MISSING = ("token.missing", 401, "This path needs a verified person")
    TOKEN_INVALID = ("token.invalid", 401, "The token is unknown or has expired")
    TERMINAL_MISSING = ("terminal.missing", 401, "This path needs a terminal that says who it is")
    TERMINAL_INVALID = ("terminal.invalid", 401, "No terminal of ours signed this")
    TERMINAL_EXPIRED = ("terminal.expired", 401, "What the terminal signed is not good now; is its clock right?")
    TERMINAL_REVOKED = ("terminal.revoked", 403, "This terminal is not one of ours any more")
    TERMINAL_OTHER = ("terminal.other", 403, "The token was given at another terminal")
    TERMINAL_OUT_OF_SERVICE = ("terminal.out-of-service", 503, "This terminal is out of service")
    ENROLMENT_REFUSED = ("enrolment.refused", 403, "The code takes no terminal in; ask for a new one")
    VERIFICATION_NO_PHONE = ("verification.no-phone", 422, "No code can be sent for this document")
    VERIFICATION_TOO_MANY = ("verification.too-many", 429, "Too many codes were sent for this document")
    VERIFICATION_WRONG_CODE = ("verification.wrong-code", 422, "The code is wrong")
    VERIFICATION_SPENT = ("verification.spent", 410, "The code is no longer good; ask for a new one")
    VERIFICATION_NOT_SENT = ("verification.not-sent", 503, "The message could not be sent; try again")
    PURPOSE_UNKNOWN = ("purpose.unknown", 422, "The catalogue has no such one-thing or item")
    PURPOSE_EXCEEDED = ("purpose.exceeded", 403, "The purpose does not need these")
    PURPOSE_ITEMS = ("purpose.items", 422, "These items do not make this purpose")
    MANDATE_UNKNOWN = ("mandate.unknown", 403, "You may not act for this person")
    MANDATE_EXCEEDED = ("mandate.exceeded", 403, "The mandate does not cover this")
    MANDATE_UNPROVEN = ("mandate.unproven", 403, "A letter is confirmed by a person; nothing is told before")
    ATTACHMENT_TYPE = ("attachment.type", 415, "The attachment is not a JPEG picture")
    ATTACHMENT_UNKNOWN = ("attachment.unknown", 422, "A material names an attachment that is not this holder's")
    DRAFT_EXISTS = ("draft.exists", 409, "There is a draft of this already")
    DRAFT_CHANGED = ("draft.changed", 412, "The draft was changed elsewhere")
    DRAFT_UNCONDITIONAL = ("draft.unconditional", 428, "Which version of the draft is replaced?")
    DRAFT_GONE = ("draft.gone", 410, "Nothing of the draft fits any more")
    DRAFT_INVALID = ("draft.invalid", 422, "The draft cannot be kept as it is")
    RATING_INVALID = ("rating.invalid", 422, "The rating is not one of the five levels, or says too much")
    DELIVERY_INVALID = ("delivery.invalid", 422, "It cannot be delivered that way")
    DELIVERY_CHANGED = ("delivery.changed", 412, "The delivery was chosen elsewhere meanwhile")
    DELIVERY_OVER = ("delivery.over", 409, "It was posted or collected, or there is nothing to deliver")
    LINK_UNAVAILABLE = ("link.unavailable", 404, "This city has no pages for phones")
    LINK_FULL = ("link.full", 409, "No more photographs over this link")
    COMPLAINT_INVALID = ("complaint.invalid", 422, "The complaint cannot be taken as it is")
    COMPLAINT_CODE = ("complaint.code", 403, "This number and code open nothing")
    COMPLAINT_TRIES = ("complaint.tries", 429, "Too many wrong codes for this number")
    COMPLAINT_NOT_ANSWERED = ("complaint.not-answered", 409, "There is no answer to judge")
    HALL_UNKNOWN = ("hall.unknown", 404, "There is no such hall, or it does not do that")
    HALL_CLOSED = ("hall.closed", 409, "The hall is closed")
    HALL_FULL = ("hall.full", 409, "Nothing is free at that time")
    TICKET_BOOKED = ("ticket.booked", 409, "There is a booking for this already")
    TICKET_OVER = ("ticket.over", 409, "The ticket is no longer good")
    CASE_CHANGED = ("case.changed", 412, "The case was changed meanwhile")
    CASE_UNCONDITIONAL = ("case.unconditional", 428, "Which version of the case is meant?")
    CASE_STATE = ("case.state", 409, "This cannot be done with the case as it is")
    CASE_ACT = ("case.act", 422, "The act of the department is not complete")
    SUPPLEMENT_INVALID = ("supplement.invalid", 422, "What was handed in is not what the case waits for")
    APPLICATION_CHANGED = ("application.changed", 409, "The application was corrected elsewhere")
    IDEMPOTENCY_MISSING = ("idempotency.missing", 400, "The header Idempotency-Key with a UUID is needed")
    IDEMPOTENCY_MISMATCH = ("idempotency.mismatch", 422, "The key was used for another application")
    IDEMPOTENCY_IN_PROGRESS = ("idempotency.in-progress", 409, "An application with this key is being taken now")
    PAYMENT_NOTHING_DUE = ("payment.nothing-due", 422, "Nothing has to be paid for these items")
    PAYMENT_CLOSED = ("payment.closed", 409, "This cannot be paid any more")
    PAYMENT_PAID = ("payment.paid", 409, "It is paid already; the money comes back if it is not used")
    PAYMENT_PROVIDER = ("payment.provider", 503, "The payment provider does not answer; try again")
    PAYMENT_NOTIFICATION = ("payment.notification", 401, "The notification is not the provider's")
    ENTITLEMENT_TAKEN = ("entitlement.taken", 409, "This was taken already")
    ENTITLEMENT_NOT = ("entitlement.not-entitled", 422, "The facts do not make this an entitlement; apply instead")
    ENTITLEMENT_ACCOUNT = ("entitlement.account", 422, "An account for the money is needed")
    NOTICE_KIND = ("notice.kind", 422, "There is no such kind of message, or it cannot be refused")
    APPLICATION_INVALID = ("application.invalid", 422, "The application cannot be taken as it is")
    APPLICATION_VERSION = ("application.version", 422, "The application was answered under another catalogue")

    def __init__(self, code: str, status: int, title: str) -> None:
        self.code = code
        self.status = status
        self.title = title


class RefusedRequestError(Exception):
    """A request that was not done; nothing was changed unless its code says so."""

    def __init__(
        self, code: Code, detail: str = "", *, errors: tuple[ProblemError, ...] = (), retry_s: int = 0
    ) -> None:
        super().__init__(code.code)
        self.code = code
        self.detail = detail
        self.errors = errors
        self.retry_s = retry_s

    def problem(self) -> Problem:
        """Return what the caller reads."""
        return problem(self.code, self.detail, self.errors)


def problem(code: Code, detail: str = "", errors: tuple[ProblemError, ...] = ()) -> Problem:
    """Return the problem document of ``code``."""
    return Problem(type=PREFIX + code.code, title=code.title, status=code.status, detail=detail, errors=errors)


def pointer(*parts: str | int) -> str:
    """Return the JSON Pointer (RFC 6901) that leads through ``parts``."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
