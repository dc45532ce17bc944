"""The station's secret: what the journal is encrypted with, and what its checkpoints are signed with."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CREDENTIAL = "kiosk-journal"  # LoadCredentialEncrypted=kiosk-journal:… in the unit: unsealed by the TPM of this very machine
_SECRET = 32


class NoKey(Exception):
    """There is a secret, and it cannot be used. Never answered with a new one: that would give up the journal it opens."""


class KeyStore(Protocol):
    """A TPM may stand behind it: the signing key need not leave it."""

    def cipher_key(self) -> bytes:
        """32 bytes. Raises NoKey, OSError; so do the others."""

    def public_key(self) -> bytes:
        """Ed25519, 32 bytes: what the operations centre knows this station by."""

    def sign(self, message: bytes) -> bytes: ...


class KeyFile:
    """Both keys out of one secret in a file of 32 bytes. With `make`, a file that is not there is made, for nobody else to read."""

    def __init__(self, path: Path, *, make: bool = False) -> None:
        self._path = path
        self._make = make

    def cipher_key(self) -> bytes:
        return self._derived(b"journal: cipher")

    def public_key(self) -> bytes:
        return self._signing.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._signing.sign(message)

    @cached_property
    def _signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._derived(b"journal: signature"))

    def _derived(self, purpose: bytes) -> bytes:
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(self._secret)

    @cached_property
    def _secret(self) -> bytes:
        if self._make and not self._path.exists():
            _begin(self._path)
        if self._path.stat().st_mode & 0o007:
            raise NoKey(f"{self._path} is open to everybody")
        secret = self._path.read_bytes()
        if len(secret) != _SECRET:
            raise NoKey(f"{self._path} is not {_SECRET} bytes")
        return secret


def station_keys(state: Path, environment: Mapping[str, str] = os.environ, *, make: bool = True) -> KeyStore:
    """What systemd unsealed for this service, where it did; otherwise a file below `state`, made at the first start if `make`."""
    given = environment.get("CREDENTIALS_DIRECTORY")
    if given and (Path(given) / CREDENTIAL).exists():
        return KeyFile(Path(given) / CREDENTIAL)
    return KeyFile(state / "keys" / "journal", make=make)


def signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _begin(path: Path) -> None:
    """On disk whole before anything is encrypted with it; whoever is second takes what the first one made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_SECRET))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    for folder in (path.parent, path.parent.parent):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
