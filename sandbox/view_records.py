"""Modals and Home tabs as Slack keeps them: checked, with ids, and with the state of their inputs."""

import hashlib
import json
from typing import Any

from sandbox.block_kit import check_view
from sandbox.choices import Values, kept_values
from sandbox.errors import ApiError
from sandbox.posts import Json, name_blocks
from sandbox.workspace import Workspace

MOST_IN_STACK = 3


def view_record(workspace: Workspace, given: Any, kind: str, before: Json | None = None) -> Json:
    """The app's view; one that takes the place of `before` keeps its id and what was entered."""
    if findings := check_view(given, kind):
        raise ApiError("invalid_arguments", messages=findings)
    bot = workspace.installation
    view_id = before["id"] if before else workspace.new_id("V")
    revision = workspace.new_id("") if before else view_id
    blocks = name_blocks(given["blocks"], revision)
    entered: Values = before["state"]["values"] if before else {}
    digest = hashlib.sha256(json.dumps([view_id, revision, given]).encode()).hexdigest()[:8]
    return {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": None,
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **given,
        "blocks": blocks,
        "id": view_id,
        "team_id": workspace.team_id,
        "app_id": bot.app_id,
        "bot_id": bot.bot_id,
        "hash": f"{int(workspace.clock.now())}.{digest}",
        "state": {"values": kept_values(blocks, entered)},
        "root_view_id": before["root_view_id"] if before else view_id,
        "previous_view_id": before["previous_view_id"] if before else None,
    }


class Modals:
    """Every user's modals, stacked; Slack lets three lie on each other. Callers hold the workspace's lock."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def of(self, user_id: str) -> list[Json]:
        """The user's open modals, the one on top last."""
        return [self._workspace.views[view_id] for view_id in self._workspace.stacks.get(user_id, [])]

    def find(self, view_id: str | None, external_id: str | None = None) -> Json | None:
        for user_id in self._workspace.stacks:
            for view in self.of(user_id):
                if view["id"] == view_id or (external_id and view["external_id"] == external_id):
                    return view
        return None

    def open(self, user_id: str, given: Any) -> Json:
        """A first modal, in the place of whatever was open."""
        view = self._new(given)
        self._keep(user_id, [], view)
        return view

    def push(self, user_id: str, given: Any) -> Json:
        stack = self.of(user_id)
        if len(stack) >= MOST_IN_STACK:
            raise ApiError("push_limit_reached")
        below = stack[-1]
        view = {**self._new(given), "root_view_id": below["root_view_id"], "previous_view_id": below["id"]}
        self._keep(user_id, [each["id"] for each in stack], view)
        return view

    def update(self, before: Json, given: Any) -> Json:
        view = view_record(self._workspace, given, "modal", before)
        self._replace(before, view)
        return view

    def enter(self, view: Json, values: Values) -> Json:
        """The view with what the user has entered so far."""
        entered = {**view, "state": {"values": values}}
        self._replace(view, entered)
        return entered

    def close(self, user_id: str, *, every: bool = False) -> None:
        """The modal on top, or all of them."""
        with self._workspace.changed:
            stack = self._workspace.stacks.get(user_id, [])
            self._workspace.stacks[user_id] = [] if every else stack[:-1]
            self._workspace.changed.notify_all()

    def _new(self, given: Any) -> Json:
        view = view_record(self._workspace, given, "modal")
        if view["external_id"] and self.find(None, view["external_id"]):
            raise ApiError("duplicate_external_id")
        return view

    def _keep(self, user_id: str, below: list[str], view: Json) -> None:
        with self._workspace.changed:
            self._workspace.views[view["id"]] = {**view, "opened_by": user_id}
            self._workspace.stacks[user_id] = [*below, view["id"]]
            self._workspace.changed.notify_all()

    def _replace(self, before: Json, view: Json) -> None:
        with self._workspace.changed:
            opened_by = self._workspace.views[before["id"]]["opened_by"]
            self._workspace.views[before["id"]] = {**view, "opened_by": opened_by}
            self._workspace.changed.notify_all()


def shown_to_app(view: Json) -> Json:
    return {key: value for key, value in view.items() if key != "opened_by"}
