"""Events."""

from slack_bolt import App

from slack_handlers.events.app_home_opened import app_home_opened
from slack_handlers.events.user_change import user_change


def register(app: App) -> None:
    """Every event that the app listens to."""
    app.event("app_home_opened")(app_home_opened)
    app.event("user_change")(user_change)
