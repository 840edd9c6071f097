"""Shows the result of a button where it was pressed: in its message, or in the Home tab."""

from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient

from domain.programs import Standing
from slack_handlers.answer import answer
from slack_handlers.blocks.home_view import home_view
from slack_handlers.blocks.standing import standing
from slack_handlers.blocks.words import Words
from slack_handlers.readers import HomeOf, HomeTab
from slack_handlers.web_api import call


def publish_home(
    client: WebClient,
    slack_user_id: str,
    words: Words,
    result: Standing | None,
    tab: HomeTab,
    *,
    said: str = "",
) -> None:
    """Draw a person's Home tab anew, for nobody but them; with what is `said` on top."""
    call(
        client.views_publish,
        user_id=slack_user_id,
        view=home_view(words, result, tab.home, tab.screen, tab.site, said=said),
    )


def whose_home(body: dict[str, Any]) -> str | None:
    """Whose Home tab a request came from, if it came from one."""
    event = body.get("event") or {}
    if event.get("type") == "app_home_opened":
        return str(event["user"]) if event.get("tab") == "home" else None
    return str(body["user"]["id"]) if (body.get("view") or {}).get("type") == "home" else None


def show_standing(
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    words: Words,
    result: Standing,
    home_of: HomeOf,
) -> None:
    """Show where somebody stands now, in place of what they pressed a button in."""
    if body.get("view"):
        user = body["user"]["id"]
        publish_home(client, user, words, result, home_of(user))
    else:
        answer(respond, standing(words, result), in_place=True)
