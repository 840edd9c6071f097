"""users.profile.get and team.profile.get: the custom fields of people's profiles."""

from typing import Any

from sandbox.arguments import Arg
from sandbox.errors import ApiError
from sandbox.members import Member
from sandbox.posts import Json
from sandbox.rate_limits import LABELLED_PROFILES, TIER_3, TIER_4, Window
from sandbox.web_api import Call, Method


def _user(call: Call) -> Json:
    member = call.workspace.members.get(call.args.get("user", call.installation.bot_user_id))
    if member is None:
        raise ApiError("user_not_found")
    if member.hidden:
        raise ApiError("user_not_visible")
    with_email = "users:read.email" in call.installation.scopes
    profile: Json = call.workspace.member_shape(member, with_email=with_email)["profile"]
    profile.pop("team")
    return {"profile": {**profile, "fields": _fields(call, member)}}


def _fields(call: Call, member: Member) -> Json:
    labels = {each["id"]: each["label"] for each in call.workspace.profile_fields}
    shown: Json = {}
    for field_id, given in member.fields.items():
        shown[field_id] = {"value": "", "alt": "", **given} if isinstance(given, dict) else _plain(given)
        if call.args.get("include_labels"):
            shown[field_id]["label"] = labels.get(field_id, "")
    return shown


def _plain(value: object) -> Json:
    return {"value": str(value), "alt": ""}


def _windows(args: dict[str, Any]) -> list[tuple[str, Window]]:
    labelled = [("users.profile.get with labels", LABELLED_PROFILES)] if args.get("include_labels") else []
    return [("users.profile.get", TIER_4), *labelled]


def _team(call: Call) -> Json:
    visible = call.args.get("visibility", "all")
    fields = call.workspace.profile_fields
    if visible == "hidden":
        fields = [each for each in fields if each["is_hidden"]]
    elif visible == "visible":
        fields = [each for each in fields if not each["is_hidden"]]
    return {"profile": {"fields": [dict(each) for each in fields], "sections": []}}


METHODS = (
    Method(
        "users.profile.get",
        _user,
        (Arg("user"), Arg("include_labels", "boolean")),
        ("users.profile:read",),
        windows=_windows,
    ),
    Method("team.profile.get", _team, (Arg("visibility"),), ("users.profile:read",), TIER_3),
)
