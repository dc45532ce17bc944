"""`kiosk identity`: the face network at set-up, how well it tells people apart, and its calibration on the people it serves."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.identity.convert import NotThatNetwork, convert
from kiosk.identity.network import WEIGHTS, made_at_setup
from kiosk.model.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.evaluation.comparing import Compared
    from kiosk.identity.dlib_engine import DlibFaces

WELL, POOR, USAGE, WRONG = range(4)
_ROWS = ("people", "genuine", "strangers", "EER (95 %)", "FNMR at FMR 1e-2", "FNMR at FMR 1e-3", "at its threshold")


def main(options: argparse.Namespace) -> int:
    """Returns one of the statuses above, as `kiosk identity --help` lists them."""
    from kiosk.evaluation.pictures import Unreadable
    from kiosk.identity.calibration import Unusable

    try:
        match options.action:
            case "convert":
                return _convert(options.into or made_at_setup())
            case "evaluate":
                return _evaluate(options)
            case "attacks":
                return _attacks(options)
            case "gate":
                return _gate(options)
            case _:
                return _calibrate(options)
    except (Unreadable, Unusable, Fault, OSError) as error:
        print(error, file=sys.stderr)
        return WRONG


def _convert(into: Path) -> int:
    """Silent and instant where it was done before."""
    import face_recognition_models as models

    try:
        made_from, _ = convert(Path(models.face_recognition_model_location()), into)
    except (NotThatNetwork, OSError) as error:
        print(f"the face network could not be converted: {error}", file=sys.stderr)
        return WRONG
    if made_from != WEIGHTS:
        print(f"{models.face_recognition_model_location()} is not the network that is known here", file=sys.stderr)
        return WRONG
    return WELL


def _evaluate(options: argparse.Namespace) -> int:
    """A table for people, then one line of JSON, the last of standard output."""
    from rich.console import Console
    from rich.table import Table

    from kiosk.evaluation.comparing import Centred, compared
    from kiosk.evaluation.describing import describe, shots
    from kiosk.evaluation.pictures import pairs
    from kiosk.evaluation.plot import draw, draw_roc
    from kiosk.evaluation.statistics import measure

    found = pairs(options.pairs)
    verifier = _verifier(options.verifier, options.calibration)
    wanted = shots(found)
    with _progress("faces", len(wanted)) as tick:
        described = describe(verifier, wanted, gate=options.gate, tick=tick)
    ways: dict[str, Compared] = {}
    judged = "calibrated" if verifier.calibrated else "uncalibrated"
    ways[f"{verifier.name}, {judged}"] = compared(found, described.embeddings, lambda _pair, one, other: verifier.judge(one, other).score)
    centred = Centred(described.embeddings)
    if centred.people > 2:
        ways[f"{verifier.name}, centred on the other people"] = compared(found, described.embeddings, centred.distance)
    lost, seen = described.failure_to_acquire
    title = f"{options.pairs.name}: {len(found)} pairs, {seen} pictures, failure to acquire {lost} ({_reasons(described.failed)})"
    table = Table("", *ways, title=title)
    columns: list[list[str]] = []
    line: dict[str, Any] = {"pairs": len(found), "pictures": seen, "failure_to_acquire": lost, "failed": dict(described.failed), "ways": {}}
    for number, (name, scores) in enumerate(ways.items()):
        limit = verifier.limit if number == 0 else None
        result = measure(scores.genuine, scores.impostor, threshold=limit, people=scores.people)
        points = [f"{point.fnmr}\nat {point.threshold:.3f}{'' if point.resolved else ', too few strangers'}" for point in result.points]
        at = f"FMR {result.at[1]}\nFNMR {result.at[2]}\nat {result.at[0]:.3f}" if result.at else ""
        columns.append([str(result.people or "not said"), str(result.genuine), str(result.impostor), str(result.eer), *points, at])
        line["ways"][name] = {
            "genuine": result.genuine,
            "impostor": result.impostor,
            "people": result.people,
            "eer": vars(result.eer),
            "points": [{**vars(point), "fnmr": vars(point.fnmr)} for point in result.points],
        }
        if result.at:
            line["ways"][name]["at_threshold"] = {"threshold": result.at[0], "fmr": vars(result.at[1]), "fnmr": vars(result.at[2])}
    for name, cells in zip(_ROWS, zip(*columns, strict=True), strict=True):
        table.add_row(name, *cells)
    Console().print(table)
    if options.plot:
        draw(ways, options.plot, title)
    if options.roc:
        draw_roc(ways, options.roc, title)
    print(json.dumps(line))
    return WELL


def _gate(options: argparse.Namespace) -> int:
    """A table for people, then one line of JSON, the last of standard output."""
    from rich.console import Console
    from rich.table import Table

    from kiosk.evaluation.drawn import DRAWINGS
    from kiosk.evaluation.gating import gate
    from kiosk.evaluation.pictures import people
    from kiosk.evaluation.statistics import wilson

    shots = [shot for theirs in people(options.people).values() for shot in theirs if not shot.card]
    verifier = _verifier(options.verifier, None)
    with _progress("pictures", len(shots)) as tick:
        found = gate(verifier, shots, tick=tick)
    title = f"{options.people.name}: {len(found.people)} people, {found.pictures} pictures"
    table = Table("", "reason due", "missed, of", "reasons given", title=title)
    table.add_row("as they are", "none", f"{found.pictures - found.given['']}, {found.pictures}", _reasons(found.given))
    line: dict[str, Any] = {"pictures": found.pictures, "people": len(found.people), "given": dict(found.given), "drawn": {}}
    for name, said in found.drawn.items():
        missed, of = found.missed(name)
        table.add_row(name, DRAWINGS[name][0], f"{missed}, {of}", _reasons(said))
        line["drawn"][name] = {"due": DRAWINGS[name][0], "missed": missed, "of": of, "share": vars(wilson(missed, of)), "given": dict(said)}
    Console().print(table)
    print(json.dumps(line))
    return WELL


def _calibrate(options: argparse.Namespace) -> int:
    from kiosk.evaluation.calibrating import calibrated
    from kiosk.evaluation.describing import describe, shots
    from kiosk.evaluation.pictures import Unreadable, pairs
    from kiosk.evaluation.sitting import sittings

    verifier = _verifier(options.verifier, None)
    if options.people is None:
        found, embeddings, failed = sittings(options.config, verifier)
    else:
        if not options.people.is_dir():
            raise Unreadable(f"{options.people}: a folder with one folder a person is needed")
        found = pairs(options.people)
        wanted = shots(found)
        with _progress("faces", len(wanted)) as tick:
            described = describe(verifier, wanted, gate=True, tick=tick)
        embeddings, failed = described.embeddings, described.failed
    made = calibrated(found, embeddings, verifier=verifier.name, population=options.population, fmr=options.fmr)
    options.into.write_text(made.text(), "utf-8")
    print(f"{options.into}: {made.people} people, {made.genuine} genuine and {made.impostor} stranger pairs")
    print(f"not acquired: {_reasons(failed)}")
    rates = f"FMR {made.fmr:.4f} (at most {made.fmr_high:.4f}), FNMR {made.fnmr:.4f} (at most {made.fnmr_high:.4f})"
    print(f"threshold {made.threshold}: {rates}")
    print(f'config.toml: [identity] options = {{ calibration = "{options.into}" }}')
    if made.fmr_high > options.fmr:
        print(f"Too few pairs to show an FMR of {options.fmr} with 95 % confidence: with more people the threshold can be trusted more.")
        return POOR
    return WELL


def _verifier(name: str, calibration: Path | None) -> DlibFaces:
    from kiosk.identity.dlib_engine import DlibVerifier, FaceRecognitionVerifier

    kind = FaceRecognitionVerifier if name == "face_recognition" else DlibVerifier
    return kind(calibration=str(calibration) if calibration else "")


def _reasons(failed: dict[str, int]) -> str:
    return ", ".join(f"{why or 'good'} {count}" for why, count in sorted(failed.items())) or "none"


def _attacks(options: argparse.Namespace) -> int:
    """A table for people, then one line of JSON. Status 1 where an attack passed or a living person was refused."""
    from kiosk.evaluation.attacks import KINDS, play_all, table
    from kiosk.people import citizens

    who = list(citizens())[: options.people]
    with _progress("attempts", len(who) * len(KINDS) * options.times) as tick:
        rows = play_all(who, options.times, tick)
    table(rows)
    print(json.dumps([row.facts() for row in rows]))
    return WELL if all(row.right == row.played for row in rows) else POOR


@contextmanager
def _progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    # To standard error: a pipe gets the table and the JSON only.
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(what, total=total)
        yield lambda: progress.advance(task)
