"""What a person sees when a wish can't be met or something breaks, in the place where they asked."""

import secrets
import time
from typing import Any

import structlog
from slack_bolt import BoltContext, BoltResponse, Respond
from slack_sdk import WebClient

from domain.errors import LunchmatesError, MessengerError, NotYourIntroduction
from domain.programs import Standing
from slack_handlers.answer import answer
from slack_handlers.blocks.refusal import refusal, trouble
from slack_handlers.blocks.words import Words, words_for
from slack_handlers.home import publish_home, whose_home
from slack_handlers.readers import HomeTab, WordsOf
from use_cases.show_status import show_status

log = structlog.get_logger()

# What Bolt raises, before any listener, about a request that Slack never sends.
UNREADABLE = (ValueError, LookupError, AttributeError, TypeError)


def show_error(
    error: Exception,
    body: dict[str, Any],
    client: WebClient,
    respond: Respond | None,
    response: BoltResponse | None,
    context: BoltContext,
) -> BoltResponse | None:
    """One helpful sentence for the person; the log has the rest under the same number."""
    reference = secrets.token_hex(3).upper()
    refused = isinstance(error, LunchmatesError) and not isinstance(error, MessengerError)
    words = _words(context)
    if isinstance(error, LunchmatesError) and refused:
        message, said = refusal(words, error), words.say_error(error)
    else:
        message = trouble(words, reference)
        said = message.text
    # The person first: writing a long traceback takes its time.
    try:
        if home_of := whose_home(body):
            publish_home(client, home_of, words, *_read(context, home_of), said=said)
        elif respond is not None and context.response_url:
            # A refused button takes its message along, unless others read it, too; one that broke stays, so
            # that it can be tried again.
            mine = "actions" in body and not _is_shared(body)
            pressed = refused and not isinstance(error, NotYourIntroduction) and mine
            answer(respond, message, in_place=pressed)
    except Exception:
        log.exception("error not shown", reference=reference)
    if refused:
        log.info("refused", reference=reference, error=type(error).__name__)
    else:
        log.error("listener failed", reference=reference, exc_info=error)
    if response is None:
        # Bolt looks every 10 ms whether a listener has acknowledged, and forgets that it has when it fails
        # sooner: Slack would be told 404 after three seconds (slack_bolt/listener/thread_runner.py).
        time.sleep(0.1)
        return None
    return BoltResponse(status=400 if isinstance(error, UNREADABLE) else 500)


def _words(context: BoltContext) -> Words:
    """The reader's words; English where Bolt has refused a request before it was known whose it is."""
    words_of: WordsOf | None = context.get("words_of")
    return words_of(context.user_id) if words_of and context.user_id else words_for()


def _is_shared(body: dict[str, Any]) -> bool:
    """Whether what was pressed is a message that others see: neither ephemeral nor in the bot's own DM."""
    where = body.get("container") or {}
    return not where.get("is_ephemeral") and not str(where.get("channel_id", "D")).startswith("D")


def _read(context: BoltContext, slack_user_id: str) -> tuple[Standing | None, HomeTab]:
    """Where the person stands and what their Home tab shows, unless reading that is what fails."""
    try:
        standing = show_status(
            context["sessions"],
            slack_user_id,
            workspace_id=context["workspace_id"],
            now=context["clock"].now(),
        )
        return standing, context["home_of"](slack_user_id)
    except Exception as error:
        log.warning("home not read", error=type(error).__name__)
        return None, HomeTab()
