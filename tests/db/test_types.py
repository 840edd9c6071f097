"""UtcDateTime: aware in, aware UTC out."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from db.sessions import Sessions, real_now
from db.tables import Workspace

MOMENTS = (
    datetime(2026, 11, 23, 10, tzinfo=UTC),
    datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=ZoneInfo("Asia/Kolkata")),
    datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1),
    datetime(2026, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-12))),
)


def save(sessions: Sessions, moment: datetime) -> None:
    with sessions.write() as session:
        session.add(Workspace(team_id="T", name="", created_at=moment))


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_a_moment_comes_back_as_the_same_moment_in_utc(sessions: Sessions, moment: datetime) -> None:
    save(sessions, moment)
    with sessions.read() as session:
        found = session.scalars(select(Workspace.created_at)).one()
    assert found == moment.astimezone(UTC)
    assert found.tzinfo is UTC


def test_moments_compare_as_moments_in_a_query(sessions: Sessions) -> None:
    save(sessions, datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Tokyo")))
    earlier = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    with sessions.read() as session:
        assert session.scalars(select(Workspace.id).where(Workspace.created_at > earlier)).all()


def test_a_naive_datetime_is_refused(sessions: Sessions) -> None:
    with pytest.raises(StatementError, match="give it a time zone"):
        save(sessions, datetime(2026, 11, 23, 10))


def test_nothing_stays_nothing(sessions: Sessions) -> None:
    save(sessions, MOMENTS[0])
    with sessions.read() as session:
        assert session.scalars(select(Workspace.directory_synced_at)).one() is None


def test_real_time_is_aware_and_about_now(sessions: Sessions) -> None:
    with sessions.read() as session:
        assert abs(real_now(session) - datetime.now(UTC)) < timedelta(seconds=5)
