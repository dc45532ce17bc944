"""How 闽南语 is read, as Tâi-lô, for the people who review and record the texts. A program's reading: a native speaker corrects it."""

from __future__ import annotations

import re
from collections.abc import Callable

# taibun's dictionary is Taiwan's. What Xiamen writes in another way, and what the dictionary cuts or reads wrongly:
_OWN = {"即马": "這馬", "会使": "會使 ", "袂使": "袂使 ", "拢总": "攏總", "拢": " lóng ", "才": " tsiah "}
_OURS = re.compile("|".join(_OWN))
_PLACE = re.compile(r"\{ (\w+) \}")  # the converter sets a word in braces apart


def romaniser() -> Callable[[str], str]:
    """A text in Hàn-jī (simplified or traditional) → Tâi-lô; {places} stay. Takes half a second of dictionaries: for lists alone."""
    from taibun import Converter

    converter = Converter(system="Tailo", format="mark", dialect="north")  # nearer to Xiamen: 病 pīnn, 月 ge̍h, 女 lú

    def romanised(text: str) -> str:
        read = str(converter.get(_OURS.sub(lambda found: _OWN[found[0]], text)))
        return _PLACE.sub(r"{\1}", " ".join(read.split()))

    return romanised
