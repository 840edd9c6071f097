"""A site with two pages behind the door, a Slack to sign in with, and a browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from flask import Blueprint, Flask, g, render_template_string
from flask.testing import FlaskClient
from slack_bolt import App
from werkzeug.test import TestResponse

from sandbox import Sandbox
from slack_handlers.bolt_app import bolt_app
from slack_handlers.web_api import patient_client
from web.browser_sessions import BrowserSessions
from web.flask_app import flask_app
from web.html_answers import html_answers
from web.report_door import EMPLOYEES, HR, ReportDoor
from web.sign_in import CALLBACK, sign_in
from web.slack_openid import SlackOpenId

SECRET, TOKEN, TEAM = "signing-secret", "xoxb-test", "T0LUNCH"
CLIENT_ID, CLIENT_SECRET = "111.222", "client-secret"
SESSION_SECRET = "s" * 32
ADA, BEN = "U0ADA", "U0BEN"
NOON = 1_795_521_600.0
FORM = """{% extends "base.html" %}{% block main %}<h1>{{ g.viewer.slack_user_id }}</h1>
<form method="post"><input name="csrf_token" value="{{ csrf_token() }}"></form>{% endblock %}"""


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    made = Sandbox(
        signing_secret=SECRET, bot_token=TOKEN, team_id=TEAM, client_id=CLIENT_ID, client_secret=CLIENT_SECRET
    )
    with made:
        made.add_users([{"id": ADA, "name": "Ada Quillfeather"}, {"id": BEN, "name": "Ben Zanzibar"}])
        made.update_app(redirect_urls=[f"http://lunch.test{CALLBACK}", f"https://lunch.test{CALLBACK}"])
        yield made


@pytest.fixture(scope="module")
def bolt(slack: Sandbox) -> App:
    client = patient_client(TOKEN, slack.api_url)
    return bolt_app(client=client, signing_secret=SECRET, team_id=TEAM, context={})


@dataclass
class Site:
    """The web app as app.py puts it together, on a clock that can be moved."""

    slack: Sandbox
    by_https: bool = False
    at: float = NOON
    hr: set[str] = field(default_factory=lambda: {ADA})
    employees: set[str] = field(default_factory=lambda: {ADA, BEN})
    secret: str = SESSION_SECRET
    team: str = TEAM
    is_slack_down: bool = False

    def now(self) -> float:
        return self.at

    def is_hr(self, slack_user_id: str) -> bool:
        if self.is_slack_down:
            raise OSError
        return slack_user_id in self.hr

    def built(self, bolt: App) -> Flask:
        scheme = "https" if self.by_https else "http"
        browsers = BrowserSessions(self.now)
        door = ReportDoor(
            team_id=self.team,
            is_hr=self.is_hr,
            is_employee=lambda who: who in self.employees,
            sessions=browsers,
        )
        openid = SlackOpenId(
            api_url=self.slack.api_url,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            redirect_uri=f"{scheme}://lunch.test{CALLBACK}",
            team_id=self.team,
        )
        way_in = sign_in(openid, browsers, team_id=self.team, secret=self.secret, by_https=self.by_https)
        for_hr = door.guard(_pages("hr"), HR)
        for_all = door.guard(_pages("report"), EMPLOYEES)
        common = html_answers(by_https=self.by_https)
        return flask_app(bolt, is_ready=lambda: True, pages=[common, way_in, for_hr, for_all])


def _pages(area: str) -> Blueprint:
    pages = Blueprint(area, __name__, url_prefix=f"/{area}")

    @pages.get("/")
    def first() -> str:
        return render_template_string(FORM, viewer=g.viewer)

    @pages.post("/")
    def change() -> str:
        return "changed"

    @pages.get("/broken")
    def broken() -> str:
        raise ValueError("Ada Quillfeather")

    return pages


class Visitor:
    """A browser with cookies of its own, on the site and at Slack."""

    def __init__(self, app: Flask, slack: Sandbox, *, scheme: str = "http") -> None:
        self._slack, self._base = slack, f"{scheme}://lunch.test"
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, base_url=self._base, **options)

    def post(self, path: str, **options: Any) -> TestResponse:
        return self.client.post(path, base_url=self._base, **options)

    def comes_from_slack(self, who: str = ADA, to: str = "/hr/", **answer: str) -> str:
        """Goes to Slack and agrees; the path with which Slack sends the browser back."""
        self._slack.sign_in_as(who)
        location = self.get("/sign-in", query_string={"to": to}).headers["Location"]
        back = urlsplit(requests.get(location, params=answer, allow_redirects=False).headers["Location"])
        return f"{back.path}?{back.query}"

    def signs_in(self, who: str = ADA, to: str = "/hr/") -> TestResponse:
        return self.get(self.comes_from_slack(who, to))

    def cookie(self) -> dict[str, Any]:
        """What the site has had this browser remember."""
        with self.client.session_transaction(base_url=self._base) as kept:
            return dict(kept)


@pytest.fixture
def site(slack: Sandbox) -> Iterator[Site]:
    yield Site(slack)
    slack.clear_faults()
    slack.sign_in_as(None)


@pytest.fixture
def visit(site: Site, bolt: App) -> Callable[..., Visitor]:
    """Opens a browser on the site as it is set up by then."""

    def visitor() -> Visitor:
        return Visitor(site.built(bolt), site.slack, scheme="https" if site.by_https else "http")

    return visitor
