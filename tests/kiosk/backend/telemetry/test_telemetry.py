"""Traces and metrics reach a real receiver of OTLP, decoded from its protobuf; nobody is found in them or in a log."""

from __future__ import annotations

import gzip
import io
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from backend.city import ROOT, Citizen, Clock, running, settings_for
from kiosk.backend.telemetry.exporting import ALLOWED, allowed
from kiosk.supervision import logs

ITEM = "old-age-allowance"


@dataclass
class Collector:
    """A receiver of OTLP over HTTP (protobuf)."""

    traces: list[ExportTraceServiceRequest] = field(default_factory=list)
    metrics: list[ExportMetricsServiceRequest] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    def take(self, path: str, body: bytes) -> bool:
        self.raw.append(body)
        match path:
            case "/v1/traces":
                self.traces.append(ExportTraceServiceRequest.FromString(body))
            case "/v1/metrics":
                self.metrics.append(ExportMetricsServiceRequest.FromString(body))
            case _:
                return False
        return True

    @property
    def spans(self) -> list[Any]:
        return [
            span
            for each in self.traces
            for one in each.resource_spans
            for some in one.scope_spans
            for span in some.spans
        ]

    def points(self, name: str) -> list[tuple[dict[str, Any], Any]]:
        found = []
        for each in self.metrics:
            for one in each.resource_metrics:
                for some in one.scope_metrics:
                    for metric in some.metrics:
                        if metric.name == name:
                            data = getattr(metric, metric.WhichOneof("data"))
                            found += [(attributes(point), point) for point in data.data_points]
        return found

    @property
    def attribute_names(self) -> set[str]:
        names = {each.key for span in self.spans for each in span.attributes}
        for metrics in self.metrics:
            for one in metrics.resource_metrics:
                for some in one.scope_metrics:
                    for metric in some.metrics:
                        data = getattr(metric, metric.WhichOneof("data"))
                        names |= {each.key for point in data.data_points for each in point.attributes}
        return names


def attributes(of: Any) -> dict[str, Any]:
    return {each.key: getattr(each.value, each.value.WhichOneof("value")) for each in of.attributes}


@pytest.fixture
def collector() -> Iterator[tuple[Collector, str]]:
    kept = Collector()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            self.send_response(200 if kept.take(self.path, body) else 404)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing on the console of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    thread = threading.Thread(target=server.serve_forever, name="collector")
    thread.start()
    yield kept, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def everything_logged() -> Iterator[io.StringIO]:
    """Whatever is logged by anybody at any level, as it stands in the files."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.JsonLine())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    chatty = {name: logging.getLogger(name).level for name in logs.CHATTY}
    for name in chatty:
        logging.getLogger(name).setLevel(logging.WARNING)
    yield out
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in chatty.items():
        logging.getLogger(name).setLevel(level)


def test_what_is_done_is_told_and_nobody_is_found_in_it(
    tmp_path: Path,
    collector: tuple[Collector, str],
    everything_logged: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept, endpoint = collector
    planted: list[str] = []
    with running(settings_for(tmp_path, Clock(), telemetry_endpoint=endpoint)) as http:
        chen = Citizen(http, "chen").verify()
        known = chen.fetch(ITEM)
        planted += [str(value) for value in known.values() if isinstance(value, str) and len(value) > 5]
        filed = chen.file(chen.request(ITEM, {}))
        person = chen.person
        planted += [person.number, person.name, str(person.phone), str(person.address), chen.token, filed.number]
        planted += [document.number for case in filed.cases for document in case.documents]
        wrong = chen.request(ITEM, {"person.name": "某某某本人姓名"})
        planted += ["某某某本人姓名"]
        assert chen.submit(wrong).status_code in (201, 422)
        http.get(f"/v1/applications/{person.number}", headers=chen.headers)
        http.get(f"/v1/status/{filed.cases[0].number}")
        http.get(f"/v1/{person.number}/{person.phone}")
        http.post("/v1/verifications", content=person.number.encode(), headers={"Content-Type": "application/json"})
        http.post("/v1/verifications", json={"document": {"kind": person.number, "number": 3, "name": person.name}})

        def fails(*_: object) -> None:
            raise RuntimeError(f"{person.name} {person.number} {person.phone}")

        monkeypatch.setattr("kiosk.backend.mandates.mandates", fails)
        assert http.get("/v1/mandates", headers=chen.headers).status_code == 500
    planted = [each for each in planted if each and each != "None"]
    assert len(planted) > 8
    sent, logged = b"".join(kept.raw), everything_logged.getvalue()
    assert sent
    assert "/v1/mandates" in logged
    for each in planted:
        assert each.encode() not in sent, each
        assert each not in logged, each
        assert json.dumps(each)[1:-1] not in logged, each
    _told(kept)


def _told(kept: Collector) -> None:
    resource = attributes(kept.traces[0].resource_spans[0].resource)
    assert resource["service.name"] == "onething-backend"
    assert {"service.version", "service.instance.id"} <= resource.keys()
    assert kept.attribute_names <= ALLOWED
    spans = {span.span_id: span for span in kept.spans}
    submitted = next(span for span in spans.values() if span.name == "submission")
    within = {span.name for span in spans.values() if span.parent_span_id == submitted.span_id}
    assert {"examine", "settle"} <= within
    written = spans[submitted.parent_span_id]
    assert written.name == "database write"
    request = spans[written.parent_span_id]
    assert request.name == "POST /v1/applications"
    assert attributes(request)["http.response.status_code"] == 201
    failed = next(span for span in spans.values() if span.name == "GET /v1/mandates")
    assert failed.status.code == 2
    routes = {about["http.route"] for about, _ in kept.points("http.server.request.duration")}
    assert "/v1/applications/{number}" in {route.replace(":str", "") for route in routes}
    assert sum(point.as_int for _, point in kept.points("onething.applications")) >= 1
    assert {about["onething.state"] for about, _ in kept.points("onething.cases")} >= {"approved"}
    assert {about["onething.queue"] for about, _ in kept.points("onething.queue.length")} == {
        "health-reports",
        "department-jobs",
    }
    assert {about["db.operation.name"] for about, _ in kept.points("db.client.operation.duration")} == {"read", "write"}


def test_a_collector_that_is_away_stops_nobody(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, Clock(), telemetry_endpoint="http://127.0.0.1:9")) as http:
        assert http.get("/v1/health").status_code == 200


def test_only_what_is_on_the_list_leaves() -> None:
    assert allowed({"http.route": "/v1", "citizen.name": "x"}) == {"http.route": "/v1"}


def test_off_nothing_of_it_is_imported() -> None:
    code = "import sys; import kiosk.backend; print(sorted(name for name in sys.modules if 'opentelemetry' in name))"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
