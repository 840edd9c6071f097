"""The door of the report pages: who is signed in, and is this page for them? Asked on every request."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import structlog
from flask import Blueprint, g, make_response, redirect, request
from werkzeug.wrappers import Response

from web.browser_sessions import BrowserSessions, csrf
from web.own_paths import own_path
from web.problems import (
    PageProblem,
    not_an_employee,
    not_hr,
    not_known_now,
    not_signed_in,
    other_workspace,
    session_expired,
    sign_in_link,
)

log = structlog.get_logger()


class Audience(Enum):
    """For whom a page is."""

    HR = "hr"
    EMPLOYEES = "employees"


HR, EMPLOYEES = Audience.HR, Audience.EMPLOYEES


@dataclass(frozen=True)
class Viewer:
    """Who looks at a page: `flask.g.viewer` behind the door."""

    slack_user_id: str
    is_hr: bool


class ReportDoor:
    """Lets in whoever is signed in, of this workspace, works here, and for HR's pages is HR, now."""

    def __init__(
        self,
        *,
        team_id: str,
        is_hr: Callable[[str], bool],
        is_employee: Callable[[str], bool],
        sessions: BrowserSessions,
    ) -> None:
        self._team_id, self._is_hr, self._is_employee = team_id, is_hr, is_employee
        self._sessions = sessions

    def guard(self, pages: Blueprint, who: Audience) -> Blueprint:
        """Set the door before every page of a blueprint; forms need the token of `csrf_token()`, too."""

        @pages.before_request
        def admit() -> Response | None:
            try:
                return self._admit(who)
            except PageProblem as problem:
                if "HX-Request" not in request.headers:
                    raise
                # htmx asks in the background, for a part of a page: the whole page can say it, or sign in.
                return make_response("", problem.code or 403, {"HX-Refresh": "true"})

        return pages

    def _admit(self, who: Audience) -> Response | None:
        signed_in = self._sessions.signed_in()
        if signed_in is None:
            if request.method in ("GET", "HEAD") and "HX-Request" not in request.headers:
                return redirect(sign_in_link(_here()).href)
            raise not_signed_in(_here())
        if signed_in.is_expired:
            self._sessions.sign_out()
            raise session_expired(_here())
        if signed_in.team_id != self._team_id:
            self._sessions.sign_out()
            raise other_workspace(_here())
        g.viewer = self._viewer(signed_in.slack_user_id)
        if who is HR and not g.viewer.is_hr:
            raise not_hr()
        csrf.protect()
        return None

    def _viewer(self, slack_user_id: str) -> Viewer:
        try:
            works_here = self._is_employee(slack_user_id)
            is_hr = works_here and self._is_hr(slack_user_id)
        except Exception as error:  # whatever it is, nobody gets in by it
            log.error("viewer not checked", exc_info=error)
            raise not_known_now() from error
        if not works_here:
            raise not_an_employee()
        return Viewer(slack_user_id, is_hr)


def _here() -> str | None:
    """Where to come back to after signing in."""
    return own_path(request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else request.path)
