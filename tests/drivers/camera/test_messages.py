"""What the two processes tell each other is read as it was meant, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera import messages

ORDERS: tuple[messages.Order, ...] = (
    messages.Want(after=-1),
    messages.Look(wanted=True),
    messages.Measure(),
    messages.Judge(length=3),
)
REPORTS: tuple[messages.Report, ...] = (
    messages.Beat(arrived=1, at=2.5, repeated=0, lost=0),
    messages.Picture(sequence=0, at=1.0, length=5, width=1, height=1),
    messages.Codes(
        at=1.0, codes=(messages.Seen(raw=b"\x00\xff", symbology="QRCode", corners=((0, 0), (1, 0)), text="ÿ"),)
    ),
    messages.Ended(error="gone", detail="the stream ended"),
)


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_arrives(order: messages.Order) -> None:
    assert messages.order_in(messages.packed(order)) == order


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_arrives(report: messages.Report) -> None:
    assert messages.report_in(messages.packed(report)) == report


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_cut_short_is_none(report: messages.Report) -> None:
    with pytest.raises(messages.BrokenMessage):
        messages.report_in(messages.packed(report)[:-1])


def test_a_report_is_no_order() -> None:
    with pytest.raises(messages.BrokenMessage):
        messages.order_in(messages.packed(REPORTS[0]))


@pytest.mark.parametrize("packet", [b"\x82\xa4type\xa4want\xa5\xffter\x01", b"\x81\xa4type\xa4\xff\xff\xff\xff"])
def test_a_name_that_is_no_text_is_no_message(packet: bytes) -> None:
    with pytest.raises(messages.BrokenMessage):
        messages.order_in(packet)


@given(st.binary(max_size=300) | st.integers(0, 300).map(lambda depth: b"\x91" * depth))
def test_any_bytes_are_a_message_or_not(packet: bytes) -> None:
    for read in (messages.order_in, messages.report_in):
        with pytest.raises(messages.BrokenMessage):
            read(packet)
