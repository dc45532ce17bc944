"""Who is sent for which item: the usual citizen, or one whom the department can serve; and what that one answers differently."""

from __future__ import annotations

from kiosk.people import citizens
from kiosk.tour.script import Script

USUAL = "c01"
# item → who has what it takes: a licence near its end, a child at school, a right to a concession.
FITTING: dict[str, str] = {
    "residence-permit-endorse": "c02",
    "residence-permit-reissue": "c03",
    "hrss-pension-auth": "c05",
    "bus-concession-review": "c05",
    "bus-concession-apply": "c12",
    "hpf-withdraw-leave": "c08",
}
# item → answers that differ from the first option.
ANSWERS: dict[str, dict[str, str]] = {
    "household-idcard-renew": {"reason": "damaged"},
    "residence-register": {"dwelling": "own"},
    "residence-permit-endorse": {"address": "350206/江头街道/祥岭里27号304室"},
    "residence-foreign-lodging": {"birth_date": "1990-05-17"},
    "utility-bill-pay": {"utility": "power"},
    "exit-hkmo-endorse": {"permit_no": "C35000001"},
    "exit-tw-endorse": {"permit_no": "L35000001"},
    "traffic-inspection-mark": {"plate_no": "闽D7K23Q"},
    "traffic-vehicle-licence-reissue": {"plate_no": "闽D7K23Q"},
}

# item → what is held to the scanner: a bill of the power company, an invented passport.
CODES: dict[str, dict[str, str]] = {
    "utility-bill-pay": {"account_no": "3590012345678"},
    "residence-foreign-lodging": {
        "passport_no": "P<SGPTAN<<WEI<MING<<<<<<<<<<<<<<<<<<<<<<<<<<E123456782SGP9005178M3101012<<<<<<<<<<<<<<08"
    },
}

# item → the card that is laid on the plate.
CARDS = {"bus-concession-review": "senior"}


def script(item: str, citizen: str, *, way: str = "", pays: bool = True) -> Script:
    """`citizen` "" = whoever fits the item."""
    who = citizen or FITTING.get(item, USUAL)
    card = citizens()[who].card
    return Script(
        item=item,
        citizen=who,
        pays=pays,
        way=way,
        name=card.name,
        id_number=card.id_number,
        card=CARDS.get(item, "e01"),
        answers=ANSWERS.get(item, {}),
        codes=CODES.get(item, {}),
    )
