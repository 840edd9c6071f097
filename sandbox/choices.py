"""What a user can choose in blocks, and how Slack tells the app about it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.errors import SandboxError
from sandbox.posts import Json

Values = dict[str, dict[str, Json]]

_ONE_OPTION = ("static_select", "radio_buttons", "overflow")
_MANY_OPTIONS = ("multi_static_select", "checkboxes")
# The key under which an element's choice stands, and the one with which the app preselects it.
_KEYS = {
    **dict.fromkeys((*_ONE_OPTION, "external_select"), ("selected_option", "initial_option")),
    **dict.fromkeys((*_MANY_OPTIONS, "multi_external_select"), ("selected_options", "initial_options")),
    **{
        f"{noun}s_select": (f"selected_{noun}", f"initial_{noun}")
        for noun in ("user", "conversation", "channel")
    },
    **{
        f"multi_{noun}s_select": (f"selected_{noun}s", f"initial_{noun}s")
        for noun in ("user", "conversation", "channel")
    },
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    **dict.fromkeys(
        ("plain_text_input", "email_text_input", "url_text_input", "number_input"), ("value", "initial_value")
    ),
}
_PATTERNS = {"datepicker": r"\d{4}-\d\d-\d\d", "timepicker": r"([01]\d|2[0-3]):[0-5]\d"}
_KEPT = ("action_id", "text", "value", "style", "url", "placeholder")


def interactive(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element that a user can act on, with the block that it stands in."""
    for block in blocks:
        elements = list(block.get("elements") or []) if block["type"] == "actions" else []
        elements += [block[key] for key in ("accessory", "element") if key in block]
        for element in elements:
            if element["type"] != "image":
                yield block, element


def initial_values(blocks: list[Json]) -> Values:
    """The state before anybody touched anything."""
    values: Values = {}
    for block, element in interactive(blocks):
        if element["type"] in _KEYS and element["type"] != "overflow":
            key, initial = _KEYS[element["type"]]
            empty: list[Any] | None = [] if key.endswith("s") else None
            shown = {"type": element["type"], key: element.get(initial, empty)}
            values.setdefault(block["block_id"], {})[element["action_id"]] = shown
    return values


def kept_values(blocks: list[Json], before: Values) -> Values:
    """The state after an update: what was entered stays where its ids and type stay."""
    values = initial_values(blocks)
    for block_id, actions in values.items():
        for action_id, shown in actions.items():
            old = before.get(block_id, {}).get(action_id)
            if old and old["type"] == shown["type"]:
                actions[action_id] = old
    return values


def with_choices(blocks: list[Json], values: Values, choices: Mapping[str, Any]) -> Values:
    """The state with these choices, by block_id; a mapping names action_ids of a block with several."""
    changed = {block_id: dict(actions) for block_id, actions in values.items()}
    for block_id, choice_or_choices in choices.items():
        there = {
            element["action_id"]: element
            for block, element in interactive(blocks)
            if block["block_id"] == block_id and element["action_id"] in values.get(block_id, {})
        }
        named = choice_or_choices
        if not isinstance(named, Mapping):
            if len(there) != 1:
                raise SandboxError(f"block {block_id!r} has {len(there)} inputs: name them by action_id")
            named = {next(iter(there)): choice_or_choices}
        for action_id, choice in named.items():
            if action_id not in there:
                raise SandboxError(f"there is no input {action_id!r} in block {block_id!r}")
            element = there[action_id]
            changed[block_id][action_id] = {"type": element["type"], **chosen(element, choice)}
    return changed


def chosen(element: Json, choice: Any) -> Json:
    """The choice in Slack's words: an option's value, a list of them, ids, a date, a time or a text."""
    kind = element["type"]
    if kind == "button":
        return {}
    if kind not in _KEYS or kind.endswith("external_select"):
        raise SandboxError(f"the sandbox cannot choose in a {kind}")
    key = _KEYS[kind][0]
    if kind in _ONE_OPTION:
        return {key: None if choice is None else _option(element, choice)}
    if kind in _MANY_OPTIONS:
        return {key: [_option(element, each) for each in _list(kind, choice)]}
    if kind.startswith("multi_"):
        return {key: [str(each) for each in _list(kind, choice)]}
    if kind == "datetimepicker":
        return {key: None if choice is None else int(choice)}
    if choice is not None and not isinstance(choice, str):
        raise SandboxError(f"a {kind} takes a string, not {choice!r}")
    if choice and kind in _PATTERNS and not re.fullmatch(_PATTERNS[kind], choice):
        raise SandboxError(f"a {kind} does not take {choice!r}")
    return {key: choice or None}


def action(block: Json, element: Json, choice: Any, ts: str) -> Json:
    """One entry of a block_actions payload's `actions`."""
    initial = _KEYS.get(element["type"], ("", ""))[1]
    shown = {key: element[key] for key in (*_KEPT, initial) if key in element}
    acted = {"type": element["type"], "block_id": block["block_id"], **shown, **chosen(element, choice)}
    return {**acted, "action_ts": ts}


def missing(blocks: list[Json], values: Values) -> dict[str, str]:
    """What Slack itself says under an input before it sends a modal to the app."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        shown = values[block["block_id"]][element["action_id"]]
        given = shown[_KEYS[element["type"]][0]]
        complaint = _complaint(element, given, optional=bool(block.get("optional")))
        if complaint:
            found[block["block_id"]] = complaint
    return found


def _complaint(element: Json, given: Any, *, optional: bool) -> str | None:
    if given is None or given == []:
        return None if optional else "Please complete this required field."
    if isinstance(given, list):
        most = element.get("max_selected_items", 100)
        return f"Please choose no more than {most}." if len(given) > most else None
    return _text_complaint(element, given) if isinstance(given, str) else None


def _text_complaint(element: Json, given: str) -> str | None:
    kind, least, most = element["type"], element.get("min_length", 0), element.get("max_length", 3000)
    if len(given) < least:
        return f"Please enter at least {least} characters."
    if len(given) > most:
        return f"Please enter no more than {most} characters."
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+", given):
        return "Please enter an email address."
    if kind == "url_text_input" and not re.match(r"https?://", given):
        return "Please enter an address that starts with http:// or https://."
    return _number_complaint(element, given) if kind == "number_input" else None


def _number_complaint(element: Json, given: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, given):
        return "Please enter a number."
    if "min_value" in element and float(given) < float(element["min_value"]):
        return f"Please enter {element['min_value']} or more."
    if "max_value" in element and float(given) > float(element["max_value"]):
        return f"Please enter {element['max_value']} or less."
    return None


def _option(element: Json, value: Any) -> Json:
    groups = [element, *element.get("option_groups", [])]
    offered: list[Json] = [option for group in groups for option in group.get("options", [])]
    for option in offered:
        if option["value"] == value:
            return option
    raise SandboxError(f"no option {value!r}; there are: {', '.join(o['value'] for o in offered)}")


def _list(kind: str, choice: Any) -> list[Any]:
    if choice is None:
        return []
    if not isinstance(choice, list | tuple):
        raise SandboxError(f"a {kind} takes a list, not {choice!r}")
    return list(choice)
