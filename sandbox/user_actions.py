"""What a user does in Slack: typing a command and pressing a button."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from sandbox.dispatch import FORM, Answer, AppLink
from sandbox.errors import SandboxError
from sandbox.exchanges import Exchange, Exchanges
from sandbox.posts import Json, Post, buttons
from sandbox.responses import Responses
from sandbox.workspace import GENERAL_ID, Workspace


@dataclass(frozen=True)
class CommandResult:
    """How the app took a command or a button; `messages` grows as further answers arrive."""

    status: int
    seconds: float
    failure: str | None
    text: str
    trigger_id: str
    response_url: str
    _workspace: Workspace = field(repr=False)
    _exchange: Exchange = field(repr=False)

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
        self, workspace: Workspace, exchanges: Exchanges, responses: Responses, app: AppLink
    ) -> None:
        self._workspace = workspace
        self._exchanges = exchanges
        self._responses = responses
        self._app = app
        self.base_url = ""

    def command(
        self, user_id: str, command: str, text: str, channel_id: str | None, wait: float
    ) -> CommandResult:
        if not command.startswith("/"):
            raise SandboxError(f"a command starts with a slash, not {command!r}")
        workspace, bot = self._workspace, self._workspace.installation
        if "commands" not in bot.scopes:
            raise SandboxError("an app without the scope commands has none")
        with workspace.lock:
            member = self._active(user_id)
            channel = workspace.channels.get(channel_id or GENERAL_ID)
            if channel is None:
                raise SandboxError(f"there is no channel {channel_id!r}")
            exchange = self._exchanges.open(user_id, channel.id)
        form = {
            "token": bot.verification_token,
            "team_id": workspace.team_id,
            "team_domain": workspace.domain,
            "channel_id": channel.id,
            "channel_name": "directmessage" if channel.kind == "im" else channel.name,
            "user_id": user_id,
            "user_name": workspace.member_shape(member)["name"],
            "command": command,
            "text": text,
            "api_app_id": bot.app_id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(exchange),
            "trigger_id": exchange.trigger_id,
        }
        answer = self._app.send_signed("command", urlencode(form).encode(), FORM)
        if answer.accepted:
            self._responses.in_acknowledgement(exchange, answer.text, answer.headers.get("content-type", ""))
            with workspace.changed:
                workspace.changed.wait_for(
                    lambda: exchange.posts or exchange.errors or exchange.trigger_used, wait
                )
        return self._result(answer, exchange)

    def press(
        self, user_id: str, message: Json, action_id: str, value: str | None, wait: float
    ) -> CommandResult:
        workspace = self._workspace
        with workspace.lock:
            member = self._active(user_id)
            post = self._visible_post(user_id, message)
            block, button = _find_button(post, action_id, value)
            exchange = self._exchanges.open(user_id, post.channel, post)
            seq, revision = len(workspace.posts), post.revision
            payload = {
                **self._surroundings(post, exchange),
                "user": {
                    "id": user_id,
                    "username": workspace.member_shape(member)["name"],
                    "name": workspace.member_shape(member)["name"],
                    "team_id": member.team_id,
                },
                "actions": [_action(block, button, workspace.next_ts())],
            }
        body = urlencode({"payload": json.dumps(payload)}).encode()
        answer = self._app.send_signed("interaction", body, FORM)
        if answer.accepted:
            with workspace.changed:
                workspace.changed.wait_for(
                    lambda: (
                        exchange.uses
                        or exchange.trigger_used
                        or post.revision > revision
                        or self._noticed(user_id, seq)
                    ),
                    wait,
                )
        return self._result(answer, exchange)

    def _surroundings(self, post: Post, exchange: Exchange) -> Json:
        workspace, bot = self._workspace, self._workspace.installation
        channel = workspace.channels[post.channel]
        payload: Json = {
            "type": "block_actions",
            "api_app_id": bot.app_id,
            "token": bot.verification_token,
            "team": {"id": workspace.team_id, "domain": workspace.domain},
            "enterprise": None,
            "is_enterprise_install": False,
            "container": {
                "type": "message",
                "message_ts": post.ts,
                "channel_id": post.channel,
                "is_ephemeral": post.ephemeral_to is not None,
            },
            "channel": {
                "id": channel.id,
                "name": "directmessage" if channel.kind == "im" else channel.name,
            },
            "trigger_id": exchange.trigger_id,
            "response_url": self._response_url(exchange),
            "state": {"values": {}},
        }
        # Slack does not send an ephemeral message back: the app only gets to know where it stood.
        if post.ephemeral_to is None:
            payload["message"] = post.message(
                bot_id=bot.bot_id, app_id=bot.app_id, team_id=workspace.team_id, with_metadata=True
            )
        return payload

    def _noticed(self, user_id: str, seq: int) -> bool:
        """Whether the user got an ephemeral or direct message since."""
        channels = self._workspace.channels
        return any(
            post.ephemeral_to == user_id
            or (channels[post.channel].kind == "im" and user_id in channels[post.channel].members)
            for post in self._workspace.posts[seq:]
        )

    def _visible_post(self, user_id: str, message: Json) -> Post:
        channel_id, ts = message.get("channel"), message.get("ts")
        post = self._workspace.find_post(str(channel_id), str(ts))
        if post is None:
            raise SandboxError(f"there is no message {ts} in {channel_id} (any more)")
        members = self._workspace.channels[post.channel].members
        if post.ephemeral_to not in (None, user_id) or (not post.ephemeral_to and user_id not in members):
            raise SandboxError(f"{user_id} does not see the message {ts} in {channel_id}")
        return post

    def _active(self, user_id: str) -> Any:
        member = self._workspace.member(user_id)
        if member.deleted or member.is_bot:
            raise SandboxError(f"{user_id} is deactivated or a bot, and can do nothing in Slack")
        return member

    def _response_url(self, exchange: Exchange) -> str:
        return f"{self.base_url}/response/{exchange.response_token}"

    def _result(self, answer: Answer, exchange: Exchange) -> CommandResult:
        return CommandResult(
            answer.status,
            answer.seconds,
            answer.failure,
            answer.text,
            exchange.trigger_id,
            self._response_url(exchange),
            self._workspace,
            exchange,
        )


def _find_button(post: Post, action_id: str, value: str | None) -> tuple[Json, Json]:
    found = [
        (block, button)
        for block, button in buttons(post.content.blocks)
        if button["action_id"] == action_id and value in (None, button.get("value"))
    ]
    if not found:
        there = ", ".join(f"{b['action_id']}={b.get('value')}" for _, b in buttons(post.content.blocks))
        raise SandboxError(f"no button {action_id!r} with value {value!r}; there are: {there or 'none'}")
    if len(found) > 1:
        raise SandboxError(f"several buttons {action_id!r}: say which value")
    return found[0]


def _action(block: Json, button: Json, ts: str) -> Json:
    shown: Json = {
        key: button[key] for key in ("action_id", "text", "value", "style", "url") if key in button
    }
    return {"type": "button", "block_id": block["block_id"], **shown, "action_ts": ts}
