"""Secure messaging: every command and answer encrypted and signed with the keys that opening the chip brought.

Source: ICAO 9303 part 11 section 9.8 (secure messaging), 9.7.1 (key derivation), 9.7.3 and 9.7.4 (3DES and AES); after
ISO/IEC 7816-4:2020 section 10 and ISO/IEC 9797-1 (MAC algorithm 3, padding method 2).
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from typing import Final, Protocol

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher as _Cipher
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from drivers.card import tlv
from drivers.card.apdu import SHORT_EXPECTED, Answer, ApduError, Card, Command, StatusWord, send, status_name

FOR_ENCRYPTION: Final = 1
FOR_SIGNING: Final = 2
FOR_PASSWORD: Final = 3

_MAC_BYTES: Final = 8
_PROTECTED: Final = 0x0C
_ENCRYPTED: Final = 0x87
_ENCRYPTED_OBJECTS: Final = 0x85
"""For odd instruction bytes, whose data are data objects: no padding indicator."""
_STATUS: Final = 0x99
_EXPECTED: Final = 0x97
_SIGNATURE: Final = 0x8E
_PADDED: Final = b"\x01"
_HEADER_BYTES: Final = 4


class MessagingError(ValueError):
    """An answer that is not protected as it must be: a damaged one, or somebody in between."""


class Suite(Protocol):
    """A block cipher and a signature, with their key lengths."""

    block_bytes: int

    def derive(self, secret: bytes, purpose: int) -> bytes:
        """Return the key for ``purpose``. Source: section 9.7.1."""

    def encrypt(self, key: bytes, counter: bytes, data: bytes) -> bytes:
        """Encrypt whole blocks."""

    def decrypt(self, key: bytes, counter: bytes, data: bytes) -> bytes:
        """Decrypt whole blocks."""

    def sign(self, key: bytes, data: bytes) -> bytes:
        """Return eight bytes over ``data``, which is padded here if the algorithm wants that."""


class TripleDes:
    """3DES in CBC mode with a zero vector, and the retail MAC."""

    block_bytes = 8

    def derive(self, secret: bytes, purpose: int) -> bytes:
        """See ``Suite.derive``. The parity bits are set as the worked example has them; nobody checks."""
        key = hashlib.sha1(secret + purpose.to_bytes(4, "big"), usedforsecurity=False).digest()[:16]
        return bytes(byte & 0xFE | (1 - (byte >> 1).bit_count() % 2) for byte in key)

    def encrypt(self, key: bytes, counter: bytes, data: bytes) -> bytes:  # noqa: ARG002 - the vector is zero here
        """See ``Suite.encrypt``."""
        return _run(_triple(key), bytes(8), data, encrypt=True)

    def decrypt(self, key: bytes, counter: bytes, data: bytes) -> bytes:  # noqa: ARG002 - the vector is zero here
        """See ``Suite.decrypt``."""
        return _run(_triple(key), bytes(8), data, encrypt=False)

    def sign(self, key: bytes, data: bytes) -> bytes:
        """See ``Suite.sign``: MAC algorithm 3, single DES up to the last block, and 3DES for that one."""
        padded = pad(data, 8)
        chained = bytes(8)
        if len(padded) > 8:
            chained = _run(TripleDES(key[:8] * 3), bytes(8), padded[:-8], encrypt=True)[-8:]
        return _run(_triple(key), chained, padded[-8:], encrypt=True)


class Aes:
    """AES in CBC mode, the vector being the encrypted counter, and CMAC cut to eight bytes.

    Args:
        key_bytes: 16, 24 or 32.
    """

    block_bytes = 16

    def __init__(self, key_bytes: int) -> None:
        self._key_bytes = key_bytes

    def derive(self, secret: bytes, purpose: int) -> bytes:
        """See ``Suite.derive``."""
        data = secret + purpose.to_bytes(4, "big")
        if self._key_bytes == 16:
            return hashlib.sha1(data, usedforsecurity=False).digest()[:16]
        return hashlib.sha256(data).digest()[: self._key_bytes]

    def encrypt(self, key: bytes, counter: bytes, data: bytes) -> bytes:
        """See ``Suite.encrypt``."""
        return _run(algorithms.AES(key), self._vector(key, counter), data, encrypt=True)

    def decrypt(self, key: bytes, counter: bytes, data: bytes) -> bytes:
        """See ``Suite.decrypt``."""
        return _run(algorithms.AES(key), self._vector(key, counter), data, encrypt=False)

    def sign(self, key: bytes, data: bytes) -> bytes:
        """See ``Suite.sign``."""
        signer = CMAC(algorithms.AES(key))
        signer.update(data)
        return signer.finalize()[:_MAC_BYTES]

    @staticmethod
    def _vector(key: bytes, counter: bytes) -> bytes:
        return _run(algorithms.AES(key), bytes(16), counter, encrypt=True) if any(counter) else bytes(16)


def _triple(key: bytes) -> TripleDES:
    return TripleDES(key + key[:8])


def _run(algorithm: TripleDES | algorithms.AES, vector: bytes, data: bytes, *, encrypt: bool) -> bytes:
    cipher = _Cipher(algorithm, modes.CBC(vector))
    context = cipher.encryptor() if encrypt else cipher.decryptor()
    return context.update(data) + context.finalize()


def pad(data: bytes, block_bytes: int) -> bytes:
    """Return ``data`` with 80 00 … up to a whole block. Source: ISO/IEC 9797-1 padding method 2."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block_bytes)


def unpad(data: bytes) -> bytes:
    """Take the padding off.

    Raises:
        MessagingError: there is none.
    """
    stripped = data.rstrip(b"\0")
    if not stripped.endswith(b"\x80"):
        raise MessagingError("no padding")
    return stripped[:-1]


@dataclass(slots=True, repr=False)
class SecureMessaging:
    """Keys and counter of a session; protects commands and opens answers. No readable ``repr``: it holds keys."""

    suite: Suite
    encryption_key: bytes
    signing_key: bytes
    counter: int
    """Send sequence counter, as wide as a block; counted up before each command and each answer."""

    def protect(self, command: Command) -> Command:
        """Return ``command`` encrypted and signed. Source: section 9.8.4."""
        counter = self._count()
        block = self.suite.block_bytes
        header = replace(command, cla=command.cla | _PROTECTED, data=b"", expected=0)
        body = b""
        if command.data:
            sealed = self.suite.encrypt(self.encryption_key, counter, pad(command.data, block))
            odd = command.ins & 1
            body = tlv.encode(_ENCRYPTED_OBJECTS, sealed) if odd else tlv.encode(_ENCRYPTED, _PADDED + sealed)
        if command.expected:
            width = 1 if command.expected <= SHORT_EXPECTED else 2
            body += tlv.encode(_EXPECTED, (command.expected % (1 << 8 * width)).to_bytes(width, "big"))
        signed = counter + pad(header.encode(), block) + body
        body += tlv.encode(_SIGNATURE, self._signature(signed))
        return replace(header, data=body, expected=SHORT_EXPECTED)

    def open(self, answer: Answer) -> Answer:
        """Check and decrypt an answer. Source: section 9.8.5.

        Raises:
            MessagingError: it is not protected, or not as it must be; the session is over.
        """
        counter = self._count()
        if not answer.data:
            raise MessagingError(f"an answer without protection: {status_name(answer.status)}")
        signed, sealed, told, signature = _protected_parts(answer.data)
        if not hmac.compare_digest(signature, self._signature(counter + signed)):
            raise MessagingError("the signature is wrong")
        if not told:
            raise MessagingError("no protected status word")
        if len(sealed) % self.suite.block_bytes:
            raise MessagingError(f"{len(sealed)} encrypted bytes")
        data = unpad(self.suite.decrypt(self.encryption_key, counter, sealed)) if sealed else b""
        return Answer(data=data, status=told)

    def _count(self) -> bytes:
        self.counter = (self.counter + 1) % (1 << 8 * self.suite.block_bytes)
        return self.counter.to_bytes(self.suite.block_bytes, "big")

    def _signature(self, signed: bytes) -> bytes:
        """The retail MAC pads by itself; what CMAC signs is padded before. Source: section 9.8.6."""
        if self.suite.block_bytes == TripleDes.block_bytes:
            return self.suite.sign(self.signing_key, signed)
        return self.suite.sign(self.signing_key, pad(signed, self.suite.block_bytes))


def _protected_parts(data: bytes) -> tuple[bytes, bytes, int, bytes]:
    """Return what is signed, what is encrypted, the status word, and the signature, which comes last."""
    signed, sealed, told, signature = b"", b"", 0, b""
    try:
        for item in tlv.objects(data):
            if signature:
                raise MessagingError("something after the signature")
            match item.tag:
                case 0x87 if item.value[:1] == _PADDED:
                    sealed = item.value[1:]
                case 0x85:
                    sealed = item.value
                case 0x99 if len(item.value) == 2:
                    told = int.from_bytes(item.value, "big")
                case 0x8E:
                    signature = item.value
                    continue
                case _:
                    raise MessagingError(f"object {item.tag:X}")
            signed += item.raw
    except tlv.TlvError as error:
        raise MessagingError(str(error)) from error
    return signed, sealed, told, signature


class Chip:
    """The chip of a travel document, in plain words or in protected ones once ``secured``."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._messaging: SecureMessaging | None = None

    def secure(self, messaging: SecureMessaging) -> None:
        """Protect everything from now on."""
        self._messaging = messaging

    def send(self, command: Command) -> Answer:
        """Send ``command`` and return the answer in plain.

        Raises:
            MessagingError, ApduError: the answer is not what it must be.
        """
        if self._messaging is None:
            return send(self._card, command)
        answer = send(self._card, self._messaging.protect(command))
        if answer.status in (StatusWord.PROTECTION_MISSING, StatusWord.PROTECTION_WRONG):
            raise MessagingError(f"the chip ended the session: {status_name(answer.status)}")
        return self._messaging.open(answer)


__all__ = ["Aes", "ApduError", "Chip", "MessagingError", "SecureMessaging", "Suite", "TripleDes", "pad", "unpad"]
