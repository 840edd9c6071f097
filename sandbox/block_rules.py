"""The vocabulary in which Block Kit's rules are written: each check adds its findings to a list."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any, str, list[str]], None]


def finding(message: str, pointer: str) -> str:
    return f"[ERROR] {message} [json-pointer:{pointer}]"


def string(most: int = 3000, least: int = 1) -> Check:
    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, str):
            found.append(finding("must be a string", at))
        elif len(value) > most:
            found.append(finding(f"must be less than {most + 1} characters", at))
        elif len(value) < least:
            found.append(finding(f"must be more than {least - 1} characters", at))

    return check


def matching(pattern: str, what: str) -> Check:
    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            found.append(finding(f"must be {what}", at))

    return check


def url(value: Any, at: str, found: list[str]) -> None:
    string(3000)(value, at, found)
    if isinstance(value, str) and not re.match(r"(https?|mailto|slack):", value):
        found.append(finding("must be a valid URL", at))


def boolean(value: Any, at: str, found: list[str]) -> None:
    if not isinstance(value, bool):
        found.append(finding("must be a boolean", at))


def integer(least: int, most: int) -> Check:
    def check(value: Any, at: str, found: list[str]) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            found.append(finding(f"must be an integer from {least} to {most}", at))

    return check


def one_of(*values: str) -> Check:
    def check(value: Any, at: str, found: list[str]) -> None:
        if value not in values:
            found.append(finding(f"must be one of: {', '.join(values)}", at))

    return check


def anything(value: Any, at: str, found: list[str]) -> None:
    """For what Slack nests deeper than the sandbox cares to look."""


def list_of(item: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, list):
            found.append(finding("must be an array", at))
            return
        if len(value) > most:
            found.append(finding(f"no more than {most} items allowed", at))
        if len(value) < least:
            found.append(finding(f"no fewer than {least} items allowed", at))
        for index, each in enumerate(value):
            item(each, f"{at}/{index}", found)

    return check


def shape(
    required: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    *,
    exactly_one: tuple[str, ...] = (),
    at_least_one: tuple[str, ...] = (),
) -> Check:
    """An object with these keys and no others."""
    checks = {**required, **(optional or {})}

    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, dict):
            found.append(finding("must provide an object", at))
            return
        for key in [key for key in required if key not in value]:
            found.append(finding(f"missing required field: {key}", at))
        if exactly_one and sum(key in value for key in exactly_one) != 1:
            found.append(finding(f"must have exactly one of: {', '.join(exactly_one)}", at))
        if at_least_one and not any(key in value for key in at_least_one):
            found.append(finding(f"must have at least one of: {', '.join(at_least_one)}", at))
        for key, each in value.items():
            if key in checks:
                checks[key](each, f"{at}/{key}", found)
            else:
                found.append(finding(f"invalid additional property: {key}", at))

    return check


def by_type(checks: Mapping[str, Check]) -> Check:
    """An object whose `type` says which check it must pass."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, dict):
            found.append(finding("must provide an object", at))
        elif "type" not in value:
            found.append(finding("missing required field: type", at))
        elif not isinstance(value["type"], str) or value["type"] not in checks:
            found.append(finding(f"unsupported type: {value['type']}", f"{at}/type"))
        else:
            checks[value["type"]](value, at, found)

    return check


def plain_text(most: int) -> Check:
    fields = {"type": one_of("plain_text"), "text": string(most)}
    return by_type({"plain_text": shape(fields, {"emoji": boolean})})


def any_text(most: int) -> Check:
    mrkdwn = shape({"type": one_of("mrkdwn"), "text": string(most)}, {"verbatim": boolean})
    return by_type({"plain_text": plain_text(most), "mrkdwn": mrkdwn})


TYPE: Check = string(50)
ID = string(255)
