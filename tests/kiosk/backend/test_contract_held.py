"""The backend keeps to what its OpenAPI description says, whatever is sent: no server error, no undocumented answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.stateful import run_state_machine_as_test
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.failures import FailureGroup

from backend.city import CERTIFICATE, Citizen, Clock, running, settings_for

LEFT_OUT = {"positive_data_acceptance", "max_response_time", "ignored_auth"}
"""What fits the description may still be refused for what it says; who may ask is tested by name elsewhere."""
SEEN: list[Any] = [check for check in CHECKS.get_all() if check.__name__ not in LEFT_OUT]
QUICK = settings(
    deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], derandomize=True
)


@pytest.fixture(scope="module")
def wang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Citizen]:
    """Somebody verified, with an application, so that there is something to find."""
    folder = tmp_path_factory.mktemp("contract")
    with running(settings_for(folder, Clock(), public_url="https://phones.invalid")) as http:
        citizen = Citizen(http, "wang").verify()
        citizen.fetch("insurance-certificate")
        citizen.file(citizen.request("insurance-certificate", CERTIFICATE))
        yield citizen


@pytest.fixture(scope="module")
def description(wang: Citizen) -> Any:
    return schemathesis.openapi.from_dict(wang.http.get("/v1/openapi.json").json())


def headers(citizen: Citizen) -> dict[str, str]:
    """The terminal's assertion and the person's token, as a terminal sends them."""
    request = citizen.http.build_request("GET", "/")
    bare = set(request.headers)
    for says_who in citizen.http.event_hooks["request"]:
        says_who(request)
    return {name: value for name, value in request.headers.items() if name not in bare} | citizen.headers


@pytest.mark.timeout(600)
def test_every_answer_is_a_described_one(description: Any, wang: Citizen) -> None:
    """Each operation, with what fits its description and with what does not."""
    wrong = [
        found
        for operation in description.get_all_operations()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        for found in tried(operation.ok(), mode, wang)
    ]
    assert wrong == []


def tried(operation: Any, mode: GenerationMode, citizen: Citizen) -> list[str]:
    """Return what was wrong with the answers of one operation."""
    wrong: dict[str, None] = {}

    @settings(QUICK, max_examples=4)
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: schemathesis.Case[Any]) -> None:
        try:
            case.call_and_validate(base_url=str(citizen.http.base_url), headers=headers(citizen), checks=SEEN)
        except FailureGroup as failures:
            wrong.update({f"{operation.label}: {failure}": None for failure in failures.exceptions})

    with suppress(Unsatisfiable):  # nothing can be wrong with a path that takes nothing
        run()
    return list(wrong)


@pytest.mark.timeout(600)
def test_one_request_after_another_is_answered_as_described(description: Any, wang: Citizen) -> None:
    machine: Any = description.as_state_machine()

    class Terminal(machine):  # type: ignore[misc]  # its class is made at run time
        def get_call_kwargs(self, case: schemathesis.Case[Any]) -> dict[str, Any]:
            return {"base_url": str(wang.http.base_url), "headers": headers(wang)}

        def validate_response(self, response: Any, case: schemathesis.Case[Any], *rest: Any, **more: Any) -> None:
            case.validate_response(response, checks=SEEN)

    run_state_machine_as_test(Terminal, settings=settings(QUICK, max_examples=8, stateful_step_count=10))
