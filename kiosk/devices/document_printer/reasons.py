"""What `printer-state-reasons` (RFC 8011 §5.4.12, PWG 5100.9) mean for whoever stands before the printer."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.devices.document_printer.ipp import Attributes, values
from kiosk.model.health import Health, State, Supply

# reasons, without their ending -error, -warning or -report; what they mean. The first row that fits is the cause.
_TROUBLE: tuple[tuple[frozenset[str], str, State, tuple[str, Supply] | None], ...] = (
    (frozenset({"offline", "shutdown", "timed-out"}), "offline", State.DOWN, None),
    (frozenset({"media-jam"}), "jammed", State.USER_ERROR, ("paper", Supply.JAMMED)),
    (frozenset({"door-open", "cover-open", "interlock-open", "input-tray-missing"}), "cover_open", State.USER_ERROR, None),
    (frozenset({"media-empty", "media-needed"}), "paper_out", State.USER_ERROR, ("paper", Supply.OUT)),
    (
        frozenset({"toner-empty", "marker-supply-empty", "marker-supply-missing", "developer-empty"}),
        "toner_out",
        State.USER_ERROR,
        ("toner", Supply.OUT),
    ),
    (frozenset({"output-area-full"}), "tray_full", State.USER_ERROR, None),
)
_LOW: tuple[tuple[frozenset[str], str, str], ...] = (
    (frozenset({"media-low", "media-empty"}), "paper_low", "paper"),
    (frozenset({"toner-low", "marker-supply-low", "developer-low", "toner-empty", "marker-supply-empty"}), "toner_low", "toner"),
)
# A printer that is only being spoken to, or a queue about itself: no trouble.
_NOTHING = frozenset({"none", "connecting-to-device", "paused", "moving-to-paused", "spool-area-full", "cups-waiting-for-job-completed"})
_STOPPED = 5  # printer-state: 3 idle, 4 processing, 5 stopped
CODES = tuple(f"document_printer.{code}" for code in (*(row[1] for row in _TROUBLE), *(row[1] for row in _LOW), "stopped"))


def health_of(printer: Attributes, *, speaks: bool) -> Health:
    """`speaks`: this printer tells how it is, so that "no reasons" means "well"; else silence is UNKNOWN and never "well"."""
    reasons = tuple(str(reason) for reason in values(printer, "printer-state-reasons"))
    errors = {name for name, ending in map(_parted, reasons) if ending == "error" or name in _TROUBLE[0][0]}
    warned = {name for name, ending in map(_parted, reasons) if ending == "warning"}
    supplies = {"paper": Supply.FULL if speaks else Supply.UNKNOWN, "toner": _toner(printer, speaks)}
    low = [(code, supply) for names, code, supply in _LOW if names & (warned | errors)]
    for _, supply in low:
        supplies[supply] = Supply.LOW
    causes = [(code, state, supply) for names, code, state, supply in _TROUBLE if names & errors]
    supplies |= dict(is_so for *_, is_so in reversed(causes) if is_so is not None)
    if causes:
        return Health(state=causes[0][1], code=f"document_printer.{causes[0][0]}", supplies=supplies)
    known = _NOTHING.union(*(names for names, *_ in _LOW))
    if values(printer, "printer-state") == (_STOPPED,) or values(printer, "printer-is-accepting-jobs") == (False,) or errors - known:
        return Health(state=State.DOWN, code="document_printer.stopped", supplies=supplies)
    if low or supplies["toner"] is Supply.LOW:
        code = low[0][0] if low else "toner_low"
        return Health(state=State.WORN, code=f"document_printer.{code}", supplies=supplies)
    return Health(state=State.READY, supplies=supplies)


def _parted(reason: str) -> tuple[str, str]:
    """`media-empty-error` → (`media-empty`, `error`); without an ending it is one (RFC 8011: nobody said how bad it is)."""
    name, _, ending = reason.rpartition("-")
    return (name, ending) if ending in ("error", "warning", "report") else (reason, "error")


def _toner(printer: Attributes, speaks: bool) -> Supply:
    """By `marker-levels` (percent; below 0 the printer does not know), where it has them."""
    levels: Sequence[int] = values(printer, "marker-levels")
    least: Sequence[int] = values(printer, "marker-low-levels") or (10,) * len(levels)
    known = [level <= low for level, low in zip(levels, least, strict=False) if level >= 0]
    if known:
        return Supply.LOW if any(known) else Supply.FULL
    return Supply.FULL if speaks else Supply.UNKNOWN
