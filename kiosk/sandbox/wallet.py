"""The citizen's phone, and where the wallets tell the city what was paid."""

from __future__ import annotations

import html
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from kiosk.sandbox.channels import Trouble, alipay, wechat
from kiosk.sandbox.pay import Gateway


def routes(gateway: Gateway) -> APIRouter:
    """The citizen's phone, the wallets' own interfaces behind the gateway, and where they tell it what was paid."""
    router = APIRouter()
    router.include_router(wechat.routes(gateway.wechat))
    router.include_router(alipay.routes(gateway.alipay))

    @router.post("/notify/{method}", include_in_schema=False)
    async def notify(method: Literal["wechat", "alipay"], request: Request) -> Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            gateway.told(method, headers, await request.body())
        except Trouble:
            return Response("fail", 401, media_type="text/plain")
        return Response(status_code=204) if method == "wechat" else Response("success", media_type="text/plain")

    phone = APIRouter(prefix="/wallet", tags=["wallet: the citizen's phone"])

    @phone.get("/{order_no}", response_class=HTMLResponse, responses={404: {"description": "no such order"}})
    async def page(order_no: str) -> HTMLResponse:
        order = gateway.trades.of(order_no)
        if order is None:
            return HTMLResponse("<!doctype html><meta charset=utf-8><title>演示钱包</title><p>没有这张订单。</p>", 404)
        gateway.trades.look(order_no)
        states = {"NOTPAY": "待支付", "SUCCESS": "支付成功", "CLOSED": "订单已关闭", "REFUND": "已退款"}
        button = f'<form method=post action="/wallet/{html.escape(order_no)}/pay"><button>支付</button></form>'
        return HTMLResponse(
            "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport content='width=device-width'><title>演示钱包</title>"
            "<style>body{font:20px sans-serif;text-align:center;margin:12vh 1em}button{font-size:1.2em;padding:.6em 3em}</style>"
            f"<h1>¥{order['amount_fen'] / 100:.2f}</h1><p>{html.escape(order['subject'])}</p><p>{states[order['state']]}</p>"
            f"{button if order['state'] == 'NOTPAY' else ''}<p>演示钱包，不会真的扣款</p>"
        )

    @phone.post("/{order_no}/pay", response_class=HTMLResponse, responses={409: {"description": "paid already, closed, or none"}})
    async def pay(order_no: str) -> HTMLResponse:
        paid = await gateway.pay(order_no)
        words = "支付成功" if paid else "这张订单不能支付（已支付或已关闭）"
        return HTMLResponse(
            f"<!doctype html><html lang=zh-CN><meta charset=utf-8><title>演示钱包</title><p>{words}</p>", 200 if paid else 409
        )

    router.include_router(phone)
    return router
