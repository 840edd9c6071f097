"""The Flask app: Slack's requests go to Bolt, and health has its own answers."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import structlog
from flask import Blueprint, Flask, Request, Response, request
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.flask.handler import to_bolt_request, to_flask_response
from slack_bolt.request.internals import build_context
from werkzeug.exceptions import HTTPException

from web.html_answers import is_page, problem_page

log = structlog.get_logger()

# Slack's largest request, a view of 250 kB, is far below.
LARGEST_REQUEST = 1024 * 1024
# A connection by Socket Mode renews itself within a minute, as long as Slack can be reached.
LONGEST_SILENCE = timedelta(minutes=5)


def flask_app(
    bolt: App,
    *,
    is_ready: Callable[[], bool],
    silence: Callable[[], timedelta] = timedelta,
    pages: Iterable[Blueprint] = (),
) -> Flask:
    """The whole web app; `is_ready` tells whether the database answers and has the right schema.

    `silence` is how long nothing has been heard from Slack, where it has to be heard all the time.
    `pages` are what browsers open.
    """
    app = Flask("lunchmates", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    for page in pages:
        app.register_blueprint(page)

    @app.post("/slack/events")
    def slack_events() -> Response:
        return to_flask_response(bolt.dispatch(_bolt_request(request)))

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        # Nothing else: whatever restarts the app for this would do so all the time while Slack is down.
        return {"status": "ok"}

    @app.get("/readyz")
    def readyz() -> tuple[dict[str, str], int]:
        problem = _problem(is_ready, silence)
        return {"status": problem or "ok"}, 503 if problem else 200

    @app.errorhandler(Exception)
    def refuse(error: Exception) -> Response | tuple[dict[str, str], int]:
        if is_page(request.path):
            return problem_page(error)
        if isinstance(error, HTTPException):
            return {"error": error.name}, error.code or 500
        # Bolt parses a body before it verifies the signature, so anybody may have sent this one.
        if isinstance(error, ValueError | LookupError | AttributeError | TypeError | RecursionError):
            log.warning("request refused", error=type(error).__name__)
            return {"error": "the body of this request can't be read"}, 400
        log.error("request failed", exc_info=error)
        return {"error": "internal error"}, 500

    return app


def _problem(is_ready: Callable[[], bool], silence: Callable[[], timedelta]) -> str | None:
    if not is_ready():
        return "the database is not ready"
    silent = silence()
    if silent <= LONGEST_SILENCE:
        return None
    return f"nothing was heard from Slack for {silent // timedelta(minutes=1)} minutes (Socket Mode)"


def _bolt_request(request: Request) -> BoltRequest:
    made = to_bolt_request(request)
    if not made.body and request.form:
        # Bolt takes a command for an interaction when the word "payload" stands anywhere in it, be it in the
        # channel's name, and then finds nothing in it (slack_bolt/request/internals.py).
        made.body = request.form.to_dict()
        made.context = build_context(made.context, made.body)
    return made
