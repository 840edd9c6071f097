"""`doctor`: what is wrong with this installation, and how to mend it."""

import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import typer

from cli.parts import Parts, Storage
from db.migrate import is_current
from db.people import count_people, unlinked_external_ids
from db.workspaces import first_program
from domain.errors import LunchmatesError, MessengerError, SchemaBehind
from domain.rounds import DeliveryState
from use_cases.find_next_round import find_next_round
from use_cases.list_deliveries import list_deliveries

NEEDED = ("commands", "chat:write", "mpim:write", "im:write", "users:read", "files:write")
FOR_PROFILES = "users.profile:read"
FOR_USER_GROUPS = "usergroups:read"
OPTIONAL = {
    "mpim:history": "after a crash, an introduction may stay uncertain instead of being looked up",
}

CLIENT_ID, CLIENT_SECRET = "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"
ON_THIS_MACHINE = ("127.0.0.1", "localhost")

Finding = tuple[bool, str]


def doctor(context: typer.Context) -> None:
    """Examine settings, database, Slack and deliveries; each finding says what to do."""
    parts: Parts = context.obj
    found: dict[str, bool] = {}
    for examine in (_database, _slack, _people, _schedule, _deliveries, _calendar, _hr, _pages):
        for good, text in _findings(examine, parts):
            if text not in found:  # a token that is refused spoils more than one examination
                print(f"{'ok  ' if good else 'MEND'}  {text}")
            found[text] = good
    sys.exit(0 if all(found.values()) else 1)


def _findings(examine: Callable[[Parts], Iterator[Finding]], parts: Parts) -> Iterator[Finding]:
    try:
        yield from examine(parts)
    except LunchmatesError as error:
        yield False, str(error)


def _database(parts: Parts) -> Iterator[Finding]:
    if not is_current(parts.engine()):
        raise SchemaBehind()
    yield True, "The database answers, and its schema is the newest."


def _slack(parts: Parts) -> Iterator[Finding]:
    granted = parts.granted_scopes()
    needed = [
        *NEEDED,
        *([FOR_PROFILES] if parts.profile_fields() else []),
        *([FOR_USER_GROUPS] if parts.hr().group else []),
    ]
    missing = [scope for scope in needed if scope not in granted]
    if missing:
        yield False, f"Slack has not granted {', '.join(missing)}: add them to the app and install it again."
    else:
        yield True, "Slack knows the token, and every scope that is needed is granted."
    for scope, without in OPTIONAL.items():
        if scope not in granted:
            yield True, f"The optional scope {scope} is not granted: {without}."


def _people(parts: Parts) -> Iterator[Finding]:
    storage = parts.storage()
    with storage.sessions.read() as session:
        program = first_program(session, storage.workspace_id)
        directory, joined, placed = count_people(session, program)
        waiting = unlinked_external_ids(session, storage.workspace_id)
    if directory:
        yield True, f"{directory} people in the directory, {joined} of them take part."
        if not placed:
            yield True, "Nobody's department is known: import a people file, or name a profile field."
    else:
        yield False, "The directory is empty: start `python app.py serve`, which reads it from Slack."
    if waiting:
        yield True, f"{len(waiting)} rows of the people file wait for a Slack account."


def _schedule(parts: Parts) -> Iterator[Finding]:
    storage: Storage = parts.storage()
    with storage.sessions.read() as session:
        program = first_program(session, storage.workspace_id)
        next_at = find_next_round(session, program, storage.clock.now())
        local = next_at.astimezone(ZoneInfo(program.timezone))
    yield True, f"The next introductions go out {local:%A %d %B %Y, %H:%M} ({program.timezone})."


def _deliveries(parts: Parts) -> Iterator[Finding]:
    storage = parts.storage()
    listed = list_deliveries(storage.sessions, workspace_id=storage.workspace_id)
    lost = sum(one.may_be_lost for one in listed)
    uncertain = sum(one.state == DeliveryState.UNCERTAIN for one in listed) - lost
    failed = sum(one.state == DeliveryState.FAILED for one in listed)
    if uncertain:
        yield False, f"{uncertain} introductions are uncertain: `python app.py deliveries` lists them."
    if lost:
        yield True, f"Interrupted notes to one person: {lost}. They may be lost; none is sent twice."
    if failed:
        yield True, f"{failed} deliveries failed for good; their people were matched anew or told."
    if not listed:
        yield True, "Everything has been delivered."


def _calendar(parts: Parts) -> Iterator[Finding]:
    if parts.public_url() is None:
        yield (
            True,
            (
                "LUNCHMATES_PUBLIC_URL is not set: an agreed time opens Google Calendar or Outlook, and "
                "there is no calendar file for others."
            ),
        )


def _hr(parts: Parts) -> Iterator[Finding]:
    hr = parts.hr()
    if not hr.people and hr.group is None:
        yield True, "LUNCHMATES_HR is not set: nobody sees HR's numbers in Slack."
        return
    if hr.group is not None and FOR_USER_GROUPS in parts.granted_scopes():
        try:
            count = len(hr.members())
        except MessengerError as error:
            yield False, f"Slack does not say who is in LUNCHMATES_HR's user group {hr.group} ({error.code})."
        else:
            yield True, f"HR's numbers in Slack: {count} people of the user group {hr.group} see them."
    parts.release_secret()  # without it there are no numbers


def _pages(parts: Parts) -> Iterator[Finding]:
    missing, address = parts.missing_for_pages(), parts.public_url() or ""
    if CLIENT_SECRET in missing and CLIENT_ID in missing:
        yield True, "HR's page on the web is not set up; docs/admins.md has the steps."
    elif missing:
        yield False, f"HR's page on the web is off: {', '.join(missing)} must be set, too."
    elif not address.startswith("https://") and urlsplit(address).hostname not in ON_THIS_MACHINE:
        yield False, f"Slack signs nobody in at {address}: LUNCHMATES_PUBLIC_URL must begin with https://."
    else:
        yield (
            True,
            f"HR's page is at {address}/hr/; Slack must know the redirect URL {address}/sign-in/callback.",
        )
