"""Bad use of the command line ends in one helpful sentence, and changes nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db.migrate import migrate
from db.sessions import Sessions, make_engine
from tests.conftest import Ran
from use_cases.prepare_workspace import FirstSchedule, Team, prepare_workspace


@pytest.fixture(autouse=True)
def database_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path}/lunchmates.db"
    monkeypatch.setenv("DATABASE_URL", url)
    return url


def test_serve_names_everything_that_is_missing(
    app: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "many")
    done = app("serve")
    assert done.code == 2
    for name in ("SLACK_BOT_TOKEN: it is missing", "SLACK_APP_TOKEN: it is missing", "PORT"):
        assert name in done.err


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_token_is_no_socket_mode_and_an_empty_secret_signs_nothing(
    app: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, empty: str
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", empty)
    done = app("serve")
    assert (done.code, done.err.count("SLACK_APP_TOKEN")) == (2, 1)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "  ")
    done = app("serve")
    assert (done.code, "SLACK_SIGNING_SECRET: expected the Signing Secret" in done.err) == (2, True)


def test_an_empty_file_is_no_signing_secret(
    app: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET_FILE", str(tmp_path / "secret"))
    done = app("serve")
    assert (done.code, "SLACK_SIGNING_SECRET: expected the Signing Secret" in done.err) == (2, True)


def test_an_old_schema_says_what_to_run(app: Callable[..., Ran]) -> None:
    done = app("deliveries")
    assert (done.code, "python app.py migrate" in done.err) == (2, True)


def test_without_a_workspace_it_says_how_to_get_one(app: Callable[..., Ran]) -> None:
    assert app("migrate").code == 0
    done = app("deliveries")
    assert (done.code, "SLACK_BOT_TOKEN" in done.err) == (2, True)


def test_a_slack_that_cannot_be_reached_is_said_so(
    app: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app("migrate").code == 0
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "secret")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    done = app("serve")
    assert (done.code, "Slack could not be reached" in done.err) == (2, True)


def test_a_bad_people_file_changes_nothing(
    app: Callable[..., Ran], database_url: str, tmp_path: Path
) -> None:
    engine = make_engine(database_url)
    migrate(engine)
    sessions = Sessions(engine)
    with sessions.write() as session:
        session.execute(
            text("INSERT INTO workspace (team_id, name, created_at) VALUES ('T1', 'Company', '2026-11-23')")
        )
    file = tmp_path / "people.csv"
    file.write_text("person_id,department,started_on\nE1,Design,2026-01-01\nE2,Sales,yesterday\n,Sales,\n")
    done = app("import-people", file)
    assert done.code == 2
    assert "line 3, column started_on: expected a date like 2026-11-30, found 'yesterday'" in done.err
    assert "line 4, column person_id: expected the company's key of a person, found ''" in done.err
    with sessions.read() as session:
        assert session.execute(text("SELECT count(*) FROM person")).scalar_one() == 0
        assert session.execute(text("SELECT count(*) FROM audit_event")).scalar_one() == 0
    engine.dispose()


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--weekday", "someday", "monday to sunday"),
        ("--time", "25:00", "is no time"),
        ("--time", "05:00", "between 06:00 and 22:00"),
        ("--timezone", "X", "is no time zone"),
        ("--weeks", "0", "every 1 to 12 weeks"),
        ("--group-size", "9", "of 2 to 8 people"),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused(
    app: Callable[..., Ran], database_url: str, option: str, value: str, said: str
) -> None:
    engine = make_engine(database_url)
    migrate(engine)
    prepare_workspace(
        Sessions(engine),
        Team(enterprise_id="", team_id="T1", name="Company"),
        FirstSchedule(weekday=0, local_time=time(10), timezone="UTC", grace=timedelta(hours=24)),
        now=datetime.now(UTC),
    )
    before = app("schedule", "--group-size", "4").out
    assert "every week in groups of 4; next" in before
    done = app("schedule", option, value)
    assert (done.code, said in done.err) == (2, True)
    assert app("schedule").out == before
    engine.dispose()
