"""Whether whoever did what was asked is whoever is compared: nobody steps in between, and no picture is held up afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.identity import Picture, Verifier
from kiosk.model.verdict import Liveness, Pad


def same_throughout(pad: Pad, verifier: Verifier, match: Sequence[Picture], witness: Sequence[Picture]) -> Pad:
    """`pad` as the trial gave it, or FAILED as `changed`. An attempt that failed for another reason is looked at as well: somebody

    else in the picture is then the better word. What the verifier cannot tell is moved to what was not checked.
    """
    if pad.outcome is Liveness.NOT_CHECKED or not match:
        return pad
    same = verifier.one_person(match, witness)
    if same is None:
        checked = tuple(one for one in pad.checked if one != "same_face")
        return replace(pad, checked=checked, unchecked=(*pad.unchecked, "same_face"))
    return pad if same else replace(pad, outcome=Liveness.FAILED, reason="changed")
