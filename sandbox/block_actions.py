"""What a user does with the blocks of a message, a modal or a Home tab: pressing and choosing."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.choices import Values, action, initial_values, interactive, with_choices
from sandbox.dispatch import AppLink
from sandbox.errors import SandboxError
from sandbox.exchanges import Exchange, Exchanges
from sandbox.members import Member
from sandbox.payloads import active, channel_name, envelope
from sandbox.posts import Json, Post
from sandbox.user_actions import CommandResult
from sandbox.view_records import Modals, shown_to_app
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Act:
    """Who does what; `choice` is a button's value or what `choices.chosen` takes."""

    user_id: str
    source: Json
    action_id: str
    choice: Any
    block_id: str | None
    entered: Mapping[str, Any]


class BlockActions:
    def __init__(self, workspace: Workspace, exchanges: Exchanges, app: AppLink) -> None:
        self._workspace = workspace
        self._exchanges = exchanges
        self._app = app
        self._modals = Modals(workspace)

    def press(self, act: Act, wait: float) -> CommandResult:
        return self._act(act, lambda element: _is_button(element, act.choice), wait)

    def choose(self, act: Act, wait: float) -> CommandResult:
        return self._act(act, lambda element: element["type"] != "button", wait)

    def _act(self, act: Act, fits: Callable[[Json], bool], wait: float) -> CommandResult:
        workspace = self._workspace
        with workspace.lock:
            member = active(workspace, act.user_id)
            if "ts" in act.source or "id" not in act.source:
                exchange, payload, seen = self._on_message(act, member, fits)
            else:
                exchange, payload, seen = self._on_view(act, member, fits)
            before, seq = seen(), len(workspace.posts)
        answer = self._app.deliver("interaction", payload)
        if answer.accepted:
            with workspace.changed:
                workspace.changed.wait_for(
                    lambda: (
                        exchange.uses
                        or exchange.trigger_used
                        or seen() != before
                        or self._noticed(act.user_id, seq)
                    ),
                    wait,
                )
        return CommandResult.of(answer, exchange, workspace, payload.get("response_url", ""))

    def _on_message(
        self, act: Act, member: Member, fits: Callable[[Json], bool]
    ) -> tuple[Exchange, Json, Callable[[], Any]]:
        workspace, bot = self._workspace, self._workspace.installation
        post = self._visible_post(act.user_id, act.source)
        block, element = _find(post.content.blocks, act, fits)
        values = self._chosen_in(post, act, block, element)
        exchange = self._exchanges.open(act.user_id, post.channel, post)
        channel = workspace.channels[post.channel]
        payload = {
            **envelope(workspace, "block_actions", member),
            "container": {
                "type": "message",
                "message_ts": post.ts,
                "channel_id": post.channel,
                "is_ephemeral": post.ephemeral_to is not None,
            },
            "channel": {"id": channel.id, "name": channel_name(channel)},
            "trigger_id": exchange.trigger_id,
            "response_url": self._exchanges.response_url(exchange),
            "state": {"values": values},
            "actions": [action(block, element, act.choice, workspace.next_ts())],
        }
        # Slack does not send an ephemeral message back: the app only gets to know where it stood.
        if post.ephemeral_to is None:
            payload["message"] = post.message(
                bot_id=bot.bot_id, app_id=bot.app_id, team_id=workspace.team_id, with_metadata=True
            )
        return exchange, payload, lambda: post.revision

    def _on_view(
        self, act: Act, member: Member, fits: Callable[[Json], bool]
    ) -> tuple[Exchange, Json, Callable[[], Any]]:
        workspace = self._workspace
        view, is_home = self._visible_view(act.user_id, str(act.source["id"]))
        block, element = _find(view["blocks"], act, fits)
        chosen = _stateful(block, element, view["state"]["values"], act.choice)
        values = with_choices(view["blocks"], view["state"]["values"], {**act.entered, **chosen})
        if is_home:
            view = {**view, "state": {"values": values}}
            workspace.keep_home(view, act.user_id)
        else:
            view = self._modals.enter(view, values)
        exchange = self._exchanges.open(act.user_id, "", view_id=view["id"])
        payload = {
            **envelope(workspace, "block_actions", member),
            "container": {"type": "view", "view_id": view["id"]},
            "trigger_id": exchange.trigger_id,
            "view": copy.deepcopy(shown_to_app(view)),
            "actions": [action(block, element, act.choice, workspace.next_ts())],
        }

        def seen() -> Any:
            home = workspace.homes.get(act.user_id, {})
            return [home.get("hash"), *(each["hash"] for each in self._modals.of(act.user_id))]

        return exchange, payload, seen

    def _chosen_in(self, post: Post, act: Act, block: Json, element: Json) -> Values:
        """The state of the message's inputs as this user has set them, this choice included."""
        key = (act.user_id, post.ts)
        revision, before = self._workspace.chosen.get(key, (None, {}))
        values = before if revision == post.revision else initial_values(post.content.blocks)
        chosen = _stateful(block, element, values, act.choice)
        values = with_choices(post.content.blocks, values, {**act.entered, **chosen})
        self._workspace.chosen[key] = (post.revision, values)
        return values

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

    def _visible_view(self, user_id: str, view_id: str) -> tuple[Json, bool]:
        home = self._workspace.homes.get(user_id)
        if home and home["id"] == view_id:
            return home, True
        stack = self._modals.of(user_id)
        if not stack or stack[-1]["id"] != view_id:
            raise SandboxError(f"{user_id} does not see the view {view_id}")
        return stack[-1], False


def _is_button(element: Json, value: str | None) -> bool:
    return element["type"] == "button" and value in (None, element.get("value"))


def _stateful(block: Json, element: Json, values: Values, choice: Any) -> dict[str, Any]:
    if element["action_id"] not in values.get(block["block_id"], {}):
        return {}
    return {block["block_id"]: {element["action_id"]: choice}}


def _find(blocks: list[Json], act: Act, fits: Callable[[Json], bool]) -> tuple[Json, Json]:
    named = [
        (block, element)
        for block, element in interactive(blocks)
        if element["action_id"] == act.action_id and act.block_id in (None, block["block_id"])
    ]
    found = [(block, element) for block, element in named if fits(element)]
    if not found:
        there = ", ".join(f"{e['action_id']}={e.get('value')}" for _, e in interactive(blocks))
        raise SandboxError(
            f"no button {act.action_id!r} with value {act.choice!r}; there are: {there or 'none'}"
            if not named or named[0][1]["type"] == "button"
            else f"{act.action_id!r} is a {named[0][1]['type']}: choose in it"
        )
    if len(found) > 1:
        raise SandboxError(f"several buttons {act.action_id!r}: say which value or block_id")
    return found[0]
