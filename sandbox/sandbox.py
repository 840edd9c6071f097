"""The sandbox as its driver sees it: everything that a test, the demo or the control API can do with it."""

import copy
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from sandbox.clock import Clock
from sandbox.control import Control
from sandbox.dispatch import AppLink
from sandbox.errors import SandboxError
from sandbox.events import EventResult, Events
from sandbox.exchanges import Exchanges
from sandbox.faults import Fault, Faults
from sandbox.installation import DEFAULT_SCOPES, Installation
from sandbox.members import Member
from sandbox.methods import METHODS
from sandbox.posts import Json
from sandbox.rate_limits import RateLimits
from sandbox.responses import Responses
from sandbox.server import SlackServer
from sandbox.traffic import Traffic
from sandbox.user_actions import CommandResult, UserActions
from sandbox.web_api import WebApi
from sandbox.workspace import Workspace


class Sandbox:
    """A Slack workspace on this machine with one app installed; as a context manager it starts and stops."""

    def __init__(
        self,
        app_url: str | None = None,
        *,
        signing_secret: str,
        bot_token: str,
        scopes: Iterable[str] = DEFAULT_SCOPES,
        team_id: str = "T0LUNCH",
        team_name: str = "Lunch Company",
        seed: int = 0,
        speed: float = 1.0,
        port: int = 0,
        host: str = "127.0.0.1",
    ) -> None:
        self._address = (host, port)
        self._port: int | None = None
        self._installation = Installation(signing_secret, bot_token, tuple(scopes))
        self._clock = Clock(speed)
        self._workspace = Workspace(
            self._clock, self._installation, team_id=team_id, team_name=team_name, seed=seed
        )
        self._exchanges = Exchanges(self._workspace)
        self._responses = Responses(self._workspace, self._exchanges)
        self._limits = RateLimits(self._clock)
        self._faults = Faults(seed)
        self._traffic = Traffic()
        self._requests = Traffic()
        self._app = AppLink(None, self._installation, self._clock, self._requests)
        self._app.url = app_url
        self._users = UserActions(self._workspace, self._exchanges, self._responses, self._app)
        self._events = Events(self._workspace, self._app)
        web_api = WebApi(self._workspace, self._exchanges, self._limits, self._traffic, METHODS)
        self._server = SlackServer(
            web_api=web_api,
            responses=self._responses,
            control=Control(self),
            faults=self._faults,
            traffic=self._traffic,
            clock=self._clock,
        )

    # Running

    def start(self) -> Self:
        if self._port is None:
            self._clock.restart()
            self._port = self._server.start(*self._address)
            self._users.base_url = self.url
        return self

    def stop(self) -> None:
        self._clock.stop()
        self._server.stop()
        self._port = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        if self._port is None:
            raise SandboxError("the sandbox is not running: start it first")
        return f"http://{self._address[0]}:{self._port}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def app_url(self) -> str | None:
        return self._app.url

    @app_url.setter
    def app_url(self, url: str | None) -> None:
        self._app.url = url

    @property
    def installation(self) -> Installation:
        """Tokens, ids and scopes of the app; set `account_inactive` or `scopes` on it."""
        return self._installation

    def app_state(self) -> Json:
        app = self._installation
        return {
            "app_url": self.app_url,
            "scopes": list(app.scopes),
            "account_inactive": app.account_inactive,
            "bot_user_id": app.bot_user_id,
        }

    def update_app(
        self,
        *,
        app_url: str | None = None,
        scopes: Iterable[str] | None = None,
        account_inactive: bool | None = None,
    ) -> Json:
        """Changes what is given, and leaves the rest."""
        if app_url is not None:
            self.app_url = app_url
        if scopes is not None:
            scopes = tuple(scopes)
            if not all(isinstance(scope, str) for scope in scopes):
                raise SandboxError("scopes are strings")
            self._installation.scopes = scopes
        if account_inactive is not None:
            self._installation.account_inactive = account_inactive
        return self.app_state()

    def reset(self) -> None:
        """Back to an empty workspace, with the same app; the clock goes on."""
        self._workspace.reset()
        self._exchanges.clear()
        self._limits.clear()
        self._faults.clear()
        self.clear_traffic()
        self._installation.account_inactive = False

    # Time

    def now(self) -> float:
        return self._clock.now()

    def advance(self, seconds: float) -> float:
        """Moves the clock ahead, and with it rate limits, triggers, response URLs and retries."""
        try:
            return self._clock.advance(seconds)
        except ValueError as error:
            raise SandboxError(str(error)) from error

    # People and channels

    def add_user(self, id: str | None = None, **details: Any) -> Json:
        """Details are the fields of `members.Member`; `name` is needed."""
        return self._shown(self._workspace.add_member(id=id, **details))

    def add_users(self, users: Iterable[Json]) -> list[Json]:
        users = list(users)
        if not all(isinstance(user, dict) for user in users):
            raise SandboxError("every user is an object with a name, and more fields if you like")
        with self._workspace.lock:
            return [self.add_user(**user) for user in users]

    def update_user(self, id: str, *, notify: bool = False, **changes: Any) -> Json:
        """`notify` sends the app a user_change event too."""
        user = self._shown(self._workspace.update_member(id, **changes))
        if notify:
            event = {"type": "user_change", "user": user, "cache_ts": int(self.now())}
            self.send_event(event)
        return user

    def users(self) -> list[Json]:
        with self._workspace.lock:
            return [self._shown(member) for member in self._workspace.members.values()]

    def _shown(self, member: Member) -> Json:
        return self._workspace.member_shape(member)

    def add_channel(
        self, name: str, members: Iterable[str] = (), *, id: str | None = None, is_private: bool = False
    ) -> Json:
        channel = self._workspace.add_channel(name, members, id=id, is_private=is_private)
        return self._workspace.channel_record(channel)

    # What users do, and what Slack tells the app

    def command(
        self, user_id: str, command: str, text: str = "", channel_id: str | None = None, wait: float = 5.0
    ) -> CommandResult:
        """Types a command, and waits until the user sees an answer, at most `wait` seconds."""
        return self._users.command(user_id, command, text, channel_id, wait)

    def press(
        self, user_id: str, message: Json, action_id: str, value: str | None = None, wait: float = 5.0
    ) -> CommandResult:
        """Presses a button, and waits until the user sees that something changed, at most `wait` seconds."""
        return self._users.press(user_id, message, action_id, value, wait)

    def send_event(self, event: Json, wait: float = 5.0) -> EventResult:
        """Sends an event; where the app does not take it, waits for the retries, at most `wait` seconds."""
        if not isinstance(event.get("type"), str):
            raise SandboxError("an event has a type")
        return self._events.send(event, wait)

    def sign(self, body: bytes, timestamp: int | None = None) -> dict[str, str]:
        return self._app.sign(body, timestamp)

    def raw_request(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """The app's status and answer to exactly this; the status is 0 where none came."""
        answer = self._app.send("raw", body, headers)
        return answer.status, answer.text

    # Reading back

    def messages(self, channel_id: str | None = None) -> list[Json]:
        """What was posted for everybody in a channel, in the order of posting."""
        with self._workspace.lock:
            return [
                post.record()
                for post in self._workspace.posts
                if not post.deleted and not post.ephemeral_to and channel_id in (None, post.channel)
            ]

    def ephemeral_of(self, user_id: str) -> list[Json]:
        with self._workspace.lock:
            posts = self._workspace.posts
            return [p.record() for p in posts if not p.deleted and p.ephemeral_to == user_id]

    def channels(self) -> list[Json]:
        with self._workspace.lock:
            return [self._workspace.channel_record(c) for c in self._workspace.channels.values()]

    def dms_of(self, user_id: str) -> list[Json]:
        """The direct messages, of two or more, that the user is in, each with its messages."""
        with self._workspace.lock:
            mine = [c for c in self.channels() if c["kind"] != "channel" and user_id in c["members"]]
            return [{**channel, "messages": self.messages(channel["id"])} for channel in mine]

    def views(self) -> list[Json]:
        """The modals that were opened, in order, with `opened_by`."""
        with self._workspace.lock:
            return copy.deepcopy(list(self._workspace.views.values()))

    def home_of(self, user_id: str) -> Json | None:
        with self._workspace.lock:
            return copy.deepcopy(self._workspace.homes.get(user_id))

    def traffic(self) -> list[Json]:
        """Web API calls and response URL uses, in the order of arrival."""
        return self._traffic.entries()

    def requests_to_app(self) -> list[Json]:
        return self._requests.entries()

    def clear_traffic(self) -> None:
        self._traffic.clear()
        self._requests.clear()

    # Faults

    def inject(self, fault: Fault | Json) -> Fault:
        return self._faults.inject(fault)

    def clear_faults(self) -> None:
        self._faults.clear()

    def faults(self) -> list[Json]:
        """The faults that can still strike, with the number of times left."""
        return self._faults.active()
