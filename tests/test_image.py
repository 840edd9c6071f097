"""The container image has what the app needs, and nothing of what lies beside it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from tests.test_architecture import linted_packages

ROOT = Path(__file__).parent.parent
NOT_IN_THE_IMAGE = ("pip", "setuptools", "wheel", "pkg_resources", "ensurepip")


def rules() -> list[tuple[bool, re.Pattern[str]]]:
    """Docker's: the last line that names a path, or a folder that it is in, decides."""
    lines = [line.strip() for line in (ROOT / ".dockerignore").read_text().splitlines()]
    return [
        (line.startswith("!"), _pattern(line.removeprefix("!")))
        for line in lines
        if line and not line.startswith("#")
    ]


def _pattern(line: str) -> re.Pattern[str]:
    parts = {"**/": "(.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(
        "".join(parts.get(part) or re.escape(part) for part in re.split(r"(\*\*/|\*\*|\*|\?)", line))
    )


def gets_in(path: str) -> bool:
    here = PurePosixPath(path)
    names = [str(one) for one in (here, *here.parents) if one.name]
    allowed = True
    for allows, pattern in rules():
        if any(pattern.fullmatch(name) for name in names):
            allowed = allows
    return allowed


def tracked(*folders: str) -> list[str]:
    done = subprocess.run(["git", "ls-files", *folders], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    "path",
    [
        *(".env", ".env.production", "cli/.env", "web/.netrc", "people.csv", "db/people.csv", "meetings.csv"),
        *("lunchmates.db", "lunchmates.db-wal", "migrations/old.db", ".git/config", ".venv/bin/python"),
        *("tests/conftest.py", "benchmarks/office.py", "docs/admins.md", ".ci/run", "notes.txt", "key.pem"),
        *("secrets/token", "node_modules/x/index.js", "cli/__pycache__/serve.cpython-312.pyc", "Makefile"),
    ],
)
def test_what_is_not_the_app_stays_out(path: str) -> None:
    assert not gets_in(path)


def test_everything_of_the_app_gets_in() -> None:
    needed = tracked("app.py", "settings.py", "requirements.lock", "requirements-uv.lock", *linted_packages())
    assert len(needed) > 200
    assert [path for path in needed if not gets_in(path)] == []
    assert {path.split("/")[0] for path in tracked() if gets_in(path)} == {
        path.split("/")[0] for path in (*needed, "LICENSE")
    }


def test_the_image_needs_nothing_else_and_no_installer(tmp_path: Path) -> None:
    for path in filter(gets_in, tracked()):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    missing = "".join(f"sys.modules[{name!r}] = None; " for name in NOT_IN_THE_IMAGE)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {missing}import app; app.main(['migrate'])"],
        cwd=tmp_path,
        env={"DATABASE_URL": f"sqlite:///{tmp_path}/lunchmates.db", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "lunchmates.db").exists()
