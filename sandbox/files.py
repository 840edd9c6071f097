"""Files that the app uploads: asked for, filled through an upload URL, and shared in a conversation."""

from dataclasses import dataclass

from sandbox.posts import Json

# https://docs.slack.dev/messaging/working-with-files: a gigabyte; a sandbox needs less.
MOST_BYTES = 10_000_000


@dataclass
class StoredFile:
    id: str
    name: str
    length: int
    ticket: str
    """The secret part of its upload URL, good for one upload."""
    title: str = ""
    content: bytes | None = None
    shared_in: str | None = None

    def record(self, base_url: str, user: str) -> Json:
        """How Slack shows it in a message and to apps."""
        address = f"{base_url}/file/{self.id}/{self.name}"
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": "application/octet-stream",
            "size": self.length,
            "user": user,
            "mode": "hosted",
            "url_private": address,
            "url_private_download": address,
        }
