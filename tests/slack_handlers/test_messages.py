"""Every message in every state: as it is, as Slack takes it, and as a screen reader reads it."""

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_bolt import BoltRequest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from domain.messages import (
    Card,
    CheckInMessage,
    IntroductionMessage,
    NoticeMessage,
    WelcomeBackMessage,
    Why,
)
from domain.programs import Change, Standing
from domain.rounds import AnswerWord, ToldReason
from sandbox import Sandbox
from slack_handlers.blocks import Message
from slack_handlers.blocks.check_in import check_in
from slack_handlers.blocks.home_view import home_view
from slack_handlers.blocks.introduction import introduction
from slack_handlers.blocks.notice import notice
from slack_handlers.blocks.standing import guide, problem, standing, unknown_word
from slack_handlers.blocks.welcome_back import welcome_back
from slack_handlers.bolt_app import bolt_app
from slack_handlers.web_api import call, prompt_client
from tests.slack_handlers.conftest import SECRET, TOKEN

NEXT = datetime(2026, 11, 30, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
NEW = frozenset({Why.NEW, Why.CROSS_DEPARTMENT})

ADA = Card("U0ADA", "Research", "Berlin", "trains", "Europe/Berlin")
BEN = Card("U0BEN", "Sales", "Lisbon", None, "Europe/Berlin")
CLEO = Card("U0CLEO", "Legal", "Berlin", "chess, rivers", "Europe/Berlin")
HERE = Card("U0BEN", "Sales", "Berlin", None, "Europe/Berlin")
AWAY = Card("U0BEN", "Sales", "New York", None, "America/New_York")
MATE = Card("U0BEN", "Research", "Lisbon", None, "Europe/Berlin")
BARE = Card("U0BEN")
ODD = Card("U0BEN", "R&D <labs> *bold* _it_ ~no~ `code`", "<!channel> & <@U0EVE>", "🚂 > 🚲, 日本語", "UTC")
RTL = Card("U0BEN", "מחקר ופיתוח", "دبي", "الشطرنج", "Asia/Dubai")


def long(slack_user_id: str, letter: str) -> Card:
    """Each value as long as the directory allows."""
    return Card(slack_user_id, letter * 200, letter * 200, letter * 1000, "America/Argentina/ComodRivadavia")


def introduced(*people: Card, why: frozenset[Why] = NEW) -> Message:
    return introduction(
        IntroductionMessage(
            introduction_id="i1",
            people=people,
            why=why,
            starter=4,
            proposer=people[-1].slack_user_id,
            next_at=NEXT,
        )
    )


def stands(change: Change, *, is_in: bool, to: tuple[str, ...] = ()) -> Standing:
    return Standing(change=change, is_in=is_in, next_at=NEXT, introduced_to=to)


OUT, IN = stands(Change.NOTHING, is_in=False), stands(Change.NOTHING, is_in=True)
PAUSED = replace(IN, change=Change.PAUSED, paused_until=date(2026, 12, 14))
TRIO = NEW | {Why.TRIO}
NAMED = replace(BEN, name="Ben Baker")
LONG_NAMED = Card("U0CLEO", name="C" * 200)

MESSAGES: dict[str, Message] = {
    "pair": introduced(ADA, BEN),
    "pair in one office": introduced(ADA, HERE),
    "pair in two time zones": introduced(ADA, AWAY),
    "pair of one department": introduced(ADA, MATE, why=frozenset({Why.NEW, Why.SAME_DEPARTMENT})),
    "pair again": introduced(ADA, BEN, why=frozenset({Why.REPEAT, Why.CROSS_DEPARTMENT})),
    "pair again in one department": introduced(ADA, MATE, why=frozenset({Why.REPEAT, Why.SAME_DEPARTMENT})),
    "pair of whom nothing is known": introduced(Card("U0ADA"), BARE),
    "pair with marks": introduced(ADA, ODD),
    "pair from right to left": introduced(ADA, RTL),
    "pair with long values": introduced(long("U0ADA", "a"), long("U0BEN", "b")),
    "pair with long values to escape": introduced(long("U0ADA", "&"), long("U0BEN", "<")),
    "trio": introduced(ADA, BEN, CLEO, why=TRIO),
    "trio in one office": introduced(ADA, HERE, CLEO, why=TRIO),
    "trio with two of one department": introduced(ADA, MATE, CLEO, why=TRIO),
    "trio of one department": introduced(
        ADA, MATE, Card("U0CLEO", "Research"), why=frozenset({Why.NEW, Why.TRIO, Why.SAME_DEPARTMENT})
    ),
    "trio again": introduced(ADA, BEN, CLEO, why=frozenset({Why.REPEAT, Why.TRIO, Why.CROSS_DEPARTMENT})),
    "trio with long values to escape": introduced(*map(long, ("U0ADA", "U0BEN", "U0CLEO"), "&<>"), why=TRIO),
    **{f"notice {reason.name}": notice(NoticeMessage(reason, NEXT)) for reason in ToldReason},
    **{
        f"standing {change.name} {'in' if is_in else 'out'}": standing(stands(change, is_in=is_in))
        for change, is_in in product(Change, (True, False))
    },
    "standing introduced": standing(stands(Change.NOTHING, is_in=True, to=("U0BEN",))),
    "standing introduced to two": standing(stands(Change.NOTHING, is_in=True, to=("U0BEN", "U0CLEO"))),
    "standing left after an introduction": standing(stands(Change.LEFT, is_in=False, to=("U0BEN",))),
    "no word": unknown_word("", OUT),
    "no word when in": unknown_word("", IN),
    "unknown word": unknown_word("jion", OUT),
    "unknown word that mentions": unknown_word("<!channel> <@U0EVE> & co", OUT),
    "unknown word of 10000 letters": unknown_word("&" * 10_000, IN),
    "paused": standing(PAUSED),
    "paused and introduced": standing(replace(PAUSED, introduced_to=("U0BEN",))),
    "check-in": check_in(CheckInMessage("i1", (NAMED,))),
    **{
        f"check-in answered {answer.name}": check_in(
            CheckInMessage("i1", (NAMED,), answer, frozenset({"U0BEN"}))
        )
        for answer in AnswerWord
    },
    "check-in of a trio": check_in(CheckInMessage("i1", (NAMED, LONG_NAMED))),
    "check-in of a trio, met one": check_in(
        CheckInMessage("i1", (NAMED, LONG_NAMED), AnswerWord.MET, frozenset({"U0BEN"}))
    ),
    "welcome back": welcome_back(WelcomeBackMessage(NEXT)),
    "help": guide(OUT),
    "help when in": guide(IN),
    "problem": problem("Something went wrong. Tell your admin this number: ABC123."),
}


HOMES: dict[str, dict[str, Any]] = {
    "out": home_view(OUT),
    "in": home_view(IN),
    "introduced": home_view(replace(IN, introduced_to=("U0BEN",))),
    "paused": home_view(PAUSED),
}


@pytest.mark.parametrize("name", HOMES)
def test_the_home_tab_is_as_it_was_and_slack_accepts_it(
    name: str, snapshot: SnapshotAssertion, company: Sandbox
) -> None:
    assert HOMES[name] == snapshot
    client = prompt_client(TOKEN, company.api_url)
    call(client.views_publish, user_id="U0ADA", view=HOMES[name])


@pytest.fixture(params=MESSAGES)
def shown(request: pytest.FixtureRequest) -> Message:
    return MESSAGES[request.param]


def test_the_message_is_as_it_was(shown: Message, snapshot: SnapshotAssertion) -> None:
    assert asdict(shown) == snapshot.use_extension(JSONSnapshotExtension)


@pytest.fixture(scope="module")
def company() -> Iterator[Sandbox]:
    """One workspace for all of these messages."""
    with Sandbox(signing_secret=SECRET, bot_token=TOKEN, speed=100_000) as sandbox:
        sandbox.add_user("U0ADA", name="Ada")
        yield sandbox


def test_slack_takes_the_message(shown: Message, company: Sandbox) -> None:
    client = prompt_client(TOKEN, company.api_url)
    client.chat_postMessage(channel="U0ADA", text=shown.text, blocks=shown.blocks)
    assert company.messages()[-1]["text"] == shown.text


def test_the_text_says_every_word_that_the_blocks_show(shown: Message) -> None:
    heard = words(shown.text)
    assert {word for text in texts(shown.blocks) for word in words(text)} <= heard


def test_nobody_is_mentioned_but_the_people_it_is_about(shown: Message) -> None:
    mentioned = {
        name for text in (shown.text, *texts(shown.blocks)) for name in re.findall(r"<([^>]*)>", text)
    }
    assert mentioned <= {"@U0ADA", "@U0BEN", "@U0CLEO"}


def test_every_button_has_a_listener(company: Sandbox) -> None:
    app = bolt_app(
        client=prompt_client(TOKEN, company.api_url), signing_secret=SECRET, team_id="T0LUNCH", context={}
    )

    def status(action_id: str) -> int:
        body = {
            "type": "block_actions",
            "team": {"id": "T0LUNCH"},
            "user": {"id": "U0ADA"},
            "actions": [{"type": "button", "action_id": action_id, "block_id": "b"}],
        }
        return app.dispatch(BoltRequest(body=body, mode="socket_mode")).status

    used = {button["action_id"] for message in MESSAGES.values() for button in buttons(message.blocks)}
    used |= {element["action_id"] for home in HOMES.values() for element in elements(home["blocks"])}
    assert used >= {"join_program", "leave_program", "resume_program", "pause_program_2", "answer_met"}
    assert {action_id: status(action_id) for action_id in used} == dict.fromkeys(used, 200)
    assert status("no_such_button") == 404


def elements(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Everything in blocks that can be pressed or chosen."""
    for block in blocks:
        yield from block.get("elements", ()) if block["type"] == "actions" else ()


def texts(blocks: Any) -> Iterator[str]:
    """Everything that blocks show."""
    if isinstance(blocks, list):
        for block in blocks:
            yield from texts(block)
    elif isinstance(blocks, dict):
        for key, value in blocks.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)


def words(text: str) -> set[str]:
    return {word.strip(".,:`") for word in text.replace("*", "").casefold().split()}


def buttons(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield from (one for one in block.get("elements", ()) if one["type"] == "button")
