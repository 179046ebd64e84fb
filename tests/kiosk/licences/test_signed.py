"""Signed documents: what is genuine is proven, and nothing else is."""

from __future__ import annotations

import argparse
import base64
from datetime import date
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.contract import IssuerKey
from kiosk.licences import (
    Forged,
    IssuersUnreadable,
    IssuerUnknown,
    Licence,
    LicenceError,
    NotALicence,
    by_id,
    parse_issuers,
    seal,
    verify,
)
from kiosk.licences.command import GENUINE, NOT_IN_FORCE, NOT_PROVEN, UNUSABLE, add_arguments, run

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


def issuer_of(key: Ed25519PrivateKey, key_id: str) -> IssuerKey:
    public = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
    return IssuerKey(issuer="health", key_id=key_id, public_key=public)


ISSUERS = by_id([issuer_of(KEY, "k1")])
LICENCE = Licence(
    number="0001-1",
    type="vaccination-record",
    title="预防接种证",
    issued_on=date(2026, 11, 23),
    valid_until=date(2026, 12, 23),
    fields=(("儿童姓名", "钱小样"), ("性别", "女")),
)
TOKEN = seal(LICENCE, KEY, "k1")

words = st.text(st.characters(codec="utf-8"), max_size=40)
licences = st.builds(
    Licence,
    number=words,
    type=words,
    title=words,
    issued_on=st.dates(),
    valid_until=st.none() | st.dates(),
    fields=st.lists(st.tuples(words, words), max_size=8).map(tuple),
)


@given(licences)
def test_what_was_sealed_is_read_again(licence: Licence) -> None:
    assert verify(seal(licence, KEY, "k1"), ISSUERS).licence == licence


@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 63))
def test_one_changed_letter_proves_nothing(place: int, by: int) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assume(TOKEN[place] != ".")
    changed = TOKEN[:place] + letters[(letters.index(TOKEN[place]) + by) % 64] + TOKEN[place + 1 :]
    # the last letter of a base64url text has bits that nobody reads: another letter may be the same text
    assume(_decoded(changed) != _decoded(TOKEN))
    with pytest.raises(LicenceError):
        verify(changed, ISSUERS)


def _decoded(token: str) -> list[bytes]:
    return [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split(".")]


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_refused_in_words(text: str) -> None:
    with pytest.raises(LicenceError):
        verify(text, ISSUERS)


@given(st.binary(max_size=200))
def test_any_issuer_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(IssuersUnreadable, match="issuer file"):
        parse_issuers(b"x" + content)


def test_another_key_is_told_apart_from_an_unknown_one() -> None:
    with pytest.raises(Forged):
        verify(seal(LICENCE, OTHER, "k1"), ISSUERS)
    with pytest.raises(IssuerUnknown):
        verify(seal(LICENCE, KEY, "k2"), ISSUERS)


def test_no_other_algorithm_is_taken() -> None:
    header = base64.urlsafe_b64encode(b'{"alg":"none","kid":"k1","zip":"DEF"}').rstrip(b"=").decode()
    with pytest.raises(NotALicence):
        verify(f"{header}.{TOKEN.split('.')[1]}.", ISSUERS)


def test_a_signed_bomb_is_not_unpacked() -> None:
    licence = msgspec.structs.replace(LICENCE, fields=(("x", "0" * 3_000_000),))
    token = seal(licence, KEY, "k1")
    assert len(token) < 8_192
    with pytest.raises(NotALicence):
        verify(token, ISSUERS)


def issuer_file(folder: Path) -> Path:
    path = folder / "issuers.json"
    path.write_bytes(msgspec.json.encode([issuer_of(KEY, "k1")]))
    return path


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args(["verify", *words]))


def test_the_command_says_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    issuers = str(issuer_file(tmp_path))
    assert command(TOKEN, "--issuers", issuers, "--on", "2026-11-30") == GENUINE
    assert "GENUINE: 预防接种证 0001-1" in capsys.readouterr().out
    assert command(TOKEN, "--issuers", issuers, "--on", "2026-12-24") == NOT_IN_FORCE
    forged = seal(LICENCE, OTHER, "k1")
    assert command(forged, "--issuers", issuers, "--on", "2026-11-30") == NOT_PROVEN
    saved = tmp_path / "application.json"
    saved.write_text(f'{{"documents": [{{"qr": "{TOKEN}"}}, {{"qr": "{forged}"}}]}}', encoding="utf-8")
    capsys.readouterr()
    assert command(str(saved), "--issuers", issuers, "--on", "2026-11-30") == NOT_PROVEN
    said = capsys.readouterr().out
    assert "GENUINE: " in said
    assert "NOT PROVEN: " in said


def test_the_command_ends_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    issuers = str(issuer_file(tmp_path))
    assert command(TOKEN, "--issuers", str(tmp_path / "none.json")) == UNUSABLE
    assert "GET /v1/issuers" in capsys.readouterr().out
    assert command(str(tmp_path / "none.json"), "--issuers", issuers) == UNUSABLE
    empty = tmp_path / "empty.txt"
    empty.write_text("nothing here")
    assert command(str(empty), "--issuers", issuers) == NOT_PROVEN


@pytest.mark.parametrize("document", ["", "hello", "x" * 5000])
def test_what_is_neither_document_nor_file_is_told_what_to_give(
    document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(document, "--issuers", str(issuer_file(tmp_path))) == UNUSABLE
    said = capsys.readouterr().out
    assert "Give the text of a document's QR code" in said
    assert "Errno" not in said


def test_a_document_does_not_command_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    licence = msgspec.structs.replace(LICENCE, fields=(("x", "\x1b[2J"),))
    command(seal(licence, KEY, "k1"), "--issuers", str(issuer_file(tmp_path)), "--on", "2026-11-30")
    assert "\x1b" not in capsys.readouterr().out
