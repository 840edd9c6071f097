"""Socket Mode: Slack's requests over a connection that the app opens; nothing reaches it from outside."""

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from slack_handlers.web_api import prompt_client


def socket_mode(bolt: App, *, app_token: str, base_url: str) -> SocketModeHandler | None:
    """A connection to open with `connect()` and to end with `close()`; it renews itself in between.

    None without a token: then Slack's requests come over HTTP.
    """
    if not app_token:
        return None
    return SocketModeHandler(bolt, app_token, web_client=prompt_client(app_token, base_url))
