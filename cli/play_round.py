"""Plays one round on a moved clock: the scheduler does it by itself, this only waits and compares."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cli.parts import SandboxedApp, SlackWorkspace
from use_cases.show_status import show_status
from use_cases.summarise_round import RoundSummary, summarise_round

PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that the app posted, and the people who can read it."""

    kind: str
    readers: frozenset[str]
    message: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.message["text"])


@dataclass(frozen=True, slots=True)
class PlayedRound:
    """A round as the matcher decided it, and what the people got."""

    summary: RoundSummary
    posted: tuple[Posted, ...]

    @property
    def group_messages(self) -> list[Posted]:
        """The introductions among what was posted."""
        return [message for message in self.posted if message.kind == "mpim"]

    @property
    def notices(self) -> list[Posted]:
        """The words to people who were not introduced."""
        return [one for one in self.posted if one.kind == "im" and "No introduction" in one.text]

    def problems(self, joined: set[str]) -> list[str]:
        """What was not delivered exactly once to the right people; nothing where all is well."""
        expected = Counter(self.summary.introduced)
        found = Counter(message.readers for message in self.group_messages)
        uninvited = [message.readers - joined for message in self.posted if message.readers - joined]
        return [
            *(f"{sorted(people)} got no introduction" for people in expected - found),
            *(f"{sorted(people)} got an introduction too many" for people in found - expected),
            *(f"{sorted(people)} got a message without having joined" for people in uninvited),
        ]


def next_slot(app: SandboxedApp) -> datetime:
    """When the next round begins, in the program's zone."""
    installed = app.installation
    status = show_status(
        installed.sessions, "nobody", workspace_id=installed.workspace_id, now=app.clock.now()
    )
    return status.next_at


def play_round(app: SandboxedApp) -> PlayedRound:
    """Move the clock to the next round, wait until everything is delivered, and read what people got."""
    before = len(app.slack.messages())
    last = _summary(app)
    seen = last.outcome.round_id if last else 0
    app.clock.move_to(next_slot(app) + timedelta(seconds=1))
    _wait_for(lambda: (summary := _summary(app)) is not None and summary.outcome.round_id > seen)
    # Notices go out with the next full hour.
    app.clock.move(timedelta(hours=1))
    _wait_for(lambda: (summary := _summary(app)) is not None and summary.is_settled)
    summary = _summary(app)
    assert summary is not None
    return PlayedRound(summary, tuple(_posted(app.slack)[before:]))


def play_check_ins(app: SandboxedApp, at: datetime) -> list[Posted]:
    """Move the clock to the day of the check-ins, wait until they are delivered, and read them."""
    before = len(app.slack.messages())
    app.clock.move_to(at + timedelta(seconds=1))
    if _summary(app) is None:
        return []  # there was no round yet that anybody could be asked about
    _wait_for(
        lambda: (
            (summary := _summary(app)) is not None
            and summary.is_settled
            and (summary.asked > 0 or not summary.introduced)
        )
    )
    return [message for message in _posted(app.slack)[before:] if message.kind == "im"]


def _posted(slack: SlackWorkspace) -> list[Posted]:
    bot = {slack.app_state()["bot_user_id"]}
    channels = {channel["id"]: channel for channel in slack.channels()}
    return [
        Posted(
            kind=channels[message["channel"]]["kind"],
            readers=frozenset(channels[message["channel"]]["members"]) - bot,
            message=message,
        )
        for message in slack.messages()
    ]


def _summary(app: SandboxedApp) -> RoundSummary | None:
    return summarise_round(app.installation.sessions, workspace_id=app.installation.workspace_id)


def _wait_for(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > end:
            raise RuntimeError(f"the round was not delivered within {PATIENCE_SECONDS} s")
        time.sleep(0.05)
