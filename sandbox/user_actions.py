"""What a user does in Slack: typing a command or a message."""

from collections.abc import Container
from dataclasses import dataclass, field

from sandbox.dispatch import Answer, AppLink
from sandbox.errors import SandboxError
from sandbox.events import Events
from sandbox.exchanges import Exchange, Exchanges
from sandbox.payloads import active, channel_name
from sandbox.posts import Content, Json
from sandbox.responses import Responses
from sandbox.workspace import GENERAL_ID, Channel, Workspace


@dataclass(frozen=True)
class CommandResult:
    """How the app took a command, a button or a choice; `messages` grows as further answers arrive."""

    status: int
    seconds: float
    failure: str | None
    text: str
    trigger_id: str
    response_url: str
    _workspace: Workspace = field(repr=False)
    _exchange: Exchange = field(repr=False)

    @classmethod
    def of(
        cls, answer: Answer, exchange: Exchange, workspace: Workspace, response_url: str
    ) -> "CommandResult":
        return cls(
            answer.status,
            answer.seconds,
            answer.failure,
            answer.text,
            exchange.trigger_id,
            response_url,
            workspace,
            exchange,
        )

    @property
    def messages(self) -> list[Json]:
        """What the user now sees of the app's answers, and what the app posted for all through them.

        In the order of arrival: a quick response URL may overtake the acknowledgement, as in Slack.
        """
        with self._workspace.lock:
            return [post.record() for post in self._exchange.posts if not post.deleted]

    @property
    def errors(self) -> list[str]:
        """Answers that Slack refused, so that nobody saw them."""
        with self._workspace.lock:
            return list(self._exchange.errors)

    def wait_for_messages(self, count: int, timeout: float = 5.0) -> list[Json]:
        with self._workspace.changed:
            self._workspace.changed.wait_for(lambda: len(self.messages) >= count, timeout)
            return self.messages

    def as_json(self) -> Json:
        shown = ("status", "seconds", "failure", "text", "trigger_id", "response_url")
        return {name: getattr(self, name) for name in (*shown, "messages", "errors")}


class UserActions:
    def __init__(
        self,
        workspace: Workspace,
        exchanges: Exchanges,
        responses: Responses,
        app: AppLink,
        events: Events,
        message_events: Container[str],
    ) -> None:
        self._workspace = workspace
        self._exchanges = exchanges
        self._responses = responses
        self._app = app
        self._events = events
        self._message_events = message_events

    def command(
        self, user_id: str, command: str, text: str, channel_id: str | None, wait: float
    ) -> CommandResult:
        if not command.startswith("/"):
            raise SandboxError(f"a command starts with a slash, not {command!r}")
        workspace, bot = self._workspace, self._workspace.installation
        if "commands" not in bot.scopes:
            raise SandboxError("an app without the scope commands has none")
        with workspace.lock:
            member = active(workspace, user_id)
            channel = self._channel(user_id, channel_id or GENERAL_ID)
            exchange = self._exchanges.open(user_id, channel.id)
        form = {
            "token": bot.verification_token,
            "team_id": workspace.team_id,
            "team_domain": workspace.domain,
            "channel_id": channel.id,
            "channel_name": channel_name(channel),
            "user_id": user_id,
            "user_name": workspace.member_shape(member)["name"],
            "command": command,
            "text": text,
            "api_app_id": bot.app_id,
            "is_enterprise_install": "false",
            "response_url": self._exchanges.response_url(exchange),
            "trigger_id": exchange.trigger_id,
        }
        answer = self._app.deliver("command", form)
        if answer.accepted:
            self._responses.in_acknowledgement(exchange, answer.text, answer.headers.get("content-type", ""))
            with workspace.changed:
                workspace.changed.wait_for(
                    lambda: exchange.posts or exchange.errors or exchange.trigger_used, wait
                )
        return CommandResult.of(answer, exchange, workspace, form["response_url"])

    def say(self, user_id: str, channel_id: str, text: str) -> Json:
        """Posts a message of the user; the app hears of it if it has subscribed to such messages."""
        if not text.strip():
            raise SandboxError("an empty message says nothing")
        workspace = self._workspace
        with workspace.lock:
            active(workspace, user_id)
            channel = self._channel(user_id, channel_id)
            if user_id not in channel.members:
                raise SandboxError(f"{user_id} is not in {channel.id}")
            post = workspace.post(channel, Content(text), user=user_id)
            record = post.record()
        kind = {"im": "im", "mpim": "mpim"}.get(channel.kind, "group" if channel.is_private else "channel")
        # Slack tells apps of the messages of their conversations only.
        app_is_in = workspace.installation.bot_user_id in channel.members
        if app_is_in and f"message.{kind}" in self._message_events:
            message = {
                "type": "message",
                "user": user_id,
                "text": text,
                "ts": post.ts,
                "team": workspace.team_id,
            }
            self._events.send(
                {**message, "channel": channel.id, "channel_type": kind, "event_ts": post.ts}, 0
            )
        return record

    def _channel(self, user_id: str, channel_id: str) -> Channel:
        """The channel; the bot's own id stands for the user's direct message with it."""
        workspace = self._workspace
        if channel_id == workspace.installation.bot_user_id:
            return workspace.open_conversation([user_id])
        if channel_id not in workspace.channels:
            raise SandboxError(f"there is no channel {channel_id!r}")
        return workspace.channels[channel_id]
