"""The plan of the house, held by tests: packages, import rules, names."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOT_THE_APP = {"tests", "benchmarks", "docs"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def linted_packages() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages: list[str] = settings["tool"]["importlinter"]["root_packages"]
    return packages


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (ROOT / folder).rglob("*.py")


def imports(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_the_list_of_packages_equals_the_folders() -> None:
    on_disk = {path.parent.name for path in ROOT.glob("*/*.py")} - NOT_THE_APP
    assert set(linted_packages()) == on_disk


def test_the_import_rules_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_blocks_use_of_slack_only_its_models() -> None:
    slack = {
        name for source in sources("slack_handlers/blocks") for name in imports(source) if "slack_sdk" in name
    }
    assert slack
    assert all(name.startswith("slack_sdk.models") for name in slack)


def test_nobody_imports_settings_or_the_composition_root() -> None:
    guilty = [source for source in sources(*linted_packages()) if {"settings", "app"} & set(imports(source))]
    assert guilty == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [source for source in sources(*linted_packages(), "tests") if source.stem in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("package", linted_packages())
def test_every_module_says_in_one_sentence_what_it_is(package: str) -> None:
    silent = [
        source
        for source in sources(package)
        if source.read_text().strip() and not ast.get_docstring(ast.parse(source.read_text()))
    ]
    assert silent == []


def test_a_use_case_file_is_named_like_its_function() -> None:
    for source in sources("use_cases"):
        names = {
            node.name for node in ast.parse(source.read_text()).body if isinstance(node, ast.FunctionDef)
        }
        if source.stem not in {"__init__", "read_csv"}:
            assert any(name.startswith(source.stem) for name in names), source.name
