"""What every scaffolded package is made of: a project file, methods that say what they owe, and what a contract test leaves open."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

NAME = re.compile(r"[a-z][a-z0-9_]*")
PLAIN = ("str", "int", "float", "bool", "Path")  # types of arguments that a test file names without an import of its own

PROJECT = """\
# {title}: {what} for the e政务 kiosk. `pip install .` beside the kiosk is all; nothing in the kiosk is edited.
[project]
name = "kiosk-{dashed}"
version = "0.1.0"
dependencies = ["egov-kiosk"]

[project.entry-points."{group}"]
"{entry}" = "kiosk_{name}.{module}:{title}"

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
packages = ["kiosk_{name}"]

[tool.pytest.ini_options]
asyncio_mode = "auto"
"""


def hand_over(name: str, into: Path, files: Mapping[str, str], *, what: str, keeps: str, config: str) -> int:
    """Writes the package `<into>/kiosk-<name>` with `files`, by their place in it, and says what to do next: exit status 0.

    1, and a word why, where it is there already. `what`: a driver; `keeps`: whose contract; `config`: what config.toml then holds.
    """
    package = into / f"kiosk-{name.replace('_', '-')}"
    if package.exists():
        print(f"{package} is there already", file=sys.stderr)
        return 1
    for place, text in {f"kiosk_{name}/__init__.py": "", **files}.items():
        (package / place).parent.mkdir(parents=True, exist_ok=True)
        (package / place).write_text(text, "utf-8")
    print(f"{package} is a package with one {what}. Next:")
    print(f"  pip install -e {package}\n  pytest {package}            red until it keeps the contract of every {keeps}")
    print(f"  config.toml: {config}")
    return 0


def contract_of(module: str) -> type[Any]:
    """The contract that tests of `kiosk.testing.<module>` inherit."""
    testing = importlib.import_module(f"kiosk.testing.{module}")
    found = [one for one in vars(testing).values() if inspect.isclass(one) and one.__module__ == testing.__name__]
    contract: type[Any] = next(one for one in found if one.__name__.endswith("Contract"))
    return contract


def methods(base: type[Any], bodies: Mapping[str, str]) -> str:
    """Every abstract method of `base` with what is said of it there; `bodies`: of those that are known, by name."""
    return "".join(_method(name, getattr(base, name), bodies) for name in sorted(base.__abstractmethods__, key=_order))


def _order(name: str) -> tuple[int, str]:
    usual = ["open", "close", "check"]
    return (usual.index(name) if name in usual else len(usual), name)


def _method(name: str, function: Any, bodies: Mapping[str, str]) -> str:
    is_property = isinstance(function, property)
    function = function.fget if is_property else function
    body = bodies.get(name, f'raise NotImplementedError("{name}")')
    lines = (inspect.getdoc(function) or "").split("\n")
    about = "\n".join("        " + line if line else "" for line in lines).strip() or "What it owes is said in the contract."
    start = ("    @property\n" if is_property else "") + ("    async def " if inspect.iscoroutinefunction(function) else "    def ")
    return f'\n{start}{name}{_signature(function)}:\n        """{about}"""\n        {body}\n'


def _signature(function: Any) -> str:
    return str(inspect.signature(function)).replace("'", "")  # annotations are text: from __future__ import annotations


def imports(base: type[Any], text: str, *others: str) -> str:
    """What the signatures of `text` name, from where it is defined, and `others`: `kiosk.model.faults.Fault`."""
    names: dict[str, set[str]] = {base.__module__: {base.__name__}}
    for other in others:
        names.setdefault(other.rpartition(".")[0], set()).add(other.rpartition(".")[2])
    for kind in base.__mro__:
        module = sys.modules.get(kind.__module__)
        for signature in re.findall(r"def \w+(\(.*\)(?: -> .*)?):\n", text):
            for word in set(re.findall(r"\b[A-Za-z_]\w*\b", signature)):
                thing = getattr(module, word, None)
                if thing is None or hasattr(builtins, word) or any(word in known for known in names.values()):
                    continue
                home = getattr(thing, "__module__", "")
                names.setdefault(home if hasattr(sys.modules.get(home), word) else str(kind.__module__), set()).add(word)
    return "\n".join(f"from {module} import {', '.join(sorted(words))}" for module, words in sorted(names.items())) + "\n"


def needs(contract: type[Any], base: type[Any], title: str, made: str) -> Iterator[str]:
    """What the contract leaves to the test class: abstract methods, and fixtures that raise NotImplementedError.

    `made`: how one of `title` is made.
    """
    for function in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(contract)))):
        if not isinstance(function, ast.FunctionDef):
            continue
        marks = {ast.unparse(mark) for mark in function.decorator_list}
        if "abstractmethod" not in marks and not ("pytest.fixture" in marks and "NotImplementedError" in ast.unparse(function.body[-1])):
            continue
        gives = function.returns is not None and ast.unparse(function.returns) == base.__name__
        body = f"return {made}" if gives else f'pytest.fail("{function.name}: see what {contract.__name__} says of it")'
        mark = "    @pytest.fixture\n" if "pytest.fixture" in marks else ""
        arguments = ", ".join(_argument(one) for one in function.args.args)
        doc = ast.get_docstring(function)
        about = f'        """{doc}"""\n' if doc and "\n" not in doc else ""
        yield f"{mark}    def {function.name}({arguments}) -> {title if gives else 'Any'}:\n{about}        {body}\n\n"


def _argument(one: ast.arg) -> str:
    kind = ast.unparse(one.annotation) if one.annotation is not None else ""
    return one.arg if one.arg == "self" else f"{one.arg}: {kind if kind in PLAIN else 'Any'}"
