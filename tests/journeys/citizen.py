"""A citizen who has everything with them, and the world that stands around."""

from __future__ import annotations

from kiosk.flow import views
from kiosk.testing.stage import natural


def willing(here, who):
    """What a citizen does who has everything with them: fills in, pays, shows, lays down."""

    def answer(view):
        if isinstance(view, views.PayView):
            if view.state == "qr":
                here.sandbox.pay(view.order_no)
            return {"method": "wechat"} if view.state == "choose" else None
        return {field.name: typed(field, view.values.get(field.name, "")) for field in view.fields} if view.fields else {}

    def typed(field, draft):
        printed = {name: code for name, code in who.codes.items() if code.isdigit()}  # what the tour scans can be read off the bill, too
        code = here.sandbox.code(who.mobile) if field.type == "otp" else ""
        known = {"phone": who.mobile, "otp": code, **printed, **who.answers}
        if field.name in ("name", "id_number") and getattr(field.label, "key", "").startswith("identity."):
            return {"name": who.name, "id_number": who.id_number}[field.name]
        given = draft or known.get(field.name)
        return given or (known.get(field.type) or natural(field, "") if field.required else "")

    return answer


def world(here, who):
    """What stands around: the scanner is shown what it asks for, a card lies on the plate, a page under the camera."""

    def move(view):
        if isinstance(view, views.CodeView) and view.state != "checking":
            here.simulator("codes").show_code("VOL-0001" if view.title.key == "witness.title" else f"CTID1:{who.citizen}")
        if isinstance(view, views.TouchCardView) and view.state == "waiting":
            here.simulator("contactless").put_card(who.card)
        if isinstance(view, views.ScanView) and view.state == "looking":
            here.simulator("pages").lay_page("lease")

    return move
