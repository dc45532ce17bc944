"""`kiosk check`: everything that can be wrong before a citizen comes, found without one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kiosk import app, config, i18n, plugins, strict, world
from kiosk.devices.roles import ROLES
from kiosk.flow import views
from kiosk.flow.checks import PATTERNS
from kiosk.flow.guide import walked
from kiosk.flow.plan import plan
from kiosk.flow.scanned import CODES_OF
from kiosk.flow.spoken import spoken
from kiosk.flow.stage import View
from kiosk.flow.steps.consent import purpose
from kiosk.flow.steps.form import HINTED
from kiosk.model.around import Around
from kiosk.model.faults import Remedy
from kiosk.model.item import InputType, Item, way_name
from kiosk.model.poll import Poll
from kiosk.model.session import Session
from kiosk.model.words import Word
from kiosk.practice.cases import missing_words as practice_lacks
from kiosk.screens.samples import samples
from kiosk.speech import script

KIOSK = Path(__file__).resolve().parent


def main(path: Path) -> int:
    """Prints what is wrong, a line each, and what was looked at. Returns the exit status."""
    try:
        settings = config.load(path)
        offered = app.shelves(settings)
        roles = set(app.devices(settings))
        adapters = app.departments(settings)
        app.payments(settings)
    except strict.Refused as refused:
        print(refused)
        return 1
    operations = {operation for adapter in adapters.values() for operation in adapter.operations}
    items = [item for department in offered.departments for item in department.items]
    problems = [*i18n.gaps(), *_words(items, [d.code for d in offered.departments])]
    for item in items:
        problems += _item(item, operations, roles)
    for adapter in adapters.values():
        problems += adapter.problems()
    problems += _faults()
    problems += _around(offered.around)
    problems += _poll(offered.poll)
    problems += _voice()
    problems += dict.fromkeys(world.missing_words())  # kinds may be simulated twice
    problems += dict.fromkeys(practice_lacks())  # checks are used by more than one case
    for problem in problems:
        print(problem)
    print(f"kiosk check: {len(items)} items, {len(adapters)} departments, {len(roles)} devices, {len(problems)} problems")
    return 1 if problems else 0


def _item(item: Item, operations: set[str], roles: set[str]) -> Iterator[str]:
    try:
        steps = plan(item)
    except plugins.UnknownPart as unknown:
        yield f"{item.id}: {unknown}"
        return
    for operation in sorted(item.operations().union(*(step.operations for step in steps)) - operations):
        yield f"{item.id}: no adapter of config.toml offers {operation}"
    for role in sorted({role.name for step in steps for role in step.needs} - roles):
        yield f"{item.id}: no driver for the role {role}"
    for one in item.inputs:
        if one.pattern and one.pattern not in PATTERNS:
            yield f"{item.id}: input {one.name}: no pattern {one.pattern}"
        if one.scan and one.scan not in CODES_OF:
            yield f"{item.id}: input {one.name}: no code {one.scan}"


def _words(items: list[Item], departments: list[str]) -> Iterator[str]:
    """Every word that items and code name must exist in every language."""
    needed = {f"department.{code}" for code in departments} | set(_keys(KIOSK))
    for item in items:
        key = f"item.{item.id}"
        needed |= {f"{key}.title", f"{key}.about", f"{key}.law", f"{key}.search", f"unit.{item.unit}"}
        with suppress(plugins.UnknownPart):  # said by `_item`
            needed |= {f"guide.step.{step.name}" for step in walked(item)}
        needed |= {f"bring.{thing}" for thing in item.bring} | {f"life.{event}" for event in item.life_events}
        needed |= {f"{key}.result.{one.name}" for one in item.results if not one.list} | {f"assurance.{item.assurance.value}"}
        needed |= {f"way.{way_name(way)}{part}" for way in item.ways for part in ("", ".text")}
        told = [Session(visit="", item=item, way=way, photo=photo) for way in item.ways for photo in (True, False)]
        needed |= {f"consent.{purpose(one)}.title" for one in told}
        needed |= {f"deliver.{one.document}" for one in item.outputs} | {f"slip.qr.{one.qr}" for one in item.outputs if one.qr}
        needed |= {f"deliver.missing.{one.operation.partition('.')[0].lower()}" for one in item.after}
        for one in item.inputs:
            needed |= {f"{key}.{one.name}"} | {f"{key}.{one.name}.{option}" for option in one.options}
            if one.type in HINTED:
                needed.add(f"{key}.{one.name}.hint")
            if one.options_from:
                needed |= {f"{key}.{one.name}.none"} | {f"{key}.{one.name}.{name}" for name in one.show[1:]}
            if one.scan:
                needed |= {f"code.{one.scan}{part}" for part in ("", ".text", ".other_code")}
            if one.by_hand:
                needed.add(f"{key}.{one.name}.by_hand")
            if one.facts_from:
                needed |= {f"{key}.{one.name}.facts", f"{key}.{one.name}.facts.none"}
            if one.type is InputType.LOOKUP:
                needed.add(f"{key}.{one.name}.number")
    yield from i18n.lacking(*sorted(needed))


def _voice() -> Iterator[str]:
    """Whoever listens must hear something on every screen, in words that there are, and that are in the recording list."""
    seen, listed = set(), script.spoken_words(i18n.REFERENCE)
    for name, view in samples(i18n.REFERENCE).items():
        seen.add(type(view))
        said = spoken(view)
        if type(view).for_citizens and not said:
            yield f"{name}: this screen says nothing"
        for key in (text.key for text in said if isinstance(text, Word)):
            yield from i18n.lacking(key)
            if key not in listed:
                yield f"{key} is said, and is not in the recording list"
    for name in views.__all__:
        view_class = getattr(views, name)
        if view_class is not View and issubclass(view_class, View) and view_class not in seen:
            yield f"{name}: no sample in kiosk/screens/samples.toml shows what it says"


def _around(around: Around) -> Iterator[str]:
    """Places that are declared must have names, and be good for something that exists."""
    units = i18n.table(i18n.REFERENCE)
    for id, station in around.stations.items():
        yield from (f"station {id}: no role {role}" for role in station.roles if role not in ROLES)
    for id, counter in around.counters.items():
        yield from (f"counter {id}: no unit {unit}" for unit in counter.units if f"unit.{unit}" not in units)
    for id in (*around.stations, *around.counters):
        for language in i18n.LANGUAGES:
            if language in i18n.SAME_NAMES:
                continue
            said = around.words(language)
            yield from (f"{language}: no {what} of {id}" for what in ("name", "place") if f"spot.{id}.{what}" not in said)


def _poll(poll: Poll | None) -> Iterator[str]:
    """Whoever reads the first screen reads the question on it."""
    if poll is None:
        return
    wanted = ["poll.question", *(f"poll.answer.{id}" for id in poll.answers)]
    for language in i18n.LANGUAGES:
        if language not in i18n.SAME_NAMES:
            yield from (f"{language}: no {key} of the poll {poll.id}" for key in wanted if key not in poll.words(language))


def _keys(root: Path) -> Iterator[str]:
    """Keys written out in `Word("…")` calls. Keys put together at run time are covered by the tests that show them."""
    for call in _calls(root, "Word"):
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
            yield call.args[0].value


def _faults() -> Iterator[str]:
    """Every fault has one remedy and, in every language, a text and what to do next."""
    found: dict[str, set[str]] = {}
    for call in _calls(KIOSK, "Fault"):
        match call.args:
            case [ast.Constant(value=str(code)), ast.Attribute(attr=remedy), *_]:
                found.setdefault(code, set()).add(remedy)
    for code, remedies in sorted(found.items()):
        if len(remedies) > 1:
            yield f"fault {code}: more than one remedy ({', '.join(sorted(remedies))})"
        if not remedies <= {remedy.name for remedy in Remedy}:
            yield f"fault {code}: unknown remedy"
        yield from i18n.lacking(f"fault.{code}", f"fault.{code}.next")


def _calls(root: Path, name: str) -> Iterator[ast.Call]:
    for path in sorted(root.rglob("*.py")):
        if root / "sandbox" in path.parents or root / "testing" in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node
