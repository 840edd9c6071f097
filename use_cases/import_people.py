"""The company's directory from a CSV file: all of it or nothing, and what it says wins over Slack."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from db.people import lock_directory, merge_people, people_of, unlinked_external_ids
from db.sessions import Sessions
from db.tables import Person
from db.workspaces import record_audit
from domain.directory import ImportedPeople, PersonRow
from domain.errors import BadFile
from use_cases.read_csv import People

FIELDS = (
    *("department", "email", "name", "office", "level", "started_on", "timezone"),
    *("interests", "skills", "languages"),
)
STEP = 2_000

Progress = Callable[[int, int], None]


def import_people(
    sessions: Sessions,
    file: People,
    *,
    workspace_id: int,
    actor: str,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> ImportedPeople:
    """Bring the directory to what the file says, in one transaction."""
    with sessions.write() as session:
        lock_directory(session, workspace_id)
        found = _Directory(session, workspace_id)
        found.check(file)
        added: set[str] = set()
        changed: set[str] = set()
        for done, row in enumerate(file.rows, start=1):
            person = found.person_for(row)
            if person is None:
                person = found.add(Person(workspace_id=workspace_id, imported_fields=[]), row)
                added.add(row.external_id)
            if _apply(person, row, file.columns):
                changed.add(row.external_id)
            if done % STEP == 0:
                session.flush()
                progress(done, len(file.rows))
        session.flush()
        if "manager" in file.columns:
            changed |= _set_managers(found, file.rows)
        record_audit(
            session,
            workspace_id,
            actor=actor,
            action="imported people",
            now=now,
            rows=len(file.rows),
            added=len(added),
        )
        session.flush()
        progress(len(file.rows), len(file.rows))
        unlinked = unlinked_external_ids(session, workspace_id)
    return ImportedPeople(
        added=len(added),
        changed=len(changed - added),
        unchanged=len(file.rows) - len(added | changed),
        unlinked=unlinked,
    )


class _Directory:
    """Everybody who is known, by each key that a row may name them with."""

    def __init__(self, session: Session, workspace_id: int) -> None:
        self.session = session
        self.by_external: dict[str, Person] = {}
        self.by_slack: dict[str, Person] = {}
        self.by_email: dict[str, Person] = {}
        self.waiting_for: dict[str, str] = {}
        """The person_id of the row that waits for an account with an e-mail address."""
        for person in people_of(session, workspace_id):
            if person.external_id:
                self.by_external[person.external_id] = person
            if person.slack_user_id:
                self.by_slack[person.slack_user_id] = person
                if person.email:
                    self.by_email.setdefault(person.email, person)
            elif person.email and person.external_id:
                self.waiting_for[person.email] = person.external_id

    def account_of(self, row: PersonRow) -> Person | None:
        """The person with the Slack account that a row means: by its id, else by e-mail."""
        if row.slack_user_id:
            return self.by_slack.get(row.slack_user_id)
        if row.external_id in self.by_slack:
            return self.by_slack[row.external_id]
        return self.by_email.get(row.email or "")

    def column_of_account(self, row: PersonRow) -> str:
        """The column by which `account_of` finds a row's account."""
        if row.slack_user_id:
            return "slack_user_id"
        return "person_id" if row.external_id in self.by_slack else "email"

    def rival_of(self, row: PersonRow, claimed: dict[int, int]) -> str | None:
        """Who else has the account that a row means; `claimed` holds the accounts of the lines before."""
        known, account = self.by_external.get(row.external_id), self.account_of(row)
        if account is None:
            return None
        if account.external_id is not None:
            return None if account is known else f"person_id {account.external_id!r}"
        if known is not None and known.slack_user_id:
            return None  # it has an account and leaves this one alone
        first = claimed.setdefault(account.id, row.line)
        return None if first == row.line else f"line {first}"

    def check(self, file: People) -> None:
        """Refuse a file that contradicts the directory, before anything is changed."""
        problems: list[str] = []
        claimed: dict[int, int] = {}
        named = {row.external_id for row in file.rows}
        for row in file.rows:
            waiting = self.waiting_for.get(row.email or "")
            if waiting is not None and waiting not in named:  # whom the file names has another one now
                problems.append(
                    f"line {row.line}, column email: expected an address of nobody else, "
                    f"found that of person_id {waiting!r}"
                )
            if row.manager and row.manager not in named and row.manager not in self.by_external:
                problems.append(
                    f"line {row.line}, column manager: expected the person_id of somebody in this file "
                    f"or in the directory, found {row.manager!r}"
                )
            known, rival = self.by_external.get(row.external_id), self.rival_of(row, claimed)
            if rival:
                problems.append(
                    f"line {row.line}, column {self.column_of_account(row)}: expected "
                    f"a Slack account of nobody else, found that of {rival}"
                )
            elif known and known.slack_user_id and row.slack_user_id not in (None, known.slack_user_id):
                problems.append(
                    f"line {row.line}, column slack_user_id: expected {known.slack_user_id!r}, the Slack "
                    f"account that this person already has, found {row.slack_user_id!r}"
                )
        if problems:
            raise BadFile(path=file.path, problems=problems)

    def person_for(self, row: PersonRow) -> Person | None:
        """The person that a row describes; a row that waited and its account become one."""
        known, account = self.by_external.get(row.external_id), self.account_of(row)
        if known is None and account is not None:
            account.external_id = row.external_id
            self.by_external[row.external_id] = account
            return account
        if known is not None and account is not None and known is not account:
            if known.slack_user_id is not None:
                return known
            merge_people(self.session, keep=account, drop=known)
            self.by_external[row.external_id] = account
            return account
        if known is not None and known.slack_user_id is None and row.slack_user_id:
            known.slack_user_id = row.slack_user_id
        return known

    def add(self, person: Person, row: PersonRow) -> Person:
        person.external_id, person.slack_user_id = row.external_id, row.slack_user_id
        self.by_external[row.external_id] = person
        self.session.add(person)
        return person


def _apply(person: Person, row: PersonRow, columns: frozenset[str]) -> bool:
    """Let the row win in every field that it names; an empty cell hands the field back to Slack."""
    imported = set(person.imported_fields)
    changed = False
    for field in FIELDS:
        if field not in columns:
            continue
        value = getattr(row, field)
        if value is None and field not in imported:
            continue
        if getattr(person, field) != value:
            setattr(person, field, value)
            changed = True
        imported = imported - {field} if value is None else imported | {field}
    if imported != set(person.imported_fields):
        person.imported_fields = sorted(imported)
    return changed


def _set_managers(found: _Directory, rows: Iterable[PersonRow]) -> set[str]:
    changed: set[str] = set()
    for row in rows:
        person = found.by_external[row.external_id]
        manager = found.by_external[row.manager].id if row.manager else None
        if person.manager_id != manager:
            person.manager_id = manager
            person.imported_fields = sorted({*person.imported_fields, "manager_id"})
            changed.add(row.external_id)
    return changed
