"""What both wallets stand on: RSA-2048 with SHA-256 as their rules have it, and the HTTP line from the gateway to them."""

from __future__ import annotations

import asyncio
import base64
import binascii
import threading
from collections.abc import Mapping

import requests
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from kiosk.sandbox.channels import Trouble


class Pair:
    """A key pair for the life of one sandbox, made when it is first needed: none is kept anywhere."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._private: rsa.RSAPrivateKey | None = None

    @property
    def private(self) -> rsa.RSAPrivateKey:
        with self._lock:
            self._private = self._private or rsa.generate_private_key(public_exponent=65_537, key_size=2048)
            return self._private

    @property
    def serial(self) -> str:
        """Stands for the serial number of the certificate: which key this is."""
        return f"{self.private.public_key().public_numbers().n % (1 << 160):040X}"

    def sign(self, text: str) -> str:
        return base64.b64encode(self.private.sign(text.encode(), padding.PKCS1v15(), SHA256())).decode()

    def signed(self, text: str, signature: str) -> bool:
        try:
            self.private.public_key().verify(base64.b64decode(signature, validate=True), text.encode(), padding.PKCS1v15(), SHA256())
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return True


async def ask(method: str, url: str, body: bytes, headers: Mapping[str, str]) -> requests.Response:
    """One exchange on loopback, off the loop that also answers it. Raises Trouble."""

    def exchange() -> requests.Response:
        with requests.Session() as session:
            session.trust_env = False
            return session.request(method, url, data=body, headers=dict(headers), timeout=20)

    try:
        return await asyncio.to_thread(exchange)
    except requests.RequestException as error:
        raise Trouble(type(error).__name__) from None
