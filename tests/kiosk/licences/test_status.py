"""Status lists: what is revoked is named, what is not known is not called good, and no bytes break the reader."""

from __future__ import annotations

import argparse
import base64
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import assume, given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from kiosk.contract import IssuerKey, RevocationList
from kiosk.licences import (
    Licence,
    LicenceError,
    RevocationsUnreadable,
    Standing,
    by_id,
    parse_revocations,
    read_status_list,
    seal,
    seal_status_list,
    standing,
    verify,
)
from kiosk.licences.command import GENUINE, NOT_IN_FORCE, UNKNOWN_IF_REVOKED, UNUSABLE, add_arguments, run
from kiosk.licences.status import VALID_FOR

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def issuer_of(key: Ed25519PrivateKey, key_id: str, department: str = "health") -> IssuerKey:
    public = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
    return IssuerKey(issuer=department, key_id=key_id, public_key=public)


ISSUERS = by_id([issuer_of(KEY, "k1"), issuer_of(OTHER, "k2", "transport")])
LIST = seal_status_list("health", [1, 9], 20, KEY, "k1", AT)


def licence(status: int | None, key: Ed25519PrivateKey = KEY, key_id: str = "k1") -> str:
    made = Licence(number="1", type="x", title="样例证", issued_on=AT.date(), status=status, fields=())
    return seal(made, key, key_id)


def judged(token: str, lists: list[RevocationList], at: datetime = AT) -> Standing:
    return standing(verify(token, ISSUERS), parse_revocations(msgspec.json.encode(lists), ISSUERS), at)


@given(st.integers(1, 5000), st.sets(st.integers(0, 4999)))
def test_a_list_names_what_was_revoked_and_nothing_else(size: int, places: set[int]) -> None:
    revoked = {place for place in places if place < size}
    read = read_status_list(seal_status_list("health", revoked, size, KEY, "k1", AT).status_list, ISSUERS)
    assert {place for place in range(size) if read.names(place)} == revoked
    assert read.names(-1) is None
    assert read.names(5_000_000) is None


def test_a_list_of_many_is_short() -> None:
    made = seal_status_list("health", range(0, 100_000, 5000), 1_000_000, KEY, "k1", AT)
    assert len(made.status_list) < 1500


def test_each_issuer_speaks_for_itself() -> None:
    assert judged(licence(1), [LIST]) is Standing.REVOKED
    assert judged(licence(2), [LIST]) is Standing.GOOD
    assert judged(licence(1, OTHER, "k2"), [LIST]) is Standing.UNKNOWN
    assert judged(licence(None, OTHER, "k2"), [LIST]) is Standing.GOOD
    # a list of another department, under the name of this one
    foreign = msgspec.structs.replace(
        seal_status_list("health", [2], 20, OTHER, "k2", AT), issuer="health", key_id="k1"
    )
    assert judged(licence(2), [LIST, foreign]) is Standing.GOOD


def test_an_old_list_still_says_what_is_revoked_and_calls_nothing_good() -> None:
    later = AT + VALID_FOR + timedelta(seconds=1)
    assert judged(licence(1), [LIST], later) is Standing.REVOKED
    assert judged(licence(2), [LIST], later) is Standing.UNKNOWN
    newer = seal_status_list("health", [1, 2, 9], 20, KEY, "k1", AT + timedelta(days=1))
    for lists in ([LIST, newer], [newer, LIST]):
        assert judged(licence(2), lists) is Standing.REVOKED


def test_a_place_beyond_the_list_is_unknown() -> None:
    assert judged(licence(100_000), [LIST]) is Standing.UNKNOWN


def test_a_place_that_is_no_place_is_no_licence() -> None:
    assert judged(licence(-1), [LIST]) is Standing.UNKNOWN


@given(st.integers(0, len(LIST.status_list) - 1), st.integers(1, 63))
def test_one_changed_letter_makes_a_list_worthless(place: int, by: int) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = LIST.status_list
    assume(token[place] != ".")
    changed = token[:place] + letters[(letters.index(token[place]) + by) % 64] + token[place + 1 :]
    assume(_parts(changed) != _parts(token))
    with pytest.raises(RevocationsUnreadable):
        read_status_list(changed, ISSUERS)


def _parts(token: str) -> list[bytes]:
    return [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split(".")]


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    with suppress(RevocationsUnreadable):
        assert not parse_revocations(content, ISSUERS)


@given(st.text(max_size=200))
def test_any_list_is_refused_in_words(text: str) -> None:
    file = msgspec.json.encode([RevocationList(issuer="health", key_id="k1", status_list=text)])
    with pytest.raises(RevocationsUnreadable):
        parse_revocations(file, ISSUERS)


signed_things = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@given(signed_things, signed_things, signed_things)
def test_even_what_is_signed_is_read_with_care(bits: object, lst: object, exp: object) -> None:
    payload = {"sub": "x", "iat": 1, "exp": exp, "ttl": 1, "status_list": {"bits": bits, "lst": lst}}
    header = {"alg": "Ed25519", "kid": "k1", "typ": "statuslist+jwt"}
    token = jws.serialize_compact(header, msgspec.json.encode(payload), OKPKey.import_key(KEY), algorithms=["Ed25519"])
    with pytest.raises(RevocationsUnreadable):
        read_status_list(token, ISSUERS)


def test_a_signed_bomb_is_not_unpacked() -> None:
    lst = base64.urlsafe_b64encode(zlib.compress(b"\0" * 20_000_000)).decode()
    payload = {"sub": "x", "iat": 1, "exp": 2, "ttl": 1, "status_list": {"bits": 1, "lst": lst}}
    header = {"alg": "Ed25519", "kid": "k1", "typ": "statuslist+jwt"}
    token = jws.serialize_compact(header, msgspec.json.encode(payload), OKPKey.import_key(KEY), algorithms=["Ed25519"])
    with pytest.raises(RevocationsUnreadable, match="too long"):
        read_status_list(token, ISSUERS)


def test_a_licence_is_no_list_and_a_list_no_licence() -> None:
    with pytest.raises(RevocationsUnreadable):
        read_status_list(licence(1), ISSUERS)
    with pytest.raises(LicenceError):
        verify(LIST.status_list, ISSUERS)


def test_the_command_looks_it_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    issuers, lists = tmp_path / "issuers.json", tmp_path / "revocations.json"
    issuers.write_bytes(msgspec.json.encode(list(ISSUERS.values())))
    lists.write_bytes(msgspec.json.encode([LIST]))

    def command(token: str, *more: str) -> int:
        parser = argparse.ArgumentParser()
        add_arguments(parser)
        words = ["verify", token, "--issuers", str(issuers), "--on", AT.date().isoformat(), *more]
        return run(parser.parse_args(words))

    assert command(licence(1), "--revocations", str(lists)) == NOT_IN_FORCE
    said = capsys.readouterr().out
    assert "GENUINE, REVOKED: 样例证 1" in said
    assert "do not accept it" in said
    assert command(licence(2), "--revocations", str(lists)) == GENUINE
    assert "not revoked as of 2026-11-23 10:00" in capsys.readouterr().out
    assert command(licence(100_000), "--revocations", str(lists)) == UNKNOWN_IF_REVOKED
    assert "NOT KNOWN WHETHER REVOKED" in capsys.readouterr().out
    assert command(licence(1)) == GENUINE
    assert command(licence(None), "--revocations", str(lists)) == GENUINE
    assert "is not revoked" in capsys.readouterr().out
    lists.write_text("nothing")
    assert command(licence(2), "--revocations", str(lists)) == UNUSABLE
    assert command(licence(2), "--revocations", str(tmp_path / "none")) == UNUSABLE
    assert "GET /v1/revocations" in capsys.readouterr().out
