"""A real office through the whole app: imported, opted in over HTTP, four weeks of lunches delivered.

    python -m benchmarks.office [FOLDER]

FOLDER holds `people.csv` and `contacts.csv` of "Contacts in a workplace" by the SocioPatterns
collaboration (M. Génois and A. Barrat, EPJ Data Science 7:11, 2018, doi 10.1140/epjds/s13688-018-0140-1),
as `person_id, department` and `person_a, person_b`. Without it, the folder `office-2015` is looked for
in a `data` folder beside this checkout.
"""

import sys
import time
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app import SandboxedApp, sandboxed_app, set_up_logs
from cli.play_round import PlayedRound, play_round
from scheduler.clockwork import schedule
from use_cases.import_meetings import import_meetings
from use_cases.import_people import import_people
from use_cases.read_csv import Meetings, People, read_meetings, read_people

WEEKS = 4
START = datetime(2026, 11, 20, 9, tzinfo=UTC)
# A minute of Slack's rate limits passes in half a second.
SPEED = 120.0

console = Console(width=110, highlight=False)


def main() -> int:
    """Play the weeks; the exit status is 1 where anything was not as it must be."""
    set_up_logs()
    folder = _folder()
    people, meetings = read_people(folder / "people.csv"), read_meetings(folder / "contacts.csv")
    app = sandboxed_app(START, speed=SPEED, timezone="Europe/Paris")
    scheduler = schedule(app.installation.clockwork, tick=app.installation.tick)
    try:
        _move_in(app, people, meetings)
        scheduler.start()
        return _play(app, people, meetings)
    finally:
        app.installation.clockwork.stop()
        scheduler.shutdown()
        app.stop()


def _folder() -> Path:
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    beside = sorted(Path(__file__).resolve().parent.parent.parent.glob("*/data/office-2015"))
    if not beside:
        sys.exit("Name the folder with people.csv and contacts.csv: python -m benchmarks.office FOLDER")
    return beside[0]


def _move_in(app: SandboxedApp, people: People, meetings: Meetings) -> None:
    """The directory and the meetings from the files, and everybody's `/lunch join`."""
    ids = [row.external_id for row in people.rows]
    app.slack.add_users([{"id": one, "name": one, "tz": "Europe/Paris"} for one in ids])
    installed, now = app.installation, app.clock.now()
    installed.clockwork.read_directory()
    who = {"workspace_id": installed.workspace_id, "actor": "benchmark", "now": now}
    import_people(installed.sessions, people, **who)  # type: ignore[arg-type]
    done = import_meetings(installed.sessions, meetings, **who)  # type: ignore[arg-type]
    began = time.perf_counter()
    answered = sum(bool(app.slack.command(one, "/lunch", "join").messages) for one in ids)
    console.print(
        f"{len(ids)} people of {len({row.department for row in people.rows})} departments, "
        f"{done.added} pairs have met; {answered} of {len(ids)} joined with /lunch join "
        f"in {time.perf_counter() - began:.1f} s."
    )


def _play(app: SandboxedApp, people: People, meetings: Meetings) -> int:
    department = {row.external_id: row.department for row in people.rows}
    met = {frozenset((row.person_a, row.person_b)) for row in meetings.rows}
    table = Table(
        *("week", "group DMs", "of three", "people", "repeats (bound)", "across departments (bound)"),
        *("wrong or double", "seconds"),
    )
    wrong = 0
    for week in range(1, WEEKS + 1):
        began = time.perf_counter()
        played = play_round(app)
        seconds = time.perf_counter() - began
        groups = [message.readers for message in played.group_messages]
        pairs = [frozenset(pair) for group in groups for pair in combinations(group, 2)]
        repeats = sum(pair in met for pair in pairs)
        across = sum(len({department[one] for one in group}) > 1 for group in groups)
        problems = _problems(played, set(department))
        for problem in problems:
            console.print(f"week {week}: {problem}")
        wrong += len(problems) + repeats + (across != len(groups))
        met |= set(pairs)
        bounds = played.summary.outcome.bounds
        table.add_row(
            *(str(week), str(len(groups)), str(sum(len(group) == 3 for group in groups))),
            str(len(set().union(*groups))),
            f"{repeats} ({bounds['repeats']})",
            f"{across} ({bounds['cross_department']})",
            *(str(len(problems)), f"{seconds:.1f}"),
        )
    console.print(table)
    return 1 if wrong else 0


def _problems(played: PlayedRound, everybody: set[str]) -> list[str]:
    """What the people got beside what was decided, and whether everyone is in exactly one introduction."""
    placed = [one for message in played.group_messages for one in message.readers]
    twice = len(placed) - len(set(placed))
    missing = everybody - set(placed)
    return [
        *played.problems(everybody),
        *([f"{twice} people are in two introductions"] if twice else []),
        *([f"{len(missing)} people are in none"] if missing else []),
    ]


if __name__ == "__main__":
    sys.exit(main())
