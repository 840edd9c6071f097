"""Our own stand-ins for Slack; `tests/slack_handlers` holds that they behave like the real ones."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from domain.directory import DirectoryUser, Profile
from domain.errors import NotPermitted, PersonUnreachable, Refused
from domain.messages import Content, File


@dataclass
class FakeMessenger:
    """Remembers what was posted; `before` and `after` may raise what Slack would answer."""

    posted: list[tuple[str, Content, str]] = field(default_factory=list)
    unreachable: set[str] = field(default_factory=set)
    may_look_up: bool = True
    before: Callable[[str], None] = lambda what: None
    """Called with "open", "post" or "find" before the work is done."""
    after: Callable[[str], None] = lambda what: None
    """Called with "open" or "post" when it is done, but before the answer."""
    updated: dict[str, Content] = field(default_factory=dict)
    files: list[tuple[str, File]] = field(default_factory=list)
    opened: dict[frozenset[str], str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def open_conversation(self, slack_user_ids: Sequence[str]) -> str:
        self.before("open")
        if self.unreachable & set(slack_user_ids):
            raise PersonUnreachable(code="user_disabled")
        channel = self.opened.setdefault(frozenset(slack_user_ids), f"C{len(self.opened) + 1}")
        self.after("open")
        return channel

    def post(self, channel_id: str, content: Content, *, delivery_id: str) -> str:
        self.before("post")
        self.posted.append((channel_id, content, delivery_id))
        ts = f"1764000000.{next(self._numbers):06}"
        self.after("post")
        return ts

    def update(self, channel_id: str, ts: str, content: Content) -> None:
        self.before("update")
        if ts not in self._timestamps(channel_id):
            raise Refused(code="message_not_found")
        self.updated[ts] = content

    def send_file(self, channel_id: str, file: File) -> None:
        self.before("file")
        if channel_id not in self.opened.values():
            raise Refused(code="channel_not_found")
        self.files.append((channel_id, file))

    def _timestamps(self, channel_id: str) -> set[str]:
        return {
            f"1764000000.{number:06}"
            for number, (channel, _, _) in enumerate(self.posted, start=1)
            if channel == channel_id
        }

    def find(self, channel_id: str, *, delivery_id: str, since: datetime) -> str | None:
        self.before("find")
        if not self.may_look_up:
            raise NotPermitted(code="missing_scope")
        for number, (channel, _, posted) in enumerate(self.posted, start=1):
            if channel == channel_id and posted == delivery_id:
                return f"1764000000.{number:06}"
        return None


@dataclass
class FakeDirectory:
    """The accounts of a workspace, in pages of two; `before` may raise what Slack would answer."""

    users: dict[str, DirectoryUser] = field(default_factory=dict)
    page: int = 2
    before: Callable[[str], None] = lambda slack_user_id: None
    """Called with the account whose profile is asked for."""

    def add(self, *users: DirectoryUser) -> None:
        self.users.update({user.slack_user_id: user for user in users})

    def pages(self) -> Iterator[Sequence[DirectoryUser]]:
        everybody = list(self.users.values())
        for start in range(0, len(everybody), self.page):
            yield everybody[start : start + self.page]

    def user(self, slack_user_id: str) -> DirectoryUser | None:
        return self.users.get(slack_user_id)

    def read_fields(self) -> bool:
        return any(user.profile is not None for user in self.users.values())

    def profile(self, slack_user_id: str) -> Profile:
        self.before(slack_user_id)
        if slack_user_id not in self.users:
            raise PersonUnreachable(code="user_not_found")
        return self.users[slack_user_id].profile or Profile()
