"""Block Kit's limits at their edges: the limit itself passes, one more is refused with its place."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models import blocks as models

from sandbox.block_kit import check_message_blocks, check_view

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def section(**more: Any) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "x"}, **more}


def button(n: int = 0, **more: Any) -> Block:
    return {"type": "button", "text": plain("Go"), "action_id": f"a{n}", **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def option(n: int = 0, text: str = "x", **more: Any) -> Block:
    return {"text": plain(text), "value": f"v{n}", **more}


def select(**more: Any) -> Block:
    return {"type": "static_select", "action_id": "s", "options": [option()], **more}


def radio(*options: Block) -> Block:
    return {"type": "radio_buttons", "action_id": "r", "options": list(options)}


def picture(alt: str) -> Block:
    return {"type": "image", "image_url": "https://example.org/x.png", "alt_text": alt}


def context(*elements: Block) -> Block:
    return {"type": "context", "elements": list(elements)}


def typed(**more: Any) -> Block:
    return {
        "type": "input",
        "label": plain("Your name"),
        "element": {"type": "plain_text_input", "action_id": "i", **more},
    }


def confirm(title: str) -> Block:
    return {"title": plain(title), "text": plain("t"), "confirm": plain("y"), "deny": plain("n")}


EDGES = {
    "section text": (3000, lambda n: [section(text=plain("x" * n))], "/blocks/0/text/text"),
    "field text": (2000, lambda n: [section(fields=[plain("x" * n)])], "/blocks/0/fields/0/text"),
    "fields": (10, lambda n: [section(fields=[plain("x")] * n)], "/blocks/0/fields"),
    "header": (150, lambda n: [{"type": "header", "text": plain("x" * n)}], "/blocks/0/text/text"),
    "button text": (75, lambda n: [actions(button(text=plain("x" * n)))], "/blocks/0/elements/0/text/text"),
    "button value": (2000, lambda n: [section(accessory=button(value="x" * n))], "/blocks/0/accessory/value"),
    "action id": (255, lambda n: [actions(button(action_id="x" * n))], "/blocks/0/elements/0/action_id"),
    "block id": (255, lambda n: [section(block_id="x" * n)], "/blocks/0/block_id"),
    "actions": (25, lambda n: [actions(*map(button, range(n)))], "/blocks/0/elements"),
    "context": (10, lambda n: [context(*[plain("x")] * n)], "/blocks/0/elements"),
    "blocks": (50, lambda n: [{"type": "divider"}] * n, "/blocks"),
    "options": (
        100,
        lambda n: [actions(select(options=[*map(option, range(n))]))],
        "/blocks/0/elements/0/options",
    ),
    "option text": (
        75,
        lambda n: [actions(select(options=[option(text="x" * n)]))],
        "/blocks/0/elements/0/options/0/text/text",
    ),
    "option value": (
        150,
        lambda n: [actions(select(options=[{"text": plain("x"), "value": "x" * n}]))],
        "/blocks/0/elements/0/options/0/value",
    ),
    "radio buttons": (10, lambda n: [actions(radio(*map(option, range(n))))], "/blocks/0/elements/0/options"),
    "overflow": (
        5,
        lambda n: [section(accessory={"type": "overflow", "options": [*map(option, range(n))]})],
        "/blocks/0/accessory/options",
    ),
    "placeholder": (
        150,
        lambda n: [actions(select(placeholder=plain("x" * n)))],
        "/blocks/0/elements/0/placeholder/text",
    ),
    "alt text": (2000, lambda n: [picture("x" * n)], "/blocks/0/alt_text"),
    "markdown": (12_000, lambda n: [{"type": "markdown", "text": "x" * n}], "/blocks/0/text"),
    "confirm title": (
        100,
        lambda n: [actions(button(confirm=confirm("x" * n)))],
        "/blocks/0/elements/0/confirm/title/text",
    ),
}


@pytest.mark.parametrize("edge", EDGES)
def test_limits(edge: str) -> None:
    limit, build, pointer = EDGES[edge]
    assert check_message_blocks(build(limit)) == []
    found = check_message_blocks(build(limit + 1))
    assert len(found) == 1
    assert found[0].startswith("[ERROR] ")
    assert found[0].endswith(f"[json-pointer:{pointer}]")


def test_a_finding_reads_like_slacks() -> None:
    assert check_message_blocks([section(text=plain("x" * 3001))]) == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


WRONG = {
    "not a list": ({}, "must be an array"),
    "not an object": (["x"], "must provide an object"),
    "no type": ([{}], "missing required field: type"),
    "unknown type": ([{"type": "sparkle"}], "unsupported type: sparkle"),
    "type of the wrong type": ([{"type": ["section"]}], "unsupported type"),
    "empty section": ([{"type": "section"}], "at least one of: text, fields"),
    "empty text": ([section(text=plain(""))], "must be more than 0 characters"),
    "text of the wrong type": ([section(text={"type": "html", "text": "x"})], "unsupported type: html"),
    "header in mrkdwn": (
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "unsupported type: mrkdwn",
    ),
    "unknown key": ([section(colour="red")], "invalid additional property: colour"),
    "emoji in mrkdwn": ([section(text={"type": "mrkdwn", "text": "x", "emoji": True})], "property: emoji"),
    "button style": ([actions(button(style="warning"))], "must be one of: primary, danger"),
    "button without text": ([actions({"type": "button"})], "missing required field: text"),
    "button address": ([actions(button(url="javascript:x"))], "must be a valid URL"),
    "no elements": ([actions()], "no fewer than 1 items"),
    "same action id": ([actions(button(), button())], "`action_id` 'a0' already exists"),
    "same block id": ([section(block_id="b"), section(block_id="b")], "`block_id` 'b' already exists"),
    "image without alt text": ([{"type": "image", "image_url": "https://e.org/x"}], "field: alt_text"),
    "image in actions": ([actions(picture("x"))], "unsupported type: image"),
    "button in context": ([context(button())], "unsupported type: button"),
    "no options": ([actions({"type": "static_select", "action_id": "s"})], "exactly one of: options"),
    "initial option": ([actions(select(initial_option=option(9)))], "must be one of the options"),
    "bad date": ([actions({"type": "datepicker", "initial_date": "tomorrow"})], "must be a date"),
    "text input in actions": ([actions({"type": "plain_text_input"})], "unsupported type: plain_text_input"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_blocks(case: str) -> None:
    blocks, message = WRONG[case]
    assert any(message in each for each in check_message_blocks(blocks))


def test_the_same_action_id_may_stand_in_two_blocks() -> None:
    assert check_message_blocks([actions(button()), actions(button())]) == []


def test_what_slack_sdk_builds_is_accepted() -> None:
    texts = models.PlainTextObject(text="x"), models.MarkdownTextObject(text="*x*")
    choice = models.Option(value="v", text=texts[0])
    built = [
        models.HeaderBlock(text=texts[0]),
        models.SectionBlock(
            text=texts[1],
            accessory=models.ButtonElement(text="Go", action_id="go", value="1", style="primary"),
        ),
        models.SectionBlock(
            fields=[texts[1], texts[0]],
            accessory=models.OverflowMenuElement(options=[choice, choice], action_id="o"),
        ),
        models.ContextBlock(
            elements=[texts[1], models.ImageElement(image_url="https://e.org/x", alt_text="x")]
        ),
        models.DividerBlock(),
        models.ActionsBlock(
            elements=[
                models.StaticSelectElement(options=[choice], initial_option=choice, action_id="a"),
                models.UserSelectElement(action_id="b"),
                models.UserMultiSelectElement(action_id="c", max_selected_items=3),
                models.DatePickerElement(action_id="d", initial_date="2026-11-23"),
                models.TimePickerElement(action_id="e", initial_time="12:30"),
                models.RadioButtonsElement(options=[choice], action_id="f"),
                models.CheckboxesElement(options=[choice], action_id="g"),
                models.ConversationSelectElement(action_id="h"),
                models.ChannelSelectElement(action_id="i"),
            ]
        ),
        models.InputBlock(
            label=texts[0], element=models.PlainTextInputElement(action_id="p", multiline=True)
        ),
        models.MarkdownBlock(text="# x"),
        models.RichTextBlock(elements=[]),
    ]
    found = check_message_blocks([block.to_dict() for block in built])
    assert [each for each in found if "/blocks/8" not in each] == []


KEYS = st.sampled_from(["type", "text", "elements", "accessory", "options", "element", "block_id", "title"])
TYPES = st.sampled_from(["section", "actions", "button", "input", "modal", "plain_text", "static_select"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TYPES | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_judged_and_never_breaks_the_rules(value: Any) -> None:
    assert all(found.startswith("[ERROR] ") for found in check_message_blocks(value))
    assert all(found.startswith("[ERROR] ") for found in check_view(value, "modal"))


def modal(**more: Any) -> Block:
    return {"type": "modal", "title": plain("Lunch"), "blocks": [section()], **more}


VIEW_EDGES = {
    "title": (24, lambda n: modal(title=plain("x" * n))),
    "submit": (24, lambda n: modal(submit=plain("x" * n))),
    "close": (24, lambda n: modal(close=plain("x" * n))),
    "private metadata": (3000, lambda n: modal(private_metadata="x" * n)),
    "callback id": (255, lambda n: modal(callback_id="x" * n)),
    "blocks": (100, lambda n: modal(blocks=[section()] * n)),
}


@pytest.mark.parametrize("edge", VIEW_EDGES)
def test_view_limits(edge: str) -> None:
    limit, build = VIEW_EDGES[edge]
    assert check_view(build(limit), "modal") == []
    assert len(check_view(build(limit + 1), "modal")) == 1


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (modal(blocks=[typed()]), "missing required field: submit"),
        (modal(type="home"), "invalid additional property: title"),
        ({"type": "home", "blocks": []}, "must be a view of type modal"),
        (modal(blocks=[{"type": "markdown", "text": "x"}]), "unsupported type: markdown"),
        (modal(blocks=[section(text=plain("x" * 3000))] * 90), "larger than 250000 bytes"),
    ],
)
def test_wrong_views(view: Block, message: str) -> None:
    assert any(message in each for each in check_view(view, "modal"))


def test_a_modal_with_an_input_and_a_submit_button() -> None:
    assert check_view(modal(submit=plain("Save"), blocks=[typed(max_length=100)]), "modal") == []
