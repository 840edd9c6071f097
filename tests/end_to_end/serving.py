"""The app as an operator runs it: `python app.py …` in processes of its own, which can be killed."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import install
from cli.parts import Installation
from sandbox import Sandbox
from scheduler.clocks import SystemClock
from settings import Settings
from tests.end_to_end.company import far_weekday

HOME = Path(__file__).parents[2]
OURS = ("DATABASE_", "SLACK_", "LUNCHMATES_", "HOST", "PORT")

Environment = dict[str, str]


def environment(slack: Sandbox, database_url: str, **seconds: float) -> Environment:
    """What an operator would set; `seconds` are tick, lease and lookup."""
    return {
        "DATABASE_URL": database_url,
        "SLACK_BOT_TOKEN": slack.installation.bot_token,
        "SLACK_SIGNING_SECRET": slack.installation.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "PORT": str(free_port()),
        "LUNCHMATES_WEEKDAY": far_weekday(),
        **{f"LUNCHMATES_{name.upper()}_SECONDS": str(value) for name, value in seconds.items()},
    }


def installed_here(settings: Environment) -> Installation:
    """The same installation in this process, to prepare and to look."""
    return install(Settings(**settings), SystemClock())  # type: ignore[arg-type]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment() -> Environment:
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


@dataclass(frozen=True)
class Group:
    """A running `serve`, the leader of a process group."""

    pid: int
    port: int

    def kill(self) -> None:
        """Kill every process of the group at once, and wait until none of them runs."""
        os.killpg(self.pid, signal.SIGKILL)
        wait_until(lambda: not self.is_running())

    def is_running(self) -> bool:
        processes = (each for each in os.listdir("/proc") if each.isdigit())
        return any(_group_of(Path("/proc", each, "stat")) == self.pid for each in processes)

    def is_healthy(self) -> bool:
        return get(self.port, "/healthz") == 200


def _group_of(stat: Path) -> int | None:
    try:
        state, _, group = stat.read_text().rpartition(")")[2].split()[:3]
    except OSError:
        return None
    return None if state == "Z" else int(group)


@contextmanager
def serving(settings: Environment, log: Path) -> Iterator[tuple[Group, "subprocess.Popen[bytes]"]]:
    """`python app.py serve` in its own process group; whatever is left of it at the end is killed."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "app.py", "serve"],
            cwd=HOME,
            env={**clean_environment(), **settings},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield Group(process.pid, int(settings["PORT"])), process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def warm_starts(log: Path) -> Iterator[Callable[[Environment], Group]]:
    """Starts `serve` again and again without waiting for the imports; kills what is left at the end."""
    groups: list[Group] = []
    with log.open("ab") as output:
        template = subprocess.Popen(
            [sys.executable, "-m", "tests.end_to_end.warm"],
            cwd=HOME,
            env=clean_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
        )
    assert template.stdin
    assert template.stdout

    def start(settings: Environment) -> Group:
        print(json.dumps(settings), file=template.stdin, flush=True)
        groups.append(Group(int(template.stdout.readline()), int(settings["PORT"])))  # type: ignore[union-attr]
        return groups[-1]

    try:
        yield start
    finally:
        for group in groups:
            if group.is_running():
                group.kill()
        template.stdin.close()
        template.wait(10)
        template.stdout.close()


def run_command(settings: Environment, *words: str) -> str:
    """What `python app.py …` prints."""
    done = subprocess.run(
        [sys.executable, "app.py", *words],
        cwd=HOME,
        env={**clean_environment(), **settings, "COLUMNS": "200"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def get(port: int, path: str) -> int | None:
    """The status of a GET, or None where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def wait_until(condition: Callable[[], bool], seconds: float = 30, every: float = 0.002) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not so after {seconds} s")
        time.sleep(every)
