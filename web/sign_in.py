"""Signing in with Slack and out again: `/sign-in`, `/sign-in/callback`, `/sign-out`."""

import re

import structlog
from flask import Blueprint, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from web.browser_sessions import BrowserSessions, csrf, keep_sessions
from web.own_paths import own_path
from web.problems import denied, not_believed, not_started_here, other_workspace, slack_unreachable
from web.slack_openid import NotBelieved, SlackOpenId, Unreachable

log = structlog.get_logger()

CALLBACK = "/sign-in/callback"
FIRST_PAGE = "/report/"


def sign_in(
    slack: SlackOpenId,
    sessions: BrowserSessions,
    *,
    team_id: str,
    secret: str,
    by_https: bool,
) -> Blueprint:
    """The pages of the way in; with them the app keeps sessions, signed with the secret."""
    pages = Blueprint("sign_in", __name__)

    @pages.record_once
    def prepare(state: BlueprintSetupState) -> None:
        keep_sessions(state.app, secret=secret, by_https=by_https)

    @pages.get("/sign-in")
    def start() -> Response:
        address, state, nonce = slack.start()
        sessions.start(state, nonce, own_path(request.args.get("to")))
        return redirect(address)

    @pages.get(CALLBACK)
    def callback() -> Response:
        started = sessions.finish(request.args.get("state", ""))
        if started is None:
            raise not_started_here()
        if request.args.get("error") == "access_denied":
            raise denied(started.to)
        try:
            who = slack.finish(_code(), started.nonce)
        except NotBelieved as error:
            log.warning("sign-in refused", code=error.code)
            raise not_believed(started.to) from error
        except Unreachable as error:
            log.warning("sign-in without Slack", error=type(error.__cause__).__name__)
            raise slack_unreachable(started.to) from error
        if who.team_id != team_id:
            raise other_workspace(started.to)
        sessions.sign_in(who.slack_user_id, who.team_id)
        return redirect(started.to or FIRST_PAGE)

    @pages.route("/sign-out", methods=["GET", "POST"])
    def sign_out() -> Response | str:
        is_signed_in = sessions.signed_in() is not None
        if request.method == "GET":
            return render_template("signed_out.html", signed_in=is_signed_in)
        if is_signed_in:
            csrf.protect()
            sessions.sign_out()
        return redirect("/sign-out", 303)

    return pages


def _code() -> str:
    if code := request.args.get("code"):
        return code
    error = request.args.get("error", "")
    raise NotBelieved(error if re.fullmatch("[a-z_]{1,40}", error) else "no code")
