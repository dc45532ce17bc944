"""TAX: the record of individual income tax, as employers declared it month by month."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.departments.population import registered
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS tax_entry (
    id_number TEXT NOT NULL, month TEXT NOT NULL, declared TEXT NOT NULL, paid TEXT NOT NULL, fen INTEGER NOT NULL, item TEXT NOT NULL,
    office TEXT NOT NULL, PRIMARY KEY (id_number, month, item));
"""
ISSUER = "国家税务总局厦门市税务局"
WAGES = "工资薪金"
FREE = 5_000  # yuan a month that are not taxed
YEARS = 6  # what is kept here
# Tax withheld on what was earned since January: up to so many yuan, percent, minus.
STEPS = ((36_000, 3, 0), (144_000, 10, 2_520), (300_000, 20, 16_920))

# citizen → (first month of the work, yuan a month after insurance and provident fund, tax office)
WAGE: dict[str, tuple[str, int, str]] = {
    "c01": ("2021-07", 9_800, "思明区税务局"),
    "c02": ("2019-08", 12_600, "海沧区税务局"),
    "c03": ("2018-03", 6_900, "集美区税务局"),
    "c04": ("2018-01", 4_700, "同安区税务局"),  # declared every month, nothing to pay
    "c07": ("2023-07", 7_600, "海沧区税务局"),
    "c08": ("2022-02", 5_300, "思明区税务局"),
    "c09": ("2018-05", 16_400, "湖里区税务局"),
    "c10": ("2024-03", 6_100, "集美区税务局"),
}


class IssueTaxRecord(Body):
    person: Person
    period: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])/\d{4}-(0[1-9]|1[0-2])$", description="first and last month")
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")
    copies: int = Field(default=1, ge=1, le=3, strict=True)


class Certificate(BaseModel):
    case_no: str
    number: str
    months: str
    document: Document


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    for citizen, (first, yuan, office) in WAGE.items():
        for row in _declared(max(first, f"{now.year - YEARS}-01"), f"{now:%Y-%m}", yuan):
            entry = (people[citizen]["id_number"], *row, WAGES, f"国家税务总局厦门市{office}")
            db.execute("INSERT INTO tax_entry VALUES (?, ?, ?, ?, ?, ?, ?)", entry)


def _declared(first: str, end: str, yuan: int) -> Iterator[tuple[str, str, str, int]]:
    """(month, declared on, paid on, fen) for each month up to `end`: the employer declares and pays in the month after."""
    year, month = (int(part) for part in first.split("-"))
    since, withheld = 0, 0
    while f"{year}-{month:02d}" <= end:
        if month == 1:
            since, withheld = 0, 0
        since += max(0, yuan - FREE)
        percent, minus = next((percent, minus) for limit, percent, minus in STEPS if since <= limit)
        fen = since * percent - minus * 100 - withheld
        withheld += fen
        this = f"{year}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        yield this, f"{year}-{month:02d}-08", f"{year}-{month:02d}-10", fen


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/tax", tags=["TAX 税务"], responses=REFUSALS)

    @router.post("/issueTaxRecord", operation_id="TAX.issueTaxRecord", response_model=Reply[Certificate])
    async def issue_tax_record(body: IssueTaxRecord, call: Annotated[Call, Depends()]) -> Any:
        """What was declared for this person in at most 60 months, whether or not there was tax to pay."""
        call.about(body.person)
        return call.reply(records.once("TAX", call.key, call.operation, body.model_dump(), lambda: _issued(records, body, call)))

    return router


def _issued(records: Records, body: IssueTaxRecord, call: Call) -> dict[str, Any]:
    row = registered(records, body.person, "TAX-4040")
    first, last = body.period.split("/")
    (y1, m1), (y2, m2) = ((int(part) for part in one.split("-")) for one in (first, last))
    now = records.now()
    if not first <= last <= f"{now:%Y-%m}" or (y2 - y1) * 12 + m2 - m1 >= 60:
        raise Refusal("SYS-4000", "起止月份不正确", 400)
    # What employers have not declared yet is not known here.
    query = "SELECT * FROM tax_entry WHERE id_number = ? AND month BETWEEN ? AND ? AND declared <= ? ORDER BY month"
    found = records.rows(query, row["id_number"], first, last, f"{now.date()}")
    if not found:
        raise Refusal("TAX-4041", "该期间没有个人所得税申报记录", 404)
    between = "至".join(f"{one[:4]}年{one[5:]}月" for one in (first, last))
    total = f"{sum(one['fen'] for one in found) / 100:.2f}"
    document = issue(
        records,
        call,
        prefix="XMGS",
        title="个人所得税纳税记录",
        issuer=ISSUER,
        paragraphs=(
            f"{row['name']}（公民身份号码{row['id_number']}）在{between}期间的个人所得税纳税记录如下表，实缴金额合计{total}元。",
            "本记录反映出具之时已入库的申报，可凭验证码核验真伪。",
        ),
        holder={"纳税人姓名": row["name"], "身份证件号码": row["id_number"], "记录期间": between, "金额单位": "人民币元"},
        columns=("申报日期", "实缴金额", "入库日期", "所得项目", "税款所属期", "入库税务机关"),
        rows=[
            [one["declared"], f"{one['fen'] / 100:.2f}", one["paid"] if one["fen"] else "—", one["item"], one["month"], one["office"]]
            for one in found
        ],
    )
    return {"case_no": case_no(records, "TAX"), "number": document["number"], "months": f"{len(found)} 个月", "document": document}
