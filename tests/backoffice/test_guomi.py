"""The national algorithms: the standards' own examples, and OpenSSL agreeing with what Tongsuo signs, Tongsuo with what OpenSSL seals."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from tongsuopy.crypto import serialization
from tongsuopy.crypto.asymciphers import ec

from kiosk import strict
from kiosk.backoffice.guomi import Envelope, PeerKey, SigningKey, read, sm3, written
from kiosk.sandbox import sm_keys
from kiosk.sandbox.sm_keys import Keys

# GB/T 32918.5-2017, A.2
PUBLIC = (
    0x09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020,
    0xCCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13,
)
SIGNATURE = (
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)


@pytest.fixture
def keys(tmp_path):
    return Keys(tmp_path)


@pytest.fixture
def ours(keys, file):
    return SigningKey(file("ours.pem", keys.told()["key"]), "departments.HRSS.key_file")


@pytest.fixture
def theirs(keys, file):
    return PeerKey(file("theirs.pem", keys.told()["peer_key"]), "departments.HRSS.peer_key_file")


def test_sm2_example_of_the_standard_with_its_signer(file):
    point = ec.EllipticCurvePublicNumbers(*PUBLIC, ec.SM2()).public_key()
    pem = point.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    key = PeerKey(file("example.pem", pem.decode()), "")
    assert key.signed(b"message digest", read(SIGNATURE, "raw"), "raw")
    assert not key.signed(b"message digesT", read(SIGNATURE, "raw"), "raw")


@pytest.mark.parametrize(
    ("said", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_examples_of_the_standard(said, digest):
    """GB/T 32905-2016, A.1 and A.2."""
    assert sm3(said) == sm_keys.sm3(said) == digest


def test_sm4_example_of_the_standard():
    """GB/T 32907-2016, A.1: one block."""
    one = bytes.fromhex("0123456789abcdeffedcba9876543210")
    worker = Cipher(algorithms.SM4(one), modes.ECB()).encryptor()
    assert (worker.update(one) + worker.finalize()).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_example():
    """RFC 8998, A.1."""
    plain = b"".join(bytes([byte]) * 8 for byte in b"\xaa\xbb\xcc\xdd\xee\xff\xee\xaa")
    sealed = bytes.fromhex(
        "00001234567800000000abcd"
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    envelope = Envelope(bytes.fromhex("0123456789abcdeffedcba9876543210"))
    about = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    assert envelope.open(sealed, about) == plain
    assert envelope.open(sealed[:-1] + b"\0", about) is None
    assert envelope.open(sealed, about + b"\0") is None
    assert envelope.open(sealed[:27], about) is None
    assert envelope.open(envelope.seal(b"", about), about) == b""
    key = "0123456789abcdeffedcba9876543210"
    assert sm_keys.opened(key, base64.b64encode(sealed).decode(), about) == plain
    assert envelope.open(base64.b64decode(sm_keys.sealed(key, plain, about)), about) == plain


def test_openssl_takes_what_we_sign_in_both_ways_of_writing(ours, keys):
    for encoding in ("der", "raw"):
        text = written(ours.sign("厦门".encode(), encoding), encoding)
        der = sm_keys.der(text)
        assert read(text, encoding) == (der if encoding == "der" else sm_keys.raw(der))
        assert keys.verified("厦门".encode(), der)
        assert not keys.verified("福州".encode(), der)


def test_we_take_what_openssl_signs_and_nothing_else(theirs, keys):
    der = keys.signed(b"said")
    raw = sm_keys.raw(der)
    assert theirs.signed(b"said", der, "der") and theirs.signed(b"said", raw, "raw")
    for wrong in (b"", b"x", der[:-1], der + b"\0", b"\x30\x80" + der[2:] + b"\0\0", raw, bytes(64)):
        assert not theirs.signed(b"said", wrong, "der")
    for wrong in (b"", raw[:-1], raw + b"\0", der, bytes(64), b"\xff" * 64):
        assert not theirs.signed(b"said", wrong, "raw")
    assert theirs.signed(b"said", der, "der")  # what was no signature left no error behind


@pytest.mark.parametrize("text", ["", "zz", "Zg", "f" * 127, "f" * 130, "０" * 128])
def test_what_is_not_written_as_a_signature_is_none(text):
    assert read(text, "raw") == b""
    assert read("é" + text, "der") == b""


@pytest.mark.parametrize("held", [None, "", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "P-256"])
def test_a_key_that_is_none_is_refused_with_its_place_and_without_a_word_of_it(held, file, tmp_path):
    if held == "P-256":
        held = sm_keys._openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256").decode()
    path = file("key.pem", held) if held is not None else str(tmp_path / "none")
    for kind in (SigningKey, PeerKey):
        with pytest.raises(strict.Refused, match=r"departments\.HRSS\.key_file") as caught:
            kind(path, "departments.HRSS.key_file")
        assert "BEGIN" not in str(caught.value)
