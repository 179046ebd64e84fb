"""What cards and the chips of travel documents answer."""

from __future__ import annotations

import dataclasses
import itertools
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from drivers.card import tlv
from drivers.card.apdu import Answer, ApduError, Command, exchange, send
from drivers.card.atr import AtrError, parse_atr
from drivers.card.socialsecurity import read_card
from drivers.card.technician import Authority, prove
from drivers.card.travel import MrzKey, Trust, parse_mrz, read_document
from drivers.card.travel.files import face, listed_groups
from drivers.card.travel.files import zone as zone_of
from drivers.card.travel.messaging import Aes, MessagingError, SecureMessaging, TripleDes
from drivers.card.travel.mrz import MrzError, check_digit
from drivers.card.travel.pace import pace_infos
from drivers.card.travel.sod import SecurityObjectError, parse_security_object, passive_authentication
from drivers.errors import DeviceError
from drivers.simulated.socialsecurity import social_security_card
from drivers.simulated.technician import TECHNICIANS, PivCard, TechnicianAuthority
from drivers.simulated.travel import TRAVELLERS, TravelChip
from drivers.simulated.travel_issuer import Issuer, Traveller, zone

from .idreader import people
from .registry import Target, joined, pieces

# cryptography warns of a damaged certificate (a serial number of zero, say) before it is refused
warnings.filterwarnings("ignore", module="drivers.card")

_JPEG: Final = b"\xff\xd8\xff"
_MOST_BYTES: Final = (1 << 18) + 65536
_NOW: Final = datetime.now(UTC)
_BY_KEY: Final = {traveller.key: traveller for traveller in TRAVELLERS}
_ZONE: Final = "<ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_BASIC: Final = _BY_KEY["taiwan-permit"]
_PASSPORT: Final = _BY_KEY["passport"]


class _Card:
    """Whatever answers as a card would."""

    atr = b""

    def __init__(self, obey: Callable[[bytes], bytes], protocol: str = "T=1") -> None:
        self.transmit, self.protocol = obey, protocol


def _answers(data: bytes) -> Callable[[bytes], bytes]:
    """Answer with one piece after the other, over and over."""
    turn = itertools.cycle([*pieces(data)] or [b""])
    return lambda _: next(turn)


def _damaged(obey: Callable[[bytes], bytes], data: bytes) -> Callable[[bytes], bytes]:
    """Answer as a good card does, but once; the first bytes of ``data`` say when and how."""
    at, whole, damage = (data[0] if data else 0), data[1:2] > b"\x7f", data[2:]
    count = itertools.count()

    def answered(command: bytes) -> bytes:
        answer = obey(command)
        if next(count) != at:
            return answer
        return damage if whole else damage + answer[len(damage) :]

    return answered


def _apdu(data: bytes) -> None:
    how, rest = data[0] if data else 0, data[1:]
    card = _Card(_answers(rest), "T=0" if how & 1 else "T=1")
    answer = send(card, Command(ins=0xCB, data=rest[:300], expected=256), extended=bool(how & 2))
    assert len(answer.data) <= _MOST_BYTES


def _command(data: bytes) -> None:
    again = Command.decode(data)
    assert Command.decode(again.encode()) == again


def _objects(data: bytes) -> None:
    for parse in (tlv.objects, tlv.first, tlv.whole_length, lambda each: tlv.find(each, 0x7C, 0x80)):
        try:
            parse(data)
        except tlv.TlvError:
            continue


def _atr(data: bytes) -> None:
    for each in (data, b"\x3b" + data):
        try:
            found = parse_atr(each)
        except AtrError:
            continue
        assert found.clocks_per_bit > 0
        assert found.contactless in (True, False)


def _closed(text: str) -> str:
    """Return a zone with the check digits that it must have, whatever else stands in it."""
    fields: dict[int, tuple[tuple[str, int], ...]] = {
        90: (("5-14", 14), ("30-36", 36), ("38-44", 44), ("5-30 30-37 38-45 48-59", 59)),
        72: (("36-45", 45), ("49-55", 55), ("57-63", 63), ("36-46 49-56 57-71", 71)),
        88: (("44-53", 53), ("57-63", 63), ("65-71", 71), ("72-86", 86), ("44-54 57-64 65-87", 87)),
    }
    zone_ = list(text)
    for where, digit in fields.get(len(text), ()):
        spans = (map(int, span.split("-")) for span in where.split())
        zone_[digit] = check_digit("".join("".join(zone_[start:end]) for start, end in spans))
    return "".join(zone_)


def _mrz(data: bytes) -> None:
    how, text = data[0] if data else 0, data[1:].decode("latin-1")
    if how & 1:
        allowed = "".join(each if each in _ZONE else _ZONE[ord(each) % len(_ZONE)] for each in text)
        text = _closed(allowed.ljust(90, "<")[: (90, 72, 88)[how // 2 % 3]])
    mrz = parse_mrz(text)
    assert len(MrzKey.of(mrz).information) >= 24


def _mrz_seeds() -> Iterator[bytes]:
    for traveller in TRAVELLERS:
        yield b"\0" + zone(traveller).encode()
        yield from (bytes([how]) + zone(traveller).encode() for how in (1, 3, 5))


@cache
def _issuer() -> Issuer:
    return Issuer()


@cache
def _files(key: str) -> dict[int, bytes]:
    return _issuer().files(_BY_KEY[key], _JPEG)


def _travel_files(data: bytes) -> None:
    for parse in (zone_of, face, listed_groups, pace_infos):
        try:
            parse(data)
        except MessagingError:
            continue


def _travel_seeds() -> Iterator[bytes]:
    yield from _files("passport").values()
    for parameters in (12, 13, 15):
        oid = tlv.encode(0x06, bytes.fromhex("04007F00070202040202"))
        yield tlv.encode(0x31, tlv.encode(0x30, oid + b"\2\1\2" + tlv.encode(2, bytes([parameters]))))


def _security_object(data: bytes) -> None:
    good = _files("passport")
    trust = passive_authentication(data, {1: good[0x0101]}, [_issuer().certificate], _NOW)
    if trust is Trust.GENUINE:
        assert parse_security_object(data).content == parse_security_object(good[0x011D]).content


def _protected(data: bytes) -> None:
    """An answer whose signature fits, whatever is inside: what a hostile chip can send."""
    suite = (TripleDes(), Aes(16), Aes(24), Aes(32))[(data[0] if data else 0) % 4]
    width = {b"\0": 16, b"\1": 16, b"\2": 24, b"\3": 32}.get(bytes([(data[0] if data else 0) % 4]), 16)
    key = bytes(range(width))
    ours, theirs = (
        SecureMessaging(suite=suite, encryption_key=key, signing_key=key[::-1], counter=0) for _ in range(2)
    )
    for messaging in (ours, theirs):
        messaging.protect(Command(ins=0xB0, expected=4))
    body = data[1:]
    signature = theirs._signature(theirs._count() + body)
    answer = ours.open(Answer(data=body + tlv.encode(0x8E, signature), status=0x9000))
    assert len(answer.data) <= len(data)


def _protected_seeds() -> Iterator[bytes]:
    for how in range(4):
        yield bytes([how]) + tlv.encode(0x87, b"\1" + bytes(16)) + tlv.encode(0x99, b"\x90\0")
        yield bytes([how]) + tlv.encode(0x99, b"\x6a\x82")


def _key(traveller: Traveller) -> MrzKey:
    return MrzKey.of(parse_mrz(zone(traveller)))


def _travel_chip(data: bytes) -> None:
    how, rest = data[0] if data else 0, data[1:]
    traveller = _PASSPORT if how % 8 == 7 else _BASIC
    obey = _answers(rest) if how & 64 else _damaged(TravelChip(traveller, _issuer(), _JPEG).obey, rest)
    document = read_document(_Card(obey), _key(traveller), [_issuer().certificate], picture=bool(how & 32), at=_NOW)
    assert document.mrz == parse_mrz(zone(traveller))


def _travel_chip_seeds() -> Iterator[bytes]:
    for how in (0, 7, 32, 39):
        yield from (bytes([how, at, whole]) + b"\x6a\x82" for at in range(0, 12, 2) for whole in (0, 255))
    yield b"\x40" + joined(b"\x90\0", b"\x6a\x82", b"\x60\x04\x5c\x02\x61\x75\x90\0")


def _social_security(data: bytes) -> None:
    how, rest = data[0] if data else 0, data[1:]
    read_card(_answers(rest) if how & 64 else _damaged(social_security_card(people()["wang"]).obey, rest))


def _social_seeds() -> Iterator[bytes]:
    yield from (bytes([0, at, whole]) + b"\x09\x02\x6a\x82" for at in range(14) for whole in (0, 255))
    chip = social_security_card(people()["wang"])
    heard: list[bytes] = []

    def obey(command: bytes) -> bytes:
        heard.append(chip.obey(command))
        return heard[-1]

    read_card(obey)
    yield b"\x40" + joined(*heard)


@cache
def _office() -> tuple[TechnicianAuthority, Authority, ec.EllipticCurvePrivateKey]:
    with tempfile.TemporaryDirectory(prefix="onething-fuzz-") as folder:
        office = TechnicianAuthority(Path(folder))
        return office, Authority.load(office.path), ec.generate_private_key(ec.SECP256R1())


@cache
def _certificate(rsa: bool) -> bytes:
    office, _, _ = _office()
    return office.card(dataclasses.replace(TECHNICIANS[0], rsa=rsa))._certificate


def _technician(data: bytes) -> None:
    _, authority, key = _office()
    how, rest = data[0] if data else 0, data[1:]
    if how & 64:
        obey = _answers(rest)
    elif how & 32:
        obey = PivCard(rest, key).obey
    else:
        obey = _damaged(_technicians_card().obey, rest)
    proof = prove(_Card(obey), authority, _NOW)
    assert proof.number == TECHNICIANS[0].number


@cache
def _made() -> PivCard:
    return _office()[0].card(TECHNICIANS[0])


def _technicians_card() -> PivCard:
    card = _made()
    card.reset()
    return card


def _technician_seeds() -> Iterator[bytes]:
    yield from (bytes([0, at, whole]) + b"\x53\x82" for at in range(6) for whole in (0, 255))
    for rsa in (False, True):
        yield b"\x20" + tlv.find(_certificate(rsa), 0x53, 0x70)
    yield b"\x40" + joined(b"\x90\0", _certificate(False)[:250] + b"\x61\0", _certificate(False)[250:] + b"\x90\0")


def _fetched(data: bytes) -> None:
    assert len(exchange(_answers(data), b"\0\xb0\0\0\0").data) <= _MOST_BYTES


TARGETS: Final = (
    Target(
        name="card.apdu",
        parse=_apdu,
        allowed=(ApduError,),
        seeds=lambda: (
            bytes([how]) + joined(b"abc\x61\x02", b"de\x90\0", b"\x6c\x05", b"\x6a\x82") for how in range(4)
        ),
    ),
    Target(
        name="card.get-response",
        parse=_fetched,
        allowed=(ApduError,),
        seeds=lambda: (joined(bytes(253) + b"\x61\0", b"\x90\0"), joined(b"\x61\x10"), joined(b"\x6c\x10")),
    ),
    Target(
        name="card.command",
        parse=_command,
        allowed=(ApduError,),
        seeds=lambda: map(bytes.fromhex, ("00B0000000", "00A4040001A000", "00A40000000001A00101", "00B00000000000")),
    ),
    Target(
        name="card.tlv",
        parse=_objects,
        seeds=lambda: (tlv.encode(0x7C, tlv.encode(0x80, b"a")), tlv.encode(0x7F49, bytes(300)), b"\x1f\x81\x01\0"),
    ),
    Target(
        name="card.atr",
        parse=_atr,
        seeds=lambda: map(
            bytes.fromhex, ("3B8F8001804F0CA000000306030001000000006A", "3F6D000080318065B0890301F183009000")
        ),
        longest_bytes=64,
    ),
    Target(name="card.social-security", parse=_social_security, allowed=(DeviceError,), seeds=_social_seeds),
    Target(name="card.technician", parse=_technician, allowed=(DeviceError,), seeds=_technician_seeds),
    Target(name="travel.mrz", parse=_mrz, allowed=(MrzError,), seeds=_mrz_seeds, longest_bytes=200),
    Target(name="travel.files", parse=_travel_files, seeds=_travel_seeds),
    Target(
        name="travel.security-object",
        parse=_security_object,
        allowed=(SecurityObjectError,),
        seeds=lambda: (_files("passport")[0x011D], _files("taiwan-permit")[0x011D]),
    ),
    Target(name="travel.messaging", parse=_protected, allowed=(MessagingError,), seeds=_protected_seeds),
    Target(name="travel.chip", parse=_travel_chip, allowed=(DeviceError,), seeds=_travel_chip_seeds),
)
