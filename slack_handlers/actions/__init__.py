"""Buttons and pickers."""

import re

from slack_bolt import App

from slack_handlers.actions.answer import answer
from slack_handlers.actions.join import join
from slack_handlers.actions.leave import leave
from slack_handlers.actions.pause import pause
from slack_handlers.actions.resume import resume
from slack_handlers.blocks.buttons import JOIN, LEAVE, PAUSE, RESUME


def register(app: App) -> None:
    """Every button and picker of the app."""
    app.action(JOIN)(join)
    app.action(LEAVE)(leave)
    app.action(RESUME)(resume)
    app.action(re.compile(f"^{PAUSE}_"))(pause)
    app.action(re.compile("^answer_"))(answer)
