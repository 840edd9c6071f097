"""Files to import, and what becomes of them."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from db.sessions import Sessions
from db.tables import Base, Person
from domain.directory import ImportedPeople
from tests.conftest import MONDAY
from tests.use_cases.company import Company
from use_cases.import_meetings import import_meetings
from use_cases.import_people import Progress, import_people
from use_cases.read_csv import read_meetings, read_people
from use_cases.sync_directory import sync_directory


def load(company: Company, csv: Path, content: str, progress: Progress = lambda *_: None) -> ImportedPeople:
    csv.write_text(content)
    return import_people(
        company.sessions,
        read_people(csv),
        workspace_id=company.workspace_id,
        actor="an admin",
        now=MONDAY,
        progress=progress,
    )


def know(company: Company, csv: Path, content: str) -> None:
    csv.write_text(content)
    import_meetings(
        company.sessions, read_meetings(csv), workspace_id=company.workspace_id, actor="", now=MONDAY
    )


def sync(company: Company) -> None:
    sync_directory(company.sessions, company.directory, workspace_id=company.workspace_id, now=MONDAY)


def everything(sessions: Sessions) -> dict[str, list[Any]]:
    with sessions.read() as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table))))
            for table in Base.metadata.sorted_tables
        }


def person(company: Company, external_id: str) -> Person:
    [found] = company.all(Person, external_id=external_id)
    return found
