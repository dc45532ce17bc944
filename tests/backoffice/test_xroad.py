"""X-Road: what a security server says must be of just this request; its own errors are told from a department's answer."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from kiosk import strict
from kiosk.model.faults import Fault


async def fault_of(adapter, request):
    try:
        with pytest.raises(Fault) as caught:
            await adapter.call(request)
    finally:
        await adapter.close()
    return caught.value


def through(adapter, forge):
    true = adapter._http.send

    async def send(method, path, body, headers, *, within):
        return forge(await true(method, path, body, headers, within=within))

    adapter._http.send = send
    return adapter


def changed(name, value):
    return lambda answer: replace(answer, headers={**answer.headers, name: value})


FORGED = {
    "of another message": changed("x-road-id", "f" * 32),
    "of another client": changed("x-road-client", "SANDBOX/COM/VISITOR/web"),
    "of another service": changed("x-road-service", "SANDBOX/GOV/XM-CITY/counter/mca"),
    "with another id of the server": changed("x-road-request-id", "f" * 32),
    "without a hash": changed("x-road-request-hash", ""),
    "with a hash that is none": changed("x-road-request-hash", "?"),
    "with the hash of another request": changed("x-road-request-hash", base64.b64encode(bytes(64)).decode()),
    "an error that is none": changed("x-road-error", "Client.BadRequest"),
}


@pytest.mark.parametrize("how", FORGED)
async def test_a_forged_reply_is_never_an_answer(how, reach, certificate, decisions):
    for system, request, code in (("PSB-TMS", decisions(), "garbage"), ("HRSS", certificate(), "unknown")):
        fault = await fault_of(through(reach("xroad", system), FORGED[how]), request)
        assert fault.code == f"backoffice.{code}"


async def test_where_headers_change_order_any_hash_will_do_but_one_must_be_there(reach, decisions):
    adapter = through(reach("xroad", "PSB-TMS", request_hash="present"), FORGED["with the hash of another request"])
    assert (await adapter.call(decisions())).data["records"]
    await adapter.close()
    fault = await fault_of(through(reach("xroad", "PSB-TMS", request_hash="present"), FORGED["without a hash"]), decisions())
    assert fault.code == "backoffice.garbage"


async def test_an_earlier_reply_is_no_answer(reach, decisions):
    replies = []

    def first(answer):
        replies.append(answer)
        return replies[0]

    adapter, request = through(reach("xroad", "PSB-TMS"), first), decisions()
    assert (await adapter.call(request)).data["records"]
    assert (await fault_of(adapter, request)).code == "backoffice.garbage"


@pytest.mark.parametrize(
    "wrong",
    [
        {"client": "SANDBOX/GOV/NOBODY/web"},
        {"client": "SANDBOX/COM/VISITOR/web"},
        {"service": "SANDBOX/GOV/XM-CITY/counter/nothing"},
        {"service": "SANDBOX/GOV/ELSEWHERE/counter/hrss"},
    ],
)
async def test_what_a_security_server_refuses_was_surely_not_done(wrong, reach, certificate, sandbox):
    assert (await fault_of(reach("xroad", **wrong), certificate())).code == "backoffice.gateway_key"
    assert sandbox.ledger()["deeds"] == []


@pytest.mark.parametrize("error", ["Server.ServerProxy.NetworkError", "Server.ClientProxy.ServiceFailed.InvalidBody", "Server.New"])
async def test_any_other_error_of_a_security_server_leaves_a_write_unknown(error, reach, certificate, decisions):
    def fails(answer):
        return replace(answer, status=500, headers={"content-type": "application/json", "x-road-error": error}, body=b"{}")

    assert (await fault_of(through(reach("xroad", "PSB-TMS"), fails), decisions())).code == "backoffice.asleep"
    assert (await fault_of(through(reach("xroad"), fails), certificate())).code == "backoffice.unknown"


async def test_no_header_names_the_citizen(reach, certificate):
    adapter, seen = reach("xroad"), []
    true = adapter._http.send

    async def send(method, path, body, headers, *, within):
        seen.extend(headers.values())
        return await true(method, path, body, headers, within=within)

    adapter._http.send = send
    request = certificate()
    await adapter.call(request)
    await adapter.close()
    assert "CNXM0001" in seen and request.person.id_number not in "".join(seen)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"client": "a/b"}, r"departments\.HRSS\.client — is not of 3 or 4 parts"),
        ({"service": "a/b//d/e"}, r"departments\.HRSS\.service — is not of 5 parts"),
    ],
)
def test_an_identifier_that_is_none_is_refused_with_its_place(wrong, place, reach):
    with pytest.raises(strict.Refused, match=place):
        reach("xroad", **wrong)
