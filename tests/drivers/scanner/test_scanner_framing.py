from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import MediaUnreadable
from drivers.scanner.framing import Framer, Suffix, code_of

ENDS = {Suffix.CR: b"\r", Suffix.CRLF: b"\r\n"}


@given(st.sampled_from(Suffix), st.lists(st.one_of(st.binary(max_size=80), st.just(None))))
def test_any_bytes_in_any_pieces_are_codes_or_unreadable(suffix: Suffix, pieces: list[bytes | None]) -> None:
    framer = Framer(suffix, limit_bytes=50)
    for piece in pieces:
        for found in framer.gap() if piece is None else framer.feed(piece):
            assert isinstance(found, MediaUnreadable) or 0 < len(found) <= 50


@given(
    st.sampled_from([Suffix.CR, Suffix.CRLF]),
    st.lists(st.binary(min_size=1, max_size=40).filter(lambda code: not set(code) & {10, 13}), max_size=6),
    st.integers(1, 9),
)
def test_codes_arrive_whole_and_in_order_however_they_are_cut_up(suffix: Suffix, codes: list[bytes], step: int) -> None:
    stream = b"".join(code + ENDS[suffix] for code in codes)
    framer = Framer(suffix)
    found = [code for at in range(0, len(stream), step) for code in framer.feed(stream[at : at + step])]
    assert found == codes


def test_a_scanner_set_to_cr_lf_is_understood_as_cr() -> None:
    framer = Framer(Suffix.CR)
    assert [*framer.feed(b"one\r"), *framer.feed(b"\ntwo\r\n")] == [b"one", b"two"]


def test_a_pause_ends_a_code_without_suffix_and_drops_rubbish_with_one() -> None:
    bare = Framer(Suffix.GAP)
    assert bare.feed(b"line one\r\nline two") == []
    assert bare.gap() == [b"line one\r\nline two"]
    ended = Framer(Suffix.CR)
    ended.feed(b"rubbish")
    assert ended.gap() == []
    assert ended.feed(b"code\r") == [b"code"]


def test_an_endless_code_is_told_once_and_the_next_one_is_well() -> None:
    framer = Framer(Suffix.CR, limit_bytes=10)
    found = [*framer.feed(b"x" * 15), *framer.feed(b"x" * 15), *framer.feed(b"x\rgood\r")]
    assert isinstance(found[0], MediaUnreadable)
    assert found[1:] == [b"good"]


@given(st.binary(max_size=200))
def test_any_bytes_have_a_text_and_keep_themselves(raw: bytes) -> None:
    assert code_of(raw).raw == raw


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_both_encodings_of_chinese_are_read(encoding: str) -> None:
    assert code_of("龚䶮𠮷·样本".encode(encoding)).text == "龚䶮𠮷·样本"
