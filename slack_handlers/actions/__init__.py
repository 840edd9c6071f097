"""Buttons."""

from slack_bolt import App

from slack_handlers.actions.join import join
from slack_handlers.actions.leave import leave
from slack_handlers.blocks.standing import JOIN, LEAVE


def register(app: App) -> None:
    """Every button of the app."""
    app.action(JOIN)(join)
    app.action(LEAVE)(leave)
