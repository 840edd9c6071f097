"""One company, played again and again in the same way but for what one person does privately.

Everything that anybody else can observe is written down with its moment, so that two plays can be compared.
"""

import contextlib
import io
import json
import logging
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import requests
import structlog
from pydantic import SecretStr
from sqlalchemy import update
from structlog.typing import EventDict
from werkzeug.serving import WSGIRequestHandler, make_server

from app import install
from cli.commands import run
from cli.parts import Hr, Installation, Parts, Storage
from db.tables import Round
from domain.ports import Clock
from sandbox import DEFAULT_SCOPES, Sandbox
from settings import Settings
from tests.end_to_end.serving import wait_until
from use_cases.run_round import run_round
from use_cases.start_due_rounds import start_due_rounds
from web.report_pages import DAY as DAY_IN_PATH
from web.sign_in import CALLBACK

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADA, BEN, CLEO = "U0ADA", "U0BEN", "U0CLEO"
NAMES = {ADA: "Ada Quillfeather", BEN: "Ben Zanzibar", CLEO: "Cleo Umbrage"}
SECRET, TOKEN = "signing-secret", "xoxb-the-same-each-time"
CLIENT_ID, CLIENT_SECRET = "111.222", "client-secret"

WORDS = (
    "status",
    "help",
    "join",
    "resume",
    "pause",
    "pause a while",
    "my-data",
    "forget-me",
    "stats",
    "what else",
)
"""What everybody types again and again: none of it changes anything for whoever is in."""
COMMANDS = ("doctor", "deliveries", "stats", "schedule", "rules")
"""What an admin types, and what HR is shown."""
PAGES = ("/healthz", "/readyz", "/sign-in", "/sign-in/callback", "/sign-out")
"""What a browser can open without being signed in."""
_AREAS = ("hr", "report")
PAGES_BEHIND_THE_DOOR = {
    "/sign-out": "/sign-out",
    **{f"/{area}/{page}": f"/{area}/{page}" for area in _AREAS for page in ("", "print", "tables/")},
    **{
        f"/{area}/tables/<name>-{DAY_IN_PATH}-<int:weeks>w.csv": (
            f"/{area}/tables/people_funnel-2026-11-23-4w.csv"
        )
        for area in _AREAS
    },
    **{
        f"/{area}/charts/<name>-{DAY_IN_PATH}-<any(light, dark):scheme>.svg": (
            f"/{area}/charts/people_funnel-2026-11-23-dark.svg"
        )
        for area in _AREAS
    },
}
"""What somebody who is signed in can open, by its rule."""

Seen = tuple[datetime, str, str, Any]
"""When, by whom, where, and what."""


@dataclass
class StillClock:
    """Stands where it was set, so that two plays have the same moments."""

    at: datetime = SUNDAY

    def now(self) -> datetime:
        return self.at


class _Quiet(WSGIRequestHandler):
    def log_request(self, *args: object) -> None:
        pass


@dataclass
class World:
    """The app over HTTP against a sandbox, and what others than Ada have seen so far."""

    slack: Sandbox
    installed: Installation
    clock: StillClock
    seen: list[Seen] = field(default_factory=list)
    logged: list[EventDict] = field(default_factory=list)

    # What happens

    def passes(self, moment: datetime, seed: int = 1) -> None:
        """Time passes, and the clock ticks often enough for everything that follows from each other."""
        wait_until(all_have_listened)
        self.clock.at = moment + timedelta(seconds=1)
        work, here = self.installed.clockwork, {"workspace_id": self.installed.workspace_id}
        claims = start_due_rounds(self.installed.sessions, **here, now=self.clock.at, timing=work.timing)
        for claim in claims:
            with self.installed.sessions.write() as session:
                session.execute(update(Round).where(Round.id == claim.round_id).values(seed=seed))
            run_round(
                self.installed.sessions,
                replace(claim, seed=seed),
                now=self.clock.at,
            )
        for _ in range(3):
            work.run_rounds()
            work.run_deliveries()
        work.close_periods()
        work.forget_old_rows()

    def types(self, who: str, words: str) -> Any:
        return self.slack.command(who, "/lunch", words)

    def group(self, who: str) -> dict[str, Any]:
        """The newest message that introduces somebody."""
        return self._newest(who, "mpim")

    def note(self, who: str, words: str) -> dict[str, Any]:
        """The newest message to somebody alone that says something."""
        return self._newest(who, "im", words)

    def _newest(self, who: str, kind: str, words: str = "") -> dict[str, Any]:
        found = [
            dict(message)
            for channel in self.slack.dms_of(who)
            if channel["kind"] == kind
            for message in channel["messages"]
            if words in message["text"]
        ]
        return max(found, key=lambda message: float(message["ts"]))

    def presses(self, who: str, message: dict[str, Any], action_id: str) -> dict[str, Any]:
        """Presses a button that changes its message, and waits until it has."""
        result = self.slack.press(who, message, action_id)
        assert (result.status, result.errors) == (200, []), action_id
        wait_until(all_have_listened)
        everything = [*self.slack.messages(), *self.slack.ephemeral_of(who)]
        return next(dict(one) for one in everything if one["ts"] == message["ts"])

    def says_privately(self, who: str, *action_ids: str) -> None:
        [shown] = self.slack.press(who, self.group(who), "privately").wait_for_messages(1)
        for action_id in action_ids:
            before = shown["text"]
            shown = self.presses(who, shown, action_id)
            assert shown["text"] != before

    def modal(self, who: str) -> dict[str, Any]:
        wait_until(lambda: bool(self.slack.modals_of(who)))
        return dict(self.slack.modals_of(who)[-1])

    # What can be seen

    def look(self, who: str, words_typed: Sequence[str] = WORDS) -> None:
        """Somebody opens, types and reads everything that is theirs."""
        for words in words_typed:
            shown = self.types(who, words).messages
            self._note(who, f"/lunch {words}", [_shown(one) for one in shown])
        self.slack.open_home(who)
        self._note(who, "Home tab", (self.slack.home_of(who) or {}).get("blocks"))
        self.types(who, "preferences")
        self._note(who, "preferences", self._closed(who))
        self._note(who, "my-data", self._file(who))
        groups = [one for one in self.slack.dms_of(who) if one["kind"] == "mpim"]
        for message in (one for group in groups for one in group["messages"]):
            self._press_around(who, message)
        self._note(who, "messages", self._messages(who))
        for page, shown in self.opens(who, *PAGES_BEHIND_THE_DOOR.values()).items():
            self._note(who, page, shown)

    def _press_around(self, who: str, message: dict[str, Any]) -> None:
        """The buttons of a group message that ask before they do anything, and what it links to."""
        shown = self.slack.press(who, message, "privately").wait_for_messages(1)
        self._note(who, "privately", [_shown(one) for one in shown])
        wait_until(all_have_listened)
        asked = self.slack.press(who, message, "other_time")
        wait_until(all_have_listened)
        self._note(who, "other time", asked.messages and [_shown(one) for one in asked.messages])
        if self.slack.modals_of(who):
            self._note(who, "other time", self._closed(who))
        for address in re.findall(r"http[^\s\"]+\.ics", json.dumps(message["blocks"])):
            self._note(who, "calendar file", _fetched(address))

    def _closed(self, who: str) -> Any:
        view = self.modal(who)
        self.slack.close_view(who, view["id"])
        return view["blocks"]

    def _file(self, who: str) -> Any:
        """The newest file with everything about somebody, without the moments and places of Slack's own."""
        [url] = [one["url_private_download"] for one in self.note(who, "everything")["files"]]
        with urlopen(url) as answer:
            return json.loads(answer.read())

    def _messages(self, who: str) -> Any:
        return [
            (channel["kind"], sorted(channel["members"]), [_shown(one) for one in channel["messages"]])
            for channel in self.slack.dms_of(who)
        ]

    def opens(self, who: str, *pages: str) -> dict[str, tuple[int, str]]:
        """Somebody signs in on the web, and reads pages."""
        browser = self.installed.web.test_client()
        self.slack.sign_in_as(who)
        at_slack = requests.get(browser.get("/sign-in").headers["Location"], allow_redirects=False, timeout=5)
        browser.get(at_slack.headers["Location"])
        answers = {page: browser.get(page) for page in pages}
        return {page: (each.status_code, each.get_data(as_text=True)) for page, each in answers.items()}

    def look_as_admin(self) -> None:
        """The command line, and every page that a browser opens."""
        for name in COMMANDS:
            self._note("admin", name, self.prints(name))
        client = self.installed.web.test_client()
        for page in PAGES:
            answer = client.get(page)
            self._note("admin", page, (answer.status_code, answer.get_data(as_text=True)))

    def prints(self, *arguments: str) -> str:
        return printed(self.installed, self.clock, *arguments)

    def _note(self, who: str, where: str, what: Any) -> None:
        self.seen.append((self.clock.at, who, where, plain(what)))

    def by(self, *who: str, until: datetime | None = None) -> list[Seen]:
        """What these have seen, up to a moment."""
        return [one for one in self.seen if one[1] in who and (until is None or one[0] < until)]

    def log_lines(self, *, until: datetime | None = None) -> list[Any]:
        """The log, without the ids that are drawn anew in each play."""
        return [plain(line) for line in self.logged if until is None or line["at"] < until]


def printed(installed: Installation, clock: Clock, *arguments: str) -> str:
    """What a command prints."""
    parts = Parts(
        engine=lambda: installed.sessions.engine,
        storage=lambda: Storage(installed.sessions, installed.workspace_id, clock),
        installation=lambda: installed,
        address=lambda: ("127.0.0.1", 3000),
        release_secret=lambda: b"x" * 32,
        granted_scopes=lambda: frozenset(DEFAULT_SCOPES),
        profile_fields=dict,
        public_url=lambda: None,
        missing_for_pages=tuple,
        hr=lambda: Hr(frozenset(), None, frozenset),
        sandboxed_app=lambda: None,
    )
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        run(parts, list(arguments))
    return out.getvalue()


OPAQUE = re.compile(
    r"\b[0-9a-f]{16,64}\b|127\.0\.0\.1(:|%3A)\d+|(?<=mailto:)\S+"
    r"|(?<=state=)[\w-]+|(?<=nonce=)[\w-]+|(?<=name=\"csrf_token\" value=\")[^\"]+"
)
DRAWN = ("ts", "id", "hash", "block_id", "channel_id", "message_ts", "sent_at", "response_url", "reference")


def plain(value: Any) -> Any:
    """The same without what is drawn by lot, or taken from the machine's own clock."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if key not in DRAWN}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return OPAQUE.sub("#", value) if isinstance(value, str) else value


def _shown(message: dict[str, Any]) -> Any:
    return message["text"], message["blocks"], message.get("edited") is not None


def all_have_listened() -> bool:
    """Whether no listener is at work any more: some write a line of the log when the answer is out."""
    frames = sys._current_frames()
    workers = [one.ident for one in threading.enumerate() if one.name.startswith("listener")]
    return all(frames[one].f_code.co_name == "_worker" for one in workers if one in frames)


def _fetched(address: str) -> Any:
    try:
        with urlopen(address) as answer:
            return answer.read().decode()
    except HTTPError as error:
        return error.code


@contextmanager
def world(template: Path, folder: Path, people: tuple[str, ...] = (ADA, BEN)) -> Iterator[World]:
    """Everybody is in the directory, and these have joined; it is Sunday noon."""
    with ExitStack() as running:
        copy = folder / f"{len(list(folder.iterdir()))}.db"
        shutil.copy(template, copy)
        slack = running.enter_context(
            Sandbox(
                signing_secret=SECRET,
                bot_token=TOKEN,
                speed=100_000,
                client_id=CLIENT_ID,
                client_secret=CLIENT_SECRET,
            )
        )
        slack.add_users({"id": who, "name": name} for who, name in NAMES.items())
        given: dict[str, Any] = {
            **{name: one.default for name, one in Settings.model_fields.items()},
            "database_url": SecretStr(f"sqlite:///{copy}"),
            "slack_bot_token": SecretStr(TOKEN),
            "slack_signing_secret": SecretStr(SECRET),
            "client_id": CLIENT_ID,
            "client_secret": SecretStr(CLIENT_SECRET),
            "session_secret": SecretStr("s" * 32),
            "release_secret": SecretStr("x" * 32),
            "slack_api_url": slack.api_url,
        }
        clock = StillClock()
        server = make_server("127.0.0.1", 0, _nothing, threaded=True, request_handler=_Quiet)
        address = f"http://127.0.0.1:{server.port}"
        installed = install(Settings.model_construct(**{**given, "public_url": address}), clock)
        running.callback(installed.close)
        server.app = installed.web
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        running.callback(server.shutdown)
        slack.update_app(app_url=f"{address}/slack/events", redirect_urls=[address + CALLBACK])
        made = World(slack, installed, clock)
        running.enter_context(_listening(made))
        installed.clockwork.read_directory()
        for who in people:
            made.types(who, "join")
        yield made


def _nothing(_environ: Any, start_response: Callable[..., Any]) -> list[bytes]:
    start_response("503 Service Unavailable", [])
    return []


@contextmanager
def _listening(made: World) -> Iterator[None]:
    """Every line of the log, of whatever level, is kept with its moment."""

    def keep(_logger: object, level: str, line: EventDict) -> EventDict:
        made.logged.append({"at": made.clock.at, "level": level, **line})
        raise structlog.DropEvent

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            made.logged.append({"at": made.clock.at, "level": record.levelname, "event": self.format(record)})

    handler = Handler(logging.WARNING)
    logging.getLogger().addHandler(handler)
    structlog.configure(
        processors=[structlog.processors.format_exc_info, keep],
        wrapper_class=structlog.make_filtering_bound_logger(logging.NOTSET),
    )
    try:
        yield
    finally:
        structlog.reset_defaults()
        logging.getLogger().removeHandler(handler)
