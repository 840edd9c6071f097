"""`export` and `erase`: one person's data for that person, noted without a name."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from db.sessions import Sessions, make_engine
from tests.conftest import MONDAY, Ran
from tests.use_cases.traces import rows, traces
from use_cases.prepare_workspace import FirstSchedule, Team, prepare_workspace

PEOPLE = "person_id,department,email,name\nE1,Design,ada@example.com,Ada\nE2,Sales,ben@example.com,Ben\n"


@pytest.fixture
def sessions(app: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sessions:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/own.db")
    assert app("migrate").code == 0
    opened = Sessions(make_engine(f"sqlite:///{tmp_path}/own.db"))
    schedule = FirstSchedule(
        weekday=0, local_time=MONDAY.time(), timezone="UTC", grace=MONDAY - MONDAY.replace(hour=0)
    )
    prepare_workspace(opened, Team("", "T1", "Team"), schedule, now=MONDAY)
    (tmp_path / "people.csv").write_text(PEOPLE)
    assert app("import-people", tmp_path / "people.csv").code == 0
    return opened


def noted(sessions: Sessions) -> list[tuple[str, object]]:
    return [(row["action"], row["details"]) for row in rows(sessions)["audit_event"]][1:]


def test_export_prints_or_writes_one_person_s_data(
    app: Callable[..., Ran], sessions: Sessions, tmp_path: Path
) -> None:
    printed = app("export", "--person", "E1")
    assert json.loads(printed.out)["directory"]["data"]["email"] == "ada@example.com"
    assert "ben@" not in printed.out
    out = tmp_path / "ada.json"
    assert app("export", "--person", "ada@example.com", "--out", out).code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["directory"]["data"]["external_id"] == "E1"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert noted(sessions) == [("exported a person", {})] * 2


def test_erase_wants_to_be_meant(app: Callable[..., Ran], sessions: Sessions) -> None:
    asked = app("erase", "--person", "E1")
    assert (asked.code, "--yes" in asked.err) == (2, True)
    assert traces(sessions, "ada@example.com")
    assert app("erase", "--person", "E1", "--yes").code == 0
    assert traces(sessions, "ada@example.com", "E1", '"Ada"') == []
    assert noted(sessions) == [("erased a person", {})]


@pytest.mark.parametrize("command", ["export", "erase"])
def test_whoever_is_not_known_is_named(app: Callable[..., Ran], sessions: Sessions, command: str) -> None:
    ran = app(command, "--person", "E9", *(["--yes"] if command == "erase" else []))
    assert (ran.code, "'E9'" in ran.err) == (2, True)
    assert noted(sessions) == []
