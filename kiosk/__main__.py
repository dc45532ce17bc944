"""The front door: `kiosk run | demo | tour | check | new | bench | journal | serve | dock`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk import __version__, strict

HERE = Path(__file__).resolve().parent.parent


def main(argv: Sequence[str] | None = None) -> int:
    """Returns the exit status. What a person did wrong is one sentence on standard error, never a traceback."""
    os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")  # it tells of every picture that a simulated camera has not drawn yet
    parser = argparse.ArgumentParser(prog="kiosk", description="The e政务 kiosk: a government counter in a 24-hour shop.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="serve citizens, one after the other, fullscreen")
    serve = commands.add_parser("serve", help="one serving process: one visit, then exit (kiosk run starts these)")
    for one in (run, serve):
        _config(one)
        _look(one)
        one.add_argument("--windowed", action="store_true", help="in a window instead of fullscreen")
    serve.add_argument("--set", action="append", default=[], metavar="PLACE=VALUE", help="override one place of the configuration")
    serve.add_argument("--beside-dock", action="store_true", help="leave room for the dev dock")
    for one in (run, serve):
        one.add_argument("--exit-after-first-frame", action="store_true", help="for `kiosk bench start`: print how long it took, and end")

    demo = commands.add_parser("demo", help="the kiosk with simulated devices, a sandbox back office and the dev dock")
    _config(demo)
    _look(demo)
    demo.add_argument("--output", type=Path, default=Path("demo-output"), help="where pictures and papers go (default: demo-output)")
    demo.add_argument("--with-dock", action="store_true", help="windows in any case, even where no display is found")

    dock = commands.add_parser("dock", help="the simulated hardware and the hands around it (kiosk demo starts this)")
    _config(dock)
    _look(dock)
    dock.add_argument("--sandbox", required=True, metavar="URL", help="the back office that is running")
    dock.add_argument("--folder", type=Path, required=True, metavar="DIR", help="where wires and the like are put")
    dock.add_argument("--papers", type=Path, required=True, metavar="DIR", help="where receipts and documents come out")

    tour = commands.add_parser("tour", help="play a whole visit through the real screens and leave its pictures")
    tour.add_argument("items", nargs="*", metavar="ITEM")
    tour.add_argument("--all", action="store_true", help="every item")
    tour.add_argument("--pictures", type=Path, default=None, metavar="DIR", help="leave a picture of every screen and paper here")
    tour.add_argument("--citizen", default="", help="who visits: c01 … c12 (default: who fits the item)")
    tour.add_argument("--unpaid", action="store_true", help="the citizen does not pay")
    tour.add_argument("--fault", default="", metavar="SYSTEM:FAULT", help="a fault switch of the sandbox, such as psb-tms:asleep")
    tour.add_argument("--face", default="", metavar="CITIZEN", help="who stands before the camera, if it is somebody else")
    _config(tour)
    _look(tour)

    tour.add_argument("--way", default="", help="how the citizen is known, such as id_card+sms_otp (default: the usual way)")
    tour.add_argument("--table", type=Path, default=None, metavar="FILE", help="write what was played as a table (docs/items.md)")

    new = commands.add_parser("new", help="scaffold a part: kiosk new item DEPARTMENT ID")
    new.add_argument("what", choices=("item",))
    new.add_argument("department", help="such as ps-household")
    new.add_argument("id", help="such as household-move-progress")
    new.add_argument("--into", type=Path, default=HERE / "kiosk" / "items", metavar="DIR", help="folder of items (default: kiosk/items)")

    check = commands.add_parser("check", help="find what is wrong before a citizen does: words, operations, drivers")
    _config(check)

    _journal(commands.add_parser("journal", help="what this terminal did: verify it, read it, ask what became of its money"))

    bench = commands.add_parser("bench", help="measure against a limit or a peer, both sides in one run")
    bench.add_argument("arguments", nargs=argparse.REMAINDER)

    options = parser.parse_args(argv)
    try:
        return _run(options)
    except strict.Refused as refused:
        print(refused, file=sys.stderr)
        return 2


def _config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, default=HERE / "config.toml", help="the terminal's configuration (default: config.toml)")


def _journal(parser: argparse.ArgumentParser) -> None:
    parser.description = "Without an action: verify, and say what is unsettled. Nothing is changed; the kiosk may go on serving."
    parser.epilog = (
        "exit status: 0 all is as it should be; 1 something is unsettled, or there is no such visit; 2 wrong usage or configuration; "
        "3 the journal is not what was written, or not this station's; 4 it or its key cannot be read; 5 the payment gateway did not answer"
    )
    _config(parser)
    parser.set_defaults(action="", visit="", head="")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    verify = actions.add_parser("verify", help="check every row and every signature")
    verify.add_argument("--head", default="", metavar="NUMBER:HASH", help="a head kept elsewhere: it must be in the journal")
    show = actions.add_parser("show", help="the rows, for people")
    show.add_argument("visit", nargs="?", default="", metavar="VISIT", help="of this visit only; an order number from a slip will do")
    actions.add_parser("unsettled", help="open orders, refunds, submissions, prints and visits")
    actions.add_parser("reconcile", help="ask the payment gateway about every open order; nothing is changed there")
    actions.add_parser("export", help="rows and signatures as JSON Lines, to be verified elsewhere")
    actions.add_parser("manual", help="what the journal can hold and how to check it, for auditors")
    for action in actions.choices.values():  # --config may stand behind the action as well
        action.add_argument("--config", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _look(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=("zh_Hans", "en"), default=None, help="the language to begin with")
    parser.add_argument("--care", action="store_true", help="begin in care mode 关爱模式")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--portrait", dest="portrait", action="store_true", default=True, help="1080 × 1920 (default)")
    shape.add_argument("--landscape", dest="portrait", action="store_false", help="1920 × 1080")


def _run(options: argparse.Namespace) -> int:
    # Each command brings its own imports: `kiosk check` needs no Qt, and the glass must be painted before dlib is loaded.
    match options.command:
        case "run" if not options.exit_after_first_frame:
            from kiosk.supervisor import Supervisor, serving

            return Supervisor(serving(options, *(["--windowed"] if options.windowed else []))).run()
        case "run" | "serve":
            from kiosk.serve import main as serve

            return serve(options)
        case "demo":
            from kiosk.demo import main as demo

            return demo(options)
        case "dock":
            from kiosk.dock import main as dock

            return dock(options)
        case "tour":
            from kiosk.tour import main as tour

            return tour(options)
        case "check":
            from kiosk.check import main as check

            return check(options.config)
        case "new":
            from kiosk.scaffold import item

            return item(options.department, options.id, options.into)
        case "journal":
            from kiosk.ledger import main as ledger

            return ledger(options)
        case _:
            from kiosk.bench import main as bench

            return bench(options.arguments)


if __name__ == "__main__":
    sys.exit(main())
