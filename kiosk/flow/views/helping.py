"""What a volunteer sees who helps a citizen: never anything of the citizen's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.flow.stage import View
from kiosk.model.words import Text


@dataclass(frozen=True, kw_only=True)
class VolunteerDoorView(View):
    """Who wants to help: a badge held to the scanner, where it is free (`badge`), or id, PIN and one-time code.

    Answer: {"do": "enter", "id", "pin", "code"}; {"do": "go"}. Every new number of `tries` empties what was typed.
    """

    for_citizens: ClassVar[bool] = False
    badge: bool = False
    checking: bool = False
    messages: tuple[Text, ...] = ()
    tries: int = 0


@dataclass(frozen=True, kw_only=True)
class VolunteerView(View):
    """The step, what to say (`minnan`: the same in 闽南语, written), what can be done; beside it the citizen's screen, masked by the stage.

    Answer: {"do": "point" | "back" | "again" | "go"}; {"do": "say", "minnan": "yes" | ""}: `say` is said aloud.
    `again`: the step may begin anew; `why` not, or why nothing came of a wish.
    """

    for_citizens: ClassVar[bool] = False
    who: str
    say: Text
    minnan: str
    back: bool = False
    again: bool = False
    why: Text = ""
