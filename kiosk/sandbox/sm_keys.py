"""SM2 by the `openssl` command, SM3 and SM4 by Tongsuo: what the sandbox's gateway signs, checks and deciphers with.

For each, on purpose, not the library that the terminal uses: what one of them does wrong, the other does not agree to.
"""

from __future__ import annotations

import base64
import re
import secrets
import subprocess
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from tongsuopy.crypto import hashes
from tongsuopy.crypto.ciphers.aead import SM4GCM
from tongsuopy.crypto.exceptions import InvalidTag

_SIGNER = "1234567812345678"
_SM2 = ("-rawin", "-digest", "sm3", "-pkeyopt", f"distid:{_SIGNER}")


class Keys:
    """New ones in `folder`, of the terminal and of the gateway."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        self._folder = folder
        self.secret = secrets.token_hex(16)
        for name in ("terminal", "gateway"):
            _openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", self._at(name))
            _openssl("pkey", "-in", self._at(name), "-pubout", "-out", self._at(f"{name}.pub"))

    def told(self) -> dict[str, str]:
        return {"secret": self.secret, "key": self._pem("terminal"), "peer_key": self._pem("gateway.pub")}

    def verified(self, said: bytes, signature: bytes) -> bool:
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            data, sign = Path(folder, "said"), Path(folder, "sign")
            data.write_bytes(said)
            sign.write_bytes(signature)
            checked = ("-verify", "-pubin", "-inkey", self._at("terminal.pub"), "-in", str(data), "-sigfile", str(sign))
            return subprocess.run(["openssl", "pkeyutl", *checked, *_SM2], capture_output=True).returncode == 0  # noqa: S603, S607

    def signed(self, said: bytes) -> bytes:
        """In DER."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            data = Path(folder, "said")
            data.write_bytes(said)
            return _openssl("pkeyutl", "-sign", "-inkey", self._at("gateway"), "-in", str(data), *_SM2)

    def _at(self, name: str) -> str:
        return str(self._folder / f"{name}.pem")

    def _pem(self, name: str) -> str:
        return Path(self._at(name)).read_text("ascii")


def _openssl(*words: str) -> bytes:
    return subprocess.run(["openssl", *words], capture_output=True, check=True).stdout  # noqa: S603, S607


def sm3(data: bytes) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    found: bytes = digest.finalize()
    return found.hex()


def der(sign: str) -> bytes:
    """Either way of writing one; b"" for neither."""
    if re.fullmatch(r"[0-9a-f]{128}", sign):
        return encode_dss_signature(int(sign[:64], 16), int(sign[64:], 16))
    try:
        return base64.b64decode(sign, validate=True)
    except ValueError:
        return b""


def raw(signature: bytes) -> bytes:
    return b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(signature))


def opened(key: str, text: str, about: bytes) -> bytes:
    """Raises ValueError for what was not sealed with this key, about this."""
    whole = base64.b64decode(text, validate=True)
    try:
        plain: bytes = SM4GCM(bytes.fromhex(key)).decrypt(whole[:12], whole[12:], about)
    except InvalidTag:
        raise ValueError("tag") from None
    return plain


def sealed(key: str, plain: bytes, about: bytes) -> str:
    nonce = secrets.token_bytes(12)
    return base64.b64encode(nonce + SM4GCM(bytes.fromhex(key)).encrypt(nonce, plain, about)).decode()
