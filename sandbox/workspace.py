"""The state of the sandbox's Slack workspace: members, conversations and messages."""

import random
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sandbox.choices import Values
from sandbox.clock import Clock
from sandbox.errors import SandboxError
from sandbox.files import StoredFile
from sandbox.installation import Installation
from sandbox.members import CHANGEABLE, SLACKBOT_ID, Member, check_member, member_shape
from sandbox.posts import Content, Json, Post, name_blocks

GENERAL_ID = "C0GENERAL"


@dataclass
class Channel:
    id: str
    kind: str
    name: str
    members: list[str] = field(default_factory=list)
    created: int = 0
    is_private: bool = False


@dataclass(frozen=True)
class UserGroup:
    users: tuple[str, ...]
    is_disabled: bool = False


class Workspace:
    """Every method takes the lock; whoever needs several steps as one holds `lock` around them.

    Nobody may sleep or call the app while holding it. `changed` is notified after every change.
    """

    def __init__(
        self, clock: Clock, installation: Installation, *, team_id: str, team_name: str, seed: int
    ) -> None:
        self.clock = clock
        self.installation = installation
        self.team_id = team_id
        self.team_name = team_name
        self.domain = "".join(c for c in team_name.lower() if c.isalnum()) or "sandbox"
        self.seed = seed
        self.profile_fields: list[Json] = []
        # What the program's clock says when a message is posted.
        self.stamp: Callable[[], str] = str
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self._last_ts = 0
        self.reset()

    def reset(self) -> None:
        with self.changed:
            self.random = random.Random(self.seed)  # noqa: S311 (reproducible ids, no secrets)
            self.members: dict[str, Member] = {}
            self.user_groups: dict[str, UserGroup] = {}
            self.channels: dict[str, Channel] = {}
            self.posts: list[Post] = []
            self.files: dict[str, StoredFile] = {}
            self.views: dict[str, Json] = {}
            self.homes: dict[str, Json] = {}
            self.stacks: dict[str, list[str]] = {}
            self.chosen: dict[tuple[str, str], tuple[int, Values]] = {}
            self.read_up_to: dict[tuple[str, str], int] = {}
            self._by_channel: dict[str, list[Post]] = {}
            self._opened: dict[frozenset[str], str] = {}
            self._counters: dict[str, int] = {}
            self.add_channel("general", id=GENERAL_ID)
            bot = self.installation
            self.add_member(id=SLACKBOT_ID, name="Slackbot")
            self.add_member(id=bot.bot_user_id, name=bot.bot_name, is_bot=True)
            self.changed.notify_all()

    # Members

    def add_member(self, *, id: str | None = None, **details: Any) -> Member:
        with self.changed:
            if unknown := details.keys() - CHANGEABLE:
                raise SandboxError(f"a user has no {', '.join(sorted(unknown))}")
            details["team_id"] = details.get("team_id") or self.team_id
            member = check_member(
                Member(id=self.new_id("U") if id is None else id, **{"name": "", **details})
            )
            if member.id in self.members:
                raise SandboxError(f"there is a user {member.id} already")
            member.updated = int(self.clock.now())
            self.members[member.id] = member
            if not (member.is_bot or member.is_guest or member.id == SLACKBOT_ID):
                self.channels[GENERAL_ID].members.append(member.id)
            self.changed.notify_all()
            return member

    def update_member(self, user_id: str, **changes: Any) -> Member:
        with self.changed:
            if unknown := changes.keys() - CHANGEABLE:
                raise SandboxError(f"a user has no {', '.join(sorted(unknown))} that could change")
            member = replace(self.member(user_id), **changes, updated=int(self.clock.now()))
            self.members[user_id] = check_member(member)
            self.changed.notify_all()
            return member

    def member(self, user_id: str) -> Member:
        with self.lock:
            if user_id not in self.members:
                raise SandboxError(f"there is no user {user_id!r}")
            return self.members[user_id]

    def member_shape(self, member: Member, *, with_email: bool = True, with_locale: bool = True) -> Json:
        return member_shape(member, with_email=with_email, with_locale=with_locale, now=self.clock.now())

    def add_profile_field(self, field_id: str, label: str, *, type: str, is_hidden: bool) -> Json:
        with self.lock:
            shape: Json = {
                "id": field_id,
                "ordering": len(self.profile_fields),
                "field_name": label.lower().replace(" ", "_"),
                "label": label,
                "hint": "",
                "type": type,
                "possible_values": None,
                "options": None,
                "is_hidden": is_hidden,
            }
            self.profile_fields.append(shape)
            return dict(shape)

    def set_user_group(self, group_id: str, user_ids: Iterable[str], *, is_disabled: bool) -> UserGroup:
        with self.lock:
            users = tuple(dict.fromkeys(self.member(str(user_id)).id for user_id in user_ids))
            self.user_groups[group_id] = group = UserGroup(users, is_disabled)
            return group

    # Conversations

    def add_channel(
        self, name: str, members: Iterable[str] = (), *, id: str | None = None, is_private: bool = False
    ) -> Channel:
        with self.changed:
            channel_id = self.new_id("C") if id is None else id
            if channel_id in self.channels:
                raise SandboxError(f"there is a channel {channel_id} already")
            users = list(dict.fromkeys(self.member(str(user_id)).id for user_id in members))
            channel = Channel(channel_id, "channel", name, users, int(self.clock.now()), is_private)
            self.channels[channel.id] = channel
            self.changed.notify_all()
            return channel

    def find_conversation(self, user_ids: Iterable[str]) -> Channel | None:
        """The direct message of the app's bot with exactly these users."""
        with self.lock:
            channel_id = self._opened.get(frozenset(user_ids))
            return self.channels[channel_id] if channel_id else None

    def open_conversation(self, user_ids: list[str]) -> Channel:
        with self.changed:
            if channel := self.find_conversation(user_ids):
                return channel
            bot = self.installation
            users = [*dict.fromkeys(user_ids), bot.bot_user_id]
            kind = "im" if len(users) == 2 else "mpim"
            channel_id = self.new_id("D" if kind == "im" else "C")
            name = "" if kind == "im" else f"mpdm-{'--'.join(users).lower()}-1"
            self.channels[channel_id] = Channel(channel_id, kind, name, users, int(self.clock.now()))
            self._opened[frozenset(user_ids)] = channel_id
            self.changed.notify_all()
            return self.channels[channel_id]

    def channel_record(self, channel: Channel) -> Json:
        with self.lock:
            return asdict(channel)

    # Messages

    def post(
        self,
        channel: Channel,
        content: Content,
        *,
        ephemeral_to: str | None = None,
        thread_ts: str | None = None,
        user: str | None = None,
    ) -> Post:
        """A message of the app's bot, or of that user."""
        stamp = self.stamp()
        with self.changed:
            ts = self.next_ts()
            content = replace(content, blocks=name_blocks(content.blocks, self.new_id("")))
            seq = len(self.posts) + 1
            by = user or self.installation.bot_user_id
            post = Post(seq, channel.id, ts, by, content, ephemeral_to, thread_ts, by_app=user is None)
            post.stamp = stamp
            self.posts.append(post)
            self._by_channel.setdefault(channel.id, []).append(post)
            self.changed.notify_all()
            return post

    def edit(self, post: Post, content: Content) -> None:
        with self.changed:
            post.content = replace(content, blocks=name_blocks(content.blocks, self.new_id("")))
            post.edited_ts = self.next_ts()
            post.revision += 1
            self.changed.notify_all()

    def delete(self, post: Post) -> None:
        with self.changed:
            post.deleted = True
            post.revision += 1
            self.changed.notify_all()

    def posts_in(self, channel_id: str) -> list[Post]:
        """What everybody in the channel sees, the oldest first."""
        with self.lock:
            return [p for p in self._by_channel.get(channel_id, []) if not p.deleted and not p.ephemeral_to]

    def find_post(self, channel_id: str, ts: str) -> Post | None:
        with self.lock:
            posts = self._by_channel.get(channel_id, [])
            return next((p for p in reversed(posts) if p.ts == ts and not p.deleted), None)

    # Who has seen what

    def visible_posts(self, channel_id: str, user_id: str) -> list[Post]:
        with self.lock:
            posts = self._by_channel.get(channel_id, [])
            return [p for p in posts if not p.deleted and p.ephemeral_to in (None, user_id)]

    def unread(self, channel_id: str, user_id: str) -> int:
        with self.lock:
            read = self.read_up_to.get((user_id, channel_id), 0)
            seen = self.visible_posts(channel_id, user_id)
            return sum(post.seq > read and post.user != user_id for post in seen)

    def mark_read(self, user_id: str, channel_id: str) -> None:
        with self.changed:
            self.member(user_id)
            if self.unread(channel_id, user_id):
                self.read_up_to[user_id, channel_id] = len(self.posts)
                self.changed.notify_all()

    # Files

    def take_upload(self, ticket: str, content: bytes) -> bool:
        """Whether an upload URL is known, unused, and for a file of this length."""
        with self.changed:
            file = next((each for each in self.files.values() if each.ticket == ticket), None)
            if file is None or file.content is not None or len(content) != file.length:
                return False
            file.content = content
            return True

    # Views

    def keep_home(self, view: Json, user_id: str) -> None:
        with self.changed:
            self.homes[user_id] = view
            self.changed.notify_all()

    # Numbers

    def next_ts(self) -> str:
        with self.lock:
            # A message's ts is its id in Slack, so two messages of one microsecond must differ.
            self._last_ts = max(int(self.clock.now() * 1_000_000), self._last_ts + 100)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, prefix: str) -> str:
        with self.lock:
            while True:
                self._counters[prefix] = self._counters.get(prefix, 0) + 1
                name = f"{prefix}{_base36(self._counters[prefix]):0>8}"
                if name not in self.members and name not in self.channels:
                    return name


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + digits
    return digits or "0"
