"""Numbers, dates, money and groups of digits as people say them."""

from __future__ import annotations

import pytest

from kiosk import i18n
from kiosk.speech.reading import number, read_aloud


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "零"), (7, "七"), (10, "十"), (11, "十一"), (20, "二十"), (100, "一百"), (101, "一百零一"), (110, "一百一十"),
        (1_000, "一千"), (1_003, "一千零三"), (1_030, "一千零三十"), (1_283, "一千二百八十三"), (10_000, "一万"), (10_005, "一万零五"),
        (10_500, "一万零五百"), (110_000, "十一万"), (1_000_001, "一百万零一"), (5_160_000, "五百一十六万"), (100_000_000, "一亿"),
        (100_000_010, "一亿零一十"), (205_003_000, "二亿零五百万三千"),
    ],
)  # fmt: skip
def test_amounts(value: int, said: str) -> None:
    assert number(value) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1990-03-07", "一九九〇年三月七日"),
        ("1990年3月7日", "一九九〇年三月七日"),
        ("1990.03.07", "一九九〇年三月七日"),
        ("自 2026-11 起", "自二〇二六年十一月起"),
        ("2025-12/2026-11", "二〇二五年十二月，二〇二六年十一月"),
        ("身份证尾号 0011", "身份证尾号零零幺幺"),
        ("尾号 012X", "尾号零幺二X"),
        ("138****0001", "尾号零零零幺"),
        ("13800000012", "幺三八，零零零零，零零幺二"),
        ("11010519491231002X", "幺幺零幺零五，幺九四九幺二三幺，零零二X"),
        ("服务热线 0592-12345", "服务热线零五九二，幺二三四五"),
        ("请拨打 12345", "请拨打幺二三四五"),
        ("30.50 元", "三十元五角"),
        ("¥30.05", "三十元零五分"),
        ("￥0.50", "五角"),
        ("0.05 元", "五分"),
        ("2 元", "两元"),
        ("0.00 元", "零元"),
        ("1,283.00 元", "一千二百八十三元"),
        ("1,283 人", "一千二百八十三人"),
        ("08:00-21:00", "八点到二十一点"),
        ("14:05", "十四点零五分"),
        ("14:30", "十四点三十分"),
        ("第 2 步，共 2 步", "第二步，共两步"),
        ("有 2 处需要改一下", "有两处需要改一下"),
        ("还剩 30 秒", "还剩三十秒"),
        ("约 12.5 公里", "约十二点五公里"),
        ("涨了 3.5%", "涨了百分之三点五"),
        ("王*，您好", "王某，您好"),
        ("按“帮助”（店员也可以）。", "按帮助，店员也可以。"),
        ("查 / 办", "查，办"),
        ("", ""),
    ],
)
def test_chinese(written: str, said: str) -> None:
    assert read_aloud(written, "zh_Hans").replace(" ", "") == said


def test_elsewhere_a_one_stays_a_one() -> None:
    assert read_aloud("尾号 0011", "nan") == "尾号零零一一"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("born on 1990-03-07", "born on 7 March 1990"),
        ("since 2026-11", "since November 2026"),
        ("30.50 yuan", "30 yuan 50"),
        ("¥1,283.00", "1283 yuan"),
        ("ending in 0011", "ending in 0 0 1 1"),
        ("138****0001", "ending in 0 0 0 1"),
        ("Call 0592-12345", "Call 0 5 9 2, 1 2 3 4 5"),
        ("1,283 people", "1283 people"),
        ("30 seconds left", "30 seconds left"),
        ("08:00-21:00", "08:00 to 21:00"),
    ],
)
def test_english(written: str, said: str) -> None:
    assert read_aloud(written, "en") == said


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_text_there_is_can_be_read(language: str) -> None:
    for key, text in i18n.table(language).items():
        said = read_aloud(text, language)
        assert said or not text.strip(), key
        if language != "en":
            assert not set(said) & set("0123456789"), (key, said)
