"""The worked examples of ICAO 9303 part 11: appendix D (basic access control) and G.1 (PACE, generic mapping)."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from drivers.card.apdu import Command
from drivers.card.travel.bac import basic_access
from drivers.card.travel.curves import STANDARD_CURVES, Curve, CurveError, Point
from drivers.card.travel.messaging import Aes, Chip, SecureMessaging, TripleDes
from drivers.card.travel.mrz import MrzKey
from drivers.card.travel.pace import PaceInfo, pace, pace_infos

KEY = MrzKey(number="L898902C", birth="690806", expiry="940623")


def hexed(text: str) -> bytes:
    return bytes.fromhex(text)


class Script:
    """A card that expects certain commands and gives certain answers."""

    protocol = "T=1"

    def __init__(self, *exchanges: tuple[str, str]) -> None:
        self.exchanges = list(exchanges)

    def transmit(self, command: bytes) -> bytes:
        expected, answer = self.exchanges.pop(0)
        assert command.hex().upper() == expected.replace(" ", "")
        return hexed(answer)


def test_the_keys_of_the_document() -> None:
    assert KEY.information == b"L898902C<369080619406236"
    suite, seed = TripleDes(), hashlib.sha1(KEY.information).digest()[:16]
    assert seed == hexed("239AB9CB282DAF66231DC5A4DF6BFBAE")
    assert suite.derive(seed, 1) == hexed("AB94FDECF2674FDFB9B391F85D7F76F2")
    assert suite.derive(seed, 2) == hexed("7962D9ECE03D1ACD4C76089DCE131543")


def test_basic_access_control_as_in_appendix_d() -> None:
    card = Script(
        ("0084000008", "4608F919887022129000"),
        (
            "0082000028 72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2 5F1448EEA8AD90A7 28",
            "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F 2F2D235D074D7449 9000",
        ),
    )
    chances = {8: hexed("781723860C06C226"), 16: hexed("0B795240CB7049B01C19B33E32804F0B")}
    messaging = basic_access(Chip(card), KEY, chances.__getitem__)
    assert messaging.encryption_key == hexed("979EC13B1CBFE9DCD01AB0FED307EAE5")
    assert messaging.signing_key == hexed("F1CB1F1FB5ADF208806B89DC579DC1F8")
    assert messaging.counter == 0x887022120C06C226


def test_secure_messaging_as_in_appendix_d() -> None:
    chip = Chip(
        Script(
            (
                "0CA4020C15 870901 6375432908C044F6 8E08 BF8B92D635FF24F8 00",
                "99029000 8E08 FA855A5D4C50A8ED 9000",
            ),
            (
                "0CB000000D 970104 8E08 ED6705417E96BA55 00",
                "870901 9FF0EC34F9922651 99029000 8E08 AD55CC17140B2DED 9000",
            ),
            (
                "0CB000040D 970112 8E08 2EA28A70F3C7B535 00",
                "871901 FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A 99029000 8E08 C8B2787EAEA07D74 9000",
            ),
        )
    )
    chip.secure(
        SecureMessaging(
            suite=TripleDes(),
            encryption_key=hexed("979EC13B1CBFE9DCD01AB0FED307EAE5"),
            signing_key=hexed("F1CB1F1FB5ADF208806B89DC579DC1F8"),
            counter=0x887022120C06C226,
        )
    )
    assert chip.send(Command(ins=0xA4, p1=2, p2=0x0C, data=hexed("011E"))).status == 0x9000
    assert chip.send(Command(ins=0xB0, expected=4)).data == hexed("60145F01")
    assert chip.send(Command(ins=0xB0, p2=4, expected=0x12)).data == hexed("04303130365F36063034303030305C026175")


PACE_KEY = MrzKey(number="T22000129", birth="640812", expiry="101031")
NONCE = "3F00C4D39D153F2B2A214A078D899B22"
TERMINAL_MAPPING = 0x7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99
CHIP_MAPPING = 0x498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560
TERMINAL_KEY = 0xA73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595
CHIP_KEY = 0x107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A
MAPPED = (
    0x8CED63C91426D4F0EB1435E7CB1D74A46723A0AF21C89634F65A9AE87A9265E2,
    0x8C879506743F8611AC33645C5B985C80B5F09A0B83407C1B6A4D857AE76FE522,
)


def test_the_password_of_pace() -> None:
    assert hashlib.sha1(PACE_KEY.information).hexdigest().upper() == "7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD"
    password_key = Aes(16).derive(hashlib.sha1(PACE_KEY.information).digest(), 3)
    assert password_key == hexed("89DED1B26624EC1E634C1989302849DD")
    assert Aes(16).decrypt(password_key, b"", hexed("95A3A016522EE98D01E76CB6B98B42C3")) == hexed(NONCE)


def test_the_mapping_of_pace() -> None:
    curve = STANDARD_CURVES[13]
    shared = curve.times(TERMINAL_MAPPING, curve.times(CHIP_MAPPING, curve.base))
    assert shared.x == 0x60332EF2450B5D247EF6D3868397D398852ED6E8CAF6FFEEF6BF85CA57057FD5
    base = curve.plus(curve.times(int(NONCE, 16), curve.base), shared)
    assert (base.x, base.y) == MAPPED


def test_pace_as_in_appendix_g() -> None:
    curve = STANDARD_CURVES[13]
    base = Point(x=MAPPED[0], y=MAPPED[1])

    def public(key: int, base: Point) -> str:
        return curve.encode(curve.times(key, base)).hex().upper()

    card = Script(
        ("0022C1A4 0F 800A 04007F00070202040202 830101", "9000"),
        ("10860000 02 7C00 00", "7C12 8010 95A3A016522EE98D01E76CB6B98B42C3 9000"),
        (
            f"10860000 45 7C43 8141 {public(TERMINAL_MAPPING, curve.base)} 00",
            f"7C43 8241 {public(CHIP_MAPPING, curve.base)} 9000",
        ),
        (f"10860000 45 7C43 8341 {public(TERMINAL_KEY, base)} 00", f"7C43 8441 {public(CHIP_KEY, base)} 9000"),
        ("00860000 0C 7C0A 8508 C2B0BD78D94BA866 00", "7C0A 8608 3ABB9674BCE93C08 9000"),
    )
    chances = iter((TERMINAL_MAPPING - 1, TERMINAL_KEY - 1))
    info = PaceInfo(protocol="0.4.0.127.0.7.2.2.4.2.2", parameters=13)
    messaging = pace(Chip(card), info, PACE_KEY, lambda _: next(chances))
    assert messaging.encryption_key == hexed("F5F0E35C0D7161EE6724EE513A0D9A7F")
    assert messaging.signing_key == hexed("FE251C7858B356B24514B3BD5F4297D1")
    assert messaging.counter == 0


def test_the_ways_in_of_appendix_g() -> None:
    card_access = hexed("31143012060A04007F0007020204020202010202010D")
    assert pace_infos(card_access) == (PaceInfo(protocol="0.4.0.127.0.7.2.2.4.2.2", parameters=13),)


@pytest.mark.parametrize(("number", "curve"), STANDARD_CURVES.items())
def test_the_curves_are_those_of_the_standard(number: int, curve: Curve) -> None:
    known = {
        12: ec.SECP256R1(), 13: ec.BrainpoolP256R1(), 15: ec.SECP384R1(), 16: ec.BrainpoolP384R1(), 18: ec.SECP521R1()
    }[number]  # fmt: skip
    for secret in (1, 2, 3, 0x1234567890ABCDEF, curve.n - 1):
        theirs = ec.derive_private_key(secret, known).public_key().public_numbers()
        assert curve.times(secret, curve.base) == Point(x=theirs.x, y=theirs.y)
    one, two = curve.times(5, curve.base), curve.times(7, curve.base)
    assert curve.plus(one, two) == curve.times(12, curve.base)
    assert curve.plus(one, one) == curve.times(10, curve.base)
    with pytest.raises(CurveError):
        curve.times(curve.n, curve.base)
    with pytest.raises(CurveError):
        curve.decode(bytes([4]) + bytes(2 * curve.width_bytes))
    assert curve.decode(curve.encode(two)) == two
