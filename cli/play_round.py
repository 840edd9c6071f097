"""Plays one round on a moved clock: the scheduler does it by itself, this only waits and compares."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from time import monotonic, sleep
from typing import Any

from cli.parts import SandboxedApp, SlackWorkspace
from use_cases.check_quiet import check_quiet
from use_cases.show_status import show_status
from use_cases.summarise_round import RoundSummary, summarise_round

PATIENCE_SECONDS = 120
AFTERNOON = time(16)
"""In Berlin; the offices in Lisbon and in Boston work, too."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that the app posted, and the people who can read it."""

    kind: str
    readers: frozenset[str]
    message: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.message["text"])

    @property
    def is_check_in(self) -> bool:
        """Whether it asks "Did you meet?"."""
        return self.kind == "im" and self.introduction_id is not None

    @property
    def is_nudge(self) -> bool:
        """Whether it is the one reminder of a round."""
        return "only reminder" in self.text

    @property
    def is_called_off(self) -> bool:
        """Whether it says that a lunch won't happen."""
        return self.kind == "im" and "won't happen" in self.text

    @property
    def introduction_id(self) -> str | None:
        """The introduction that a question or a group message is about; every button carries it."""
        for button in (one for block in self.message["blocks"] for one in block.get("elements", ())):
            if str(button.get("action_id", "")).startswith(("answer_", "other_time")):
                return str(button["value"]).split()[0]
        return None


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
    before = app.slack.posted()
    last = _summary(app)
    seen = last.outcome.round_id if last else 0
    app.clock.move_to(next_slot(app) + timedelta(seconds=1))
    app.installation.clockwork.run_rounds()
    wait_for(lambda: (summary := _summary(app)) is not None and summary.outcome.round_id > seen)
    # Notices go out with the next full hour, or when the person's day begins, be it on another continent.
    app.clock.move(timedelta(hours=8))
    _wait_until_quiet(app)
    summary = _summary(app)
    assert summary is not None
    return PlayedRound(summary, tuple(_posted(app.slack, before)))


def play_until(app: SandboxedApp, at: datetime) -> list[Posted]:
    """Let the days go by until a moment, with all that is owed in them; what people get meanwhile."""
    before = app.slack.posted()
    while app.clock.now() < at:
        app.clock.move_to(min(at, _next_afternoon(app.clock.now().astimezone(at.tzinfo))))
        _wait_until_quiet(app)
    return _posted(app.slack, before)


def _next_afternoon(now: datetime) -> datetime:
    day = now.date() if now.time() < AFTERNOON else now.date() + timedelta(days=1)
    return datetime.combine(day, AFTERNOON, now.tzinfo)


def _wait_until_quiet(app: SandboxedApp) -> None:
    installed = app.installation
    # The scheduler does the same a moment later, and each message is owed once nevertheless.
    installed.clockwork.run_rounds()
    installed.clockwork.run_deliveries()
    wait_for(
        lambda: check_quiet(installed.sessions, workspace_id=installed.workspace_id, now=app.clock.now())
    )


def _posted(slack: SlackWorkspace, before: int) -> list[Posted]:
    bot = {slack.app_state()["bot_user_id"]}
    channels = {channel["id"]: channel for channel in slack.channels()}
    return [
        Posted(
            kind=channels[message["channel"]]["kind"],
            readers=frozenset(channels[message["channel"]]["members"]) - bot,
            message=message,
        )
        for message in slack.messages(after=before)
    ]


def _summary(app: SandboxedApp) -> RoundSummary | None:
    return summarise_round(app.installation.sessions, workspace_id=app.installation.workspace_id)


def wait_for(done: Callable[[], bool]) -> None:
    """Wait until something has happened, and fail where it does not."""
    end = monotonic() + PATIENCE_SECONDS
    while not done():
        if monotonic() > end:
            raise RuntimeError(f"nothing happened within {PATIENCE_SECONDS} s")
        sleep(0.01)
