"""`demo`: a fictional company plays a week of lunches through the whole app, on this machine."""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from apscheduler.schedulers.background import BackgroundScheduler
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from cli.demo_company import Colleague, fictional_company, people_file
from cli.parts import Parts, SandboxedApp
from cli.play_round import Posted, next_slot, play_round
from domain.rounds import RoundOutcome
from scheduler.clockwork import schedule
from use_cases.import_people import import_people
from use_cases.read_csv import read_people

JOINERS = 131
# Slack lets an app open 50 conversations a minute; the sandbox's clock makes that minute short.
SPEED = 120.0

console = Console(width=100, highlight=False)


def demo(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="exit after the round instead of serving on")] = False,
    port: Annotated[int, typer.Option(help="the sandbox's port; 0 takes a free one")] = 0,
) -> None:
    """Play a week in a fictional company of 200 people, through the real app, without a Slack account."""
    console.print("[bold]Lunchmates demo[/]: a fictional company of 200 people, on this machine only.")
    parts: Parts = context.obj
    app = parts.sandboxed_app(datetime.now(UTC), port=port, speed=SPEED, timezone="Europe/Berlin")
    scheduler = schedule(app.installation.clockwork, tick=app.installation.tick)
    try:
        wrong = _play(app, scheduler)
        if not once and sys.stdout.isatty():
            console.print(f"\nThe sandbox serves on at {app.slack.url} until you press Ctrl-C.")
            _wait_for_interrupt()
    finally:
        app.installation.clockwork.stop()
        scheduler.shutdown()
        app.stop()
    sys.exit(1 if wrong else 0)


def _play(app: SandboxedApp, scheduler: BackgroundScheduler) -> list[str]:
    people = _open_company(app)
    scheduler.start()
    joiners = sorted(people, key=lambda one: one.name)[:JOINERS]
    _show(_join(app, joiners), people, title="/lunch join")
    at = next_slot(app)
    console.print(f"The clock moves to {at:%A %d %B, %H:%M} ({at.tzinfo}); the scheduler does the rest.\n")
    played = play_round(app)
    for message in _varied(played.group_messages):
        _show(message.text, people, title="group DM")
    _print_outcome(played.summary.outcome)
    wrong = played.problems({one.slack_user_id for one in joiners})
    for problem in wrong:
        console.print(f"[red]{problem}[/]")
    if not wrong:
        console.print(
            f"{len(played.group_messages)} introductions delivered, each exactly once; "
            "nobody who had not joined got a message."
        )
    return wrong


def _open_company(app: SandboxedApp) -> list[Colleague]:
    people = fictional_company(app.clock.now().date())
    app.slack.add_users([{"id": one.slack_user_id, "name": one.name, "tz": one.timezone} for one in people])
    app.installation.clockwork.read_directory()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_text(people_file(people), encoding="utf-8")
        done = import_people(
            app.installation.sessions,
            read_people(path),
            workspace_id=app.installation.workspace_id,
            actor="demo",
            now=app.clock.now(),
        )
    console.print(f"{len(people)} people in the directory; {done.changed} enriched from the people file.")
    return people


def _join(app: SandboxedApp, joiners: list[Colleague]) -> str:
    """Two in three type `/lunch join`; the answer that the first of them reads."""
    answers = [app.slack.command(one.slack_user_id, "/lunch", "join").messages for one in joiners]
    unanswered = sum(not messages for messages in answers)
    if unanswered:
        raise RuntimeError(f"{unanswered} people got no answer to /lunch join")
    console.print(f"{len(joiners)} of them type /lunch join. The first one reads:")
    return str(answers[0][0]["text"])


def _varied(messages: list[Posted]) -> list[Posted]:
    """Three introductions that differ: across offices, in one office, and of three people."""
    pairs = [one for one in messages if len(one.readers) == 2]
    here = [one for one in pairs if "both in" in one.text]
    apart = [one for one in pairs if "both in" not in one.text]
    apart.sort(key=lambda one: "Ask about" not in one.text)
    return [*apart[:1], *here[:1], *(one for one in messages if len(one.readers) == 3)]


def _show(text: str, people: list[Colleague], *, title: str) -> None:
    """A message as Slack shows it: names in place of ids."""
    for one in people:
        text = text.replace(f"<@{one.slack_user_id}>", f"@{one.name}")
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    console.print(Panel(escape(text), width=96, title=title, title_align="left"))


def _print_outcome(outcome: RoundOutcome) -> None:
    table = Table(
        "this round",
        "achieved",
        "proven bound",
        title=f"{outcome.people} people, {outcome.introductions} introductions",
        title_justify="left",
    )
    for name, value in outcome.values.items():
        table.add_row(name.replace("_", " "), str(value), str(outcome.bounds[name]))
    console.print(table)


def _wait_for_interrupt() -> None:
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        console.print("Bye.")
