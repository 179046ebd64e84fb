from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drivers.errors import DeviceGarbled
from drivers.printer.answers import (
    Answer,
    AnswerReader,
    Automatic,
    Block,
    Garbage,
    InOrder,
    Presenter,
    Realtime,
)
from drivers.printer.status import condition, parse_automatic, parse_presenter, parse_status, trouble
from drivers.status import WELL

REPORT = bytes([0x10, 0x00, 0x00, 0x0F])
MANY = settings(max_examples=60)


def read(data: bytes, *, automatic: bool = True) -> list[Answer]:
    return AnswerReader(automatic=automatic).feed(data)


@MANY
@given(st.lists(st.binary(max_size=40), max_size=8), st.booleans(), st.booleans(), st.booleans())
def test_any_bytes_are_answers_or_garbage(pieces: list[bytes], automatic: bool, torn: bool, asked: bool) -> None:
    reader = AnswerReader(automatic=automatic, torn_bit=torn)
    for piece in pieces:
        if asked:
            reader.expect_presenter()
        for answer in reader.feed(piece):
            if isinstance(answer, Automatic):
                parse_automatic(answer.frame)
            elif isinstance(answer, Presenter):
                parse_presenter(answer.answer)
            elif isinstance(answer, Block):
                assert len(answer.text) < 100


@MANY
@given(st.binary(max_size=120), st.lists(st.integers(1, 7), max_size=30))
def test_a_stream_is_read_the_same_however_it_is_cut_up(data: bytes, sizes: list[int]) -> None:
    reader = AnswerReader(automatic=True)
    found: list[Answer] = []
    rest = data
    for size in sizes:
        found += reader.feed(rest[:size])
        rest = rest[size:]
    assert found + reader.feed(rest) == read(data)


@MANY
@given(st.binary(max_size=12))
@example(b"\x10\x00\x00")
@example(b"_half a na")
def test_after_any_rubbish_the_second_report_is_understood(rubbish: bytes) -> None:
    found = read(rubbish + b"\xff" + REPORT)
    assert found[-1] == Automatic(frame=REPORT)


def test_answers_in_real_time_may_stand_amid_a_report() -> None:
    assert read(b"\x10\x12\x00\x16\x00\x0f\x00") == [
        Realtime(value=0x12),
        Realtime(value=0x16),
        Automatic(frame=REPORT),
        InOrder(value=0x00),
    ]


def test_a_report_that_lost_bytes_does_not_swallow_the_next() -> None:
    assert read(b"\x10\x00" + REPORT) == [Automatic(frame=REPORT)]


def test_names_are_read_to_their_end_and_flow_control_is_none_of_our_business() -> None:
    assert read(b"_EPSON\x00\x11_TM-T88V\x00\x137%\x00") == [
        Block(head=ord("_"), text="EPSON"),
        Block(head=ord("_"), text="TM-T88V"),
        Block(head=ord("7"), text="%"),
    ]


def test_a_name_without_end_is_given_up() -> None:
    found = read(b"_" + b"x" * 500)
    assert not any(isinstance(answer, Block) for answer in found)
    assert isinstance(found[0], Garbage)


def test_a_presenter_is_listened_to_only_when_asked() -> None:
    full = b"\x10\x0f\x25\xff\x12\x00"
    reader = AnswerReader(automatic=False)
    assert not any(isinstance(answer, Presenter) for answer in reader.feed(full))
    reader.expect_presenter()
    assert reader.feed(b"\x12" + full) == [Realtime(value=0x12), Presenter(answer=full)]


@MANY
@given(st.binary(max_size=8))
def test_any_report_is_a_status_or_garbled(data: bytes) -> None:
    for parse in (parse_automatic, parse_presenter, parse_status):
        try:
            status = parse(data)
        except DeviceGarbled:
            continue
        assert status.can_print == (not trouble(status))


@pytest.mark.parametrize(
    ("frame", "cause"),
    [
        (REPORT, ""),
        (b"\x18\x00\x00\x0f", "printer.offline"),
        (b"\x38\x00\x00\x0f", "printer.cover-open"),
        (b"\x18\x08\x00\x0f", "printer.cutter"),
        (b"\x18\x20\x00\x0f", "printer.fault"),
        (b"\x18\x40\x00\x0f", "printer.fault"),
        (b"\x10\x00\x03\x0f", "printer.paper-near-end"),
        (b"\x18\x00\x0f\x0f", "printer.paper-out"),
        (b"\x14\x00\x00\x00", ""),
    ],
)
def test_each_bit_of_a_report_has_its_cause(frame: bytes, cause: str) -> None:
    assert condition(parse_automatic(frame)).cause == cause


@pytest.mark.parametrize(
    ("answer", "cause", "waiting"),
    [
        (b"\x10\x0f\x00\x00\x00\x00", "", False),
        (b"\x10\x0f\x20\x00\x00\x00", "", True),
        (b"\x10\x0f\x04\x00\x00\x00", "printer.paper-near-end", False),
        (b"\x10\x0f\x40\x00\x00\x00", "printer.paper-near-end", False),
        (b"\x10\x0f\x05\x00\x00\x00", "printer.paper-out", False),
        (b"\x10\x0f\x00\x01\x00\x00", "printer.cover-open", False),
        (b"\x10\x0f\x00\x02\x00\x00", "printer.cover-open", False),
        (b"\x10\x0f\x00\x0c\x00\x00", "", False),
        (b"\x10\x0f\x00\x00\x01\x00", "printer.fault", False),
        (b"\x10\x0f\x00\x00\x40\x00", "printer.cutter", False),
        (b"\x10\x0f\x00\x00\x22\x00", "", False),
        (b"\x10\x0f\x00\x00\x00\x01", "printer.cutter", False),
        (b"\x10\x0f\x00\x00\x00\x04", "printer.fault", False),
    ],
)
def test_each_bit_of_a_presenter_has_its_cause(answer: bytes, cause: str, waiting: bool) -> None:
    status = parse_presenter(answer)
    assert (condition(status).cause, status.slip_waiting) == (cause, waiting)


def test_a_slip_not_torn_off_shows_in_one_bit() -> None:
    assert parse_status(b"\x92\x12\x12\x12", torn_bit=True).slip_waiting is True
    assert parse_status(b"\x12\x12\x12\x12", torn_bit=True).slip_waiting is False
    with pytest.raises(DeviceGarbled):
        parse_status(b"\x92\x12\x12\x12")
    assert AnswerReader(automatic=True, torn_bit=True).feed(b"\x92") == [Realtime(value=0x92)]


def test_nothing_wrong_is_well() -> None:
    assert condition(parse_automatic(REPORT)) == WELL
