"""What must hold for the repository itself: no host, no machine, no GPL-only part, no missing word, no dead link, no long file."""

from __future__ import annotations

import re
import shutil
import subprocess
import textwrap
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import EntryPoint, distribution, entry_points
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from packaging.requirements import Requirement

from kiosk import i18n, items

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

ADDRESS = re.compile(r"https?:|://", re.IGNORECASE)
MACHINE = re.compile(r"(?:^|[^\w.:/])/(?:work|farm|root|home|Users)/\w", re.MULTILINE)
REGISTRY = re.compile(r"\bpypi\.|pythonhosted|debian\.(?:org|net)|npmjs|pkg\.dev|artifactory|tuna\.tsinghua|mirrors?\.[a-z]", re.IGNORECASE)


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def tracked_texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        if path == Path(__file__).resolve():
            continue  # it holds the words it looks for
        try:
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a clip


# --- where things come from


def test_lock_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert not ADDRESS.search(lock)
    assert lock.count("--hash=sha256:") >= lock.count("==") > 50


def test_setup_refuses_a_lock_that_names_a_host(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/setup", tmp_path / ".ci/setup")
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "requirements.lock").write_text("--index-url https://registry.example/simple\nsix==1.17.0\n")
    done = subprocess.run([tmp_path / ".ci/setup"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "requirements.lock names a host" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for name, text in tracked_texts():
        found += [f"{name}: {match.group().strip()}" for match in (MACHINE.search(text), REGISTRY.search(text)) if match]
    assert found == []


# --- licences


def default_install() -> dict[str, str]:
    """distribution → its licence in words, for everything that comes without the developers' tools."""
    left_out = set(PYPROJECT["tool"]["uv"]["exclude-dependencies"])
    found: dict[str, str] = {}
    waiting = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
    while waiting:
        wanted = waiting.pop()
        if wanted.name in found or wanted.name in left_out:
            continue
        part = distribution(wanted.name)
        classified = [one.split(" :: ")[-1] for one in part.metadata.get_all("Classifier", []) if one.startswith("License ::")]
        said = part.metadata.json
        found[wanted.name] = str(said.get("license_expression") or " OR ".join(classified) or said.get("license") or "")
        asked = [{"extra": extra} for extra in ("", *wanted.extras)]
        needed = [Requirement(line) for line in part.requires or []]
        waiting += [one for one in needed if one.marker is None or any(map(one.marker.evaluate, asked))]
    return found


def only_gpl(licence: str) -> bool:
    """Whether every choice that `licence` offers is the GPL or the AGPL."""
    words = licence.replace("GNU Lesser General Public License", "LGPL").replace("General Public License", "GPL")
    return all(re.search(r"(?<!L)GPL", choice) for choice in words.split(" OR "))


@pytest.mark.parametrize(
    ("licence", "verdict"),
    [
        ("GPL-3.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License v3", True),
        ("MIT AND GPL-2.0-or-later", True),
        ("LGPL-3.0-only OR GPL-2.0-only", False),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", False),
        ("MIT", False),
    ],
)
def test_gpl_only_is_recognised(licence: str, verdict: bool) -> None:
    assert only_gpl(licence) is verdict


def test_default_install_holds_no_gpl_only_part() -> None:
    licences = default_install()
    assert len(licences) > 30
    assert {name: licence for name, licence in licences.items() if not licence or only_gpl(licence)} == {}


# --- shape


@pytest.mark.parametrize(
    "name",
    ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "SECURITY.md", "Makefile",
     "pyproject.toml", "config.toml", "requirements.lock", "locales", "docs/decisions", "kiosk", "tests", ".ci/run"],
)  # fmt: skip
def test_the_house_has_its_doors(name: str) -> None:
    assert (ROOT / name).exists()


def test_tests_have_names_of_their_own() -> None:
    """pytest takes two files of one name in different folders for the same module, and refuses the second."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []


def test_files_fit_two_screens() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in (ROOT / "kiosk").rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 350} == {}


def test_links_in_documents_lead_somewhere() -> None:
    dead = []
    for path in tracked():
        if path.suffix == ".md":
            targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
            dead += [f"{path.relative_to(ROOT)}: {to}" for to in targets if not ADDRESS.match(to) and not (path.parent / to).exists()]
    assert dead == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_item_of_the_readme_is_one(name: str, tmp_path: Path) -> None:
    """What a newcomer copies first must work: the item is read, its department stands there, its operation is offered."""
    text = (ROOT / name).read_text("utf-8")
    place = re.search(r"`kiosk/items/(ps-household/household-name-province\.toml)`", text)
    block = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert place and block
    path = tmp_path / place[1]
    path.parent.mkdir()
    path.write_text(textwrap.dedent(block[1]), "utf-8")
    item = items.read(path)
    system, _, operation = item.operation.partition(".")
    assert operation in tomllib.loads((ROOT / f"kiosk/backoffice/maps/{system}.toml").read_text("utf-8"))["operations"]
    assert item.department in {department.code for department in items.trusted(["kiosk"], ROOT)}


# --- words


def words(language: str) -> dict[str, str]:
    """key → text; a key in two files, or twice in one, is a mistake that would hide a text."""
    found: dict[str, str] = {}
    for path in sorted((i18n.LOCALES / language).glob("*.po")):
        keys = re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.MULTILINE)
        twice = sorted({key for key in keys if keys.count(key) > 1 or key in found})
        assert twice == [], f"{path.name} says again: {twice}"
        with path.open("rb") as file:
            found |= {str(message.id): str(message.string) for message in read_po(file, locale=language, abort_invalid=True) if message.id}
    return found


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_no_key_stands_twice(language: str) -> None:
    """That every language has all of them, with the same places, is what `kiosk check` looks at (i18n.gaps)."""
    assert words(language)


def test_every_folder_of_words_is_a_language() -> None:
    assert {path.name for path in i18n.LOCALES.iterdir() if list(path.glob("*.po"))} == set(i18n.LANGUAGES)


# --- doors for third parties


DOORS = [(group, name, value) for group, points in PYPROJECT["project"]["entry-points"].items() for name, value in points.items()]


@pytest.mark.parametrize(("group", "name", "value"), DOORS, ids=[f"{group}:{name}" for group, name, _ in DOORS])
def test_every_door_opens(group: str, name: str, value: str) -> None:
    assert EntryPoint(name=name, value=value, group=group).load() is not None


def test_installed_doors_are_those_of_pyproject() -> None:
    groups = PYPROJECT["project"]["entry-points"]
    ours = [point for group in groups for point in entry_points(group=group) if point.dist and point.dist.name == "egov-kiosk"]
    assert {(point.group, point.name, point.value) for point in ours} == set(DOORS)
