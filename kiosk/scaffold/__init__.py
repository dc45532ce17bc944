"""`kiosk new item`: one file that is a whole item, with words; what is left to do is said."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from kiosk import i18n

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")

TEMPLATE = """\
# {id}: what it gives, and to whom. The reader is kiosk/items/__init__.py; every key is explained in kiosk/model/item.py.
kind = "query"            # query | certificate | application | payment | booking | topup
assurance = "none"        # none | id_card | face_id_card | face_otp; then: fallback = ["id_card+sms_otp", …]
operation = "PSB-POP.countSameName"   # what is asked of the department at the end: an operation of its map (kiosk/backoffice/maps)
unit = "{unit}"
hours = "always"          # or "08:00-20:00"
takes = 20                # seconds a citizen should expect

[[input]]
name = "name"
type = "text"
min = 2
max = 50
pattern = "han_name"

[[input]]
name = "scope"
type = "enum"
options = ["xiamen", "fujian"]
default = "xiamen"

[[result]]
name = "count"
headline = true

[[output]]
document = "receipt"
{words}"""

WORDS = {
    "zh_Hans": {
        "title": "事项名称",
        "about": "一句话说明能办什么。",
        "law": "依据主管部门的服务规定。",
        "search": "群众会怎么说 别名",
        "name": "姓名",
        "name.hint": "两到五十个字",
        "scope": "范围",
        "scope.xiamen": "厦门市",
        "scope.fujian": "福建省",
        "result.count": "人数",
        "unit.{unit}": "主办单位",
    },
    "nan": {
        "title": "事项名称",
        "about": "一句话讲会使办啥物。",
        "law": "照主管部门的服务规定。",
        "search": "人会按怎讲 别名",
        "name": "名",
        "name.hint": "两到五十字",
        "scope": "范围",
        "scope.xiamen": "厦门市",
        "scope.fujian": "福建省",
        "result.count": "几人",
        "unit.{unit}": "主办单位",
    },
    "zh_Hant": {
        "title": "事項名稱",
        "about": "一句話說明能辦什麼。",
        "law": "依據主管部門的服務規定。",
        "search": "民眾會怎麼說 別名",
        "name": "姓名",
        "name.hint": "兩到五十個字",
        "scope": "範圍",
        "scope.xiamen": "廈門市",
        "scope.fujian": "福建省",
        "result.count": "人數",
        "unit.{unit}": "主辦單位",
    },
    "en": {
        "title": "Name of the item",
        "about": "What one gets, in a sentence.",
        "law": "Service rules of the office in charge.",
        "search": "everyday words",
        "name": "Name",
        "name.hint": "Two to fifty characters",
        "scope": "Area",
        "scope.xiamen": "Xiamen",
        "scope.fujian": "Fujian",
        "result.count": "People",
        "unit.{unit}": "Office in charge",
    },
}


def item(department: str, id: str, into: Path) -> int:
    """Writes `<into>/<department>/<id>.toml`. Returns the exit status: 2 for an id that is none, 1 for a file that is there already."""
    if not ID.fullmatch(id):
        print(f'"{id}" is no id of an item: small letters, digits and hyphens, such as household-move-progress', file=sys.stderr)
        return 2
    place = into / department / f"{id}.toml"
    if place.exists():
        print(f"{place} is there already", file=sys.stderr)
        return 1
    unit = f"{id}-office"
    words = "".join(
        f"\n[words.{language}]\n" + "".join(f'"{key.format(unit=unit)}" = "{text}"\n' for key, text in WORDS[language].items())
        for language in i18n.LANGUAGES
    )
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(TEMPLATE.format(id=id, unit=unit, words=words), "utf-8")
    print(f"{place} is a whole item. Next:")
    print("  change it into yours; words of the house go to locales/<language>/items-*.po, words of a package stay in the file")
    if not any((root / "departments.toml").exists() for root in (into,)):
        print(f'  config.toml: items = ["kiosk", "{into}/"]   (a folder beside the built-in items)')
    print(f"  kiosk check              says what is missing\n  kiosk tour {id}   shows it")
    return 0
