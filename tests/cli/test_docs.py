"""What the docs tell people to type works, in the order in which they say it."""

import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.commands import COMMANDS
from sandbox import Sandbox
from settings import Settings
from tests.conftest import Ran

ROOT = Path(__file__).parent.parent.parent
CI = (ROOT / ".ci" / "run").read_text()
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


def commands_in(page: Path) -> list[str]:
    """The lines that begin with a dollar sign in a page's console blocks."""
    blocks = re.findall(r"```console\n(.*?)```", page.read_text(), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A folder with example files, and the environment of an operator whose Slack is a sandbox."""
    people = [f"E{number},{'Design' if number % 2 else 'Sales'},U0{number:03}" for number in range(8)]
    (tmp_path / "people.csv").write_text("\n".join(["person_id,department,slack_user_id", *people]))
    (tmp_path / "meetings.csv").write_text("person_a,person_b,met_on\nE1,E2,2026-10-01\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Sandbox(signing_secret="secret", bot_token="xoxb-docs") as slack:
        slack.add_users([{"id": f"U0{number:03}", "name": f"Person {number}"} for number in range(8)])
        yield {
            "DATABASE_URL": f"sqlite:///{tmp_path}/docs.db",
            "SLACK_BOT_TOKEN": "xoxb-docs",
            "SLACK_SIGNING_SECRET": "secret",
            "SLACK_API_URL": slack.api_url,
            "PORT": str(port),
            "LUNCHMATES_RELEASE_SECRET": "0123456789abcdef" * 2,
        }


def serve_until_ready(command: list[str], port: str) -> None:
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            assert process.poll() is None, process.stderr and process.stderr.read()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
                    assert answer.status == 200
                    break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("serve was not ready within 120 s")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.communicate()


def test_the_commands_of_the_docs_run_as_written(
    app: Callable[..., Ran], workplace: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in workplace.items():
        monkeypatch.setenv(name, value)
    typed = [command for page in PAGES for command in commands_in(page)]
    assert typed
    for line in typed:
        words = shlex.split(line)
        assert words[:2] == ["python", "app.py"], line
        if words[2] == "demo":
            assert shlex.join(words[1:]) in CI, "a quarter takes a minute: .ci/run plays it, as written"
            continue
        if words[2] == "serve":
            serve_until_ready([sys.executable, str(ROOT / "app.py"), "serve"], workplace["PORT"])
            continue
        done = app(*words[2:])
        assert done.code == 0, f"{line}\n{done.out}\n{done.err}"


def test_every_command_stands_in_the_docs() -> None:
    written = " ".join(page.read_text() for page in PAGES)
    for command in COMMANDS:
        assert f"app.py {command.__name__.replace('_', '-')}" in written


def test_every_setting_stands_in_the_docs() -> None:
    written = (ROOT / "docs" / "operators.md").read_text()
    for field in Settings.model_fields.values():
        assert str(field.validation_alias) in written


def test_every_folder_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for folder in {path.split("/")[0] for path in tracked.splitlines() if "/" in path}:
        if not folder.startswith("."):
            assert f"\n{folder}/" in readme
