"""The rules for what stands inside blocks: buttons, menus, inputs and pictures."""

from collections.abc import Mapping
from typing import Any

from sandbox.block_rules import (
    ID,
    TYPE,
    Check,
    any_text,
    anything,
    boolean,
    by_type,
    finding,
    integer,
    list_of,
    matching,
    one_of,
    plain_text,
    shape,
    string,
    url,
)

CONFIRM = shape(
    {"title": plain_text(100), "text": any_text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": one_of("primary", "danger")},
)
_DATE = matching(r"\d{4}-\d{2}-\d{2}", "a date (YYYY-MM-DD)")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "a time (HH:mm)")
_NUMBER = matching(r"-?\d+(\.\d+)?", "a number in a string")
_DISPATCH = shape({"trigger_actions_on": list_of(one_of("on_enter_pressed", "on_character_entered"), 2)})


def _option(text: Check, *, with_url: bool = False) -> Check:
    extra: dict[str, Check] = {"description": text, **({"url": url} if with_url else {})}
    return shape({"text": text, "value": string(150)}, extra)


_PLAIN_OPTION = _option(plain_text(75))
_RICH_OPTION = _option(any_text(75))


def _interactive(
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
    *,
    exactly_one: tuple[str, ...] = (),
    placeholder: bool = True,
    focus: bool = True,
) -> Check:
    common: dict[str, Check] = {"action_id": ID, "confirm": CONFIRM}
    if focus:
        common["focus_on_load"] = boolean
    if placeholder:
        common["placeholder"] = plain_text(150)
    return shape({"type": TYPE, **(required or {})}, {**common, **(optional or {})}, exactly_one=exactly_one)


def _static_select(**extra: Check) -> Check:
    group = shape({"label": plain_text(75), "options": list_of(_PLAIN_OPTION, 100)})
    choices = {"options": list_of(_PLAIN_OPTION, 100), "option_groups": list_of(group, 100)}
    return _interactive({}, {**choices, **extra}, exactly_one=("options", "option_groups"))


def _initial_choices_offered(check: Check) -> Check:
    def checked(value: Any, at: str, found: list[str]) -> None:
        before = len(found)
        check(value, at, found)
        if len(found) > before:
            return
        groups = [value, *value.get("option_groups", [])]
        offered = [option for group in groups for option in group.get("options", [])]
        chosen = [value["initial_option"]] if "initial_option" in value else []
        if any(option not in offered for option in chosen + value.get("initial_options", [])):
            found.append(finding("initial option must be one of the options", at))

    return checked


_PICTURE_SOURCE = {"image_url": url, "slack_file": anything}
IMAGE = shape(
    {"type": TYPE, "alt_text": string(2000)}, _PICTURE_SOURCE, exactly_one=("image_url", "slack_file")
)
_BUTTON = shape(
    {"type": TYPE, "text": plain_text(75)},
    {
        "action_id": ID,
        "value": string(2000),
        "url": url,
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
_MANY: dict[str, Check] = {"max_selected_items": integer(1, 100)}
_CONVERSATION_EXTRAS: dict[str, Check] = {"default_to_current_conversation": boolean, "filter": anything}
_FROM_SLACK: dict[str, tuple[Check, dict[str, Check]]] = {
    "users": (ID, {}),
    "conversations": (ID, _CONVERSATION_EXTRAS),
    "channels": (ID, {}),
    "external": (_PLAIN_OPTION, {"min_query_length": integer(0, 100)}),
}


def _menus_from_slack() -> dict[str, Check]:
    menus: dict[str, Check] = {}
    for kind, (item, extras) in _FROM_SLACK.items():
        noun = "option" if kind == "external" else kind.removesuffix("s")
        answers: dict[str, Check] = {} if kind == "external" else {"response_url_enabled": boolean}
        menus[f"{kind}_select"] = _interactive({}, {f"initial_{noun}": item, **extras, **answers})
        menus[f"multi_{kind}_select"] = _interactive(
            {}, {f"initial_{noun}s": list_of(item, 100), **extras, **_MANY}
        )
    return menus


_OVERFLOW_OPTION = _option(plain_text(75), with_url=True)
_BUTTON_LIKE: dict[str, Check] = {
    "button": _BUTTON,
    "overflow": _interactive({"options": list_of(_OVERFLOW_OPTION, 5)}, placeholder=False, focus=False),
}
CHOICES: dict[str, Check] = {
    "static_select": _initial_choices_offered(_static_select(initial_option=_PLAIN_OPTION)),
    "multi_static_select": _initial_choices_offered(
        _static_select(initial_options=list_of(_PLAIN_OPTION, 100), **_MANY)
    ),
    "checkboxes": _initial_choices_offered(
        _interactive(
            {"options": list_of(_RICH_OPTION, 10)},
            {"initial_options": list_of(_RICH_OPTION, 10)},
            placeholder=False,
        )
    ),
    "radio_buttons": _initial_choices_offered(
        _interactive(
            {"options": list_of(_RICH_OPTION, 10)}, {"initial_option": _RICH_OPTION}, placeholder=False
        )
    ),
    "datepicker": _interactive({}, {"initial_date": _DATE}),
    "timepicker": _interactive({}, {"initial_time": _TIME, "timezone": string(100)}),
    "datetimepicker": _interactive({}, {"initial_date_time": integer(0, 9_999_999_999)}, placeholder=False),
    **_menus_from_slack(),
}
_TYPED: dict[str, Check] = {"dispatch_action_config": _DISPATCH}
_FREE_TEXT: dict[str, Check] = {
    "initial_value": string(3000, 0),
    "min_length": integer(0, 3000),
    "max_length": integer(1, 3000),
    **_TYPED,
}
INPUTS: dict[str, Check] = {
    **CHOICES,
    "plain_text_input": _interactive({}, {"multiline": boolean, **_FREE_TEXT}),
    "email_text_input": _interactive({}, {"initial_value": string(3000), **_TYPED}),
    "url_text_input": _interactive({}, {"initial_value": string(3000), **_TYPED}),
    "number_input": _interactive(
        {"is_decimal_allowed": boolean},
        {"initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER, **_TYPED},
    ),
}

accessory = by_type({**_BUTTON_LIKE, **CHOICES, "image": IMAGE})
actions_element = by_type({**_BUTTON_LIKE, **CHOICES})
context_element = by_type({"image": IMAGE, "mrkdwn": any_text(3000), "plain_text": plain_text(3000)})
input_element = by_type(INPUTS)
