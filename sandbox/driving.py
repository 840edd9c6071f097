"""What a driver can do in the sandbox: bring in people, act as them, and tell the app of events."""

from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.block_actions import Act, BlockActions
from sandbox.dispatch import AppLink
from sandbox.errors import SandboxError
from sandbox.events import EventResult, Events
from sandbox.openid import OpenId
from sandbox.posts import Json
from sandbox.reading import Reading
from sandbox.socket_mode import REASONS
from sandbox.user_actions import CommandResult, UserActions
from sandbox.view_actions import ViewActions, ViewResult


class Driving(Reading):
    """People and channels, what users do, and what Slack tells the app."""

    _app: AppLink
    _blocks: BlockActions
    _events: Events
    _openid: OpenId
    _users: UserActions
    _views: ViewActions

    def add_user(self, id: str | None = None, **details: Any) -> Json:
        """Details are the fields of `members.Member`; `name` is needed."""
        return self._shown(self._workspace.add_member(id=id, **details))

    def add_users(self, users: Iterable[Json]) -> list[Json]:
        users = list(users)
        if not all(isinstance(user, dict) for user in users):
            raise SandboxError("every user is an object with a name, and more fields if you like")
        with self._workspace.lock:
            return [self.add_user(**user) for user in users]

    def add_profile_field(self, id: str, label: str, *, type: str = "text", is_hidden: bool = False) -> Json:
        """Defines a custom profile field; people have theirs in `fields`, by id."""
        return self._workspace.add_profile_field(id, label, type=type, is_hidden=is_hidden)

    def update_user(self, id: str, *, notify: bool = False, **changes: Any) -> Json:
        """`notify` sends the app a user_change event too, where Slack has one: custom fields have none."""
        user = self._shown(self._workspace.update_member(id, **changes))
        if notify and changes.keys() != {"fields"}:
            event = {"type": "user_change", "user": user, "cache_ts": int(self._workspace.clock.now())}
            self.send_event(event)
        return user

    def set_user_group(self, id: str, users: Iterable[str], *, is_disabled: bool = False) -> Json:
        """Makes a user group, or changes who is in it."""
        group = self._workspace.set_user_group(id, users, is_disabled=is_disabled)
        return {"id": id, "users": list(group.users), "is_disabled": group.is_disabled}

    def add_channel(
        self, name: str, members: Iterable[str] = (), *, id: str | None = None, is_private: bool = False
    ) -> Json:
        channel = self._workspace.add_channel(name, members, id=id, is_private=is_private)
        return self._workspace.channel_record(channel)

    def command(
        self, user_id: str, command: str, text: str = "", channel_id: str | None = None, wait: float = 5.0
    ) -> CommandResult:
        """Types a command, and waits until the user sees an answer, at most `wait` seconds."""
        return self._users.command(user_id, command, text, channel_id, wait)

    def press(
        self,
        user_id: str,
        message: Json,
        action_id: str,
        value: str | None = None,
        wait: float = 5.0,
        *,
        block_id: str | None = None,
        entered: Mapping[str, Any] | None = None,
    ) -> CommandResult:
        """Presses a button of a message or view, and waits until the user sees that something changed.

        `entered` is what the user has put into the other inputs, as for `submit_view`.
        """
        act = Act(user_id, message, action_id, value, block_id, entered or {})
        return self._blocks.press(act, wait)

    def choose(
        self,
        user_id: str,
        message: Json,
        action_id: str,
        choice: Any,
        wait: float = 5.0,
        *,
        block_id: str | None = None,
        entered: Mapping[str, Any] | None = None,
    ) -> CommandResult:
        """Chooses in a menu, picker, overflow menu or input of a message or view, and waits as `press` does.

        The choice is an option's value, a user's or channel's id, a list of them, a date, a time, or None.
        """
        act = Act(user_id, message, action_id, choice, block_id, entered or {})
        return self._blocks.choose(act, wait)

    def submit_view(self, user_id: str, view_id: str, values: Mapping[str, Any] | None = None) -> ViewResult:
        """Submits the modal on top. Values are choices by block_id, or by block_id and action_id."""
        return self._views.submit(user_id, view_id, values or {})

    def close_view(self, user_id: str, view_id: str, *, every: bool = False) -> ViewResult:
        """Closes the modal on top, or with `every` all that lie on each other, as the cross does."""
        return self._views.close(user_id, view_id, every=every)

    def open_home(self, user_id: str, wait: float = 5.0) -> EventResult:
        """Opens the app's Home tab, and waits until the app publishes it, at most `wait` seconds."""
        return self._views.open_home(user_id, wait)

    def sign_in_as(self, user_id: str | None = None) -> None:
        """From now on this user agrees whenever an app asks who they are; None has a page ask."""
        if user_id is not None:
            self._workspace.member(user_id)
        self._openid.user_id = user_id

    def spoil_id_token(self, what: str) -> None:
        """The next ID token is wrong in one of `openid.SPOILS`."""
        self._openid.spoil(what)

    def rotate_signing_key(self) -> None:
        """From now on ID tokens are signed with another key, which is among the published ones."""
        self._openid.rotate_key()

    def say(self, user_id: str, channel_id: str, text: str) -> Json:
        """Posts the user's own message; the bot's user id stands for the direct message with the app."""
        return self._users.say(user_id, channel_id, text)

    def mark_read(self, user_id: str, channel_id: str) -> None:
        """The user has seen everything in the channel."""
        self._workspace.mark_read(user_id, channel_id)

    def disconnect_sockets(self, reason: str = "refresh_requested") -> int:
        """Asks the app's WebSockets to connect anew, and says how many were asked."""
        if reason not in REASONS:
            raise SandboxError(f"a reason is one of: {', '.join(REASONS)}")
        return self._sockets.disconnect(reason)

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
