"""What the chip of a travel document computes: its side of BAC, PACE and secure messaging.

A reading of ICAO 9303 part 11 of its own, from the chip's side; of the driver it borrows nothing but the constants of
the curves.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from drivers.card.travel.curves import STANDARD_CURVES

_POINT = tuple[int, int] | None
"""Affine coordinates; None: the point at infinity."""


class Wrong(Exception):
    """The terminal's data are wrong; the status word to answer with."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


def des_mac(key: bytes, data: bytes) -> bytes:
    """ISO/IEC 9797-1 MAC algorithm 3 with DES, padding method 2, block by block."""
    padded = data + b"\x80"
    padded += bytes(-len(padded) % 8)
    left, right = key[:8], key[8:16]
    state = bytes(8)
    for at in range(0, len(padded), 8):
        state = _des(left, bytes(a ^ b for a, b in zip(state, padded[at : at + 8], strict=True)))
    return _des(left, _des(right, state, decrypt=True))


def _des(key: bytes, block: bytes, *, decrypt: bool = False) -> bytes:
    """Return one block through single DES, which is 3DES with three times the same key."""
    cipher = Cipher(TripleDES(key * 3), modes.CBC(bytes(8)))
    context = cipher.decryptor() if decrypt else cipher.encryptor()
    return context.update(block)


def derive(cipher: str, secret: bytes, number: int) -> bytes:
    """Key derivation, part 11 section 9.7.1. ``cipher`` is "3des", "aes128", "aes192" or "aes256"."""
    data = secret + bytes([0, 0, 0, number])
    size = {"3des": 16, "aes128": 16, "aes192": 24, "aes256": 32}[cipher]
    digest = (hashlib.sha1(data, usedforsecurity=False) if size == 16 else hashlib.sha256(data)).digest()
    return digest[:size]


def crypt(cipher: str, key: bytes, data: bytes, *, counter: bytes | None = None, decrypt: bool = False) -> bytes:
    """CBC over whole blocks; the vector is zero, or for AES the encrypted counter."""
    algorithm = TripleDES(key + key[:8]) if cipher == "3des" else algorithms.AES(key)
    vector = bytes(algorithm.block_size // 8)
    if counter is not None and cipher != "3des":
        vector = Cipher(algorithm, modes.CBC(vector)).encryptor().update(counter)
    context = Cipher(algorithm, modes.CBC(vector))
    return context.decryptor().update(data) if decrypt else context.encryptor().update(data)


def mac(cipher: str, key: bytes, data: bytes) -> bytes:
    """Eight bytes over ``data``."""
    if cipher == "3des":
        return des_mac(key, data)
    signer = CMAC(algorithms.AES(key))
    signer.update(data)
    return signer.finalize()[:8]


@dataclass
class Session:
    """Keys of secure messaging and the send sequence counter."""

    cipher: str
    encryption: bytes
    signing: bytes
    counter: int

    @property
    def block(self) -> int:
        """Bytes of a block."""
        return 8 if self.cipher == "3des" else 16

    def unwrap(self, header: bytes, body: bytes) -> tuple[bytes, int | None]:
        """Check and decrypt a protected command; return its data and how much is expected, None without.

        Raises:
            Wrong: it is not protected as it must be.
        """
        self.counter += 1
        signed, sealed, expected, told = _protected(body)
        text = self._counter() + self._padded(header)
        # Padding at the end is the MAC's own affair with DES, and done before it with AES.
        text += signed if self.cipher == "3des" else self._padded(text + signed)[len(text) :]
        if told != mac(self.cipher, self.signing, text):
            raise Wrong(0x6988)
        if sealed is None:
            return b"", expected
        if not sealed or len(sealed) % self.block:
            raise Wrong(0x6988)
        plain = crypt(self.cipher, self.encryption, sealed, counter=self._counter(), decrypt=True).rstrip(b"\0")
        if plain[-1:] != b"\x80":
            raise Wrong(0x6988)
        return plain[:-1], expected

    def wrap(self, data: bytes, status: int, *, objects: bool) -> bytes:
        """Return the protected answer, status word after it."""
        self.counter += 1
        body = b""
        if data:
            sealed = crypt(self.cipher, self.encryption, self._padded(data), counter=self._counter())
            body = piece(0x85, sealed) if objects else piece(0x87, b"\x01" + sealed)
        body += piece(0x99, status.to_bytes(2, "big"))
        text = self._counter() + (body if self.cipher == "3des" else self._padded(body))
        return body + piece(0x8E, mac(self.cipher, self.signing, text)) + status.to_bytes(2, "big")

    def _counter(self) -> bytes:
        return (self.counter % (1 << 8 * self.block)).to_bytes(self.block, "big")

    def _padded(self, data: bytes) -> bytes:
        return data + b"\x80" + bytes(-(len(data) + 1) % self.block)


def _protected(body: bytes) -> tuple[bytes, bytes | None, int | None, bytes]:
    """Return what is signed, what is encrypted, how much is expected, and the MAC, which comes last."""
    sealed: bytes | None = None
    expected: int | None = None
    signed, told = b"", b""
    for tag, value, raw in pieces(body):
        if told:
            raise Wrong(0x6988)
        if tag == 0x8E:
            told = value
            continue
        signed += raw
        if tag == 0x87 and value[:1] == b"\x01":
            sealed = value[1:]
        elif tag == 0x85:
            sealed = value
        elif tag == 0x97 and len(value) in (1, 2):
            expected = int.from_bytes(value, "big") or 1 << 8 * len(value)
        else:
            raise Wrong(0x6988)
    if not told:
        raise Wrong(0x6987)
    return signed, sealed, expected, told


def basic_session(
    key_text: bytes, challenge: bytes, message: bytes, chance: Callable[[int], bytes] = secrets.token_bytes
) -> tuple[bytes, Session]:
    """The chip's side of EXTERNAL AUTHENTICATE: return the answer and the session. Part 11 section 4.3.3.

    Raises:
        Wrong: the terminal does not know the key.
    """
    seed = hashlib.sha1(key_text, usedforsecurity=False).digest()[:16]
    encryption, signing = derive("3des", seed, 1), derive("3des", seed, 2)
    if len(message) != 40:
        raise Wrong(0x6700)
    sealed, told = message[:32], message[32:]
    if des_mac(signing, sealed) != told:
        raise Wrong(0x6300)
    plain = crypt("3des", encryption, sealed, decrypt=True)
    theirs, back, their_key = plain[:8], plain[8:16], plain[16:]
    if back != challenge:
        raise Wrong(0x6300)
    our_key = chance(16)
    answer = crypt("3des", encryption, challenge + theirs + our_key)
    shared = bytes(a ^ b for a, b in zip(their_key, our_key, strict=True))
    counter = int.from_bytes(challenge[4:] + theirs[4:], "big")
    session = Session("3des", derive("3des", shared, 1), derive("3des", shared, 2), counter)
    return answer + des_mac(signing, answer), session


class PaceSide:
    """The chip's side of PACE with generic mapping, step by step. Part 11 section 4.4.4.

    Args:
        cipher: See ``derive``.
        identifier: Value of the protocol's object identifier.
        curve: Number of the standardised domain parameters.
        password: What the terminal must know: the hash of the zone's values, or the access number.
        chance: Gives a number below its argument.
    """

    def __init__(
        self,
        cipher: str,
        identifier: bytes,
        curve: int,
        password: bytes,
        chance: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        standard = STANDARD_CURVES[curve]
        self._p, self._a, self._b, self._n = standard.p, standard.a, standard.b, standard.n
        self._base: _POINT = (standard.base.x, standard.base.y)
        self._width = (self._p.bit_length() + 7) // 8
        self._cipher, self._identifier = cipher, identifier
        self._password_key = derive(cipher, password, 3)
        self._chance = chance
        self._nonce = 0
        self._theirs = self._ours = b""
        self._keys = (b"", b"")
        self._next = 0x80

    def step(self, body: bytes) -> tuple[bytes, Session | None]:
        """Answer one GENERAL AUTHENTICATE; the session comes with the last.

        Raises:
            Wrong: out of order, no point of the curve, or another password.
        """
        found = [(tag, value) for tag, value, _ in pieces(piece_value(body, 0x7C))]
        expected, self._next = self._next, 0
        if expected == 0x80 and not found:
            return self._first(), None
        if len(found) != 1 or found[0][0] != expected:
            raise Wrong(0x6A80)
        value = found[0][1]
        if expected == 0x81:
            return self._map(self._point(value)), None
        if expected == 0x83:
            return self._agree(value), None
        if expected == 0x85:
            return self._finish(value)
        raise Wrong(0x6985)

    def _first(self) -> bytes:
        nonce = self._chance(1 << 128).to_bytes(16, "big")
        self._nonce = int.from_bytes(nonce, "big")
        self._next = 0x81
        return self._answer(0x80, crypt(self._cipher, self._password_key, nonce))

    def _map(self, theirs: _POINT) -> bytes:
        secret = self._chance(self._n - 1) + 1
        public = self._times(secret, self._base)
        self._base = self._plus(self._times(self._nonce, self._base), self._times(secret, theirs))
        self._next = 0x83
        return self._answer(0x82, self._bytes(public))

    def _agree(self, value: bytes) -> bytes:
        theirs = self._point(value)
        secret = self._chance(self._n - 1) + 1
        ours = self._bytes(self._times(secret, self._base))
        if ours == value:
            raise Wrong(0x6300)
        shared = self._times(secret, theirs)
        if shared is None:
            raise Wrong(0x6300)
        text = shared[0].to_bytes(self._width, "big")
        self._keys = derive(self._cipher, text, 1), derive(self._cipher, text, 2)
        self._theirs, self._ours = value, ours
        self._next = 0x85
        return self._answer(0x84, ours)

    def _finish(self, token: bytes) -> tuple[bytes, Session]:
        encryption, signing = self._keys
        if token != self._token(signing, self._ours):
            raise Wrong(0x6300)
        answer = self._answer(0x86, self._token(signing, self._theirs))
        return answer, Session(self._cipher, encryption, signing, 0)

    def _token(self, key: bytes, public: bytes) -> bytes:
        return mac(self._cipher, key, piece(0x7F49, piece(0x06, self._identifier) + piece(0x86, public)))

    def _answer(self, tag: int, value: bytes) -> bytes:
        return piece(0x7C, piece(tag, value))

    def _point(self, data: bytes) -> _POINT:
        width = self._width
        if len(data) != 2 * width + 1 or data[0] != 4:
            raise Wrong(0x6A80)
        x, y = int.from_bytes(data[1 : width + 1], "big"), int.from_bytes(data[width + 1 :], "big")
        if x >= self._p or y >= self._p or (y * y - x**3 - self._a * x - self._b) % self._p:
            raise Wrong(0x6A80)
        return x, y

    def _bytes(self, point: _POINT) -> bytes:
        if point is None:
            raise Wrong(0x6300)
        return b"\x04" + point[0].to_bytes(self._width, "big") + point[1].to_bytes(self._width, "big")

    def _times(self, factor: int, point: _POINT) -> _POINT:
        result: _POINT = None
        while factor:
            if factor & 1:
                result = self._plus(result, point)
            point = self._plus(point, point)
            factor >>= 1
        return result

    def _plus(self, one: _POINT, other: _POINT) -> _POINT:
        if one is None or other is None:
            return one or other
        p = self._p
        (x1, y1), (x2, y2) = one, other
        if x1 == x2:
            if (y1 + y2) % p == 0:
                return None
            slope = (3 * x1 * x1 + self._a) * pow(2 * y1, -1, p)
        else:
            slope = (y2 - y1) * pow(x2 - x1, -1, p)
        x = (slope * slope - x1 - x2) % p
        return x, (slope * (x1 - x) - y1) % p


def piece(tag: int, value: bytes) -> bytes:
    """Return a BER-TLV object."""
    head = tag.to_bytes(2 if tag > 0xFF else 1, "big")
    size = len(value)
    if size < 0x80:
        return head + bytes([size]) + value
    if size < 0x100:
        return head + b"\x81" + bytes([size]) + value
    if size < 0x10000:
        return head + b"\x82" + size.to_bytes(2, "big") + value
    return head + b"\x83" + size.to_bytes(3, "big") + value


def pieces(data: bytes) -> list[tuple[int, bytes, bytes]]:
    """Return tag, value and raw bytes of each object.

    Raises:
        Wrong: it is no sequence of objects.
    """
    found, at = [], 0
    try:
        while at < len(data):
            start, tag = at, data[at]
            at += 1
            if tag & 0x1F == 0x1F:
                tag = tag << 8 | data[at]
                at += 1
            size = data[at]
            at += 1
            if size > 0x80:
                width = size & 0x7F
                size = int.from_bytes(data[at : at + width], "big")
                at += width
            if at + size > len(data):
                raise Wrong(0x6A80)
            found.append((tag, data[at : at + size], data[start : at + size]))
            at += size
    except IndexError:
        raise Wrong(0x6A80) from None
    return found


def piece_value(data: bytes, tag: int) -> bytes:
    """Return the value of the one object in ``data``, which has ``tag``.

    Raises:
        Wrong: it is another one.
    """
    found = pieces(data)
    if len(found) != 1 or found[0][0] != tag:
        raise Wrong(0x6A80)
    return found[0][1]


PROTOCOLS: Final = {"3des": 1, "aes128": 2, "aes192": 3, "aes256": 4}
"""Last number of id-PACE-ECDH-GM-…, 0.4.0.127.0.7.2.2.4.2.x."""
