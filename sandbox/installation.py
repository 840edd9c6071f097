"""The app as it is installed in the sandbox: its tokens, scopes and identity."""

from dataclasses import dataclass

DEFAULT_SCOPES = (
    *("commands", "chat:write", "mpim:write", "im:write", "users:read", "files:write"),
    "mpim:history",
)


@dataclass
class Installation:
    signing_secret: str
    bot_token: str
    scopes: tuple[str, ...]
    app_token: str | None = None
    app_scopes: tuple[str, ...] = ("connections:write",)
    account_inactive: bool = False
    app_id: str = "A0LUNCHAPP"
    bot_id: str = "B0LUNCHBOT"
    bot_user_id: str = "U0LUNCHBOT"
    bot_name: str = "lunchmates"
    client_id: str = ""
    client_secret: str = ""
    redirect_urls: tuple[str, ...] = ()
    verification_token: str = "verification"  # noqa: S105 (Slack's retired token, which nobody may rely on)
