"""How long HR's release of twelve weeks takes beside the one SQL query that reads its meetings.

    python -m benchmarks.release_speed [PEOPLE]

A company of so many people (10,000 unless told) is drawn, of 20 departments, 8 offices and 6 levels, with
104 weeks of lunches in SQLite. Departments differ in how many opt in, 20 to 80 %, and people in how often
they take part and how often they meet. The tables of the last 24 weeks are released as they were due, gate
included; in these, one of 400 people leaves each week, as many come, and as many move to another department.
Then the last twelve weeks are released several times over, all else being released, and beside
each release the query of the meetings of all 104 weeks runs, which a release needs: what is new depends on
all that was before. Printed are the median, the lowest and the highest of both and of their ratios, the
same beside the meetings of the twelve weeks alone, what the gate held back, and the most memory that the
process has used. The exit status is 1 where the median ratio is over 10 and there are 10,000 people or
fewer.
"""

import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import delete, insert, select, update

from db.migrate import migrate
from db.sessions import Sessions, make_engine
from db.tables import (
    Answer,
    Base,
    Delivery,
    Introduction,
    IntroductionMember,
    Meeting,
    Participant,
    Person,
    Program,
    ReleasedTable,
    ReportPeriod,
    Round,
)
from db.workspaces import ensure_program, ensure_workspace
from domain.programs import ParticipantState
from domain.reports import CLOSED_AFTER, PeriodState
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState, MeetingSource, RoundState
from insights.rows import BETRAYED
from use_cases.release_report import release_report
from use_cases.take_census import take_census

PEOPLE = 10_000
WEEKS, RELEASED_WEEKS = 104, 24
TIMES = 3
AT_MOST = 10
OFTEN, KEEN = (0.9, 0.9, 0.45, 0.22), (0.98, 0.9, 0.7, 0.4)
"""How often people take part in a round, and how often somebody like them meets."""
COME_AND_GO = 400
FIRST = date(2024, 11, 4)
FIRST_AT = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
WEEK = timedelta(weeks=1)
SECRET = bytes(range(32))


def main() -> int:
    """Fill, release, print; 1 where the release takes too long."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'company.db'}")
        migrate(engine)
        sessions = Sessions(engine)
        began = time.perf_counter()
        workspace_id = _fill(sessions, size)
        print(f"{size:,} people, {WEEKS} weeks of lunches filled in {time.perf_counter() - began:.0f} s")
        period = _release_all_but_one(sessions, workspace_id)
        ratios = _measure(sessions, workspace_id, period)
        engine.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory: {peak:,.0f} MB")
    return 1 if size <= PEOPLE and median(ratios) > AT_MOST else 0


def _fill(sessions: Sessions, size: int) -> int:
    dice, began = Random(size), datetime(FIRST.year, FIRST.month, FIRST.day, 10, tzinfo=UTC)
    with sessions.write() as session:
        workspace_id = ensure_workspace(session, enterprise_id="", team_id="T1", name="Large", now=began)
        schedule: dict[str, Any] = {"weekday": 0, "local_time": began.time(), "timezone": "UTC"}
        ensure_program(session, workspace_id, grace=timedelta(hours=4), now=began, **schedule)
        program = session.scalars(select(Program)).one()
        program.anchor_on, program.reports_from = FIRST, FIRST + (WEEKS - RELEASED_WEEKS) * WEEK
        program_id = program.id
    people = [
        {
            "id": number,
            "workspace_id": workspace_id,
            "slack_user_id": f"U{number}",
            "department": f"Department {dice.randrange(20)}",
            "office": f"Office {dice.randrange(8)}",
            "level": f"Level {dice.randrange(6)}",
            "started_on": FIRST - timedelta(days=dice.randrange(-600, 6_000)),
            "imported_fields": [],
        }
        for number in range(1, size + 1)
    ]
    opt_in = {f"Department {number}": 0.2 + 0.6 * dice.random() for number in range(20)}
    members = [person for person in people if dice.random() < opt_in[str(person["department"])]]
    often = {person["id"]: (dice.choice(OFTEN), dice.choice(KEEN)) for person in members}
    _insert(sessions, Person, iter(people))
    _insert(
        sessions,
        Participant,
        (
            {
                "program_id": program_id,
                "person_id": person["id"],
                "state": ParticipantState.ACTIVE,
                "joined_at": began,
                "changed_at": began,
            }
            for person in members
        ),
    )
    number = 1
    for week in range(WEEKS):
        seated = [person for person in members if dice.random() < often[person["id"]][0]]
        dice.shuffle(seated)
        pairs = list(zip(seated[::2], seated[1::2], strict=False))
        met = [dice.random() < often[one["id"]][1] * often[other["id"]][1] for one, other in pairs]
        _lunches(sessions, (workspace_id, program_id, week + 1, number), began + week * WEEK, pairs, met)
        number += len(pairs)
    return workspace_id


def _lunches(
    sessions: Sessions,
    ids: tuple[int, int, int, int],
    slot_at: datetime,
    pairs: list[tuple[dict[str, Any], dict[str, Any]]],
    met: list[bool],
) -> None:
    workspace_id, program_id, round_id, number = ids
    lunch = {
        "id": round_id,
        "program_id": program_id,
        "period_on": slot_at.date(),
        "slot_at": slot_at,
        "ends_at": slot_at + WEEK,
        "state": RoundState.CLOSED,
        "seed": 1,
        "matched_at": slot_at,
        "input_digest": "",
    }
    _insert(sessions, Round, iter([lunch]))
    numbered = list(enumerate(pairs, number))
    _insert(
        sessions,
        Introduction,
        (
            {
                "id": one,
                "public_id": str(one),
                "round_id": round_id,
                "why": ["new"],
                "starter": 0,
                "proposer_id": first["id"],
            }
            for one, (first, _) in numbered
        ),
    )
    _insert(
        sessions,
        IntroductionMember,
        (
            {
                "introduction_id": one,
                "person_id": person["id"],
                "round_id": round_id,
                "department": person["department"],
                "office": person["office"],
                "level": person["level"],
            }
            for one, pair in numbered
            for person in pair
        ),
    )
    _insert(
        sessions,
        Delivery,
        (
            {
                "public_id": str(one),
                "workspace_id": workspace_id,
                "program_id": program_id,
                "round_id": round_id,
                "introduction_id": one,
                "kind": DeliveryKind.INTRODUCTION,
                "recipient_key": "group",
                "state": DeliveryState.SENT,
                "channel_id": "C1",
                "message_ts": "1.0",
                "due_at": slot_at,
            }
            for one, _ in numbered
        ),
    )
    _insert(
        sessions,
        Meeting,
        (
            {
                "workspace_id": workspace_id,
                "low_id": min(first["id"], other["id"]),
                "high_id": max(first["id"], other["id"]),
                "introduction_id": one,
                "met_on": slot_at.date(),
                "source": MeetingSource.CONFIRMED,
            }
            for (one, (first, other)), did in zip(numbered, met, strict=True)
            if did
        ),
    )
    if slot_at >= FIRST_AT + (WEEKS - RELEASED_WEEKS) * WEEK:
        _answers(
            sessions, slot_at, [(one, *pair, did) for (one, pair), did in zip(numbered, met, strict=True)]
        )


def _answers(sessions: Sessions, slot_at: datetime, lunches: list[tuple[int, Any, Any, bool]]) -> None:
    """Both say that they met; of those who did not, one in two says so."""
    _insert(
        sessions,
        Answer,
        (
            {
                "introduction_id": number,
                "person_id": person["id"],
                "answer": AnswerWord.MET if did else AnswerWord.NOT_THIS_TIME,
                "met_ids": [other["id"]] if did else [],
                "answered_at": slot_at + timedelta(days=10),
            }
            for number, first, second, did in lunches
            for person, other in ((first, second), (second, first))
            if did or (number % 2 and person is first)
        ),
    )


def _insert(sessions: Sessions, table: type[Base], rows: Iterator[dict[str, Any]]) -> None:
    with sessions.write() as session:
        while some := list(islice(rows, 10_000)):
            session.execute(insert(table), some)


def _release_all_but_one(sessions: Sessions, workspace_id: int) -> int:
    """Release what is due week by week; the id of the last twelve weeks, which are left."""
    first = FIRST_AT
    ends_at = first + WEEKS * WEEK
    dice = Random(RELEASED_WEEKS)
    for week in range(WEEKS - RELEASED_WEEKS, WEEKS + 1):
        _people_come_and_go(sessions, dice, first + week * WEEK)
        take_census(sessions, workspace_id=workspace_id, now=first + week * WEEK)
        release_report(sessions, workspace_id=workspace_id, secret=SECRET, now=first + week * WEEK)
    with sessions.write() as session:
        last = session.scalars(
            select(ReportPeriod).where(ReportPeriod.ends_at == ends_at, ReportPeriod.weeks == 12)
        ).one()
        last.state, last.settled_at = PeriodState.RELEASED, ends_at
    began = time.perf_counter()
    release_report(sessions, workspace_id=workspace_id, secret=SECRET, now=ends_at + CLOSED_AFTER)
    print(f"the last four weeks: released in {time.perf_counter() - began:.2f} s")
    return last.id


def _people_come_and_go(sessions: Sessions, dice: Random, now: datetime) -> None:
    with sessions.write() as session:
        here = list(session.scalars(select(Person).where(Person.is_active).order_by(Person.id)))
        some = dice.sample(here, 3 * len(here) // COME_AND_GO)
        for left, moved, other in zip(some[::3], some[1::3], some[2::3], strict=False):
            left.is_active, moved.department = False, f"Department {dice.randrange(20)}"
            session.add(
                Person(
                    workspace_id=other.workspace_id,
                    slack_user_id=f"UN{left.id}",
                    department=left.department,
                    office=other.office,
                    level=moved.level,
                    started_on=now.date(),
                )
            )


def _measure(sessions: Sessions, workspace_id: int, period_id: int) -> list[float]:
    queries, few, releases, ratios, others = [], [], [], [], []
    with sessions.read() as session:
        period = session.get_one(ReportPeriod, period_id)
    for _ in range(TIMES):
        taken, meetings = _read(sessions, workspace_id, FIRST_AT, period.ends_at)
        queries.append(taken)
        taken, of_period = _read(sessions, workspace_id, period.begins_at, period.ends_at)
        few.append(taken)
        with sessions.write() as session:
            session.execute(
                update(ReportPeriod)
                .where(ReportPeriod.id == period_id)
                .values(state="counted", settled_at=None)
            )
            tables = ReleasedTable.period_on == period.period_on, ReleasedTable.weeks == 12
            session.execute(delete(ReleasedTable).where(*tables))
        began = time.perf_counter()
        release_report(sessions, workspace_id=workspace_id, secret=SECRET, now=period.ends_at + CLOSED_AFTER)
        releases.append(time.perf_counter() - began)
        ratios.append(releases[-1] / queries[-1])
        others.append(releases[-1] / few[-1])
    with sessions.read() as session:
        found = session.scalars(select(ReleasedTable).where(*tables)).all()
        alone = sum(any(BETRAYED in note for note in table.body["notes"]) for table in found)
    print(f"{len(found)} tables of twelve weeks, {alone} of them without rows because of the gate")
    print(f"the query of {meetings:,} meetings of {WEEKS} weeks: {_spread(queries)} s")
    print(f"the query of {of_period:,} of them, of twelve weeks: {_spread(few)} s")
    print(f"the release, gate included: {_spread(releases)} s")
    print(f"ratio: {_spread(ratios)}; beside the meetings of twelve weeks alone {_spread(others)}")
    return ratios


def _read(sessions: Sessions, workspace_id: int, since: datetime, until: datetime) -> tuple[float, int]:
    """How long the query of the meetings takes, and how many there are."""
    began = time.perf_counter()
    with sessions.read() as session:
        meetings = session.execute(
            select(Meeting.low_id, Meeting.high_id, Meeting.introduction_id, Round.slot_at)
            .join(Introduction, Introduction.id == Meeting.introduction_id)
            .join(Round, Round.id == Introduction.round_id)
            .where(Meeting.workspace_id == workspace_id, Round.slot_at >= since, Round.slot_at < until)
        ).all()
    return time.perf_counter() - began, len(meetings)


def _spread(values: list[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


if __name__ == "__main__":
    sys.exit(main())
