"""Twelve weeks of the fictional company, through the real app: people join, pause, leave, meet and answer."""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from typing import Any

from cli.demo_company import Colleague
from cli.parts import SandboxedApp
from cli.play_round import PlayedRound, Posted, next_slot, play_round, play_until, wait_for

WEEKS = 12
FIRST_JOINERS, LATER_JOINERS = 70, 6
# Out of a hundred people in a week; real companies differ, this one is lively.
PAUSE, LEAVE, COME_BACK = 3, 1, 20
# Out of a hundred introductions those that take place, and of these those that do before anybody is asked;
# of trios that take place those in which one is missing; of people who are asked those who answer; of those
# who did not meet those who say that they will.
MEET, IN_TIME, ONE_MISSING, ANSWER, PLAN = 62, 85, 50, 60, 12

MET, PLANNED, NO = "met", "planned", "not"
# Out of a hundred introductions that take place those for which a time is agreed on in the message.
BOOK = 50
# Out of a hundred introductions of two that don't take place those that one gives up, privately.
GIVE_UP = 25
WAYS_OUT = (
    ("private_cant", "private_free"),
    ("private_know", "private_new"),
    ("private_not", "private_sure"),
)
PROMISED = 3
"""Messages in a round: the introduction, one nudge and one check-in."""
CALLED_OFF, NOBODY_YET = 2, 1
"""More of them for each lunch that was given up: that it won't happen, and somebody new. And for who was told
that there is nobody, and is introduced after all, to somebody who has become free."""


@dataclass
class Lunch:
    """One introduction: who really met, and what each of its people said about it."""

    at: datetime
    people: frozenset[str]
    met: frozenset[str]
    said: dict[str, str] = field(default_factory=dict)
    week: int = 0
    in_time: bool = True
    """Whether they meet before anybody is asked."""

    def verdict(self, one: str, other: str) -> bool | None:
        """Whether two people met, as far as they said so and did not contradict each other."""
        words = {self.said.get(one), self.said.get(other)}
        if NO in words or (MET in words and not {one, other} <= self.met):
            return False
        return True if MET in words else None

    @property
    def confirmed(self) -> set[frozenset[str]]:
        """The pairs of whom one said that they met, and nobody that they did not."""
        return {frozenset(pair) for pair in combinations(self.people, 2) if self.verdict(*pair)}

    @property
    def is_open(self) -> bool:
        """Whether some two of them may have met, for all that anybody said."""
        words = [self.verdict(*pair) for pair in combinations(self.people, 2)]
        return None in words and True not in words

    @property
    def is_denied(self) -> bool:
        """Whether all who answered said "not this time": the pair may be introduced again, much later."""
        return set(self.said.values()) == {NO}


@dataclass
class Quarter:
    """What really happened, which no report needs to be believed for."""

    times: dict[str, list[tuple[datetime, datetime | None]]] = field(default_factory=dict)
    """When each person was in: from joining to leaving, where they have left."""
    weeks: list[PlayedRound] = field(default_factory=list)
    lunches: list[Lunch] = field(default_factory=list)
    messages: Counter[tuple[int, str]] = field(default_factory=Counter)
    """How many messages about each round each person got, nudge and check-in included."""
    more: Counter[tuple[int, str]] = field(default_factory=Counter)
    """How many of them somebody may get beyond what is promised, since there was no lunch at first."""
    given_up: int = 0
    rematches: int = 0
    nudges: int = 0
    lunch_of: dict[str, Lunch] = field(default_factory=dict)
    """Each lunch by the public id of its introduction."""

    @property
    def joined(self) -> set[str]:
        """Everybody who ever joined."""
        return set(self.times)

    def joins(self, one: str, now: datetime) -> None:
        """From now on somebody is in."""
        self.times.setdefault(one, []).append((now, None))

    def leaves(self, one: str, now: datetime) -> None:
        """From now on somebody is out."""
        since, _ = self.times[one][-1]
        self.times[one][-1] = (since, now)

    def is_in(self, one: str) -> bool:
        """Whether somebody is in right now, pauses included."""
        return self.times[one][-1][1] is None

    @property
    def repeats(self) -> int:
        """Pairs that were introduced again although nobody had said that they did not meet."""
        freed = {
            frozenset(pair) for one in self.lunches if one.is_denied for pair in combinations(one.people, 2)
        }
        pairs = Counter(
            frozenset(pair)
            for week in self.weeks
            for message in week.group_messages
            for pair in combinations(sorted(message.readers), 2)
            if frozenset(pair) not in freed
        )
        return sum(times - 1 for times in pairs.values())

    @property
    def introductions(self) -> int:
        """How many group DMs there were."""
        return sum(len(week.group_messages) for week in self.weeks)

    def nudged_about(self, message: Posted, week: int) -> Lunch | None:
        """The lunch of the people who read a nudge or stand in it, of this week or the one before."""
        people = message.readers | set(re.findall(r"<@(\w+)>", message.text))
        lately = (lunch for lunch in reversed(self.lunches) if lunch.week >= week - 1)
        return next((lunch for lunch in lately if people <= lunch.people), None)

    @property
    def too_many(self) -> list[int]:
        """Numbers of messages that are more than was promised."""
        return [count for about, count in self.messages.items() if count > PROMISED + self.more[about]]

    @property
    def twice_running(self) -> int:
        """People who sat out two rounds in a row."""
        out = [{one for notice in week.notices for one in notice.readers} for week in self.weeks]
        return sum(len(one & other) for one, other in pairwise(out))


def play_quarter(
    app: SandboxedApp, people: list[Colleague], *, seed: int, told: Callable[[int, PlayedRound], None]
) -> Quarter:
    """Play the weeks one after the other; `told` hears of each."""
    # Two of each, so that who comes and goes does not hang on who met whom.
    comings, dice = random.Random(seed), random.Random(seed)  # noqa: S311 (no secret)
    quarter = Quarter()
    waiting = [one.slack_user_id for one in people]
    comings.shuffle(waiting)
    for week in range(1, WEEKS + 1):
        _come_and_go(app, quarter, comings)
        for _ in range(min(len(waiting), FIRST_JOINERS if week == 1 else LATER_JOINERS)):
            join(app, quarter, waiting.pop())
        slot = next_slot(app)
        played = play_round(app)
        quarter.weeks.append(played)
        told(week, played)
        for message in played.group_messages:
            lunch = _lunch(slot, week, message.readers, dice)
            if not lunch.met and len(lunch.people) == 2 and dice.randrange(100) < GIVE_UP:
                _give_up(app, quarter, message, lunch, dice)
            else:
                _introduced(app, quarter, message, lunch, dice)
        for message in played.notices:
            for one in message.readers:
                quarter.messages[week, one] += 1
                quarter.more[week, one] += NOBODY_YET
        # Whoever joins on a round's last day waits for the next one.
        _read(app, quarter, week, play_until(app, slot + timedelta(days=6, hours=1)), dice)
    return quarter


def _introduced(
    app: SandboxedApp, quarter: Quarter, message: Posted, lunch: Lunch, dice: random.Random
) -> None:
    """People read that they are introduced, and agree on a time, or they don't."""
    quarter.messages.update((lunch.week, one) for one in message.readers)
    quarter.lunches.append(lunch)
    quarter.lunch_of[message.introduction_id or ""] = lunch
    if lunch.met == lunch.people and dice.randrange(100) < BOOK:
        lunch.in_time = True
        _agree(app, message)


def read_on(app: SandboxedApp, quarter: Quarter, *, seed: int) -> None:
    """After the next round has begun people are still asked about the one before, on day ten."""
    dice = random.Random(seed)  # noqa: S311 (no secret)
    _read(app, quarter, WEEKS + 1, play_until(app, quarter.lunches[-1].at + timedelta(days=11)), dice)


def _read(
    app: SandboxedApp, quarter: Quarter, week: int, messages: list[Posted], dice: random.Random
) -> None:
    """People read what came in the days after a round, and answer."""
    for message in messages:
        if message.kind == "mpim":
            quarter.rematches += 1
            at = quarter.lunches[-1].at
            _introduced(app, quarter, message, _lunch(at, week, message.readers, dice), dice)
            continue
        lunch = quarter.nudged_about(message, week) if message.is_nudge else None
        lunch = lunch or quarter.lunch_of.get(message.introduction_id or "")
        if lunch is not None or message.is_called_off:
            quarter.messages.update((lunch.week if lunch else week, one) for one in message.readers)
            quarter.nudges += message.is_nudge
    _answer(app, quarter, [message for message in messages if message.is_check_in], dice)


def _give_up(app: SandboxedApp, quarter: Quarter, message: Posted, lunch: Lunch, dice: random.Random) -> None:
    """One of two presses "Privately …", and says that this lunch won't happen."""
    quarter.given_up += 1
    for one in lunch.people:
        quarter.messages[lunch.week, one] += 1
        quarter.more[lunch.week, one] += CALLED_OFF
    who, way = dice.choice(sorted(lunch.people)), dice.choice(WAYS_OUT)
    [shown] = app.slack.press(who, message.message, "privately").wait_for_messages(1)
    for action in way:
        shown = _pressed(app, who, shown, action)


def _pressed(app: SandboxedApp, who: str, message: dict[str, Any], action: str) -> dict[str, Any]:
    """What stands in the place of a message, once somebody has pressed a button of it."""
    button = next(one for one in _buttons(message) if one["action_id"].startswith(action))
    app.slack.press(who, message, button["action_id"])
    changed: list[dict[str, Any]] = []

    def is_done() -> bool:
        there = [*app.slack.messages(message["channel"]), *app.slack.ephemeral_of(who)]
        changed[:] = [one for one in there if one["ts"] == message["ts"] and one["text"] != message["text"]]
        return bool(changed)

    wait_for(is_done)
    return changed[0]


def _agree(app: SandboxedApp, message: Posted) -> None:
    """One of them suggests the first time that is offered and still to come, and the others say yes."""
    first, *others = sorted(message.readers)
    offered = [
        button["action_id"]
        for button in _buttons(message.message)
        if button["action_id"].startswith("propose_time")
        and datetime.fromisoformat(button["value"].split()[1]) > app.clock.now()
    ]
    if not offered:
        return
    shown = _pressed(app, first, message.message, offered[0])
    for other in others:
        shown = _pressed(app, other, shown, "accept_time")


def _buttons(message: dict[str, Any]) -> list[dict[str, str]]:
    return [
        button for block in message["blocks"] for button in block.get("elements", ()) if "value" in button
    ]


def join(app: SandboxedApp, quarter: Quarter, newcomer: str) -> str:
    """Let somebody type `/lunch join`; what they read then."""
    quarter.joins(newcomer, app.clock.now())
    return _type(app, newcomer, "join")


def _come_and_go(app: SandboxedApp, quarter: Quarter, dice: random.Random) -> None:
    for one in sorted(quarter.joined):
        lot = dice.randrange(100)
        if not quarter.is_in(one):
            if lot < COME_BACK:
                join(app, quarter, one)
        elif lot < LEAVE:
            quarter.leaves(one, app.clock.now())
            _type(app, one, "leave")
        elif lot < LEAVE + PAUSE:
            _type(app, one, "pause 2w")


def _type(app: SandboxedApp, slack_user_id: str, words: str) -> str:
    messages = app.slack.command(slack_user_id, "/lunch", words).messages
    if not messages:
        raise RuntimeError(f"/lunch {words} got no answer")
    return str(messages[0]["text"])


def _lunch(at: datetime, week: int, people: frozenset[str], dice: random.Random) -> Lunch:
    """An introduction, and who of it will really meet; nobody has said anything yet."""
    met = people if dice.randrange(100) < MEET else frozenset()
    if len(met) > 2 and dice.randrange(100) < ONE_MISSING:
        met -= {dice.choice(sorted(met))}
    return Lunch(at, people, met, week=week, in_time=dice.randrange(100) < IN_TIME)


def _answer(app: SandboxedApp, quarter: Quarter, asked: list[Posted], dice: random.Random) -> None:
    """Most people answer, and truly: who meets later can only say that it is planned."""
    for message in asked:
        lot, plan = dice.randrange(100), dice.randrange(100) < PLAN
        lunch = quarter.lunch_of.get(message.introduction_id or "")
        if lot >= ANSWER or lunch is None:
            continue
        [one] = message.readers
        if one in lunch.met:
            word = MET if lunch.in_time else PLANNED
        else:
            word = PLANNED if plan and not lunch.met else NO
        lunch.said[one] = word
        app.slack.press(one, message.message, _button(message, lunch, one, word))


def _button(message: Posted, lunch: Lunch, one: str, word: str) -> str:
    """Which button says it: of a trio in which one was missing, there is one for each of the others."""
    if word != MET or lunch.met == lunch.people:
        return f"answer_{word}"
    [other] = lunch.met - {one}
    return next(
        str(button["action_id"])
        for block in message.message["blocks"]
        for button in block.get("elements", ())
        if str(button.get("value", "")).endswith(f" {other}")
    )
