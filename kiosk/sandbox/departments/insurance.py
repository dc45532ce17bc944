"""HRSS: the certificate of social insurance, drawn from the contributions month by month."""

from __future__ import annotations

import sqlite3
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

ISSUER = "厦门市社会保险中心"
KINDS = {"pension": "养老保险", "medical": "医疗保险", "unemployment": "失业保险"}
PURPOSES = {"house": "购房", "school": "入学", "settle": "落户", "tender": "招投标", "other": "其他"}
TITLES = {
    "all": "社会保险参保缴费证明",
    "pension": "养老保险参保缴费证明",
    "medical": "医疗保险参保缴费证明",
    "unemployment": "失业保险参保缴费证明",
}


class IssueCert(Body):
    person: Person
    scope: Literal["all", "pension", "medical", "unemployment"]
    period: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])/\d{4}-(0[1-9]|1[0-2])$", description="first and last month")
    purpose: Literal["house", "school", "settle", "tender", "other"]
    copies: int = Field(default=1, ge=1, le=3, strict=True)


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
        first, last = body.period.split("/")
        if not first <= last <= f"{records.now():%Y-%m}" or _months_between(first, last) > 60:
            raise Refusal("HRSS-4001", "起止月份不正确", 400)
        return call.reply(records.once("HRSS", call.key, call.operation, body.model_dump(), lambda: _issued(records, body, call)))

    return router


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
    first, last = body.period.split("/")
    wanted = tuple(KINDS) if body.scope == "all" else (body.scope,)
    booked = [
        one
        for one in records.rows(
            "SELECT * FROM insured WHERE id_number = ? AND month BETWEEN ? AND ? ORDER BY month, kind", body.person.id_number, first, last
        )
        if one["kind"] in wanted
    ]
    registered = records.row("SELECT name FROM person WHERE id_number = ?", body.person.id_number)
    if not booked or registered is None or registered["name"] != body.person.name:
        raise Refusal("HRSS-4040", "该期间没有参保缴费记录", 404)
    columns, rows = _table(body.scope, booked)
    months = len({one["month"] for one in booked})
    kinds = "、".join(name for kind, name in KINDS.items() if any(one["kind"] == kind for one in booked))
    spoken = "至".join(f"{one[:4]}年{one[5:]}月" for one in (first, last))
    document = issue(
        records,
        call,
        prefix="XMSB",
        title=TITLES[body.scope],
        issuer=ISSUER,
        paragraphs=(
            f"兹证明{body.person.name}（公民身份号码{body.person.id_number}）在{spoken}期间，在厦门市参加{kinds}，"
            f"累计缴费{months}个月，缴费情况见下表。",
            f"本证明用于：{PURPOSES[body.purpose]}。自出具之日起三个月内有效，可凭验证码核验真伪。",
        ),
        holder={"姓名": body.person.name, "公民身份号码": body.person.id_number, "参保险种": kinds, "参保单位": booked[-1]["employer"]},
        columns=columns,
        rows=rows,
    )
    return {"case_no": case_no(records, "HRSS"), "number": document["number"], "months": f"{months} 个月", "document": document}
