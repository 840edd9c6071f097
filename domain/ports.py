"""What the use cases need from outside. Each has a real one and a fake that pass the same test."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from domain.directory import DirectoryUser, Profile
from domain.messages import Content, File


class Clock(Protocol):
    """Program time. Leases and signatures do not use it: they run on real time."""

    def now(self) -> datetime: ...


class Messenger(Protocol):
    """Writes to people. Every refusal is a `domain.errors.MessengerError`."""

    def open_conversation(self, slack_user_ids: Sequence[str]) -> str:
        """The conversation with these people; the same people get the same one."""
        ...

    def post(self, channel_id: str, content: Content, *, delivery_id: str) -> str:
        """Post once, never retried here; the message's timestamp."""
        ...

    def update(self, channel_id: str, ts: str, content: Content) -> None:
        """Change a message that was posted, in its place; to do so twice changes nothing more."""
        ...

    def send_file(self, channel_id: str, file: File) -> None:
        """Share a file in the conversation with the one person that it is for."""
        ...

    def find(self, channel_id: str, *, delivery_id: str, since: datetime) -> str | None:
        """The timestamp of the message that carries this delivery id, if there is one."""
        ...


class Directory(Protocol):
    """Reads who works here."""

    def pages(self) -> Iterator[Sequence[DirectoryUser]]:
        """Everybody, page by page."""
        ...

    def user(self, slack_user_id: str) -> DirectoryUser | None:
        """One account with its profile, or None where there is none."""
        ...

    def read_fields(self) -> bool:
        """Look up anew which profile fields say what; False where none is configured."""
        ...

    def profile(self, slack_user_id: str) -> Profile:
        """The profile fields of one account; it takes as long as Slack wants it to take."""
        ...
