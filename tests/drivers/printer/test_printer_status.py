from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import DeviceGarbled
from drivers.printer import Paper, PrinterStatus
from drivers.printer.status import is_in_order, is_realtime, parse_status

WELL = bytes([0x12, 0x12, 0x12, 0x12])


@given(st.binary(max_size=8))
def test_any_answer_is_a_status_or_garbled(answers: bytes) -> None:
    try:
        status = parse_status(answers)
    except DeviceGarbled:
        assert len(answers) != 4 or any(byte & 0x93 != 0x12 for byte in answers)
    else:
        assert isinstance(status, PrinterStatus)


@given(st.integers(0, 255))
def test_the_two_kinds_of_answers_are_never_mixed_up(answer: int) -> None:
    assert not (is_realtime(answer) and is_in_order(answer))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (WELL, PrinterStatus(online=True, paper=Paper.OK, cover_open=False, cutter_error=False, fatal_error=False)),
        (
            bytes([0x1A, 0x16, 0x12, 0x12]),
            PrinterStatus(online=False, paper=Paper.OK, cover_open=True, cutter_error=False, fatal_error=False),
        ),
        (
            bytes([0x1A, 0x32, 0x12, 0x7E]),
            PrinterStatus(online=False, paper=Paper.OUT, cover_open=False, cutter_error=False, fatal_error=False),
        ),
        (
            bytes([0x12, 0x12, 0x12, 0x1E]),
            PrinterStatus(online=True, paper=Paper.NEAR_END, cover_open=False, cutter_error=False, fatal_error=False),
        ),
        (
            bytes([0x1A, 0x52, 0x1A, 0x12]),
            PrinterStatus(online=False, paper=Paper.OK, cover_open=False, cutter_error=True, fatal_error=False),
        ),
        (
            bytes([0x1A, 0x52, 0x32, 0x12]),
            PrinterStatus(online=False, paper=Paper.OK, cover_open=False, cutter_error=False, fatal_error=True),
        ),
    ],
)
def test_each_sensor_is_read(answers: bytes, said: PrinterStatus) -> None:
    assert parse_status(answers) == said
