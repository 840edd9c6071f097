"""`match`: the matcher alone on files, without Slack or a database."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from pathlib import Path
from time import monotonic
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

import matcher
from use_cases.prepare_match import interests_of
from use_cases.read_csv import Meetings, People, read_meetings, read_people, refuse_strangers


def match(
    people: Annotated[Path, typer.Option(help="CSV with person_id, department and more")],
    meetings: Annotated[Path | None, typer.Option(help="CSV with person_a, person_b: they have met")] = None,
    weeks: Annotated[int, typer.Option(min=1, max=520, help="how many rounds, one after the other")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="decides between equally good rounds")] = 1,
    group_size: Annotated[int, typer.Option(min=2, max=8, help="people in an introduction")] = 2,
    certify: Annotated[
        bool, typer.Option("--certify", help="search a round of thousands until nothing helps any more")
    ] = False,
    time_limit: Annotated[
        float | None,
        typer.Option(min=0.001, metavar="SECONDS", help="for each round; then the best so far is the result"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON instead of a table")] = False,
) -> None:
    """Introduce the people of a file; each round's introductions count in the next."""
    people_file = read_people(people)
    meetings_file = read_meetings(meetings) if meetings else None
    for file in (people_file, meetings_file):
        for warning in file.warnings if file else ():
            print(f"{file.path if file else ''}: {warning}", file=sys.stderr)
    search = _Search(matcher.Rules(group_size=group_size), certify, time_limit)
    rounds = _rounds(people_file, meetings_file, weeks=weeks, seed=seed, search=search)
    if as_json:
        print(json.dumps({"seed": seed, "rounds": list(rounds)}))
    else:
        _print_table(rounds)


@dataclass(frozen=True, slots=True)
class _Search:
    """What holds for every round, and how long to search for it."""

    rules: matcher.Rules
    certify: bool
    time_limit: float | None

    def match(
        self, people: Sequence[matcher.Person], history: Iterable[matcher.PastPair], seed: int
    ) -> matcher.Matching:
        ends_at = monotonic() + (inf if self.time_limit is None else self.time_limit)
        return matcher.match(
            people,
            history,
            self.rules,
            seed=seed,
            certify=self.certify,
            expired=lambda: monotonic() >= ends_at,
        )


def _rounds(
    people: People, meetings: Meetings | None, *, weeks: int, seed: int, search: _Search
) -> Iterator[dict[str, Any]]:
    persons = [
        matcher.Person(
            id=row.external_id,
            department=row.department,
            office=row.office,
            manager=row.manager,
            level=row.level,
            started_on=row.started_on,
            interests=interests_of(row.interests),
        )
        for row in people.rows
    ]
    history = _past(people, meetings) if meetings else []
    last = max((pair.last_on for pair in history if pair.last_on), default=date(1970, 1, 1))
    for week in range(1, weeks + 1):
        matching = search.match(persons, history, seed + week - 1)
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
            "proven": matching.proven,
            "unproven": {name: _gap(matching, name) for name in matching.unproven},
        }
        history += _introduced(matching.introductions, last + timedelta(weeks=week))


def _gap(matching: matcher.Matching, priority: str) -> dict[str, float]:
    """How far a priority may be from the best possible."""
    value, bound = getattr(matching.values, priority), getattr(matching.bounds, priority)
    gap = {"gap_percent": round(100 * (bound - value) / bound, 3)} if priority == "use_of_lunch" else {}
    return {"value": value, "bound": bound, **gap}


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
        *("week", "introductions", "sizes", "sat out"),
        *("repeats\n(bound)", "across\ndepartments\n(bound)", "proven"),
    )
    notes = []
    for one in rounds:
        table.add_row(
            str(one["week"]),
            str(len(one["introductions"])),
            _sizes(one["introductions"]),
            str(len(one["sat_out"])),
            f"{one['repeats']} ({one['bounds']['repeats']})",
            f"{one['cross_department']} ({one['bounds']['cross_department']})",
            "yes" if one["proven"] else "not all",
        )
        notes += [f"week {one['week']}: {_in_words(*each)}" for each in one["unproven"].items()]
    console = Console()
    console.print(table)
    for note in notes:
        console.print(note, highlight=False, soft_wrap=True)


def _sizes(introductions: Iterable[Sequence[str]]) -> str:
    """How many introductions there are of each size, line by line: 7 of 2, 1 of 3."""
    counts = Counter(map(len, introductions))
    return "\n".join(f"{count} of {size}" for size, count in sorted(counts.items()))


def _in_words(priority: str, gap: dict[str, float]) -> str:
    words = f"{priority.replace('_', ' ')} is {gap['value']:,}, its bound {gap['bound']:,}"
    return words + (f" (gap {gap['gap_percent']:.3f} %)" if "gap_percent" in gap else "")
