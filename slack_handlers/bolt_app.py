"""The Bolt app: what every listener is handed, and who is let in."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from domain.errors import WrongWorkspace
from slack_handlers import actions, commands, events, views
from slack_handlers.show_error import show_error
from slack_handlers.web_api import call

# With Bolt's default of 5 threads the sixth slow command is answered 404 after three seconds.
LISTENER_THREADS = 32


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
    for surface in (commands, actions, views, events):
        surface.register(app)
    return app
