"""What the commands are handed: each part is built only when a command asks for it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from flask import Flask
from slack_bolt.adapter.socket_mode import SocketModeHandler
from sqlalchemy import Engine

from db.sessions import Sessions
from domain.ports import Clock
from scheduler.clocks import MovableClock
from scheduler.clockwork import Clockwork
from slack_handlers.socket_mode import disconnect


@dataclass(frozen=True)
class Installation:
    """The app for one workspace, wired and ready to run."""

    sessions: Sessions
    workspace_id: int
    clock: Clock
    clockwork: Clockwork
    web: Flask
    tick: timedelta
    socket: SocketModeHandler | None
    """The connection to Slack in Socket Mode; None where Slack's requests come over HTTP."""

    def connect(self) -> None:
        """Open the connection to Slack, where there is one to open."""
        if self.socket is not None:
            self.socket.connect()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Let go of Slack and of the database."""
        if self.socket is not None:
            disconnect(self.socket)
        self.sessions.engine.dispose()


@dataclass(frozen=True)
class Storage:
    """The database and the workspace in it, for commands that do not talk to Slack."""

    sessions: Sessions
    workspace_id: int
    clock: Clock


class SlackWorkspace(Protocol):
    """As much of the sandbox as a command may touch."""

    @property
    def url(self) -> str: ...

    def app_state(self) -> dict[str, Any]: ...

    def add_users(self, users: Iterable[dict[str, Any]]) -> Any: ...

    def command(self, user_id: str, command: str, text: str) -> Any: ...

    def press(self, user_id: str, message: dict[str, Any], action_id: str) -> Any: ...

    def messages(self, channel_id: str | None = None, *, after: int = 0) -> list[dict[str, Any]]: ...

    def posted(self) -> int: ...

    def ephemeral_of(self, user_id: str) -> list[dict[str, Any]]: ...

    def channels(self) -> list[dict[str, Any]]: ...


class SandboxedApp(Protocol):
    """The whole app over HTTP against a Slack workspace on this machine, on a clock that can be moved."""

    @property
    def slack(self) -> SlackWorkspace: ...

    @property
    def installation(self) -> Installation: ...

    @property
    def clock(self) -> MovableClock: ...

    @property
    def url(self) -> str: ...

    def stop(self) -> None: ...


@dataclass(frozen=True)
class Hr:
    """Whom the settings name as HR, and what Slack says about the user group."""

    people: frozenset[str]
    group: str | None
    members: Callable[[], frozenset[str]]
    """Who is in the group now; a `MessengerError` where Slack does not say."""


@dataclass(frozen=True)
class Parts:
    """How to build what a command needs; building reports bad settings, all at once."""

    engine: Callable[[], Engine]
    storage: Callable[[], Storage]
    installation: Callable[[], Installation]
    address: Callable[[], tuple[str, int]]
    release_secret: Callable[[], bytes]
    granted_scopes: Callable[[], frozenset[str]]
    profile_fields: Callable[[], Mapping[str, str]]
    public_url: Callable[[], str | None]
    missing_for_pages: Callable[[], tuple[str, ...]]
    """The settings without which there are no pages on the web."""
    hr: Callable[[], Hr]
    sandboxed_app: Callable[..., SandboxedApp]
