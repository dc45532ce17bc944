"""Replies of a gateway under the national algorithms: only one that it signed for just this request, just now, is an answer."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import replace

import pytest

from kiosk import strict
from kiosk.model.faults import Fault
from kiosk.sandbox.sm_keys import Keys, opened, raw, sealed, sm3


@pytest.fixture
def between(reach, told, file, tmp_path):
    """An adapter whose gateway is this test: it opens the sandbox's true answers and signs them again, as `forge` wants it."""
    (tmp_path / "keys").mkdir()
    keys, secret = Keys(tmp_path / "keys"), told["sm"]["secret"]

    def reply(answer, nonce, plain, *, sealed_for=None, signed_for=None, late=0, by=keys, status=None, clear=False):
        about = b"reply " + (sealed_for or nonce).encode()
        body = plain if clear else json.dumps({"encData": sealed(secret, plain, about)}).encode()
        moment = str(int((time.time() - late) * 1000))
        said = "\n".join((str(status or answer.status), signed_for or nonce, moment, sm3(body)))
        sign = base64.b64encode(by.signed(said.encode())).decode()
        return replace(answer, body=body, headers={**answer.headers, "x-egov-timestamp": moment, "x-egov-sign": sign})

    def make(system, forge):
        adapter = reach("sm-der", system, peer_key_file=file("between.pem", keys.told()["peer_key"]))
        true = adapter._http.send

        async def send(method, path, body, headers, *, within):
            answer = await true(method, path, body, headers, within=within)
            nonce = headers["X-EGov-Nonce"]
            plain = opened(secret, json.loads(answer.body)["encData"], b"reply " + nonce.encode())
            return forge(answer, nonce, plain, reply)

        adapter._http.send = send
        return adapter

    return make


async def asked(adapter, request):
    try:
        return await adapter.call(request)
    finally:
        await adapter.close()


def changed(answer, **headers):
    return replace(answer, headers={**answer.headers, **{f"x-egov-{name}": value for name, value in headers.items()}})


def flipped(answer, nonce, plain, reply):
    """One bit of the cipher text, under a right signature: the tag alone can tell."""
    good = reply(answer, nonce, plain)
    whole = bytearray(base64.b64decode(json.loads(good.body)["encData"]))
    whole[20] ^= 1
    return reply(answer, nonce, json.dumps({"encData": base64.b64encode(whole).decode()}).encode(), clear=True)


# how → (what is sent instead, why it is no answer)
FORGED = {
    "said to another request": (lambda a, n, p, reply: reply(a, n, p, signed_for="f" * 32), "not signed by the gateway"),
    "sealed for another request": (lambda a, n, p, reply: reply(a, n, p, sealed_for="f" * 32), "not sealed for us"),
    "said two minutes ago": (lambda a, n, p, reply: reply(a, n, p, late=120), "signed at another time"),
    "said in two minutes": (lambda a, n, p, reply: reply(a, n, p, late=-120), "signed at another time"),
    "with another status": (lambda a, n, p, reply: reply(a, n, p, status=409), "not signed by the gateway"),
    "a wrong tag": (flipped, "not sealed for us"),
    "not enciphered": (lambda a, n, p, reply: reply(a, n, p, clear=True), "schema: "),
    "no base64": (lambda a, n, p, reply: reply(a, n, b'{"encData":"?"}', clear=True), "not base64"),
    "not signed": (lambda a, n, p, reply: changed(reply(a, n, p), sign=""), "not signed by the gateway"),
    "signed by another gateway": (lambda a, n, p, reply: a, "not signed by the gateway"),  # whose key this adapter does not know
    "with a body changed on the way": (lambda a, n, p, reply: replace(reply(a, n, p), body=a.body), "not signed by the gateway"),
    "at no time": (lambda a, n, p, reply: changed(reply(a, n, p), timestamp="x"), "not signed by the gateway"),
    "refused, and not signed": (lambda a, n, p, reply: replace(a, status=401, body=REFUSAL), "not signed by the gateway"),
}
REFUSAL = b'{"code":401,"message":"signature invalid","data":null}'


async def test_what_the_gateway_says_is_taken(between, certificate, decisions):
    def well(answer, nonce, plain, reply):
        return reply(answer, nonce, plain)

    assert (await asked(between("PSB-TMS", well), decisions())).data["records"]
    assert (await asked(between("HRSS", well), certificate())).data["number"]


@pytest.mark.parametrize("how", FORGED)
async def test_a_forged_reply_is_never_an_answer(how, between, certificate, decisions):
    for system, request, code in (("PSB-TMS", decisions(), "garbage"), ("HRSS", certificate(), "unknown")):
        with pytest.raises(Fault) as caught:
            await asked(between(system, FORGED[how][0]), request)
        assert caught.value.code == f"backoffice.{code}" and FORGED[how][1] in str(caught.value)


async def test_an_earlier_reply_of_the_gateway_is_no_answer(between, decisions):
    replies = []

    def first(answer, nonce, plain, reply):
        replies.append(reply(answer, nonce, plain))
        return replies[0]

    adapter = between("PSB-TMS", first)
    request = decisions()
    assert (await adapter.call(request)).data["records"]
    with pytest.raises(Fault, match="not signed by the gateway"):
        await asked(adapter, request)


async def test_the_other_way_of_writing_a_signature_is_refused(between, decisions):
    def side_by_side(answer, nonce, plain, reply):
        good = reply(answer, nonce, plain)
        return changed(good, sign=raw(base64.b64decode(good.headers["x-egov-sign"])).hex())

    with pytest.raises(Fault, match="not signed by the gateway"):
        await asked(between("PSB-TMS", side_by_side), decisions())


async def test_a_body_changed_on_the_way_is_refused_by_the_gateway_and_nothing_is_done(reach, certificate, sandbox):
    adapter = reach("sm-der")
    true = adapter._http.send

    async def send(method, path, body, headers, *, within):
        return await true(method, path, body.replace(b'"encData"', b'"encData" '), headers, within=within)

    adapter._http.send = send
    with pytest.raises(Fault, match="gateway: key"):
        await asked(adapter, certificate())
    assert sandbox.ledger()["deeds"] == []


async def test_nobody_on_the_line_reads_a_name(reach, certificate):
    adapter, seen = reach("sm-der"), []
    true = adapter._http.send

    async def send(method, path, body, headers, *, within):
        answer = await true(method, path, body, headers, within=within)
        seen.extend((body.decode(), repr(headers), answer.body.decode()))
        return answer

    adapter._http.send = send
    request = certificate()
    await asked(adapter, request)
    assert seen and not [text for text in seen if request.person.name in text or request.person.id_number in text]


async def test_a_cipher_key_of_somebody_else_is_for_staff_and_nothing_was_done(reach, file, certificate, sandbox):
    with pytest.raises(Fault, match="gateway: key"):
        await asked(reach("sm-der", secret_file=file("other", "00" * 16)), certificate())
    assert sandbox.ledger()["deeds"] == []


def test_a_cipher_key_that_is_none_is_refused(reach, file):
    with pytest.raises(strict.Refused, match="the SM4 key is not 32 hex digits"):
        reach("sm-der", secret_file=file("short", "abc"))
