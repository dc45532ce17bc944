"""What people type, in plain words, by first letters, in a sentence; and which service they mean."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtQml import QJSEngine, QJSValue

import kiosk.screens
from kiosk import app, config, i18n
from kiosk.flow.shelf import search_words
from kiosk.model.words import Word

ROOT = Path(__file__).resolve().parents[2]
MODULE = Path(kiosk.screens.__file__).parent / "parts/find.mjs"

MEANT = {
    "无犯罪": "household-no-crime-cert",
    "我想开个无犯罪记录证明": "household-no-crime-cert",
    "wfz": "household-no-crime-cert",
    "跨省看病": "hsa-remote-filing",
    "去上海看病怎么报销": "hsa-remote-filing",
    "身份证丢了怎么补": "household-idcard-reissue",
    "身份证快过期了": "household-idcard-renew",
    "sfz 补办": "household-idcard-reissue",
    "交罚款": "traffic-fine-pay",
    "违章罚款在哪里交": "traffic-fine-pay",
    "老人坐公交免费的卡": "bus-concession-apply",
    "敬老卡年审": "bus-concession-review",
    "给公交卡充钱": "bus-ecard-topup",
    "退休金认证": "hrss-pension-auth",
    "领养老金要认证吗": "hrss-pension-auth",
    "孩子上小学报名": "edu-enrol-progress",
    "想跟老婆领结婚证": "civil-marriage-booking",
    "买回老家的火车票": "transport-rail-ticket",
    "公积金还有多少钱": "hpf-account-query",
    "电费": "utility-bill-pay",
    "去金门旅游": "exit-tw-endorse",
    "护照办好了没有": "exit-doc-progress",
    "房子租给别人要报备": "residence-rental-report",
    "我要提意见": "leave-message",
    "passport": "exit-booking",
}  # fmt: skip


@pytest.fixture(scope="module")
def items() -> list[dict[str, str]]:
    offered = app.shelves(config.load(ROOT / "config.toml"))
    return [
        {"id": item.id, "title": i18n.say(Word(f"item.{item.id}.title"), "zh_Hans"), "search": search_words(item)}
        for department in offered.departments
        for item in department.items
    ]


@pytest.fixture(scope="module")
def find(items: list[dict[str, str]]) -> Any:
    engine = QJSEngine()
    module = engine.importModule(str(MODULE))
    assert not module.isError(), module.toString()
    there = engine.evaluate(f"({json.dumps(items)})")

    def found(query: str, engine: QJSEngine = engine) -> list[str]:  # a JSValue does not keep its engine alive
        value: QJSValue = module.property("found").call([there, QJSValue(query)])
        assert not value.isError() and engine, value.toString()
        return [str(value.property(at).property("id").toString()) for at in range(value.property("length").toInt())]

    return found


@pytest.mark.parametrize("query", MEANT)
def test_what_is_meant_is_among_the_first(find: Any, query: str) -> None:
    assert MEANT[query] in find(query)[:3], find(query)


@pytest.mark.parametrize("query", ["", "   ", "。", "zzzz", "飞机修理"])
def test_nothing_fits_nothing(find: Any, query: str) -> None:
    assert find(query) == []


def test_a_guess_is_a_short_list(find: Any, items: list[dict[str, str]]) -> None:
    assert 0 < len(find("我想问问社保医保公积金的事情")) <= 6
    assert len(find("证")) < len(items)


def test_the_case_and_the_width_do_not_matter(find: Any) -> None:
    assert find("SFZ") == find("sfz") == find("ｓｆｚ") != []
