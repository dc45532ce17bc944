"""HRSS: papers about social insurance, drawn from the contributions month by month."""

from __future__ import annotations

import sqlite3
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

ISSUER = "厦门市社会保险中心"
PERIOD = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])/\d{4}-(0[1-9]|1[0-2])$", description="first and last month")
COPIES = Field(default=1, ge=1, le=3, strict=True)
KINDS = {"pension": "养老保险", "medical": "医疗保险", "unemployment": "失业保险"}
PAID_RECORD = {"pension": "养老保险", "unemployment": "失业保险", "injury": "工伤保险"}  # medical insurance has a bureau of its own
INJURY = 20  # the employer's share of the base, in parts of ten thousand; the person pays none
PURPOSES = {"house": "购房", "school": "入学", "settle": "落户", "tender": "招投标", "other": "其他"}
TITLES = {
    "all": "社会保险参保缴费证明",
    "pension": "养老保险参保缴费证明",
    "medical": "医疗保险参保缴费证明",
    "unemployment": "失业保险参保缴费证明",
}


class IssueCert(Body):
    person: Person
    scope: Literal["all", "pension", "medical", "unemployment"] = "all"
    period: str = PERIOD
    purpose: Literal["house", "school", "settle", "tender", "other"]
    copies: int = COPIES


class QueryPayments(Body):
    person: Person
    insurance: Literal["all", "pension", "unemployment", "injury"]
    period: str = PERIOD
    copies: int = COPIES


class IssueTransferVoucher(Body):
    person: Person
    destination: Literal["in_province", "out_province"]
    copies: int = COPIES


class Certificate(BaseModel):
    case_no: str
    number: str
    months: str
    document: Document


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/hrss", tags=["HRSS 人社"], responses=REFUSALS)

    @router.post("/issueCert", operation_id="HRSS.issueCert", response_model=Reply[Certificate])
    async def issue_cert(body: IssueCert, call: Annotated[Call, Depends()]) -> Any:
        """Issue the certificate for a period of at most 60 months. The same key twice is one certificate."""
        call.about(body.person)
        _check_period(records, body.period)
        return call.reply(records.once("HRSS", call.key, call.operation, body.model_dump(), lambda: _issued(records, body, call)))

    @router.post("/queryPayments", operation_id="HRSS.queryPayments", response_model=Reply[Certificate])
    async def query_payments(body: QueryPayments, call: Annotated[Call, Depends()]) -> Any:
        """A page with every contribution of a period of at most 60 months."""
        call.about(body.person)
        _check_period(records, body.period)
        return call.reply(records.once("HRSS", call.key, call.operation, body.model_dump(), lambda: _payments(records, body, call)))

    @router.post("/issueTransferVoucher", operation_id="HRSS.issueTransferVoucher", response_model=Reply[Certificate])
    async def issue_transfer_voucher(body: IssueTransferVoucher, call: Annotated[Call, Depends()]) -> Any:
        """The voucher with which another place takes the pension insurance over: year by year, and what is in the account."""
        call.about(body.person)
        return call.reply(records.once("HRSS", call.key, call.operation, body.model_dump(), lambda: _voucher(records, body, call)))

    return router


def _check_period(records: Records, period: str) -> None:
    first, last = period.split("/")
    if not first <= last <= f"{records.now():%Y-%m}" or _months_between(first, last) > 60:
        raise Refusal("HRSS-4001", "起止月份不正确", 400)


def _booked(records: Records, person: Person, kinds: tuple[str, ...], period: str = "0000-00/9999-99") -> list[sqlite3.Row]:
    """This person's contributions, of these kinds. A name that does not belong to the number has none."""
    query = (
        "SELECT insured.* FROM insured JOIN person USING (id_number) WHERE id_number = ? AND name = ? AND month BETWEEN ? AND ? "
        "ORDER BY month, kind"
    )
    found = [one for one in records.rows(query, person.id_number, person.name, *period.split("/")) if one["kind"] in kinds]
    if not found:
        raise Refusal("HRSS-4040", "该期间没有参保缴费记录", 404)
    return found


def _spoken(period: str) -> str:
    return "至".join(f"{one[:4]}年{one[5:]}月" for one in period.split("/"))


def _months_between(first: str, last: str) -> int:
    (y1, m1), (y2, m2) = ((int(part) for part in one.split("-")) for one in (first, last))
    return (y2 - y1) * 12 + m2 - m1 + 1


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"


def _table(scope: str, booked: list[sqlite3.Row]) -> tuple[list[str], list[list[str]]]:
    if scope != "all":
        columns = ["缴费月份", "参保单位", "缴费基数（元）", "单位缴纳（元）", "个人缴纳（元）"]
        return columns, [
            [one["month"], one["employer"], _yuan(one["base_fen"]), _yuan(one["employer_fen"]), _yuan(one["person_fen"])] for one in booked
        ]
    months: dict[str, dict[str, sqlite3.Row]] = {}
    for one in booked:
        months.setdefault(one["month"], {})[one["kind"]] = one
    columns = ["缴费月份", "参保单位", "缴费基数（元）", *(f"{name[:2]}个人（元）" for name in KINDS.values())]
    rows = []
    for month, kinds in months.items():
        some = next(iter(kinds.values()))
        shares = [_yuan(kinds[kind]["person_fen"]) if kind in kinds else "—" for kind in KINDS]
        rows.append([month, some["employer"], _yuan(some["base_fen"]), *shares])
    return columns, rows


def _issued(records: Records, body: IssueCert, call: Call) -> dict[str, Any]:
    booked = _booked(records, body.person, tuple(KINDS) if body.scope == "all" else (body.scope,), body.period)
    columns, rows = _table(body.scope, booked)
    months = len({one["month"] for one in booked})
    kinds = "、".join(name for kind, name in KINDS.items() if any(one["kind"] == kind for one in booked))
    document = issue(
        records,
        call,
        prefix="XMSB",
        title=TITLES[body.scope],
        issuer=ISSUER,
        paragraphs=(
            f"兹证明{body.person.name}（公民身份号码{body.person.id_number}）在{_spoken(body.period)}期间，在厦门市参加{kinds}，"
            f"累计缴费{months}个月，缴费情况见下表。",
            f"本证明用于：{PURPOSES[body.purpose]}。自出具之日起三个月内有效，可凭验证码核验真伪。",
        ),
        holder={"姓名": body.person.name, "公民身份号码": body.person.id_number, "参保险种": kinds, "参保单位": booked[-1]["employer"]},
        columns=columns,
        rows=rows,
    )
    return {"case_no": case_no(records, "HRSS"), "number": document["number"], "months": f"{months} 个月", "document": document}


def _payments(records: Records, body: QueryPayments, call: Call) -> dict[str, Any]:
    wanted = tuple(PAID_RECORD) if body.insurance == "all" else (body.insurance,)
    # Injury insurance is the employer's alone: it goes with unemployment insurance, on the same base.
    booked = _booked(records, body.person, tuple({"unemployment" if kind == "injury" else kind for kind in wanted}), body.period)
    rows, own = [], 0
    for one in booked:
        if one["kind"] in wanted:
            rows.append(_payment(one, PAID_RECORD[one["kind"]], one["employer_fen"], one["person_fen"]))
            own += one["person_fen"]
        if one["kind"] == "unemployment" and "injury" in wanted:
            rows.append(_payment(one, PAID_RECORD["injury"], one["base_fen"] * INJURY // 10_000, 0))
    months = len({one["month"] for one in booked})
    document = issue(
        records,
        call,
        prefix="XMMX",
        title="社会保险缴费明细",
        issuer=ISSUER,
        paragraphs=(
            f"{body.person.name}（公民身份号码{body.person.id_number}）在{_spoken(body.period)}期间的社会保险缴费情况如下，"
            f"共{months}个月，个人缴纳合计{_yuan(own)}元。",
            "本明细可凭验证码核验真伪。",
        ),
        holder={"姓名": body.person.name, "公民身份号码": body.person.id_number, "险种": "、".join(PAID_RECORD[kind] for kind in wanted)},
        columns=("缴费月份", "险种", "参保单位", "缴费基数（元）", "单位缴纳（元）", "个人缴纳（元）"),
        rows=rows,
    )
    return {"case_no": case_no(records, "HRSS"), "number": document["number"], "months": f"{months} 个月", "document": document}


def _payment(one: sqlite3.Row, kind: str, employer_fen: int, person_fen: int) -> list[str]:
    return [one["month"], kind, one["employer"], _yuan(one["base_fen"]), _yuan(employer_fen), _yuan(person_fen)]


def _voucher(records: Records, body: IssueTransferVoucher, call: Call) -> dict[str, Any]:
    booked = _booked(records, body.person, ("pension",))
    years: dict[str, list[sqlite3.Row]] = {}
    for one in booked:
        years.setdefault(one["month"][:4], []).append(one)
    rows = []
    account = 0
    for year, paid in years.items():
        account += sum(one["person_fen"] for one in paid)
        average = sum(one["base_fen"] for one in paid) // len(paid)
        rows.append([year, f"{paid[0]['month']}至{paid[-1]['month']}", str(len(paid)), _yuan(average), _yuan(account)])
    place = {"in_province": "福建省内其他统筹地区", "out_province": "福建省外"}[body.destination]
    document = issue(
        records,
        call,
        prefix="XMZY",
        title="基本养老保险参保缴费凭证",
        issuer=ISSUER,
        paragraphs=(
            f"{body.person.name}（公民身份号码{body.person.id_number}）在厦门市参加企业职工基本养老保险，"
            f"累计缴费{len(booked)}个月，个人账户储存额{_yuan(account)}元（不含利息）。",
            f"本凭证用于基本养老保险关系转往{place}。转入地社会保险经办机构可凭验证码核验。",
        ),
        holder={
            "姓名": body.person.name,
            "公民身份号码": body.person.id_number,
            "参保起始月份": booked[0]["month"],
            "最近缴费月份": booked[-1]["month"],
        },
        columns=("年度", "缴费起止", "缴费月数", "月平均缴费基数（元）", "个人账户累计（元）"),
        rows=rows,
    )
    return {"case_no": case_no(records, "HRSS"), "number": document["number"], "months": f"{len(booked)} 个月", "document": document}
