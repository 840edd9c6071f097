"""`demo`: a fictional company plays a quarter of lunches through the whole app, on this machine."""

import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from apscheduler.schedulers.background import BackgroundScheduler
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from cli.demo_company import SEED, Colleague, fictional_company, people_file
from cli.demo_quarter import MET, WEEKS, Quarter, join, play_quarter, read_on
from cli.demo_truth import ZONE, Truth
from cli.parts import Parts, SandboxedApp
from cli.play_round import PlayedRound, Posted, next_slot, play_round, play_until
from cli.stats import print_released
from domain.reports import CLOSED_AFTER, PERIOD_WEEKS
from domain.rounds import RoundOutcome
from scheduler.clockwork import schedule
from use_cases.import_people import import_people
from use_cases.read_csv import read_people
from use_cases.read_report import read_report
from use_cases.release_report import release_report
from use_cases.take_census import take_census

# Slack lets an app open 50 conversations a minute; the sandbox's clock makes that minute short.
SPEED = 1000.0
HR_DEPARTMENT = "People & Culture"

console = Console(width=100, highlight=False)


def demo(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="exit after the round instead of serving on")] = False,
    port: Annotated[int, typer.Option(help="the sandbox's port; 0 takes a free one")] = 0,
) -> None:
    """Play a quarter in a fictional company of 200 people, through the real app, without a Slack account."""
    console.print("[bold]Lunchmates demo[/]: a fictional company of 200 people, on this machine only.")
    parts: Parts = context.obj
    start = datetime.now(UTC) - timedelta(weeks=12)
    people = fictional_company(start.date())
    hr = next(one for one in people if one.department == HR_DEPARTMENT)
    app = parts.sandboxed_app(
        start,
        port=port,
        speed=SPEED,
        timezone=ZONE.key,
        hr=hr.slack_user_id,
        page_buttons={"Next week": next_week},
        tick=timedelta(seconds=2),
    )
    scheduler = schedule(app.installation.clockwork, tick=app.installation.tick)
    try:
        wrong = _play(app, people, scheduler)
        if not once and sys.stdout.isatty():
            console.print(
                f"\nOpen {app.slack.url} and be any of these people, until you press Ctrl-C here.\n"
                f"HR's page is at {app.url}/hr/: sign in there as {hr.name}, who is HR."
            )
            _wait_for_interrupt()
    finally:
        app.installation.clockwork.stop()
        scheduler.shutdown()
        app.stop()
    sys.exit(1 if wrong else 0)


def _play(app: SandboxedApp, people: list[Colleague], scheduler: BackgroundScheduler) -> list[str]:
    _open_company(app, people)
    scheduler.start()
    console.print("Twelve weeks go by: people join, pause, leave, are introduced, meet, and answer or don't.")
    quarter = play_quarter(app, people, seed=SEED, told=_tell_week)
    newcomer = next(one for one in people if one.slack_user_id not in quarter.joined)
    _show(join(app, quarter, newcomer.slack_user_id), people, title="/lunch join")
    at = next_slot(app)
    console.print(f"The clock moves to {at:%A %d %B, %H:%M} ({at.tzinfo}); the round begins.\n")
    played = play_round(app)
    for message in _varied(played.group_messages):
        _show(message.text, people, title="group DM")
    _print_outcome(played.summary.outcome)
    read_on(app, quarter, seed=SEED)
    _print_quarter(quarter)
    wrong = _print_report(app, people, quarter)
    wrong += [problem for week in (*quarter.weeks, played) for problem in week.problems(quarter.joined)]
    wrong += [f"somebody got {most} messages in a round" for most in quarter.too_many]
    wrong += [f"{quarter.repeats} pairs were introduced twice"] * bool(quarter.repeats)
    for problem in wrong:
        console.print(f"[red]{problem}[/]")
    if not wrong:
        console.print(
            f"{quarter.introductions + len(played.group_messages)} introductions delivered, each exactly "
            "once; nobody who had not joined got a message."
        )
    return wrong


def _open_company(app: SandboxedApp, people: list[Colleague]) -> None:
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


def _tell_week(week: int, played: PlayedRound) -> None:
    outcome = played.summary.outcome
    console.print(
        f"  week {week:2}: {outcome.people} people, {outcome.introductions} introductions, "
        f"{outcome.values['cross_department']} across departments, {outcome.values['repeats']} repeats"
    )


def _print_quarter(quarter: Quarter) -> None:
    each = sorted(quarter.messages.values())
    words = Counter(word for lunch in quarter.lunches for word in lunch.said.values())
    lunches = len(quarter.lunches)
    said = sum(bool(lunch.confirmed) for lunch in quarter.lunches) / lunches
    really = sum(bool(lunch.met) for lunch in quarter.lunches) / lunches
    console.print(
        f"\nThe twelve weeks: {quarter.introductions} introductions, {quarter.repeats} pairs twice, "
        f"{quarter.twice_running} people left over twice running; {words.total()} answers to "
        f'"Did you meet?", {words[MET]} of them yes.\nMet rate: {said:.0%} as far as people said so, '
        f"{really:.0%} really. Messages per person and round: {sum(each) / len(each):.1f} on average, "
        f"{each[len(each) // 2]} in the median, {each[-1]} at most; {quarter.nudges} of them nudges.\n"
        f"{quarter.given_up} lunches given up privately, {quarter.rematches} rematches in the same week."
    )


def _print_report(app: SandboxedApp, people: list[Colleague], quarter: Quarter) -> list[str]:
    """HR's tables with the truth beside each number; what of them does not bound the truth."""
    installed = app.installation
    take_census(installed.sessions, workspace_id=installed.workspace_id, now=app.clock.now())
    release_report(
        installed.sessions,
        workspace_id=installed.workspace_id,
        secret=installed.clockwork.release_secret or b"",
        now=app.clock.now() + CLOSED_AFTER,
    )
    tables = read_report(installed.sessions, workspace_id=installed.workspace_id)
    console.print(
        "What HR will read when the quarter is closed, two weeks after its end; [bold]in brackets the "
        "truth[/],\nwhich HR never sees: what people said, and after a stroke what was, since not all "
        "of them answer.\n"
    )
    newest = max(table.period_on for table in tables if table.weeks == min(PERIOD_WEEKS))
    periods, expected = len({(one.weeks, one.period_on) for one in tables}), WEEKS // 4 + WEEKS // 12
    wrong = [f"{periods} of {expected} periods were released"] * (periods != expected)
    for table in tables:
        truth = Truth(quarter, people, table)
        wrong += truth.problems()
        if table.weeks == max(PERIOD_WEEKS) or table.period_on == newest:
            print_released(table, console, truth.figure)
    if not wrong:
        cells = sum(len(row.cells) for table in tables for row in table.rows)
        console.print(f"\nEach of {cells} released numbers bounds the truth, in {len(tables)} tables.")
    return wrong


def next_week(app: SandboxedApp) -> str:
    """Play on: what people read in the days before the next round, and that round."""
    at = next_slot(app)
    play_until(app, at - timedelta(hours=1))
    played = play_round(app)
    return f"{at:%A %d %B}: {len(played.group_messages)} introductions went out."


def _wait_for_interrupt() -> None:
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        console.print("Bye.")
