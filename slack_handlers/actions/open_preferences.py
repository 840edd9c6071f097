"""The button "Preferences"."""

from typing import Any

from slack_bolt import Ack, BoltContext

from slack_handlers import open_preferences as modal


def open_preferences(ack: Ack, context: BoltContext, body: dict[str, Any]) -> None:
    """The same as `/lunch preferences`."""
    ack()
    origin = modal.HOME if body.get("view") else ""
    modal.open_preferences(context, body["trigger_id"], body["user"]["id"], origin)
