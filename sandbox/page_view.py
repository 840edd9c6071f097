"""What the page shows: the workspace through the eyes of one employee, in parts that change separately."""

import copy
import json

from sandbox.choices import initial_values
from sandbox.members import SLACKBOT_ID
from sandbox.posts import Json, Post
from sandbox.program import Program
from sandbox.traffic import Traffic
from sandbox.view_records import Modals
from sandbox.workspace import Channel, Workspace

HOME = "home"
MESSAGES_SHOWN = 200
TRAFFIC_SHOWN = 200


class PageView:
    def __init__(
        self,
        workspace: Workspace,
        program: Program,
        commands: tuple[str, ...],
        calls: Traffic,
        requests: Traffic,
    ) -> None:
        self._workspace = workspace
        self._program = program
        self._commands = commands
        self._calls = calls
        self._requests = requests

    def parts(self, user_id: str, place: str) -> dict[str, str]:
        """Each part as JSON, so that a stream can tell which of them are news."""
        # Outside the lock: the program's clock is somebody else's code.
        parts: Json = {"program": self._program.state()}
        with self._workspace.lock:
            parts["workspace"] = self._about()
            parts["people"] = self._people()
            if user_id in self._workspace.members:
                parts["sidebar"] = self._sidebar(user_id)
                parts["modals"] = copy.deepcopy(Modals(self._workspace).of(user_id))
                parts["place"] = self._place(user_id, place)
        return {name: json.dumps(part) for name, part in parts.items()}

    def _about(self) -> Json:
        bot = self._workspace.installation
        return {
            "team": self._workspace.team_name,
            "bot": {"id": bot.bot_user_id, "name": bot.bot_name},
            "commands": list(self._commands),
        }

    def _people(self) -> list[Json]:
        return [
            {
                "id": member.id,
                "name": member.name,
                "title": member.title,
                "tz": member.tz,
                "is_bot": member.is_bot or member.id == SLACKBOT_ID,
                "is_active": not member.deleted,
            }
            for member in self._workspace.members.values()
        ]

    def _sidebar(self, user_id: str) -> list[Json]:
        """The user's conversations, the one with the newest message first."""
        mine = [each for each in self._workspace.channels.values() if user_id in each.members]
        shown = [self._conversation(each, user_id) for each in mine]
        return sorted(shown, key=lambda each: str(each["newest"]), reverse=True)

    def _conversation(self, channel: Channel, user_id: str) -> Json:
        seen = self._workspace.visible_posts(channel.id, user_id)
        return {
            "id": channel.id,
            "kind": channel.kind,
            "name": channel.name,
            "is_private": channel.is_private,
            "members": channel.members,
            "newest": seen[-1].ts if seen else "",
            "unread": self._workspace.unread(channel.id, user_id),
        }

    def _place(self, user_id: str, place: str) -> Json:
        workspace = self._workspace
        if place == HOME:
            home = workspace.homes.get(user_id)
            return {"id": HOME, "kind": "home", "view": copy.deepcopy(home)}
        channel = workspace.channels.get(place)
        if place == workspace.installation.bot_user_id:
            channel = workspace.find_conversation([user_id])
        if channel is None or user_id not in channel.members:
            return {"id": place, "kind": "nothing", "messages": []}
        posts = workspace.visible_posts(channel.id, user_id)[-MESSAGES_SHOWN:]
        return {
            "id": place,
            "kind": channel.kind,
            "channel": channel.id,
            "unread": workspace.unread(channel.id, user_id),
            "messages": [self._message(post, user_id) for post in posts],
        }

    def _message(self, post: Post, user_id: str) -> Json:
        revision, values = self._workspace.chosen.get((user_id, post.ts), (-1, {}))
        if revision != post.revision:
            values = initial_values(post.content.blocks)
        record = post.record()
        del record["metadata"]
        return {**record, "revision": post.revision, "stamp": post.stamp, "values": values}

    def traffic(self) -> dict[str, str]:
        """What went to and fro, each as JSON under a name of its own, the newest last."""
        calls = [{"key": f"in{each['seq']}", **each} for each in self._calls.newest(TRAFFIC_SHOWN)]
        requests = [{"key": f"out{each['seq']}", **each} for each in self._requests.newest(TRAFFIC_SHOWN)]
        both = sorted(calls + requests, key=lambda each: float(each["at"]))
        return {each["key"]: json.dumps(each) for each in both[-TRAFFIC_SHOWN:]}
