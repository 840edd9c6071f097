"""What a driver can read back from the sandbox."""

import copy

from sandbox.members import Member
from sandbox.posts import Json
from sandbox.socket_mode import Sockets
from sandbox.traffic import Traffic
from sandbox.view_records import Modals
from sandbox.workspace import Workspace


class Reading:
    """Copies of the state: nobody outside the sandbox holds a part of it."""

    _workspace: Workspace
    _traffic: Traffic
    _requests: Traffic
    _sockets: Sockets

    def users(self) -> list[Json]:
        with self._workspace.lock:
            return [self._shown(member) for member in self._workspace.members.values()]

    def _shown(self, member: Member) -> Json:
        return self._workspace.member_shape(member)

    def messages(self, channel_id: str | None = None, *, after: int = 0) -> list[Json]:
        """What was posted for everybody in a channel, in the order of posting; after so many posts."""
        with self._workspace.lock:
            return [
                post.record()
                for post in self._workspace.posts[after:]
                if not post.deleted and not post.ephemeral_to and channel_id in (None, post.channel)
            ]

    def posted(self) -> int:
        """How many messages have been posted so far."""
        return len(self._workspace.posts)

    def ephemeral_of(self, user_id: str) -> list[Json]:
        with self._workspace.lock:
            posts = self._workspace.posts
            return [p.record() for p in posts if not p.deleted and p.ephemeral_to == user_id]

    def channels(self) -> list[Json]:
        with self._workspace.lock:
            return [self._workspace.channel_record(c) for c in self._workspace.channels.values()]

    def dms_of(self, user_id: str) -> list[Json]:
        """The direct messages, of two or more, that the user is in, each with its messages."""
        with self._workspace.lock:
            mine = [c for c in self.channels() if c["kind"] != "channel" and user_id in c["members"]]
            return [{**channel, "messages": self.messages(channel["id"])} for channel in mine]

    def views(self) -> list[Json]:
        """The modals that were opened, in order, with `opened_by`."""
        with self._workspace.lock:
            return copy.deepcopy(list(self._workspace.views.values()))

    def modals_of(self, user_id: str) -> list[Json]:
        """The modals that the user has open, the one on top last."""
        with self._workspace.lock:
            return copy.deepcopy(Modals(self._workspace).of(user_id))

    def home_of(self, user_id: str) -> Json | None:
        with self._workspace.lock:
            return copy.deepcopy(self._workspace.homes.get(user_id))

    def traffic(self) -> list[Json]:
        """Web API calls and response URL uses, in the order of arrival."""
        return self._traffic.entries()

    def requests_to_app(self) -> list[Json]:
        return self._requests.entries()

    def clear_traffic(self) -> None:
        self._traffic.clear()
        self._requests.clear()

    def socket_connections(self) -> int:
        """How many WebSockets the app has open."""
        return self._sockets.connected
