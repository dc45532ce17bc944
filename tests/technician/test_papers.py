"""What is left on paper: the report, the notice in all its cases, and both beside a serving kiosk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest

from kiosk import app, config, i18n
from kiosk.devices.roles import ROLES
from kiosk.flow.desk import CHINA
from kiosk.model.health import Health, State
from kiosk.paper.slip import raster
from kiosk.technician.notice import Notice, as_page, as_slip, notice
from kiosk.technician.offer import offer
from kiosk.technician.readiness import Check, Level, Readiness, Station
from kiosk.technician.record import Outcome, Result, Trouble
from kiosk.technician.report import report
from kiosk.technician.supplies import Forecast
from kiosk.technician.view import DeviceView
from kiosk.testing.counter import ROOT

AT = datetime(2026, 11, 26, 9, 30, tzinfo=CHINA)
STATION = Station(id="XM0001", name="e政务便民服务站", place="演示店", hotline="0592-12345", maintainer="陈维护", phone="0592-5550100")
DEPARTMENTS = app.shelves(config.load(ROOT / "config.toml")).departments
WELL = Health(state=State.READY)
JAMMED = Health(state=State.USER_ERROR, code="document_printer.jammed")


def device(role: str, health: Health = WELL) -> DeviceView:
    trouble = Trouble(time=AT - timedelta(hours=2), role=role, code=health.code) if health.code else None
    kind = ROLES[role].kind.kind
    return DeviceView(
        role=role, kind=kind, make="Acme", health=health, facts={"serial": f"SN-{role}", "firmware": "1.2"},
        troubles=(trouble,) if trouble else (),
        results={"print": Result(time=AT.astimezone(UTC), technician="chen", role=role, test="print", outcome=Outcome.PASS)}
        if role == "receipts" else {},
        supplies_left=(Forecast(role=role, supply="paper", unit="metre", holds=50, left=12, prints=3, days=6, replaced=AT),)
        if role == "receipts" else (),
    )  # fmt: skip


def seen(broken: str = "", health: Health = JAMMED, *, dead: tuple[str, ...] = ()) -> Readiness:
    devices = tuple(device(role, health) if role == broken else device(role) for role in ROLES)
    usable = {one.role for one in devices if one.health.state.usable}
    checks = [Check(id=f"ping:{name}", level=Level.FAIL, told="x", remedy="y") for name in dead]
    return Readiness(
        station=STATION, at=AT, serving=True, devices=devices, checks=(Check(id="disk", level=Level.OK, told="ok"), *checks),
        offer=offer(DEPARTMENTS, usable, dead), versions={"kiosk": "0.1.0", "code": "abc"},
    )  # fmt: skip


def text_of(pdf: bytes) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[number] for number in range(len(document))]
        texts = [page.get_textpage() for page in pages]
        return len(pages), "".join(text.get_text_range() for text in texts).replace("\r\n", "")
    finally:
        document.close()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_report_says_what_is_and_fits_a_page(language):
    pages, text = text_of(report(seen("documents", dead=("HRSS",)), language))
    assert pages == 1 and "⟦" not in text and "{" not in text
    for part in ("XM0001", "陈维护", "0592-5550100", "SN-id_card", "chen", "ping:HRSS", "abc", "2026-11-26 07:30"):
        assert part.replace(" ", "") in text.replace(" ", "").replace("\n", "")


def words(one: Notice, language: str) -> str:
    return "\n".join(i18n.say(text, language) for text in (*one.out, *one.still, *one.lost))


def test_a_notice_names_what_is_out_since_when_and_what_still_works():
    told = notice(seen("documents"), DEPARTMENTS, "湖里区行政服务中心，约 900 米")
    pages, text = text_of(as_page(told))
    assert pages == 1
    for part in ("A4打印机卡纸了", "2026-11-26 07:30", "仍可办理", "湖里区行政服务中心", "0592-5550100", "0592-12345", "Still available"):
        assert part in text
    assert text.index("仍可办理") < text.index("Still available"), "Chinese first"
    assert "⟦" not in text and "{" not in text


def test_a_department_that_sleeps_is_lost_and_the_devices_are_well():
    told = notice(seen(dead=("HPF",)), DEPARTMENTS)
    assert "公积金" in "".join(i18n.say(one, "zh_Hans") for one in told.lost)
    _, text = text_of(as_page(told))
    assert "设备正常" in text and "暂时不能办理" in text


def test_a_terminal_that_cannot_serve_promises_nothing():
    sick = seen()
    told = notice(replace(sick, offer=replace(sick.offer, missing=tuple("x" * sick.offer.items))), DEPARTMENTS)
    _, text = text_of(as_page(told))
    assert "暂停服务" in text and "仍可办理" not in text


def test_the_notice_fits_the_roll_too():
    slip = raster(as_slip(notice(seen("documents"), DEPARTMENTS, "湖里区行政服务中心")), "zh_Hans", 384)
    assert slip.shape[1] == 384 and slip.any()


def test_hostile_words_are_only_words():
    evil = replace(STATION, name="<script>x</script>", maintainer="<b>\x1b@")
    _, text = text_of(report(replace(seen(), station=evil), "zh_Hans"))
    assert "<script>x</script>" in text and "<b>@" in text


def test_what_is_offered_follows_devices_departments_and_money():
    everything = offer(DEPARTMENTS, set(ROLES))
    assert everything.missing == ()
    assert "hrss-insurance-cert" in offer(DEPARTMENTS, set(ROLES) - {"documents"}).missing
    assert "traffic-fine-pay" in offer(DEPARTMENTS, set(ROLES), {"payments"}).missing
    assert "household-same-name" not in offer(DEPARTMENTS, {"receipts"}).missing


