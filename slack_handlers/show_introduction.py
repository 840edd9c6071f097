"""How an introduction's group message is changed in place, for everybody in it."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import BoltContext, Respond

from domain.errors import RateLimited
from domain.messages import Arranged, IntroductionMessage
from domain.ports import Messenger
from slack_handlers.answer import answer
from slack_handlers.blocks.introduction import introduction
from slack_handlers.blocks.time_answer import TOLD, time_answer
from slack_handlers.blocks.words import Words, words_for
from slack_handlers.home import publish_home
from use_cases.find_group_message import find_group_message
from use_cases.show_status import show_status

log = structlog.get_logger()

Read = Callable[[], IntroductionMessage]
MOST = 3
"""A response URL can be used five times, and one is for the word to whoever pressed."""
LONGEST_WAIT = 20.0


def show_pressed(
    body: dict[str, Any], respond: Respond, words: Words, arranged: Arranged, read: Read
) -> None:
    """Show what a button in the message came to; `read` reads the introduction anew.

    The message is in the language that the group shares; `words` are those of whoever pressed.
    """
    metadata = (body.get("message") or {}).get("metadata")

    def show(message: IntroductionMessage) -> None:
        # With its metadata, by which a post whose answer was lost is found.
        answer(respond, introduction(words_for(*message.locales), message), in_place=True, metadata=metadata)

    _until_newest(arranged.message, read, show)
    if arranged.pressed in TOLD:
        answer(respond, time_answer(words, arranged.pressed))


def show_pressed_at_home(
    context: BoltContext, body: dict[str, Any], words: Words, arranged: Arranged, read: Read
) -> None:
    """The same for a button in a Home tab: the group message changes, and so does the Home tab."""
    found = find_group_message(context["sessions"], arranged.message.introduction_id)
    if found is not None:
        show_submitted(context["messenger"], *found, arranged.message, read)
    told = words.say(TOLD[arranged.pressed]) if arranged.pressed in TOLD else ""
    user = body["user"]["id"]
    result = show_status(
        context["sessions"], user, workspace_id=context["workspace_id"], now=context["clock"].now()
    )
    publish_home(context.client, user, words, result, context["home_of"](user), said=told)


def show_submitted(
    messenger: Messenger, channel_id: str, ts: str, message: IntroductionMessage, read: Read
) -> None:
    """Show what a modal came to, in the message that it was opened from."""

    def show(message: IntroductionMessage) -> None:
        try:
            messenger.update(channel_id, ts, message)
        except RateLimited as error:
            time.sleep(min(error.retry_after, LONGEST_WAIT))
            messenger.update(channel_id, ts, message)

    _until_newest(message, read, show)


def _until_newest(
    message: IntroductionMessage, read: Read, show: Callable[[IntroductionMessage], None]
) -> None:
    """Show a message, and once more if it has changed meanwhile.

    Two who press at once change it one after the other, but Slack may show the changes in the other order.
    Whoever is shown last has looked at what is stored since, so the newest stays.
    """
    for _ in range(MOST):
        show(message)
        newest = read()
        if newest == message:
            return
        message = newest
    log.info("introduction changes faster than it is shown")
