"""What of a screen is said aloud: its title and the one next thing to do, errors first. Everything stands on the glass, too.

Nothing of a person is: a shop listens. What was typed, read from a card or answered by a department stays on the glass.
"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.flow import views
from kiosk.flow.stage import View
from kiosk.model.words import Text, Word

MILESTONES = (30, 10)  # seconds left that are called out


def spoken(view: View) -> tuple[Text, ...]:
    """In the order they are said. () for a screen that is not for citizens."""
    return tuple(text for text in _said(view) if text)


def countdown(view: View) -> int:
    """Seconds that a person has for something on this screen; 0: nobody counts."""
    match view:
        case views.ReadCardView(state="reading") | views.TouchCardView(state="reading" | "writing") | views.CodeView(state="checking"):
            return 0
        case views.PayView(state="qr") | views.ReadCardView() | views.TouchCardView() | views.CodeView():
            return view.seconds_left
    return 0


def left(view: View, seconds: int) -> Word:
    """How many seconds are left, in the words that stand on this screen."""
    return Word("pay.seconds" if isinstance(view, views.PayView) else "count.seconds", seconds=seconds)


def _said(view: View) -> Iterable[Text]:
    match view:
        case views.AttractView():
            return (Word("attract.title"), Word("attract.start"))
        case views.HomeView():
            return (Word("home.title"), *(Word(f"home.door.{door}") for door in ("look_up", "get_done", "ask")))
        case views.DepartmentView():
            return (view.title, Word("department.lead" if view.items else "department.empty"))
        case views.AskView():
            return (Word("ask.title"), Word("ask.lead"), Word("ask.helper"))
        case views.ItemView():
            return _item(view)
        case views.GuideView():
            pairs = (*view.facts, *view.questions)
            return (view.title, view.about, *(step.title for step in view.steps), *(text for pair in pairs for text in pair))
        case views.WaysView():
            return (view.title, view.lead, *(way.title for way in view.ways))
        case views.ConsentView():
            return (view.title, view.lead, *view.points, view.no, view.yes)
        case views.FormView():
            return _form(view)
        case views.ReviewView():
            return (view.title or Word("review.title"), Word("review.lead"), view.note, view.go or Word("review.go"))
        case views.PayView():
            return _pay(view)
        case views.WorkingView():
            return (view.title, view.detail or Word("working.wait"))
        case views.DeliverView():
            return _deliver(view)
        case views.RateView():
            return _rate(view)
        case views.ApologyView():
            return (view.title, view.text, *view.notes, *(Word(f"remedy.{one}") for one in view.remedies))
        case views.GoodbyeView():
            return (view.title, *(one.title for one in view.take), view.note)
        case _:
            return _before_a_device(view)


def _before_a_device(view: View) -> Iterable[Text]:
    match view:
        case views.ReadCardView():
            return _read_card(view)
        case views.TouchCardView():
            return _touch_card(view)
        case views.FaceView():
            now = view.message if view.state == "again" else Word("face.comparing") if view.state == "comparing" else view.hint
            now = now or (Word(f"face.ask.{view.ask}") if view.ask else "")  # the move that is asked for, for who does not see its sign
            return (now,) if now else (Word("face.title"), Word("face.lead"))
        case views.CodeView():
            now = Word("code.checking") if view.state == "checking" else view.message
            return (now,) if now else (view.title, view.text)
        case views.OfficerView():
            return (view.title, view.text)
        case views.PhotoView(state="review"):
            return (Word("photo.review"), Word("photo.review.lead"), Word("photo.again"), Word("photo.keep"))
        case views.PhotoView():
            return (view.title, view.hint or Word("photo.look"))
        case views.ScanView():
            return _scan(view)
        case views.RecordView():
            return _record(view)
        case views.SignatureView():
            return (view.message,) if view.message else (view.title, view.text, Word("signature.by_keys"))
        case views.DeclareView():
            choices = ("declare.sure", "declare.no") if view.state == "sure" else ("declare.hand", "declare.go")
            return (view.title, view.text, *(Word(one) for one in choices))
        case _ if type(view).for_citizens:
            return tuple(getattr(view, name, "") for name in ("title", "lead", "text", "message"))  # a screen of somebody else's
    return ()


def _item(view: views.ItemView) -> Iterable[Text]:
    yield from (view.title, view.about)
    if not view.available:
        yield from (view.why, *view.where[:1], Word("item.closed"))
        return
    if view.bring:
        yield from (Word("item.bring"), *view.bring)
    yield Word("item.begin")


def _read_card(view: views.ReadCardView) -> Iterable[Text]:
    match view.state:
        case "reading":
            return (Word("read_card.reading"),)
        case "again":
            return (view.message, view.title or Word("read_card.again"))
        case "left":
            return (view.title or Word("read_card.left.title"), view.message)
    return (view.title or Word("read_card.title"), Word("read_card.lead", where=Word(f"side.{view.where}")))


def _touch_card(view: views.TouchCardView) -> Iterable[Text]:
    lead = Word("touch_card.lead", where=Word(f"side.{view.where}"))
    match view.state:
        case "reading":
            return (Word("touch_card.reading"), Word("touch_card.reading.lead"))
        case "writing":
            return (Word("touch_card.still"),)
        case "again":
            return (view.message, lead)
    return (view.title, lead)


def _scan(view: views.ScanView) -> Iterable[Text]:
    if view.state == "review":
        return (Word("scan.review.last" if view.page >= view.most else "scan.review.lead"),)
    return (view.message or view.hint,) if view.message or view.hint else (view.title, Word("scan.lead", page=view.page, most=view.most))


def _record(view: views.RecordView) -> Iterable[Text]:
    match view.state:
        case "recording" | "playing":
            return (Word("record.now" if view.state == "recording" else "record.playing"),)  # Sounds hold it back: a microphone listens
        case "recorded":
            choices = (*(("listen",) if view.plays else ()), "again", "delete", "keep")
            return (view.title, Word("record.seconds", seconds=view.seconds), view.text, *(Word(f"record.{one}") for one in choices))
        case "gone":
            return (view.message, view.text, Word("record.type"))
    start = Word("record.begin" if view.agreed else "record.start")
    if view.message:
        return (view.message, start)
    return (view.title, view.text, start)


def _form(view: views.FormView) -> Iterable[Text]:
    if view.errors:
        yield Word("form.errors", count=len(view.errors))
        for field in view.fields:
            if field.name in view.errors:
                yield from (field.label, view.errors[field.name])
        return
    yield from (view.title, view.lead)
    if not view.fields:
        yield from (view.empty, Word("nav.back"))
    elif len(view.fields) == 1:
        yield from (view.fields[0].label, view.fields[0].hint, Word("form.next"))
    else:
        yield from (*(field.label for field in view.fields if not field.depends), Word("form.next"))


def _rate(view: views.RateView) -> tuple[Text, ...]:
    match view.state:
        case "reasons":
            return (Word("rate.why"), Word("rate.why.lead"), *(Word(f"rate.reason.{one}") for one in view.reasons), Word("rate.send"))
        case "order":
            return (Word("rate.order"), Word("rate.order.lead"), view.order_no)
        case _:
            return (Word("rate.title"), Word("rate.skip"))


def _pay(view: views.PayView) -> Iterable[Text]:
    match view.state:
        case "choose":
            return (view.message, Word("pay.choose"), view.amount, *(Word(f"pay.method.{method}") for method in view.methods))
        case "qr":
            return (Word("pay.scan", method=Word(f"pay.method.{view.method or 'wechat'}")), view.amount)
    return (Word("pay.confirming"), Word("pay.confirming.lead"))


def _deliver(view: views.DeliverView) -> Iterable[Text]:
    if not view.done:
        return (view.title, Word("deliver.printing"))
    taken = any(sheet.state != "failed" for sheet in view.sheets)
    return (view.title, Word("deliver.take") if taken else "", view.note, Word("deliver.finish"))
