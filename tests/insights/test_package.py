"""The docstrings' examples run, the package needs only NetworkX and SciPy, and keeps true counts in."""

import ast
import doctest
import importlib
import pkgutil
import sys
from pathlib import Path

import pytest

import insights

MODULES = ["insights", *(f"insights.{module.name}" for module in pkgutil.iter_modules(insights.__path__))]
FILES = sorted(Path(insights.__path__[0]).glob("*.py"))


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(str(node.module))
    return names


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_imports(path: Path) -> None:
    packages = {name.split(".")[0] for name in imported(path)}
    assert packages <= sys.stdlib_module_names | {"networkx", "numpy", "scipy", "insights"}
    assert not packages & {"random", "secrets", "time", "os", "uuid"}


def test_what_renders_knows_only_what_is_released() -> None:
    # A page needs tables, cells, their words and errors; none of these reaches records, counts or the graph.
    released = {"tables", "cells", "wire", "wording", "change", "novelty", "chance", "errors", "rounding"}
    root = Path(insights.__path__[0])
    for name in released:
        ours = {each.split(".")[1] for each in imported(root / f"{name}.py") if each.startswith("insights.")}
        assert ours <= released
    internal = {"met_graph", "people_who_met", "Rounding", "Step", "released_steps", "bounds"}
    assert not internal & set(insights.__all__)
