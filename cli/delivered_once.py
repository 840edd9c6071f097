"""Whether every introduction of a round is one group DM with the right people, exactly once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cli.parts import SlackWorkspace
from use_cases.summarise_round import RoundSummary


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that the app posted, and the people who can read it."""

    kind: str
    readers: frozenset[str]
    text: str


def posted_messages(slack: SlackWorkspace) -> list[Posted]:
    """Everything that the app has posted, in order."""
    bot = {slack.app_state()["bot_user_id"]}
    channels = {channel["id"]: channel for channel in slack.channels()}
    return [
        Posted(
            kind=channels[message["channel"]]["kind"],
            readers=frozenset(channels[message["channel"]]["members"]) - bot,
            text=message["text"],
        )
        for message in slack.messages()
    ]


def wrong_deliveries(summary: RoundSummary, posted: Iterable[Posted]) -> list[str]:
    """How a round's group DMs differ from its introductions; nothing where each came exactly once."""
    expected = Counter(summary.introduced)
    found = Counter(message.readers for message in posted if message.kind == "mpim")
    return [
        *(f"{sorted(people)} got no introduction" for people in expected - found),
        *(f"{sorted(people)} got an introduction too many" for people in found - expected),
    ]
