"""Texts as people say them: 1990-03-07 is 一九九〇年三月七日, 30.50 元 is 三十元五角, 尾号 0011 is read digit by digit."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

DIGITS = "零一二三四五六七八九"
YEAR_DIGITS = "〇一二三四五六七八九"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Before these a 2 is 两 where it counts; 第 2 步, 2 月, 2 号 stay 二.
COUNTED = "个份次页项天张位件步秒分小元块人种处台条年遍枚辆套户间本笔公千米個頁項張塊種處臺條輛戶間筆歲"
LONG = 5  # digits; nobody says so many as an amount unless they are grouped
ENGLISH = "en"
_TRADITIONAL = str.maketrans("亿万两点号", "億萬兩點號")  # of what this file writes


def read_aloud(text: str, language: str) -> str:
    """`text` as it is said in `language`, in its own writing; what has no sound is a pause or gone."""
    rules = _ENGLISH if language == ENGLISH else _CHINESE
    for pattern, said in rules:
        text = pattern.sub(said, text)
    if language == "zh_Hans":
        text = text.replace("\ue000", "幺")  # on the mainland a 1 is said so where digits are called out: 一 and 七 sound alike
    text = text.replace("\ue000", "一")
    return _TIDY.sub(" ", text.translate(_TRADITIONAL) if language == "zh_Hant" else text).strip()


def number(value: int) -> str:
    """As an amount: 1283 → 一千二百八十三, 10 → 十, 10005 → 一万零五. `value` below 10^12."""
    if value < 10:
        return DIGITS[value]
    parts: list[str] = []
    gap = False
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, value = divmod(value, unit)
        if not part:
            gap = gap or bool(parts)
            continue
        if parts and (gap or part < 1000):
            parts.append("零")
        parts.append(_thousands(part) + name)
        gap = False
    said = "".join(parts)
    return said.removeprefix("一") if said.startswith("一十") else said


def _thousands(value: int) -> str:
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = bool(said)
    return said


def digits(text: str) -> str:
    """Each by itself, in groups as they are written down: a telephone 3-4-4, an identity number 6-8-4; anything long in fours."""
    cuts = {11: (3, 7), 18: (6, 14)}.get(len(text), tuple(range(4, len(text) - 1, 4)) if len(text) > 6 else ())
    edges = (0, *cuts, len(text))
    groups = (text[begin:end] for begin, end in pairwise(edges))
    return "，".join("".join("\ue000" if one == "1" else DIGITS[int(one)] if one.isdigit() else one for one in group) for group in groups)


def _money(found: re.Match[str]) -> str:
    yuan, jiao, fen = _parts(found)
    said = (("两" if yuan == 2 else number(yuan)) + "元") if yuan or not (jiao or fen) else ""
    if jiao:
        said += DIGITS[jiao] + "角"
    elif fen and yuan:
        said += "零"
    return said + (DIGITS[fen] + "分" if fen else "")


def _parts(found: re.Match[str]) -> tuple[int, int, int]:
    whole, _, part = (found["a"] or found["b"]).replace(",", "").partition(".")
    part = (part + "00")[:2]
    return int(whole), int(part[0]), int(part[1])


def _count(found: re.Match[str]) -> str:
    whole, _, part = found["n"].replace(",", "").partition(".")
    grouped = "," in found["n"]
    if not grouped and not part and (len(whole) >= LONG or (whole.startswith("0") and len(whole) > 1)):
        return digits(whole)
    said = number(int(whole)) if len(whole) <= 12 else digits(whole)
    if said == "二" and not part and not found["first"] and found["next"] and found["next"] in COUNTED:
        said = "两"
    return (found["first"] or "") + said + ("点" + "".join(DIGITS[int(one)] for one in part) if part else "")


def _date(found: re.Match[str]) -> str:
    year = "".join(YEAR_DIGITS[int(one)] for one in found["y"])
    day = found["d"]
    return f"{year}年{number(int(found['m']))}月" + (f"{number(int(day))}日" if day else "")


def _time(found: re.Match[str]) -> str:
    minute = int(found["m"])
    said = number(int(found["h"])) + "点"
    return said + (f"{'零' if minute < 10 else ''}{number(minute)}分" if minute else "")


def _english_money(found: re.Match[str]) -> str:
    yuan, jiao, fen = _parts(found)
    return f"{yuan} yuan" + (f" {10 * jiao + fen}" if jiao or fen else "")


def _english_date(found: re.Match[str]) -> str:
    month = MONTHS[int(found["m"]) - 1]
    return f"{int(found['d'])} {month} {found['y']}" if found["d"] else f"{month} {found['y']}"


def _spelled(found: re.Match[str]) -> str:
    return " ".join(found.group())


Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_AMOUNT = r"\d[\d,]*(?:\.\d{1,2})?"
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:-|/|\.|\s?年\s?)(?P<m>1[0-2]|0?[1-9])"
    r"(?:(?:-|/|\.|\s?月\s?)(?P<d>3[01]|[12]\d|0?[1-9])(?:\s?[日号])?|(?:\s?月)?)(?![\d-])"
)
_TIME = re.compile(r"(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?::[0-5]\d)?(?![\d:])")
_MASKED = re.compile(r"(?<!\d)\d*\*{2,}(?P<tail>\d+[Xx]?)")
_CALLED = re.compile(r"(?P<what>尾号|号码|编号|热线|电话|单号|代码|尾號|號碼|編號|熱線|電話|單號|代碼)[\s：:]*(?P<n>\d+[Xx]?)")

_CHINESE: tuple[Rule, ...] = (
    (_MASKED, lambda found: "尾号" + digits(found["tail"].upper())),
    (_DATE, _date),
    (re.compile(r"(?<=\d)\s?[-–—~～]\s?(?=\d{1,2}:)"), "到"),
    (_TIME, _time),
    (re.compile(rf"[¥￥]\s?(?P<a>{_AMOUNT})(?:\s?元)?|(?P<b>{_AMOUNT})\s?元"), _money),
    (re.compile(r"(?P<n>\d+(?:\.\d+)?)\s?%"), lambda found: "百分之" + _count_of(found["n"])),
    (re.compile(r"(?<!\d)(\d{3,4})-(\d{5,8})(?!\d)"), lambda found: digits(found[1]) + "，" + digits(found[2])),
    (_CALLED, lambda found: found["what"] + digits(found["n"].upper())),
    (re.compile(r"(?<!\d)(\d{17}[Xx])(?![0-9A-Za-z])"), lambda found: digits(found[1].upper())),
    (re.compile(r"(?P<first>第\s?)?(?P<n>\d[\d,]*(?:\.\d+)?)(?=\s*(?P<next>\S)?)"), _count),
    (re.compile(r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])"), ""),
    (re.compile(r"(?<=\w)\*+"), "某"),
    (re.compile(r"[　·•|/（）()《》\[\]—–…]+"), "，"),
    (re.compile(r"[“”‘’\"'*_#<>「」『』]"), ""),
    (re.compile(r"，(?=[，。！？；：,.!?;:]|$)|(?<=[，。！？；：])，|^，"), ""),
)
_ENGLISH: tuple[Rule, ...] = (
    (_MASKED, lambda found: "ending in " + " ".join(found["tail"])),
    (_DATE, _english_date),
    (re.compile(rf"[¥￥]\s?(?P<a>{_AMOUNT})(?:\s?yuan)?|(?P<b>{_AMOUNT})\s?yuan"), _english_money),
    (re.compile(r"(?<=\d)\s?[-–—~]\s?(?=\d{1,2}:)"), " to "),
    (re.compile(r"(?<=\d),(?=\d{3})"), ""),
    (re.compile(r"(?<=\d)-(?=\d)"), ", "),
    (re.compile(r"(?<![\d.:])(?:0\d+|\d{5,18}|\d{17}[Xx])(?![\d.:Xx])"), _spelled),
    (re.compile(r"[·•|/()\[\]—–…]+"), ", "),
    (re.compile(r"[“”‘’\"*_#<>]"), ""),
)
_TIDY = re.compile(r"\s+")


def _count_of(text: str) -> str:
    whole, _, part = text.partition(".")
    return number(int(whole)) + ("点" + "".join(DIGITS[int(one)] for one in part) if part else "")
