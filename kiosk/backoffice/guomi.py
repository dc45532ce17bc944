"""The national algorithms (国密) as gateways use them: SM2 signatures by Tongsuo, SM3 and SM4-GCM by `cryptography`.

Tongsuo's Python package was last released in 2023, on OpenSSL 1.1.1: from outside it is given two numbers of a signature, nothing else.
"""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SM3, Hash
from tongsuopy.crypto import hashes, serialization
from tongsuopy.crypto.asymciphers import ec
from tongsuopy.crypto.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm

from kiosk import strict

Encoding = Literal["der", "raw"]  # as in certificates, in base64; or r and s side by side, in hex, as many JSON interfaces send it
NONCE, TAG = 12, 16  # bytes of SM4-GCM
_RAW = re.compile(r"[0-9a-fA-F]{128}")
# SM2 with SM3 over Z, the digest of key and signer: the signer is 1234567812345678 (GM/T 0009), Tongsuo's default and everybody's.
_SM2 = ec.ECDSA(hashes.SM3())


class SigningKey:
    """Ours. Never shown: no repr, no words of it in an error."""

    def __init__(self, file: str, place: str) -> None:
        self._key = _pem(file, place, lambda data: serialization.load_pem_private_key(data, None))

    def sign(self, data: bytes, encoding: Encoding) -> bytes:
        """As bytes of DER, or r and s of 32 bytes each."""
        der: bytes = self._key.sign(data, _SM2)
        if encoding == "der":
            return der
        return b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(der))


class PeerKey:
    """The gateway's public key."""

    def __init__(self, file: str, place: str) -> None:
        self._key = _pem(file, place, serialization.load_pem_public_key)

    def signed(self, data: bytes, signature: bytes, encoding: Encoding) -> bool:
        """Is `signature` the peer's over just `data`, and written in just this encoding?"""
        try:
            if encoding == "raw":
                numbers = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
            else:
                numbers = decode_dss_signature(signature)
            self._key.verify(encode_dss_signature(*numbers), data, _SM2)
        except (ValueError, InvalidSignature, InternalError):  # Internal: numbers out of range
            return False
        return True


class Envelope:
    """SM4-GCM: what comes out of `open` was put in by who holds the key, with the same `about`."""

    def __init__(self, key: bytes) -> None:
        self._sm4 = algorithms.SM4(key)

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """Nonce, cipher text, tag in one."""
        nonce = os.urandom(NONCE)
        worker = Cipher(self._sm4, modes.GCM(nonce)).encryptor()
        worker.authenticate_additional_data(about)
        return nonce + worker.update(plain) + worker.finalize() + worker.tag

    def open(self, sealed: bytes, about: bytes) -> bytes | None:
        """None for what somebody else sealed, or about something else."""
        if len(sealed) < NONCE + TAG:
            return None
        worker = Cipher(self._sm4, modes.GCM(sealed[:NONCE], sealed[-TAG:])).decryptor()
        worker.authenticate_additional_data(about)
        try:
            return worker.update(sealed[NONCE:-TAG]) + worker.finalize()
        except InvalidTag:
            return None


def sm3(data: bytes) -> str:
    """In lower-case hex."""
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize().hex()


def written(signature: bytes, encoding: Encoding) -> str:
    """As a header or a JSON field carries it."""
    return base64.b64encode(signature).decode() if encoding == "der" else signature.hex()


def read(text: str, encoding: Encoding) -> bytes:
    """b"" for what is not written so."""
    if encoding == "raw":
        return bytes.fromhex(text) if _RAW.fullmatch(text) else b""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def _pem(file: str, place: str, load: Any) -> Any:
    """Raises strict.Refused with the place in the configuration, never with a word of the key."""
    try:
        return load(Path(file).read_bytes())
    except OSError:
        why = f"{file} cannot be read"
    except (ValueError, TypeError, UnsupportedAlgorithm, InternalError):
        why = f"{file} holds no SM2 key in PEM"
    raise strict.Refused("config", [(place, why)])
