"""The invented records of the invented citizens and their neighbours, the same on every machine; dates count back from today."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta

from kiosk.people import rows

# Shares per million in Fujian, rounded from what name statistics of the province commonly show.
SURNAMES = {
    "陈": 112_000, "林": 99_000, "黄": 59_000, "张": 51_000, "吴": 46_000, "李": 44_000, "郑": 40_000, "王": 39_000, "刘": 29_000,
    "苏": 17_000, "蔡": 25_000, "杨": 23_000, "许": 21_000, "叶": 20_000, "洪": 13_500, "郭": 16_000, "谢": 15_800, "周": 15_000,
    "曾": 12_600, "邱": 12_000, "江": 9_400, "罗": 9_200, "朱": 9_000, "何": 8_600, "庄": 7_800, "徐": 7_600, "赖": 7_400, "施": 5_400,
    "赵": 5_100, "高": 6_100, "孙": 4_100, "胡": 4_500, "马": 2_300, "欧阳": 900, "上官": 500,
}  # fmt: skip
GIVEN = {
    "明": 19_000, "华": 17_500, "国": 15_000, "志": 13_500, "丽": 17_000, "美": 14_500, "建": 12_800, "文": 12_500, "英": 12_300,
    "晓": 9_400, "雯": 3_900, "远": 2_600, "栋": 2_100, "秀": 11_800, "珍": 9_100, "水": 3_200, "生": 6_800, "雨": 4_700, "桐": 1_900,
    "玲": 8_600, "军": 6_900, "阿": 4_100, "珠": 4_300, "天": 4_600, "赐": 900, "芳": 8_800, "伟": 10_400, "强": 7_300, "敏": 6_300,
    "静": 5_500, "杰": 8_900, "鹏": 4_200, "辉": 8_400, "婷": 7_700, "梓": 4_900, "轩": 3_800, "小": 7_500, "东": 5_200, "海": 6_000,
    "金": 9_900, "龙": 5_800, "福": 5_000, "春": 7_100, "梅": 7_000, "燕": 5_900, "伯": 700, "勇": 4_900, "平": 7_800, "清": 6_400,
}  # fmt: skip
PEOPLE = {"xiamen": 5_352_000, "fujian": 41_830_000}

PARKING = "机动车违反规定停放，驾驶人不在现场，妨碍其他车辆通行"
SIGNAL = "驾驶机动车违反道路交通信号灯通行"
LANE = "机动车不按规定车道行驶"
PHONE = "驾驶时拨打接听手持电话"
BELT = "驾驶机动车未按规定使用安全带"
BIKE = "驾驶电动自行车未在非机动车道内行驶"
SIGN = "机动车违反禁止标线指示"

# citizen → (act, place, plate, yuan, days since the decision); due 15 days after it (道交法 art. 108)
FINES: dict[str, tuple[tuple[str, str, str, int, int], ...]] = {
    "c01": ((PARKING, "思明区前埔中路与文兴东二里路口", "闽D·7K23Q", 100, 6), (SIGN, "湖里区金尚路吕岭路段", "闽D·7K23Q", 100, 19)),
    "c02": (
        (SIGNAL, "湖里区枋钟路与金湖路路口", "闽D·A9R65", 150, 3),
        (LANE, "集美区集美大道孙坂路段", "闽D·A9R65", 100, 11),
        (PARKING, "思明区湖滨南路非机动车道", "闽D·A9R65", 150, 28),
    ),
    "c03": ((PHONE, "集美区杏林湾路", "闽D·3M80T", 50, 9),),
    "c04": ((BELT, "同安区同集北路", "闽D·55E1C", 50, 4), (SIGN, "同安区环城南路", "闽D·55E1C", 100, 13)),
    "c06": ((BIKE, "翔安区马巷镇巷南路", "厦门·281067", 30, 5),),
    "c07": ((SIGNAL, "海沧区滨湖东路与嵩屿北路路口", "闽D·D20816", 150, 2),),
    "c08": ((PARKING, "思明区环岛南路曾厝垵段", "闽D·8P47W", 100, 8), (LANE, "思明区成功大道文兴隧道", "闽D·8P47W", 200, 40)),
    "c09": (
        (PARKING, "湖里区五缘湾环湾路", "闽D·F31577", 100, 1),
        (SIGN, "湖里区环岛干道", "闽D·F31577", 100, 7),
        (PHONE, "湖里区仙岳路", "闽D·F31577", 50, 14),
        (SIGNAL, "思明区莲前西路", "闽D·F31577", 150, 70),
    ),
    "c10": ((LANE, "集美区天马路", "闽D·62Z0H", 100, 10),),
    "c12": ((BIKE, "同安区西柯镇西洲路", "厦门·094412", 20, 12),),
    "n01": ((PARKING, "思明区曾厝垵文青路", "闽D·6Q82H", 100, 5),),
    "n02": ((BIKE, "思明区厦禾路", "厦门·300518", 30, 3),),
    "n03": ((SIGN, "集美区杏锦路", "闽D·1W93N", 100, 8),),
    "n04": ((LANE, "海沧区沧林路", "闽D·9J04X", 100, 2),),
}

# citizen → (employer, first month, monthly base in yuan, kinds). Nobody of c06's age was ever insured here: "no record".
WORK: dict[str, tuple[str, str, int, tuple[str, ...]]] = {
    "c01": ("厦门鹭岛软件有限公司", "2021-07", 8_600, ("pension", "medical", "unemployment")),
    "c02": ("厦门海沧智造装备有限公司", "2019-08", 9_800, ("pension", "medical", "unemployment")),
    "c03": ("厦门杏林湾幼教服务有限公司", "2018-03", 6_200, ("pension", "medical", "unemployment")),
    "c04": ("厦门同安古城食品有限公司", "2018-01", 5_400, ("pension", "medical", "unemployment")),
    "c05": ("厦门市思明区鹭江街道居民医保", "2020-01", 4_043, ("medical",)),
    "c07": ("厦门嵩屿港务服务有限公司", "2023-07", 7_100, ("pension", "medical", "unemployment")),
    "c08": ("厦门曾厝垵文创工作室", "2022-02", 5_000, ("pension", "medical", "unemployment")),
    "c09": ("厦门五缘湾康复医院", "2018-05", 11_200, ("pension", "medical", "unemployment")),
    "c10": ("灵活就业人员（厦门市集美区）", "2019-10", 4_043, ("pension", "medical")),
    "c11": ("厦门市海沧区嵩屿街道居民医保", "2020-01", 4_043, ("medical",)),
    "c12": ("厦门市同安区西柯镇居民医保", "2020-01", 4_043, ("medical",)),
    "n01": ("厦门曾厝垵设计顾问有限公司", "2022-07", 9_400, ("pension", "medical", "unemployment")),
    "n02": ("厦门筼筜语言学校", "2020-09", 12_300, ("pension", "medical", "unemployment")),
    "n03": ("厦门集美精密仪器有限公司", "2024-04", 15_600, ("pension", "medical", "unemployment")),
    "n04": ("厦门海沧生物科技有限公司", "2024-12", 18_200, ("pension", "medical", "unemployment")),
    "k01": ("厦门市湖里区江头街道居民医保", "2023-07", 4_043, ("medical",)),
}
# kind → employer's and person's share of the base, in parts of ten thousand
RATES = {"pension": (1600, 800), "medical": (600, 200), "unemployment": (50, 50)}


def fill(db: sqlite3.Connection, now: datetime) -> None:
    """Put everything in; the caller holds the transaction."""
    people = {**rows("citizens"), **rows("neighbours"), **rows("children")}
    db.executemany("INSERT INTO person VALUES (?, ?)", [(row["id_number"], row["name"]) for row in people.values()])
    db.executemany("INSERT INTO population VALUES (?, ?)", PEOPLE.items())
    db.executemany("INSERT INTO surname VALUES (?, ?)", SURNAMES.items())
    db.executemany("INSERT INTO given VALUES (?, ?)", GIVEN.items())
    for citizen, row in people.items():
        for index, fine in enumerate(FINES.get(citizen, ())):
            _fine(db, row["id_number"], f"350200{_number(citizen)}{index + 1:02d}", fine, now.date())
        if citizen in WORK:
            _insured(db, row["id_number"], WORK[citizen], now.date())


def _number(citizen: str) -> str:
    """Two digits: 01 … 12 for the citizens, 91 … for the neighbours."""
    return citizen[1:] if citizen.startswith("c") else f"9{citizen[2:]}"


def _fine(db: sqlite3.Connection, id_number: str, stem: str, fine: tuple[str, str, str, int, int], today: date) -> None:
    act, place, plate, yuan, days = fine
    decided = today - timedelta(days=days)
    # 16 digits: office, citizen and count (10), then six that look like a running number.
    decision_no = f"{stem}{int(stem) * 7919 % 1_000_000:06d}"
    seen = decided - timedelta(days=9)
    time = f"{seen} {8 + days % 11:02d}:{(days * 7) % 60:02d}"
    due = decided + timedelta(days=15)
    db.execute(
        "INSERT INTO fine (decision_no, id_number, act, place, time, plate, base_fen, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (decision_no, id_number, act, place, time, plate, yuan * 100, due.isoformat()),
    )


def _insured(db: sqlite3.Connection, id_number: str, work: tuple[str, str, int, tuple[str, ...]], today: date) -> None:
    employer, first, base, kinds = work
    year, month = (int(part) for part in first.split("-"))
    while (year, month) < (today.year, today.month):  # this month's contribution is booked next month
        # The base is set anew every July and grows a little each year.
        fen = round(base * 100 * 1.04 ** (year - int(first[:4]) - (month < 7)))
        for kind in kinds:
            theirs, own = RATES[kind]
            amounts = (fen, fen * theirs // 10_000, fen * own // 10_000)
            db.execute("INSERT INTO insured VALUES (?, ?, ?, ?, ?, ?, ?)", (id_number, f"{year}-{month:02d}", kind, employer, *amounts))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
