"""The sandbox as its driver sees it: everything that a test, the demo or the control API can do with it."""

from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Self

from sandbox.block_actions import BlockActions
from sandbox.clock import Clock
from sandbox.control import Control
from sandbox.dispatch import AppLink
from sandbox.driving import Driving
from sandbox.errors import SandboxError
from sandbox.events import Events
from sandbox.exchanges import Exchanges
from sandbox.faults import Fault, Faults
from sandbox.installation import DEFAULT_SCOPES, Installation
from sandbox.methods import METHODS
from sandbox.openid import OpenId
from sandbox.openid_server import OpenIdServer
from sandbox.page_server import PageServer
from sandbox.page_view import PageView
from sandbox.posts import Json
from sandbox.program import Program
from sandbox.rate_limits import RateLimits
from sandbox.responses import Responses
from sandbox.server import SlackServer
from sandbox.socket_mode import Sockets
from sandbox.traffic import Traffic
from sandbox.user_actions import UserActions
from sandbox.view_actions import ViewActions
from sandbox.web_api import WebApi
from sandbox.workspace import Workspace


class Sandbox(Driving):
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
        app_token: str | None = None,
        client_id: str = "",
        client_secret: str = "",
        commands: Iterable[str] = ("/lunch",),
        message_events: Iterable[str] = (),
        profile_fields: Mapping[str, str] | None = None,
        page_buttons: Mapping[str, Callable[[], str]] | None = None,
        page_clock: Callable[[], str] | None = None,
    ) -> None:
        """Nobody but the driver knows what the app has subscribed to: `message_events`, such as "message.im".

        `commands` are lines that the page suggests, and `profile_fields` are labels by id. The page shows
        `page_buttons` and `page_clock`; the clock must answer at once, for every message is stamped with it.
        """
        self._address = (host, port)
        self._port: int | None = None
        self._installation = Installation(signing_secret, bot_token, tuple(scopes), app_token)
        self._installation.client_id, self._installation.client_secret = client_id, client_secret
        self._clock = Clock(speed)
        self._workspace = Workspace(
            self._clock, self._installation, team_id=team_id, team_name=team_name, seed=seed
        )
        for field_id, label in (profile_fields or {}).items():
            self.add_profile_field(field_id, label)
        self._exchanges = Exchanges(self._workspace)
        self._responses = Responses(self._workspace, self._exchanges)
        self._limits = RateLimits(self._clock)
        self._faults = Faults(seed)
        self._traffic = Traffic(self._workspace.changed)
        self._requests = Traffic(self._workspace.changed)
        self._sockets = Sockets(self._installation)
        self._openid = OpenId(self._workspace)
        self._app = AppLink(self._installation, self._clock, self._requests, self._sockets)
        self._app.url = app_url
        self._act_through(self._app, tuple(message_events))
        self._program = Program(page_buttons or {}, page_clock, self._workspace.changed)
        self._workspace.stamp = self._program.now
        self._serve(tuple(commands))

    def _act_through(self, app: AppLink, message_events: tuple[str, ...]) -> None:
        workspace, exchanges = self._workspace, self._exchanges
        self._events = Events(workspace, app)
        self._users = UserActions(workspace, exchanges, self._responses, app, self._events, message_events)
        self._blocks = BlockActions(workspace, exchanges, app)
        self._views = ViewActions(workspace, exchanges, app, self._events)

    def _serve(self, commands: tuple[str, ...]) -> None:
        view = PageView(self._workspace, self._program, commands, self._traffic, self._requests)
        self._page = PageServer(self._workspace, view)
        self._server = SlackServer(
            web_api=WebApi(
                self._workspace,
                self._exchanges,
                self._limits,
                self._traffic,
                METHODS,
                self._sockets,
                self._openid,
            ),
            sockets=self._sockets,
            page=self._page,
            openid=OpenIdServer(self._workspace, self._openid),
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
            self._exchanges.base_url = self._openid.issuer = self.url
            self._sockets.base_url = self.url.replace("http://", "ws://", 1)
            self._page.start()
        return self

    def stop(self) -> None:
        self._clock.stop()
        self._sockets.close()
        self._page.stop()
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
            "redirect_urls": list(app.redirect_urls),
            "bot_user_id": app.bot_user_id,
        }

    def update_app(
        self,
        *,
        app_url: str | None = None,
        scopes: Iterable[str] | None = None,
        account_inactive: bool | None = None,
        redirect_urls: Iterable[str] | None = None,
    ) -> Json:
        """Changes what is given, and leaves the rest."""
        if app_url is not None:
            self.app_url = app_url
        if scopes is not None:
            scopes = tuple(scopes)
            if not all(isinstance(scope, str) for scope in scopes):
                raise SandboxError("scopes are strings")
            self._installation.scopes = scopes
        if redirect_urls is not None:
            self._installation.redirect_urls = tuple(redirect_urls)
        if account_inactive is not None:
            self._installation.account_inactive = account_inactive
        return self.app_state()

    def reset(self) -> None:
        """Back to an empty workspace, with the same app; the clock goes on."""
        self._workspace.reset()
        self._exchanges.clear()
        self._limits.clear()
        self._faults.clear()
        self._openid.clear()
        self.clear_traffic()
        self._installation.account_inactive = False

    def press_page_button(self, label: str) -> str:
        """Presses one of the `page_buttons`, and waits for its sentence."""
        return self._program.press(label)

    # Time

    def now(self) -> float:
        return self._clock.now()

    def advance(self, seconds: float) -> float:
        """Moves the clock ahead, and with it rate limits, triggers, response URLs and retries."""
        try:
            return self._clock.advance(seconds)
        except ValueError as error:
            raise SandboxError(str(error)) from error

    # Faults

    def inject(self, fault: Fault | Json) -> Fault:
        return self._faults.inject(fault)

    def clear_faults(self) -> None:
        self._faults.clear()

    def faults(self) -> list[Json]:
        """The faults that can still strike, with the number of times left."""
        return self._faults.active()
