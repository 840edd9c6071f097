"""What one person excludes, declines, pauses or rates can't be told from anything that anybody else sees.

The same weeks are played twice, once without it, and everything that others observe is compared: messages,
what they type, open and press, their own files, pages, the command line and the log, each with its moment.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cli.commands import COMMANDS as COMMANDS_OF_APP
from db.tables import Person
from slack_handlers import actions, commands, events, views
from slack_handlers.blocks.standing import WORDS as WORDS_OF_LUNCH
from tests.end_to_end.serving import HOME, wait_until
from tests.end_to_end.worlds import (
    ADA,
    BEN,
    CLEO,
    COMMANDS,
    DAY,
    HOUR,
    MONDAY,
    NAMES,
    PAGES,
    PAGES_BEHIND_THE_DOOR,
    WORDS,
    World,
    world,
)

TUESDAY = MONDAY + DAY + timedelta(hours=4, minutes=23)
FULL_HOUR = MONDAY + DAY + 5 * HOUR
WEDNESDAY, FRIDAY = MONDAY + 2 * DAY, MONDAY + 4 * DAY
SECOND, THIRD = MONDAY + 7 * DAY, MONDAY + 14 * DAY
DAY_TEN = MONDAY + 10 * DAY

Act = Callable[[World], object]
Play = Callable[..., World]
LEAVES = "leaves the company"


def nothing(_world: World) -> None:
    """The world to which the others are compared."""


def leaves_the_company(made: World) -> None:
    made.slack.update_user(ADA, deleted=True, notify=True)
    wait_until(lambda: not of_ada(made).is_active)


def is_away(made: World) -> None:
    until = int((SECOND + 2 * DAY).timestamp())
    made.slack.update_user(ADA, status_emoji=":palm_tree:", status_expiration=until, notify=True)
    wait_until(lambda: of_ada(made).away_until is not None)


def excludes(made: World) -> None:
    made.types(ADA, "preferences")
    made.slack.submit_view(ADA, made.modal(ADA)["id"], {"left_out": [BEN]})


def of_ada(made: World) -> Person:
    with made.installed.sessions.read() as session:
        return session.query(Person).filter_by(slack_user_id=ADA).one()


def answers(*action_ids: str) -> Act:
    def press(made: World) -> None:
        shown = made.note(ADA, "Did the two of you meet?")
        for action_id in action_ids:
            shown = made.presses(ADA, shown, action_id)

    return press


GIVES_UP: dict[str, Act] = {
    "can't": lambda made: made.says_privately(ADA, "private_cant", "private_free"),
    "rather not": lambda made: made.says_privately(ADA, "private_not", "private_sure"),
    "somebody new": lambda made: made.says_privately(ADA, "private_know", "private_new"),
    LEAVES: leaves_the_company,
}
CHANGES_NOTHING: dict[str, Act] = {
    "knows each other, lunch anyway": lambda made: made.says_privately(ADA, "private_know", "private_anyway"),
    "never mind": lambda made: made.says_privately(ADA, "private_not", "private_never_mind"),
}
IS_NOT_THERE: dict[str, Act] = {
    "excludes": excludes,
    "pauses": lambda made: made.types(ADA, "pause 2w"),
    "skips": lambda made: made.presses(ADA, made.note(ADA, "skip this one"), "skip_round"),
    "is out of office": is_away,
    "leaves": lambda made: made.types(ADA, "leave"),
}
HAS_ANSWERED: dict[str, Act] = {
    "met": answers("answer_met"),
    "thumb up": answers("answer_met", "thumb_up"),
    "thumb down": answers("answer_met", "thumb_down"),
    "not this time": answers("answer_not"),
}
HAS_NOT_ANSWERED: dict[str, Act] = {"silent": nothing, "planned": answers("answer_planned")}
OFTEN = (
    *("rather not", "knows each other, lunch anyway", "excludes"),
    *("thumb down", "not this time"),
)


@pytest.fixture(scope="module")
def fresh(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], World]]:
    """Worlds that stand until all of the module is done."""
    folder = tmp_path_factory.mktemp("worlds")
    with ExitStack() as running:
        yield lambda: running.enter_context(world(sqlite_template, folder))


def look(made: World, *, at_all: bool = True) -> None:
    made.look(BEN, WORDS if at_all else ("status", "my-data"))
    if at_all:
        made.look_as_admin()


def drawn(names: Iterable[str], *often: str) -> list[Any]:
    """Some in every run, the others among the slow tests."""
    return [name if name in often else pytest.param(name, marks=pytest.mark.slow) for name in names]


@pytest.fixture(scope="module")
def first_week(fresh: Callable[[], World]) -> Play:
    """On Tuesday at 14:23 Ada does something; Ben looks at everything, and `suggests` a time."""

    @cache
    def play(what: str, *, suggests: bool) -> World:
        made = fresh()
        made.passes(MONDAY)
        made.clock.at = TUESDAY
        ({"nothing": nothing} | GIVES_UP | CHANGES_NOTHING)[what](made)
        look(made)
        if suggests:
            made.presses(BEN, made.group(BEN), "propose_time_2")
        made.passes(FULL_HOUR - timedelta(seconds=2))
        look(made, at_all=False)
        made.passes(FULL_HOUR)
        look(made)
        for moment in (WEDNESDAY - HOUR, WEDNESDAY + HOUR):
            made.passes(moment)
            look(made, at_all=False)
        return made

    return play


@pytest.fixture(scope="module")
def second_week(fresh: Callable[[], World]) -> Play:
    """On the Friday before the second round Ada does something."""

    @cache
    def play(what: str) -> World:
        made = fresh()
        made.types(ADA, "preferences")
        made.slack.submit_view(ADA, made.modal(ADA)["id"], {"heads_up": ["yes"]})
        made.passes(MONDAY)
        made.passes(FRIDAY - 2 * HOUR)
        made.clock.at = FRIDAY + timedelta(minutes=23)
        ({"nothing": nothing} | IS_NOT_THERE)[what](made)
        for moment in (FRIDAY + HOUR, SECOND, SECOND + HOUR):
            made.passes(moment)
            look(made, at_all=moment != SECOND)
        return made

    return play


@pytest.fixture(scope="module")
def third_week(fresh: Callable[[], World]) -> Play:
    """On day ten Ada and Ben are asked whether they met; Ben says that they did."""

    @cache
    def play(what: str) -> World:
        made = fresh()
        for moment in (MONDAY, SECOND, DAY_TEN):
            made.passes(moment)
        (HAS_NOT_ANSWERED | HAS_ANSWERED)[what](made)
        made.presses(BEN, made.note(BEN, "Did the two of you meet?"), "answer_met")
        for moment in (DAY_TEN + HOUR, THIRD, THIRD + HOUR):
            made.passes(moment)
            look(made, at_all=moment != THIRD)
        return made

    return play


@pytest.mark.parametrize("what", drawn([*GIVES_UP, *CHANGES_NOTHING], *OFTEN))
def test_before_the_full_hour_nobody_else_sees_that_anything_was_said(first_week: Play, what: str) -> None:
    # Whose account is closed keeps nobody waiting for a yes, and Slack's own directory shows it.
    said, unsaid = (first_week(one, suggests=what != LEAVES) for one in (what, "nothing"))
    readers = (BEN, CLEO) if what == LEAVES else (BEN, CLEO, "admin")
    assert said.by(*readers, until=FULL_HOUR) == unsaid.by(*readers, until=FULL_HOUR)
    assert said.log_lines(until=FULL_HOUR) == unsaid.log_lines(until=FULL_HOUR)


@pytest.mark.parametrize("what", drawn(CHANGES_NOTHING, *OFTEN))
def test_nor_at_any_time_where_the_lunch_stands(first_week: Play, what: str) -> None:
    said, unsaid = (first_week(one, suggests=True) for one in (what, "nothing"))
    assert (said.seen, said.log_lines()) == (unsaid.seen, unsaid.log_lines())


@pytest.mark.parametrize("what", drawn(GIVES_UP, *OFTEN))
def test_at_the_full_hour_all_see_the_same_whatever_the_cause(first_week: Play, what: str) -> None:
    one, other = (first_week(each, suggests=what != LEAVES) for each in (what, "can't"))
    readers = (BEN, CLEO) if what == LEAVES else (BEN, CLEO, "admin")
    assert one.by(*readers) == other.by(*readers)
    assert but_for_notes(one) == but_for_notes(other)
    assert one.note(BEN, "This lunch won't happen")


def but_for_notes(made: World) -> list[Any]:
    """The log but for how many messages went out: whoever wants somebody new gets a note themselves."""
    return [line for line in made.log_lines() if line["event"] != "sent"]


@pytest.mark.parametrize("what", drawn(IS_NOT_THERE, *OFTEN))
def test_before_a_round_nobody_else_sees_who_will_not_be_there(second_week: Play, what: str) -> None:
    one, other = second_week(what), second_week("nothing")
    assert one.by(BEN, CLEO, until=SECOND) == other.by(BEN, CLEO, until=SECOND)
    assert one.log_lines(until=SECOND) == other.log_lines(until=SECOND)
    if what != "leaves":  # an admin sees how many take part
        assert one.by("admin", until=SECOND) == other.by("admin", until=SECOND)


@pytest.mark.parametrize("what", drawn(IS_NOT_THERE, *OFTEN))
def test_whoever_is_left_without_a_partner_sees_the_same_whatever_the_cause(
    second_week: Play, what: str
) -> None:
    one, other = second_week(what), second_week("pauses")
    assert one.by(BEN, CLEO) == other.by(BEN, CLEO)
    assert one.note(BEN, "No introduction for you this round")
    assert but_for_notes(one) == but_for_notes(other)
    # Whoever takes part and has nobody gets a note, too: an admin can count notes, but not tell whose.
    if what not in ("leaves", "excludes"):
        assert (one.seen, one.log_lines()) == (other.seen, other.log_lines())


@pytest.mark.parametrize("what", drawn([*HAS_ANSWERED, *HAS_NOT_ANSWERED], *OFTEN))
def test_what_somebody_answers_and_how_it_was_is_seen_by_nobody_else(third_week: Play, what: str) -> None:
    one, other = third_week(what), third_week("met" if what in HAS_ANSWERED else "silent")
    assert (one.seen, one.log_lines()) == (other.seen, other.log_lines())


def test_the_log_names_nobody(first_week: Play, second_week: Play, third_week: Play) -> None:
    for made in (first_week("rather not", suggests=True), second_week("excludes"), third_week("thumb down")):
        lines = str(made.logged)
        assert "round matched" in lines
        assert [text for who, name in NAMES.items() for text in (who, *name.split()) if text in lines] == []


# Nothing is left out of the walk: whatever is new has to find its place here.

PRIVATE = {
    *("answer", "forget_me", "give_thumb", "join", "keep_everything", "leave", "open_preferences"),
    *("pause", "preferences", "private_step", "privately", "resume", "skip_round", "app_home_opened"),
}
"""Answered to whoever presses, and to nobody else."""
FOR_THE_GROUP = {"accept_time", "propose_time", "other_time"}
"""Change the group message, with what everybody in it may know."""
SILENT = {"calendar_link", "user_change"}
NAMES_SOMEBODY = {"export", "erase"}
"""One person's data, for that person; it is noted that it was done, and not to whom."""
OF_ANOTHER_COMPANY = {"demo", "match"}
WITHOUT_PEOPLE = {"serve", "migrate"}
TOLD_BY_THE_COMPANY = {"import_people", "import_meetings"}
COUNTS_A_ROUND = {"run_round"}
"""How many take part and are introduced: whoever runs the app sees that from the messages that go out."""


@dataclass
class Registry:
    """Stands for the Bolt app, and remembers who listens."""

    listeners: list[str] = field(default_factory=list)

    def _listens(self, _to: object) -> Callable[[Callable[..., object]], None]:
        return lambda listener: self.listeners.append(listener.__name__)

    action = view = event = command = _listens


def test_every_listener_is_walked() -> None:
    found = Registry()
    for surface in (commands, actions, views, events):
        surface.register(found)  # type: ignore[arg-type]
    assert set(found.listeners) == {"lunch"} | PRIVATE | FOR_THE_GROUP | SILENT
    assert {word.split()[0] for word, _ in WORDS_OF_LUNCH} <= {
        *(word.split()[0] for word in WORDS),
        *("leave", "preferences"),
    }


def test_every_page_is_walked(first_week: Play) -> None:
    rules = {rule.rule for rule in first_week("nothing", suggests=True).installed.web.url_map.iter_rules()}
    assert rules == {
        *PAGES,
        *PAGES_BEHIND_THE_DOOR,
        *("/slack/events", "/lunch/<introduction_id>/<token>.ics", "/static/<path:filename>"),
    }


def test_every_command_is_walked() -> None:
    elsewhere = NAMES_SOMEBODY | OF_ANOTHER_COMPANY | WITHOUT_PEOPLE | TOLD_BY_THE_COMPANY | COUNTS_A_ROUND
    assert {command.__name__ for command in COMMANDS_OF_APP} == {*COMMANDS} | elsewhere


LOGGED = {
    *("delivery_id", "round_id", "program_id", "kind", "state", "code", "error", "status", "reference"),
    *("exc_info", "label", "word", "said"),
    *("introductions", "people", "persons", "deactivated", "answers", "skipped"),
}
"""What a line of the log may hold: messages and rounds by their ids, kinds of errors, and counts."""
UNLOGGED = (
    *("exclude_person", "change_preferences", "give_up_lunch", "record_acquaintance", "ask_privately"),
    *("move_to_next_week", "pause_program", "resume_program", "skip_round", "leave_program", "give_thumb"),
    *("record_answer", "forget_me", "erase_person"),
)


def test_no_line_of_the_log_holds_more() -> None:
    held: dict[str, set[str]] = {}
    for package in ("use_cases", "slack_handlers", "web", "scheduler", "db", "cli", "insights", "matcher"):
        for source in (HOME / package).rglob("*.py"):
            for call in ast.walk(ast.parse(source.read_text())):
                if isinstance(call, ast.Call) and is_of_log(call.func):
                    held.setdefault(source.stem, set()).update(str(one.arg) for one in call.keywords)
    assert set().union(*held.values()) <= LOGGED
    assert not held.keys() & set(UNLOGGED)


def is_of_log(function: ast.expr) -> bool:
    """Whether something is `log.info`, `self.log.warning`, `log.bind` and the like."""
    if not isinstance(function, ast.Attribute):
        return False
    return "log" in (getattr(function.value, "id", ""), getattr(function.value, "attr", ""))
