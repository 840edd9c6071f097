"""`match`: the matcher alone on files, without Slack or a database."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

import matcher
from use_cases.read_csv import Meetings, People, read_meetings, read_people, refuse_strangers


def match(
    people: Annotated[Path, typer.Option(help="CSV with person_id, department and more")],
    meetings: Annotated[Path | None, typer.Option(help="CSV with person_a, person_b: they have met")] = None,
    weeks: Annotated[int, typer.Option(min=1, max=520, help="how many rounds, one after the other")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="decides between equally good rounds")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON instead of a table")] = False,
) -> None:
    """Introduce the people of a file; each round's introductions count in the next."""
    people_file = read_people(people)
    meetings_file = read_meetings(meetings) if meetings else None
    for file in (people_file, meetings_file):
        for warning in file.warnings if file else ():
            print(f"{file.path if file else ''}: {warning}", file=sys.stderr)
    rounds = _rounds(people_file, meetings_file, weeks=weeks, seed=seed)
    if as_json:
        print(json.dumps({"seed": seed, "rounds": list(rounds)}))
    else:
        _print_table(rounds)


def _rounds(people: People, meetings: Meetings | None, *, weeks: int, seed: int) -> Iterator[dict[str, Any]]:
    persons = [
        matcher.Person(id=row.external_id, department=row.department, office=row.office, manager=row.manager)
        for row in people.rows
    ]
    history = _past(people, meetings) if meetings else []
    last = max((pair.last_on for pair in history if pair.last_on), default=date(1970, 1, 1))
    for week in range(1, weeks + 1):
        matching = matcher.match(persons, history, seed=seed + week - 1)
        yield {
            "week": week,
            "introductions": [list(introduction.members) for introduction in matching.introductions],
            "sat_out": [sit_out.person for sit_out in matching.sit_outs],
            "repeats": matching.values.repeats,
            "cross_department": matching.values.cross_department,
            "bounds": {
                "repeats": matching.bounds.repeats,
                "cross_department": matching.bounds.cross_department,
            },
        }
        history += _introduced(matching.introductions, last + timedelta(weeks=week))


def _past(people: People, meetings: Meetings) -> list[matcher.PastPair]:
    refuse_strangers(meetings, {row.external_id for row in people.rows}, people.path)
    return [
        matcher.PastPair(row.person_a, row.person_b, last_on=row.met_on, confirmed=True)
        for row in meetings.rows
    ]


def _introduced(introductions: Iterable[matcher.Introduction], on: date) -> list[matcher.PastPair]:
    return [
        matcher.PastPair(one, other, last_on=on)
        for introduction in introductions
        for position, one in enumerate(introduction.members)
        for other in introduction.members[position + 1 :]
    ]


def _print_table(rounds: Iterable[dict[str, Any]]) -> None:
    table = Table(
        "week", "introductions", "of three", "sat out", "repeats (bound)", "cross-department (bound)"
    )
    for one in rounds:
        table.add_row(
            str(one["week"]),
            str(len(one["introductions"])),
            str(sum(len(members) == 3 for members in one["introductions"])),
            str(len(one["sat_out"])),
            f"{one['repeats']} ({one['bounds']['repeats']})",
            f"{one['cross_department']} ({one['bounds']['cross_department']})",
        )
    Console().print(table)
