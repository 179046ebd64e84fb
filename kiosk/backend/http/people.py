"""Paths about a person: verification, facts, materials, attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from litestar import get, post
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Example, OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import BodyKwarg

from kiosk.backend.attachments import LIMIT_BYTES
from kiosk.backend.http.bodies import takes_jpeg, takes_json
from kiosk.backend.http.common import BEARER, OPEN, Asked, FromHouse, Name, holder_of, problems
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.terminals import asking
from kiosk.contract import (
    Attachment,
    CodeCheck,
    Facts,
    FactsRequest,
    HolderSession,
    MaterialRequest,
    Materials,
    PhoneMessage,
    Verification,
    VerificationRequest,
)

_DOCUMENT = {"kind": "resident-id", "number": "000101198503151221", "name": "王示例"}
_VERIFICATION = Example(value={"document": _DOCUMENT, "terminal": "T-0001"})
_CHECK = Example(value={"code": "000000"})
_FACTS = Example(
    value={"purpose": "old-age-allowance", "notice": "1", "names": ["register.population.phone"]},
)


_MATERIALS = Example(
    value={
        "purpose": "basket",
        "notice": "1",
        "materials": ["household-register"],
        "items": ["old-age-allowance", "insurance-certificate"],
    },
)
_PICTURE = Schema(type=OpenAPIType.STRING, content_media_type="image/jpeg")


@dataclass
class _TakesPicture(Operation):
    """The operation whose body is a picture: Litestar describes only bodies it decodes."""

    request_body: RequestBody | None = field(
        default_factory=lambda: RequestBody(
            content={
                "image/jpeg": OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, content_media_type="image/jpeg"))
            },
            required=True,
        )
    )


@post("/v1/verifications", guards=[takes_json], tags=["verification"], responses=problems(400, 413, 415, 422, 429, 503))
async def send_code(
    house: FromHouse, data: Annotated[VerificationRequest, BodyKwarg(examples=[_VERIFICATION])]
) -> Verification:
    """Send a code to the phone registered for the document's holder."""
    # the terminal is not believed: where it stands is what its key says
    data = msgspec.structs.replace(data, terminal=asking().id)
    outgoing = await house.database.write(lambda connection: house.verifier.prepare(connection, data))
    return await house.verifier.send(outgoing)


@post(
    "/v1/verifications/{verification:str}/check",
    status_code=200,
    guards=[takes_json],
    tags=["verification"],
    responses=problems(400, 404, 410, 413, 415, 422),
)
async def check_code(
    house: FromHouse, verification: Name, data: Annotated[CodeCheck, BodyKwarg(examples=[_CHECK])]
) -> HolderSession:
    """Exchange the code for a token that stands for the verified person (assurance B)."""
    answer = await house.database.write(lambda connection: house.verifier.check(connection, verification, data))
    if isinstance(answer, RefusedRequestError):
        raise answer
    return answer


@post(
    "/v1/facts",
    status_code=200,
    guards=[takes_json],
    security=BEARER,
    tags=["facts"],
    responses=problems(400, 401, 403, 413, 415, 422),
)
async def facts(request: Asked, house: FromHouse, data: Annotated[FactsRequest, BodyKwarg(examples=[_FACTS])]) -> Facts:
    """Return known values for a purpose; the pull is recorded for the holder to see."""
    return await house.knowledge.facts((await holder_of(request, house)).holder, data)


@post(
    "/v1/materials",
    status_code=200,
    guards=[takes_json],
    security=BEARER,
    tags=["facts"],
    responses=problems(400, 401, 403, 413, 415, 422),
)
async def materials(
    request: Asked, house: FromHouse, data: Annotated[MaterialRequest, BodyKwarg(examples=[_MATERIALS])]
) -> Materials:
    """Return the licences and register entries that replace materials."""
    return await house.knowledge.materials((await holder_of(request, house)).holder, data)


@post(
    "/v1/attachments",
    guards=[takes_jpeg],
    security=BEARER,
    request_max_body_size=LIMIT_BYTES,
    operation_class=_TakesPicture,
    tags=["applications"],
    responses=problems(400, 401, 413, 415),
)
async def attach(request: Asked, house: FromHouse) -> Attachment:
    """Store a photograph of a material (JPEG, at most 8 MiB)."""
    session = await holder_of(request, house)
    return await house.attachments.store(session.holder.resident, await request.body())


@get("/v1/simulated-phone/messages", security=OPEN, tags=["simulated"], responses=problems(404))
async def phone_messages(house: FromHouse) -> Sequence[PhoneMessage]:
    """Return what the simulated phone received, newest first; not there outside simulated profiles."""
    if not house.settings.simulated:
        raise RefusedRequestError(Code.NOT_FOUND)
    now = house.now()
    return await house.database.read(lambda connection: house.phone.messages(connection, now))


HANDLERS: tuple[BaseRouteHandler, ...] = (send_code, check_code, facts, materials, attach, phone_messages)
