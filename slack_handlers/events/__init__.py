"""Events."""

from slack_bolt import App

from slack_handlers.events.user_change import user_change


def register(app: App) -> None:
    """Every event that the app listens to."""
    app.event("user_change")(user_change)
