"""An account has changed: a new name or time zone, or somebody has left."""

from typing import Any

from db.sessions import Sessions
from domain.ports import Clock
from slack_handlers.directory import SlackDirectory
from use_cases.sync_directory import sync_person


def user_change(
    event: dict[str, Any],
    sessions: Sessions,
    directory: SlackDirectory,
    clock: Clock,
    workspace_id: int,
) -> None:
    """Take the change over at once; the nightly synchronisation would find it, too."""
    # Every new status is such an event: one call for each, and where Slack says that they are too many, the
    # nightly reading gets what changed.
    user = directory.with_profile(event["user"])
    sync_person(sessions, user, workspace_id=workspace_id, now=clock.now())
