"""A race for every button and every modal: pressed twice, by both at once, too late, by an outsider, too old.

One effect, and a kind answer. A button or a modal that is not in the table fails a test.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.tables import Introduction, IntroductionMember, Proposal
from domain.preferences import PreferenceField
from domain.rounds import AnswerWord
from slack_handlers import actions, views
from slack_handlers.blocks.other_time import CALLBACK as OTHER_TIME_MODAL
from slack_handlers.blocks.preferences import CALLBACK as PREFERENCES_MODAL
from tests.conftest import prepared
from tests.db.at_once import at_once
from tests.db.databases import clear
from tests.fakes import FakeDirectory, FakeMessenger
from tests.use_cases.company import SLOT, WEEK, Company
from tests.use_cases.lunches import introduction_of, say, suggest
from tests.use_cases.presses import AnsweringSlack, Desk, answering_slack, desk
from tests.use_cases.traces import rows

TUESDAY = SLOT + timedelta(days=1, minutes=10)
WEDNESDAY = SLOT + timedelta(days=2)
GOLDENS = Path(__file__).parents[1] / "slack_handlers" / "__snapshots__" / "test_goldens"

Value = Callable[[Desk, str], str]
Prepare = Callable[[Desk], object]


def table(_desk: Desk, introduction: str) -> str:
    return introduction


def nothing(_desk: Desk) -> None:
    """Most buttons stand there by themselves."""


@dataclass(frozen=True)
class Button:
    """A button or, with a `view`, a modal, and what has to be so that it stands there."""

    value: Value = table
    prepare: Prepare = nothing
    late: str | None = None
    """What is read weeks later; None where it still does what it says."""
    stranger: str | None = None
    """The same for somebody who is not in the group message."""
    old: str | None = None
    """The same when the introduction has ended, or the time has been replaced."""
    view: Callable[[str], dict[str, Any]] | None = None
    has_answer: bool = True


OVER, NOT_YOURS = "This introduction is over", "for the people of another introduction"
AT_THE_TABLE: dict[str, Any] = {"late": OVER, "stranger": NOT_YOURS, "old": OVER}
ASKED: dict[str, Any] = {"late": OVER, "stranger": NOT_YOURS}


def said_that_they_met(desk: Desk) -> None:
    for who in ("UA", "UB"):
        say(desk.company, who, AnswerWord.MET, now=desk.clock.at)


def suggested(desk: Desk) -> None:
    suggest(desk.company, "UB", WEDNESDAY, now=desk.clock.at)


def about_the_other(desk: Desk, introduction: str) -> str:
    return f"{introduction} UB"


def a_time(_desk: Desk, introduction: str) -> str:
    return f"{introduction} {WEDNESDAY.isoformat()}"


def of_a_suggestion(desk: Desk, introduction: str) -> str:
    [proposal] = desk.company.all(Proposal)
    return f"{introduction} {proposal.public_id}"


def another_time(introduction: str) -> dict[str, Any]:
    picked = {
        "when": {"picked": {"selected_date_time": int(WEDNESDAY.timestamp())}},
        "what": {"picked": {"selected_option": {"value": "coffee"}}},
    }
    metadata = json.dumps([introduction, "C1", "1764000000.000001"])
    return {"private_metadata": metadata, "state": {"values": picked}}


def wishes(_introduction: str) -> dict[str, Any]:
    nothing_said = {
        "selected_option": None,
        "selected_options": [],
        "value": "maps",
        "selected_users": [],
    }
    return {
        "private_metadata": "",
        "blocks": [{"block_id": PreferenceField.LEFT_OUT, "element": {}}],
        "state": {"values": {one.value: {"picked": nothing_said} for one in PreferenceField}},
    }


def fixed(value: str) -> Value:
    return lambda _desk, _introduction: value


def paused(desk: Desk) -> None:
    for who in ("UA", "UB"):
        desk.company.pause(who, now=desk.clock.at)


ROUND_BEGUN = "have gone out"
BUTTONS: dict[str, Button] = {
    "join_program": Button(fixed(""), lambda desk: [desk.company.leave(who) for who in ("UA", "UB")]),
    "leave_program": Button(fixed("")),
    "resume_program": Button(fixed(""), paused),
    "pause_program_2": Button(fixed("2w")),
    "pause_program_until": Button(fixed("date 2026-12-20"), late="A pause ends tomorrow at the earliest"),
    "open_preferences": Button(fixed("")),
    "forget_me": Button(
        lambda desk, _: str(desk.company.id_of("UA")), stranger="This question is from before"
    ),
    "keep_everything": Button(fixed("")),
    "answer_met": Button(**ASKED),
    "answer_met_one_0": Button(about_the_other, **ASKED),
    "answer_planned": Button(**ASKED),
    "answer_not": Button(**ASKED),
    "thumb_up": Button(prepare=said_that_they_met, stranger=NOT_YOURS),
    "thumb_down": Button(prepare=said_that_they_met, stranger=NOT_YOURS),
    "skip_round": Button(fixed("2026-11-30"), late=ROUND_BEGUN),
    "take_round": Button(fixed("2026-11-30"), late=ROUND_BEGUN),
    "propose_time_0": Button(a_time, **{**AT_THE_TABLE, "late": "That time has passed"}),
    "accept_time": Button(of_a_suggestion, suggested, **AT_THE_TABLE),
    "other_time": Button(**AT_THE_TABLE),
    "calendar_file": Button(has_answer=False),
    "privately": Button(**AT_THE_TABLE),
    "private_know": Button(**AT_THE_TABLE),
    "private_know_1": Button(about_the_other, **AT_THE_TABLE),
    "private_anyway": Button(**AT_THE_TABLE),
    "private_new": Button(**AT_THE_TABLE),
    "private_cant": Button(**AT_THE_TABLE),
    "private_next_week": Button(**AT_THE_TABLE),
    "private_free": Button(**AT_THE_TABLE),
    "private_not": Button(**AT_THE_TABLE),
    "private_not_1": Button(about_the_other, **AT_THE_TABLE),
    "private_sure": Button(about_the_other, **AT_THE_TABLE),
    "private_never_mind": Button(**AT_THE_TABLE),
    f"{OTHER_TIME_MODAL} modal": Button(
        view=another_time, **{**AT_THE_TABLE, "late": "That time has passed"}
    ),
    f"{PREFERENCES_MODAL} modal": Button(view=wishes),
}
SHARED = (
    *("answer_met", "propose_time_0", "accept_time", "forget_me", f"{OTHER_TIME_MODAL} modal"),
    *("private_know", "private_new", "private_sure", "private_next_week"),
)
"""Change what is of both; the others are raced at once among the slow tests."""
buttons = pytest.mark.parametrize("name", BUTTONS)
embedded = pytest.mark.parametrize("standing_engine", ["sqlite"], indirect=True)


@dataclass
class Registry:
    """Stands for the Bolt app, and remembers which buttons and modals are listened to."""

    patterns: dict[str, list[str]] = field(default_factory=lambda: {"action": [], "view": []})

    def action(self, pattern: str | re.Pattern[str]) -> Callable[[object], None]:
        text = f"^{pattern}$" if isinstance(pattern, str) else pattern.pattern
        return lambda _listener: self.patterns["action"].append(text)

    def view(self, callback_id: str) -> Callable[[object], None]:
        return lambda _listener: self.patterns["view"].append(callback_id)


def test_every_button_and_modal_that_is_listened_to_is_in_the_table() -> None:
    found = Registry()
    for surface in (actions, views):
        surface.register(found)  # type: ignore[arg-type]
    for pattern in found.patterns["action"]:
        assert any(re.match(pattern, name) for name in BUTTONS if " " not in name), pattern
    assert {f"{one} modal" for one in found.patterns["view"]} == {one for one in BUTTONS if " " in one}


def test_every_button_that_anybody_is_shown_is_in_the_table() -> None:
    shown = {
        # Buttons for one time after the other, or one person after the other, are the same button.
        re.sub(r"_(\d|all|google|outlook)$", "", action_id)
        for golden in GOLDENS.glob("*.json")
        for action_id in re.findall(r'"action_id": "([^"]+)"', golden.read_text())
    }
    known = {re.sub(r"_(\d|file)$", "", name) for name in BUTTONS}
    assert shown - {"picked", "calendar_file"} <= known


@pytest.fixture(scope="module")
def slack() -> Iterator[AnsweringSlack]:
    with answering_slack() as answering:
        yield answering


def begin(company: Company, slack: AnsweringSlack, button: Button) -> tuple[Desk, str, str]:
    """UA and UB have been introduced, UC came too late; the button, and what it carries."""
    company.join("UA", "UB")
    company.match(seed=1)
    company.deliver()
    company.join("UC", now=TUESDAY)
    made = desk(company, slack, TUESDAY)
    introduction = introduction_of(company, "UA")
    button.prepare(made)
    return made, introduction, "" if button.view else button.value(made, introduction)


def push(made: Desk, name: str, who: str, introduction: str, value: str) -> str:
    """Presses the button, or submits the modal; what is read then is kind."""
    button = BUTTONS[name]
    if button.view:
        said = made.submit(who, name.split(maxsplit=1)[0], button.view(introduction))
    elif not button.has_answer:
        return ""
    else:
        said = made.press(who, name, value)
    assert said, "whoever presses reads something"
    assert "Something went wrong" not in said
    return said


def stored(company: Company) -> dict[str, list[str]]:
    """Everything that is stored but for what is drawn by lot, and the order in which it came."""
    return {
        name: sorted(
            re.sub(r"[0-9a-f]{32}", "#", str({key: one for key, one in row.items() if key not in DRAWN}))
            for row in held
        )
        for name, held in rows(company.sessions).items()
    }


DRAWN = ("id", "proposal_id", "sent_at", "sending_at")


@buttons
@embedded
def test_pressed_twice_it_has_one_effect(company: Company, slack: AnsweringSlack, name: str) -> None:
    made, introduction, value = begin(company, slack, BUTTONS[name])
    push(made, name, "UA", introduction, value)
    once = stored(company)
    push(made, name, "UA", introduction, value)
    at_once(*[lambda: push(made, name, "UA", introduction, value)] * 2)
    assert stored(company) == once


@buttons
@embedded
def test_by_an_outsider_too_late_and_out_of_an_old_message_it_changes_nothing_or_does_what_it_says(
    company: Company, slack: AnsweringSlack, name: str
) -> None:
    made, introduction, value = begin(company, slack, BUTTONS[name])
    for who in ("UC", "UNOBODY"):
        check(made, name, who, introduction, value, BUTTONS[name].stranger)
    made.clock.at = SLOT + 5 * WEEK
    check(made, name, "UA", introduction, value, BUTTONS[name].late)
    made.clock.at = TUESDAY
    company.change(Introduction, active=False)
    company.change(IntroductionMember, active=False)
    check(made, name, "UA", introduction, value, BUTTONS[name].old)


def check(made: Desk, name: str, who: str, introduction: str, value: str, refused: str | None) -> None:
    """It is refused and changes nothing; or does what it says, and nothing to others who take part."""
    before, mine = stored(made.company), ids_of(made.company, who)
    others = of_others(made.company, mine)
    said = push(made, name, who, introduction, value)
    assert of_others(made.company, mine) == others
    if refused is not None:
        assert refused in said
        assert stored(made.company) == before


def ids_of(company: Company, who: str) -> set[int]:
    """Somebody's id, which stays when they are forgotten."""
    return {row["id"] for row in rows(company.sessions)["person"] if row["slack_user_id"] == who}


def of_others(company: Company, mine: set[int]) -> list[dict[str, Any]]:
    """Who takes part besides somebody, and what they have said."""
    held = rows(company.sessions)
    said = [row for table in ("participant", "preference", "answer", "withdrawal") for row in held[table]]
    return [row for row in said if row["person_id"] not in mine]


def both(company: Company, slack: AnsweringSlack, name: str, how: Callable[..., Any]) -> dict[str, list[str]]:
    made, introduction, value = begin(company, slack, BUTTONS[name])
    how(*[lambda who=who: push(made, name, who, introduction, value) for who in ("UA", "UB")])
    found = stored(company)
    clear(company.sessions.engine)
    company.workspace_id = prepared(company.sessions)
    company.messenger, company.directory = FakeMessenger(), FakeDirectory()
    return found


def one_after_the_other(*works: Callable[[], object]) -> None:
    for work in works:
        work()


@pytest.mark.parametrize(
    "name", [one if one in SHARED else pytest.param(one, marks=pytest.mark.slow) for one in BUTTONS]
)
@embedded
def test_pressed_by_both_at_once_it_ends_as_one_after_the_other(
    company: Company, slack: AnsweringSlack, standing_engine: Engine, name: str
) -> None:
    ends = [
        both(company, slack, name, one_after_the_other),
        both(company, slack, name, lambda *works: one_after_the_other(*reversed(works))),
    ]
    assert both(company, slack, name, at_once) in ends


@pytest.mark.slow
@buttons
@pytest.mark.parametrize("standing_engine", ["postgresql"], indirect=True)
def test_pressed_by_both_at_once_on_postgresql_too(
    company: Company, slack: AnsweringSlack, standing_engine: Engine, name: str
) -> None:
    test_pressed_by_both_at_once_it_ends_as_one_after_the_other(company, slack, standing_engine, name)
