"""ECARD: the city's e通卡: what is on it, what was paid for it, and its writing through whatever reader it lies on.

Every write (a top-up, a concession's new last day) is kept under the card's number until the card itself has confirmed it. So a card
that was lifted is written at its next visit, oldest write first, and nothing is written twice: the card's load counter tells.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
import tomllib
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.documents import case_no
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS ecard (
    card TEXT PRIMARY KEY, kind TEXT NOT NULL, id_number TEXT NOT NULL, state TEXT NOT NULL, valid_until TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ecard_write (
    write_no TEXT PRIMARY KEY, card TEXT NOT NULL, kind TEXT NOT NULL, amount_fen INTEGER NOT NULL, valid_until TEXT NOT NULL,
    order_no TEXT UNIQUE, state TEXT NOT NULL, counter INTEGER, before_fen INTEGER, balance_fen INTEGER, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ecard_running (
    card TEXT PRIMARY KEY, write_no TEXT NOT NULL, stage TEXT NOT NULL, terminal TEXT NOT NULL, random TEXT NOT NULL,
    before_fen INTEGER NOT NULL, time TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ecard_ride (
    card TEXT NOT NULL, at TEXT NOT NULL, what TEXT NOT NULL, fen INTEGER NOT NULL, balance_fen INTEGER NOT NULL);
"""
# The company's key of the invented cards. The simulated card has its own copy, as a real one has.
KEY = b"invented e-card key of the simulator"
MOST = 100_000  # fen a purse may hold
SUCCESS, TOO_MUCH = b"\x90\x00", bytes.fromhex("9402")
UNSURE = "以写卡后的卡内余额为准"
PENDING, WRITTEN, REVERSED = "pending", "written", "reversed"

# card → (kind, whose, state, fen on it when the records begin). Nobody owns a card of the ordinary kind.
CARDS = {
    "3104999900000000018": ("ordinary", "", "ok", 1_280),
    "3104999900000000026": ("ordinary", "", "ok", 90),
    "3104999900000000034": ("ordinary", "", "lost", 4_400),
    "3104999900000000117": ("senior", "c05", "ok", 0),
    "3104999900000000125": ("student", "c07", "ok", 2_650),
    "3104999900000000133": ("love", "c03", "ok", 0),
    "3104999900000000141": ("honour", "c04", "ok", 0),
}
KINDS = {"ordinary": "普通卡", "senior": "敬老卡", "student": "学生优惠卡", "love": "爱心卡", "honour": "优抚卡"}
RIDES = (("公交 1 路 轮渡—厦大", 100), ("地铁 1 号线 镇海路—岩内", 520), ("公交 87 路 火车站—五通", 80), ("BRT 快 3 线 第一码头—前埔", 150))

CardNo = Annotated[str, Field(pattern=r"^\d{19}$")]
Amount = Literal["50", "100", "200", "500", "pending"]


class ReadCard(Body):
    card: CardNo
    balance_fen: int = Field(ge=0, strict=True)
    amount: Amount


class CreateTopup(ReadCard):
    order_no: str = Field(default="", max_length=64)
    amount_fen: int = Field(default=0, ge=0, strict=True)


class WriteCard(Body):
    card: CardNo
    write_no: int = Field(ge=1, le=9, strict=True, description="which laying down of the card in this visit")
    round: int = Field(ge=1, le=99, strict=True)
    responses: list[str] = Field(default=[], max_length=8, description="hex, one for each command of the round before")


class Reverse(Body):
    order_no: str = Field(min_length=4, max_length=64)


class ListTransactions(Body):
    card: CardNo
    balance_fen: int = Field(ge=0, strict=True)


class Fact(BaseModel):
    label: str
    value: str


class Facts(BaseModel):
    facts: list[Fact]


class Topup(BaseModel):
    case_no: str
    card: str
    before: str
    amount: str
    after: str


class Script(BaseModel):
    apdus: list[str]
    done: bool
    balance_fen: int | None = None


class Reversed(BaseModel):
    reversed: Literal[True]


class Entry(BaseModel):
    title: str
    rows: list[Fact]


class Transactions(BaseModel):
    balance: str
    pending: str
    records: list[Entry]


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    for number, (kind, citizen, state, fen) in CARDS.items():
        # A concession is good until the last day of the year.
        valid = "" if kind == "ordinary" else f"{now.year}1231"
        owner = people[citizen]["id_number"] if citizen else ""
        db.execute("INSERT INTO ecard VALUES (?, ?, ?, ?, ?)", (number, kind, owner, state, valid))
        for ago, (what, fare) in enumerate(RIDES):
            at = now - timedelta(days=ago * 2 + 1, hours=int(number[-3:]) % 9)
            paid = fare if kind == "ordinary" else fare // 2 if kind == "student" else 0
            db.execute("INSERT INTO ecard_ride VALUES (?, ?, ?, ?, ?)", (number, f"{at:%Y-%m-%d %H:%M}", what, -paid, fen))
            fen += paid


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/ecard", tags=["ECARD e通卡"], responses=REFUSALS)

    @router.post("/readCard", operation_id="ECARD.readCard", response_model=Reply[Facts])
    async def read_card(body: ReadCard, call: Annotated[Call, Depends()]) -> Any:
        """May this much be loaded? Refused with the reason, or what will be on the card."""
        return call.reply({"facts": _loadable(records, body)[0]}, message="查询成功")

    @router.post("/createTopup", operation_id="ECARD.createTopup", response_model=Reply[Topup])
    async def create_topup(body: CreateTopup, call: Annotated[Call, Depends()]) -> Any:
        """Take the paid top-up as a pending write of the card. The same key twice is one top-up."""
        return call.reply(records.once("ECARD", call.key, call.operation, body.model_dump(), lambda: _topped_up(records, body)))

    async def write(body: WriteCard, call: Annotated[Call, Depends()]) -> Any:
        """The next commands for the card that lies there, until all its pending writes are confirmed by the card."""
        done = records.once("ECARD", call.key, call.operation, body.model_dump(), lambda: next_commands(records, body, call.station))
        return call.reply(done)

    for name in ("writeCard", "writeReview"):
        router.post(f"/{name}", operation_id=f"ECARD.{name}", response_model=Reply[Script], response_model_exclude_none=True)(write)

    @router.post("/reverse", operation_id="ECARD.reverse", response_model=Reply[Reversed])
    async def reverse(body: Reverse, call: Annotated[Call, Depends()]) -> Any:
        """Take back a paid top-up that no command of has reached the card; the money is for the gateway to return."""
        return call.reply(records.once("ECARD", call.key, call.operation, body.model_dump(), lambda: _reversed(records, body)))

    @router.post("/listTransactions", operation_id="ECARD.listTransactions", response_model=Reply[Transactions])
    async def list_transactions(body: ListTransactions, call: Annotated[Call, Depends()]) -> Any:
        """The last rides and top-ups of a card, and what still waits to be written on it."""
        return call.reply(_transactions(records, body), message="查询成功")

    return router


def yuan(fen: int) -> str:
    return f"{fen / 100:.2f} 元"


def good_card(records: Records, number: str) -> sqlite3.Row:
    card = records.row("SELECT * FROM ecard WHERE card = ?", number)
    if card is None:
        raise Refusal("ECARD-4040", "没有这张卡的记录", 404)
    if card["state"] != "ok":
        raise Refusal("ECARD-4091", "该卡已挂失")
    return card


def pending(records: Records, number: str) -> list[sqlite3.Row]:
    return records.rows("SELECT * FROM ecard_write WHERE card = ? AND state = ? ORDER BY rowid", number, PENDING)


def _loadable(records: Records, body: ReadCard) -> tuple[list[dict[str, str]], dict[str, str]]:
    """What to tell before, and what to say after it. Raises Refusal."""
    card = good_card(records, body.card)
    left = [one for one in pending(records, body.card) if one["kind"] == "topup"]
    if body.amount == "pending" and not left:
        raise Refusal("ECARD-4041", "这张卡没有待补写的充值", 404)
    there = [(one["amount_fen"], _is_there(one, body.balance_fen)) for one in left]
    waiting, landed = sum(fen for fen, done in there if not done), sum(fen for fen, done in there if done)
    unsure = any(done is None for _, done in there)
    paid = 0 if body.amount == "pending" else int(body.amount) * 100
    after = body.balance_fen + waiting + paid
    if after > MOST:
        raise Refusal("ECARD-4092", "卡内余额超过上限")
    told = {"card": body.card, "before": yuan(body.balance_fen), "amount": yuan(waiting + paid), "after": yuan(after)}
    if unsure:
        told["amount"] = told["after"] = UNSURE
    facts = {"卡种": KINDS[card["kind"]], "充值前余额": told["before"], "充值后余额": told["after"]}
    if waiting:
        facts["上次付款未写卡"] = f"{yuan(waiting)}，{'这次核对，没有写入的补写' if unsure else '这次一起写入'}"
    if landed:
        facts["上次的充值"] = f"{yuan(landed)}已经在卡内，这次核对确认"
    return [{"label": label, "value": value} for label, value in facts.items()], told


def _is_there(write: sqlite3.Row, balance_fen: int) -> bool | None:
    """Whether a load that was sent to the card has reached it; None where only the card's counter can tell, when it is written next.

    Nothing but a load makes a purse fuller, and the next load waits for this one.
    """
    if write["before_fen"] is None or balance_fen == write["before_fen"]:
        return False
    return True if balance_fen > write["before_fen"] else None  # emptier: there were rides since


def _topped_up(records: Records, body: CreateTopup) -> dict[str, Any]:
    _, told = _loadable(records, body)
    if body.amount == "pending":
        return {"case_no": next(one["write_no"] for one in pending(records, body.card) if one["kind"] == "topup"), **told}
    if body.amount_fen != int(body.amount) * 100 or len(body.order_no) < 4:
        raise Refusal("ECARD-4093", "支付金额与充值金额不一致")
    if records.row("SELECT 1 FROM ecard_write WHERE order_no = ?", body.order_no):
        raise Refusal("ECARD-4096", "该订单已用于充值")
    return {"case_no": keep(records, body.card, "topup", amount_fen=body.amount_fen, order_no=body.order_no), **told}


def keep(records: Records, card: str, kind: str, *, amount_fen: int = 0, valid_until: str = "", order_no: str | None = None) -> str:
    """Enter a write that waits for its card; returns its number."""
    number = case_no(records, "ECARD")
    row = (number, card, kind, amount_fen, valid_until, order_no, PENDING, f"{records.now():%Y-%m-%d %H:%M}")
    records.db.execute(
        "INSERT INTO ecard_write (write_no, card, kind, amount_fen, valid_until, order_no, state, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row
    )
    return number


def _reversed(records: Records, body: Reverse) -> dict[str, Any]:
    write = records.row("SELECT * FROM ecard_write WHERE order_no = ?", body.order_no)
    if write is None:
        raise Refusal("ECARD-4041", "没有这笔充值", 404)
    if write["state"] == WRITTEN or write["counter"] is not None:  # once the card has the command, only the card knows
        raise Refusal("ECARD-4097", "该充值已写卡或正在写卡")
    records.db.execute("UPDATE ecard_write SET state = ? WHERE order_no = ?", (REVERSED, body.order_no))
    return {"reversed": True}


def _transactions(records: Records, body: ListTransactions) -> dict[str, Any]:
    good_card(records, body.card)
    taken = records.rows("SELECT * FROM ecard_ride WHERE card = ?", body.card)
    rides = [(one["at"], one["what"], one["fen"], one["balance_fen"]) for one in taken]
    query = "SELECT * FROM ecard_write WHERE card = ? AND kind = 'topup' AND state = ?"
    loads = [(one["at"], "充值", one["amount_fen"], one["balance_fen"]) for one in records.rows(query, body.card, WRITTEN)]
    waiting = sum(one["amount_fen"] for one in pending(records, body.card) if not _is_there(one, body.balance_fen))
    found = []
    for at, what, fen, balance in sorted((*loads, *rides), reverse=True)[:10]:
        rows = {"时间": at, "金额": f"{'+' if fen > 0 else ''}{yuan(fen)}", "卡内余额": yuan(balance)}
        found.append({"title": what, "rows": [{"label": label, "value": value} for label, value in rows.items()]})
    return {"balance": yuan(body.balance_fen), "pending": yuan(waiting) if waiting else "没有", "records": found}


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def code(*parts: bytes) -> bytes:
    """MAC1, MAC2 and TAC of the invented cards: 4 bytes under the company's key."""
    return hmac.new(KEY, b"".join(parts), hashlib.sha256).digest()[:4]


def next_commands(records: Records, body: WriteCard, station: str) -> dict[str, Any]:
    """What the card answered is judged, then what comes next. Without answers the card was laid down anew."""
    balance: int | None = None
    running = records.row("SELECT * FROM ecard_running WHERE card = ?", body.card)
    records.db.execute("DELETE FROM ecard_running WHERE card = ?", (body.card,))
    if running is not None and body.responses:
        write = records.rows("SELECT * FROM ecard_write WHERE write_no = ?", running["write_no"])[0]
        try:
            answer = bytes.fromhex(body.responses[-1])
        except ValueError:
            raise Refusal("SYS-4000", "请求参数不符合接口要求", 400) from None
        if answer[-2:] != SUCCESS:
            raise Refusal(*(("ECARD-4092", "卡内余额超过上限") if answer[-2:] == TOO_MUCH else ("ECARD-4098", "卡片没有接受写入")))
        commands, balance = _judged(records, running, write, answer[:-2])
        if commands:
            return {"apdus": commands, "done": False}
    waiting = pending(records, body.card)
    if not waiting:
        return {"apdus": [], "done": True} | ({} if balance is None else {"balance_fen": balance})
    return {"apdus": [_begun(records, waiting[0], hashlib.sha256(station.encode()).digest()[:6])], "done": False}


def _begun(records: Records, write: sqlite3.Row, terminal: bytes) -> str:
    if write["kind"] == "review":
        day = bytes.fromhex(write["valid_until"])
        _run(records, write, "update", terminal)
        return (bytes.fromhex("00D6951408") + day + code(bytes.fromhex(write["card"].rjust(20, "0")), day)).hex().upper()
    # A load that may have been done is asked about with an amount of nothing: a purse that is full would refuse the real one.
    asking = write["counter"] is not None
    amount = (0 if asking else write["amount_fen"]).to_bytes(4, "big")
    _run(records, write, "ask" if asking else "initialize", terminal)
    return (bytes.fromhex("805000020B01") + amount + terminal).hex().upper()


def _run(
    records: Records, write: sqlite3.Row, stage: str, terminal: bytes, random: bytes = b"", before: int = 0, time: bytes = b""
) -> None:
    row = (write["card"], write["write_no"], stage, terminal.hex(), random.hex(), before, time.hex())
    records.db.execute("INSERT OR REPLACE INTO ecard_running VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _judged(records: Records, running: sqlite3.Row, write: sqlite3.Row, data: bytes) -> tuple[list[str], int | None]:
    """The commands that finish this write, or none and what is in the purse now. Raises Refusal for a code that is not the card's."""
    terminal, amount = bytes.fromhex(running["terminal"]), write["amount_fen"].to_bytes(4, "big")
    if running["stage"] == "update":
        records.db.execute("UPDATE ecard SET valid_until = ? WHERE card = ?", (write["valid_until"], write["card"]))
        _written(records, write, None)
        return [], None
    if running["stage"] == "credit":
        after = running["before_fen"] + write["amount_fen"]
        counter = write["counter"].to_bytes(2, "big")
        if data != code(after.to_bytes(4, "big"), counter, amount, b"\x02", terminal, bytes.fromhex(running["time"])):
            raise Refusal("ECARD-4098", "卡片的应答不正确")
        _written(records, write, after)
        return [], after
    asked = bytes(4) if running["stage"] == "ask" else amount
    balance, counter, random = data[:4], data[4:6], data[8:12]
    if len(data) != 16 or data[12:] != code(random, counter, balance, asked, b"\x02", terminal):
        raise Refusal("ECARD-4098", "卡片的应答不正确")
    before, count = int.from_bytes(balance, "big"), int.from_bytes(counter, "big")
    if running["stage"] == "ask":
        if count > write["counter"]:  # the card had done it; only its answer was lost
            _written(records, write, before)
            return [], before
        _run(records, write, "initialize", terminal)
        return [(bytes.fromhex("805000020B01") + amount + terminal).hex().upper()], None
    time = bytes.fromhex(f"{records.now():%Y%m%d%H%M%S}")
    _run(records, write, "credit", terminal, random, before, time)
    records.db.execute("UPDATE ecard_write SET counter = ?, before_fen = ? WHERE write_no = ?", (count, before, write["write_no"]))
    return [(bytes.fromhex("805200000B") + time + code(random, counter, amount, b"\x02", terminal, time)).hex().upper()], None


def _written(records: Records, write: sqlite3.Row, balance: int | None) -> None:
    records.db.execute("UPDATE ecard_write SET state = ?, balance_fen = ? WHERE write_no = ?", (WRITTEN, balance, write["write_no"]))
