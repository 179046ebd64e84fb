"""The log has what the kiosk says, nothing that libraries chat about, and never keeps it from running."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.supervision import logs


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, raises = root.handlers[:], root.level, logging.raiseExceptions
    chatty = {name: logging.getLogger(name).level for name in ("httpx", "httpcore", "sqlalchemy", "asyncio")}
    yield
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:], logging.raiseExceptions = handlers, raises
    root.setLevel(level)
    for name, was in chatty.items():
        logging.getLogger(name).setLevel(was)


def test_requests_and_their_contents_are_not_logged_even_at_debug(tmp_path: Path) -> None:
    logs.to_file("terminal", tmp_path, level="debug", keep_mb=1)
    logging.getLogger("httpx").info("HTTP Request: GET http://127.0.0.1/v1/applications/2026112300001")
    logging.getLogger("httpcore.http11").debug("send_request_body")
    logging.getLogger("sqlalchemy.engine").info("INSERT INTO resident")
    logging.getLogger("kiosk.session").debug("a step")
    lines = (tmp_path / "logs" / "terminal.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["says"] for line in lines] == ["a step"]


def test_a_log_that_cannot_be_written_is_said_once_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "logs").touch()
    logs.to_file("terminal", tmp_path, level="info", keep_mb=1)
    assert "no log is written" in caplog.text
