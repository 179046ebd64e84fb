"""Travel documents, without a reader: the chip's own reading of ICAO 9303 at one end, ours at the other."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card.apdu import Answer, Command
from drivers.card.travel import CanKey, KeyRefused, MrzKey, Trust, parse_mrz, read_document
from drivers.card.travel.files import face, listed_groups
from drivers.card.travel.files import zone as zone_of
from drivers.card.travel.messaging import Aes, MessagingError, SecureMessaging, TripleDes
from drivers.card.travel.mrz import MrzError, check_digit
from drivers.card.travel.pace import pace_infos
from drivers.card.travel.sod import SecurityObjectError, parse_security_object, passive_authentication
from drivers.errors import MediaError, MediaUnreadable, WrongMedia
from drivers.simulated.travel import TRAVELLERS, TravelChip, drawn_face
from drivers.simulated.travel_issuer import Issuer, Traveller, zone
from drivers.simulated.travel_keys import Session

ISSUER = Issuer()
BY_KEY = {traveller.key: traveller for traveller in TRAVELLERS}
PASSPORT = BY_KEY["passport"]


class Held:
    """A chip held to a reader; something may happen to its answers."""

    protocol = "T=1"

    def __init__(self, chip: TravelChip, spoil: Callable[[int, bytes], bytes] | None = None) -> None:
        self.chip, self.spoil, self.count = chip, spoil, 0
        self.atr = chip.atr

    def transmit(self, command: bytes) -> bytes:
        self.count += 1
        answer = self.chip.obey(command)
        return self.spoil(self.count, answer) if self.spoil else answer


def key_of(traveller: Traveller) -> MrzKey:
    return MrzKey.of(parse_mrz(zone(traveller)))


@pytest.mark.parametrize("traveller", TRAVELLERS, ids=lambda each: each.key)
def test_every_document_is_read_and_proven(traveller: Traveller) -> None:
    document = read_document(Held(TravelChip(traveller, ISSUER)), key_of(traveller), [ISSUER.certificate])
    assert document.mrz == parse_mrz(zone(traveller))
    assert document.face is not None
    assert (document.face.kind, document.face.data) == ("image/jpeg", drawn_face())
    assert document.opened_by == ("PACE" if traveller.cipher else "BAC")
    assert document.trust is Trust.GENUINE


@pytest.mark.parametrize(("cipher", "curve"), [("3des", 12), ("aes128", 12), ("aes192", 13), ("aes256", 15)])
def test_every_way_of_pace(cipher: str, curve: int) -> None:
    chip = TravelChip(dataclasses.replace(PASSPORT, cipher=cipher, curve=curve), ISSUER)
    document = read_document(Held(chip), CanKey(number=PASSPORT.access_number), picture=False)
    assert (document.opened_by, document.trust) == ("PACE", Trust.UNKNOWN_ISSUER)


def test_the_values_may_be_typed() -> None:
    key = MrzKey.typed(" l898902c3", date(1974, 8, 12), date(2035, 4, 15))
    assert key.information == key_of(PASSPORT).information


def test_a_picture_beyond_the_reach_of_short_offsets_comes_whole() -> None:
    picture = b"\xff\xd8\xff" + bytes(range(256)) * 150
    document = read_document(
        Held(TravelChip(BY_KEY["taiwan-permit"], ISSUER, picture)), key_of(BY_KEY["taiwan-permit"])
    )
    assert document.face is not None
    assert document.face.data == picture


@pytest.mark.parametrize("key", BY_KEY)
def test_another_key_is_refused(key: str) -> None:
    wrong = dataclasses.replace(key_of(BY_KEY[key]), birth="740813")
    with pytest.raises(KeyRefused) as caught:
        read_document(Held(TravelChip(BY_KEY[key], ISSUER)), wrong)
    assert caught.value.code == "travel.key-refused"
    assert "740813" not in caught.value.detail


def test_a_key_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(MediaUnreadable) as caught:
        read_document(Held(TravelChip(PASSPORT, ISSUER)), MrzKey(number="张三", birth="000000", expiry="000000"))
    assert caught.value.code == "travel.key-refused"


def test_a_bank_card_is_wrong_media() -> None:
    class Bank:
        protocol, atr = "T=1", b""

        def transmit(self, _: bytes) -> bytes:
            return b"\x6a\x82"

    with pytest.raises(WrongMedia):
        read_document(Bank(), key_of(PASSPORT))


def _no_list(files: dict[int, bytes]) -> None:
    del files[0x011E]


def test_a_chip_without_its_list_of_files_is_read_all_the_same() -> None:
    chip = TravelChip(PASSPORT, ISSUER, spoilt=_no_list)
    document = read_document(Held(chip), key_of(PASSPORT), [ISSUER.certificate])
    assert document.face is not None
    assert document.trust is Trust.GENUINE


def test_who_issued_it_is_only_known_from_those_we_trust() -> None:
    other = Issuer()
    document = read_document(Held(TravelChip(PASSPORT, ISSUER)), key_of(PASSPORT), [other.certificate], picture=False)
    assert document.trust is Trust.UNKNOWN_ISSUER
    later = datetime(2099, 1, 1, tzinfo=UTC)
    chip = Held(TravelChip(PASSPORT, ISSUER))
    document = read_document(chip, key_of(PASSPORT), [ISSUER.certificate], picture=False, at=later)
    assert document.trust is Trust.EXPIRED_SIGNER


def _another_face(files: dict[int, bytes]) -> None:
    files[0x0102] = files[0x0102][:-1] + b"\0"


def _another_signature(files: dict[int, bytes]) -> None:
    files[0x011D] = files[0x011D][:-1] + bytes([files[0x011D][-1] ^ 1])


def _other_hashes(files: dict[int, bytes]) -> None:
    forged = files[0x0101].replace(b"ERIKSSON", b"ERIKSSEN")
    import hashlib

    old, new = hashlib.sha256(files[0x0101]).digest(), hashlib.sha256(forged).digest()
    files[0x0101], files[0x011D] = forged, files[0x011D].replace(old, new)


@pytest.mark.parametrize("forgery", [_another_face, _another_signature, _other_hashes])
def test_a_forgery_is_seen(forgery: Callable[[dict[int, bytes]], None]) -> None:
    chip = TravelChip(PASSPORT, ISSUER, spoilt=forgery)
    assert read_document(Held(chip), key_of(PASSPORT), [ISSUER.certificate]).trust is Trust.CHANGED


# cryptography warns of a damaged certificate (a serial number of zero, say) before it is refused
@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@given(at=st.integers(1, 40), damage=st.binary(max_size=60), whole=st.booleans())
@settings(max_examples=40)
def test_one_damaged_answer_is_a_document_or_an_error_of_the_tree(at: int, damage: bytes, whole: bool) -> None:
    def spoil(count: int, answer: bytes) -> bytes:
        if count != at:
            return answer
        return damage if whole else damage + answer[len(damage) :]

    traveller = BY_KEY["taiwan-permit"]
    with contextlib.suppress(MediaError):
        document = read_document(Held(TravelChip(traveller, ISSUER), spoil), key_of(traveller), picture=False)
        assert document.mrz == parse_mrz(zone(traveller))


# cryptography warns of a damaged certificate (a serial number of zero, say) before it is refused
@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@given(st.binary(max_size=300))
def test_any_bytes_are_a_file_or_none(data: bytes) -> None:
    for parser in (zone_of, face, listed_groups, pace_infos):
        with contextlib.suppress(MessagingError):
            parser(data)
    with contextlib.suppress(SecurityObjectError):
        parse_security_object(data)


# cryptography warns of a damaged certificate (a serial number of zero, say) before it is refused
@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@given(at=st.integers(0, 900), value=st.binary(min_size=1, max_size=8))
def test_a_damaged_security_object_proves_nothing(at: int, value: bytes) -> None:
    files = ISSUER.files(PASSPORT, b"\xff\xd8\xff")
    good = files[0x011D]
    damaged = good[:at] + value + good[at + len(value) :]
    with contextlib.suppress(SecurityObjectError):
        trust = passive_authentication(damaged, {1: files[0x0101]}, [ISSUER.certificate], datetime.now(UTC))
        assert trust is not Trust.GENUINE or damaged == good or _same_meaning(good, damaged)


def _same_meaning(good: bytes, damaged: bytes) -> bool:
    """What is not signed, and names nothing, may differ: version numbers, list of algorithms."""
    one, other = parse_security_object(good), parse_security_object(damaged)
    return one.group_hashes[1] == other.group_hashes[1] and one.content == other.content


@given(st.binary(max_size=300), st.sampled_from([TripleDes(), Aes(16), Aes(32)]))
def test_no_answer_without_the_keys_is_accepted(data: bytes, suite: TripleDes | Aes) -> None:
    key = bytes(range(32)) if isinstance(suite, Aes) else bytes(range(16))
    messaging = SecureMessaging(suite=suite, encryption_key=key, signing_key=key[::-1], counter=0)
    messaging.protect(Command(ins=0xB0, expected=4))
    with pytest.raises(MessagingError):
        messaging.open(Answer(data=data, status=0x9000))


@pytest.mark.parametrize(("cipher", "suite"), [("3des", TripleDes()), ("aes128", Aes(16))])
def test_an_answer_changed_on_its_way_or_given_twice_is_refused(cipher: str, suite: TripleDes | Aes) -> None:
    key, signing = bytes(range(16)), bytes(range(16, 32))

    def ours() -> SecureMessaging:
        return SecureMessaging(suite=suite, encryption_key=key, signing_key=signing, counter=1)

    answer = Session(cipher, key, signing, 1).wrap(b"fictitious", 0x9000, objects=False)[:-2]
    messaging = ours()
    assert messaging.open(Answer(data=answer, status=0x9000)).data == b"fictitious"
    with pytest.raises(MessagingError):
        messaging.open(Answer(data=answer, status=0x9000))
    for at in range(len(answer)):
        changed = answer[:at] + bytes([answer[at] ^ 1]) + answer[at + 1 :]
        with pytest.raises(MessagingError):
            ours().open(Answer(data=changed, status=0x9000))


@given(st.text(alphabet="<ABZ019\n ", max_size=100) | st.text(max_size=200))
def test_any_text_is_a_zone_or_none(text: str) -> None:
    with contextlib.suppress(MrzError):
        parse_mrz(text)
    with contextlib.suppress(MrzError):
        assert check_digit(text) in "0123456789"


@given(st.integers(0, 89), st.sampled_from("ABCXYZ0123456789<"))
def test_a_misread_character_does_not_open_another_chip(at: int, character: str) -> None:
    """Digits guard what the key is made of; letters 10 apart weigh the same, which is the standard's own limit."""
    text = zone(BY_KEY["home-return"])
    misread = text[:at] + character + text[at + 1 :]
    with contextlib.suppress(MrzError):
        key, good = MrzKey.of(parse_mrz(misread)).information, key_of(BY_KEY["home-return"]).information
        assert key == good or _weighs_the_same(text[at], character)


def _weighs_the_same(one: str, other: str) -> bool:
    values = [0 if character == "<" else int(character, 36) for character in (one, other)]
    return (values[0] - values[1]) % 10 == 0


def test_specimens_of_the_standard() -> None:
    passport = parse_mrz("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10")
    assert (passport.surname, passport.given_names, passport.number) == ("ERIKSSON", "ANNA MARIA", "L898902C3")
    assert (passport.issuer, passport.birth, passport.sex, passport.expiry) == ("UTO", "740812", "F", "120415")
    card = parse_mrz("I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<")
    assert (card.kind, card.number, card.nationality) == ("I", "D23145890", "UTO")
    older = parse_mrz("I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227<<<<<<2")
    assert (older.surname, older.number) == ("STEVENSON", "D23145890")
