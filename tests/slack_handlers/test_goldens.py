"""Every message and Home tab in every state and language: as it was, as Slack takes it, as it is read out.

The golden files are JSON, one for each state and language of `states.py`; `--snapshot-update` writes them.
"""

import ast
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

import use_cases
from domain.messages import PrivateStep, Why
from domain.preferences import LunchFormat
from domain.programs import Change
from domain.proposals import LunchKind
from domain.rounds import AnswerWord, ToldReason
from sandbox import Sandbox
from sandbox.block_kit import check_view
from slack_handlers import actions, blocks, commands, events, views
from slack_handlers.blocks import Message
from slack_handlers.blocks.catalogue import LANGUAGES
from slack_handlers.blocks.catalogue.messages import refusals
from slack_handlers.blocks.words import words_for
from slack_handlers.bolt_app import bolt_app
from slack_handlers.web_api import call, prompt_client
from tests.slack_handlers.conftest import SECRET, TOKEN
from tests.slack_handlers.states import LOCALES, REFUSALS, SHOWN, SITE, STATES

GOLDENS = Path(__file__).parent / "__snapshots__" / "test_goldens"


def golden(name: str) -> dict[str, Any]:
    """What the golden file of a state says."""
    shown: dict[str, Any] = json.loads((GOLDENS / f"test_it_is_as_it_was[{name}].json").read_text())
    return shown


def goldens() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every message, Home tab and modal, by name."""
    return ((name, golden(name)) for name in SHOWN)


@pytest.fixture(scope="module")
def company() -> Iterator[Sandbox]:
    """One workspace for all of them."""
    with Sandbox(signing_secret=SECRET, bot_token=TOKEN, speed=100_000) as sandbox:
        sandbox.add_user("U0ADA", name="Ada")
        yield sandbox


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_as_it_was(name: str, snapshot: SnapshotAssertion) -> None:
    state, words_of_reader = SHOWN[name]
    built = state.built(words_of_reader)
    as_json = asdict(built) if isinstance(built, Message) else built
    assert as_json == snapshot.use_extension(JSONSnapshotExtension)


def test_there_is_a_golden_file_for_each_state_and_language_and_no_other() -> None:
    assert {path.name for path in GOLDENS.iterdir()} == {
        f"test_it_is_as_it_was[{name}].json" for name in SHOWN
    }


@pytest.mark.parametrize("name", SHOWN)
def test_slack_takes_it(name: str, company: Sandbox) -> None:
    shown, client = golden(name), prompt_client(TOKEN, company.api_url)
    if shown.get("type") == "home":
        call(client.views_publish, user_id="U0ADA", view=shown)
    elif shown.get("type") == "modal":
        assert check_view(shown, "modal") == []
    else:
        posted = call(client.chat_postMessage, channel="U0ADA", **shown)
        assert posted["message"]["text"] == shown["text"]


def test_the_text_of_a_message_says_every_word_that_its_blocks_show() -> None:
    for name, shown in goldens():
        if "type" not in shown:
            said = words(shown["text"])
            missing = {word for text in texts(shown["blocks"]) for word in words(text)} - said
            assert missing == set(), name


def test_nobody_is_mentioned_but_the_people_it_is_about() -> None:
    for name, shown in goldens():
        mentioned = {one for text in texts(shown) for one in re.findall(r"<([^>]*)>", text)}
        pages = {f"{SITE}/hr/", f"{SITE}/report/"}
        assert mentioned <= {"@U0ADA", "@U0BEN", "@U0CLEO", "@U0DAN", "@U0EMA", *pages}, name


def test_no_two_buttons_of_one_message_read_the_same() -> None:
    for name, shown in goldens():
        labels = [one["text"]["text"] for one in elements(shown["blocks"]) if one["type"] == "button"]
        assert len(labels) == len(set(labels)), name


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

    used = {one["action_id"] for name in STATES for one in elements(golden(name)["blocks"])}
    assert used >= {"join_program", "leave_program", "resume_program", "pause_program_4", "answer_met"}
    assert {action_id: status(action_id) for action_id in used} == dict.fromkeys(used, 200)
    assert status("no_such_button") == 404


# Nothing is missing


def test_every_builder_has_golden_files() -> None:
    written = {state.builder.__name__ for state in STATES.values()}
    # These two put paragraphs and buttons together; what they say is the others' business.
    assert written == set(builders()) - {"message", "private_answer"}


@pytest.mark.parametrize(
    "words_of", [Change, AnswerWord, ToldReason, Why, LunchKind, PrivateStep, LunchFormat]
)
def test_every_result_has_golden_files(words_of: type[StrEnum]) -> None:
    found = {value for state in STATES.values() for value in values(state.given)}
    assert set(words_of) <= found


def test_every_language_has_golden_files() -> None:
    assert {words_for(locale).locale.language for locale in LOCALES.values()} == set(LANGUAGES)


def test_every_refusal_that_a_person_may_meet_has_golden_files() -> None:
    assert raised_for_people() == {type(error).__name__ for error in REFUSALS}


def test_every_refusal_that_a_person_may_meet_is_in_the_catalogue() -> None:
    assert raised_for_people() <= {error.__name__ for error in refusals()}


def builders() -> Iterator[str]:
    """Every public function in `blocks` that makes a message or a view."""
    for found in pkgutil.iter_modules(blocks.__path__):
        module = importlib.import_module(f"{blocks.__name__}.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            makes = inspect.signature(function).return_annotation
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield from [name] if makes in (Message, dict[str, Any]) else []


def raised_for_people() -> set[str]:
    """The errors that are raised in the use cases of commands, buttons and events, and in what these call."""
    waiting = [Path(str(surface.__file__)) for surface in (commands, actions, views, events)]
    waiting = [path for package in waiting for path in package.parent.glob("*.py")]
    seen: set[Path] = set()
    raised: set[str] = set()
    known = {error.__name__ for error in refusals()}
    while waiting:
        path = waiting.pop()
        tree = ast.parse(path.read_text())
        seen.add(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("use_cases."):
                called = Path(use_cases.__path__[0]) / f"{(node.module or '').removeprefix('use_cases.')}.py"
                waiting += [called] if called not in seen else []
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                raised.add(ast.unparse(node.exc.func))
            # Some are told beside others, instead of being raised.
            if isinstance(node, ast.Call) and ast.unparse(node.func) in known:
                raised.add(ast.unparse(node.func))
    return raised


def values(given: Any) -> Iterator[Enum]:
    """Every value of an enum in what a builder is given."""
    if isinstance(given, Enum):
        yield given
    elif is_dataclass(given):
        for field in fields(given):
            yield from values(getattr(given, field.name))
    elif isinstance(given, tuple | frozenset):
        for one in given:
            yield from values(one)


def elements(shown: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Everything in blocks that can be pressed or chosen."""
    for block in shown:
        yield from block.get("elements", ()) if block["type"] == "actions" else ()


def texts(shown: Any) -> Iterator[str]:
    """Everything that blocks show."""
    if isinstance(shown, list):
        for block in shown:
            yield from texts(block)
    elif isinstance(shown, dict):
        for key, value in shown.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)


def words(text: str) -> set[str]:
    return {word.strip(".,:`") for word in text.replace("*", "").casefold().split()}
