"""The notice for the door of the shop: what is out, since when, what still works, where else to go, whom to call. Large, Chinese first."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.i18n import REFERENCE, say
from kiosk.model.item import Department
from kiosk.model.paper import Slip
from kiosk.model.words import Text, Word
from kiosk.paper.printable import printable
from kiosk.technician.page import Sheet
from kiosk.technician.readiness import Readiness, Verdict
from kiosk.technician.sentences import health_sentence, moment

_SHOWN = 6  # departments by name; a notice is read in passing

LANGUAGES = (REFERENCE, "en")  # one page, read in passing: whoever reads 繁體 or speaks 闽南语 reads 简体


@dataclass(frozen=True, kw_only=True)
class Notice:
    """`out`: sentences, each with the time since when; `still`: departments with how many of their services; `lost`: those with none."""

    station: str
    at: datetime
    closed: bool
    out: tuple[Text, ...]
    still: tuple[Text, ...]
    lost: tuple[Text, ...]
    nearest: Text
    maintainer: str
    phone: str
    hotline: str


def notice(readiness: Readiness, departments: Sequence[Department], nearest: Text = "") -> Notice:
    """`nearest`: where else one can go; "" where nobody wrote it down."""
    here, missing = readiness.station, set(readiness.offer.missing)
    out: list[Text] = []
    for device in readiness.devices:
        if not device.health.state.usable:
            since = next((one.time for one in device.troubles if one.until is None), readiness.at)
            out.append(Word("notice.out", since=moment(since), what=health_sentence(device.health)))
    still, lost = [], []
    for department in departments:
        can = [item for item in department.items if item.id not in missing]
        name = Word(f"department.{department.code}")
        if can and len(can) < len(department.items):
            still.append(Word("notice.some", department=name, can=len(can), all=len(department.items)))
        elif can:
            still.append(name)
        else:
            lost.append(name)
    return Notice(
        station=f"{here.name} {here.id}",
        at=readiness.at,
        closed=readiness.verdict is Verdict.UNFIT,
        out=tuple(out),
        still=tuple(still),
        lost=tuple(lost),
        nearest=nearest,
        maintainer=here.maintainer,
        phone=here.phone,
        hotline=here.hotline,
    )


def as_page(one: Notice) -> bytes:
    """A4, in every language, the reference first. Raises Fault("paper.font_missing", STAFF)."""
    sheet = Sheet(_title(one), REFERENCE, one.at, footer=one.station, kind="notice")
    for language in LANGUAGES:
        sheet.add(f'<section class="{"first" if language == REFERENCE else "second"}">')
        if language != REFERENCE:
            sheet.add(f"<h2>{_escaped(_title(one), language)}</h2>")
        for text in _lines(one):
            sheet.add(f"<p>{_escaped(text, language)}</p>")
        sheet.add("</section>")
    return sheet.to_pdf()


def as_slip(one: Notice) -> Slip:
    """The same for the receipt printer, where the A4 printer is what is out. Shorter: a roll is narrow."""
    head, *rest = _lines(one)
    return Slip(title=_title(one), warning=head, notes=tuple(rest[:10]), station=one.station, hotline=one.hotline, printed_at=one.at)


def _title(one: Notice) -> Word:
    return Word("notice.closed" if one.closed else "notice.title")


def _lines(one: Notice) -> list[Text]:
    lines: list[Text] = [*one.out] or [Word("notice.no_device" if not one.closed else "notice.closed.why")]
    if not one.closed:
        lines += [Word("notice.still", departments=_joined(one.still))] if one.still else []
        lines += [Word("notice.lost", departments=_joined(one.lost))] if one.lost else []
    if one.nearest:
        lines.append(Word("notice.nearest", where=one.nearest))
    if one.phone:
        lines.append(Word("notice.maintainer", name=one.maintainer, phone=one.phone))
    lines.append(Word("notice.hotline", phone=one.hotline))
    lines.append(Word("notice.sorry"))
    return lines


def _joined(texts: Sequence[Text]) -> Word | str:
    """`a、b、c`, as a word that holds the others, so that each language joins in its own way."""
    first, *rest = texts[:_SHOWN]
    joined: Text = first
    for text in rest:
        joined = Word("notice.and", before=joined, next=text)
    return Word("notice.and_more", before=joined, count=len(texts) - _SHOWN) if len(texts) > _SHOWN else joined


def _escaped(text: Text, language: str) -> str:
    return html.escape(printable(say(text, language), 400))
