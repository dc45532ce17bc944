"""Whose card an item is for, told on its page, and looked at as soon as somebody is known, however that came about."""

from __future__ import annotations

from datetime import date

from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Item
from kiosk.model.person import Holder, Person
from kiosk.model.session import Session
from kiosk.model.words import Text, Word


def holders_said(item: Item) -> Text:
    """Who may use `item`, in a few words; "" where nobody is shut out."""
    if not item.ways or set(item.holders) >= set(Holder):
        return ""
    first, *others = (Word(f"holder.{one.value}") for one in item.holders)
    text: Text = first
    for one in others:
        text = Word("answer.and", these=text, this=one)
    return text


def age_said(item: Item) -> Text:
    """From which age `item` can be had; "" where a guardian may agree for anybody younger."""
    return Word("guide.age.from", years=item.from_age) if item.from_age else ""


def serve_holder(session: Session, day: date) -> None:
    """Raises Fault("identity.mainland_only", LATER), Fault("identity.other_holder", LATER) for who is known and not meant,

    Fault("identity.too_young", LATER) for who cannot have this yet on that day, whoever agrees.
    """
    if session.person is None:
        return
    age = session.person.age_on(day)
    if age is not None and age < session.item.from_age:
        raise Fault("identity.too_young", Remedy.LATER)
    if session.person.holder in session.item.holders:
        return
    only_mainland = session.item.holders == (Holder.MAINLAND,)
    raise Fault("identity.mainland_only" if only_mainland else "identity.other_holder", Remedy.LATER)


CHILD = 14  # years; below, a guardian agrees to what is done with a person's data (PIPL arts. 28, 31; 人脸识别办法 art. 7)


def needs_guardian(person: Person, day: date) -> bool:
    age = person.age_on(day)
    return age is not None and age < CHILD
