"""The Bolt app: what every listener is handed, and what a person sees when something goes wrong."""

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from slack_bolt import App, BoltContext, BoltResponse, Respond
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from domain.errors import LunchmatesError, MessengerError, WrongWorkspace
from slack_handlers import actions, commands, events
from slack_handlers.answer import answer
from slack_handlers.blocks.standing import problem
from slack_handlers.web_api import call

log = structlog.get_logger()

# With Bolt's default of 5 threads the sixth slow command is answered 404 after three seconds.
LISTENER_THREADS = 32

# What Bolt raises, before any listener, about a request that Slack never sends.
UNREADABLE = (ValueError, LookupError, AttributeError, TypeError)


def bolt_app(*, client: WebClient, signing_secret: str, team_id: str, context: Mapping[str, Any]) -> App:
    """The app with all its listeners; `context` is what they may ask for by name."""
    known = AuthorizeResult.from_auth_test_response(
        bot_token=client.token,
        auth_test_response=call(client.auth_test),
    )
    # It warns that it does not use SLACK_BOT_TOKEN, which it reads by itself.
    logger = logging.getLogger("lunchmates.bolt")
    logger.setLevel(logging.ERROR)
    app = App(
        client=client,
        logger=logger,
        signing_secret=signing_secret,
        # Without this, Bolt looks for installations in files where it finds SLACK_CLIENT_ID and
        # SLACK_CLIENT_SECRET in the environment, and tells everybody to install the app again.
        authorize=lambda: known,
        listener_executor=ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="listener"),
    )

    handed = dict(context)

    def hand_over(
        context: BoltContext, body: dict[str, Any], next: Callable[[], BoltResponse]
    ) -> BoltResponse:
        sender = body.get("team_id") or (body.get("team") or {}).get("id")
        if sender not in (None, team_id):
            return BoltResponse(status=200, body=str(WrongWorkspace()))
        context.update(handed)
        return next()

    app.use(hand_over)
    app.error(show_error)
    for surface in (commands, actions, events):
        surface.register(app)
    return app


def show_error(
    error: Exception, respond: Respond | None, response: BoltResponse | None, context: BoltContext
) -> BoltResponse | None:
    """One helpful sentence for the person; the log has the rest under the same number."""
    reference = secrets.token_hex(3).upper()
    if isinstance(error, LunchmatesError) and not isinstance(error, MessengerError):
        sentence = str(error)
        log.info("refused", reference=reference, error=type(error).__name__)
    else:
        sentence = (
            "Something went wrong on my side, sorry. `/lunch status` shows where you stand; please try again "
            f"in a minute. If it happens again, give your admin this number: {reference}."
        )
        log.error("listener failed", reference=reference, exc_info=error)
    if respond is not None and context.response_url:
        answer(respond, problem(sentence))
    if response is None:
        # Bolt looks every 10 ms whether a listener has acknowledged, and forgets that it has when it fails
        # sooner: Slack would be told 404 after three seconds (slack_bolt/listener/thread_runner.py).
        time.sleep(0.1)
        return None
    return BoltResponse(status=400 if isinstance(error, UNREADABLE) else 500)
