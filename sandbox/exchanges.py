"""What a user's action hands to the app: a trigger id for one modal and a response URL for a few answers."""

from dataclasses import dataclass, field

from sandbox.errors import ApiError
from sandbox.posts import Post
from sandbox.workspace import Workspace

TRIGGER_SECONDS = 3
RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5


@dataclass
class Exchange:
    user_id: str
    channel_id: str
    started: float  # on the unhurried clock: a fast sandbox does not make apps or people faster
    trigger_id: str
    response_token: str
    source: Post | None = None
    view_id: str | None = None
    trigger_used: bool = False
    uses: int = 0
    posts: list[Post] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Exchanges:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.base_url = ""
        self.clear()

    def clear(self) -> None:
        with self._workspace.lock:
            self._by_trigger: dict[str, Exchange] = {}
            self._by_token: dict[str, Exchange] = {}

    def open(
        self, user_id: str, channel_id: str, source: Post | None = None, view_id: str | None = None
    ) -> Exchange:
        workspace = self._workspace
        with workspace.lock:
            number = len(self._by_trigger) + 1
            secret = f"{workspace.random.getrandbits(96):024x}"
            exchange = Exchange(
                user_id,
                channel_id,
                workspace.clock.unhurried(),
                f"{number}.{number * 7919}.{secret}",
                secret,
                source,
                view_id,
            )
            self._by_trigger[exchange.trigger_id] = exchange
            self._by_token[exchange.response_token] = exchange
            return exchange

    def response_url(self, exchange: Exchange) -> str:
        return f"{self.base_url}/response/{exchange.response_token}"

    def for_trigger(self, trigger_id: str) -> Exchange:
        with self._workspace.lock:
            exchange = self._by_trigger.get(trigger_id)
            if exchange is None:
                raise ApiError("invalid_trigger_id")
            if exchange.trigger_used:
                raise ApiError("exchanged_trigger_id")
            if self._workspace.clock.unhurried() - exchange.started > TRIGGER_SECONDS:
                raise ApiError("expired_trigger_id")
            return exchange

    def for_response(self, token: str) -> Exchange:
        with self._workspace.lock:
            exchange = self._by_token.get(token)
            if exchange is None:
                raise ApiError("invalid_url")
            if exchange.uses >= RESPONSE_URL_USES:
                exchange.errors.append("used_url")
                raise ApiError("used_url")
            if self._workspace.clock.unhurried() - exchange.started > RESPONSE_URL_SECONDS:
                exchange.errors.append("expired_url")
                raise ApiError("expired_url")
            return exchange
