"""`kiosk doctor` as a technician meets it on a shell."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.doctor import examine
from kiosk.screens.keyboard.handwriting import Handwriting
from kiosk.screens.keyboard.pinyin import Pinyin
from kiosk.testing.counter import ROOT, counter, settings

Doctor = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path, sandbox) -> Path:
    """A terminal with simulated devices that keeps its state here."""
    text = (ROOT / "config.toml").read_text("utf-8")
    text = text.replace('sandbox = "http://127.0.0.1:8753"', f'sandbox = "{sandbox.url}"').replace('state = "var"', 'state = "state"')
    documents = '[devices.documents]\ndriver = "simulated"'
    text = text.replace(documents, f'{documents}\nout = "{tmp_path}/documents"')
    (tmp_path / "config.toml").write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def doctor(home: Path, capsys: pytest.CaptureFixture[str]) -> Doctor:
    """`doctor("receipts", "--print")` → exit status, standard output, standard error."""

    def run(*words: str) -> tuple[int, str, str]:
        with ThreadPoolExecutor(1) as other:  # the command has a loop of its own
            status = other.submit(main, ["doctor", "--config", str(home / "config.toml"), *words]).result()
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_a_device_is_told_in_both_languages(doctor):
    status, out, _ = doctor("receipts", "--language", "zh_Hans")
    assert status == 0 and "凭条打印机" in out and "正常" in out
    status, out, _ = doctor("receipt_printer", "--language", "en")
    assert status == 0 and "Ready" in out and "⟦" not in out


def test_everything_as_json(doctor):
    status, out, _ = doctor("--json")
    told = json.loads(out)
    assert {one["role"] for one in told["devices"]} >= {"id_card", "receipts", "documents"}
    assert told["serving"] is False and told["offer"] == {"items": told["offer"]["items"], "missing": []}
    assert (status, told["verdict"]) in ((0, "ready"), (1, "visit"))
    assert told["station"]["phone"] == "0592-5550100"


def test_a_device_that_is_out_needs_a_visit_and_its_services_are_missing(doctor, home: Path):
    from kiosk.devices.document_printer.spool import SpoolSimulator

    SpoolSimulator(home / "documents").jam()
    status, out, _ = doctor("documents")
    assert status == 1 and "卡纸" in out
    status, out, _ = doctor("--json")
    told = json.loads(out)
    assert status == 1 and told["verdict"] == "visit" and "hrss-insurance-cert" in told["offer"]["missing"]
    assert "household-same-name" not in told["offer"]["missing"]
    SpoolSimulator(home / "documents").clear_jam()
    status, out, _ = doctor("documents")
    assert status == 0 and "至" in out, "the trouble stands in the record with both its times"


def test_a_print_test_by_somebody_with_a_name(doctor):
    status, out, _ = doctor("documents", "--print", "--yes", "--as", "chen")
    assert status == 0 and "通过" in out
    status, out, _ = doctor("documents")
    assert "chen" in out


def test_where_nobody_can_answer_a_test_is_skipped_and_says_so(doctor, monkeypatch):
    status, out, _ = doctor("documents", "--print", "--language", "en")
    assert status == 1 and "skipped" in out


def test_what_a_person_typed_wrongly(doctor, home: Path):
    status, _, err = doctor("toaster")
    assert status == 2 and "receipts (receipt_printer)" in err
    status, _, err = doctor("receipts", "--test", "juggle")
    assert status == 2 and "print" in err
    status, _, err = doctor("--print")
    assert status == 2 and "which device" in err
    (home / "config.toml").write_text("nothing = true")
    assert doctor()[0] == 2


def test_a_volunteer_is_refused(doctor):
    assert doctor("technicians", "add", "lin", "--role", "volunteer")[0] == 0
    assert "lin  volunteer" in doctor("technicians")[1]
    for words in (("receipts",), ("technicians", "add", "wang")):
        status, out, err = doctor(*words, "--as", "lin")
        assert (status, out) == (2, "") and "volunteer" in err
    assert "wang" not in doctor("technicians")[1]


def test_what_the_keyboard_lacks_is_told_with_what_to_install(doctor, monkeypatch, tmp_path: Path):
    checks = {one["id"]: one for one in json.loads(doctor("--json")[1])["checks"]}
    assert checks["pinyin"]["level"] == checks["handwriting"]["level"] == "ok"
    monkeypatch.setattr(examine, "Handwriting", lambda: Handwriting(model=tmp_path / "handwriting-zh_CN.model"))
    monkeypatch.setattr(examine, "Pinyin", lambda: Pinyin(data=tmp_path))
    status, out, _ = doctor()
    told = " ".join(out.split())
    assert status == 1 and "tegaki-zinnia-simplified-chinese is not installed" in told and "rime-data-luna-pinyin is not installed" in told
    assert "sudo apt install libzinnia0 tegaki-zinnia-simplified-chinese" in told and "sudo apt install librime1" in told


async def test_beside_a_serving_kiosk(sandbox, home: Path, doctor):
    import asyncio

    state = home / "state"
    async with counter(settings(sandbox.url, state)) as desk:
        status, out, _ = await asyncio.to_thread(doctor, "--json")
        assert json.loads(out)["serving"] is True
        status, out, _ = await asyncio.to_thread(doctor, "documents", "--print", "--yes")
        assert status == 0 and "通过" in out
        desk.turn.visit = True
        status, out, err = await asyncio.to_thread(doctor, "documents", "--print", "--yes")
        assert status == 4 and "正在办事" in err
        desk.turn.visit = False


def test_a_state_folder_that_cannot_be_written(doctor, home: Path):
    (home / "state").write_text("a file")
    assert doctor()[0] == 4


def test_no_qt_is_loaded(home: Path):
    script = (
        "import sys; from kiosk.__main__ import main; "
        f"status = main(['doctor', '--config', {str(home / 'config.toml')!r}, 'receipts']); "
        "sys.exit(9 if any(name.startswith('PySide6') for name in sys.modules) else status)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr


def test_help_documents_every_status(capsys):
    with pytest.raises(SystemExit):
        main(["doctor", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    for part in ("0 ready", "1 something needs a visit", "2 wrong usage", "3 not fit to serve", "4 out of reach"):
        assert part in told


def test_papers_are_left_where_they_are_wanted(doctor, home: Path, sandbox):
    status, _, err = doctor("--notice")
    assert status == 2 and "nothing is out" in err, "a notice that tells of nothing is none"
    sandbox.switch("hpf", "asleep")
    files = [home / "readiness.pdf", home / "notice.pdf", home / "support.tar.gz"]
    status, _, _ = doctor("--report", str(files[0]), "--notice", str(files[1]), "--bundle", str(files[2]))
    assert status in (0, 1)
    assert [file.read_bytes()[:4] for file in files[:2]] == [b"%PDF", b"%PDF"] and files[2].stat().st_size > 1_000
    status, _, err = doctor("--report", str(home / "nowhere" / "x.pdf"))
    assert status == 2 and "nowhere" in err


def test_the_notice_is_printed_on_what_works(doctor, home: Path, sandbox):
    sandbox.switch("hpf", "asleep")
    from kiosk.devices.document_printer.spool import SpoolSimulator

    status, _, err = doctor("--notice")
    assert status in (0, 1) and "documents" in err
    assert len(list((home / "documents" / "out").glob("technician-*.pdf"))) == 1
    SpoolSimulator(home / "documents").jam()
    status, _, err = doctor("--notice")
    assert status == 1 and "→ receipts" in err


async def test_the_notice_is_printed_by_the_process_that_serves(sandbox, home: Path, doctor):
    import asyncio

    sandbox.switch("hpf", "asleep")
    state = home / "state"
    async with counter(settings(sandbox.url, state)) as desk:
        status, _, err = await asyncio.to_thread(doctor, "--notice")
        assert status in (0, 1) and "documents" in err
        assert len(list((state / "documents" / "out").glob("technician-*.pdf"))) == 1
        desk.turn.visit = True
        assert (await asyncio.to_thread(doctor, "--notice"))[0] == 4
        desk.turn.visit = False


def test_a_new_roll_and_a_calibration(doctor, home: Path):
    status, out, _ = doctor("receipts", "--replaced", "paper", "--holds", "80", "--as", "chen")
    assert status == 0 and "80/80" in out
    status, _, err = doctor("receipts", "--replaced", "toner")
    assert status == 2 and "paper" in err
    assert doctor("--replaced", "paper")[0] == 2
    status, out, _ = doctor("receipts", "--set", "width=384")
    assert status == 0 and "384" in out
    status, _, err = doctor("receipts", "--set", "width=thick")
    assert status == 2 and "devices.receipts.width" in err
    assert doctor("receipts", "--set", "width")[0] == 2
    assert "width = 384" in (home / "config.toml").read_text("utf-8")
