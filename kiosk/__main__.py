"""The front door: `kiosk run | demo | practice | tour | check | new | bench | journal | voice | serve | dock`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType

from kiosk import __version__, strict
from kiosk.i18n import LANGUAGES

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

    practice = commands.add_parser("practice", help="the whole kiosk for volunteers to learn on: ten guided cases with a score")
    _config(practice)
    _look(practice)
    practice.add_argument("--play", nargs="+", default=[], metavar="N", help="play these cases, or all, with the right moves")
    practice.add_argument("--volunteer", default="", metavar="NAME", help="who practises (default: written at the panel)")
    practice.add_argument("--record", action="store_true", help="print who practised what, with which score, and end")
    practice.add_argument("--forget", default="", metavar="NAME", help="take somebody out of that record, once the name is written again")
    practice.add_argument("--pictures", type=Path, default=None, metavar="DIR", help="with --play: leave every screen and paper here")

    dock = commands.add_parser("dock", help="the simulated hardware and the hands around it (kiosk demo starts this)")
    _config(dock)
    _look(dock)
    dock.add_argument("--sandbox", required=True, metavar="URL", help="the back office that is running")
    dock.add_argument("--folder", type=Path, required=True, metavar="DIR", help="where wires and the like are put")
    dock.add_argument("--papers", type=Path, required=True, metavar="DIR", help="where receipts and documents come out")

    tour = commands.add_parser("tour", help="play a whole visit through the real screens and leave its pictures")
    tour.add_argument("items", nargs="*", metavar="ITEM")
    tour.add_argument("--all", action="store_true", help="every item")
    tour.add_argument("--ends", action="store_true", help="every kind of end once, or those named: served, left, handed-over, refunded …")
    tour.add_argument("--pictures", type=Path, default=None, metavar="DIR", help="leave a picture of every screen and paper here")
    tour.add_argument("--citizen", default="", help="who visits: c01 … c12 (default: who fits the item)")
    tour.add_argument("--door", action="store_true", help="a technician goes through the service door first")
    tour.add_argument("--unpaid", action="store_true", help="the citizen does not pay")
    wish = "pull a lever when the visit reaches a step, such as receipts.take_paper_out@deliver; may be given more than once"
    tour.add_argument("--lever", action="append", default=[], metavar="PART.LEVER[=VALUE][@STEP[+SECONDS]]", help=wish)
    tour.add_argument("--levers", action="store_true", help="list every lever there is, and end")
    _config(tour)
    _look(tour)

    hands = ("finger", "keypad", "keyboard")
    tour.add_argument("--by", choices=hands, default="finger", help="how the glass is used; the latter two never touch it")
    tour.add_argument("--way", default="", help="how the citizen is known, such as id_card+sms_otp (default: the usual way)")
    tour.add_argument("--gallery", type=Path, default=None, metavar="DIR", help="no visit, but one page with every screen in every look")
    only = "with --gallery: beginning of a screen's name, such as FormView or fault.payment"
    tour.add_argument("--only", default="", metavar="NAME", help=only)
    tour.add_argument("--table", type=Path, default=None, metavar="FILE", help="write what was played as a table (docs/items.md)")

    new = commands.add_parser("new", help="scaffold a part: kiosk new item DEPARTMENT ID, driver KIND NAME, adapter NAME")
    whats = new.add_subparsers(dest="what", required=True, metavar="WHAT")
    item = whats.add_parser("item", help="a service: one file of data and words")
    item.add_argument("department", help="such as ps-household")
    item.add_argument("id", help="such as household-move-progress")
    item.add_argument("--into", type=Path, default=HERE / "kiosk" / "items", metavar="DIR", help="folder of items (default: kiosk/items)")
    driver = whats.add_parser("driver", help="an installable package: the driver, its entry point, its contract test")
    driver.add_argument("kind", help="such as receipt_printer")
    driver.add_argument("name", help="the make, as config.toml will name it: acme")
    driver.add_argument("--into", type=Path, default=Path(), metavar="DIR", help="where the package's folder is made (default: here)")

    adapter = whats.add_parser("adapter", help="an installable package: the adapter of a department, its entry point, its contract test")
    adapter.add_argument("name", help="as config.toml will name it: acme")
    adapter.add_argument("--into", type=Path, default=Path(), metavar="DIR", help="where the package's folder is made (default: here)")

    check = commands.add_parser("check", help="find what is wrong before a citizen does: words, operations, drivers")
    _config(check)

    audit = commands.add_parser("audit", help="look at every screen as a citizen would: overlap, size, contrast, focus, names, voice")
    audit.description = "exit status: 0 nothing was found; 1 something was; 2 wrong usage or configuration"
    audit.add_argument("--all", action="store_true", help="every look of every screen; without it, few that cover every pair")
    audit.add_argument("--only", default="", metavar="NAME", help="beginning of a screen's name, such as FormView or fault.payment")
    audit.add_argument("--practice", action="store_true", help="as they are in practice, below its band")
    audit.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes that look (default: one a core)")
    _config(audit)

    _journal(commands.add_parser("journal", help="what this terminal did: verify it, read it, ask what became of its money"))

    doctor = commands.add_parser("doctor", help="the service door: how every device and the terminal are, tests, reports")
    _config(doctor)
    _doctor(doctor)

    identity = commands.add_parser("identity", help="the face network: made at set-up, measured and calibrated on people")
    identity.description = "exit status: 0 done; 1 done, too few people for the rate asked for; 2 wrong usage; 3 the input cannot be used"
    steps = identity.add_subparsers(dest="action", metavar="ACTION", required=True)
    evaluate = steps.add_parser("evaluate", help="how well the verifier tells the people of a set apart: FMR, FNMR, EER, with intervals")
    evaluate.add_argument("pairs", type=Path, metavar="PAIRS", help="a CSV file (reference,live,same) or a folder with one folder a person")
    evaluate.add_argument("--calibration", type=Path, default=None, metavar="FILE", help="judge with this calibration")
    evaluate.add_argument("--no-gate", dest="gate", action="store_false", help="take pictures that the gate would send back")
    evaluate.add_argument("--plot", type=Path, default=None, metavar="FILE", help="score histograms and error curves as a PNG")
    evaluate.add_argument("--roc", type=Path, default=None, metavar="FILE", help="the ROC as a PNG of its own, with the EER marked")
    calibrate = steps.add_parser("calibrate", help="means and threshold of the people served here; without PEOPLE, at this terminal")
    calibrate.add_argument("people", type=Path, nargs="?", default=None, metavar="PEOPLE", help="a folder with one folder a person")
    calibrate.add_argument("--population", required=True, help="who they are, in your words: it stands in the file")
    calibrate.add_argument("--into", type=Path, required=True, metavar="FILE", help="the calibration; no face and no person is in it")
    calibrate.add_argument("--fmr", type=float, default=1e-3, help="the share of strangers that may pass (default: 0.001)")
    _config(calibrate)
    gate = steps.add_parser("gate", help="how often the gate errs: on pictures as they are, and with masks, glasses, shadows drawn on")
    gate.add_argument("people", type=Path, metavar="PEOPLE", help="a folder with one folder a person; cards are left out")
    attacks = steps.add_parser("attacks", help="prints, screens, films, other people, played to the check for a living person")
    attacks.add_argument("--people", type=int, choices=range(2, 13), default=12, metavar="N", help="how many of the twelve rendered people")
    attacks.add_argument("--times", type=int, default=1, metavar="N", help="how often each plays each kind (default: once)")
    for measured in (evaluate, calibrate, gate):
        measured.add_argument("--verifier", choices=("dlib", "face_recognition"), default="dlib")
    made = steps.add_parser("convert", help="the face_recognition package's network as ONNX for OpenCV; set-up calls it")
    made.add_argument("--into", type=Path, default=None, metavar="FILE", help="default: share/kiosk/ of the Python environment")

    _voice(commands.add_parser("voice", help="in which voice each language is heard, and what is to be recorded"))

    bench = commands.add_parser("bench", help="measure against a limit or a peer, both sides in one run")
    bench.add_argument("arguments", nargs=argparse.REMAINDER)

    options = parser.parse_args(argv)
    try:
        with told_to_end():
            return _run(options)
    except strict.Refused as refused:
        print(refused, file=sys.stderr)
        return 2


@contextmanager
def told_to_end() -> Iterator[None]:
    """SIGTERM and SIGHUP end us by an exception, which unwinds everything: what was made for the time being is taken away.

    Whoever has a window or a child of its own looks after SIGTERM itself, for as long as that is there.
    """
    ours = [number for number in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(number) is signal.SIG_DFL]  # nohup stays what it is
    if threading.current_thread() is not threading.main_thread():
        ours = []  # a command inside another program, which looks after its own end
    for number in ours:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, default=HERE / "config.toml", help="the terminal's configuration (default: config.toml)")


def _journal(parser: argparse.ArgumentParser) -> None:
    parser.description = "Without an action: verify, and say what is unsettled. Nothing is changed; the kiosk may go on serving."
    parser.epilog = (
        "exit status: 0 all is as it should be; 1 something is unsettled, or there is no such visit; 2 wrong usage or configuration; "
        "3 the journal is not what was written, or not this station's; 4 it or its key cannot be read; 5 the payment gateway did not answer"
    )
    _config(parser)
    parser.set_defaults(action="", visit="", head="", day=None)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    verify = actions.add_parser("verify", help="check every row and every signature")
    verify.add_argument("--head", default="", metavar="NUMBER:HASH", help="a head kept elsewhere: it must be in the journal")
    show = actions.add_parser("show", help="the rows, for people")
    show.add_argument("visit", nargs="?", default="", metavar="VISIT", help="of this visit only; an order number from a slip will do")
    actions.add_parser("unsettled", help="open orders, refunds, submissions, prints and visits")
    reconcile = actions.add_parser("reconcile", help="ask the payment gateway about every open order; nothing is changed there")
    reconcile.add_argument("--day", type=date.fromisoformat, help="lay the gateway's bill of this day beside the journal: 2026-11-25")
    actions.add_parser("export", help="rows and signatures as JSON Lines, to be verified elsewhere")
    actions.add_parser("polls", help="how often which answer was given to the poll on the first screen")
    actions.add_parser("manual", help="what the journal can hold and how to check it, for auditors")
    for action in actions.choices.values():  # --config may stand behind the action as well
        action.add_argument("--config", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _voice(parser: argparse.ArgumentParser) -> None:
    parser.description = "Without an action: how each language is heard on this machine, and how much of it is recorded."
    parser.epilog = "exit status: 0 every language is heard; 1 one is not, or the sentence cannot be said; 2 wrong usage or configuration"
    _config(parser)
    parser.set_defaults(action="")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    lists = {"list": "the recording list for a voice actor, as CSV", "review": "every text beside its meaning, for a reviewer, as CSV"}
    for name, purpose in lists.items():
        listed = actions.add_parser(name, help=purpose)
        listed.add_argument("language", metavar="LANGUAGE", help="such as nan")
        listed.add_argument("--into", type=Path, default=None, metavar="FILE", help="write it here (default: standard output)")
    said = actions.add_parser("say", help="what the synthesiser makes of a sentence, as a WAV file")
    said.add_argument("language", metavar="LANGUAGE", help="such as zh_Hans")
    said.add_argument("text", metavar="TEXT")
    said.add_argument("--into", type=Path, required=True, metavar="FILE", help="the WAV file")
    for action in actions.choices.values():  # --config may stand behind the action as well
        action.add_argument("--config", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Without a device: looks at everything, changes nothing, and says whether this terminal is fit to serve. "
        "Works beside a kiosk that is serving: that process is asked then."
    )
    parser.epilog = (
        "exit status: 0 ready, or the test passed; 1 something needs a visit, or the test failed or was skipped; 2 wrong usage or "
        "configuration; 3 not fit to serve citizens; 4 out of reach: a citizen is being served just now, the kiosk does not answer, or the "
        "state cannot be written"
    )
    parser.add_argument("device", nargs="?", default="", metavar="DEVICE", help="role (receipts), kind (receipt_printer), or: technicians")
    parser.add_argument("words", nargs="*", metavar="WORD", help="technicians: add NAME, remove NAME, unlock NAME, list")
    parser.add_argument("--role", choices=("technician", "administrator", "volunteer"), default="technician", help="of whom is added")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--test", metavar="NAME", default="", help="run this self-test of DEVICE")
    what.add_argument("--print", action="store_true", help="run the print test of DEVICE")
    what.add_argument("--read", action="store_true", help="run the reading test of DEVICE")
    parser.add_argument("--json", action="store_true", help="as JSON on standard output")
    parser.add_argument("--report", type=Path, metavar="FILE", help="leave the readiness report as a PDF to sign")
    parser.add_argument("--notice", nargs="?", const="", metavar="FILE", help="print the notice for the door; with FILE, leave it as a PDF")
    parser.add_argument("--bundle", type=Path, metavar="FILE", help="leave a .tar.gz for support, with nothing of a person in it")
    parser.add_argument("--log", type=Path, action="append", default=[], metavar="FILE", help="a log for the bundle")
    parser.add_argument("--replaced", metavar="SUPPLY", default="", help="DEVICE has a new paper or toner: counting begins anew")
    parser.add_argument("--holds", type=float, default=0.0, metavar="N", help="how much the new one holds, in metres or sheets")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change a value of DEVICE's table in config.toml")
    parser.add_argument("--as", dest="technician", default="", metavar="NAME", help="who you are, for the record (default: your login)")
    parser.add_argument("--yes", action="store_true", help="answer every question of a test with yes: somebody else is looking")
    parser.add_argument("--language", choices=LANGUAGES, default=None, help="of what is printed (default: the station's)")


def _look(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=LANGUAGES, default=None, help="the language to begin with")
    parser.add_argument("--care", action="store_true", help="begin in care mode 关爱模式")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--portrait", dest="portrait", action="store_true", default=True, help="1080 × 1920 (default)")
    shape.add_argument("--landscape", dest="portrait", action="store_false", help="1920 × 1080")


def _run(options: argparse.Namespace) -> int:
    # Each command brings its own imports: `kiosk check` needs no Qt, and the glass must be painted before dlib is loaded.
    match options.command:
        case "run" if not options.exit_after_first_frame:
            from kiosk import config
            from kiosk.supervisor import Supervisor, serving

            off = config.load(options.config).power.off
            return Supervisor(serving(options, *(["--windowed"] if options.windowed else [])), off=off).run()
        case "run" | "serve":
            from kiosk.serve import main as serve

            return serve(options)
        case "demo":
            from kiosk.demo import main as demo

            return demo(options)
        case "practice":
            from kiosk.demo import display
            from kiosk.practice import main as practice

            return practice(options, display)
        case "dock":
            from kiosk.dock import main as dock

            return dock(options)
        case "tour" if options.gallery:
            from kiosk.audit.gallery import main as gallery

            return gallery(options)
        case "tour":
            from kiosk.tour import main as tour

            return tour(options)
        case "check":
            from kiosk.check import main as check

            return check(options.config)
        case "audit":
            from kiosk.audit import main as audit

            return audit(options)
        case "doctor":
            from kiosk.doctor import main as doctor

            return doctor(options)
        case "voice":
            from kiosk.voice import main as voice

            return voice(options)
        case "new" if options.what == "driver":
            from kiosk.scaffold.driver import driver

            return driver(options.kind, options.name, options.into)
        case "new" if options.what == "adapter":
            from kiosk.scaffold.adapter import adapter

            return adapter(options.name, options.into)
        case "new":
            from kiosk.scaffold import item

            return item(options.department, options.id, options.into)
        case "journal":
            from kiosk.ledger import main as ledger

            return ledger(options)
        case "identity":
            from kiosk.evaluation import main as identity

            return identity(options)
        case _:
            from kiosk.bench import main as bench

            return bench(options.arguments)


if __name__ == "__main__":
    sys.exit(main())
