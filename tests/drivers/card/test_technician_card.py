"""Who a technician is, without a reader: the card's own reading of NIST SP 800-73-4 at one end, ours at the other."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from card_slot import PEOPLE
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card.technician import Authority, prove
from drivers.errors import DeviceError, DeviceRefused, WrongMedia
from drivers.simulated.socialsecurity import social_security_card
from drivers.simulated.technician import TECHNICIANS, PivCard, TechnicianAuthority

NOW = datetime.now(UTC)
SOMEBODY = TECHNICIANS[0]


class Held:
    """A card in a reader, or whatever answers in its place."""

    atr = b""

    def __init__(self, obey: Callable[[bytes], bytes], protocol: str = "T=1") -> None:
        self._obey, self.protocol = obey, protocol

    def transmit(self, command: bytes) -> bytes:
        return self._obey(command)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> TechnicianAuthority:
    return TechnicianAuthority(tmp_path_factory.mktemp("technicians"))


@pytest.fixture(scope="module")
def trusted(office: TechnicianAuthority) -> Authority:
    return Authority.load(office.path)


def refusal(card: PivCard, authority: Authority, at: datetime = NOW) -> str:
    with pytest.raises(DeviceRefused) as caught:
        prove(Held(card.obey), authority, at)
    return caught.value.code


@pytest.mark.parametrize("rsa", [False, True])
def test_a_technician_is_known(office: TechnicianAuthority, trusted: Authority, rsa: bool) -> None:
    proof = prove(Held(office.card(dataclasses.replace(SOMEBODY, rsa=rsa)).obey), trusted, NOW)
    assert (proof.number, proof.name) == (SOMEBODY.number, SOMEBODY.name)
    assert proof.valid_until > NOW


def test_the_authority_stays_the_same_from_start_to_start(office: TechnicianAuthority, trusted: Authority) -> None:
    again = TechnicianAuthority(office.path.parent)
    assert prove(Held(again.card(SOMEBODY).obey), trusted, NOW).name == SOMEBODY.name


def test_a_card_out_of_date_is_refused(office: TechnicianAuthority, trusted: Authority) -> None:
    assert refusal(office.card(TECHNICIANS[1]), trusted) == "technician.expired"
    assert refusal(office.card(SOMEBODY), trusted, NOW + timedelta(days=400)) == "technician.expired"


def test_a_card_of_somebody_else_is_refused(office: TechnicianAuthority, trusted: Authority, tmp_path: Path) -> None:
    assert refusal(TechnicianAuthority(tmp_path).card(SOMEBODY), trusted) == "technician.untrusted"
    assert refusal(office.card(SOMEBODY), Authority(certificates=())) == "technician.untrusted"


def test_a_lost_card_is_refused(office: TechnicianAuthority, trusted: Authority) -> None:
    card = office.card(SOMEBODY)
    serial = prove(Held(card.obey), trusted, NOW).certificate_serial
    assert refusal(card, dataclasses.replace(trusted, revoked={serial})) == "technician.untrusted"


def test_a_copied_certificate_proves_nothing(office: TechnicianAuthority, trusted: Authority) -> None:
    card = office.card(SOMEBODY)
    card._key = ec.generate_private_key(ec.SECP256R1())
    assert refusal(card, trusted) == "technician.unproven"


def test_an_old_answer_proves_nothing(office: TechnicianAuthority, trusted: Authority) -> None:
    card = office.card(SOMEBODY)
    heard: list[bytes] = []

    def listen(command: bytes) -> bytes:
        heard.append(card.obey(command))
        return heard[-1]

    prove(Held(listen), trusted, NOW)
    answers = iter(heard)
    with pytest.raises(DeviceRefused) as caught:
        prove(Held(lambda _: next(answers)), trusted, NOW)
    assert caught.value.code == "technician.unproven"


def test_the_authority_itself_is_no_technician(office: TechnicianAuthority, trusted: Authority) -> None:

    assert (
        refusal(PivCard(office.certificate.public_bytes(Encoding.DER), office._key), trusted) == "technician.untrusted"
    )


def test_a_citizens_card_is_wrong_media(trusted: Authority) -> None:
    with pytest.raises(WrongMedia):
        prove(Held(social_security_card(PEOPLE["wang"]).obey, "T=0"), trusted, NOW)


# cryptography warns of a damaged certificate (a serial number of zero, say) before it is refused
@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@given(at=st.integers(1, 12), damage=st.binary(max_size=60))
@settings(max_examples=50)
def test_one_damaged_answer_is_a_proof_or_an_error_of_the_tree(
    office: TechnicianAuthority, trusted: Authority, at: int, damage: bytes
) -> None:
    card, count = office.card(SOMEBODY), 0

    def damaged(command: bytes) -> bytes:
        nonlocal count
        count += 1
        answer = card.obey(command)
        return damage + answer[len(damage) :] if count == at else answer

    with contextlib.suppress(DeviceError):
        assert prove(Held(damaged), trusted, NOW).name == SOMEBODY.name


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=8))
def test_whatever_a_card_answers_there_is_an_error_of_the_tree(trusted: Authority, answers: list[bytes]) -> None:
    turn = itertools.cycle(answers)

    with pytest.raises(DeviceError):
        prove(Held(lambda _: next(turn)), trusted, NOW)
