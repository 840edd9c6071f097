"""Twelve weeks of the fictional company, through the real app: people join, pause, leave, meet and answer."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, pairwise

from cli.demo_company import Colleague
from cli.parts import SandboxedApp
from cli.play_round import PlayedRound, Posted, next_slot, play_check_ins, play_round

WEEKS = 12
FIRST_JOINERS, LATER_JOINERS = 70, 6
# Out of a hundred people in a week; real companies differ, this one is lively.
PAUSE, LEAVE, ANSWER, MEET, PLAN = 3, 1, 60, 62, 12


@dataclass
class Quarter:
    """What really happened, which no report needs to be believed for."""

    joined: set[str] = field(default_factory=set)
    weeks: list[PlayedRound] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    """When each week's introductions went out."""
    confirmed: list[int] = field(default_factory=list)
    """How many of each week's introductions somebody said took place, and nobody denied."""
    messages: Counter[tuple[int, str]] = field(default_factory=Counter)
    """How many messages each person got in each round, the check-in included."""
    freed: set[frozenset[str]] = field(default_factory=set)
    """Pairs of which all who answered said "not this time": they may be introduced again, much later."""
    met: int = 0
    answered: int = 0

    @property
    def repeats(self) -> int:
        """Pairs that were introduced again although nobody had said that they did not meet."""
        pairs = Counter(
            frozenset(pair)
            for week in self.weeks
            for message in week.group_messages
            for pair in combinations(sorted(message.readers), 2)
            if frozenset(pair) not in self.freed
        )
        return sum(times - 1 for times in pairs.values())

    def truth(self, since: date, weeks: int) -> tuple[int, int]:
        """How many introductions a period had, and how many of them were confirmed."""
        period = [
            number for number, day in enumerate(self.days) if since <= day < since + timedelta(weeks=weeks)
        ]
        delivered = sum(len(self.weeks[number].group_messages) for number in period)
        return delivered, sum(self.confirmed[number] for number in period)

    @property
    def introductions(self) -> int:
        """How many group DMs there were."""
        return sum(len(week.group_messages) for week in self.weeks)

    @property
    def twice_running(self) -> int:
        """People who sat out two rounds in a row."""
        out = [{one for notice in week.notices for one in notice.readers} for week in self.weeks]
        return sum(len(one & other) for one, other in pairwise(out))


def play_quarter(
    app: SandboxedApp, people: list[Colleague], *, seed: int, told: Callable[[int, PlayedRound], None]
) -> Quarter:
    """Play the weeks one after the other; `told` hears of each."""
    dice = random.Random(seed)  # noqa: S311 (no secret)
    quarter = Quarter()
    waiting = [one.slack_user_id for one in people]
    dice.shuffle(waiting)
    for week in range(1, WEEKS + 1):
        for _ in range(min(len(waiting), FIRST_JOINERS if week == 1 else LATER_JOINERS)):
            newcomer = waiting.pop()
            _type(app, newcomer, "join")
            quarter.joined.add(newcomer)
        for one in sorted(quarter.joined):
            lot = dice.randrange(100)
            if week > 1 and lot < PAUSE + LEAVE:
                _type(app, one, "leave" if lot < LEAVE else "pause 2w")
        slot = next_slot(app)
        played = play_round(app)
        quarter.weeks.append(played)
        quarter.days.append(slot.date())
        told(week, played)
        asked = play_check_ins(app, slot + timedelta(days=4))
        for message in (*played.posted, *asked):
            quarter.messages.update((week, one) for one in message.readers)
        _answer(app, quarter, played, asked, dice)
    return quarter


def _type(app: SandboxedApp, slack_user_id: str, words: str) -> None:
    if not app.slack.command(slack_user_id, "/lunch", words).messages:
        raise RuntimeError(f"/lunch {words} got no answer")


def _answer(
    app: SandboxedApp, quarter: Quarter, played: PlayedRound, asked: list[Posted], dice: random.Random
) -> None:
    """Most people answer, and those who met say so; what one says the other does not always know."""
    said: dict[frozenset[str], set[str]] = {}
    group_of = {one: message.readers for message in played.group_messages for one in message.readers}
    for message in asked:
        lot = dice.randrange(100)
        if dice.randrange(100) >= ANSWER or "Did " not in message.text:
            continue
        word = "met" if lot < MEET else "planned" if lot < MEET + PLAN else "not"
        [one] = message.readers
        app.slack.press(one, message.message, f"answer_{word}")
        said.setdefault(group_of[one], set()).add(word)
        quarter.answered += 1
        quarter.met += word == "met"
    quarter.confirmed.append(sum("met" in words and "not" not in words for words in said.values()))
    denied = [group for group, words in said.items() if words == {"not"}]
    quarter.freed.update(frozenset(pair) for group in denied for pair in combinations(group, 2))
