"""Reading a Web API call's arguments from a form, a query or JSON, as the method declares them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Request

from sandbox.block_rules import finding
from sandbox.errors import ApiError


@dataclass(frozen=True)
class Arg:
    """`kind`: string, boolean, integer, object, list, or ids (a list, or joined by commas)."""

    name: str
    kind: str = "string"
    required: bool = False
    # Slack has an error of its own for some arguments that it cannot parse.
    unreadable: str = "invalid_arguments"


def read_arguments(request: Request) -> dict[str, Any]:
    arguments: dict[str, Any] = dict(request.args.items())
    if request.mimetype == "application/json":
        body = request.get_data()
        try:
            parsed = json.loads(body) if body.strip() else {}
        except (ValueError, RecursionError) as error:
            raise ApiError("invalid_json") from error
        if not isinstance(parsed, dict):
            raise ApiError("json_not_object")
        return arguments | parsed
    return arguments | dict(request.form.items())


def coerce(declared: tuple[Arg, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments in their declared types. Slack ignores what it does not know; the sandbox refuses it."""
    known = {arg.name: arg for arg in declared}
    findings = [finding(f"unsupported argument: {name}", f"/{name}") for name in given if name not in known]
    findings += [
        finding(f"missing required field: {arg.name}", f"/{arg.name}")
        for arg in declared
        if arg.required and arg.name not in given
    ]
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            continue
        try:
            values[name] = _READERS[known[name].kind](value)
        except (TypeError, ValueError):
            if known[name].unreadable != "invalid_arguments":
                raise ApiError(known[name].unreadable) from None
            findings.append(finding(f"must be of type {known[name].kind}", f"/{name}"))
    if findings:
        raise ApiError("invalid_arguments", messages=findings)
    return values


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _boolean(value: Any) -> bool:
    # slack_sdk writes True as "1" in a form.
    if isinstance(value, bool):
        return value
    return {"1": True, "true": True, "0": False, "false": False}[_known_word(value)]


def _known_word(value: Any) -> str:
    if value not in ("1", "0", "true", "false"):
        raise ValueError
    return str(value)


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    return int(value)


def _object(value: Any) -> dict[str, Any]:
    value = json.loads(value) if isinstance(value, str) else value
    if not isinstance(value, dict):
        raise TypeError
    return value


def _list(value: Any) -> list[Any]:
    value = json.loads(value) if isinstance(value, str) else value
    if not isinstance(value, list):
        raise TypeError
    return value


def _ids(value: Any) -> list[str]:
    if isinstance(value, list):
        return [_string(each) for each in value]
    return [each.strip() for each in _string(value).split(",") if each.strip()]


_READERS = {
    "string": _string,
    "boolean": _boolean,
    "integer": _integer,
    "object": _object,
    "list": _list,
    "ids": _ids,
}
