"""The picture of docs/architecture.md, held: imports run one way, and each matter has its place."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(__file__).parents[1] / "src/cvforge"
# From the command line down: a part may import what stands below it, never beside or above.
LAYERS = (
    {"__main__"},
    {"cli"},
    {"standby"},
    {"batch"},
    {"console", "pipeline"},
    {"setting"},
    {"outcome", "counter"},
    {"citation_styles", "memory", "photo", "record"},
    {"variant", "library", "choices"},
    {"publications", "check"},
    {"profile", "bibliography", "fit", "templates", "engine", "pdf", "rendering"},
    {"latex", "scratch"},
    {"fonts"},
    {"cv", "files"},
    {"inline", "reads"},
    {"characters"},
    {"errors"},
    {"diagnostics", "apart", "forks", "signals"},
    {"loading"},
    {"frozen", "patterns"},
)
LAYER = {part: number for number, layer in enumerate(LAYERS) for part in layer}
# What Python may not decide about the page. A bibliography speaks TeX, and is only read; a
# profile's model describes its options in prose.
READERS = {"bibliography", "profile"}
LOOKS = re.compile(
    r"\\(?:usepackage|RequirePackage|vspace|hspace|vskip|hskip|setlength|fontsize|selectfont"
    r"|newcommand|def\b|color|parindent|linespread|includegraphics)"
    r"|(?<![\w.])\d+(?:\.\d+)?\s?(?:pt|mm|cm|em|ex|bp|sp)\b"
)


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module by its path below the package."""
    found = {
        path.relative_to(SOURCES).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(SOURCES.rglob("*.py"))
    }
    assert len(found) > 50
    assert {"pipeline.py", "cli/__init__.py", "engine/sandbox.py", "latex/nodes.py"} <= set(found)
    return found


def part_of(path: str) -> str:
    """Return the package or module of cvforge that a file belongs to."""
    return path.partition("/")[0].removesuffix(".py")


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield the dotted name of everything that is imported, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(package: str) -> set[str]:
    """Return the parts of cvforge that import a foreign package."""
    return {
        part_of(path)
        for path, tree in modules().items()
        for name in imports(tree)
        if name.partition(".")[0] == package
    }


def test_every_part_has_its_layer() -> None:
    parts = {part_of(path) for path in modules()} - {"__init__"}
    assert parts == set(LAYER)


def test_imports_run_one_way() -> None:
    pairs = {
        (part_of(path), name.split(".")[1])
        for path, tree in modules().items()
        for name in imports(tree)
        if name.startswith("cvforge.") and path != "__init__.py"
    }
    assert len(pairs) > 40
    assert {
        (part, imported)
        for part, imported in pairs
        if part != imported and LAYER[imported] <= LAYER[part]
    } == set()


def test_only_latex_and_templates_know_pylatex() -> None:
    assert importers("pylatex") == {"latex", "templates"}


def test_only_the_profile_knows_pydantic() -> None:
    assert importers("pydantic") | importers("pydantic_core") == {"profile"}


def test_a_profile_knows_of_latex_only_how_a_formula_is_checked() -> None:
    """A formula is refused where it is written, with its place; the grammar is latex.math's.

    That module imports no pylatex and writes nothing here: ``check_math`` only raises.
    """
    names = {
        name
        for path, tree in modules().items()
        if part_of(path) == "profile"
        for name in imports(tree)
        if name.startswith("cvforge.latex")
    }
    assert names == {"cvforge.latex.math.MathError", "cvforge.latex.math.check_math"}


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("cvforge.profile.load", "pylatex"),
        ("cvforge.engine.registry", "pydantic"),
        ("cvforge.engine.registry", "pylatex"),
        ("cvforge.cv", "yaml"),
        ("cvforge.cli", "pydantic"),
        ("cvforge.cli", "pylatex"),
    ],
)
def test_a_module_does_not_load_what_it_does_not_need(module: str, absent: str) -> None:
    script = f"import sys, {module}; print('{absent}' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=SOURCES.parent,
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout == "False\n"


def test_only_the_console_prints() -> None:
    printing = {
        path
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert printing == {"console.py"}


def test_no_exception_is_caught_that_is_not_named() -> None:
    handlers = [
        (path, "" if node.type is None else ast.unparse(node.type))
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
    ]
    assert len(handlers) > 5
    vague = re.compile(r"^$|\b(?:Base)?Exception\b")
    assert [(path, caught) for path, caught in handlers if vague.search(caught)] == []


def docstrings(tree: ast.Module) -> set[int]:
    """Return the identities of the nodes that are docstrings."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
    }


def strings(tree: ast.Module) -> Iterator[str]:
    """Yield every string of a module that is no docstring."""
    left_out = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in left_out:
            yield from (node.value,) if isinstance(node.value, str) else ()


@pytest.mark.parametrize(
    "text", [r"\vspace{1em}", "2.5mm", "10 pt", r"\usepackage{x}", r"\fontsize{9}{10}"]
)
def test_the_pattern_below_knows_what_looks_like_looks(text: str) -> None:
    assert LOOKS.search(text)


def test_looks_are_decided_in_class_files_alone() -> None:
    found = [
        (path, text)
        for path, tree in modules().items()
        if part_of(path) not in READERS
        for text in strings(tree)
        if LOOKS.search(text)
    ]
    assert found == []
