"""PSB-POP: the population register: households and certificates about them; and how many people bear a name, a count only."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.people import rows
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS pop_resident (
    id_number TEXT PRIMARY KEY, nation TEXT NOT NULL, household_no TEXT NOT NULL, hukou TEXT NOT NULL, relation TEXT NOT NULL,
    mobile TEXT NOT NULL, lives TEXT NOT NULL, reviewed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS pop_member (household_no TEXT NOT NULL, name TEXT NOT NULL, id_number TEXT NOT NULL, relation TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pop_change (
    id_number TEXT NOT NULL, day TEXT NOT NULL, entry TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL);
"""

RARE_SURNAME = 60  # per million, for a surname the statistics do not list
RARE_CHARACTER = 380
SINGLE = 0.16  # how many have a given name of one character; nearly all others have two

ISSUER = "厦门市公安局户政管理部门"
NATIONS = {"01": "汉族", "22": "畲族"}
PURPOSES = {"school": "子女入学", "abroad": "出国", "notary": "公证", "other": "其他"}
CRIME_PURPOSES = {"job": "求职", "visa": "出国签证", "qualification": "资格审查", "other": "其他"}
TITLES = {"self": "户籍证明", "kin": "同户亲属关系证明", "change": "户口登记项目变更证明"}

# Where somebody is registered now, if not where the card says: they moved after it was issued.
MOVED = {
    "c01": ("福建省漳州市龙海区石码街道紫光路6号", 640), "c02": ("福建省泉州市石狮市湖滨街道金林路15号", 1_190),
    "c03": ("福建省宁德市福安市阳头街道阳泉路88号", 900), "c04": ("福建省宁德市古田县城西街道解放路27号", 410),
    "c07": ("福建省宁德市福鼎市桐山街道古城南路9号", 730), "c08": ("福建省泉州市惠安县螺城街道建设街31号", 505),
    "c10": ("福建省龙岩市新罗区东城街道和平路12号", 1_420), "k01": ("福建省泉州市石狮市湖滨街道金林路15号", 1_190),
}  # fmt: skip
# Relation to the head of the household, and the other members of it: name, number, relation. Nobody here exists.
HOMES: dict[str, tuple[str, tuple[tuple[str, str, str], ...]]] = {
    "c01": ("长女", (("林建明", "350601197103180413", "户主"), ("陈丽英", "350681197309220427", "配偶"))),
    "c02": ("户主", (("许静", "350582199802110520", "配偶"), ("陈宇轩", "350582202306160515", "长子"))),
    "c03": ("户主", (("蓝国军", "350981198009190351", "配偶"), ("蓝梓轩", "35021120120908055X", "长子"))),
    "c04": ("户主", (("罗燕", "352127198003250560", "配偶"), ("郑海杰", "350922200907140575", "长子"))),
    "c05": ("户主", (("吴文辉", "350203197806200311", "长子"),)),
    "c06": ("户主", (("叶清华", "350213195011030228", "配偶"),)),
    "c07": ("长女", (("苏金海", "350982197405300737", "户主"), ("雷芳", "350982197608170645", "配偶"))),
    "c08": ("户主", ()),  # lives alone: no relation to certify
    "c09": ("长女", (("蔡清平", "350206195602180777", "户主"),)),
    "c10": ("户主", (("赖秀英", "350821197901050863", "配偶"), ("刘鹏", "350821200404230972", "长子"))),
    "c11": ("户主", (("许伟强", "350205197009160137", "长子"),)),
    "c12": ("户主", (("郭美珠", "350212195406190481", "配偶"), ("洪志勇", "350212197612010532", "长子"))),
    "k01": ("长子", (("陈志远", "350206199711030135", "户主"), ("许静", "350582199802110520", "配偶"))),
}
SCHOOLED = {"c09": ("文化程度", "大学本科", "硕士研究生", 300), "c05": ("服务处所", "厦门市思明区鹭江小学", "退休", 5_900)}
# Their number is close to that of somebody with a record: a clerk looks before anything is certified.
REVIEWED = ("c04",)
# What the register knows for forms (一表制): district, street, the rest.
LIVES = {
    "c01": "350203/莲前街道/悦海路18号602室", "c02": "350206/江头街道/祥岭里27号304室", "c03": "350211/杏林街道/文和路9号1201室",
    "c04": "350212/大同街道/南门路66号", "c05": "350203/鹭江街道/厦禾路112号501室", "c06": "350213/马巷街道/三落里45号",
    "c07": "350205/海沧街道/滨湖东路3号1806室", "c08": "350203/滨海街道/文青路21号", "c09": "350206/金山街道/环湖路88号903室",
    "c10": "350211/侨英街道/乐海路55号702室", "c11": "350205/嵩屿街道/鳌冠里12号", "c12": "350212/西柯街道/美溪道118号",
    "k01": "350206/江头街道/祥岭里27号304室",
}  # fmt: skip


class CountSameName(Body):
    name: str = Field(min_length=2, max_length=50)
    scope: Literal["xiamen", "fujian"]


class CheckGuardian(Body):
    person: Person
    guardian_name: str = Field(min_length=1, max_length=50)
    guardian_number: str = Field(min_length=15, max_length=18)


class Guarded(BaseModel):
    guardian: bool


class SameName(BaseModel):
    count: int = Field(ge=0)
    as_of: str = Field(description="YYYY-MM-DD")
    scope: str


class Ask(Body):
    person: Person


class Known(BaseModel):
    mobile: str = ""
    address: str = Field(default="", description="district code/street/the rest")


class Fact(BaseModel):
    label: str
    value: str


class Facts(BaseModel):
    facts: list[Fact]


class IssueCert(Body):
    person: Person
    cert_type: Literal["self", "kin", "change"]
    purpose: Literal["school", "abroad", "notary", "other"]
    copies: int = Field(default=1, ge=1, le=3, strict=True)


class QueryHousehold(Body):
    person: Person
    cert_type: Literal["self", "kin", "change"]


class Certificate(BaseModel):
    case_no: str
    number: str
    document: Document


class CheckCriminalRecord(Body):
    person: Person
    purpose: Literal["job", "visa", "qualification", "other"]
    recipient: str = Field(default="", max_length=60)
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")
    copies: int = Field(default=1, ge=1, le=3, strict=True)


class CrimeAnswer(BaseModel):
    case_no: str
    number: str | None = None
    document: Document | None = None
    pickup_code: str | None = None
    ready_on: str | None = None


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = {**rows("citizens"), **rows("neighbours"), **rows("children")}
    for n, (citizen, row) in enumerate(people.items(), 1):
        if citizen not in HOMES:  # no household registered here
            continue
        number, today = row["id_number"], now.date()
        relation, members = HOMES[citizen]
        hukou, days = MOVED.get(citizen, (row["address"], 0))
        household = f"{number[:6]}{n * 104_729 % 1_000_000_000:09d}"
        db.execute(
            "INSERT INTO pop_resident VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, row["nation"], household, hukou, relation, f"138000000{n:02d}", LIVES[citizen], citizen in REVIEWED),
        )
        db.executemany("INSERT INTO pop_member VALUES (?, ?, ?, ?)", [(household, *member) for member in members])
        changes = [("户籍地址", row["address"], hukou, days)] if days else []
        changes += [SCHOOLED[citizen]] if citizen in SCHOOLED else []
        for entry, old, new, ago in changes:
            db.execute("INSERT INTO pop_change VALUES (?, ?, ?, ?, ?)", (number, str(today - timedelta(days=ago)), entry, old, new))


def registered(records: Records, person: Person, code: str) -> sqlite3.Row:
    """The register's entry. Raises Refusal(code) unless name and number belong together."""
    query = "SELECT * FROM person JOIN pop_resident USING (id_number) WHERE id_number = ? AND name = ?"
    found = records.row(query, person.id_number, person.name)
    if found is None:
        raise Refusal(code, "姓名与公民身份号码不一致", 404)
    return found


def guards(body: CheckGuardian) -> bool:
    """A head of a household, or the spouse, for the children that stand in it."""
    for citizen, (relation, others) in HOMES.items():
        card = {**rows("citizens"), **rows("children")}[citizen]
        home = [(card["name"], card["id_number"], relation), *others]
        parents = {(name, number) for name, number, what in home if what in ("户主", "配偶")}
        children = {(name, number) for name, number, what in home if what.endswith(("子", "女"))}
        if (body.person.name, body.person.id_number) in children and (body.guardian_name, body.guardian_number) in parents:
            return True
    return False


def born(id_number: str) -> date:
    """Raises ValueError for a number without a real date in it."""
    return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))


def spoken(day: date) -> str:
    return f"{day:%Y}年{day.month}月{day.day}日"


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-pop", tags=["PSB-POP 公安人口"], responses=REFUSALS)

    @router.post("/countSameName", operation_id="PSB-POP.countSameName", response_model=Reply[SameName])
    async def count_same_name(body: CountSameName, call: Annotated[Call, Depends()]) -> Any:
        """How many residents bear exactly this name."""
        if not all(one.isalpha() or one in "·. " for one in body.name):
            raise Refusal("POP-4001", "姓名含有不能识别的字符", 400)
        count = same_name(records, body.name, body.scope)
        return call.reply({"count": count, "as_of": records.now().date().isoformat(), "scope": body.scope}, message="查询成功")

    @router.post("/profile", operation_id="PSB-POP.profile", response_model=Reply[Known])
    async def profile(body: Ask, call: Annotated[Call, Depends()]) -> Any:
        """What the register can fill into a form for this person, who agreed to it."""
        call.about(body.person)
        row = registered(records, body.person, "POP-4040")
        return call.reply({"mobile": row["mobile"], "address": row["lives"]}, message="查询成功")

    @router.post("/checkGuardian", operation_id="PSB-POP.checkGuardian", response_model=Reply[Guarded])
    async def check_guardian(body: CheckGuardian, call: Annotated[Call, Depends()]) -> Any:
        """Does the register know this adult as a parent of this child? Yes or no, and nothing of the household."""
        call.about(body.person)
        return call.reply({"guardian": guards(body)}, message="查询成功")

    @router.post("/queryHousehold", operation_id="PSB-POP.queryHousehold", response_model=Reply[Facts])
    async def query_household(body: QueryHousehold, call: Annotated[Call, Depends()]) -> Any:
        """What the certificate would be about; refused where there is nothing to certify."""
        call.about(body.person)
        row = registered(records, body.person, "POP-4040")
        members, changes = _certifiable(records, row, body.cert_type)
        facts = [("户籍地址", row["hukou"]), ("与户主关系", row["relation"])]
        facts += [("同户人数", f"{len(members) + 1} 人")] if body.cert_type == "kin" else []
        facts += [("变更记录", f"{len(changes)} 条")] if body.cert_type == "change" else []
        return call.reply({"facts": [{"label": label, "value": value} for label, value in facts]}, message="查询成功")

    @router.post("/issueCert", operation_id="PSB-POP.issueCert", response_model=Reply[Certificate])
    async def issue_cert(body: IssueCert, call: Annotated[Call, Depends()]) -> Any:
        """Certify the household entry, who belongs to it, or what was changed in it."""
        call.about(body.person)
        return call.reply(records.once("PSB-POP", call.key, call.operation, body.model_dump(), lambda: _certified(records, body, call)))

    @router.post(
        "/checkCriminalRecord",
        operation_id="PSB-POP.checkCriminalRecord",
        response_model=Reply[CrimeAnswer],
        response_model_exclude_none=True,
    )
    async def check_criminal_record(body: CheckCriminalRecord, call: Annotated[Call, Depends()]) -> Any:
        """The certificate at once; or, where a clerk must look first, a code to fetch it with."""
        call.about(body.person)
        done = records.once("PSB-POP", call.key, call.operation, body.model_dump(), lambda: _unblemished(records, body, call))
        return call.reply(done, message="已转人工核查" if "pickup_code" in done else "办理成功")

    return router


def _certifiable(records: Records, row: sqlite3.Row, cert_type: str) -> tuple[list[sqlite3.Row], list[sqlite3.Row]]:
    members = records.rows("SELECT * FROM pop_member WHERE household_no = ?", row["household_no"])
    changes = records.rows("SELECT * FROM pop_change WHERE id_number = ? ORDER BY day", row["id_number"])
    if cert_type == "kin" and not members:
        raise Refusal("POP-4041", "户内没有其他成员", 404)
    if cert_type == "change" and not changes:
        raise Refusal("POP-4042", "没有登记项目变更记录", 404)
    return members, changes


def _covered(number: str) -> str:
    return f"{number[:6]}********{number[-4:]}"


def _holder(row: sqlite3.Row) -> dict[str, str]:
    number = row["id_number"]
    return {
        "姓名": row["name"],
        "性别": "男" if int(number[16]) % 2 else "女",
        "民族": NATIONS.get(row["nation"], "其他"),
        "出生日期": spoken(born(number)),
        "公民身份号码": number,
        "户籍地址": row["hukou"],
    }


def _certified(records: Records, body: IssueCert, call: Call) -> dict[str, Any]:
    row = registered(records, body.person, "POP-4040")
    members, changes = _certifiable(records, row, body.cert_type)
    who = f"{row['name']}（公民身份号码{row['id_number']}）"
    columns: list[str] = []
    table: list[list[str]] = []
    match body.cert_type:
        case "self":
            text = f"兹证明{who}的户口登记在{row['hukou']}，户号{row['household_no']}，与户主关系为{row['relation']}。"
        case "kin":
            text = f"兹证明{who}与下列人员登记在同一户内，户号{row['household_no']}，各人与户主的关系如表所列。"
            columns = ["姓名", "公民身份号码", "与户主关系"]
            everybody = [(row["name"], row["id_number"], row["relation"]), *((m["name"], m["id_number"], m["relation"]) for m in members)]
            # The others did not ask for this page: their numbers stay half covered.
            table = [[name, number if number == row["id_number"] else _covered(number), kin] for name, number, kin in everybody]
        case _:
            text = f"兹证明{who}的户口登记项目曾作如下变更。"
            columns = ["变更日期", "登记项目", "变更前", "变更后"]
            table = [[one["day"], one["entry"], one["old"], one["new"]] for one in changes]
    document = issue(
        records,
        call,
        prefix="XMHJ",
        title=TITLES[body.cert_type],
        issuer=ISSUER,
        paragraphs=(text, f"本证明用于：{PURPOSES[body.purpose]}。自出具之日起三个月内有效，可凭验证码核验真伪。"),
        holder=_holder(row),
        columns=columns,
        rows=table,
    )
    return {"case_no": case_no(records, "HJ"), "number": document["number"], "document": document}


def _unblemished(records: Records, body: CheckCriminalRecord, call: Call) -> dict[str, Any]:
    row = registered(records, body.person, "POP-4040")
    number = case_no(records, "WFZ")
    if row["reviewed"]:
        code = hashlib.sha256(f"{number}\n{call.key}".encode()).hexdigest()[:6].upper()
        return {"case_no": number, "pickup_code": code, "ready_on": str(records.now().date() + timedelta(days=5))}
    birth = born(row["id_number"])
    to = f"，提交{body.recipient}" if body.recipient else ""
    document = issue(
        records,
        call,
        prefix="XMWF",
        title="无犯罪记录证明",
        issuer="厦门市公安局",
        paragraphs=(
            f"经查询，{row['name']}（公民身份号码{row['id_number']}）在{spoken(birth)}至{spoken(records.now().date())}期间未发现有犯罪记录。",
            f"本证明用于：{CRIME_PURPOSES[body.purpose]}{to}。自出具之日起三个月内有效，可凭验证码核验真伪。",
        ),
        holder=_holder(row),
    )
    return {"case_no": number, "number": document["number"], "document": document}


def same_name(records: Records, name: str, scope: str) -> int:
    """People × share of the surname × shares of the characters, unevenly as life is, and at least those who are registered."""
    bearers = records.row("SELECT COUNT(*) AS n FROM person WHERE name = ?", name)
    here = int(bearers["n"]) if bearers else 0
    people = records.row("SELECT people FROM population WHERE scope = ?", scope)
    if people is None or not "\u3400" <= name[0] <= "\U0003ffff":
        return here  # a name in Latin letters: only who is registered
    double = records.row("SELECT per_million FROM surname WHERE surname = ?", name[:2])
    surname = double if double and len(name) > 2 else records.row("SELECT per_million FROM surname WHERE surname = ?", name[0])
    given = name[2:] if surname is not None and surname is double else name[1:]
    expected = people["people"] * (surname["per_million"] if surname else RARE_SURNAME) / 1e6
    expected *= SINGLE if len(given) == 1 else 1 - SINGLE if len(given) == 2 else 0.002
    for character in given:
        share = records.row("SELECT per_million FROM given WHERE character = ?", character)
        expected *= (share["per_million"] if share else RARE_CHARACTER) / 1e6
    uneven = 0.6 + hashlib.sha256(name.encode()).digest()[0] / 255 * 1.3
    return max(here, int(expected * uneven))
