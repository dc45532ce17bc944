"""Questions, and what a device takes instead of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from kiosk.flow.stage import View
from kiosk.flow.views.identity import Choice
from kiosk.model.layout import Side
from kiosk.model.words import Text


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice. `rows` and `amount` are for records of a department (LOOKUP)."""

    value: str
    label: Text
    rows: tuple[tuple[Text, Text], ...] = ()
    amount: Text = ""
    group: Text = ""  # what it is listed under: the day of a slot, the province of a city
    search: str = ""  # lower-case text to match: pinyin, first letters


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a form; `type` names `fields/<Type>Field.qml`: text enum multi_select integer date month_range id_number phone otp
    address admin_code plate permit_no passport_no bank_card house_code lookup station slot."""

    name: str
    type: str
    label: Text
    hint: Text = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    min: int = 0
    max: int = 0
    pattern: str = ""  # han_name, digits … : which keyboard fits
    scan: bool = False  # may be answered with the scanner instead of typing
    earliest: str = ""  # date: the first day that may be chosen, "2026-11-25"
    latest: str = ""  # month_range: the last month that may be chosen, "2026-11"; date: the last day
    depends: tuple[tuple[str, tuple[str, ...]], ...] = ()  # shown only while each of these fields has one of these values


@dataclass(frozen=True, kw_only=True)
class FormView(View):
    """`values` are drafts and kept answers; `errors` stand beside their fields.

    Answer: {field name: text, …}; {"offer": id, field name: text, …} where one of `offers` was taken;
    {"scan": field name, field name: text, …} where a field is to be answered with the scanner; Back.
    """

    title: Text
    fields: tuple[Field, ...]
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    errors: Mapping[str, Text] = field(default_factory=dict)
    empty: Text = ""  # a lookup that found nothing: said instead of the fields
    lead: Text = ""
    facts_title: Text = ""
    facts: tuple[tuple[Text, Text], ...] = field(default=(), repr=False)  # what a department says, to be read before the answer
    offers: tuple[Choice, ...] = field(default=(), repr=False)  # "fill in what the register knows", "send the code again"
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class PhotoView(View):
    """A portrait for a document. `state`: looking (the picture is taken by itself when it is good) | review.

    The preview shows the camera, in review the picture that was taken. Answer in review: {"photo": "keep" | "again"}; Back.
    """

    title: Text
    state: str = "looking"
    hint: Text = ""
    private: bool = True
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class ScanView(View):
    """Pages under the document camera. `state`: looking | review. `page` of at most `most`; `hint`: what is wrong with the picture.

    Answer: looking {"scan": "take"}; review {"scan": "again" | "next" | "done"}; Back.
    """

    title: Text
    state: str = "looking"
    page: int = 1
    most: int = 6
    hint: Text = ""
    message: Text = ""
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class SignatureView(View):
    """Sign with a finger. Answer: {"strokes": "x,y x,y …;x,y …"}, whole numbers of 0..1000 in both directions;

    {"by": "keys"}: in another way than by hand; Back.
    """

    title: Text
    text: Text
    message: Text = ""
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class DeclareView(View):
    """A statement in place of a signature. `state`: read | sure (pressed, and asked once more). Answer: none; Back."""

    title: Text
    text: Text
    state: str = "read"
    rows: tuple[tuple[Text, Text], ...] = field(default=(), repr=False)
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class RecordView(View):
    """Say it instead of typing. `state`: ready | recording | recorded | playing | gone (there is no microphone any more).

    Of 100, `level` says how loud it is just now; `plays`: it can be listened to; `agreed`: they were asked before.
    Answer: ready {"record": "start" | "type"}; recording, playing {"record": "stop"};
    recorded {"record": "listen" | "again" | "delete" | "keep"}; gone {"record": "type"}; Back.
    """

    title: Text
    text: Text
    state: str = "ready"
    message: Text = ""
    level: int = 0
    seconds: int = 0
    seconds_left: int = 0
    most: int = 60
    plays: bool = False
    agreed: bool = False
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class TouchCardView(View):
    """A card on the contactless reader. `state`: waiting | reading | writing (do not move it) | again (`message` says why).

    Answer: none; Back, Leave (not while writing).
    """

    title: Text
    state: str = "waiting"
    message: Text = ""
    seconds_left: int = 0
    watched: bool = False
    at: ClassVar[str] = "contactless"
    where: Side = "below"
