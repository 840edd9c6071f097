"""apps.connections.open: an address for the app's next WebSocket."""

from sandbox.posts import Json
from sandbox.rate_limits import TIER_2
from sandbox.web_api import Call, Method


def _open(call: Call) -> Json:
    return {"url": call.sockets.new_url()}


METHODS = (
    # Slack's documentation says tier 1, and its clients call it at every reconnection: it lets bursts pass.
    Method("apps.connections.open", _open, scopes=("connections:write",), tier=TIER_2, app_level=True),
)
