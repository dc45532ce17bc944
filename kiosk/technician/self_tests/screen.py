"""The whole glass is wiped with a finger: cells that never answered are dead, and where they lie says what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kiosk.model.words import Word
from kiosk.technician.self_test import SCREEN, Bench, Cell, Failed, SelfTest

COLUMNS, ROWS = 12, 20  # on 1080 × 1920 a cell is 90 × 96 pixels, about a fingertip


class TouchEverywhere(SelfTest):
    kind = SCREEN
    name = "touch"
    within = 300.0

    async def run(self, device: object, bench: Bench) -> Mapping[str, str]:
        bench.person.tell(Word("test.screen.touch.wipe"))
        touched = await bench.person.touch(COLUMNS, ROWS)
        facts = {"dead": str(len(dead(touched, COLUMNS, ROWS))), "of": str(COLUMNS * ROWS), "map": dead_zones(touched, COLUMNS, ROWS)}
        if facts["dead"] != "0":
            raise Failed("dead_zone", **facts)
        return facts


def dead(touched: Collection[Cell], columns: int, rows: int) -> set[Cell]:
    return {(column, row) for column in range(columns) for row in range(rows)} - set(touched)


def dead_zones(touched: Collection[Cell], columns: int, rows: int) -> str:
    """The glass from top to bottom, a line a row: `·` answered, `█` did not."""
    missing = dead(touched, columns, rows)
    return "\n".join("".join("█" if (column, row) in missing else "·" for column in range(columns)) for row in range(rows))
