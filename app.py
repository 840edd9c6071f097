"""Composition root: builds every part from the settings and hands them to the command line."""

import logging
import secrets
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

import structlog
from flask import Blueprint
from pydantic import SecretStr
from slack_sdk import WebClient
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from cli.commands import run
from cli.parts import Hr, Installation, Parts, Storage
from db.migrate import is_current, migrate
from db.sessions import Sessions, make_engine
from db.workspaces import only_workspace
from domain.calendar_files import CalendarFiles
from domain.errors import NotPermitted, SchemaBehind
from domain.ports import Clock
from sandbox import DEFAULT_SCOPES, Sandbox
from scheduler.clocks import MovableClock, SystemClock
from scheduler.clockwork import Clockwork
from settings import EXPECTED, WEEKDAYS, BadSettings, Settings, is_given, read_settings
from slack_handlers.blocks.calendar_texts import calendar_texts
from slack_handlers.blocks.standing import WORDS
from slack_handlers.bolt_app import bolt_app
from slack_handlers.directory import SlackDirectory
from slack_handlers.heartbeat import silence_of
from slack_handlers.hr_role import HrRole, group_members
from slack_handlers.messenger import SlackMessenger
from slack_handlers.readers import home_of_readers, words_of_readers
from slack_handlers.socket_mode import socket_mode
from slack_handlers.web_api import (
    call,
    field,
    granted_scopes,
    patient_client,
    prompt_client,
    role_client,
    try_app_token,
)
from use_cases.find_next_release import find_next_release_day
from use_cases.is_employee import is_employee
from use_cases.note_look import note_look, note_look_at_part
from use_cases.prepare_workspace import FirstSchedule, Team, prepare_workspace
from use_cases.read_calendar_entry import read_calendar_entry
from use_cases.read_shelf import read_shelf
from web.browser_sessions import BrowserSessions
from web.calendar_files import calendar_files
from web.flask_app import flask_app
from web.html_answers import html_answers, pages_not_set_up
from web.report_door import EMPLOYEES, HR, ReportDoor
from web.report_pages import Looks, report_pages
from web.sign_in import CALLBACK, sign_in
from web.slack_openid import SlackOpenId


def connect(settings: Settings) -> Sessions:
    """The database, which must have the schema that this version needs."""
    sessions = Sessions(make_engine(settings.database_url.get_secret_value()))
    if not is_current(sessions.engine):
        raise SchemaBehind()
    return sessions


def install(settings: Settings, clock: Clock) -> Installation:
    """The app for the workspace that the bot token belongs to."""
    token = _plain(settings.slack_bot_token)
    # In Socket Mode nobody knows this one, so that no request over HTTP is taken for Slack's.
    secret = _plain(settings.slack_signing_secret) or secrets.token_hex(32)
    sessions = connect(settings)
    prompt = prompt_client(token, settings.slack_api_url)
    patient = patient_client(token, settings.slack_api_url)
    team = _team(prompt)
    workspace_id = prepare_workspace(sessions, team, _first_schedule(settings), now=clock.now())
    directory = SlackDirectory(
        patient=patient, prompt=prompt, team_id=team.team_id, fields=settings.profile_fields
    )
    clockwork = Clockwork(
        sessions=sessions,
        messenger=SlackMessenger(prompt),
        directory=directory,
        clock=clock,
        workspace_id=workspace_id,
        timing=settings.timing,
        release_secret=_plain(settings.release_secret).encode() or None,
    )
    calendar = _calendar_files(settings)
    role = role_client(token, settings.slack_api_url)
    is_hr = HrRole(role, people=settings.hr_people, group=settings.hr_group).includes
    pages, door = _way_in(
        settings,
        team_id=team.team_id,
        is_hr=is_hr,
        is_employee=partial(is_employee, sessions, workspace_id=workspace_id),
    )
    site = settings.public_url if door else None
    bolt = bolt_app(
        client=prompt,
        signing_secret=secret,
        team_id=team.team_id,
        context={
            "sessions": sessions,
            "directory": directory,
            "messenger": clockwork.messenger,
            "clock": clock,
            "calendar": calendar,
            "workspace_id": workspace_id,
            "is_hr": is_hr,
            "site": site,
            "home_of": home_of_readers(
                sessions, is_hr, workspace_id=workspace_id, clock=clock, calendar=calendar, site=site
            ),
            "words_of": words_of_readers(sessions, workspace_id=workspace_id),
        },
    )
    socket = socket_mode(bolt, app_token=_plain(settings.slack_app_token), base_url=settings.slack_api_url)
    return Installation(
        sessions=sessions,
        workspace_id=workspace_id,
        clock=clock,
        clockwork=clockwork,
        web=flask_app(
            bolt,
            is_ready=lambda: _is_ready(sessions.engine),
            silence=silence_of(socket),
            pages=[
                calendar_files(calendar, partial(read_calendar_entry, sessions), calendar_texts),
                *pages,
                *(_report(door, sessions, clock, workspace_id) if door else ()),
            ],
        ),
        tick=timedelta(seconds=settings.tick_seconds),
        socket=socket,
    )


def _way_in(
    settings: Settings,
    *,
    team_id: str,
    is_hr: Callable[[str], bool],
    is_employee: Callable[[str], bool],
) -> tuple[list[Blueprint], ReportDoor | None]:
    """The pages on which people sign in, and the door of the report; no door where that is not set up."""
    public_url = settings.public_url or ""
    by_https = public_url.startswith("https://")
    in_common = html_answers(by_https=by_https)
    if settings.missing_for_pages:
        return [in_common, pages_not_set_up()], None
    browsers = BrowserSessions()
    slack = SlackOpenId(
        api_url=settings.slack_api_url,
        client_id=settings.client_id or "",
        client_secret=_plain(settings.client_secret),
        redirect_uri=public_url + CALLBACK,
        team_id=team_id,
    )
    way_in = sign_in(
        slack, browsers, team_id=team_id, secret=_plain(settings.session_secret), by_https=by_https
    )
    door = ReportDoor(team_id=team_id, is_hr=is_hr, is_employee=is_employee, sessions=browsers)
    return [in_common, way_in], door


def _report(door: ReportDoor, sessions: Sessions, clock: Clock, workspace_id: int) -> list[Blueprint]:
    """The same pages twice: for HR, whose looks are noted, and for everybody who works here."""
    here = {"workspace_id": workspace_id}
    read = partial(read_shelf, sessions, **here)

    def next_on() -> date:
        return find_next_release_day(sessions, **here, now=clock.now())

    def noted(note: Callable[..., None]) -> Callable[[str, str], None]:
        return lambda who, where: note(sessions, who, **here, now=clock.now(), where=where)

    looks = Looks(page=noted(note_look), part=noted(note_look_at_part))
    return [
        door.guard(report_pages("hr_report", "/hr", read=read, next_on=next_on, looks=looks), HR),
        door.guard(report_pages("report", "/report", read=read, next_on=next_on, looks=None), EMPLOYEES),
    ]


def _calendar_files(settings: Settings) -> CalendarFiles:
    """Addresses that outlive a restart, and are the same on every replica."""
    kept = _plain(settings.release_secret) or _plain(settings.slack_bot_token)
    return CalendarFiles(kept.encode(), settings.public_url)


def _plain(secret: SecretStr | None) -> str:
    """A secret's text; empty where it is not set."""
    return "" if secret is None else secret.get_secret_value()


def _slack_settings() -> Settings:
    """Settings with everything that Slack's side needs: Socket Mode, unless only HTTP is set up."""
    over_http = is_given("SLACK_SIGNING_SECRET") and not is_given("SLACK_APP_TOKEN")
    return read_settings("slack_bot_token", "slack_signing_secret" if over_http else "slack_app_token")


def open_storage(settings: Settings) -> Storage:
    """The database and its workspace; where there is none yet, the bot token tells which it is."""
    sessions, clock = connect(settings), SystemClock()
    if settings.slack_bot_token is None:
        with sessions.read() as session:
            return Storage(sessions, only_workspace(session), clock)
    team = _team(prompt_client(_plain(settings.slack_bot_token), settings.slack_api_url))
    return Storage(
        sessions, prepare_workspace(sessions, team, _first_schedule(settings), now=clock.now()), clock
    )


@dataclass
class SandboxedApp:
    """The whole app over HTTP against a sandbox, on a clock that can be moved."""

    slack: Sandbox
    installation: Installation
    clock: MovableClock
    server: BaseWSGIServer
    folder: tempfile.TemporaryDirectory[str]

    @property
    def url(self) -> str:
        """Where browsers reach the app."""
        return f"http://127.0.0.1:{self.server.port}"

    def stop(self) -> None:
        """Stop the app, then the sandbox, and throw the folder with the database away."""
        self.installation.clockwork.stop()
        self.server.shutdown()
        self.installation.close()
        self.slack.stop()
        self.folder.cleanup()


def sandboxed_app(
    start: datetime,
    *,
    port: int = 0,
    speed: float = 1.0,
    scopes: tuple[str, ...] = DEFAULT_SCOPES,
    database_url: str | None = None,
    tick: timedelta = timedelta(seconds=0.5),
    by_socket: bool = False,
    page_buttons: Mapping[str, Callable[[SandboxedApp], str]] = MappingProxyType({}),
    **changed: Any,
) -> SandboxedApp:
    """Start a sandbox and the app beside it; without an address the database is a throw-away one.

    With `by_socket` Slack's requests come by Socket Mode. `page_buttons` stand on the sandbox's page.
    """
    running: list[SandboxedApp] = []
    clock = MovableClock(start)
    folder = tempfile.TemporaryDirectory(prefix="lunchmates-")
    token, secret = f"xoxb-{secrets.token_hex(12)}", secrets.token_hex(16)
    client = (secrets.token_hex(8), secrets.token_hex(16))
    app_token = f"xapp-{secrets.token_hex(12)}" if by_socket else None
    slack = Sandbox(
        signing_secret=secret,
        bot_token=token,
        app_token=app_token,
        client_id=client[0],
        client_secret=client[1],
        speed=speed,
        scopes=scopes,
        port=port,
        commands=[f"/lunch {word}" for word, _ in WORDS],
        page_buttons={label: partial(_press, running, act) for label, act in page_buttons.items()},
        page_clock=lambda: f"{clock.now():%a %d %b %Y}",
    ).start()
    settings = Settings.model_construct(
        **{
            **{name: field.default for name, field in Settings.model_fields.items()},
            "database_url": SecretStr(database_url or f"sqlite:///{folder.name}/lunchmates.db"),
            "slack_bot_token": SecretStr(token),
            "slack_signing_secret": SecretStr(secret),
            "slack_app_token": SecretStr(app_token) if app_token else None,
            "client_id": client[0],
            "client_secret": SecretStr(client[1]),
            "session_secret": SecretStr(secrets.token_hex(32)),
            "release_secret": SecretStr(secrets.token_hex(16)),
            "slack_api_url": slack.api_url,
            "tick_seconds": tick.total_seconds(),
            **changed,
        }
    )
    engine = make_engine(settings.database_url.get_secret_value())
    migrate(engine)
    engine.dispose()
    server = make_server("127.0.0.1", 0, _not_yet, threaded=True, request_handler=_Quiet)
    address = {"public_url": f"http://127.0.0.1:{server.port}"}
    installation = install(settings.model_copy(update={**address, **changed}), clock)
    server.app = installation.web
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    slack.update_app(
        app_url=f"{address['public_url']}/slack/events", redirect_urls=[address["public_url"] + CALLBACK]
    )
    installation.connect()
    running.append(SandboxedApp(slack, installation, clock, server, folder))
    return running[0]


def _not_yet(_environ: Any, start_response: Any) -> list[bytes]:
    """Stands for the app until it is built, which needs to know the port that it will have."""
    start_response("503 Service Unavailable", [])
    return []


def _press(running: list[SandboxedApp], act: Callable[[SandboxedApp], str]) -> str:
    return act(running[0]) if running else "The app is still starting."


class _Quiet(WSGIRequestHandler):
    """Requests are not worth a line each."""

    def log_request(self, *args: object) -> None:
        pass


@contextmanager
def _naming(setting: str) -> Iterator[None]:
    """Where Slack refuses a token, say which setting holds it, and where to get another one."""
    try:
        yield
    except NotPermitted as error:
        problem = f"{setting}: Slack refuses it ({error.code}); expected {EXPECTED[setting]}"
        raise BadSettings(problems=[problem]) from error


def _team(client: WebClient) -> Team:
    with _naming("SLACK_BOT_TOKEN"):
        answer = call(client.auth_test)
    return Team(
        enterprise_id=str(answer.get("enterprise_id") or ""),
        team_id=field(answer, "team_id"),
        name=str(answer.get("team") or "")[:200],
    )


def _first_schedule(settings: Settings) -> FirstSchedule:
    return FirstSchedule(
        weekday=WEEKDAYS.index(settings.weekday),
        local_time=settings.local_time,
        timezone=settings.timezone,
        grace=settings.grace,
    )


def _is_ready(engine: Engine) -> bool:
    try:
        return is_current(engine)
    except OperationalError:
        return False


def _address() -> tuple[str, int]:
    settings = _slack_settings()
    return settings.host, settings.port


def _granted_scopes() -> frozenset[str]:
    """What Slack lets the bot do; the token that opens connections is tried, too."""
    settings = _slack_settings()
    client = prompt_client(_plain(settings.slack_bot_token), settings.slack_api_url)
    with _naming("SLACK_BOT_TOKEN"):
        granted = granted_scopes(client)
    if settings.slack_app_token is not None:
        with _naming("SLACK_APP_TOKEN"):
            try_app_token(client, _plain(settings.slack_app_token))
    return granted


def _hr() -> Hr:
    """Whom the settings name; who is in the group is asked only when somebody wants to know."""
    settings = read_settings()

    def members() -> frozenset[str]:
        client = role_client(_plain(_slack_settings().slack_bot_token), settings.slack_api_url)
        return group_members(client, settings.hr_group or "")

    return Hr(settings.hr_people, settings.hr_group, members)


def set_up_logs() -> None:
    """JSON lines on standard error; warnings and worse, unless a command asks for more."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    # A tick that comes while the last one is still at work is left out, as it should be.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def main(arguments: list[str] | None = None) -> None:
    """Run the command that the command line names, or these arguments."""
    set_up_logs()
    run(
        Parts(
            engine=lambda: make_engine(read_settings().database_url.get_secret_value()),
            storage=lambda: open_storage(read_settings()),
            installation=lambda: install(_slack_settings(), SystemClock()),
            address=_address,
            release_secret=lambda: _plain(read_settings("release_secret").release_secret).encode(),
            granted_scopes=_granted_scopes,
            profile_fields=lambda: read_settings().profile_fields,
            public_url=lambda: read_settings().public_url,
            missing_for_pages=lambda: read_settings().missing_for_pages,
            hr=_hr,
            sandboxed_app=sandboxed_app,
        ),
        arguments,
    )


if __name__ == "__main__":
    main()
