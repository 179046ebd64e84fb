"""Traces and metrics by OTLP over HTTP.

Only what stands in ``ALLOWED`` leaves this process: names of paths as they were declared, methods, statuses, names of
steps, states. No path as it was asked for (it holds numbers of cases), no message of an exception, no body.

Source: OpenTelemetry semantic conventions for HTTP spans and metrics, 1.23; OTLP/HTTP 1.5.
"""

from __future__ import annotations

import contextvars
import functools
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import msgspec
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, StatusCode
from sqlalchemy import func, select

from kiosk.backend.storage import schema
from kiosk.backend.telemetry import Telemetry

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Message, Receive, Scope, Send

    from kiosk.backend.house import House

T = TypeVar("T")

ALLOWED: Final = frozenset(
    {
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "error.type",
        "onething.step",
        "onething.state",
        "onething.queue",
        "db.operation.name",
        "onething.waited_s",
    }
)
_SEND_S: Final = 5.0
"""How long the collector may take; one that is away holds up nothing, its news is dropped."""
_SERVER_ERROR: Final = 500
_METHODS: Final = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
_SUBMITTING: Final = "take"


class _Cases(msgspec.Struct, frozen=True):
    """What is read of an answer to a submission: the states of its cases."""

    cases: tuple[_State, ...] = ()


class _State(msgspec.Struct, frozen=True):
    state: str


class Exporting(Telemetry):
    """Sends traces and metrics to a collector, from threads of its own."""

    def __init__(self, endpoint: str, *, every_s: float) -> None:
        """Begin to send.

        Args:
            endpoint: Of the collector, without ``/v1/traces``.
            every_s: Between the metrics.
        """
        resource = Resource(
            {
                "service.name": "onething-backend",
                "service.version": version("onething-kiosk"),
                "service.instance.id": str(uuid.uuid4()),
            }
        )
        base = endpoint.rstrip("/")
        self._traces = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._traces.add_span_processor(
            BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{base}/v1/traces", timeout=_SEND_S))
        )
        reader = PeriodicExportingMetricReader(
            OTLPMetricExporter(endpoint=f"{base}/v1/metrics", timeout=_SEND_S), export_interval_millis=every_s * 1000
        )
        self._metrics = MeterProvider([reader], resource=resource, shutdown_on_exit=False)
        self._tracer = self._traces.get_tracer("onething")
        meter = self._metrics.get_meter("onething")
        self._meter = meter
        self._requests = meter.create_histogram("http.server.request.duration", "s", "Duration of requests")
        self._steps = meter.create_histogram("onething.step.duration", "s", "Duration of the steps of a submission")
        self._database = meter.create_histogram("db.client.operation.duration", "s", "Duration of transactions")
        self._waiting = meter.create_histogram("onething.database.wait", "s", "Waiting for a thread of the database")
        self._applications = meter.create_counter("onething.applications", "{application}", "Applications taken")
        self._cases = meter.create_counter("onething.cases", "{case}", "Their cases, by state when they were taken")

    def requests(self, app: ASGIApp) -> ASGIApp:
        """Trace every request; see ``Telemetry``."""

        async def traced(scope: Scope, receive: Receive, send: Send) -> None:
            asked = cast("dict[str, Any]", scope)
            if asked["type"] != "http":
                await app(scope, receive, send)
                return
            status = _SERVER_ERROR

            async def sent(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                await send(message)

            method = asked["method"] if asked["method"] in _METHODS else "_OTHER"
            began_s = time.perf_counter()
            with self._span(method, {"http.request.method": method}, SpanKind.SERVER) as span:
                try:
                    await app(scope, receive, sent)
                finally:
                    # the path as it was declared, known once it was routed: what was asked for holds numbers of cases
                    route = str(asked.get("path_template", "") or "_unknown")
                    about = {
                        "http.request.method": method,
                        "http.route": route,
                        "http.response.status_code": status,
                    }
                    span.update_name(f"{method} {route}")
                    span.set_attributes(allowed(about))
                    if status >= _SERVER_ERROR:
                        span.set_status(StatusCode.ERROR)
                    self._requests.record(time.perf_counter() - began_s, allowed(about))

        return traced

    def steps(self, part: T, **_names: str) -> T:
        """Trace the methods of a part; see ``Telemetry``."""
        return cast("T", _Stepping(part, _names, self))

    def work(self, _kind: str, work: Callable[[Any], T]) -> Callable[[Any], T]:
        """Time a transaction; see ``Telemetry``."""
        asked_s, context = time.perf_counter(), contextvars.copy_context()

        @functools.wraps(work)
        def timed(connection: Any) -> T:
            began_s = time.perf_counter()
            about = {"db.operation.name": _kind}

            def run() -> T:
                waited_s = round(began_s - asked_s, 6)
                with self._span(f"database {_kind}", {**about, "onething.waited_s": waited_s}, SpanKind.CLIENT):
                    return work(connection)

            try:
                # a copy again: work that met another transaction is done once more
                return context.copy().run(run)
            finally:
                self._waiting.record(began_s - asked_s, allowed(about))
                self._database.record(time.perf_counter() - began_s, allowed(about))

        return timed

    def watch(self, house: House) -> None:
        """Look at the queues; see ``Telemetry``."""

        def lengths(_options: CallbackOptions) -> Iterator[Observation]:
            yield Observation(house.reports.waiting, allowed({"onething.queue": "health-reports"}))
            job = schema.job
            queued = select(func.count()).where(job.c.state == "queued")
            many = house.database.read_now(lambda connection: connection.execute(queued).scalar_one())
            yield Observation(many, allowed({"onething.queue": "department-jobs"}))

        self._meter.create_observable_gauge("onething.queue.length", [lengths], "{entry}", "What waits to be done")

    def close(self) -> None:
        """Send what is left; see ``Telemetry``."""
        self._traces.shutdown()
        self._metrics.shutdown(timeout_millis=_SEND_S * 1000)

    def step(self, name: str, work: Callable[[], T]) -> T:
        """Do a step of a trace."""
        began_s = time.perf_counter()
        about = {"onething.step": name}
        try:
            with self._span(name, about, SpanKind.INTERNAL):
                return work()
        finally:
            self._steps.record(time.perf_counter() - began_s, allowed(about))

    def taken(self, body: bytes) -> None:
        """Count an application that was taken, and its cases by their states."""
        self._applications.add(1)
        for case in msgspec.json.decode(body, type=_Cases).cases:
            self._cases.add(1, allowed({"onething.state": case.state}))

    @contextmanager
    def _span(self, name: str, about: Mapping[str, str | int | float], kind: SpanKind) -> Iterator[Span]:
        with self._tracer.start_as_current_span(
            # messages of exceptions may hold values that a citizen typed
            name,
            kind=kind,
            attributes=allowed(about),
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield span
            except Exception as error:
                span.set_attributes(allowed({"error.type": type(error).__name__}))
                span.set_status(StatusCode.ERROR)
                raise


class _Stepping:
    """Stands for a part of the house: its named methods are steps of a trace, everything else is as it is."""

    def __init__(self, part: object, names: Mapping[str, str], telemetry: Exporting) -> None:
        self._part = part
        self._names = names
        self._telemetry = telemetry

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        step = self._names.get(name)
        if step is None:
            return found

        @functools.wraps(found)
        def stepped(*given: Any, **named: Any) -> Any:
            made = self._telemetry.step(step, lambda: found(*given, **named))
            body = getattr(made, "body", None)
            if name == _SUBMITTING and isinstance(body, bytes):
                self._telemetry.taken(body)
            return made

        return stepped


def allowed(about: Mapping[str, str | int | float]) -> dict[str, str | int | float]:
    """Return the attributes that may leave this process."""
    return {name: value for name, value in about.items() if name in ALLOWED}
