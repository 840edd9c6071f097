"""The examples in the docstrings run, and the package imports four libraries and nothing else."""

import ast
import doctest
import importlib
import pkgutil
import sys
from pathlib import Path

import pytest

import matcher

MODULES = ["matcher", *(f"matcher.{module.name}" for module in pkgutil.iter_modules(matcher.__path__))]


@pytest.mark.parametrize("name", [name for name in MODULES if name != "matcher.__main__"])
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("path", sorted(Path(matcher.__path__[0]).glob("*.py")), ids=lambda path: path.name)
def test_imports(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(str(node.module).split(".")[0])
    assert imported <= sys.stdlib_module_names | {"networkx", "numpy", "rustworkx", "scipy", "matcher"}
