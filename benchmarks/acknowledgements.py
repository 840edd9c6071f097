"""How soon Slack is answered while a large round is matched and delivered.

    python -m benchmarks.acknowledgements [PEOPLE]

A sandbox in this process, `python app.py serve` in its own, and 50 people at once who type commands, open
their Home tab and press buttons: first in peace, then from the moment at which a round of 2,000 people is due
until it is delivered. Slack shows a failure after 3 s. The sandbox shares its processor time with the 50
people, which makes the figures worse than the app is. The exit status is 1 where an acknowledgement failed or
took 3 s, or where the slowest hundredth took 0.5 s.
"""

import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from sandbox import Sandbox

HOME = Path(__file__).resolve().parent.parent
PEOPLE = 2_000
AT_ONCE = 50
# Seconds that somebody thinks before the next thing they do.
THINKING = 0.5, 1.5
IN_PEACE = 20.0
PATIENCE = 600.0
# Seconds without a new message after which the round is delivered.
STILL = 5.0
# A minute of Slack's rate limits passes in a second, so that delivering does not wait for them.
SPEED = 60.0
SLOWEST, LONGEST = 0.5, 3.0
PAUSE, RESUME = "pause", "resume"
console = Console(width=110, highlight=False)

Ends = Callable[[], bool]


@dataclass
class Heard:
    """The seconds until each thing that people did was acknowledged, and what failed."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, seconds: float, failure: str | None) -> None:
        with self.lock:
            self.seconds.append(seconds)
            if failure:
                self.failures.append(failure)


def main() -> int:
    """Measure both phases; the exit status tells whether Slack was answered in time."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    ids = [f"U{number:06}" for number in range(people)]
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox(signing_secret="benchmark", bot_token="xoxb-benchmark", speed=SPEED) as slack,
    ):
        slack.add_users([{"id": one, "name": f"Person {one}", "tz": "UTC"} for one in ids])
        settings = _settings(slack, Path(folder))
        with _serving(settings, Path(folder) / "log"):
            slack.app_url = f"http://127.0.0.1:{settings['PORT']}/slack/events"
            joining = Heard()
            _until(lambda: _joined(slack, ids[0], joining))
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(lambda one: _joined(slack, one, joining), ids[1:]))
            peace = _live(slack, ids, ends=_after(IN_PEACE))
            due = _make_a_round_due(settings)
            time.sleep(max(0.0, due.timestamp() - time.time()))
            began = time.monotonic()
            busy = _live(slack, ids, ends=_delivered(slack))
            seconds = time.monotonic() - began - STILL
            delivered = len(slack.messages())
    good = [
        _row(name, heard)
        for name, heard in (
            ("everybody joins", joining),
            ("in peace", peace),
            (f"{people:,} people are matched, {delivered:,} messages delivered in {seconds:.0f} s", busy),
        )
    ]
    console.print(TABLE)
    return 0 if all(good) else 1


TABLE = Table(
    *("what goes on", "acknowledged", "median", "99 of 100 within", "longest", "failed"),
    title=f"{AT_ONCE} people at once",
)


def _row(name: str, heard: Heard) -> bool:
    seconds = sorted(heard.seconds)
    slowest = seconds[int(0.99 * (len(seconds) - 1))]
    TABLE.add_row(
        *(name, f"{len(seconds):,}", f"{statistics.median(seconds) * 1000:.0f} ms"),
        *(f"{slowest * 1000:.0f} ms", f"{seconds[-1] * 1000:.0f} ms", str(len(heard.failures))),
    )
    for failure in sorted(set(heard.failures)):
        console.print(f"{name}: {failure} ({heard.failures.count(failure)} times)")
    return not heard.failures and slowest < SLOWEST and seconds[-1] < LONGEST


def _live(slack: Sandbox, ids: list[str], *, ends: Ends) -> Heard:
    """Fifty people type, look and press until it ends."""
    heard, over = Heard(), threading.Event()

    def one_person(number: int) -> None:
        dice = random.Random(number)
        while not over.wait(dice.uniform(*THINKING)):
            who = dice.choice(ids[number::AT_ONCE])
            match dice.randrange(3):
                case 0:
                    done = slack.command(who, "/lunch", dice.choice(["status", "help"]), wait=PATIENCE)
                    heard.note(done.seconds, done.failure)
                case 1:
                    for attempt in slack.open_home(who, wait=PATIENCE).attempts:
                        heard.note(attempt.seconds, attempt.failure)
                case _:
                    for action in (PAUSE, RESUME):
                        _press(slack, who, action, heard)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        living = [pool.submit(one_person, number) for number in range(AT_ONCE)]
        end = time.monotonic() + PATIENCE
        while not ends() and time.monotonic() < end:
            time.sleep(0.2)
        over.set()
        for each in living:
            each.result()
    return heard


def _press(slack: Sandbox, who: str, action: str, heard: Heard) -> None:
    """Ask where one stands, and press the button of the answer."""
    asked = slack.command(who, "/lunch", "status", wait=PATIENCE)
    heard.note(asked.seconds, asked.failure)
    for message in asked.messages:
        for block in message["blocks"]:
            for element in block.get("elements", []):
                if str(element.get("action_id", "")).startswith(action):
                    pressed = slack.press(who, message, element["action_id"], wait=PATIENCE)
                    heard.note(pressed.seconds, pressed.failure)
                    return


def _joined(slack: Sandbox, who: str, heard: Heard) -> bool:
    done = slack.command(who, "/lunch", "join", wait=PATIENCE)
    heard.note(done.seconds, done.failure)
    return any("You're in." in message["text"] for message in done.messages)


def _delivered(slack: Sandbox) -> Ends:
    """Ends once messages have come, and no more do: whoever pauses in that minute gets none."""
    last, since = 0, time.monotonic()

    def ends() -> bool:
        nonlocal last, since
        count = len(slack.messages())
        if count > last:
            last, since = count, time.monotonic()
        return count > 0 and time.monotonic() - since > STILL

    return ends


def _after(seconds: float) -> Ends:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def _make_a_round_due(settings: dict[str, str]) -> datetime:
    """Move the program's slot to the next full minute but one."""
    due = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    if (due - datetime.now(UTC)).total_seconds() < 15:
        due += timedelta(minutes=1)
    # Where it is noon now: introductions go out by day. "Etc/GMT-5" is five hours ahead.
    zone = f"Etc/GMT{due.hour - 12:+d}"
    there = due.astimezone(ZoneInfo(zone))
    when = ["--weekday", f"{there:%A}".lower(), "--time", f"{there:%H:%M}", "--timezone", zone]
    _run(settings, "schedule", *when)
    return due


def _settings(slack: Sandbox, folder: Path) -> dict[str, str]:
    far = (datetime.now(UTC) + timedelta(days=3)).strftime("%A").lower()
    return {
        "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder}/lunchmates.db"),
        "SLACK_BOT_TOKEN": "xoxb-benchmark",
        "SLACK_SIGNING_SECRET": "benchmark",
        "SLACK_API_URL": slack.api_url,
        "PORT": str(_free_port()),
        "LUNCHMATES_WEEKDAY": far,
        "LUNCHMATES_TICK_SECONDS": "1",
        "PATH": os.environ.get("PATH", ""),
    }


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _run(settings: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "app.py", *words], cwd=HOME, env=settings, check=True)


@contextmanager
def _serving(settings: dict[str, str], log: Path) -> Iterator[None]:
    _run(settings, "migrate")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "app.py", "serve"], cwd=HOME, env=settings, stdout=output, stderr=output
        )
    try:
        _until(lambda: _is_ready(settings["PORT"]) or process.poll() is not None)
        if process.poll() is not None:
            sys.exit(log.read_text())
        yield
    finally:
        process.terminate()
        process.wait()


def _is_ready(port: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _until(condition: Ends) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            sys.exit("The app did not come up.")
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
