"""Every screen of the built-in story as data. One class here = one file in `kiosk/screens/views/`, same name.

The answer each one gives is in its docstring: a mapping with just these keys and values, all strings.
"""

from __future__ import annotations

from kiosk.flow.stage import View
from kiosk.flow.views.asking import DeclareView, Field, FormView, Option, PhotoView, RecordView, ScanView, SignatureView, TouchCardView
from kiosk.flow.views.ending import ApologyView, DeliverView, GoodbyeView, PayView, RateView, Record, ReviewView, Sheet, WorkingView
from kiosk.flow.views.finding import Asking, AskView, AttractView, DepartmentView, Group, GuideView, HomeView, ItemTile, ItemView, Tile
from kiosk.flow.views.helping import VolunteerDoorView, VolunteerView
from kiosk.flow.views.identity import Choice, CodeView, ConsentView, FaceView, OfficerView, ReadCardView, WaysView

__all__ = [
    "ApologyView",
    "AskView",
    "Asking",
    "AttractView",
    "Choice",
    "CodeView",
    "ConsentView",
    "DeclareView",
    "DeliverView",
    "DepartmentView",
    "FaceView",
    "Field",
    "FormView",
    "GoodbyeView",
    "Group",
    "GuideView",
    "HomeView",
    "ItemTile",
    "ItemView",
    "OfficerView",
    "Option",
    "PayView",
    "PhotoView",
    "RateView",
    "ReadCardView",
    "Record",
    "RecordView",
    "ReviewView",
    "ScanView",
    "Sheet",
    "SignatureView",
    "Tile",
    "TouchCardView",
    "View",
    "VolunteerDoorView",
    "VolunteerView",
    "WaysView",
    "WorkingView",
]
