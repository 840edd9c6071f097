"""usergroups.users.list: who is in a user group."""

from sandbox.arguments import Arg
from sandbox.errors import ApiError
from sandbox.posts import Json
from sandbox.rate_limits import TIER_2
from sandbox.web_api import Call, Method


def _users(call: Call) -> Json:
    group = call.workspace.user_groups.get(call.args["usergroup"])
    if group is None or (group.is_disabled and not call.args.get("include_disabled")):
        raise ApiError("no_such_subteam")
    # Slack takes whoever is deactivated out of every group.
    return {"users": [user for user in group.users if not call.workspace.member(user).deleted]}


METHODS = (
    Method(
        "usergroups.users.list",
        _users,
        (Arg("usergroup", required=True), Arg("include_disabled", "boolean")),
        ("usergroups:read",),
        TIER_2,
    ),
)
