from __future__ import annotations

import csv
import io
from pathlib import Path

from kiosk import i18n
from kiosk.__main__ import main
from kiosk.speech import review
from kiosk.speech.tailo import romaniser

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def listed(locales: Path) -> list[dict[str, str]]:
    written = io.StringIO()
    review.write("nan", written, locales)
    return list(csv.DictReader(io.StringIO(written.getvalue())))


def test_each_text_stands_beside_its_reading_and_its_meaning(tmp_path: Path) -> None:
    (tmp_path / "nan").mkdir()
    (tmp_path / "nan" / "room.po").write_text(
        HEADER + '\n#, fuzzy\nmsgid "still.title"\nmsgstr "你犹伫咧无？"\n'
        '\nmsgid "nav.end"\nmsgstr "煞"\n'
        '\nmsgid "place.350200"\nmsgstr "厦门市"\n',
        "utf-8",
    )  # fmt: skip
    first, second = listed(tmp_path)  # an official name in the words of 简体 is nothing to review
    assert (first["key"], first["mandarin"], first["english"]) == ("still.title", "您还在吗？", "Are you still there?")
    assert first["tailo"].startswith("Lí ")
    assert (first["reviewed"], second["key"], second["reviewed"]) == ("", "nav.end", "yes")


def test_taiwans_dictionary_reads_what_xiamen_writes() -> None:
    romanise = romaniser()
    assert romanise("即马") == "Tsit-má"
    assert romanise("会使用") == "Ē-sái īng"
    assert romanise("拢会使") == "Lóng ē-sái"
    assert romanise("犹有 {seconds} 秒").count("{seconds}") == 1


def test_the_command(tmp_path: Path) -> None:
    assert main(["voice", "review", "nan", "--into", str(tmp_path / "nan.csv")]) == 0
    rows = list(csv.DictReader((tmp_path / "nan.csv").read_text("utf-8-sig").splitlines()))
    reference = i18n.table(i18n.REFERENCE)
    said = {key: text for key, text in i18n.table("nan").items() if not key.startswith("poll.")}  # a poll's words are of its own file
    assert {row["key"] for row in rows} == {key for key, text in said.items() if text != reference.get(key)}
    assert main(["voice", "review", "xx"]) == 2
