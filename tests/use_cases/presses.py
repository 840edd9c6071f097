"""Presses on buttons, as Slack hands them to the real listeners; what is answered is kept."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from slack_bolt import App, BoltRequest

from domain.calendar_files import CalendarFiles
from slack_handlers.bolt_app import bolt_app
from slack_handlers.readers import home_of_readers, words_of_readers
from slack_handlers.web_api import prompt_client
from tests.use_cases.company import Company

TEAM = {"id": "T1"}
PATIENCE = 10.0


@dataclass
class AnsweringSlack:
    """Takes every answer and every call, and says that all is well."""

    url: str = ""
    heard: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """What came to a response URL, to a Home tab, or with a trigger, by the press that it answers."""
    changed: Condition = field(default_factory=Condition)

    def take(self, path: str, body: dict[str, Any]) -> None:
        key = str(body.get("trigger_id") or body.get("user_id") or path.rsplit("/", 1)[-1])
        with self.changed:
            self.heard.setdefault(key, []).append(body)
            self.changed.notify_all()

    def wait_for(self, *keys: str) -> list[dict[str, Any]]:
        """What was answered to a press, as soon as anything was."""
        with self.changed:
            self.changed.wait_for(lambda: any(self.heard.get(key) for key in keys), PATIENCE)
            return [one for key in keys for one in self.heard.get(key, ())]


@contextmanager
def answering_slack() -> Iterator[AnsweringSlack]:
    slack = AnsweringSlack()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            is_json = "json" in self.headers["Content-Type"]
            body = (
                json.loads(text or "{}")
                if is_json
                else {name: one[0] for name, one in parse_qs(text).items()}
            )
            slack.take(self.path, body)
            answer = json.dumps({"ok": True, "team_id": "T1", "user_id": "UBOT", "bot_id": "B1"}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    slack.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield slack
    server.shutdown()
    server.server_close()


@dataclass
class StillClock:
    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass
class Desk:
    """The listeners of one company, and the moment at which they are pressed."""

    company: Company
    slack: AnsweringSlack
    clock: StillClock
    app: App

    def press(self, who: str, action_id: str, value: str) -> str:
        """Presses a button of a message; what whoever pressed then reads."""
        key = uuid4().hex
        action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
        if value.startswith("date "):
            action |= {"type": "datepicker", "selected_date": value.split()[1], "value": None}
        body = {
            "type": "block_actions",
            "team": TEAM,
            "user": {"id": who},
            "container": {"type": "message", "channel_id": "C1", "message_ts": "1764000000.000001"},
            "trigger_id": key,
            "response_url": f"{self.slack.url}/answer/{key}",
            "actions": [action],
        }
        assert self.app.dispatch(BoltRequest(body=body, mode="socket_mode")).status == 200
        answers = self.slack.wait_for(key)
        return " ".join(str(one.get("text") or one.get("view")) for one in answers)

    def submit(self, who: str, callback_id: str, view: dict[str, Any]) -> str:
        """Submits a modal; what it says instead of closing."""
        body = {
            "type": "view_submission",
            "team": TEAM,
            "user": {"id": who},
            "view": {"type": "modal", "id": "V1", "callback_id": callback_id, **view},
        }
        answer = self.app.dispatch(BoltRequest(body=body, mode="socket_mode"))
        assert answer.status == 200
        return answer.body or "closed"


def desk(company: Company, slack: AnsweringSlack, now: datetime) -> Desk:
    """The listeners as app.py builds them, with Slack's side of this company."""
    clock, calendar = StillClock(now), CalendarFiles(b"secret", "https://lunch.example.com")
    here: Any = {"workspace_id": company.workspace_id}
    context = {
        "sessions": company.sessions,
        "directory": company.directory,
        "messenger": company.messenger,
        "clock": clock,
        "calendar": calendar,
        "home_of": home_of_readers(
            company.sessions, lambda _who: False, clock=clock, calendar=calendar, site=None, **here
        ),
        "words_of": words_of_readers(company.sessions, **here),
        **here,
    }
    client = prompt_client("xoxb-test", f"{slack.url}/api/")
    app = bolt_app(client=client, signing_secret="secret", team_id=TEAM["id"], context=context)
    return Desk(company, slack, clock, app)
