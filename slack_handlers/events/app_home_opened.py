"""Somebody opens the app's Home tab."""

from typing import Any

from slack_sdk import WebClient

from db.sessions import Sessions
from domain.ports import Clock
from slack_handlers.home import publish_home
from slack_handlers.readers import HomeOf, WordsOf
from use_cases.show_status import show_status


def app_home_opened(
    event: dict[str, Any],
    client: WebClient,
    sessions: Sessions,
    clock: Clock,
    workspace_id: int,
    words_of: WordsOf,
    home_of: HomeOf,
) -> None:
    """Draw it; the tab "Messages" needs nothing."""
    if event.get("tab") == "home":
        user = event["user"]
        result = show_status(sessions, user, workspace_id=workspace_id, now=clock.now())
        publish_home(client, user, words_of(user), result, home_of(user))
