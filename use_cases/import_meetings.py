"""Who already knows whom, from a CSV file: all of it or nothing, and never the same meeting twice."""

from collections.abc import Callable
from datetime import date, datetime

from db.history import add_imported_meetings, imported_meetings
from db.people import lock_directory, people_of
from db.sessions import Sessions
from db.workspaces import record_audit
from domain.directory import ImportedMeetings
from use_cases.read_csv import Meetings, refuse_strangers

STEP = 10_000


def import_meetings(
    sessions: Sessions,
    file: Meetings,
    *,
    workspace_id: int,
    actor: str,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportedMeetings:
    """Record the meetings that a file names, in one transaction."""
    with sessions.write() as session:
        lock_directory(session, workspace_id)
        ids = {
            person.external_id: person.id for person in people_of(session, workspace_id) if person.external_id
        }
        refuse_strangers(file, ids, "the directory (import people first)")
        known = imported_meetings(session, workspace_id)
        new: dict[tuple[int, int, date | None], None] = {}
        for row in file.rows:
            low, high = sorted((ids[row.person_a], ids[row.person_b]))
            if (low, high, row.met_on) not in known:
                new[low, high, row.met_on] = None
        events = list(new)
        for start in range(0, len(events), STEP):
            add_imported_meetings(session, workspace_id, events[start : start + STEP])
            progress(min(start + STEP, len(events)), len(events))
        record_audit(
            session,
            workspace_id,
            actor=actor,
            action="imported meetings",
            now=now,
            rows=len(file.rows),
            added=len(events),
        )
    return ImportedMeetings(added=len(events), known=len(file.rows) - len(events))
