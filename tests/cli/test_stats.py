"""`stats` prints what is released, and says when there is nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from db.sessions import Sessions, make_engine
from db.tables import Person
from tests.conftest import Ran
from use_cases.prepare_workspace import FirstSchedule, Team, prepare_workspace
from use_cases.take_census import take_census

SEVEN_WEEKS_AGO = datetime.now(UTC) - timedelta(weeks=7)


@pytest.fixture
def sessions(app: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sessions:
    """The database of an installation that is seven weeks old."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/stats.db")
    monkeypatch.setenv("LUNCHMATES_RELEASE_SECRET", "0123456789abcdef" * 2)
    assert app("migrate").code == 0
    return Sessions(make_engine(f"sqlite:///{tmp_path}/stats.db"))


def employ(sessions: Sessions, count: int) -> int:
    schedule = FirstSchedule(weekday=0, local_time=time(10), timezone="UTC", grace=timedelta(hours=24))
    workspace_id = prepare_workspace(sessions, Team("", "T1", "Team"), schedule, now=SEVEN_WEEKS_AGO)
    with sessions.write() as session:
        session.add_all(Person(workspace_id=workspace_id, slack_user_id=f"U{n}") for n in range(count))
    return workspace_id


def test_what_the_clock_counted_is_printed(app: Callable[..., Ran], sessions: Sessions) -> None:
    workspace_id = employ(sessions, 25)
    take_census(sessions, workspace_id=workspace_id, now=SEVEN_WEEKS_AGO + timedelta(weeks=4))
    ran = app("stats")
    assert ran.code == 0
    assert "people funnel, 4 weeks from" in ran.out
    assert "≤ 20 %" in ran.out
    assert app("stats").out == ran.out


@pytest.mark.parametrize("count", [19, 25])
def test_of_few_people_or_without_a_count_nothing_is_printed(
    app: Callable[..., Ran], sessions: Sessions, count: int
) -> None:
    workspace_id = employ(sessions, count)
    if count == 19:
        take_census(sessions, workspace_id=workspace_id, now=SEVEN_WEEKS_AGO + timedelta(weeks=4))
    ran = app("stats")
    assert ran.code == 0
    assert ran.out.startswith("Nothing is released yet")
    assert "at least 20 people" in ran.out
