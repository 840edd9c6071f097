"""Slash commands."""

from slack_bolt import App

from slack_handlers.commands.lunch import lunch


def register(app: App) -> None:
    """Every command of the app."""
    app.command("/lunch")(lunch)
