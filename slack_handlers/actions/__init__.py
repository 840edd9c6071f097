"""Buttons and pickers."""

import re

from slack_bolt import App

from slack_handlers.actions.accept_time import accept_time
from slack_handlers.actions.answer import answer
from slack_handlers.actions.calendar_link import calendar_link
from slack_handlers.actions.forget_me import forget_me, keep_everything
from slack_handlers.actions.give_thumb import give_thumb
from slack_handlers.actions.join import join
from slack_handlers.actions.leave import leave
from slack_handlers.actions.open_preferences import open_preferences
from slack_handlers.actions.other_time import other_time
from slack_handlers.actions.pause import pause
from slack_handlers.actions.private_step import private_step
from slack_handlers.actions.privately import privately
from slack_handlers.actions.propose_time import propose_time
from slack_handlers.actions.resume import resume
from slack_handlers.actions.skip_round import skip_round
from slack_handlers.blocks.buttons import JOIN, LEAVE, PAUSE, PREFERENCES, RESUME
from slack_handlers.blocks.heads_up import SKIP, TAKE
from slack_handlers.blocks.my_data import FORGET, KEEP
from slack_handlers.blocks.private_buttons import PRIVATELY
from slack_handlers.blocks.table import ACCEPT, CALENDAR, OTHER_TIME, PROPOSE


def register(app: App) -> None:
    """Every button and picker of the app."""
    app.action(JOIN)(join)
    app.action(LEAVE)(leave)
    app.action(RESUME)(resume)
    app.action(re.compile(f"^{PAUSE}_"))(pause)
    app.action(PREFERENCES)(open_preferences)
    app.action(FORGET)(forget_me)
    app.action(KEEP)(keep_everything)
    app.action(re.compile("^answer_"))(answer)
    app.action(re.compile("^thumb_"))(give_thumb)
    app.action(re.compile(f"^({SKIP}|{TAKE})$"))(skip_round)
    app.action(re.compile(f"^{PROPOSE}_"))(propose_time)
    app.action(ACCEPT)(accept_time)
    app.action(OTHER_TIME)(other_time)
    app.action(re.compile(f"^{CALENDAR}_"))(calendar_link)
    app.action(PRIVATELY)(privately)
    app.action(re.compile("^private_"))(private_step)
