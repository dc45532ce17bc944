"""What a volunteer may see of a citizen's screen: the fixed sentences and the shape, nothing that is anybody's.

By allow-list: a field that stands in none of these tables is masked, whatever it holds, so that a new one is masked until
somebody has thought about it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from kiosk import i18n
from kiosk.flow import views
from kiosk.flow.stage import Trail, View
from kiosk.model.words import Word

DOTS = "●●●"  # of one length: how long it was tells nothing

OPEN: Mapping[type, frozenset[str]] = {
    Trail: frozenset({"step", "of"}),
    View: frozenset({"can_back"}),  # of every view
    views.ApologyView: frozenset({"code", "remedies", "seconds"}),
    views.Choice: frozenset({"icon"}),
    views.CodeView: frozenset({"icon", "state", "seconds_left"}),
    views.ConsentView: frozenset({"icon"}),
    views.DeclareView: frozenset({"state"}),
    views.DeliverView: frozenset({"again", "done"}),
    views.DepartmentView: frozenset({"icon"}),
    views.FaceView: frozenset({"state", "ask", "progress"}),
    views.Field: frozenset({"name", "type", "required", "min", "max", "pattern", "scan", "depends"}),
    views.GoodbyeView: frozenset({"more", "seconds"}),
    views.Group: frozenset({"icon"}),
    views.GuideView: frozenset({"icon", "printable", "available"}),
    views.ItemTile: frozenset({"id", "icon", "department", "entrance", "available"}),
    views.ItemView: frozenset({"icon", "available"}),
    views.OfficerView: frozenset({"state", "seconds_left"}),
    views.PayView: frozenset({"state", "methods", "method", "seconds_left", "demo"}),
    views.PhotoView: frozenset({"state"}),
    views.RateView: frozenset({"state", "reasons"}),
    views.RecordView: frozenset({"state", "level", "seconds", "seconds_left", "most", "plays", "agreed"}),
    views.ReadCardView: frozenset({"state", "seconds_left", "other", "where"}),
    views.ScanView: frozenset({"state", "page", "most"}),
    views.Sheet: frozenset({"icon", "state", "where"}),
    views.Tile: frozenset({"id", "icon", "where"}),
    views.TouchCardView: frozenset({"state", "seconds_left", "where"}),
}
"""Fields that say how a screen is built, and counts of seconds, steps and pages; a word in them must look like one of ours."""
CLOSED = frozenset({(views.DeliverView, "headline"), (views.DeliverView, "note"), (views.FormView, "empty"), (views.ReviewView, "amount")})
"""Texts that tell what came of it even where they are sentences of ours: "no violations" is news of somebody."""
KEYED = frozenset({(views.FormView, "errors")})  # maps whose keys are names of fields; of any other nothing is left
OURS = re.compile(r"[a-z][a-z0-9_.:-]{0,60}")


def masked(value: Any) -> Any:
    """A view and all in it as maps, lists, strings, numbers, like `kiosk.screens.stage.plain`: a Word keeps its sentence and loses what

    fills its places; words from outside are dots; a number is 0. Of a pair (what it is called, what it is) the second is dots even if
    it is a sentence: it is an answer. Neighbours that look alike then are one: how many records there are is nobody's business either.
    """
    if isinstance(value, Word):
        if value.key not in i18n.table(i18n.REFERENCE):
            return DOTS
        return {"key": value.key, "args": {name: masked(one) if isinstance(one, Word) else DOTS for name, one in value.args.items()}}
    if is_dataclass(value) and not isinstance(value, type):
        return _dataclass(value)
    if isinstance(value, Mapping):
        return {}
    if isinstance(value, tuple | list):
        found: list[Any] = []
        for one in value:
            shown = [masked(one[0]), DOTS] if _pair(one) else masked(one)
            if shown not in found[-1:]:
                found.append(shown)
        return found
    return _bare(value)


def public(text: Word | str) -> bool:
    """Whether it is one fixed sentence, with nothing from outside in it: what may be said aloud beside a volunteer."""
    return isinstance(text, Word) and all(isinstance(one, Word) and public(one) for one in text.args.values())


def _dataclass(value: Any) -> dict[str, Any]:
    kind = type(value)
    opened = OPEN.get(kind, frozenset()) | (OPEN[View] if isinstance(value, View) else frozenset())
    found: dict[str, Any] = {}
    for one in fields(value):
        held = getattr(value, one.name)
        if one.name in opened:
            found[one.name] = _ours(held)
        elif (kind, one.name) in KEYED:
            found[one.name] = {str(key): masked(text) for key, text in held.items() if _ours(str(key))}
        elif (kind, one.name) in CLOSED:
            found[one.name] = DOTS if held else ""
        elif isinstance(held, str) and one.type == "str":
            found[one.name] = ""  # not a text for people: a QR code's content, a value, a number of an order
        else:
            found[one.name] = masked(held)
    return found


def _pair(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(isinstance(one, Word | str) for one in value)


def _ours(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_ours(one) for one in value]
    if isinstance(value, str):
        return value if OURS.fullmatch(value) else ""
    return value if isinstance(value, bool | int | float) or value is None else masked(value)


def _bare(value: Any) -> Any:
    if value is None or value == "":
        return value
    if isinstance(value, bool):
        return False
    return 0 if isinstance(value, int | float) else DOTS
