"""Modals that people submit."""

from slack_bolt import App

from slack_handlers.blocks.other_time import CALLBACK as OTHER_TIME
from slack_handlers.blocks.preferences import CALLBACK as PREFERENCES
from slack_handlers.views.other_time import other_time
from slack_handlers.views.preferences import preferences


def register(app: App) -> None:
    """Every modal of the app."""
    app.view(OTHER_TIME)(other_time)
    app.view(PREFERENCES)(preferences)
