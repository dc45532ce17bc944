"""HPF: housing provident fund accounts, what is certified about them, and money taken out to buy a home or on leaving the city."""

from __future__ import annotations

import hashlib
import html
import sqlite3
import tomllib
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field, model_validator

from kiosk.people import FOLDER
from kiosk.sandbox.departments.population import registered, spoken
from kiosk.sandbox.departments.realestate import check_contract
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS hpf_account (
    id_number TEXT PRIMARY KEY, account_no TEXT NOT NULL, employer TEXT NOT NULL, base_fen INTEGER NOT NULL, sealed_since TEXT);
CREATE TABLE IF NOT EXISTS hpf_entry (id_number TEXT NOT NULL, month TEXT NOT NULL, kind TEXT NOT NULL, fen INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS hpf_loan (
    loan_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, bank TEXT NOT NULL, fen INTEGER NOT NULL, lent TEXT NOT NULL, settled TEXT);
CREATE TABLE IF NOT EXISTS hpf_withdrawal (
    case_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, business TEXT NOT NULL, contract_no TEXT, fen INTEGER NOT NULL, at TEXT NOT NULL,
    ready TEXT NOT NULL, code TEXT NOT NULL);
"""
ISSUER = "厦门市住房公积金中心"
TITLES = {"deposit": "住房公积金缴存证明", "remote_loan": "异地贷款职工住房公积金缴存使用证明", "loan_settled": "住房公积金贷款结清证明"}
DAYS = 3  # until the money is there
INTEREST = 150  # parts of ten thousand a year, booked every June

# citizen → (employer, first month, month since which nobody pays in or "", monthly base in yuan, percent that each side pays)
ACCOUNTS = {
    "c01": ("厦门鹭岛软件有限公司", "2021-07", "", 8_600, 12),
    "c02": ("厦门海沧智造装备有限公司", "2019-08", "", 9_800, 12),
    "c03": ("厦门杏林湾幼教服务有限公司", "2018-03", "", 6_200, 8),
    "c04": ("厦门同安古城食品有限公司", "2018-01", "2025-09", 5_400, 5),
    "c07": ("厦门嵩屿港务服务有限公司", "2023-07", "", 7_100, 10),
    "c08": ("厦门鼓浪旅行社有限公司", "2017-03", "2022-02", 4_800, 5),
    "c09": ("厦门五缘湾康复医院", "2018-05", "", 11_200, 12),
    "c10": ("厦门杏林机电有限公司", "2009-06", "2019-10", 4_300, 8),
}
# citizen → (bank, yuan, lent on, settled on or "")
LOANS = {
    "c02": ("中国建设银行厦门市分行", 720_000, "2021-06-08", ""),
    "c03": ("中国工商银行厦门市分行", 380_000, "2015-12-01", "2025-04-16"),
    "c09": ("中国银行厦门市分行", 600_000, "2017-09-12", "2026-01-20"),
}
MOBILE = Field(pattern=r"^1[3-9]\d{9}$")


class IssueCert(Body):
    person: Person
    cert_type: Literal["deposit", "remote_loan", "loan_settled"]
    copies: int = Field(default=1, ge=1, le=3, strict=True)


class QueryAccount(Body):
    person: Person
    period: str | None = Field(default=None, pattern=r"^\d{4}-(0[1-9]|1[0-2])/\d{4}-(0[1-9]|1[0-2])$", description="first and last month")


class Withdrawal(Body):
    """With a contract: to buy a home. With a bank card: on leaving the city."""

    person: Person
    mobile: str = MOBILE
    relation: Literal["self", "spouse", "parent", "child"] | None = None
    purchase_type: Literal["commercial", "second_hand", "affordable"] | None = None
    bank: Literal["icbc", "abc", "boc", "ccb", "bcom", "psbc", "cmb", "xmbank"] | None = None
    contract_no: str | None = Field(default=None, pattern=r"^[A-Z0-9-]{6,30}$")
    bank_card: str | None = Field(default=None, pattern=r"^[0-9]{13,19}$")

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Withdrawal:
        purchase = [self.relation, self.purchase_type, self.bank, self.contract_no]
        if any(one is None for one in purchase) if self.bank_card is None else any(purchase):
            raise ValueError("either a contract with all that belongs to it, or a bank card")
        if self.bank_card is not None and not _luhn(self.bank_card):
            raise ValueError("no such card")
        return self


class Row(BaseModel):
    label: str
    value: str


class Entry(BaseModel):
    title: str
    rows: list[Row]


class Certificate(BaseModel):
    case_no: str
    number: str
    document: Document


class Account(BaseModel):
    balance: str
    account: str
    state: str
    facts: list[Row]
    records: list[Entry]


class Facts(BaseModel):
    facts: list[Row]


class Accepted(BaseModel):
    case_no: str
    amount: str
    ready: str
    qr: str


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    for n, (citizen, (employer, first, sealed, base, percent)) in enumerate(ACCOUNTS.items(), 1):
        number = people[citizen]["id_number"]
        fen = _entries(db, number, first, min(sealed or "9999-12", f"{now:%Y-%m}"), base * 100, percent)
        account = (number, f"3502{n * 7_368_787 % 100_000_000:08d}", employer, fen, sealed or None)
        db.execute("INSERT INTO hpf_account VALUES (?, ?, ?, ?, ?)", account)
    for n, (citizen, (bank, yuan, lent, settled)) in enumerate(LOANS.items(), 1):
        loan = (f"XMGJJ{lent[:4]}{n * 15_485 % 100_000:05d}", people[citizen]["id_number"], bank, yuan * 100, lent, settled or None)
        db.execute("INSERT INTO hpf_loan VALUES (?, ?, ?, ?, ?, ?)", loan)


def _entries(db: sqlite3.Connection, number: str, first: str, end: str, fen: int, percent: int) -> int:
    """Books month by month, and the interest of each June, up to but without `end`. Returns the last base."""
    year, month = (int(part) for part in first.split("-"))
    balance = 0
    while f"{year}-{month:02d}" < end:
        # The base is set anew every July and grows a little each year.
        fen = round(fen * 1.04) if month == 7 and f"{year}-07" > first else fen
        booked = [("汇缴", fen * percent // 100 * 2)] + ([("结息", balance * INTEREST // 10_000)] if month == 6 and balance else [])
        db.executemany("INSERT INTO hpf_entry VALUES (?, ?, ?, ?)", [(number, f"{year}-{month:02d}", *one) for one in booked])
        balance += sum(amount for _, amount in booked)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return fen


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/hpf", tags=["HPF 住房公积金"], responses=REFUSALS)

    @router.post("/issueCert", operation_id="HPF.issueCert", response_model=Reply[Certificate])
    async def issue_cert(body: IssueCert, call: Annotated[Call, Depends()]) -> Any:
        """Certify what is paid in, that it may count for a loan elsewhere, or that a loan is paid back."""
        call.about(body.person)
        return call.reply(records.once("HPF", call.key, call.operation, body.model_dump(), lambda: _certified(records, body, call)))

    @router.post("/queryAccount", operation_id="HPF.queryAccount", response_model=Reply[Account])
    async def query_account(body: QueryAccount, call: Annotated[Call, Depends()]) -> Any:
        """The account today; and, for a period of at most 60 months, what was booked in each year."""
        call.about(body.person)
        account = _account(records, body.person)
        told = {"balance": _yuan(_balance(records, account)), "account": f"****{account['account_no'][-4:]}", "state": _state(account)}
        facts = _rows({"公积金账户": told["account"], "账户状态": told["state"], "账户余额": told["balance"]})
        return call.reply({**told, "facts": facts, "records": _years(records, body)}, message="查询成功")

    @router.post("/checkWithdrawal", operation_id="HPF.checkWithdrawal", response_model=Reply[Facts])
    async def check_withdrawal(body: Withdrawal, call: Annotated[Call, Depends()]) -> Any:
        """May this person take the money out here, and how much? Refused with the reason."""
        call.about(body.person)
        fen = _withdrawable(records, body)
        return call.reply({"facts": _rows({"本次可提取": _yuan(fen), "到账时间": f"{DAYS} 个工作日内"})}, message="符合提取条件")

    @router.post("/createWithdrawal", operation_id="HPF.createWithdrawal", response_model=Reply[Accepted])
    async def create_withdrawal(body: Withdrawal, call: Annotated[Call, Depends()]) -> Any:
        """Take the application. The same key twice is one withdrawal."""
        call.about(body.person)
        return call.reply(records.once("HPF", call.key, call.operation, body.model_dump(), lambda: _accepted(records, body, call)))

    @router.get("/progress/{number}", response_class=HTMLResponse)
    async def progress(number: str, c: str = "") -> HTMLResponse:
        """The page behind the QR of a receipt: how far it is, without a name or an amount."""
        case = records.row("SELECT * FROM hpf_withdrawal WHERE case_no = ? AND code = ?", number, c)
        page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>办理进度（演示）</title><h1>办理进度（演示）</h1>"
        if case is None:
            return HTMLResponse(page + "<p>没有查到这件申请。</p>", 404)
        told = f"<p>{html.escape(case['business'])} {case['case_no']}</p><p>已受理，预计 {case['ready']} 前到账</p>"
        return HTMLResponse(page + told)

    return router


def _yuan(fen: int) -> str:
    return f"¥{fen / 100:,.2f}"


def _rows(facts: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in facts.items()]


def _luhn(number: str) -> bool:
    digits = [int(one) for one in reversed(number)]
    return sum(one if n % 2 == 0 else sum(divmod(2 * one, 10)) for n, one in enumerate(digits)) % 10 == 0


def _state(account: sqlite3.Row) -> str:
    return f"封存（{account['sealed_since']} 起）" if account["sealed_since"] else "正常缴存"


def _account(records: Records, person: Person) -> sqlite3.Row:
    registered(records, person, "HPF-4040")
    account = records.row("SELECT * FROM hpf_account WHERE id_number = ?", person.id_number)
    if account is None:
        raise Refusal("HPF-4041", "没有住房公积金账户", 404)
    return account


def _balance(records: Records, account: sqlite3.Row) -> int:
    row = records.row("SELECT COALESCE(SUM(fen), 0) AS fen FROM hpf_entry WHERE id_number = ?", account["id_number"])
    return int(row["fen"]) if row else 0


def _years(records: Records, body: QueryAccount) -> list[dict[str, Any]]:
    """A record a year, the newest first."""
    if body.period is None:
        return []
    first, last = body.period.split("/")
    (y1, m1), (y2, m2) = ((int(part) for part in one.split("-")) for one in (first, last))
    if not first <= last <= f"{records.now():%Y-%m}" or (y2 - y1) * 12 + m2 - m1 >= 60:
        raise Refusal("SYS-4000", "起止月份不正确", 400)
    query = (
        "SELECT substr(month, 1, 4) AS year, kind, COUNT(*) AS n, SUM(fen) AS fen FROM hpf_entry"
        " WHERE id_number = ? AND month BETWEEN ? AND ? GROUP BY year, kind ORDER BY year DESC, n DESC"
    )
    years: dict[str, dict[str, str]] = {}
    for one in records.rows(query, body.person.id_number, first, last):
        years.setdefault(f"{one['year']}年", {})[one["kind"]] = f"{one['n']} 笔，{_yuan(one['fen'])}"
    return [{"title": year, "rows": _rows(kinds)} for year, kinds in years.items()]


def _certified(records: Records, body: IssueCert, call: Call) -> dict[str, Any]:
    account = _account(records, body.person)
    loans = records.rows("SELECT * FROM hpf_loan WHERE id_number = ? ORDER BY lent", body.person.id_number)
    holder = {"姓名": body.person.name, "公民身份号码": body.person.id_number}
    who = f"{body.person.name}（公民身份号码{body.person.id_number}）"
    if body.cert_type == "loan_settled":
        if not loans:
            raise Refusal("HPF-4042", "没有住房公积金贷款", 404)
        _nothing_owed(loans)
        loan = loans[-1]
        holder |= {"借款合同编号": loan["loan_no"], "贷款银行": loan["bank"], "贷款金额": _yuan(loan["fen"])}
        lent, settled = (spoken(date.fromisoformat(loan[name])) for name in ("lent", "settled"))
        text = f"兹证明{who}于{lent}发放的住房公积金贷款，本息已于{settled}全部结清。"
    else:
        counted = records.rows("SELECT month FROM hpf_entry WHERE id_number = ? AND kind = '汇缴' ORDER BY month", body.person.id_number)
        if body.cert_type == "remote_loan":
            if account["sealed_since"]:
                raise Refusal("HPF-4032", "账户已封存，不是正常缴存状态")
            _nothing_owed(loans)
        holder |= {"个人账号": account["account_no"], "缴存单位": account["employer"], "缴存基数": _yuan(account["base_fen"])}
        holder |= {"账户状态": _state(account), "账户余额": _yuan(_balance(records, account))}
        text = f"兹证明{who}在本中心缴存住房公积金，自{counted[0]['month']}至{counted[-1]['month']}，累计汇缴{len(counted)}个月。"
        if body.cert_type == "remote_loan":
            text += f"住房公积金贷款：{f'曾使用{len(loans)}次，已结清' if loans else '未使用'}。"
    document = issue(
        records,
        call,
        prefix="XMGJJ",
        title=TITLES[body.cert_type],
        issuer=ISSUER,
        paragraphs=(text, "自出具之日起三个月内有效，可凭验证码核验真伪。"),
        holder=holder,
    )
    return {"case_no": case_no(records, "HPF"), "number": document["number"], "document": document}


def _nothing_owed(loans: list[sqlite3.Row]) -> None:
    if any(one["settled"] is None for one in loans):
        raise Refusal("HPF-4033", "住房公积金贷款尚未结清")


def _withdrawable(records: Records, wish: Withdrawal) -> int:
    """Fen. What other departments know is asked there: the contract at RERC, the registered home at PSB-POP."""
    account = _account(records, wish.person)
    fen = _balance(records, account)
    if wish.contract_no is not None:
        contract = check_contract(records, wish.contract_no, account["id_number"], str(wish.relation), str(wish.purchase_type))
        if contract is None:
            raise Refusal("HPF-4043", "购房合同与申请信息不一致", 404)
        fen = min(fen, contract["price_fen"])
    else:
        if "厦门市" in registered(records, wish.person, "HPF-4040")["hukou"]:
            raise Refusal("HPF-4031", "户籍在厦门，不属于外地户籍离厦提取")
        if account["sealed_since"] is None:
            raise Refusal("HPF-4034", "账户还在正常缴存")
    query = "SELECT 1 FROM hpf_withdrawal WHERE id_number = ? AND contract_no IS ?"
    if records.row(query, account["id_number"], wish.contract_no):
        raise Refusal("HPF-4091", "已有同样的提取申请")
    if fen <= 0:
        raise Refusal("HPF-4035", "账户没有可以提取的余额")
    return fen


def _accepted(records: Records, body: Withdrawal, call: Call) -> dict[str, Any]:
    fen = _withdrawable(records, body)
    now, number = records.now(), case_no(records, "HPF")
    ready = now.date()
    left = DAYS
    while left:
        ready += timedelta(days=1)
        left -= ready.weekday() < 5
    code = hashlib.sha256(f"{number}\n{call.key}".encode()).hexdigest()[:8]
    business = "离厦提取" if body.contract_no is None else "购房提取"
    case = (number, body.person.id_number, business, body.contract_no, fen, now.isoformat(), f"{ready}", code)
    records.db.execute("INSERT INTO hpf_withdrawal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", case)
    records.db.execute("INSERT INTO hpf_entry VALUES (?, ?, '提取', ?)", (body.person.id_number, f"{now:%Y-%m}", -fen))
    url = f"{call.base}/hpf/progress/{number}?c={code}"
    return {"case_no": number, "amount": _yuan(fen), "ready": f"{ready:%Y年%m月%d日}前", "qr": url}
