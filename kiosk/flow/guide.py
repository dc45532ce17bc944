"""The guide to an item: its steps on this terminal and what people ask, told from its declaration, to read, to hear, to take along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk import i18n
from kiosk.devices.roles import RECEIPTS
from kiosk.flow.desk import Desk
from kiosk.flow.holders import age_said, holders_said
from kiosk.flow.papers import call_back, print_slip
from kiosk.flow.plan import plan
from kiosk.flow.stage import Back
from kiosk.flow.step import Proving, Step
from kiosk.flow.views import GuideView, ItemView, Tile
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.item import Item, Proof, way_name
from kiosk.model.paper import Slip
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

ICONS = {
    "ways": "account-switch-outline",
    "consent": "shield-account",
    "read_card": "card-account-details",
    "type_identity": "keyboard-outline",
    "net_cert": "qrcode-scan",
    "verify_face": "face-recognition",
    "second_factor": "message-processing-outline",
    "witness": "account-heart-outline",
    "officer": "headset",
    "form": "file-document-edit",
    "photo": "camera",
    "scan": "text-box-search-outline",
    "signature": "draw",
    "recording": "microphone",
    "touch_card": "contactless-payment",
    "write_card": "contactless-payment",
    "review": "clipboard-check-outline",
    "pay": "qrcode",
    "deliver": "printer",
}
ENDING = "guide"  # a slip was printed, nobody was served


def guide(item: Item, page: ItemView, desk: Desk, *, note: Text = "") -> GuideView:
    """`page` is the item's own: what it says of fee, hours and papers is not said a second time in other words here."""
    key = f"item.{item.id}"
    printer = desk.devices.get(RECEIPTS.name)
    return GuideView(
        title=page.title,
        about=page.about,
        icon=page.icon,
        steps=tuple(
            Tile(id=step.name, title=Word(f"guide.step.{step.name}"), icon=ICONS.get(step.name, "check-circle")) for step in walked(item)
        ),
        facts=(
            *(((Word("item.holders"), holders_said(item)),) if holders_said(item) else ()),
            *(((Word("guide.age"), age_said(item)),) if item.from_age else ()),
            (Word("item.bring"), _list(page.bring)),
            (Word("item.fee"), page.fee),
            (Word("item.takes"), page.takes),
            (Word("item.hours"), page.hours),
            (Word("item.unit"), page.unit),
        ),
        questions=tuple((Word(f"guide.{name}.question"), answer) for name, answer in questions(item, desk)),
        qr=Word("guide.qr", title=Word(f"{key}.title"), bring=_list(page.bring), fee=page.fee, hotline=desk.terminal.hotline),
        printable=printer is not None and printer.health.state.usable,
        available=page.available,
        note=note,
        can_back=True,
    )


def walked(item: Item) -> tuple[Step, ...]:
    """The steps a citizen meets who is known in the usual way, each kind once."""
    usual = set(item.ways[0]) if item.ways else set()
    met: dict[str, Step] = {}
    for step in plan(item):
        if not step.screen or step.name in ("ways", "guardian", "rate") or (isinstance(step, Proving) and step.proof not in usual):
            continue
        met.setdefault(step.name, step)
    return tuple(met.values())


def questions(item: Item, desk: Desk) -> Iterator[tuple[str, Text]]:
    """(which, answer) of what people ask about an item like this one; every answer follows from the declaration."""
    first = set(item.ways[0]) if item.ways else set()
    for name, proof in (("no_card", Proof.ID_CARD), ("no_face", Proof.FACE), ("no_phone", Proof.SMS_OTP)):
        if proof not in first:
            continue
        others = [way for way in item.ways if proof not in way]
        if others:
            yield name, Word(f"guide.{name}.other", ways=_list([Word(f"way.{way_name(way)}") for way in others]))
        else:
            yield name, Word(f"guide.{name}.none", hotline=desk.terminal.hotline)
    yield "other_person", Word("guide.other_person.never" if item.ways else "guide.other_person.free")
    if item.paid:
        yield "money", Word("ask.money.answer")
    if any(one.document == "certificate" for one in item.outputs):
        yield "seal", Word("guide.seal.answer")
    yield "stop", Word("guide.stop.answer")


async def show_guide(item: Item, page: ItemView, desk: Desk) -> bool:
    """Until the citizen goes back (False) or begins (True)."""
    note: Text = ""
    while True:
        view = guide(item, page, desk, note=note)
        try:
            answer = await desk.ask(view)
        except Back:
            return False
        if "print" not in answer:
            return True
        note = await _take_along(item, view, desk)


async def _take_along(item: Item, view: GuideView, desk: Desk) -> Text:
    """The guide as a slip. Its intent stands in the journal as of a visit of its own, in which nobody was asked who they are."""
    slip = Slip(
        title=Word("guide.slip"),
        rows=((Word("slip.item"), view.title), *view.facts),
        notes=tuple(Word("guide.slip.step", number=number, step=step.title) for number, step in enumerate(view.steps, 1)),
        qr=i18n.say(view.qr, desk.stage.language),
        qr_caption=Word("guide.qr.caption"),
        station=f"{desk.terminal.name} {desk.terminal.id}",
        hotline=desk.terminal.hotline,
        printed_at=desk.now(),
    )
    if desk.turn.technician:
        return Word("day.tested")
    session = Session(visit=await desk.journal.begin(item.id), item=item)
    desk.turn.visit = True
    desk.door.open(session.nonce)
    try:
        await print_slip(slip, f"{session.visit}-guide", session, desk)
    except Fault:
        return Word("apology.no_slip")
    finally:
        desk.door.close()
        await call_back(desk, *desk.printers)
        await desk.journal.write(events.VisitEnded(visit=session.visit, ending=ENDING, fault=""))
        desk.turn.visit = False
    return Word("guide.printed")


def _list(texts: Sequence[Text]) -> Text:
    """One after the other, as a sentence names them."""
    first, *others = texts
    text: Text = first
    for one in others:
        text = Word("answer.and", these=text, this=one)
    return text
