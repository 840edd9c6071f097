"""Socket Mode: Slack's requests over a connection that the app opens; nothing reaches it from outside."""

from threading import Thread

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from slack_handlers.web_api import prompt_client


def socket_mode(bolt: App, *, app_token: str, base_url: str) -> SocketModeHandler | None:
    """A connection to open with `connect()` and to end with `disconnect`; it renews itself in between.

    None without a token: then Slack's requests come over HTTP.
    """
    if not app_token:
        return None
    return SocketModeHandler(bolt, app_token, web_client=prompt_client(app_token, base_url))


def disconnect(socket: SocketModeHandler) -> None:
    """End a connection, be it one that was opened only now.

    Its reader begins with the note that the connection goes on. Where the end comes first, that note undoes
    it, and `close()` would wait for the reader for ever (slack_sdk/socket_mode/builtin/client.py).
    """
    closing = Thread(target=socket.close, daemon=True)
    closing.start()
    while closing.is_alive():
        socket.client.current_session_state.terminated = True
        closing.join(0.1)
