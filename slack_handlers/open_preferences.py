"""Opens the modal with somebody's preferences, wherever they asked for it."""

from slack_bolt import BoltContext

from slack_handlers.blocks.preferences import preferences
from slack_handlers.web_api import call
from use_cases.ask_preferences import ask_preferences

HOME = "home"


def open_preferences(context: BoltContext, trigger_id: str, slack_user_id: str, origin: str = "") -> None:
    """The modal remembers whether it was opened from the Home tab, which then shows what is saved."""
    question = ask_preferences(context["sessions"], slack_user_id, workspace_id=context["workspace_id"])
    view = preferences(context["words_of"](slack_user_id), question, origin)
    call(context.client.views_open, trigger_id=trigger_id, view=view)
