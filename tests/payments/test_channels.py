"""The wallets behind the sandbox's gateway verify what the real ones verify; the kiosk holds no key to any of it."""

from __future__ import annotations

import ast
import base64
import json
import re
import secrets
import time
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from kiosk.model.money import Money
from kiosk.payments import Method, Order, OrderState
from kiosk.payments.city import CityGateway
from kiosk.sandbox import pay
from kiosk.sandbox.channels import Deal, Mismatch, Trouble, alipay, wechat
from kiosk.sandbox.channels.alipay_merchant import Alipay
from kiosk.sandbox.channels.trades import Trades
from kiosk.sandbox.channels.wechat_merchant import WeChat
from kiosk.sandbox.records import Records
from kiosk.testing.payments import PaymentGatewayContract

ROOT = Path(__file__).resolve().parent.parent.parent
STRANGER = rsa.generate_private_key(public_exponent=65_537, key_size=2048)


def rsa_sha256(key, text):
    """Written anew from the wallets' documents: what the sandbox signs and verifies must agree with it."""
    return base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), SHA256())).decode()


def verifies(key, text, signature):
    key.public_key().verify(base64.b64decode(signature), text.encode(), padding.PKCS1v15(), SHA256())
    return True


class TestContractWithAlipay(PaymentGatewayContract):
    @pytest.fixture(autouse=True)
    def _stage(self, sandbox):
        self.sandbox = sandbox

    def make(self):
        return CityGateway(url=f"{self.sandbox.url}/pay", deadline=20.0)

    def order(self):
        number = f"XM0002-{secrets.token_hex(4)}-000001-P1"
        return Order(order_no=number, amount=Money(10_300), method=Method.ALIPAY, subject="traffic-fine-pay")

    def phone_pays(self, order):
        assert self.sandbox.pay(order.order_no)

    def breaks(self, how):
        self.sandbox.switch("pay", {"garbage": "html", "well": "none", "other_order": "other_person"}.get(how, how))

    def refunds(self, order):
        return next(one["refunds"] for one in self.sandbox.orders() if one["order_no"] == order.order_no)


@pytest.fixture
def records(tmp_path):
    records = Records(tmp_path / "sandbox.db", ())
    yield records
    records.close()


@pytest.fixture
def trades(records):
    return Trades(records)


# --- WeChat Pay v3 ---


@pytest.fixture
def weixin(trades):
    return wechat.Platform(trades, wechat.Keys())


def wechat_keys(platform):
    return platform._keys


def wechat_order(number="V000001-P1", total=10_300, **changes):
    return {
        "appid": wechat.APPID,
        "mchid": wechat.MCHID,
        "description": "traffic-fine-pay",
        "out_trade_no": number,
        "time_expire": datetime.fromtimestamp(time.time() + 120, wechat.CHINA).isoformat(timespec="seconds"),
        "notify_url": "http://127.0.0.1:9/notify/wechat",
        "amount": {"total": total, "currency": "CNY"},
    } | changes


def authorization(key, serial, *, method="POST", path="/v3/x", body=b"{}", at=None, mchid=wechat.MCHID):
    timestamp, nonce = str(int(at or time.time())), "593BEC0C930BF1AFEB40B4A08C8FB242"
    signature = rsa_sha256(key, f"{method}\n{path}\n{timestamp}\n{nonce}\n{body.decode()}\n")
    return (
        f'WECHATPAY2-SHA256-RSA2048 mchid="{mchid}",nonce_str="{nonce}",signature="{signature}",'
        f'timestamp="{timestamp}",serial_no="{serial}"'
    )


def test_wechat_takes_what_the_merchant_signed_and_nothing_else(weixin):
    keys = wechat_keys(weixin)
    ours, serial = keys.merchant.private, keys.merchant.serial

    def check(written, *, method="POST", path="/v3/x", body=b"{}"):
        weixin.authorized(method, path, written, body, time.time())

    check(authorization(ours, serial))
    for forged, asked in (
        ("", {}),
        ("Bearer x", {}),
        (authorization(STRANGER, serial), {}),
        (authorization(ours, "ANOTHER"), {}),
        (authorization(ours, serial, mchid="1900000000"), {}),
        (authorization(ours, serial, at=time.time() - 301), {}),
        (authorization(ours, serial), {"body": b'{"a":1}'}),
        (authorization(ours, serial), {"body": b"\xff"}),
        (authorization(ours, serial), {"path": "/v3/y"}),
        (authorization(ours, serial), {"method": "GET"}),
    ):
        with pytest.raises(wechat.Refusal) as refused:
            check(forged, **asked)
        assert (refused.value.status, refused.value.code) == (401, "SIGN_ERROR")


def test_wechats_gateway_signs_as_the_documents_say(weixin):
    keys = wechat_keys(weixin)
    written = WeChat(keys).authorization("GET", "/v3/certificates?a=b", b"")
    facts = dict(re.findall(r'(\w+)="([^"]*)"', written))
    assert written.startswith("WECHATPAY2-SHA256-RSA2048 ")
    text = f"GET\n/v3/certificates?a=b\n{facts['timestamp']}\n{facts['nonce_str']}\n\n"
    assert verifies(keys.merchant.private, text, facts["signature"])


def test_wechats_trade_from_the_qr_to_the_refund(weixin, trades):
    number = "V000001-P1"
    assert weixin.native(wechat_order()) == weixin.native(wechat_order()), "the same number is one order"
    for other in (wechat_order(total=10_200), wechat_order(mchid="1"), wechat_order("x" * 33)):
        with pytest.raises(wechat.Refusal, match=r"INVALID_REQUEST|PARAM_ERROR"):
            weixin.native(other)

    def state():
        return weixin.look_up(number)[1]["trade_state"]

    assert state() == "NOTPAY"
    trades.look(number)
    assert state() == "USERPAYING"
    assert trades.pay(number) and not trades.pay(number)
    assert state() == "SUCCESS"
    for do in (lambda: weixin.close(number, {"mchid": wechat.MCHID}), lambda: weixin.native(wechat_order())):
        with pytest.raises(wechat.Refusal, match="ORDERPAID"):
            do()
    whole = {"refund": 10_300, "total": 10_300, "currency": "CNY"}
    asked = {"out_trade_no": number, "out_refund_no": "V000001-R1", "amount": whole}
    assert weixin.refund(asked) == weixin.refund(asked)
    with pytest.raises(wechat.Refusal, match="INVALID_REQUEST"):
        weixin.refund(asked | {"amount": whole | {"refund": 10_200}})
    with pytest.raises(wechat.Refusal, match="NOT_ENOUGH"):
        weixin.refund(asked | {"out_refund_no": "V000001-R2"})
    assert state() == "REFUND" and trades.of(number)["refunds"] == 1


def test_wechats_trade_is_closed_once_and_for_all(weixin, trades):
    weixin.native(wechat_order())
    assert weixin.close("V000001-P1", {"mchid": wechat.MCHID}) == (204, None)
    assert not trades.pay("V000001-P1")
    for do in (lambda: weixin.close("V000001-P1", {"mchid": wechat.MCHID}), lambda: weixin.native(wechat_order())):
        with pytest.raises(wechat.Refusal, match="ORDER_CLOSED"):
            do()
    with pytest.raises(wechat.Refusal, match="ORDER_NOT_EXIST"):
        weixin.look_up("NOBODYS")


def test_wechats_callback_is_sealed_and_signed(weixin):
    keys = wechat_keys(weixin)
    body, headers = weixin.callback({"out_trade_no": "V1"})
    text = f"{headers['Wechatpay-Timestamp']}\n{headers['Wechatpay-Nonce']}\n{body.decode()}\n"
    assert verifies(keys.platform.private, text, headers["Wechatpay-Signature"])
    sealed = json.loads(body)["resource"]
    assert (sealed["algorithm"], len(sealed["nonce"]), len(keys.api_v3)) == ("AEAD_AES_256_GCM", 12, 32)
    opened = AESGCM(keys.api_v3).decrypt(
        sealed["nonce"].encode(), base64.b64decode(sealed["ciphertext"]), sealed["associated_data"].encode()
    )
    assert json.loads(opened) == {"out_trade_no": "V1"}


def told_by_wechat(platform, number, amount_fen, **changes):
    """A callback, header names in lower case as a server sees them."""
    paid = {"appid": wechat.APPID, "mchid": wechat.MCHID, "out_trade_no": number, "trade_state": "SUCCESS"}
    body, headers = platform.callback(paid | {"amount": {"total": amount_fen, "currency": "CNY"}} | changes)
    return {name.lower(): value for name, value in headers.items()}, body


def test_a_forged_wechat_callback_is_not_believed(weixin):
    ours, stranger = WeChat(wechat_keys(weixin)), wechat.Platform(None, wechat.Keys())
    headers, body = told_by_wechat(weixin, "V1", 100)
    strange = told_by_wechat(stranger, "V1", 100)
    assert ours.told(headers, body) == ("V1", 100)
    old = str(int(time.time()) - 301)
    forged = [
        strange,
        ({**strange[0], "wechatpay-serial": headers["wechatpay-serial"]}, strange[1]),
        (headers, body.replace(b"SUCCESS", b"SUCCES5")),
        ({}, body),
        ({**headers, "wechatpay-nonce": "0" * 32}, body),
        ({**headers, "wechatpay-timestamp": old, "wechatpay-signature": wechat_keys(weixin).platform.sign(
            wechat.answer_text(old, headers["wechatpay-nonce"], body))}, body),
        told_by_wechat(weixin, "V1", 100, mchid="1900000000"),
        told_by_wechat(weixin, "V1", 100, trade_state="NOTPAY"),
    ]  # fmt: skip
    unsealed = json.dumps(json.loads(body) | {"resource": json.loads(body)["resource"] | {"ciphertext": "AAAA"}}).encode()
    forged.append(({name.lower(): value for name, value in weixin.signature(unsealed).items()}, unsealed))
    for one in forged:
        with pytest.raises(Trouble):
            ours.told(*one)


# --- Alipay ---


@pytest.fixture
def zhifubao(trades):
    return alipay.Platform(trades, alipay.Keys())


def sorted_text(parameters, *left_out):
    return "&".join(f"{key}={value}" for key, value in sorted(parameters.items()) if key not in left_out and value != "")


def alipay_request(key, **changes):
    facts = {
        "app_id": alipay.APP_ID, "method": "alipay.trade.query", "charset": "utf-8", "sign_type": "RSA2", "version": "1.0",
        "timestamp": datetime.now(alipay.CHINA).strftime("%Y-%m-%d %H:%M:%S"), "biz_content": '{"out_trade_no":"V1"}', "notify_url": "",
    } | changes  # fmt: skip
    return facts | {"sign": rsa_sha256(key, sorted_text(facts, "sign"))}


def test_alipay_takes_what_the_merchant_signed_and_nothing_else(zhifubao):
    ours = zhifubao._keys.merchant.private
    zhifubao.authorized(alipay_request(ours), time.time())
    for forged in (
        {},
        alipay_request(STRANGER),
        alipay_request(ours) | {"biz_content": '{"out_trade_no":"V2"}'},
        alipay_request(ours) | {"notify_url": "http://127.0.0.1:9"},
        alipay_request(ours, app_id="2021"),
        alipay_request(ours, sign_type="RSA"),
        alipay_request(ours, timestamp="2020-01-01 00:00:00"),
        alipay_request(ours, timestamp="now"),
    ):
        with pytest.raises(alipay.Refusal) as refused:
            zhifubao.authorized(forged, time.time())
        assert refused.value.code == "40002"


def test_alipays_gateway_signs_as_the_documents_say(zhifubao):
    form = dict(parse_qsl(Alipay(zhifubao._keys).form("http://127.0.0.1:9", "alipay.trade.query", {"out_trade_no": "订单"}).decode()))
    assert verifies(zhifubao._keys.merchant.private, sorted_text(form, "sign"), form["sign"])


def test_alipays_answer_is_verified_as_it_was_written(zhifubao):
    ours = Alipay(zhifubao._keys)
    written = zhifubao.answer("alipay.trade.query", {"code": "10000", "trade_status": "TRADE_SUCCESS"}, signed=True).decode()
    assert ours.trusted("alipay.trade.query", written)["trade_status"] == "TRADE_SUCCESS"
    node, sign = re.fullmatch(r'\{"alipay_trade_query_response":(\{.*\}),"sign":"(.*)"\}', written).groups()
    assert verifies(zhifubao._keys.platform.private, node, sign)
    unsigned = zhifubao.answer("alipay.trade.query", {"code": "10000"}, signed=False).decode()
    for forged in (written.replace("SUCCESS", "CLOSED"), written.replace(": ", ":"), unsigned, "", "<html>"):
        with pytest.raises(Trouble):
            ours.trusted("alipay.trade.query", forged)
    with pytest.raises(Trouble):
        ours.trusted("alipay.trade.refund", written)


def alipay_order(number="V000001-P1", amount="103.00"):
    expire = datetime.fromtimestamp(time.time() + 120, alipay.CHINA).strftime(alipay.TIME)
    return {"out_trade_no": number, "total_amount": amount, "subject": "traffic-fine-pay", "time_expire": expire}


def test_alipays_trade_begins_when_somebody_scans(zhifubao, trades):
    number = {"out_trade_no": "V000001-P1"}
    assert zhifubao.precreate(alipay_order(), "") == zhifubao.precreate(alipay_order(), "")
    with pytest.raises(alipay.Refusal, match=r"ACQ\.CONTEXT_INCONSISTENT"):
        zhifubao.precreate(alipay_order(amount="102.00"), "")
    with pytest.raises(alipay.Refusal, match=r"ACQ\.TRADE_NOT_EXIST"):
        zhifubao.query(number, "")
    trades.look(number["out_trade_no"])
    assert zhifubao.query(number, "")["trade_status"] == "WAIT_BUYER_PAY"
    trades.pay(number["out_trade_no"])
    assert zhifubao.query(number, "")["trade_status"] == "TRADE_SUCCESS"
    with pytest.raises(alipay.Refusal, match=r"ACQ\.TRADE_HAS_SUCCESS"):
        zhifubao.precreate(alipay_order(), "")
    back = number | {"refund_amount": "103.00", "out_request_no": "V000001-R1"}
    assert [zhifubao.refund(back, "")["fund_change"] for _ in range(2)] == ["Y", "N"]
    for change, code in (({"refund_amount": "1.00"}, "DISCORDANT_REPEAT_REQUEST"), ({"out_request_no": "R2"}, "REFUND_AMT_NOT_EQUAL")):
        with pytest.raises(alipay.Refusal, match=code):
            zhifubao.refund(back | change, "")
    assert zhifubao.query(number, "")["trade_status"] == "TRADE_CLOSED" and trades.of("V000001-P1")["refunds"] == 1


@pytest.mark.parametrize(("done", "action"), [((), None), (("look",), "close"), (("pay",), "refund")])
def test_alipays_cancel_succeeds_whatever_the_trade_is(zhifubao, trades, done, action):
    zhifubao.precreate(alipay_order(), "")
    for one in done:
        getattr(trades, one)("V000001-P1")
    said = zhifubao.cancel({"out_trade_no": "V000001-P1"}, "")
    assert (said["retry_flag"], said.get("action")) == ("N", action)
    assert not trades.pay("V000001-P1")
    assert zhifubao.cancel({"out_trade_no": "NOBODYS"}, "").get("action") is None


def test_a_forged_alipay_notification_is_not_believed(zhifubao):
    ours, stranger = Alipay(zhifubao._keys), alipay.Platform(None, alipay.Keys())
    body = zhifubao.notification("V1", 10_300)
    assert ours.told({}, body) == ("V1", 10_300)
    facts = dict(parse_qsl(body.decode()))
    assert verifies(zhifubao._keys.platform.private, sorted_text(facts, "sign", "sign_type"), facts["sign"])

    def signed(**changes):
        changed = {key: value for key, value in facts.items() if key != "sign"} | changes
        return urlencode(changed | {"sign": rsa_sha256(zhifubao._keys.platform.private, sorted_text(changed, "sign_type"))}).encode()

    assert ours.told({}, signed()) == ("V1", 10_300)
    for forged in (
        stranger.notification("V1", 10_300),
        body.replace(b"103.00", b"104.00"),
        signed(app_id="2021"),
        signed(seller_id="2088"),
        signed(trade_status="WAIT_BUYER_PAY"),
        signed(total_amount="1e2"),
        b"",
        b"\xff",
    ):
        with pytest.raises(Trouble):
            ours.told({}, forged)


# --- the gateway between ---


class Spoken(Alipay):
    """Alipay without the wire; `meanwhile` is what happens between the gateway's question and its next word."""

    def __init__(self, platform):
        super().__init__(platform._keys)
        self.platform, self.meanwhile = platform, lambda: None

    async def _ask(self, base, method, asked):
        try:
            return {"code": "10000"} | self.platform.methods[method](asked, "")
        except alipay.Refusal as refusal:
            return {"code": refusal.code, "sub_code": refusal.sub_code}
        finally:
            if method == "alipay.trade.query":
                self.meanwhile()


async def test_who_pays_between_the_last_question_and_the_cancel_has_the_money_back(zhifubao, trades):
    merchant = Spoken(zhifubao)
    deal = Deal(order_no="V000001-P1", amount_fen=10_300, subject="x", expires_at=int(time.time()) + 120)
    await merchant.create("", deal)
    merchant.meanwhile = lambda: trades.pay("V000001-P1")
    assert await merchant.close("", deal) == "REFUND"
    row = trades.of("V000001-P1")
    assert (row["payments"], row["refunds"]) == (1, 1)
    assert await merchant.query("", deal) == "REFUND"


async def test_a_qr_nobody_scanned_waits_until_its_time_is_over(zhifubao):
    merchant = Spoken(zhifubao)
    deal = Deal(order_no="V000001-P1", amount_fen=10_300, subject="x", expires_at=int(time.time()) + 120)
    await merchant.create("", deal)
    assert await merchant.query("", deal) == "NOTPAY"
    assert await merchant.query("", Deal(order_no="V000001-P1", amount_fen=10_300, subject="x", expires_at=1)) == "CLOSED"
    with pytest.raises(Mismatch):
        await merchant.create("", Deal(order_no="V000001-P1", amount_fen=1, subject="x", expires_at=deal.expires_at))


def test_a_callback_told_twice_or_late_or_of_other_money(records):
    gateway = pay.Gateway(records)
    facts = "order_no, amount_fen, method, subject, expires_at, opened_at, state"
    add = f"INSERT INTO city_order ({facts}) VALUES (?, 100, 'wechat', 'x', 9e9, 0, ?)"
    for number, state in (("OPEN", "NOTPAY"), ("LATE", "CLOSED"), ("BACK", "REFUND")):
        records.db.execute(add, (number, state))
        for _ in range(2):
            gateway.told("wechat", *told_by_wechat(gateway.wechat, number, 100))
    states = {row["order_no"]: row["state"] for row in records.rows("SELECT * FROM city_order")}
    assert states == {"OPEN": "SUCCESS", "LATE": "SUCCESS", "BACK": "REFUND"}
    for number, amount in (("OPEN", 99), ("NOBODYS", 100)):
        with pytest.raises(Trouble):
            gateway.told("wechat", *told_by_wechat(gateway.wechat, number, amount))
    with pytest.raises(Trouble):
        gateway.told("alipay", {}, gateway.alipay.notification("OPEN", 100))


async def test_forged_callbacks_at_the_real_gateway_make_nobody_pay(sandbox):
    gateway = CityGateway(url=f"{sandbox.url}/pay")
    stranger = wechat.Platform(None, wechat.Keys()), alipay.Platform(None, alipay.Keys())
    orders = [Order(order_no=f"F{method.value}-P1", amount=Money(100), method=method, subject="x") for method in Method]
    for order in orders:
        await gateway.create(order)
    with requests.Session() as session:
        session.trust_env = False
        headers, body = told_by_wechat(stranger[0], orders[0].order_no, 100)
        answers = [session.post(f"{sandbox.url}/notify/wechat", data=body, headers=headers)]
        answers.append(session.post(f"{sandbox.url}/notify/alipay", data=stranger[1].notification(orders[1].order_no, 100)))
        assert [(one.status_code, one.text) for one in answers] == [(401, "fail")] * 2
        # Nor does a wallet do anything for who cannot sign.
        asked = session.post(f"{sandbox.url}/wechat/v3/refund/domestic/refunds", json={"out_trade_no": orders[0].order_no})
        assert (asked.status_code, asked.json()["code"]) == (401, "SIGN_ERROR") and "Wechatpay-Signature" not in asked.headers
        form = alipay_request(STRANGER, method="alipay.trade.cancel", biz_content=json.dumps({"out_trade_no": orders[1].order_no}))
        asked = session.post(f"{sandbox.url}/alipay/gateway.do", data=form)
        assert asked.json() == {"error_response": {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-signature"}}
    assert [await gateway.query(order) for order in orders] == [OrderState.WAITING] * 2
    await gateway.close()


# --- and the kiosk ---

WORDS = re.compile(r"WECHATPAY2|api_?v3|mchid|api\.mch\.weixin|openapi\.alipay|gateway\.do|RSA2|merchant_?key", re.IGNORECASE)


def test_the_kiosk_knows_the_city_gateway_alone_and_holds_no_key():
    house = [path for path in (ROOT / "kiosk").rglob("*") if path.suffix in (".py", ".toml") and "sandbox" not in path.parts]
    for path in [*house, ROOT / "config.toml"]:
        assert not WORDS.search(path.read_text()), path
    for path in (ROOT / "kiosk/payments").glob("*.py"):
        names = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
        }
        assert names <= {"__future__", "abc", "collections", "dataclasses", "datetime", "enum", "json", "uuid", "typing", "kiosk"}, path
